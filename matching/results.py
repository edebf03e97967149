"""What the matcher answers: a band, reasons, requirements and gaps, all in sentences that can stand on a page."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Literal

Kind = Literal["certificate", "degree", "years", "major", "skill", "place", "shift", "salary", "family"]


class Band(IntEnum):
    """How well both sides fit; numbers are for sorting, people read the label."""

    WEAK = 1
    MIDDLE = 2
    STRONG = 3

    @property
    def label(self) -> str:
        return {1: "弱", 2: "中", 3: "强"}[int(self)]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the score is what it is: `feature` names the column that moved it, the evidence is quoted from both texts."""

    feature: str
    sentence: str
    evidence_post: str = ""
    evidence_candidate: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of the page's table: what the post needs, what the résumé says and where, met or not, and the way to close it.

    `how_to_close` speaks to the person, `for_employer` says what the employer can do about it.
    """

    need: str
    says: str
    source: str
    is_met: bool
    kind: Kind
    how_to_close: str = ""
    is_hard: bool = False
    for_employer: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """One post beside one person. `score` orders matches and is never shown; `gaps` are the requirements not met.

    `headline` is the sentence beside the band, `short` the words for a card in a list.
    """

    post_id: Any
    candidate_id: Any
    score: float
    band: Band
    reasons: tuple[Reason, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    headline: str = ""
    short: str = ""

    @property
    def gaps(self) -> tuple[Requirement, ...]:
        return tuple(requirement for requirement in self.requirements if not requirement.is_met)

    @property
    def missing(self) -> frozenset[str]:
        """Kinds of the hard requirements (certificate, degree, years) that are not met."""
        return frozenset(gap.kind for gap in self.gaps if gap.is_hard)
