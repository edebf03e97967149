"""Job titles that mean the same work: the same letters, the same occupation of the national dictionary, the same
words of one trade. For collections of titles alone; posts have texts, and are found by their words.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from search.lexicon import DIRECTORY, rows
from search.words import fold

LETTERS, OCCUPATIONS, WORDS = 1.0, 0.6, 0.6  # what each kind of nearness weighs
WORK = 0.5  # what the description of an occupation weighs beside its names
DEFINED = 120  # characters of the description that are read: the rest lists tasks
NEIGHBOURS = 10
SPREAD = 0.5  # how much of a title's nearness comes from its neighbours
ROUNDS = 5

Matrix = NDArray[np.float64]


@dataclass
class Grams:
    """TF-IDF over runs of 1 to *longest* characters, logarithmic in the count, rows of length one."""

    longest: int
    numbers: dict[str, int] = field(default_factory=dict)
    rarity: Matrix = field(default_factory=lambda: np.zeros(0))

    def fit(self, texts: Sequence[str]) -> "Grams":
        """Learn which runs there are and how rare each is."""
        having: Counter[str] = Counter(gram for text in texts for gram in set(self._grams(text)))
        self.numbers = {gram: number for number, gram in enumerate(having)}
        held = np.fromiter(having.values(), float, len(having))
        self.rarity = np.log((1 + len(texts)) / (1 + held)) + 1
        return self

    def rows(self, texts: Sequence[str]) -> sp.csr_matrix:
        """The vectors of *texts*; runs that were not learnt count nothing."""
        at: list[int] = [0]
        columns: list[int] = []
        values: list[int] = []
        for text in texts:
            counts = Counter(self.numbers[gram] for gram in self._grams(text) if gram in self.numbers)
            columns += counts
            values += counts.values()
            at.append(len(columns))
        weights = (1 + np.log(np.array(values, float))) * self.rarity[np.array(columns, int)]
        return unit(sp.csr_matrix((weights, columns, at), (len(texts), len(self.numbers))))

    def _grams(self, text: str) -> list[str]:
        return [
            text[start : start + length]
            for length in range(1, self.longest + 1)
            for start in range(len(text) - length + 1)
        ]


def unit(matrix: sp.csr_matrix) -> sp.csr_matrix:
    """Rows of length one; empty rows stay empty."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sp.diags(1 / np.maximum(lengths, 1e-12)) @ matrix


@cache
def occupations() -> tuple[Grams, sp.csr_matrix]:
    """The national dictionary of occupations as vectors, a row each."""
    coded: dict[str, list[str]] = defaultdict(list)
    for row in rows("coded_titles.tsv"):
        coded[row["code"]].append(row["title"])
    names, work = [], []
    for row in rows("occupations.tsv"):
        called = dict.fromkeys([row["name"], *row["aliases"].split(";"), *coded[row["code"]]])
        names.append(fold(";".join(filter(None, map(str.strip, called)))))
        work.append(fold(row["definition"][:DEFINED]))
    grams = Grams(2).fit(names + work)
    return grams, unit(grams.rows(names) + WORK * grams.rows(work))


@cache
def word_groups() -> tuple[tuple[str, ...], ...]:
    """Groups of words of titles that stand for nearly the same work."""
    lines = (DIRECTORY / "title_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(fold(line).split()) for line in lines if line and not line.startswith("#"))


class Titles:
    """A collection of titles, ranked by how near each is to a title that is asked for."""

    def __init__(self, titles: Sequence[str]) -> None:
        folded = [fold(title) for title in titles]
        self._grams = (Grams(1).fit(folded), Grams(2).fit(folded))
        held = _groups(folded)
        self._word_rarity = np.log(1 / ((held > 0).mean(axis=0) + 0.002))
        self._rows = self._read(folded)
        self._neighbours = self._near_each_other()

    def nearness(self, asked: Sequence[str]) -> Matrix:
        """How near each title is to each asked one, a row for each asked, larger is nearer.

        The nearness is squared and then spread along neighbours, so that titles which stand among those found
        rise with them.
        """
        near = self._compare(self._read([fold(title) for title in asked]))
        start = (near / np.maximum(near.max(axis=1, keepdims=True), 1e-12)) ** 2
        reached = start
        for _ in range(ROUNDS):
            reached = (1 - SPREAD) * start + SPREAD * np.asarray(reached @ self._neighbours.T)
        return reached

    def _read(self, titles: Sequence[str]) -> tuple[sp.csr_matrix, Matrix, Matrix]:
        grams, dictionary = occupations()
        letters = sp.hstack([each.rows(titles) for each in self._grams]).tocsr()
        like = np.asarray((grams.rows(titles) @ dictionary.T).todense()) ** 2
        words = np.minimum(_groups(titles), 1.5) * self._word_rarity
        return letters, _unit_dense(like), _unit_dense(words)

    def _compare(self, asked: tuple[sp.csr_matrix, Matrix, Matrix]) -> Matrix:
        letters, like, words = self._rows
        return np.asarray(
            LETTERS * np.asarray((asked[0] @ letters.T).todense())
            + OCCUPATIONS * (asked[1] @ like.T)
            + WORDS * (asked[2] @ words.T)
        )

    def _near_each_other(self) -> sp.csr_matrix:
        near = self._compare(self._rows)
        np.fill_diagonal(near, 0)
        nearest = min(NEIGHBOURS, len(near) - 1)
        if nearest > 0:
            near[near < -np.partition(-near, nearest, axis=1)[:, [nearest]]] = 0
        weight = np.sqrt(near.sum(axis=1, keepdims=True) * near.sum(axis=0, keepdims=True) + 1e-9)
        return sp.csr_matrix(near / weight)


def _unit_dense(matrix: Matrix) -> Matrix:
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)


def _groups(titles: Sequence[str]) -> Matrix:
    """For each title and group, half the length of the longest word of the group that the title holds."""
    longest = [
        [max((len(word) for word in words if word in title), default=0) for words in word_groups()]
        for title in titles
    ]
    return np.array(longest, float).reshape(len(titles), -1) / 2
