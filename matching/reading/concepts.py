"""Finds the trade's concepts in a text, each with the clause it was read from, and the letters of the text in one spelling."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from matching.ontology.skills import implied
from matching.reading.clauses import clauses
from search.words import fold, terms

WORK_CLASSES = frozenset(
    [
        "substance",
        "skill",
        "process",
        "equipment",
        "material",
        "analysis_method",
        "quality_system",
        "control_system",
        "instrument",
        "software",
        "safety",
    ]
)
MOST_BARE = 6
TITLE_CLASSES = frozenset({"occupation"})
TRADE_CLASSES = frozenset({"chain_link"})
_NOISE = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a post or résumé: its text, how much it counts, and what the page calls it."""

    text: str
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a concept was read: the clause, the section's name, and how much it counts (0 to 1)."""

    concept: str
    weight: float
    clause: str
    source: str


@dataclass(slots=True)
class Concepts:
    """Everything read from the sections of one text.

    `work` are skills, substances, machines and methods, `titles` occupations, `trades` industries; `spelling` is the
    text with one spelling for every term, as (letters, weight) pairs.
    """

    work: dict[str, Evidence] = field(default_factory=dict)
    titles: dict[str, Evidence] = field(default_factory=dict)
    trades: dict[str, Evidence] = field(default_factory=dict)
    spelling: list[tuple[str, float]] = field(default_factory=list)


def read_concepts(sections: Iterable[Section], *, with_denied: bool = False) -> Concepts:
    """Read the sections; a concept counts once, with its strongest evidence, so repeating a word gains nothing.

    A section with more than six clauses that are a bare term each is a pasted list: those clauses are left out.
    """
    found = Concepts()
    for section in sections:
        read = [
            (clause.text, *_read_clause(clause.text))
            for clause in clauses(section.text)
            if with_denied or not clause.is_denied
        ]
        is_list = sum(is_bare for *_, is_bare in read) > MOST_BARE
        for text, letters, hits, is_bare in read:
            if is_list and is_bare:
                continue
            if letters:
                found.spelling.append((letters, section.weight))
            for concept, group in hits:
                _note(found, Evidence(concept, section.weight, text, section.source), group)
    return found


def _note(found: Concepts, evidence: Evidence, group: str) -> None:
    target = found.work if group in WORK_CLASSES else found.titles if group in TITLE_CLASSES else found.trades
    known = target.get(evidence.concept)
    if known is None or known.weight < evidence.weight:
        target[evidence.concept] = evidence


@lru_cache(maxsize=16384)
def _read_clause(text: str) -> tuple[str, tuple[tuple[str, str], ...], bool]:
    """Return the letters of a clause in one spelling, its concepts, and whether it is a bare term."""
    hits: list[tuple[str, str]] = []
    parts: list[str] = []
    last = covered = 0
    for canonical, _surface, group, start, end in terms(text):
        if start < last:
            continue
        parts.extend((text[last:start], fold(canonical)))
        last, covered = end, covered + end - start
        if group in WORK_CLASSES or group in TITLE_CLASSES or group in TRADE_CLASSES:
            hits.append((fold(canonical), group))
    parts.append(text[last:])
    letters = _NOISE.sub("", "".join(parts))
    return letters, tuple(hits), covered >= 0.8 * len(text)


def with_implied(found: dict[str, Evidence]) -> dict[str, Evidence]:
    """Add what each concept also shows, weaker than the concept itself, with the same evidence."""
    table = implied()
    grown = dict(found)
    for concept, evidence in found.items():
        for other, weight in table.get(concept, ()):
            known = grown.get(other)
            strength = evidence.weight * weight
            if known is None or known.weight < strength:
                grown[other] = Evidence(other, strength, evidence.clause, evidence.source)
    return grown
