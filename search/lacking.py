"""Which words of a query a document does not have at all, in no other name and nothing narrower: told beside it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.analysis import CONCEPT
from search.plan import Group
from search.segment import Segment
from search.words import parts

PICKED = ("benefits", "offers", "shift", "kind", "town")  # fields of few values, not in the texts
MET = 0.6  # a wording that weighs as much says the thing: another name, a narrower or a very close one


def lacking(
    segment: Segment, rows: Sequence[int], texts: Sequence[str], groups: Sequence[Group]
) -> list[tuple[str, ...]]:
    """For each of *rows*, whose *texts* in small letters are given, the words of the groups that it does not meet.

    A single Chinese character that is left between words is nothing that anybody would miss, and a compound whose
    parts all stand there is met: 中控化验员 by 化验员 and 中控.
    """
    wanted = np.asarray(rows, np.int64)
    missed: list[list[str]] = [[] for _ in rows]
    for group in groups:
        if group.weight < 1 or all(group.words in text for text in texts):
            continue
        has = _holding(segment, wanted, [key for key, factor in group.keys if factor >= MET])
        pieces = parts(group.words) if not has.all() else ()
        if pieces:
            has |= np.logical_and.reduce([_holding(segment, wanted, [piece]) for piece in pieces])
        if not has.all():
            has |= _picked(segment, wanted, group)
        for place in map(int, np.flatnonzero(~has)):
            if group.words not in texts[place]:
                missed[place].append(group.words)
    return [tuple(words) for words in missed]


def _holding(segment: Segment, wanted: NDArray[np.int64], keys: Sequence[str]) -> NDArray[np.bool_]:
    """Which of the *wanted* rows hold one of *keys* in their texts."""
    numbers = [number for key in keys if (number := segment.key(key)) is not None]
    return _among([segment.postings.of(number) for number in numbers], wanted)


def _picked(segment: Segment, wanted: NDArray[np.int64], group: Group) -> NDArray[np.bool_]:
    """Which of the *wanted* rows have what a group names among what can be picked: a benefit, a shift."""
    names = {key.removeprefix(CONCEPT) for key, factor in group.keys if factor >= MET}
    values = [(field, value) for field in PICKED for value in segment.keywords.get(field, ([],))[0]]
    return _among([segment.keyword_rows(field, value) for field, value in values if value in names], wanted)


def _among(holders: Sequence[NDArray[np.int32]], wanted: NDArray[np.int64]) -> NDArray[np.bool_]:
    has = np.zeros(len(wanted), np.bool_)
    for rows in holders:
        if len(rows) and not has.all():
            at = np.minimum(rows.searchsorted(wanted), len(rows) - 1)
            has |= rows[at] == wanted
    return has
