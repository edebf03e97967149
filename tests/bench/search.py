"""Search at size: `python3 dev.py bench search --posts 100000 --json`.

Builds the durable index from synthetic posts, then asks 300 mixed queries and measures CPU milliseconds of the
whole call, text to result: the top 20, with filters, with six facet counts, and the full page (filters, facets,
ten snippets). Also what a change costs until another reader sees it, suggestions, memory, and, on the same posts
and tokens, SQLite (FTS5 and LIKE) and plain Whoosh. Engines whose packages are missing are left out.
"""

import argparse
import json
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index as whoosh_index
from whoosh import scoring
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.qparser import OrGroup, QueryParser

from search import PostDocument, Query, WhooshIndex
from search.words import cut
from tests.bench import search_posts

Figures = dict[str, Any]
PREFIXES = ("氢", "氟化", "qing", "qfs", "dian", "操作", "ptf", "福建", "huayan", "li")


def cpu_ms(action: Callable[[], object]) -> float:
    """CPU milliseconds of this process for one call."""
    started = time.process_time()
    action()
    return (time.process_time() - started) * 1000


def percentiles(times: Sequence[float]) -> Figures:
    """The median and the 99th percentile."""
    return {
        "p50_ms": round(float(np.percentile(times, 50)), 3),
        "p99_ms": round(float(np.percentile(times, 99)), 3),
    }


def rss_mb() -> int:
    """The most memory that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def ours(posts: list[PostDocument], texts: Sequence[str], root: Path) -> Figures:
    """Build, ask, change."""
    writer = WhooshIndex(root, today=lambda: search_posts.TODAY)
    build = cpu_ms(lambda: writer.rebuild(posts)) / 1000
    index = WhooshIndex(root, today=lambda: search_posts.TODAY)
    makes: dict[str, Callable[[str, int], Query]] = {
        "top20": lambda text, _: Query(text),
        "filtered": lambda text, number: Query(text, filters=search_posts.filters(number)),
        "facets": lambda text, _: Query(text, facets=search_posts.FACETS),
        "full": search_posts.full,
    }
    figures: Figures = {
        "name": "qingcai",
        "build_cpu_s": round(build, 1),
        "size_mb": writer.stats().bytes_on_disk >> 20,
    }
    for name, make in makes.items():
        for number, text in enumerate(texts[:20]):
            index.search(make(text, number))
        queries = [make(text, number) for number, text in enumerate(texts)]
        figures[name] = percentiles([cpu_ms(lambda query=query: index.search(query)) for query in queries])
    index.suggest("a")
    figures["suggest"] = percentiles([cpu_ms(lambda p=prefix: index.suggest(p)) for prefix in PREFIXES * 10])
    figures["visible_s"] = _visible(writer, index, posts[:1000])
    figures["rss_mb"] = rss_mb()
    return figures


def _visible(writer: WhooshIndex, reader: WhooshIndex, changed: list[PostDocument]) -> float:
    """Seconds on the clock from the start of putting posts until another instance finds them."""
    started = time.perf_counter()
    writer.put(changed)
    reader.search(Query("氟"))
    return round(time.perf_counter() - started, 2)


def _tokens(post: PostDocument) -> str:
    return " ".join(cut(" ".join((post.title, *post.skills, post.body))))


def sqlite(posts: list[PostDocument], texts: Sequence[str], *, is_like: bool) -> Figures:
    """FTS5 over jieba's words with BM25, or LIKE over the text."""
    base = sqlite3.connect(":memory:")
    started = time.process_time()
    if is_like:
        base.execute("CREATE TABLE post (id INTEGER PRIMARY KEY, text TEXT)")
        base.executemany("INSERT INTO post VALUES (?, ?)", ((p.id, p.title + p.body) for p in posts))
        sql = "SELECT id FROM post WHERE {} LIMIT 20"
    else:
        base.execute("CREATE VIRTUAL TABLE post USING fts5(text)")
        base.executemany("INSERT INTO post (rowid, text) VALUES (?, ?)", ((p.id, _tokens(p)) for p in posts))
        sql = "SELECT rowid FROM post WHERE post MATCH ? ORDER BY bm25(post) LIMIT 20"
    build = time.process_time() - started

    def ask(text: str) -> None:
        words = cut(text)
        if is_like:
            base.execute(
                sql.format(" OR ".join("text LIKE ?" for _ in words)), [f"%{w}%" for w in words]
            ).fetchall()
        else:
            base.execute(sql, [" OR ".join(f'"{word}"' for word in words)]).fetchall()

    times = [cpu_ms(lambda text=text: ask(text)) for text in texts if cut(text)]
    return {
        "name": "sqlite_like" if is_like else "sqlite_fts5",
        "build_cpu_s": round(build, 1),
        "top20": percentiles(times),
    }


def plain_whoosh(posts: list[PostDocument], texts: Sequence[str], root: Path) -> Figures:
    """Whoosh as it comes, over the same words."""
    root.mkdir()
    schema = Schema(id=ID(stored=True), text=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False))
    index = whoosh_index.create_in(str(root), schema)
    started = time.process_time()
    writer = index.writer(limitmb=256)
    for post in posts:
        writer.add_document(id=str(post.id), text=_tokens(post))
    writer.commit()
    build = time.process_time() - started
    parser = QueryParser("text", schema, group=OrGroup)
    with index.searcher(weighting=scoring.BM25F()) as searcher:
        times = [
            cpu_ms(lambda text=t: searcher.search(parser.parse(" ".join(cut(text))), limit=20)) for t in texts
        ]
    return {"name": "whoosh", "build_cpu_s": round(build, 1), "top20": percentiles(times)}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--only-ours", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    posts = list(search_posts.posts(options.posts))
    texts = search_posts.queries(options.queries)
    with tempfile.TemporaryDirectory() as directory:
        engines = [ours(posts, texts, Path(directory) / "ours")]
        if not options.only_ours:
            engines += [sqlite(posts, texts, is_like=False), sqlite(posts, texts, is_like=True)]
            engines.append(plain_whoosh(posts, texts[:60], Path(directory) / "whoosh"))
    figures = {"posts": options.posts, "queries": options.queries, "engines": engines}
    print(json.dumps(figures) if options.json else json.dumps(figures, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
