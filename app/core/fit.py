"""The socket for the matcher: features show bands and reasons without knowing who computes them.

`discovery` plugs the matcher in at boot. Without one, or when matching is switched off, every
answer is empty and pages show nothing of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import Flask, current_app


@dataclass(frozen=True)
class FitRow:
    """One requirement beside what the résumé says about it."""

    need: str
    says: str
    source: str  # where in the résumé; "" when it says nothing
    is_met: bool
    how_to_close: str = ""  # for a gap: what to do, how long; for what is met: what will soon be needed
    kind: str = ""  # degree, years, certificate, major, shift, place, salary, family


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
