"""Sparse vectors of concepts and of letters in one fixed space, so that a new word never moves an old one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

SIZE = 1 << 17
Row = tuple[NDArray[np.int32], NDArray[np.float32]]


def column(word: str) -> int:
    """Return the fixed column of a word."""
    return crc32(word.encode()) % SIZE


@dataclass(frozen=True)
class Rarity:
    """How much a concept or a pair of letters tells: ln(n/df) smoothed, the highest value for what was never seen.

    Attributes
    ----------
    columns : ndarray of shape (n_seen,)
        Sorted columns seen in the texts that were counted.
    values : ndarray of shape (n_seen,)
        Weight of each.
    unseen : float
        Weight of every other column.
    """

    columns: NDArray[np.int32]
    values: NDArray[np.float32]
    unseen: float

    @classmethod
    def count(cls, texts: Iterable[Iterable[int]], strength: float = 1.0) -> "Rarity":
        """Count in how many texts each column occurs."""
        total, seen = 0, np.zeros(SIZE, dtype=np.int32)
        for text in texts:
            total += 1
            seen[list(set(text))] += 1
        columns = np.flatnonzero(seen).astype(np.int32)
        values = (1.0 + strength * np.log((total + 1.0) / (seen[columns] + 1.0))).astype(np.float32)
        return cls(columns, values, float(1.0 + strength * np.log(total + 1.0)))

    def of(self, columns: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return the weights of some columns."""
        if not len(self.columns):
            return np.full(len(columns), self.unseen, dtype=np.float32)
        where = np.minimum(np.searchsorted(self.columns, columns), len(self.columns) - 1)
        return np.where(self.columns[where] == columns, self.values[where], self.unseen).astype(np.float32)


def row_of(weights: Mapping[int, float]) -> Row:
    """Return a mapping of columns to weights as sorted arrays."""
    columns = np.fromiter(sorted(weights), dtype=np.int32, count=len(weights))
    return columns, np.array([weights[int(c)] for c in columns], dtype=np.float32)


def letter_counts(spelling: Iterable[tuple[str, float]]) -> dict[int, float]:
    """Return the weight of each single letter and each pair of letters; a repeated one counts by its strongest place."""
    found: dict[int, float] = {}
    for text, weight in spelling:
        for start in range(len(text)):
            for gram in (text[start], text[start : start + 2]):
                key = column(f"~{gram}")
                share = weight if len(gram) == 2 else 0.35 * weight
                if found.get(key, 0.0) < share:
                    found[key] = share
    return found


def stack(rows: list[Row]) -> sp.csr_matrix:
    """Stack rows into one sparse matrix of shape (n_rows, SIZE)."""
    lengths = np.fromiter((len(row[0]) for row in rows), dtype=np.int64, count=len(rows))
    indptr = np.concatenate(([0], np.cumsum(lengths)))
    indices = np.concatenate([row[0] for row in rows]) if rows else np.zeros(0, np.int32)
    data = np.concatenate([row[1] for row in rows]) if rows else np.zeros(0, np.float32)
    return sp.csr_matrix((data, indices, indptr), shape=(len(rows), SIZE))
