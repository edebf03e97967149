"""Looks over everybody held: how many meet what a post asks, who resembles whom, how many there are of each craft and trade."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from matching.features import dots
from matching.held import Held
from matching.ontology.chain import LINK_NAMES
from matching.ontology.families import FAMILY_NAMES
from matching.reading import degrees
from matching.requirements import GRACE_YEARS, short_name
from matching.tables import NOTHING, CandidateRow, CandidateTable, PostRow, PostTable

OUTSIDE = "行业外"
LEAST_TRADE = 0.3
CONCEPTS, TITLES, FAMILIES = 1.0, 0.7, 1.0


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One requirement: how many meet it, and how many would meet all the others if it were dropped."""

    need: str
    kind: str
    meet: int
    without: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of all people meet everything that a post plainly asks, and each single requirement."""

    total: int
    left: int
    needs: tuple[Narrowing, ...]

    @property
    def tightest(self) -> Narrowing | None:
        """The requirement without which most more people would do."""
        found = max(self.needs, key=lambda need: need.without, default=None)
        return found if found is not None and found.without > self.left else None


def coverage(row: PostRow, post: PostTable, people: Held[CandidateRow, CandidateTable]) -> Coverage:
    """Count who of the people held meets the degree, the years and the certificates of a post."""
    read = row.reading
    met: list[tuple[str, str, NDArray[np.bool_]]] = []
    if read.degree_min > degrees.ANY:
        met.append(
            (
                degrees.demand(read.post.degree_min),
                "degree",
                people.over(lambda t: t.degree >= read.degree_min),
            )
        )
    if read.years_min > 0:
        need = f"{read.post.years_min}年以上经验"
        met.append((need, "years", people.over(lambda t: t.years + GRACE_YEARS >= read.years_min)))
    for position, name in enumerate(read.post.certificates[: post.certificates.shape[1]]):
        key = post.certificates[0, position]
        if key != NOTHING:
            met.append((short_name(name), "certificate", people.over(partial(_has, key))))
    every = np.ones(len(people), dtype=bool)
    left = int(np.logical_and.reduce([every, *(ok for *_, ok in met)]).sum())
    needs = tuple(
        Narrowing(
            need,
            kind,
            int(ok.sum()),
            int(
                np.logical_and.reduce(
                    [every, *(other for i, (*_, other) in enumerate(met) if i != place)]
                ).sum()
            ),
        )
        for place, (need, kind, ok) in enumerate(met)
    )
    return Coverage(len(people), left, needs)


def _has(key: int, people: CandidateTable) -> NDArray[np.bool_]:
    return np.asarray((people.covered == key).any(axis=1) | (people.claimed == key).any(axis=1))


def likeness(person: CandidateTable, people: CandidateTable) -> NDArray[np.float32]:
    """Return how much everybody's work resembles one person's: shared concepts, titles and families. Shape (n_people,)."""
    concepts = _cosine(person, people)
    titles = dots(person.titles, people.titles)
    mine, theirs = person.family_done[0], people.family_done
    scale = np.linalg.norm(mine) * np.linalg.norm(theirs, axis=1)
    families = (theirs @ mine) / np.maximum(scale, 1e-6)
    return np.asarray(CONCEPTS * concepts + TITLES * titles + FAMILIES * families, dtype=np.float32)


def _cosine(person: CandidateTable, people: CandidateTable) -> NDArray[np.float32]:
    own = float(np.sqrt(person.concepts.multiply(person.concepts).sum()))
    lengths = np.sqrt(np.asarray(people.concepts.multiply(people.concepts).sum(axis=1)).ravel())
    return np.asarray(
        dots(person.concepts, people.concepts) / np.maximum(own * lengths, 1e-6), dtype=np.float32
    )


def supply(people: Held[CandidateRow, CandidateTable]) -> dict[tuple[str, str], int]:
    """Count the people held by (family, chain link), each once, where their experience and wish are strongest.

    Whoever never worked in a link or near it counts as `行业外`.
    """
    names = (*LINK_NAMES, OUTSIDE)
    cells: dict[tuple[str, str], int] = {}
    for family, link in people.over(_strongest).tolist():
        cell = (FAMILY_NAMES[family], names[link])
        cells[cell] = cells.get(cell, 0) + 1
    return cells


def _strongest(people: CandidateTable) -> NDArray[np.intp]:
    """Return the family and the chain link of each person, shape (n_people, 2)."""
    families = (people.family_done + 0.5 * people.family_wished + 0.1 * people.major_fit).argmax(axis=1)
    strength = people.links.max(axis=1, initial=0.0)
    links = np.where(strength >= LEAST_TRADE, people.links.argmax(axis=1), len(LINK_NAMES))
    return np.stack([families, links], axis=1)
