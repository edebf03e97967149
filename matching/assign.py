"""Assigns many to many under capacities and both sides' wishes, and lays the meetings out in time slots.

Deferred acceptance [1]_ on both sides' own values gives a pairwise stable assignment: no two that are not together would
both rather be. It is run from both sides; of the two results the one with the higher total is kept, and an upper bound of
any assignment's total stands beside it.

References
----------
.. [1] A. E. Roth, M. A. O. Sotomayor, "Two-Sided Matching", Cambridge 1990, chapters 5 and 6.
"""

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values = NDArray[np.float64]


class TooManyMeetings(ValueError):
    """Somebody would have more meetings than there are slots."""


@dataclass(frozen=True)
class Assignment:
    """Pairs of (left, right) positions, sorted; `slots` runs beside them, -1 when no slots were asked for.

    `total` sums both sides' values, `bound` is a total that no assignment can pass, so `bound - total` bounds the loss.
    """

    pairs: list[tuple[int, int]]
    slots: list[int]
    total: float
    bound: float


def assign(
    left: ArrayLike,
    right: ArrayLike,
    left_capacity: int | ArrayLike = 1,
    right_capacity: int | ArrayLike = 1,
    *,
    n_slots: int | None = None,
    rooms: int | ArrayLike = 1,
) -> Assignment:
    """Assign left to right.

    Parameters
    ----------
    left, right : array-like of shape (n_left, n_right)
        What each pair is worth to the left and to the right side; NaN means that this side refuses the pair.
    left_capacity, right_capacity : int or array-like
        Most partners of each.
    n_slots : int, optional
        Time slots to lay the meetings out in; nobody on the left meets two at once.
    rooms : int or array-like of shape (n_right,), default=1
        Meetings that the right side can hold at once.

    Returns
    -------
    Assignment

    Raises
    ------
    TooManyMeetings
        When capacities allow more meetings than slots (and rooms) can hold.
    """
    mine, theirs = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    if mine.shape != theirs.shape or mine.ndim != 2:
        raise ValueError(f"both sides need one table of the same shape, got {mine.shape} and {theirs.shape}")
    n, m = mine.shape
    seats_left, seats_right = _seats(left_capacity, n), _seats(right_capacity, m)
    halls = _seats(rooms, m)
    if n_slots is not None and ((seats_left > n_slots).any() or (seats_right > n_slots * halls).any()):
        raise TooManyMeetings(f"capacities do not fit into {n_slots} slots")
    ours = _deferred(mine, theirs, seats_left, seats_right)
    turned = {(i, j) for j, i in _deferred(theirs.T, mine.T, seats_right, seats_left)}
    worth = mine + theirs
    best = max((sorted(ours), sorted(turned)), key=lambda pairs: sum(worth[pair] for pair in pairs))
    slots = _timetable(best, halls, n_slots) if n_slots is not None else [-1] * len(best)
    return Assignment(
        best, slots, float(sum(worth[pair] for pair in best)), _bound(worth, seats_left, seats_right)
    )


def _seats(capacity: int | ArrayLike, n: int) -> NDArray[np.intp]:
    return np.broadcast_to(np.asarray(capacity, dtype=np.intp), (n,)).copy()


def _deferred(
    mine: Values, theirs: Values, seats: NDArray[np.intp], other_seats: NDArray[np.intp]
) -> set[tuple[int, int]]:
    """Let the rows propose, best first; a column keeps the best that it was offered. Ties go to the lower position."""
    usable = ~(np.isnan(mine) | np.isnan(theirs))
    order = [[int(j) for j in np.argsort(-row, kind="stable") if usable[i, j]] for i, row in enumerate(mine)]
    held: list[list[tuple[float, int]]] = [[] for _ in range(mine.shape[1])]
    turn, have = [0] * len(order), [0] * len(order)
    waiting = [i for i in range(len(order)) if seats[i] > 0]
    while waiting:
        i = waiting.pop()
        while have[i] < seats[i] and turn[i] < len(order[i]):
            j = order[i][turn[i]]
            turn[i] += 1
            if other_seats[j] <= 0:
                continue
            heappush(held[j], (float(theirs[i, j]), -i))
            have[i] += 1
            if len(held[j]) > other_seats[j]:
                loser = -heappop(held[j])[1]
                have[loser] -= 1
                if loser != i:
                    waiting.append(loser)
    return {(-who, j) for j, kept in enumerate(held) for _, who in kept}


