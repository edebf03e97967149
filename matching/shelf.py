"""One side's rows by id and their table, made again after a change."""

import threading
from collections.abc import Hashable, Iterable
from typing import Any, Generic, TypeVar

from matching.retrieval import FULL_SCAN, Postings
from matching.tables import CandidateRow, CandidateTable, PostRow, PostTable

RowT = TypeVar("RowT", PostRow, CandidateRow)
TableT = TypeVar("TableT", PostTable, CandidateTable)


class Shelf(Generic[RowT, TableT]):
    """One side's rows by id, with their table made again after a change; a table handed out never changes."""

    def __init__(self, lay_out: Any) -> None:
        self._lay_out = lay_out
        self._rows: dict[Hashable, RowT] = {}
        self._table: TableT | None = None
        self._postings: Postings | None = None
        self._positions: dict[Hashable, int] = {}
        self._lock = threading.Lock()

    def __contains__(self, id_: Hashable) -> bool:
        return id_ in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def put(self, rows: Iterable[RowT]) -> None:
        with self._lock:
            self._rows.update({row.reading.id: row for row in rows})
            self._table = None

    def remove(self, ids: Iterable[Hashable]) -> None:
        with self._lock:
            for id_ in ids:
                self._rows.pop(id_, None)
            self._table = None

    def row(self, id_: Hashable) -> RowT:
        return self._rows[id_]

    def ids(self) -> list[Hashable]:
        return list(self._rows)

    def table(self) -> tuple[TableT, dict[Hashable, int]]:
        """Return the table and the position of each id in it."""
        with self._lock:
            if self._table is None:
                rows = list(self._rows.values())
                self._table = self._lay_out(rows)
                self._positions = {row.reading.id: i for i, row in enumerate(rows)}
                self._postings = Postings.of(self._table) if len(rows) > FULL_SCAN else None
            return self._table, self._positions

    def near(self, choose: Any, other: Any) -> TableT:
        """Return the rows that are worth ranking beside `other`."""
        table, _ = self.table()
        return table if self._postings is None else table.take(choose(table, self._postings, other))
