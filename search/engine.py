"""The engine: a few segments, which of their rows still live, and the carrying out of plans over all of them.

An engine never changes. Putting and removing give a new one that shares the old segments, so a search that is
under way keeps what it started with.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search import facets, ranking
from search.documents import Record
from search.merging import merge
from search.plan import Plan
from search.query import Constraint
from search.ranking import Mask, Scored
from search.segment import Segment, build

TAIL = 4  # segments beside the first before they are merged into one
ENOUGH = 20  # documents that meet everything, so that those that meet less are left out


@dataclass(frozen=True, eq=False)
class Part:
    """A segment and which of its rows have not been replaced or removed."""

    segment: Segment
    live: Mask

    @classmethod
    def whole(cls, segment: Segment) -> "Part":
        """A segment of which every row lives."""
        return cls(segment, np.ones(len(segment), np.bool_))


@dataclass(frozen=True)
class Found:
    """The rows of one page as (part number, row, score), how many there are, and the counts that were asked."""

    rows: tuple[tuple[int, int, float], ...]
    total: int
    facets: dict[str, list[tuple[str, int]]]


@dataclass(frozen=True, eq=False)
class Engine:
    """Documents as a base segment and a short tail of changes."""

    parts: tuple[Part, ...] = ()
    today: Callable[[], date] = date.today

    def __len__(self) -> int:
        return sum(int(part.live.sum()) for part in self.parts)

    def with_base(self, segment: Segment) -> "Engine":
        """An engine of *segment* alone."""
        return replace(self, parts=(Part.whole(segment),))

    def changed(self, put: Iterable[Record], remove: Iterable[int] = ()) -> "Engine":
        """An engine in which the records of *put* replace their namesakes and the ids of *remove* are gone."""
        segment = build(put)
        gone = np.concatenate([segment.ids, np.fromiter(remove, np.int64)])
        parts = tuple(Part(part.segment, _without(part, gone)) for part in self.parts)
        if len(segment):
            parts = (*parts, Part.whole(segment))
        if len(parts) > TAIL + 1:
            parts = (parts[0], _merged(parts[1:]))
        return replace(self, parts=parts)

    def merged(self) -> Segment:
        """All living documents as one segment."""
        return merge([(part.segment, part.live) for part in self.parts])

    def find(self, id: int) -> tuple[Segment, int] | None:
        """Where a living document is."""
        for part in self.parts:
            row = part.segment.row(id)
            if row is not None and part.live[row]:
                return part.segment, row
        return None

    def digests(self) -> dict[int, int]:
        """Every living id with its digest."""
        return {
            int(id): int(digest)
            for part in self.parts
            for id, digest in zip(part.segment.ids[part.live], part.segment.digests[part.live], strict=True)
        }

    def frequency(self, key: str) -> int:
        """How many documents hold a key, removed ones that still lie in a segment included."""
        numbers = [(part.segment, part.segment.key(key)) for part in self.parts]
        return sum(len(segment.postings.of(number)) for segment, number in numbers if number is not None)

    def can_meet(self, constraint: Constraint) -> bool:
        """Whether any document meets a condition on keywords at all; other conditions are taken as they are."""
        if constraint.test not in ("any", "all") or constraint.field == "text":
            return True
        return any(
            part.segment.keyword_rows(constraint.field, v).size
            for part in self.parts
            for v in constraint.values
        )

    def idfs(self, plan: Plan) -> list[float]:
        """The weight of each group of a plan by its rarity."""
        segments = [part.segment for part in self.parts]
        documents = sum(map(len, segments))
        return [ranking.idf(documents, ranking.frequency(segments, group)) for group in plan.groups]

    def run(self, plan: Plan, page: int, per_page: int, facet_names: Sequence[str] = ()) -> Found:
        """Carry out *plan* and give one page of it with the counts of *facet_names*."""
        today = self.today().toordinal()
        idfs = self.idfs(plan)
        scored = [ranking.score_groups(part.segment, plan.groups, idfs) for part in self.parts]
        matching = self._matching(plan, scored)
        counts: dict[str, dict[str, int]] = {name: {} for name in facet_names}
        total = 0
        candidates: list[Candidate] = []
        wanted = page * per_page
        for number, part in enumerate(self.parts):
            kept, left_out = facets.keep(part.segment, matching[number], plan.constraints, facet_names)
            row_numbers = np.flatnonzero(kept)
            total += len(row_numbers)
            for name in facet_names:
                counted = np.flatnonzero(left_out[name]) if name in left_out else row_numbers
                facets.count(part.segment, name, counted, counts[name])
            values = ranking.order_values(part.segment, plan, scored[number], row_numbers, today)
            candidates += _best(number, part.segment, row_numbers, values, wanted)
        rows = tuple(
            (number, row, float(scored[number].score[row]))
            for _, _, number, row in sorted(candidates)[wanted - per_page : wanted]
        )
        return Found(rows, total, {name: facets.ordered(name, found) for name, found in counts.items()})

    def count(self, plan: Plan) -> int:
        """How many documents *plan* finds."""
        return self.run(plan, 1, 1).total

    def _matching(self, plan: Plan, scored: Sequence[Scored]) -> list[Mask]:
        """Which rows live and meet all groups, or, when those are few, enough of them."""
        if not plan.groups:
            return [part.live for part in self.parts]
        whole = sum(group.weight for group in plan.groups)
        for share in (1.0, plan.least):
            least = share * whole - 1e-4
            masks = [
                part.live & (each.covered >= least) for part, each in zip(self.parts, scored, strict=True)
            ]
            if sum(int(np.count_nonzero(mask)) for mask in masks) >= ENOUGH:
                break
        return masks


def _without(part: Part, ids: NDArray[np.int64]) -> Mask:
    gone = np.isin(part.segment.ids, ids)
    return part.live & ~gone if gone.any() else part.live


def _merged(parts: Sequence[Part]) -> Part:
    segment = merge([(part.segment, part.live) for part in parts])
    return Part.whole(segment)


Candidate = tuple[float, int, int, int]


def _best(
    number: int, segment: Segment, rows: NDArray[np.int64], values: NDArray[Any], wanted: int
) -> list[Candidate]:
    """The *wanted* best rows of a segment, as sort keys: largest value first, then the newer id."""
    if len(rows) > wanted:
        bar = np.partition(values, len(values) - wanted)[len(values) - wanted]
        ties = np.flatnonzero(values == bar)[::-1]
        above = np.flatnonzero(values > bar)
        chosen = np.concatenate([above, ties[: wanted - len(above)]])
        rows, values = rows[chosen], values[chosen]
    return [
        (-float(value), -int(segment.ids[row]), number, int(row))
        for row, value in zip(rows, values, strict=True)
    ]
