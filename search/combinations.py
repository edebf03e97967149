"""A column of small numbers beside a field, so that counting its values is one pass over the rows that count.

Few combinations of values occur (五险一金 with 双休, 三班倒 with 夜班), so each row carries the number of its
combination: counting rows per combination and adding up what each holds gives the counts per value. Made on first
use for each segment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search.segment import Inverted, Segment

MOST_VALUES = 62  # of a field whose rows may hold several: a bit each
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Column:
    """The number of each row's combination, and a matrix of combinations by values."""

    codes: NDArray[np.intp]
    members: NDArray[np.float64]

    def counts(self, rows: Rows) -> NDArray[np.int64]:
        """How many of *rows* hold each value."""
        combined = np.bincount(self.codes[rows], minlength=len(self.members))
        counted: NDArray[np.int64] = np.rint(combined @ self.members).astype(np.int64)
        return counted


@lru_cache(maxsize=64)
def of_keyword(segment: Segment, name: str) -> Column | None:
    """The column of a keyword field; None for one with too many values for it."""
    values, inverted = segment.keywords[name]
    if len(inverted.rows) <= len(segment) and len(np.unique(inverted.rows)) == len(inverted.rows):
        return _single(inverted, len(values), len(segment))
    if len(values) > MOST_VALUES:
        return None
    bits = np.zeros(len(segment), np.int64)
    for number in range(len(values)):
        bits[inverted.of(number)] |= np.int64(1) << np.int64(number)
    combinations, codes = np.unique(bits, return_inverse=True)
    members = (combinations[:, None] >> np.arange(len(values))) & 1
    return Column(codes.astype(np.intp), members.astype(np.float64))


def _single(inverted: Inverted, values: int, rows: int) -> Column:
    """Where no row has two values, a value is a combination; the one after the last is none."""
    codes = np.full(rows, values, np.intp)
    codes[inverted.rows] = np.repeat(np.arange(values), np.diff(inverted.starts))
    return Column(codes, np.eye(values + 1, values))


@lru_cache(maxsize=32)
def of_number(segment: Segment, name: str, steps: Sequence[int], *, is_floor: bool) -> Column | None:
    """The column of a number field: for each step whether a row reaches it, or with *is_floor* false, needs no more."""
    numbers = segment.numbers.get(name)
    if numbers is None:
        return None
    codes = np.searchsorted(np.array(steps), numbers, "right" if is_floor else "left")
    each, step = np.arange(len(steps) + 1)[:, None], np.arange(len(steps))
    members = step < each if is_floor else step >= each
    return Column(codes.astype(np.intp), members.astype(np.float64))
