# ruff: noqa: N803 -- scikit-learn calls its input X
"""Codes a job title to the occupation of the national dictionary."""

import re
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import cho_factor, cho_solve
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC
from sklearn.utils.validation import check_is_fitted

from matching.ontology import table
from search.words import cut, fold

Matrix = NDArray[np.float32]
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
_AFTER = re.compile(r"招聘(.{2,})$")
_WORD = re.compile(r"[a-z\u4e00-\u9fff]")
SHARES = {"whole": 0.4, "words": 0.4, "core": 0.6, "core_words": 0.5, "head": 0.3, "alike": 0.4}
NAME_WEIGHT = 0.3
LEAST_ALIKE = 0.05


class OccupationCoder(ClassifierMixin, BaseEstimator):
    """Two linear machines over one set of features of a title, helped by the names and definitions of the dictionary.

    The features are letters (one to four) and words of the whole title and of its core (without brackets and without the
    employer before 招聘), its last words, and how much it is like each occupation of the dictionary. A linear support vector
    machine, taught by the names of the dictionary too, and kernel ridge are added up.

    Parameters
    ----------
    C : float, default=0.5
        Inverse regularization of the support vector machine.
    alpha : float, default=0.6
        Ridge added to the kernel's diagonal.
    ridge, names, meanings : float
        Weight of kernel ridge, of the likeness to an occupation's nearest name, and to its definition.

    Attributes
    ----------
    classes_ : ndarray of shape (n_codes,)
        Every code of the dictionary or of the titles seen, sorted.
    """

    def __init__(
        self,
        C: float = 0.5,
        alpha: float = 0.6,
        ridge: float = 1.0,
        names: float = 0.4,
        meanings: float = 0.1,
    ) -> None:
        self.C = C
        self.alpha = alpha
        self.ridge = ridge
        self.names = names
        self.meanings = meanings

    def fit(self, X: Sequence[str], y: ArrayLike) -> Self:
        """Learn from titles with their codes."""
        known = np.asarray(y)
        texts = [fold(title) for title in X]
        rows = list(table("occupations.tsv"))
        aliases = [
            (fold(name), row["code"])
            for row in rows
            for name in dict.fromkeys((row["name"], *row["aliases"].split(";")))
            if name
        ]
        names, name_codes = [name for name, _ in aliases], np.array([code for _, code in aliases])
        self.classes_ = np.unique([*known, *(row["code"] for row in rows)])
        self._learn_words(texts, names, rows)
        self.seen_ = self._rows(texts)
        self.names_ = self._rows(names)
        self.name_codes_ = np.searchsorted(self.classes_, name_codes)
        self.meanings_ = self.letters_.transform([fold(row["definition"]) for row in rows])
        self.meaning_codes_ = np.searchsorted(self.classes_, [row["code"] for row in rows])
        self._fit_machines(known, name_codes)
        return self

    def decision_function(self, X: Sequence[str]) -> Matrix:
        """Return a score of each code for each title, shape (n_titles, n_codes)."""
        check_is_fitted(self)
        texts = [fold(title) for title in X]
        rows = self._rows(texts)
        scores = np.full((rows.shape[0], len(self.classes_)), -1.0, dtype=np.float32)
        scores[:, self.seen_codes_] = self.machine_.decision_function(rows)
        scores[:, self.seen_codes_] += self.ridge * ((rows @ self.seen_.T).toarray() @ self.dual_)
        scores += self.names * self._nearest(rows, self.names_, self.name_codes_)
        scores += self.meanings * self._nearest(
            self.letters_.transform(texts), self.meanings_, self.meaning_codes_
        )
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

    def _learn_words(self, texts: list[str], names: list[str], rows: list[dict[str, str]]) -> None:
        whole, core = [*texts, *names], [*map(_core, texts), *map(_core, names)]
        self.vectors_ = {
            "whole": _letters(4).fit(map(_edged, whole)),
            "words": _words(cut).fit(whole),
            "core": _letters(4).fit(map(_edged, core)),
            "core_words": _words(cut).fit(core),
            "head": _words(_head).fit(core),
        }
        titles = [fold("。".join([row["name"], *row["aliases"].split(";")])) for row in rows]
        meanings = [fold(row["definition"]) for row in rows]
        self.letters_ = _letters(2).fit(titles + meanings)
        both = self.letters_.transform(titles) + 0.5 * self.letters_.transform(meanings)
        self.occupations_ = normalize(both).T.tocsr()

    def _rows(self, texts: list[str]) -> sp.csr_matrix:
        """Return the features of folded titles; each row has length about 1."""
        core = [_core(text) for text in texts]
        inputs = {
            "whole": map(_edged, texts),
            "words": texts,
            "core": map(_edged, core),
            "core_words": core,
            "head": core,
        }
        blocks = [SHARES[name] * self.vectors_[name].transform(given) for name, given in inputs.items()]
        alike = np.asarray((self.letters_.transform(core) @ self.occupations_).todense()) ** 2
        alike = normalize(alike)
        alike[alike < LEAST_ALIKE] = 0.0
        blocks.append(SHARES["alike"] * sp.csr_matrix(alike))
        return sp.hstack(blocks).tocsr().astype(np.float32)

    def _fit_machines(self, known: NDArray[Any], name_codes: NDArray[Any]) -> None:
        taught = np.isin(name_codes, known)
        weights = np.concatenate((np.ones(len(known)), np.full(int(taught.sum()), NAME_WEIGHT)))
        self.machine_ = LinearSVC(C=self.C, random_state=0).fit(
            sp.vstack([self.seen_, self.names_[taught]]), np.concatenate((known, name_codes[taught])), weights
        )
        self.seen_codes_ = np.searchsorted(self.classes_, self.machine_.classes_)
        kernel = (self.seen_ @ self.seen_.T).toarray()
        kernel[np.diag_indices_from(kernel)] += self.alpha
        targets = (known[:, None] == self.machine_.classes_[None, :]).astype(np.float32)
        self.dual_ = cho_solve(cho_factor(kernel, lower=True, overwrite_a=True), targets)

    def _nearest(self, rows: sp.csr_matrix, others: sp.csr_matrix, codes: NDArray[np.intp]) -> Matrix:
        """Return the likeness to the nearest of each code's texts."""
        like = np.asarray((rows @ others.T).todense(), dtype=np.float32)
        best = np.zeros((rows.shape[0], len(self.classes_)), dtype=np.float32)
        order = np.argsort(codes, kind="stable")
        present, starts = np.unique(codes[order], return_index=True)
        best[:, present] = np.maximum.reduceat(like[:, order], starts, axis=1)
        return best


def _letters(longest: int) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char", ngram_range=(1, longest), sublinear_tf=True, lowercase=False)


def _words(analyzer: Any) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=analyzer, sublinear_tf=True)


def _edged(text: str) -> str:
    return f"^{text}$"


def _core(text: str) -> str:
    """Return a folded title without brackets and without the employer before 招聘."""
    bare = _ASIDE.sub("", text)
    after = _AFTER.search(bare)
    return (after[1] if after else bare) or text


def _head(text: str) -> list[str]:
    """Return the last word of a title, and the last two together: what the work is stands at the end."""
    words = [word for word in cut(text) if _WORD.search(word)]
    return [*words[-1:], *(["_".join(words[-2:])] if len(words) > 1 else [])]
