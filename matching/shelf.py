"""One side's rows by id: a large part laid out once, and beside it the few rows that changed since."""

import threading
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Generic

import numpy as np
from numpy.typing import NDArray

from matching.held import Held, RowT, Segment, TableT

MOST_BESIDE, SHARE_BESIDE = 2_000, 0.2  # rows and share of changes from which on all are laid out as one


class Shelf(Generic[RowT, TableT]):
    """One side's rows by id. A change costs its own row and those that changed before it, never the large part.

    Parameters
    ----------
    lay_out : callable
        Makes a table of rows.
    base : Segment, optional
        What is held to begin with.
    """

    def __init__(
        self, lay_out: Callable[[Sequence[RowT]], TableT], base: Segment[RowT, TableT] | None = None
    ) -> None:
        self._lay_out = lay_out
        self._base = self._segment([]) if base is None else base
        self._living: NDArray[np.bool_] | None = None
        self._rows: dict[Hashable, RowT] = {}  # those beside the base
        self._beside: Segment[RowT, TableT] | None = None
        self._changed: set[Hashable] = set()  # since they were laid out
        self._held: Held[RowT, TableT] | None = None
        self._lock = threading.RLock()

    @property
    def is_shared(self) -> bool:
        return self._base.is_shared

    def clear(self) -> None:
        """Forget all rows."""
        with self._lock:
            self._rows, self._beside, self._changed = {}, None, set()
            self._base, self._living, self._held = self._segment([]), None, None

    def put(self, rows: Collection[RowT]) -> None:
        """Add rows or replace those of the same ids."""
        if not rows:
            return
        with self._lock:
            some: dict[Hashable, RowT] = {row.reading.id: row for row in rows}
            self._bury(some)
            self._rows.update(some)
            self._changed.update(some)
            self._held = None

    def remove(self, ids: Iterable[Hashable]) -> None:
        """Forget rows by their ids; unknown ids are no error."""
        with self._lock:
            gone = list(ids)
            self._bury(gone)
            known = [id_ for id_ in gone if self._rows.pop(id_, None) is not None]
            self._changed.update(known)
            if known:
                self._held = None

    def _bury(self, ids: Iterable[Hashable]) -> None:
        """Let the base's rows of these ids count no more."""
        places = [place for id_ in ids if (place := self._base.positions.get(id_)) is not None]
        if places:
            living = np.ones(len(self._base), dtype=bool) if self._living is None else self._living.copy()
            living[places] = False
            self._living, self._held = living, None

    def now(self) -> Held[RowT, TableT]:
        """Return what is held at this moment."""
        with self._lock:
            if self._held is None:
                self._held = self._see()
            return self._held

    def _see(self) -> Held[RowT, TableT]:
        if not self._rows:
            self._beside, self._changed = None, set()
        elif self._beside is None or self._changed:
            self._beside = self._laid_out()
            self._changed = set()
        if self._beside is None:
            held = Held((self._base,), (self._living,))
        else:
            held = Held((self._base, self._beside), (self._living, None))
        n_apart = len(self._rows) + (0 if self._living is None else len(self._base) - int(self._living.sum()))
        if self._base.is_shared or n_apart <= min(MOST_BESIDE, SHARE_BESIDE * len(self._base)):
            return held
        return self._folded(held)

    def _folded(self, held: Held[RowT, TableT]) -> Held[RowT, TableT]:
        """Make one segment of all that is held."""
        table = held.table
        self._base = self._segment([held.row(table.id_at(i)) for i in range(len(table))], table)
        self._rows, self._beside, self._living = {}, None, None
        return Held((self._base,), (None,))

    def _laid_out(self) -> Segment[RowT, TableT]:
        """Lay out what changed behind what stayed."""
        known, changed = self._beside, self._changed
        if known is None or len(changed) > SHARE_BESIDE * len(known):
            return self._segment(list(self._rows.values()))
        stay = [i for i, row in enumerate(known.rows) if row.reading.id not in changed]
        fresh = [self._rows[id_] for id_ in changed if id_ in self._rows]
        stayed = known.table.take(np.array(stay, dtype=np.intp))
        table = stayed.with_more(self._lay_out(fresh)) if fresh else stayed
        return self._segment([*(known.rows[i] for i in stay), *fresh], table)

    def _segment(self, rows: list[RowT], table: TableT | None = None) -> Segment[RowT, TableT]:
        laid = self._lay_out(rows) if table is None else table
        return Segment(laid, rows, {row.reading.id: i for i, row in enumerate(rows)})
