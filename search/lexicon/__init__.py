"""The trade lexicon: which words mean the same, which one is broader, which only touch.

The tables beside this file are UTF-8 TSV with one header row; ``more_*`` add everyday names to the trade's. They are read once per process, on first use.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

DIRECTORY = Path(__file__).parent
SAME_THING = frozenset({"same", "synonym", "abbreviation", "formula", "english", "colloquial", "typo"})


class Entry(NamedTuple):
    """One row of ``terms.tsv``: a name, what it names, and how it relates to its canonical form."""

    term: str
    kind: str
    canonical: str
    relation: str
    weight: float
    note: str


class Link(NamedTuple):
    """A way from one word to another: ``relation`` is in SAME_THING, or broader, narrower, related."""

    word: str
    relation: str
    weight: float


@dataclass(frozen=True)
class Lexicon:
    """All terms by their folded spelling, and the links between canonical forms."""

    entries: dict[str, Entry]
    second_senses: dict[str, tuple[Entry, ...]]
    spellings: dict[str, tuple[Entry, ...]]
    links: dict[str, tuple[Link, ...]] = field(default_factory=dict)

    def senses(self, folded: str) -> tuple[Entry, ...]:
        """Every meaning of a folded term, the likeliest first; empty for an unknown word."""
        entry = self.entries.get(folded)
        if entry is None:
            return ()
        return (entry, *self.second_senses.get(folded, ()))


def rows(name: str) -> Iterator[dict[str, str]]:
    """Read one table of the lexicon directory, a dictionary per row."""
    with (DIRECTORY / name).open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)


def read(fold: Callable[[str], str]) -> Lexicon:
    """Load the lexicon with every key folded by *fold*; values keep their official spelling."""
    entries: dict[str, Entry] = {}
    spellings: dict[str, list[Entry]] = {}
    for row in (*rows("terms.tsv"), *rows("more_terms.tsv")):
        entry = Entry(
            row["term"],
            row["class"],
            row["canonical"],
            row["relation"],
            float(row["weight"]),
            row["note"] or "",
        )
        entries.setdefault(fold(entry.term), entry)
        spellings.setdefault(entry.canonical, []).append(entry)
    second: dict[str, list[Entry]] = {}
    for row in rows("homographs.tsv"):
        other = Entry(row["term"], row["other_class"], row["other_canonical"], "synonym", 0.8, "")
        second.setdefault(fold(row["term"]), []).append(other)
        spellings.setdefault(other.canonical, []).append(other)
    return Lexicon(
        entries,
        {term: tuple(senses) for term, senses in second.items()},
        {canonical: tuple(group) for canonical, group in spellings.items()},
        _links(entries),
    )


def _links(entries: dict[str, Entry]) -> dict[str, tuple[Link, ...]]:
    """Collect broader, narrower and related links between canonical forms and from kinds to their genus."""
    links: dict[str, dict[str, Link]] = {}

    def connect(source: str, target: str, relation: str, weight: float) -> None:
        if source != target:
            links.setdefault(source, {}).setdefault(target, Link(target, relation, weight))

    for row in (*rows("term_relations.tsv"), *rows("more_relations.tsv")):
        back = "narrower" if row["relation"] == "broader" else "related"
        connect(row["term"], row["related_term"], row["relation"], float(row["weight"]))
        connect(row["related_term"], row["term"], back, float(row["weight"]))
    for entry in entries.values():
        if entry.relation not in SAME_THING:
            back = "narrower" if entry.relation == "broader" else "related"
            connect(entry.term, entry.canonical, entry.relation, entry.weight)
            connect(entry.canonical, entry.term, back, entry.weight)
    return {source: tuple(targets.values()) for source, targets in links.items()}
