"""The socket for tickets on a résumé: `people` shows the next one without knowing who gives tickets out.

`events` plugs its own in at boot. Without it a résumé shows none.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app


@dataclass(frozen=True)
class Pass:
    """One ticket: what it is for, and its code as a drawing (SVG) and for the hand."""

    title: str
    when: str
    code: str
    drawing: str
    address: str


Source = Callable[[int], Pass | None]  # from a person's id


def next_of(person_id: int) -> Pass | None:
    """The ticket of the next gathering that this person registered for."""
    source: Source | None = current_app.extensions.get("passes")
    return source(person_id) if source is not None else None


def plug_in(app: Flask, source: Source) -> None:
    app.extensions["passes"] = source
