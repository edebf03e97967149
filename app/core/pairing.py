"""The socket for two-sided assignment: a feature that makes a schedule does not know who computes it.

`discovery` plugs `matching.assign` in at boot. Without it there is no schedule by rule, only one by hand.
"""

from collections.abc import Sequence
from typing import Protocol

from flask import Flask, current_app

Values = Sequence[Sequence[float]]


class Assigner(Protocol):
    def __call__(
        self,
        left: Values,
        right: Values,
        left_capacity: Sequence[int],
        right_capacity: Sequence[int],
        *,
        n_slots: int | None,
        rooms: Sequence[int],
    ) -> tuple[list[tuple[int, int]], list[int]]:
        """Pairs of (left, right) positions that are pairwise stable, and the slot of each; NaN refuses a pair."""


def current() -> Assigner | None:
    return current_app.extensions.get("pairing")


def plug_in(app: Flask, assigner: Assigner) -> None:
    app.extensions["pairing"] = assigner
