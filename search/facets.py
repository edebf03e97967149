"""Conditions together, and counts beside them: each facet is counted without its own condition.

Keyword facets count documents per value. The number facets count what a choice would keep: ``degree`` and
``years`` those that ask for no more, ``pay`` those whose upper end reaches the sum; ``held_degree`` and
``held_years`` (of people) those who have as much.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.combinations import Rows, of_keyword, of_number
from search.query import Constraint
from search.ranking import Mask, satisfies
from search.segment import Inverted, Segment

PAY_STEPS = (3000, 4000, 5000, 6000, 7000, 8000, 10000, 12000, 15000, 20000, 30000)
YEAR_STEPS = (0, 1, 3, 5, 10)
NUMBERS = {
    "degree": ("degree", tuple(range(7))),
    "years": ("years", YEAR_STEPS),
    "pay": ("salary_max", PAY_STEPS),
    "held_degree": ("degree", tuple(range(7))),
    "held_years": ("years", YEAR_STEPS),
}
FLOORS = frozenset({"pay", "held_degree", "held_years"})


def keep(
    segment: Segment, matching: Mask, constraints: Sequence[Constraint], names: Sequence[str]
) -> tuple[Mask, dict[str, Mask]]:
    """Apply all conditions; also give, for each named facet that has one, the rows without its own condition."""
    if not constraints:
        return matching, {}
    masks = [satisfies(segment, constraint) for constraint in constraints]
    kept = matching.copy()
    for mask in masks:
        kept &= mask
    own = {constraint.facet for constraint in constraints if constraint.facet} & set(names)
    left_out = {}
    for name in own:
        others = matching.copy()
        for constraint, mask in zip(constraints, masks, strict=True):
            if constraint.facet != name:
                others &= mask
        left_out[name] = others
    return kept, left_out


def count(segment: Segment, name: str, kept: Rows, counts: dict[str, int]) -> None:
    """Add one segment's counts of a facet over the rows *kept* to *counts*."""
    if name in NUMBERS:
        field, steps = NUMBERS[name]
        column = of_number(segment, field, steps, is_floor=name in FLOORS)
        values: Sequence[str] = [str(step) for step in steps]
    elif name in segment.keywords:
        column = of_keyword(segment, name)
        values = segment.keywords[name][0]
    else:
        return
    if column is not None:
        found = column.counts(kept)
    elif name in segment.keywords:
        found = _per_value(segment.keywords[name][1], kept, len(segment))
    else:
        return
    for at in map(int, np.flatnonzero(found)):
        counts[values[at]] = counts.get(values[at], 0) + int(found[at])


def _per_value(inverted: Inverted, kept: Rows, rows: int) -> NDArray[np.int64]:
    """How many kept rows each value has; values without any row stay at zero."""
    found = np.zeros(len(inverted.starts) - 1, np.int64)
    used = np.flatnonzero(np.diff(inverted.starts))
    if len(used):
        mask = np.zeros(rows, np.int8)
        mask[kept] = 1
        found[used] = np.add.reduceat(mask[inverted.rows], inverted.starts[used], dtype=np.int32)
    return found


def ordered(name: str, counts: dict[str, int]) -> list[tuple[str, int]]:
    """Counts as a list: steps in their order, values by count and then by name; nothing with a count of zero."""
    found = [(value, number) for value, number in counts.items() if number]
    if name in NUMBERS:
        return sorted(found, key=lambda each: int(each[0]))
    return sorted(found, key=lambda each: (-each[1], each[0]))
