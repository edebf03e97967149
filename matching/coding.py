# ruff: noqa: N803 -- scikit-learn calls its input X
"""Codes a job title to the occupation of the national dictionary."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from scipy.linalg.lapack import spotrf, spotri
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from matching.duplicates import near_duplicates
from matching.ontology import table
from matching.reranking import Reranker
from matching.title_space import TitleSpace, dense
from search.words import fold

Matrix = NDArray[np.float32]
Codes = NDArray[np.intp]
Rows = dict[str, sp.csr_matrix]
NAME_WEIGHT = 0.3  # of a name of the dictionary against a title that was really advertised
NAMES, MEANINGS = (
    0.4,
    0.1,
)  # what the names and the definitions add to kernel ridge when candidates are chosen
COMPARED, CANDIDATES = 40, 20
NEIGHBOURS = 8
GAMMA = 1.0
SIDES = ("letters", "meaning", "words", "ending")  # of a title, each looked at by a ridge of its own
LEVELS = (1, 4, 7)  # letters of a code: major group, sub-major group, minor group
FEWEST = 2000  # titles below which the reranker has too little to learn from


@dataclass
class _Ridge:
    """Kernel ridge over one view of the titles seen, or of them and the names of the dictionary."""

    view: str
    is_rbf: bool
    rows: sp.csr_matrix
    columns: Codes
    dual: Matrix
    left_out: Matrix


class OccupationCoder(ClassifierMixin, BaseEstimator):
    """Finds a few likely occupations by nearness to titles seen and to the dictionary, then chooses among them.

    Kernel ridge over titles, with nearness to the names and definitions of the dictionary, proposes candidates. A reranker
    (conditional logit and boosted trees) chooses by what each way of looking says about a candidate: letters, words,
    ending, meaning, the nearest titles and names, the definition, and how likely the groups above it are in the dictionary. It
    learns from what these say of every training title when that title and its near-duplicates are left out, which kernel
    ridge gives in closed form [1]_.

    Parameters
    ----------
    alpha : float, default=0.5
        Ridge added to the kernel's diagonal.
    max_iter : int, default=300
        Boosted trees of the reranker.

    Attributes
    ----------
    classes_ : ndarray of shape (n_codes,)
        Every code of the dictionary or of the titles seen, sorted.

    References
    ----------
    .. [1] C. E. Rasmussen and C. K. I. Williams, "Gaussian Processes for Machine Learning", section 5.4.2 (2006).
    """

    def __init__(self, alpha: float = 0.5, max_iter: int = 300) -> None:
        self.alpha = alpha
        self.max_iter = max_iter

    def fit(self, X: Sequence[str], y: ArrayLike) -> Self:
        """Learn from titles with their codes."""
        known = np.asarray(y)
        texts = [fold(title) for title in X]
        entries = list(table("occupations.tsv"))
        names = [
            (fold(name), row["code"])
            for row in entries
            for name in dict.fromkeys((row["name"], *row["aliases"].split(";")))
            if name
        ]
        self.classes_ = np.unique([*known, *(row["code"] for row in entries)])
        self.space_ = TitleSpace(
            [*texts, *(name for name, _ in names)],
            [("。".join([row["name"], *row["aliases"].split(";")]), row["definition"]) for row in entries],
        )
        self.codes_ = np.searchsorted(self.classes_, known)
        self.name_codes_ = np.searchsorted(self.classes_, [code for _, code in names])
        self.meaning_codes_ = np.searchsorted(self.classes_, [row["code"] for row in entries])
        self.groups_above_ = [
            np.unique([str(code)[:length] for code in self.classes_], return_inverse=True)[1]
            for length in LEVELS
        ]
        self.seen_, self.names_ = self.space_.rows(texts), self.space_.rows([name for name, _ in names])
        self.known_ = dict(zip(texts, self.codes_, strict=True))  # a title seen keeps its code
        duplicates = near_duplicates(texts)
        self.ridges_ = [self._ridge("all", duplicates)]
        self.reranker_ = None
        if len(texts) >= FEWEST:
            self.ridges_ += [self._ridge(view, duplicates) for view in SIDES]
            self.ridges_.append(self._ridge("all", duplicates, with_names=True))
            self.ridges_.append(self._ridge("all", duplicates, is_rbf=True))
            self.reranker_ = self._reranker(texts, duplicates)
        for ridge in self.ridges_:
            ridge.left_out = ridge.left_out[:0]  # needed for the reranker only
        return self

    def decision_function(self, X: Sequence[str]) -> Matrix:
        """Return a score of each code for each title, shape (n_titles, n_codes); candidates stand above the rest."""
        check_is_fitted(self)
        texts = [fold(title) for title in X]
        rows = self.space_.rows(texts)
        if self.reranker_ is None:
            scores = self._proposed(self._signals(rows, texts))[0]
        else:
            candidates, evidence, scores = self._evidence(rows, texts)
            highest = scores.max(axis=1, keepdims=True) + 10.0
            np.put_along_axis(scores, candidates, highest + self.reranker_.score(evidence), axis=1)
        known = [(row, self.known_[text]) for row, text in enumerate(texts) if text in self.known_]
        for row, code in known:
            scores[row, code] = scores[row].max() + 1.0
        return scores

    def rank(self, X: Sequence[str], k: int = 5) -> NDArray[Any]:
        """Return the `k` likeliest codes of each title, best first, shape (n_titles, k)."""
        scores = self.decision_function(X)
        return self.classes_[np.argsort(-scores, axis=1, kind="stable")[:, :k]]

    def predict(self, X: Sequence[str]) -> NDArray[Any]:
        """Return the likeliest code of each title."""
        return self.rank(X, 1)[:, 0]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.no_validation = True  # texts, not numbers
        return tags

    def _ridge(
        self, view: str, duplicates: Codes, *, with_names: bool = False, is_rbf: bool = False
    ) -> _Ridge:
        # Names are taught for every code: only for those seen, a name would tell that the title left out has its code.
        rows, codes, weights = self.seen_[view], self.codes_, np.ones(len(self.codes_))
        if with_names:
            rows = sp.vstack([rows, self.names_[view]]).tocsr()
            codes = np.concatenate((codes, self.name_codes_))
            weights = np.concatenate((weights, np.full(len(self.name_codes_), NAME_WEIGHT)))
        columns, where = np.unique(codes, return_inverse=True)
        targets = np.zeros((len(codes), len(columns)), dtype=np.float32)
        targets[np.arange(len(codes)), where] = 1.0
        kernel = _kernel(rows, rows, is_rbf=is_rbf)
        kernel[np.diag_indices_from(kernel)] += (self.alpha / weights).astype(np.float32)
        inverse = _inverse(kernel)
        dual = inverse @ targets
        return _Ridge(view, is_rbf, rows, columns, dual, _left_out(inverse, dual, targets, duplicates))

    def _reranker(self, texts: list[str], duplicates: Codes) -> Reranker:
        candidates, evidence, _ = self._evidence(self.seen_, texts, duplicates)
        return Reranker(max_iter=self.max_iter).fit(evidence, candidates == self.codes_[:, None])

    def _evidence(
        self, rows: Rows, texts: list[str], left_out: Codes | None = None
    ) -> tuple[Codes, Matrix, Matrix]:
        """Return the candidates of each title, what speaks for each, and the first score of every code.

        With `left_out` the rows are the training titles, each seen without its group of near-duplicates.
        """
        signals = self._signals(rows, texts, left_out)
        scores, first = self._proposed(signals)
        compared = np.argsort(-scores, axis=1, kind="stable")[:, :COMPARED]
        candidates = compared[:, :CANDIDATES]
        columns: list[Matrix] = []
        for signal in (scores, *first, *signals):
            among = np.take_along_axis(signal, compared, axis=1)
            chosen = among[:, :CANDIDATES]
            columns += [chosen, chosen - among.max(axis=1, keepdims=True)]
            columns.append((among[:, None, :] > chosen[:, :, None]).sum(axis=2).astype(np.float32))
        gap = columns[0][:, :1] - columns[0][:, 1:2]
        columns.append(np.repeat(gap, candidates.shape[1], axis=1))
        general = np.array([str(code).endswith("00") for code in self.classes_], dtype=np.float32)
        columns.append(general[candidates])
        return candidates, np.stack(columns, axis=2), scores

    def _proposed(self, signals: Iterator[Matrix]) -> tuple[Matrix, list[Matrix]]:
        """Return the first score of every code, and the three signals that it is made of."""
        first = [next(signals) for _ in range(3)]
        return first[0] + NAMES * first[1] + MEANINGS * first[2], first

    def _signals(self, rows: Rows, texts: list[str], left_out: Codes | None = None) -> Iterator[Matrix]:
        """Yield ways of looking, each a score of every code for every title; the first three choose the candidates."""
        is_same = None if left_out is None else left_out[:, None] == left_out[None, :]
        whole = self._by_ridge(self.ridges_[0], rows, is_trained=is_same is not None)
        yield whole
        yield _nearest(dense(rows["all"], self.names_["all"]), self.name_codes_, len(self.classes_))
        yield _nearest(self.space_.to_definitions(texts), self.meaning_codes_, len(self.classes_))
        for ridge in self.ridges_[1:]:
            yield self._by_ridge(ridge, rows, is_trained=is_same is not None)
        for view in ("words", "meaning"):
            yield _nearest(dense(rows[view], self.names_[view]), self.name_codes_, len(self.classes_))
        for groups in self.groups_above_:
            sums = sp.csr_matrix((np.ones(len(groups)), (np.arange(len(groups)), groups)), dtype=np.float32)
            yield np.asarray(whole @ sums)[:, groups]
        for view in ("words", "all"):
            like = dense(rows[view], self.seen_[view])
            if is_same is not None:
                # As if its code had no other title: anything else would give the answer away.
                like[is_same] = 0.0
            nearest = _nearest(like, self.codes_, len(self.classes_))
            yield nearest
        yield _neighbours(like, self.codes_, len(self.classes_))
        for groups in self.groups_above_[1:]:
            yield _nearest(nearest, groups, int(groups.max()) + 1)[:, groups]
        counts = np.bincount(self.codes_, minlength=len(self.classes_))[None, :]
        if is_same is not None:
            own = np.eye(len(self.classes_), dtype=np.float32)[self.codes_]
            counts = counts - sp.csr_matrix(is_same, dtype=np.float32) @ own
        yield np.broadcast_to(np.log1p(counts), whole.shape).astype(np.float32)
        named = np.bincount(self.name_codes_, minlength=len(self.classes_))[None, :]
        yield np.broadcast_to(named, whole.shape).astype(np.float32)

    def _by_ridge(self, ridge: _Ridge, rows: Rows, *, is_trained: bool) -> Matrix:
        found = ridge.left_out
        if not is_trained:
            found = _kernel(rows[ridge.view], ridge.rows, is_rbf=ridge.is_rbf) @ ridge.dual
        scores = np.zeros((found.shape[0], len(self.classes_)), dtype=np.float32)
        scores[:, ridge.columns] = found
        return scores


def _kernel(left: sp.csr_matrix, right: sp.csr_matrix, *, is_rbf: bool) -> Matrix:
    """Return dot products, or the Gaussian (RBF) kernel, which trusts near titles more."""
    products = dense(left, right)
    return np.exp(GAMMA * 2.0 * (products - 1.0)) if is_rbf else products


def _inverse(kernel: Matrix) -> Matrix:
    """Invert a positive definite matrix in place."""
    factor, _ = spotrf(kernel, lower=1, overwrite_a=1)
    inverse, _ = spotri(factor, lower=1, overwrite_c=1)
    lower = np.tril(inverse)
    return np.asarray(lower + np.tril(lower, -1).T, dtype=np.float32)


def _left_out(inverse: Matrix, dual: Matrix, targets: Matrix, groups: Codes) -> Matrix:
    """Return what ridge says of each title when its group is left out: y - (C_gg)^-1 (C y)_g, C the inverse kernel."""
    n = len(groups)
    found = targets[:n] - dual[:n] / np.diag(inverse)[:n, None]
    for group in np.flatnonzero(np.bincount(groups) > 1):
        members = np.flatnonzero(groups == group)
        found[members] = targets[members] - np.linalg.solve(inverse[np.ix_(members, members)], dual[members])
    return found


def _nearest(like: Matrix, codes: Codes, n_codes: int) -> Matrix:
    """Return the likeness to the nearest of each code's texts, 0 for a code without one."""
    best = np.zeros((like.shape[0], n_codes), dtype=np.float32)
    order = np.argsort(codes, kind="stable")
    present, starts = np.unique(codes[order], return_index=True)
    best[:, present] = np.maximum.reduceat(like[:, order], starts, axis=1)
    return best


def _neighbours(like: Matrix, codes: Codes, n_codes: int) -> Matrix:
    """Return the summed, sharpened likeness to those of the nearest titles that have each code."""
    k = min(NEIGHBOURS, like.shape[1])
    nearest = np.argpartition(-like, k - 1, axis=1)[:, :k]
    votes = np.zeros((like.shape[0], n_codes), dtype=np.float32)
    weights = np.maximum(np.take_along_axis(like, nearest, axis=1), 0.0) ** 3
    np.add.at(votes, (np.arange(len(votes))[:, None], codes[nearest]), weights)
    return votes
