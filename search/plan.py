"""A search as the arrays carry it out: groups of alternative keys, conditions, and gentle preferences."""

from dataclasses import dataclass

from search.query import Constraint


@dataclass(frozen=True)
class Group:
    """One thing that was asked for. Its ``keys`` say it in other words, each with a factor (1 is the wording).

    ``weight`` tells how much the thing matters beside the others when deciding what matches at all.
    """

    words: str
    keys: tuple[tuple[str, float], ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Preference:
    """A bonus for documents that meet a condition without leaving out the others."""

    constraint: Constraint
    bonus: float


@dataclass(frozen=True)
class Plan:
    """Everything that decides which documents come out and in which order.

    A document matches when it meets all groups, or, when few do, groups that weigh at least ``least`` of all.
    Those that hold the ``phrases`` as written come first.
    """

    groups: tuple[Group, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    preferences: tuple[Preference, ...] = ()
    phrases: tuple[str, ...] = ()
    least: float = 0.33
    sort: str = "relevance"
