"""Rows of one side as one question sees them: segments that never change, and which of their rows count."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.retrieval import FULL_SCAN, Postings, nearest
from matching.tables import CandidateRow, PostRow, Table, joined

RowT = TypeVar("RowT", bound=PostRow | CandidateRow)
TableT = TypeVar("TableT", bound=Table)


class Positions(Protocol):
    """Where each id stands."""

    def get(self, id_: Hashable, /) -> int | None: ...


@dataclass(frozen=True)
class Segment(Generic[RowT, TableT]):
    """Rows laid out as columns, which never change: in this process, or in files that processes share.

    Attributes
    ----------
    table : PostTable or CandidateTable
    rows : sequence
        The rows as read, in the order of the table.
    positions : mapping of id to position
    turned : Postings, optional
        Made when first asked for, where it is not given.
    is_shared : bool
        Whether other processes map the same bytes; such a segment is never copied as a whole.
    """

    table: TableT
    rows: Sequence[RowT]
    positions: Positions
    turned: Postings | None = None
    is_shared: bool = False

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def postings(self) -> Postings:
        return self.turned or Postings.of(self.table)


class Held(Generic[RowT, TableT]):
    """What a shelf holds at one moment; it never changes, so that one question sees one state.

    Parameters
    ----------
    segments : sequence of Segment
    living : sequence of ndarray of bool, or None
        For each segment which of its rows still count, None for all.
    """

    def __init__(
        self, segments: Sequence[Segment[RowT, TableT]], living: Sequence[NDArray[np.bool_] | None]
    ) -> None:
        self.segments = segments
        self._living = living
        counts = [
            len(s) if mask is None else int(mask.sum()) for s, mask in zip(segments, living, strict=True)
        ]
        self._size = sum(counts)
        self._starts = np.cumsum([0, *map(len, segments)])

    def __len__(self) -> int:
        return self._size

    def __contains__(self, id_: Hashable) -> bool:
        return self._find(id_) is not None

    def _find(self, id_: Hashable) -> int | None:
        """Return the place of an id, counted through all segments."""
        for start, segment, living in zip(self._starts, self.segments, self._living, strict=False):
            position = segment.positions.get(id_)
            if position is not None and (living is None or living[position]):
                return int(start) + position
        return None

    def row(self, id_: Hashable) -> RowT:
        """Return the row of an id. Raises KeyError."""
        place = self._find(id_)
        if place is None:
            raise KeyError(id_)
        segment, position = next(self.at(np.array([place])))
        return segment.rows[position]

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Places of the rows that count, shape (n,)."""
        return np.flatnonzero(self.over(lambda table: np.ones(len(table), dtype=bool), fill=False))

    def at(self, places: NDArray[np.intp]) -> Iterator[tuple[Segment[RowT, TableT], int]]:
        """Yield the segment and the position in it of each place."""
        numbers = np.searchsorted(self._starts, places, side="right") - 1
        for number, own in zip(numbers.tolist(), (places - self._starts[numbers]).tolist(), strict=True):
            yield self.segments[number], own

    def ids(self, places: NDArray[np.intp] | None = None) -> list[Any]:
        """Return the ids at some places, or of all rows that count, in the order of `over`."""
        places = self.places if places is None else places
        return [segment.table.id_at(position) for segment, position in self.at(places)]

    def column(self, name: str) -> Any:
        """Return one column of all rows that count, in the order of `over`; sparse ones in CSR."""
        parts = [segment.table.columns()[name] for segment in self.segments]
        return joined(
            [
                part if living is None else part[living]
                for part, living in zip(parts, self._living, strict=True)
            ]
        )

    def over(self, compute: Callable[[TableT], NDArray[Any]], fill: Any = None) -> NDArray[Any]:
        """Return what `compute` says of each row that counts, shape (n, …).

        Parameters
        ----------
        compute : callable
            Gets a table of m rows and returns an array of shape (m, …).
        fill : scalar, optional
            Stands in the place of rows that no longer count; without it these are left out.
        """
        found = []
        for segment, living in zip(self.segments, self._living, strict=True):
            values = compute(segment.table)
            if living is not None:
                values = values[living] if fill is None else np.where(living, values, fill)
            found.append(values)
        return joined(found)

    @cached_property
    def table(self) -> TableT:
        """All rows that count in one table; a copy as soon as anything changed."""
        if len(self) == int(self._starts[-1]) and len(self.segments) == 1:
            return self.segments[0].table
        return self._take(self.places)

    def near(self, likeness: Callable[[TableT, Postings, Any], NDArray[np.float32]], asked: Any) -> TableT:
        """Return the rows that are worth ranking beside `asked`, all of them when there are few."""
        if len(self) <= FULL_SCAN:
            return self.table
        parts = [likeness(segment.table, segment.postings, asked) for segment in self.segments]
        for part, living in zip(parts, self._living, strict=True):
            if living is not None:
                part[~living] = -np.inf
        return self._take(nearest(np.concatenate(parts)))

    def some(self, ids: Iterable[Hashable]) -> TableT:
        """Return the rows of those of `ids` that are held."""
        places = {place for id_ in ids if (place := self._find(id_)) is not None}
        return self._take(np.array(sorted(places), dtype=np.intp))

    def _split(self, places: NDArray[np.intp]) -> list[tuple[int, NDArray[np.intp]]]:
        """Sort places, which ascend, by segment: (its number, positions in it)."""
        cuts = np.searchsorted(places, self._starts[1:-1])
        parts = np.split(places, cuts)
        return [(n, part - self._starts[n]) for n, part in enumerate(parts)]

    def _take(self, places: NDArray[np.intp]) -> TableT:
        found = [self.segments[number].table.take(own) for number, own in self._split(places)]
        table = found[0]
        for more in found[1:]:
            table = table.with_more(more) if len(more) else table
        return table
