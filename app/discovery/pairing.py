"""Interviews by wishes of both sides: `matching.assign` behind the socket of app.core.pairing."""

from collections.abc import Sequence

from flask import Flask

import matching
from app.core import pairing
from app.core.pairing import Values


def _assign(
    left: Values,
    right: Values,
    left_capacity: Sequence[int],
    right_capacity: Sequence[int],
    *,
    n_slots: int | None,
    rooms: Sequence[int],
) -> tuple[list[tuple[int, int]], list[int]]:
    found = matching.assign(
        left, right, list(left_capacity), list(right_capacity), n_slots=n_slots, rooms=list(rooms)
    )
    return found.pairs, found.slots


def init_app(app: Flask) -> None:
    pairing.plug_in(app, _assign)
