"""Retrieval of job titles that mean the same, measured on the TalentCLEF format."""

import csv
from pathlib import Path

from search.documents import PostDocument
from search.memory_index import MemoryIndex
from search.query import Query


def mean_average_precision(directory: Path) -> float:
    """MAP of *directory* (``queries``, ``corpus_elements``, ``qrels.tsv``) with every title as a post."""
    with (directory / "corpus_elements").open(encoding="utf-8") as file:
        titles = {int(row["c_id"]): row["jobtitle"] for row in csv.DictReader(file, delimiter="\t")}
    with (directory / "queries").open(encoding="utf-8") as file:
        queries = {row["q_id"]: row["jobtitle"] for row in csv.DictReader(file, delimiter="\t")}
    relevant: dict[str, set[int]] = {}
    with (directory / "qrels.tsv").open(encoding="utf-8") as file:
        for query, _, title, grade in csv.reader(file, delimiter="\t"):
            if int(grade):
                relevant.setdefault(query, set()).add(int(title))
    index = MemoryIndex()
    index.put(PostDocument(id, title) for id, title in titles.items())
    scores = [
        _average_precision(_ranking(index, queries[query]), wanted) for query, wanted in relevant.items()
    ]
    return sum(scores) / len(scores)


def _ranking(index: MemoryIndex, title: str) -> list[int]:
    pages = (index.search(Query(title, page=page, per_page=200, understand=False)) for page in range(1, 6))
    return [hit.id for results in pages for hit in results.hits]


def _average_precision(ranking: list[int], wanted: set[int]) -> float:
    found, total = 0, 0.0
    for rank, id in enumerate(ranking, 1):
        if id in wanted:
            found += 1
            total += found / rank
    return total / len(wanted)
