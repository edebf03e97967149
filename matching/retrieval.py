"""First step over many rows: a few hundred that share concepts, titles or family with the one asked about."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from matching.tables import CandidateTable, PostTable, Table

FULL_SCAN = 3000
KEPT = 400
CONCEPTS, TITLES, FAMILY = 2.0, 1.5, 0.5


@dataclass(frozen=True)
class Postings:
    """Columns of a table turned round, so that asking touches only the words asked for."""

    concepts: sp.csc_matrix
    titles: sp.csc_matrix

    @classmethod
    def of(cls, table: Table) -> "Postings":
        columns = table.columns()
        return cls(columns["concepts"].tocsc(), columns["titles"].tocsc())

    def likeness(self, concepts: sp.csr_matrix, titles: sp.csr_matrix) -> NDArray[np.float32]:
        """Return how much each row shares with one row of concepts and titles, shape (n_rows,)."""
        return CONCEPTS * _against(self.concepts, concepts) + TITLES * _against(self.titles, titles)


def _against(columns: sp.csc_matrix, row: sp.csr_matrix) -> NDArray[np.float32]:
    total = np.zeros(columns.shape[0], dtype=np.float32)
    for column, weight in zip(row.indices, row.data, strict=True):
        start, end = columns.indptr[column], columns.indptr[column + 1]
        total[columns.indices[start:end]] += weight * columns.data[start:end]
    return total


def posts_likeness(table: PostTable, postings: Postings, person: CandidateTable) -> NDArray[np.float32]:
    """Return how near each post is to one person, shape (n_posts,)."""
    family = _weighed(table.family, np.maximum(person.family_done[0], person.family_wished[0]))
    return postings.likeness(person.concepts, person.titles) + FAMILY * family


def people_likeness(table: CandidateTable, postings: Postings, post: PostTable) -> NDArray[np.float32]:
    """Return how near each person is to one post, shape (n_people,)."""
    named = np.flatnonzero(post.family[0])
    family = _weighed(
        np.maximum(table.family_done[:, named], table.family_wished[:, named]), post.family[0, named]
    )
    return postings.likeness(post.concepts, post.titles) + FAMILY * family


def nearest(likeness: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the positions of the few hundred that are worth ranking, in their order; never those at minus infinity."""
    if len(likeness) > KEPT:
        found = np.sort(np.argpartition(-likeness, KEPT)[:KEPT])
    else:
        found = np.arange(len(likeness))
    return found[likeness[found] > -np.inf]


def _weighed(rows: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return rows @ weights without waking the threads of BLAS, which cost more than they save on so thin a table."""
    return np.asarray(np.einsum("ij,j->i", rows, weights), dtype=np.float32)
