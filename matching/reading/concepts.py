"""Finds the trade's concepts in a text, each with the clause it was read from, and the letters of the text in one spelling."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from matching.ontology.skills import implied
from matching.reading.clauses import clauses
from search.words import fold, terms

WORK_CLASSES = frozenset(
    "substance skill process equipment material analysis_method quality_system control_system instrument software safety".split()
)
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
    """Read the sections; a concept counts once, with its strongest evidence, so repeating a word gains nothing."""
    found = Concepts()
    for section in sections:
        for clause in clauses(section.text):
            if clause.is_denied and not with_denied:
                continue
            letters, hits = _read_clause(clause.text)
            if letters:
                found.spelling.append((letters, section.weight))
            for concept, group in hits:
                target = (
                    found.work
                    if group in WORK_CLASSES
                    else found.titles
                    if group in TITLE_CLASSES
                    else found.trades
                )
                known = target.get(concept)
                if known is None or known.weight < section.weight:
                    target[concept] = Evidence(concept, section.weight, clause.text, section.source)
    return found


@lru_cache(maxsize=16384)
def _read_clause(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    hits, parts, last = [], [], 0
    for canonical, _surface, group, start, end in terms(text):
        if start < last:
            continue
        parts.extend((text[last:start], fold(canonical)))
        last = end
        if group in WORK_CLASSES or group in TITLE_CLASSES or group in TRADE_CLASSES:
            hits.append((fold(canonical), group))
    parts.append(text[last:])
    return _NOISE.sub("", "".join(parts)), tuple(hits)


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
