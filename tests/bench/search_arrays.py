"""Engines that give a score for every post: bm25s, and a scipy matrix of BM25 weights."""

from collections import Counter
from typing import ClassVar

import bm25s
import numpy as np
import scipy.sparse as sp

from tests.bench.search_corpus import Columns, Condition, Corpus, best


class _Scored:
    """Filters, counts and snippets beside the scores of a subclass."""

    why: ClassVar = {"visible_s": "one changed post means building all of it again"}

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.fit()
        self.columns = Columns(corpus.posts)

    def fit(self) -> None:
        raise NotImplementedError

    def scores(self, words: list[str]) -> np.ndarray:
        raise NotImplementedError

    def top20(self, words: list[str], _: list[Condition]) -> object:
        return best(self.scores(words))

    def filtered(self, words: list[str], wanted: list[Condition]) -> list[int]:
        scores = self.scores(words)
        for condition in wanted:
            scores = scores * self.columns.mask(condition)
        return best(scores)

    def facets(self, words: list[str], _: list[Condition]) -> object:
        scores = self.scores(words)
        return best(scores), self.columns.counts(scores > 0, [])

    def full(self, words: list[str], wanted: list[Condition]) -> object:
        scores = self.scores(words)
        counts = self.columns.counts(scores > 0, wanted)
        for condition in wanted:
            scores = scores * self.columns.mask(condition)
        rows = best(scores, 10)
        return rows, counts, self.corpus.snippets(words, rows)


class Scipy(_Scored):
    name = "scipy"

    def fit(self) -> None:
        self.number: dict[str, int] = {}
        rows, columns, counts = [], [], []
        lengths = np.array([len(each) for each in self.corpus.tokens])
        for row, words in enumerate(self.corpus.tokens):
            for word, count in Counter(words).items():
                rows.append(row)
                columns.append(self.number.setdefault(word, len(self.number)))
                counts.append(count)
        shape = (len(lengths), len(self.number))
        having = np.bincount(columns, minlength=shape[1])
        rarity = np.log1p((shape[0] - having + 0.5) / (having + 0.5))
        tf = np.array(counts, float)
        norm = 1.2 * (0.25 + 0.75 * lengths[rows] / lengths.mean())
        weights = rarity[columns] * tf * 2.2 / (tf + norm)
        self.matrix = sp.csc_matrix((weights.astype(np.float32), (rows, columns)), shape)

    def scores(self, words: list[str]) -> np.ndarray:
        known = [self.number[word] for word in words if word in self.number]
        return (
            np.asarray(self.matrix[:, known].sum(axis=1)).ravel() if known else np.zeros(self.matrix.shape[0])
        )


class Bm25s(_Scored):
    name = "bm25s"

    def fit(self) -> None:
        self.index = bm25s.BM25()
        self.index.index(self.corpus.tokens, show_progress=False)

    def scores(self, words: list[str]) -> np.ndarray:
        known = [word for word in words if word in self.index.vocab_dict]
        return self.index.get_scores(known) if known else np.zeros(len(self.corpus.posts))
