"""Puts titles of jobs into vectors: their letters, words, core, last words, and the occupations that they resemble."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import normalize

from search.words import cut, fold

Matrix = NDArray[np.float32]
LEAST_ALIKE = 0.05
COLUMNS = 2**19
# What each view of a title is made of. The view `all` is the whole; the others look at one side of a title.
VIEWS: dict[str, dict[str, float]] = {
    "all": {"whole": 0.4, "words": 0.4, "core": 0.6, "core_words": 0.5, "head": 0.3, "alike": 0.4},
    "letters": {"whole": 0.5, "core": 0.8},
    "words": {"words": 0.5, "core_words": 0.7, "head": 0.5},
    "meaning": {"core_words": 0.6, "alike": 0.8},
    "ending": {"ending": 1.0},
}
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
_AFTER = re.compile(r"招聘(.{2,})$")
_SIGN = re.compile(r"[^a-z\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z\u4e00-\u9fff]")
_CORES = frozenset({"core", "core_words", "head", "ending"})
_EDGED = frozenset({"whole", "core"})


class TitleSpace:
    """Vectors of folded titles.

    Parameters
    ----------
    texts : list of str
        Folded titles and names from which the rarity of letters and words is counted.
    occupations : sequence of (names, definition)
        The dictionary's entries, folded.
    """

    def __init__(self, texts: Sequence[str], occupations: Sequence[tuple[str, str]]) -> None:
        cores = [core(text) for text in texts]
        self._blocks = {
            "whole": _letters(4).fit(map(_edged, texts)),
            "words": _words(cut).fit(texts),
            "core": _letters(4).fit(map(_edged, cores)),
            "core_words": _words(cut).fit(cores),
            "head": _words(_head).fit(cores),
            "ending": _words(_ending).fit(cores),
        }
        names, meanings = [fold(name) for name, _ in occupations], [fold(said) for _, said in occupations]
        self._letters = _letters(2).fit(names + meanings)
        self._meanings = self._letters.transform(meanings).astype(np.float32)
        both = self._letters.transform(names) + 0.5 * self._meanings
        self._occupations = normalize(both).T.tocsr()

    def rows(self, texts: Sequence[str]) -> dict[str, sp.csr_matrix]:
        """Return the vectors of folded titles by view, each row of length about 1."""
        cores = [core(text) for text in texts]
        parts: dict[str, sp.csr_matrix] = {}
        for name, block in self._blocks.items():
            given: Iterable[str] = cores if name in _CORES else texts
            parts[name] = block.transform(map(_edged, given) if name in _EDGED else given)
        alike = normalize(np.asarray((self._letters.transform(cores) @ self._occupations).todense()) ** 2)
        alike[alike < LEAST_ALIKE] = 0.0
        parts["alike"] = sp.csr_matrix(alike)
        return {
            view: sp.hstack(
                [
                    share / np.sqrt(sum(x * x for x in shares.values())) * parts[name]
                    for name, share in shares.items()
                ]
            )
            .tocsr()
            .astype(np.float32)
            for view, shares in VIEWS.items()
        }

    def to_definitions(self, texts: Sequence[str]) -> Matrix:
        """Return how near each title is to the definition of each occupation, shape (n_texts, n_occupations)."""
        return dense(self._letters.transform([core(text) for text in texts]), self._meanings)


def dense(left: sp.csr_matrix, right: sp.csr_matrix) -> Matrix:
    """Return the dot products of all rows with all rows."""
    return np.asarray((left @ right.T).todense(), dtype=np.float32)


def core(text: str) -> str:
    """Return a folded title without brackets and without the employer before 招聘."""
    bare = _ASIDE.sub("", text)
    after = _AFTER.search(bare)
    return (after[1] if after else bare) or text


def _letters(longest: int) -> Pipeline:
    return _weighed(analyzer="char", ngram_range=(1, longest), lowercase=False)


def _words(analyzer: Any) -> Pipeline:
    return _weighed(analyzer=analyzer)


def _weighed(**given: Any) -> Pipeline:
    """Count into hashed columns, so that what was never seen still takes its share of a title's length."""
    counts = HashingVectorizer(n_features=COLUMNS, norm=None, alternate_sign=False, **given)
    return make_pipeline(counts, TfidfTransformer(sublinear_tf=True))


def _edged(text: str) -> str:
    return f"^{text}$"


def _head(text: str) -> list[str]:
    """Return the last word of a title, and the last two together: what the work is stands at the end."""
    words = [word for word in cut(text) if _WORD.search(word)]
    return [*words[-1:], *(["_".join(words[-2:])] if len(words) > 1 else [])]


def _ending(text: str) -> list[str]:
    """Return the last letters of a title, one to four."""
    letters = _SIGN.sub("", text) or text
    return [letters[-length:] for length in (1, 2, 3, 4)]
