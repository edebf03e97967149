"""Which words of a query a document does not have at all, in no other name and nothing narrower: told beside it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.analysis import CONCEPT
from search.plan import Group
from search.segment import Segment
from search.words import fold, parts

PICKED = ("benefits", "offers", "shift", "kind", "town")  # fields of few values, not in the texts
MET = 0.6  # a wording that weighs as much says the thing: another name, a narrower or a very close one


def lacking(segment: Segment, rows: Sequence[int], groups: Sequence[Group]) -> list[tuple[str, ...]]:
    """For each of *rows* the words of the groups that it does not meet.

    A single Chinese character that is left between words is nothing that anybody would miss, and a compound whose
    parts all stand there is met: 中控化验员 by 化验员 and 中控.
    """
    wanted = np.asarray(rows, np.int64)
    missed: list[list[str]] = [[] for _ in rows]
    for group in groups:
        if group.weight < 1:
            continue
        has = _met(segment, wanted, tuple(key for key, factor in group.keys if factor >= MET))
        if pieces := parts(group.words):
            has |= np.logical_and.reduce([_met(segment, wanted, (piece,)) for piece in pieces])
        for place in map(int, np.flatnonzero(~has)):
            if group.words not in _text(segment, rows[place]):
                missed[place].append(group.words)
    return [tuple(words) for words in missed]


def _met(segment: Segment, wanted: NDArray[np.int64], keys: Sequence[str]) -> NDArray[np.bool_]:
    """Which of the *wanted* rows hold one of *keys*, in their texts or among what can be picked."""
    holders = [segment.postings.of(number) for key in keys if (number := segment.key(key)) is not None]
    holders += [segment.keyword_rows(name, key.removeprefix(CONCEPT)) for key in keys for name in PICKED]
    has = np.zeros(len(wanted), np.bool_)
    for rows in holders:
        if len(rows):
            at = np.minimum(np.searchsorted(rows, wanted), len(rows) - 1)
            has |= rows[at] == wanted
    return has


def _text(segment: Segment, row: int) -> str:
    return fold(" ".join(segment.texts(row).values()))
