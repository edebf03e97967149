"""The socket for the matcher: features show bands and reasons without knowing who computes them.

`discovery` plugs the matcher in at boot. Without one, or when matching is switched off, every
answer is empty and pages show nothing of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from flask import Flask, current_app

from app.core import remedies
from app.core.remedies import Remedy


@dataclass(frozen=True)
class FitRow:
    """One requirement beside what the résumé says about it."""

    need: str
    says: str
    source: str  # where in the résumé; "" when it says nothing
    is_met: bool
    how_to_close: str = ""  # for a gap: what to do, how long; for what is met: what will soon be needed
    kind: str = ""  # degree, years, certificate, major, shift, place, salary, family
    for_employer: str = ""  # what the employer can do about it
    remedy: Remedy | None = None  # something open on this site that closes it


@dataclass(frozen=True)
class FitReason:
    """Why the band is what it is, with the words of both texts that it was read from."""

    sentence: str
    post_words: str
    person_words: str
    source: str


@dataclass(frozen=True)
class Fit:
    """How well one person and one posting fit: a band (3 强, 2 中, 1 弱, 0 none) and why."""

    band: int
    why: str  # a few words for a card
    rows: tuple[FitRow, ...] = ()
    sentence: str = ""  # the whole in one sentence, for the head of the page
    reasons: tuple[FitReason, ...] = ()


def with_remedies(fits: Iterable[Fit]) -> list[Fit]:
    """Put beside each gap what is open on this site to close it; all gaps are asked for at once."""
    listed = list(fits)
    found = remedies.find((row.kind, row.need) for each in listed for row in each.rows if not row.is_met)
    if not found:
        return listed
    return [
        replace(
            each,
            rows=tuple(
                row if row.is_met else replace(row, remedy=found.get((row.kind, row.need)))
                for row in each.rows
            ),
        )
        for each in listed
    ]


class FitSource(Protocol):
    def bands(self, person_id: int, posting_ids: Sequence[int]) -> dict[int, Fit]: ...
    def bands_of_people(self, posting_id: int, person_ids: Sequence[int]) -> dict[int, Fit]: ...
    def explain(self, person_id: int, posting_id: int) -> Fit | None: ...
    def similar(self, posting_id: int, limit: int) -> list[int]: ...
    def posts_for(self, person_id: int, limit: int) -> list[tuple[int, Fit]]: ...
    def people_for(self, posting_id: int, limit: int) -> list[tuple[int, Fit]]: ...


class NoMatcher:
    """Nothing is known about anybody."""

    def bands(self, person_id: int, posting_ids: Sequence[int]) -> dict[int, Fit]:
        return {}

    def bands_of_people(self, posting_id: int, person_ids: Sequence[int]) -> dict[int, Fit]:
        return {}

    def explain(self, person_id: int, posting_id: int) -> Fit | None:
        return None

    def similar(self, posting_id: int, limit: int) -> list[int]:
        return []

    def posts_for(self, person_id: int, limit: int) -> list[tuple[int, Fit]]:
        return []

    def people_for(self, posting_id: int, limit: int) -> list[tuple[int, Fit]]:
        return []


def current() -> FitSource:
    return current_app.extensions.get("fit") or NoMatcher()


def plug_in(app: Flask, source: FitSource) -> None:
    app.extensions["fit"] = source
