"""Judge the search on a collection of posts and queries: ``python -m search.evaluate --posts P --queries Q``.

Measures per class of query: nDCG@10 (gain 2^grade - 1), recall@20 of posts of grade 2 and more (out of the smaller
of 20 and their number), the share of the top 10 that must not be there, and the share of expected readings found.
``--titles DIR`` measures mean average precision of title retrieval on the TalentCLEF format instead.
"""

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from search.documents import PostDocument
from search.judging import readings_right
from search.memory_index import MemoryIndex
from search.places import code_of
from search.query import Query, Results
from search.title_trial import mean_average_precision

DEGREES = {"不限": 0, "初中": 1, "高中": 2, "中专": 2, "大专": 3, "本科": 4, "硕士": 5, "博士": 6}
Row = dict[str, Any]


def read_lines(path: Path) -> list[Row]:
    """A JSON object from each line of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def document(number: int, post: Row) -> PostDocument:
    """One post of the collection as a document; numbers stand in for its ids."""
    town = code_of(post["town"]) if "清流" in post["city"] else ""
    return PostDocument(
        id=number,
        title=post["title"],
        enterprise=post["enterprise"],
        family=post["job_family"],
        chain_link=post["chain_link"],
        place_code=town or code_of(post["city"] + post["town"]) or code_of(post["city"]),
        town=post["town"],
        degree_rank=DEGREES.get(post["degree_min"], 0),
        years_min=post["years_min"],
        salary_min=post["salary_min"],
        salary_max=post["salary_max"],
        shift=post["shift"],
        benefits=tuple(post["benefits"]),
        certificates=tuple(post["certificates"]),
        body=f"{post['description']}\n{post['requirements']}",
        published_on=date.fromisoformat(post["posted_on"]),
        headcount=post["headcount"],
    )


def ndcg(grades: Sequence[int], ideal: Iterable[int], depth: int = 10) -> float:
    """Normalized discounted cumulative gain; without anything relevant, 1 when nothing is shown."""
    best = _dcg(sorted(ideal, reverse=True)[:depth])
    return _dcg(grades[:depth]) / best if best else float(not grades)


def _dcg(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def measure(query: Row, names: dict[int, str], results: Results) -> dict[str, float | None]:
    """The four figures of one query; None where the query asks for no such thing."""
    shown = [names[hit.id] for hit in results.hits]
    relevant: dict[str, int] = query["relevant"]
    good = {name for name, grade in relevant.items() if grade >= 2}
    bad = set(query["must_not"])
    return {
        "ndcg@10": ndcg([relevant.get(name, 0) for name in shown], relevant.values()),
        "recall@20": len(good & set(shown[:20])) / min(20, len(good)) if good else None,
        "must_not@10": len(bad & set(shown[:10])) / max(1, len(shown[:10])) if bad else None,
        "readings": readings_right(query.get("expect") or {}, results),
    }


def average(rows: Sequence[dict[str, float | None]]) -> dict[str, float | int | None]:
    """The mean of each figure over the queries that have it."""
    figures: dict[str, float | int | None] = {"n": len(rows)}
    for name in ("ndcg@10", "recall@20", "must_not@10", "readings"):
        values = [value for row in rows if (value := row[name]) is not None]
        figures[name] = round(sum(values) / len(values), 4) if values else None
    return figures


def evaluate(posts: Sequence[Row], queries: Sequence[Row]) -> dict[str, Any]:
    """Index *posts* in memory, ask every query and average."""
    today = max(date.fromisoformat(post["posted_on"]) for post in posts)
    index = MemoryIndex(lambda: today)
    index.put(document(number, post) for number, post in enumerate(posts, 1))
    names = {number: post["id"] for number, post in enumerate(posts, 1)}
    by_class: dict[str, list[dict[str, float | None]]] = defaultdict(list)
    per_query = {}
    for query in queries:
        figures = measure(query, names, index.search(Query(query["query"])))
        by_class[query["class"]].append(figures)
        per_query[query["id"]] = figures
    return {
        "overall": average(list(per_query.values())),
        "by_class": {name: average(rows) for name, rows in sorted(by_class.items())},
        "by_query": per_query,
    }


def print_table(figures: dict[str, Any]) -> None:
    """The figures for a person to read."""
    columns = ("n", "ndcg@10", "recall@20", "must_not@10", "readings")
    print("class".ljust(12), *(column.rjust(12) for column in columns))
    for name, row in [*figures["by_class"].items(), ("overall", figures["overall"])]:
        print(name.ljust(12), *(("-" if row[c] is None else f"{row[c]:g}").rjust(12) for c in columns))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=Path)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--titles", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.titles:
        figures: dict[str, Any] = {"titles": mean_average_precision(options.titles)}
        print(json.dumps(figures) if options.json else figures)
        return 0
    if not (options.posts and options.queries):
        parser.error("--posts and --queries, or --titles, are needed")
    figures = evaluate(read_lines(options.posts), read_lines(options.queries))
    if options.json:
        del figures["by_query"]
        print(json.dumps(figures, ensure_ascii=False))
    else:
        print_table(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
