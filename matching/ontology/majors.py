"""Majors: how near two of them are, and which job families each one fits."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.ontology import table
from matching.ontology.families import FAMILY_INDEX, FAMILY_NAMES
from search.words import fold

UNKNOWN = 0
_WORDS = ("专业", "方向", "类", "技术", "工程", "与", "及", "学")


class MajorBook:
    """The register of majors as an index with a matrix of nearness.

    Attributes
    ----------
    names : list of str
        Folded names; position 0 stands for no or an unknown major.
    fits : ndarray of shape (n_majors, 15)
        How far a major prepares for each job family, 0 to 1.
    nearness : ndarray of shape (n_majors, n_majors)
        1 for the same major, less for neighbours, 0 for strangers.
    """

    def __init__(self) -> None:
        self.names: list[str] = [""]
        rows: list[dict[str, float]] = [{}]
        self._index: dict[str, int] = {"": UNKNOWN}
        self._cache: dict[str, int] = {}
        for row in table("majors.tsv"):
            name = fold(row["major"])
            if name not in self._index:
                self._index[name] = len(self.names)
                self.names.append(name)
                rows.append({})
            fits = (pair.split(":") for pair in row["family_fits"].split(";") if pair)
            rows[self._index[name]].update({family: float(weight) for family, weight in fits})
            for alias in row["aliases"].split(";"):
                self._index.setdefault(fold(alias), self._index[name])
        self.fits = np.zeros((len(rows), len(FAMILY_NAMES)), dtype=np.float32)
        for position, fits_ in enumerate(rows):
            for family, weight in fits_.items():
                if family in FAMILY_INDEX:
                    self.fits[position, FAMILY_INDEX[family]] = weight
        self._grams = [_grams(name) for name in self.names]
        self.nearness = self._nearness()

    def _nearness(self) -> NDArray[np.float32]:
        units = self.fits / np.maximum(np.linalg.norm(self.fits, axis=1, keepdims=True), 1e-9)
        alike = (units @ units.T) * np.minimum(self.fits.max(axis=1)[:, None], self.fits.max(axis=1)[None, :])
        letters = np.zeros_like(alike)
        vocabulary = {gram: i for i, gram in enumerate(sorted(set().union(*self._grams)))}
        hits = np.zeros((len(self.names), len(vocabulary)), dtype=np.float32)
        for row, grams in enumerate(self._grams):
            hits[row, [vocabulary[gram] for gram in grams]] = 1.0
        shared = hits @ hits.T
        sizes = np.maximum(hits.sum(axis=1), 1.0)
        letters = shared / np.maximum(sizes[:, None] + sizes[None, :] - shared, 1.0)
        near = np.clip(0.55 * alike + 0.6 * letters, 0.0, 0.95).astype(np.float32)
        np.fill_diagonal(near, 1.0)
        near[UNKNOWN, :] = near[:, UNKNOWN] = 0.0
        return near

    def read(self, name: str) -> int:
        """Return the register's position of the major that `name` means, the nearest by its letters if it is not listed."""
        text = fold(name).split("(")[0].strip()
        if text not in self._index:
            if text not in self._cache:
                if len(self._cache) > 10_000:
                    self._cache.clear()
                self._cache[text] = self._nearest(text)
            return self._cache[text]
        return self._index[text]

    def _nearest(self, text: str) -> int:
        wanted = _grams(text)
        if not wanted:
            return UNKNOWN
        scores = [len(wanted & grams) / max(len(wanted | grams), 1) for grams in self._grams]
        best = int(np.argmax(scores))
        return best if scores[best] >= 0.25 else UNKNOWN


def _grams(name: str) -> set[str]:
    bare = name
    for word in _WORDS:
        bare = bare.replace(word, "")
    bare = bare or name
    return {bare[i : i + 2] for i in range(len(bare) - 1)} | set(bare)


@lru_cache(maxsize=1)
def majors() -> MajorBook:
    """Return the one register of the process."""
    return MajorBook()
