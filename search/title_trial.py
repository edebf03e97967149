"""How well titles are ranked, on the TalentCLEF format: ``queries``, ``corpus_elements`` and ``qrels.tsv``."""

import csv
from pathlib import Path

import numpy as np

from search.titles import Titles


def mean_average_precision(directory: Path) -> float:
    """MAP over the queries of *directory* that have a relevant title, the whole corpus ranked for each."""
    titles = _column(directory / "corpus_elements", "c_id")
    queries = _column(directory / "queries", "q_id")
    relevant: dict[str, set[str]] = {}
    with (directory / "qrels.tsv").open(encoding="utf-8") as file:
        for query, _, title, grade in csv.reader(file, delimiter="\t"):
            if int(grade) and query in queries:
                relevant.setdefault(query, set()).add(title)
    ids = list(titles)
    nearness = Titles(list(titles.values())).nearness([queries[query] for query in relevant])
    rankings = np.argsort(-nearness, axis=1, kind="stable")
    scores = [
        average_precision([ids[at] for at in ranking], wanted)
        for ranking, wanted in zip(rankings, relevant.values(), strict=True)
    ]
    return sum(scores) / len(scores)


def _column(path: Path, key: str) -> dict[str, str]:
    with path.open(encoding="utf-8") as file:
        return {row[key]: row["jobtitle"] for row in csv.DictReader(file, delimiter="\t")}


def average_precision(ranking: list[str], wanted: set[str]) -> float:
    """The mean precision at the places of the wanted ones."""
    found, total = 0, 0.0
    for rank, id in enumerate(ranking, 1):
        if id in wanted:
            found += 1
            total += found / rank
    return total / len(wanted)