def _bound(worth: Values, seats: NDArray[np.intp], other_seats: NDArray[np.intp]) -> float:
    """Return the smaller of what the rows and what the columns could have at best."""
    gains = np.where(np.isnan(worth), 0.0, np.maximum(worth, 0.0))
    rows = sum(float(np.sort(row)[::-1][:seat].sum()) for row, seat in zip(gains, seats, strict=True))
    columns = sum(
        float(np.sort(row)[::-1][:seat].sum()) for row, seat in zip(gains.T, other_seats, strict=True)
    )
    return min(rows, columns)


def is_stable(
    pairs: list[tuple[int, int]],
    left: ArrayLike,
    right: ArrayLike,
    left_capacity: int | ArrayLike = 1,
    right_capacity: int | ArrayLike = 1,
) -> bool:
    """Tell whether no pair outside would be better for both than what they have."""
    mine, theirs = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    together = np.zeros(mine.shape, dtype=bool)
    for i, j in pairs:
        together[i, j] = True
    floor_left = _floor(mine, together, _seats(left_capacity, mine.shape[0]))
    floor_right = _floor(theirs.T, together.T, _seats(right_capacity, mine.shape[1]))
    usable = ~(np.isnan(mine) | np.isnan(theirs)) & ~together
    return not bool((usable & (mine > floor_left[:, None]) & (theirs > floor_right[None, :])).any())


def _floor(values: Values, together: NDArray[np.bool_], seats: NDArray[np.intp]) -> Values:
    """Return what a newcomer must pass: the worst partner of a full row, anything for one with a free seat."""
    worst = np.where(together, values, np.inf).min(axis=1, initial=np.inf)
    return np.where(seats <= 0, np.inf, np.where(together.sum(axis=1) < seats, -np.inf, worst))


def _timetable(pairs: list[tuple[int, int]], halls: NDArray[np.intp], n_slots: int) -> list[int]:
    """Colour the meetings so that nobody has two at once; with enough slots this always works (König 1916)."""
    at_left: dict[tuple[int, int], int] = {}
    at_hall: dict[tuple[int, int], int] = {}
    met = np.zeros(len(halls), dtype=int)
    ends = []
    offsets = np.concatenate(([0], np.cumsum(halls)))
    for i, j in pairs:
        ends.append((i, int(offsets[j] + met[j] // n_slots)))
        met[j] += 1
    slots = [-1] * len(pairs)
    for edge, (i, h) in enumerate(ends):
        a = next(s for s in range(n_slots) if (i, s) not in at_left)
        b = next(s for s in range(n_slots) if (h, s) not in at_hall)
        if a != b:
            _swap_path(h, (a, b), (at_left, at_hall), ends, slots)
        slots[edge] = a
        at_left[i, a] = at_hall[h, a] = edge
    return slots


def _swap_path(
    hall: int,
    colours: tuple[int, int],
    at: tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]],
    ends: list[tuple[int, int]],
    slots: list[int],
) -> None:
    """Free the first of two slots at a hall by swapping both along the path of meetings that begins there."""
    a, b = colours
    path, node, side, colour = [], hall, 1, a
    while (edge := at[side].get((node, colour))) is not None:
        path.append(edge)
        side = 1 - side
        node, colour = ends[edge][side], b if colour == a else a
    for edge in path:
        for side in (0, 1):
            at[side].pop((ends[edge][side], slots[edge]), None)
    for edge in path:
        slots[edge] = b if slots[edge] == a else a
        for side in (0, 1):
            at[side][ends[edge][side], slots[edge]] = edge
