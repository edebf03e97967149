"""What the index said since it last changed: until then, and until midnight, it would say the same again."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Flask, current_app

from app.core.county_time import today
from app.discovery import shelves
from search import IndexUnavailable

MOST_KEPT = 300  # a rendered answer takes about 20 KB, a list of similar postings nearly nothing


@dataclass
class Recent:
    state: tuple[Hashable, date] | None = None
    answers: dict[Hashable, Any] = field(default_factory=dict)

    def at(self, state: tuple[Hashable, date]) -> dict[Hashable, Any]:
        if state != self.state or len(self.answers) > MOST_KEPT:
            self.state, self.answers = state, {}
        return self.answers


def answers() -> dict[Hashable, Any]:
    """Answers that still hold, to be read and added to; empty and soon forgotten while the index cannot answer."""
    recent: Recent = current_app.extensions["recent"]
    try:
        return recent.at((shelves.index(shelves.POSTINGS).version(), today()))
    except IndexUnavailable:
        return {}


def init_app(app: Flask) -> None:
    app.extensions["recent"] = Recent()
