"""Job families: how far experience in one counts in another, and which family a title speaks of."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.ontology import table, tree
from search.words import fold

_TREE = tree("families.yaml")["families"]
FAMILY_NAMES: tuple[str, ...] = tuple(family["name"] for family in _TREE)
FAMILY_INDEX: dict[str, int] = {name: position for position, name in enumerate(FAMILY_NAMES)}
N_FAMILIES = len(FAMILY_NAMES)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def transfer() -> NDArray[np.float32]:
    """Return how far experience in the row's family counts in the column's, 1 on the diagonal."""
    weights = np.eye(N_FAMILIES, dtype=np.float32)
    for family in _TREE:
        for neighbour in family["neighbours"]:
            weights[FAMILY_INDEX[family["name"]], FAMILY_INDEX[neighbour["family"]]] = neighbour["weight"]
    return weights


@lru_cache(maxsize=1)
def _families_of_skills() -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for position, family in enumerate(_TREE):
        for skill in family["core_skills"]:
            found[fold(skill)].append(position)
    return {skill: tuple(positions) for skill, positions in found.items()}


def tasks_of(concepts: Iterable[str]) -> NDArray[np.float32]:
    """Return how strongly some concepts speak of each family, by the core skills: shape (15,), three skills are full."""
    hits = np.zeros(N_FAMILIES, dtype=np.float32)
    known = _families_of_skills()
    for concept in concepts:
        for position in known.get(concept, ()):
            hits[position] += 1.0 / len(known[concept])
    if not hits.any():
        return hits
    return (hits / max(float(hits.max()), 2.0)).astype(np.float32)


class TitleReader:
    """Tells the family of a title, a wish or a line of a résumé by the names that the trade uses.

    A name of the list found in the text decides; without one, the letters decide (naive Bayes over one to three letters).
    """

    def __init__(self) -> None:
        self._names: dict[str, int] = {}
        self._longest = 1
        counts: dict[str, NDArray[np.float32]] = defaultdict(lambda: np.zeros(N_FAMILIES, dtype=np.float32))
        for position, family in enumerate(_TREE):
            for entry in family["titles"]:
                for name in (entry["title"], *entry["aliases"]):
                    self._learn(fold(name), position, counts, 1.0, is_title=True)
            for word in family["core_skills"]:
                self._learn(fold(word), position, counts, 0.5, is_title=False)
        for row in table("family_titles.tsv"):
            self._names.setdefault(fold(row["title"]), FAMILY_INDEX[row["family"]])
            self._longest = max(self._longest, len(row["title"]))
        self._weights = _log_odds(counts)
        self._cache: dict[str, NDArray[np.float32]] = {}

    def _learn(
        self,
        name: str,
        position: int,
        counts: dict[str, NDArray[np.float32]],
        weight: float,
        *,
        is_title: bool,
    ) -> None:
        if is_title:
            self._names.setdefault(name, position)
            self._longest = max(self._longest, len(name))
        for gram in _grams(name):
            counts[gram][position] += weight

    def read(self, text: str) -> NDArray[np.float32]:
        """Return how strongly `text` speaks of each family: shape (15,), the highest 1, all 0 for a text without a sign."""
        folded = fold(text)
        if folded not in self._cache:
            if len(self._cache) > 20_000:
                self._cache.clear()
            self._cache[folded] = self._judge(folded)
        return self._cache[folded]

    def _judge(self, text: str) -> NDArray[np.float32]:
        shares = np.zeros(N_FAMILIES, dtype=np.float32)
        for name, position in self._found(text):
            shares[position] += len(name) ** 1.5
        if shares.any():
            return shares / shares.max()
        total = np.zeros(N_FAMILIES, dtype=np.float32)
        if not _CHINESE.search(text):
            return total  # the letters of foreign words tell nothing here
        known = [self._weights[gram] for gram in _grams(text) if gram in self._weights]
        if not known:
            return total
        total = np.sum(known, axis=0)
        chances = np.exp(total - total.max())
        chances = chances / chances.sum()
        return (chances / chances.max() * min(1.0, float(chances.max()) + 0.1)).astype(np.float32)

    def _found(self, text: str) -> list[tuple[str, int]]:
        hits: list[tuple[str, int]] = []
        start = 0
        while start < len(text):
            for length in range(min(self._longest, len(text) - start), 1, -1):
                position = self._names.get(text[start : start + length])
                if position is not None:
                    hits.append((text[start : start + length], position))
                    hits.extend(self._tail(text[start : start + length], position))
                    start += length - 1
                    break
            start += 1
        return hits

    def _tail(self, name: str, position: int) -> list[tuple[str, int]]:
        """Return the craft at the end of a longer name when it belongs elsewhere: 井下电工 is an electrician too."""
        for start in range(1, len(name) - 1):
            other = self._names.get(name[start:])
            if other is not None and other != position:
                return [(name, other)]
        return []


def _grams(text: str) -> set[str]:
    return {text[i : i + n] for n in (1, 2, 3) for i in range(len(text) - n + 1)}


def _log_odds(counts: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    totals = np.sum(list(counts.values()), axis=0) + 1.0
    weights = {}
    for gram, row in counts.items():
        rates = np.log((row + 0.05) / totals)
        weights[gram] = ((rates - rates.mean()) * 0.5).astype(np.float32)
    return weights


@lru_cache(maxsize=1)
def titles() -> TitleReader:
    """Return the one reader of the process."""
    return TitleReader()
