"""Codes a job title to the occupation of the national dictionary."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import check_is_fitted

from matching.ontology import table
from search.words import cut, fold

Matrix = NDArray[np.float32]


class OccupationCoder(BaseEstimator):
    """Kernel ridge over letters and words of titles, helped by the names and definitions of the dictionary.

    Parameters
    ----------
    alpha : float, default=0.6
        Ridge added to the kernel's diagonal.
    names, meanings : float
        Weight of the likeness to an occupation's nearest name, and to its definition.

    Attributes
    ----------
    codes_ : ndarray of shape (n_codes,)
        Every code of the dictionary or of the titles seen.
    """

    def __init__(self, alpha: float = 0.6, names: float = 0.4, meanings: float = 0.12) -> None:
        self.alpha = alpha
        self.names = names
        self.meanings = meanings

    def fit(self, titles: Sequence[str], codes: ArrayLike) -> Self:
        """Learn from titles with their codes."""
        known = np.asarray(codes)
        texts = [fold(title) for title in titles]
        rows = list(table("occupations.tsv"))
        aliases = [
            (fold(name), row["code"])
            for row in rows
            for name in (row["name"], *row["aliases"].split(";"))
            if name
        ]
        self.codes_ = np.unique([*known, *(row["code"] for row in rows)])
        names = [name for name, _ in aliases]
        self.letters_ = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True).fit(
            [*texts, *names]
        )
        self.words_ = TfidfVectorizer(analyzer=cut, sublinear_tf=True).fit([*texts, *names])
        self.seen_ = self._rows(texts)
        self.names_, self.name_codes_ = (
            self._rows(names),
            np.searchsorted(self.codes_, [code for _, code in aliases]),
        )
        self.meanings_ = self._rows([fold(row["definition"]) for row in rows])
        self.meaning_codes_ = np.searchsorted(self.codes_, [row["code"] for row in rows])
        self.seen_codes_, which = np.unique(np.searchsorted(self.codes_, known), return_inverse=True)
        kernel = np.asarray((self.seen_ @ self.seen_.T).todense(), dtype=np.float32)
        kernel[np.diag_indices_from(kernel)] += self.alpha
        targets = np.zeros((len(texts), len(self.seen_codes_)), dtype=np.float32)
        targets[np.arange(len(texts)), which] = 1.0
        self.dual_ = np.linalg.solve(kernel, targets)
        return self

    def decision_function(self, titles: Sequence[str]) -> Matrix:
        """Return a score of each code for each title, shape (n_titles, n_codes)."""
        check_is_fitted(self)
        rows = self._rows([fold(title) for title in titles])
        scores = np.zeros((rows.shape[0], len(self.codes_)), dtype=np.float32)
        scores[:, self.seen_codes_] = (rows @ self.seen_.T).astype(np.float32) @ self.dual_
        scores += self.names * self._nearest(rows, self.names_, self.name_codes_)
        scores += self.meanings * self._nearest(rows, self.meanings_, self.meaning_codes_)
        return scores

    def rank(self, titles: Sequence[str], k: int = 5) -> NDArray[Any]:
        """Return the `k` likeliest codes of each title, best first, shape (n_titles, k)."""
        return self.codes_[np.argsort(-self.decision_function(titles), axis=1, kind="stable")[:, :k]]

    def predict(self, titles: Sequence[str]) -> NDArray[Any]:
        """Return the likeliest code of each title."""
        return self.rank(titles, 1)[:, 0]

    def _rows(self, texts: list[str]) -> sp.csr_matrix:
        return (
            sp.hstack([self.letters_.transform(texts), self.words_.transform(texts)]) / np.sqrt(2.0)
        ).tocsr()

    def _nearest(self, rows: sp.csr_matrix, others: sp.csr_matrix, codes: NDArray[np.intp]) -> Matrix:
        """Return the likeness to the nearest of each code's texts."""
        like = np.asarray((rows @ others.T).todense(), dtype=np.float32)
        best = np.zeros((rows.shape[0], len(self.codes_)), dtype=np.float32)
        order = np.argsort(codes, kind="stable")
        present, starts = np.unique(codes[order], return_index=True)
        best[:, present] = np.maximum.reduceat(like[:, order], starts, axis=1)
        return best
