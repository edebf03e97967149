"""One side's rows by id and their table, made again after a change."""

import threading
from collections.abc import Hashable, Iterable
from typing import Any, Generic, TypeVar

import numpy as np

from matching.retrieval import FULL_SCAN, Postings
from matching.tables import CandidateRow, CandidateTable, PostRow, PostTable

RowT = TypeVar("RowT", PostRow, CandidateRow)
TableT = TypeVar("TableT", PostTable, CandidateTable)
FEW = 0.2  # share of changed rows up to which the rest of a table is kept


class Shelf(Generic[RowT, TableT]):
    """One side's rows by id, with their table made again after a change; a table handed out never changes."""

    def __init__(self, lay_out: Any) -> None:
        self._lay_out = lay_out
        self._rows: dict[Hashable, RowT] = {}
        self._table: TableT | None = None
        self._postings: Postings | None = None
        self._positions: dict[Hashable, int] = {}
        self._changed: set[Hashable] = set()  # since the table was made
        self._lock = threading.Lock()

    def __contains__(self, id_: Hashable) -> bool:
        return id_ in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def put(self, rows: Iterable[RowT]) -> None:
        with self._lock:
            some = {row.reading.id: row for row in rows}
            self._rows.update(some)
            self._changed.update(some)

    def remove(self, ids: Iterable[Hashable]) -> None:
        with self._lock:
            for id_ in ids:
                if self._rows.pop(id_, None) is not None:
                    self._changed.add(id_)

    def row(self, id_: Hashable) -> RowT:
        return self._rows[id_]

    def ids(self) -> list[Hashable]:
        return list(self._rows)

    def table(self) -> tuple[TableT, dict[Hashable, int]]:
        """Return the table and the position of each id in it."""
        with self._lock:
            if self._table is None or self._changed:
                self._table = table = self._made_anew()
                self._changed = set()
                self._positions = {id_: i for i, id_ in enumerate(table.ids)}
                self._postings = Postings.of(table) if len(table) > FULL_SCAN else None
            return self._table, self._positions

    def _made_anew(self) -> TableT:
        """Lay out what changed behind what stayed; everything, when much changed."""
        known, changed = self._table, self._changed
        if known is None or len(changed) > FEW * len(known):
            return self._lay_out(list(self._rows.values()))
        stayed = known.take(
            np.array([i for i, id_ in enumerate(known.ids) if id_ not in changed], dtype=np.intp)
        )
        fresh = [self._rows[id_] for id_ in changed if id_ in self._rows]
        return stayed.with_more(self._lay_out(fresh)) if fresh else stayed

    def near(self, choose: Any, other: Any) -> TableT:
        """Return the rows that are worth ranking beside `other`."""
        table, _ = self.table()
        return table if self._postings is None else table.take(choose(table, self._postings, other))
