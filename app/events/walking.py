"""The order in which to walk to booths: short, starting at the entrance. Pure."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """One booth to visit. `key` is the caller's own."""

    key: int
    hall: int
    x: float
    y: float


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Aisles are straight, so people walk as a rook moves."""
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def in_order(stops: Sequence[Stop], entrances: dict[int, tuple[float, float]]) -> list[Stop]:
    """Hall after hall, in each the nearest next, then mended until no two legs are better turned around."""
    walk: list[Stop] = []
    for hall in sorted({stop.hall for stop in stops}):
        start = entrances.get(hall, (1, 1))
        walk += _mended(_nearest([stop for stop in stops if stop.hall == hall], start), start)
    return walk


def length(walk: Sequence[Stop], start: tuple[float, float]) -> float:
    """Cells walked from the entrance to the last stop."""
    points = [start, *((stop.x, stop.y) for stop in walk)]
    return sum(distance(a, b) for a, b in itertools.pairwise(points))


def _nearest(stops: list[Stop], start: tuple[float, float]) -> list[Stop]:
    here, left, walk = start, sorted(stops, key=lambda stop: stop.key), []
    while left:
        following = min(left, key=lambda stop: (distance(here, (stop.x, stop.y)), stop.key))
        left.remove(following)
        walk.append(following)
        here = (following.x, following.y)
    return walk


def _mended(walk: list[Stop], start: tuple[float, float]) -> list[Stop]:
    best = length(walk, start)
    is_better = True
    while is_better:
        is_better = False
        for i in range(len(walk) - 1):
            for j in range(i + 1, len(walk)):
                other = walk[:i] + walk[i : j + 1][::-1] + walk[j + 1 :]
                if (new := length(other, start)) < best - 1e-9:
                    walk, best, is_better = other, new, True
    return walk
