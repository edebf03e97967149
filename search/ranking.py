"""Scores of one segment: BM25F per group of alternatives, conditions as masks, freshness and completeness."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search.plan import Group, Plan
from search.query import Constraint
from search.segment import Segment
from search.words import fold

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]
Rows = NDArray[np.int64]

FRESHNESS = 0.08  # how much of a score a post of today has over one that is very old
COMPLETENESS = 0.05  # how much a fully described post has over an empty one
PHRASE = 3.0  # how much more a document counts that holds the quoted words as written
PHRASE_ROWS = 1_000
REMEMBERED_UP_TO = 200_000  # rows of a segment up to which scores of common words are kept (400 kB each)
HALF_LIFE = 45.0  # days after which freshness has halved
OVER = 1e-3  # what the score of an event that is over counts beside those to come
_BYTES = np.arange(256, dtype=np.float32) / np.float32(255)


@dataclass
class Scored:
    """How well the rows of a segment meet the groups of a plan, before any condition."""

    score: Scores
    covered: Scores


def idf(documents: int, having: int) -> float:
    """Robertson and Spärck Jones' weight of a key that *having* of all documents hold, never negative."""
    return float(np.log1p((documents - having + 0.5) / (having + 0.5)))


def frequency(segments: Sequence[Segment], group: Group) -> int:
    """In how many documents the commonest wording of a group's own things stands."""
    best = 0
    for key, factor in group.keys:
        if factor >= 0.6:
            numbers = [(segment, segment.key(key)) for segment in segments]
            best = max(best, sum(len(s.postings.of(number)) for s, number in numbers if number is not None))
    return best


def score_groups(segment: Segment, groups: Sequence[Group], idfs: Sequence[float]) -> Scored:
    """Score every row against every group; of several wordings the best one counts."""
    total = Scored(np.zeros(len(segment), np.float32), np.zeros(len(segment), np.float32))
    for group, weight in zip(groups, idfs, strict=True):
        best = (
            _remembered(segment, group) if len(segment) <= REMEMBERED_UP_TO else score_group(segment, group)
        )
        if best is not None:
            total.score += best * np.float32(weight * group.weight)
            total.covered += (best > 0) * np.float32(group.weight)
    return total


@lru_cache(maxsize=64)
def _remembered(segment: Segment, group: Group) -> Scores | None:
    return score_group(segment, group)


def score_group(segment: Segment, group: Group) -> Scores | None:
    """The best factor times impact of a group's wordings in each row; None when no row has any."""
    best: Scores | None = None
    for key, factor in group.keys:
        number = segment.key(key)
        if number is None:
            continue
        start, end = segment.postings.starts[number], segment.postings.starts[number + 1]
        rows = segment.postings.rows[start:end].astype(np.intp)  # numpy indexes by these three times as fast
        values = (_BYTES * np.float32(factor)).take(segment.impacts[start:end])
        if best is None:
            best = np.zeros(len(segment), np.float32)
            best[rows] = values
        else:
            best[rows] = np.maximum(best[rows], values)
    return best


def satisfies(segment: Segment, constraint: Constraint) -> Mask:
    """Which rows meet a condition."""
    if constraint.test in ("at_most", "at_least"):
        column = segment.numbers.get(constraint.field)
        if column is None:
            return np.zeros(len(segment), np.bool_)
        return column <= constraint.number if constraint.test == "at_most" else column >= constraint.number
    if constraint.test == "all":
        mask = np.ones(len(segment), np.bool_)
        for value in constraint.values:
            mask &= _having(segment, constraint.field, (value,))
        return mask
    having = _having(segment, constraint.field, constraint.values)
    return ~having if constraint.test == "none" else having


def _having(segment: Segment, name: str, values: Sequence[str]) -> Mask:
    mask = np.zeros(len(segment), np.bool_)
    for value in values:
        if name == "text":
            number = segment.key(value)
            rows = segment.postings.of(number) if number is not None else segment.postings.rows[:0]
        else:
            rows = segment.keyword_rows(name, value)
        mask[rows.astype(np.intp)] = True
    return mask


@lru_cache(maxsize=8)
def quality(segment: Segment, today: int) -> Scores:
    """The factor of each row for being recent and complete, between 1 and 1 + FRESHNESS + COMPLETENESS.

    What has a day to come is the fresher the nearer that is; what is over is set back behind everything else.
    """
    ends = segment.numbers.get("ends_on")
    days = today - segment.published
    age = (np.maximum(0, days) if ends is None else np.abs(days)).astype(np.float32)
    fresh = np.exp2(-age / np.float32(HALF_LIFE))
    factor = 1 + np.float32(FRESHNESS) * fresh + np.float32(COMPLETENESS) * segment.completeness
    return factor if ends is None else factor * np.where(ends >= today, np.float32(1), np.float32(OVER))


def in_order_of_days(segment: Segment, rows: Rows, today: int) -> NDArray[np.float64]:
    """The newest first; of things with an end, the next one first and those that are over last, the latest first."""
    days = segment.published[rows].astype(np.float64)
    ends = segment.numbers.get("ends_on")
    return days if ends is None else np.where(ends[rows] >= today, 1e7 - days, days)


def holds_phrases(segment: Segment, row: int, phrases: Sequence[str]) -> bool:
    """Whether a document's texts hold every phrase as written, apart from folding."""
    text = "\n".join(fold(part) for part in segment.texts(row).values())
    return all(phrase in text for phrase in phrases)


def order_values(
    segment: Segment, plan: Plan, scored: Scored, rows: Rows, today: int
) -> Scores | NDArray[np.float64]:
    """What *rows* are sorted by, largest first; one value for each."""
    score = scored.score[rows]
    if plan.sort == "newest":
        return in_order_of_days(segment, rows, today) + np.minimum(score, 99).astype(np.float64) / 100
    if plan.sort == "openings":
        return segment.numbers.get("openings", segment.published)[rows].astype(np.float64)
    if plan.sort == "pay":
        pay = segment.numbers.get("salary_max", segment.published)[rows]
        return pay.astype(np.float64) + segment.numbers.get("salary_min", segment.published)[rows] / 1e7
    whole = np.float32(sum(group.weight for group in plan.groups))
    base = score * (scored.covered[rows] / whole) + np.float32(1e-3) if plan.groups else np.ones_like(score)
    for preference in plan.preferences:
        base = base * (1 + np.float32(preference.bonus) * satisfies(segment, preference.constraint)[rows])
    if plan.phrases:
        base = base * (1 + np.float32(PHRASE) * with_phrases(segment, plan, score, rows))
    ranked: Scores = base * quality(segment, today)[rows]
    return ranked


def with_phrases(segment: Segment, plan: Plan, score: Scores, rows: Rows) -> Mask:
    """Which of *rows* hold every phrase as written; the texts of the best PHRASE_ROWS are read."""
    found = np.zeros(len(rows), np.bool_)
    best = np.argsort(-score, kind="stable")[:PHRASE_ROWS]
    found[best] = [holds_phrases(segment, int(row), plan.phrases) for row in rows[best]]
    return found
