"""Finds job titles that mean the same work: letters, the national occupation dictionary and words of one trade together."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted

from matching.ontology import source, table
from search.words import fold

Matrix = NDArray[np.float64]
LETTERS, OCCUPATIONS, WORDS = 1.0, 0.6, 0.6


@lru_cache(maxsize=1)
def word_groups() -> tuple[tuple[str, ...], ...]:
    """Return the groups of words that stand for nearly the same work."""
    lines = source("title_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(fold(line).split()) for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def occupation_texts() -> tuple[list[str], list[str]]:
    """Return, for each occupation of the dictionary, its names with the titles coded to it, and its definition."""
    coded: dict[str, list[str]] = defaultdict(list)
    for row in table("coded_titles.tsv"):
        coded[row["code"]].append(row["title"])
    names, meanings = [], []
    for row in table("occupations.tsv"):
        names.append(
            fold("。".join([row["name"], row["name"], *row["aliases"].split(";"), *coded[row["code"]]]))
        )
        meanings.append(fold(row["definition"]))
    return names, meanings


class TitleRanker(BaseEstimator):
    """Ranks a list of titles by how near each is to a query.

    Nearness is the cosine of letters (one and two), of the occupations that a title resembles (squared, so that the
    nearest count), and of the groups of words that it holds; it is then spread once along the neighbours of every title
    of the list, so that titles which stand among the found ones rise with them.

    Parameters
    ----------
    n_neighbours : int, default=10
        Neighbours along which nearness spreads.
    spread : float, default=0.5
        Share that comes from the neighbours, 0 for none.
    sharpness : float, default=2.0
        Power of the nearness before it spreads.

    Attributes
    ----------
    titles_ : list of str
        The folded titles seen in `fit`.
    neighbours_ : csr_matrix of shape (n_titles, n_titles)
        Normalized nearness to the nearest neighbours.
    """

    def __init__(self, n_neighbours: int = 10, spread: float = 0.5, sharpness: float = 2.0) -> None:
        self.n_neighbours = n_neighbours
        self.spread = spread
        self.sharpness = sharpness

    def fit(self, titles: Sequence[str], y: Any = None) -> Self:
        """Learn how rare letters and words are in `titles`, and who is whose neighbour."""
        self.titles_ = [fold(title) for title in titles]
        names, meanings = occupation_texts()
        self.single_ = _letters((1, 1)).fit(self.titles_)
        self.double_ = _letters((1, 2)).fit(self.titles_)
        self.dictionary_ = _letters((1, 2)).fit(names + meanings)
        shares = self.dictionary_.transform(names) + 0.5 * self.dictionary_.transform(meanings)
        self.occupations_ = normalize(shares).T.tocsr()
        held = _groups(self.titles_)
        self.rarity_ = np.log(1.0 / ((held > 0).mean(axis=0) + 0.002))
        self.rows_ = self._rows(self.titles_)
        self.neighbours_ = self._neighbours()
        return self

    def score(self, queries: Sequence[str]) -> Matrix:
        """Return nearness of each query to each title, shape (n_queries, n_titles), higher is nearer."""
        check_is_fitted(self)
        near = self._nearness(self._rows([fold(query) for query in queries]))
        start = (near / np.maximum(near.max(axis=1, keepdims=True), 1e-12)) ** self.sharpness
        reached = start
        for _ in range(5):
            reached = (1 - self.spread) * start + self.spread * np.asarray(reached @ self.neighbours_.T)
        return reached

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.no_validation = True  # texts, not numbers
        return tags

    def _rows(self, titles: list[str]) -> tuple[sp.csr_matrix, sp.csr_matrix, Matrix, Matrix]:
        like = np.asarray((self.dictionary_.transform(titles) @ self.occupations_).todense()) ** 2
        words = normalize(np.minimum(_groups(titles), 1.5) * self.rarity_)
        return self.single_.transform(titles), self.double_.transform(titles), normalize(like), words

    def _nearness(self, rows: tuple[sp.csr_matrix, sp.csr_matrix, Matrix, Matrix]) -> Matrix:
        single, double, like, words = self.rows_
        letters = np.asarray((rows[0] @ single.T + rows[1] @ double.T).todense())
        return LETTERS * letters + OCCUPATIONS * (rows[2] @ like.T) + WORDS * (rows[3] @ words.T)

    def _neighbours(self) -> sp.csr_matrix:
        near = self._nearness(self.rows_)
        np.fill_diagonal(near, 0.0)
        k = min(self.n_neighbours, near.shape[0] - 1)
        if k > 0:
            near[near < -np.partition(-near, k, axis=1)[:, k][:, None]] = 0.0
        weight = np.sqrt(near.sum(axis=1, keepdims=True) * near.sum(axis=0, keepdims=True) + 1e-9)
        return sp.csr_matrix(near / weight)


def _letters(span: tuple[int, int]) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char", ngram_range=span, sublinear_tf=True)


def _groups(titles: list[str]) -> Matrix:
    """Return for each title and group half the length of the longest word held, 0 for none."""
    groups = word_groups()
    held = np.zeros((len(titles), len(groups)))
    for row, title in enumerate(titles):
        for column, words in enumerate(groups):
            held[row, column] = max((len(word) for word in words if word in title), default=0) / 2
    return held
