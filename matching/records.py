"""Readings as bytes: what explanations need of a post or person, put away in MessagePack and read again one by one."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, Generic, overload

import msgspec
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from matching.held import RowT, TableT
from matching.reading.candidate import CandidateReading
from matching.reading.post import PostReading
from matching.tables import CandidateRow, PostRow, Table
from matching.vectors import Row

KEPT = 256  # rows a process keeps decoded; a decoded one takes about 20 KB
Reading = PostReading | CandidateReading


def _plain(value: Any) -> Any:
    """Return an array of families or links as the bytes of its float32, a number of numpy as a number."""
    if isinstance(value, np.ndarray):
        return np.asarray(value, dtype="<f4").tobytes()
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} has no place in a snapshot")


def _array(kind: Any, value: Any) -> NDArray[np.float32]:
    return np.frombuffer(value, dtype="<f4")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_plain)
_DECODERS: dict[type, msgspec.msgpack.Decoder[Any]] = {
    row: msgspec.msgpack.Decoder(reading, dec_hook=_array)
    for row, reading in ((PostRow, PostReading), (CandidateRow, CandidateReading))
}


def encode(reading: Reading) -> bytes:
    """Put a reading into bytes, without its spelling: that only serves to weigh letters, which stand in the table.

    Raises
    ------
    TypeError
        When the id is neither a whole number nor a text.
    """
    return _ENCODER.encode(replace(reading, concepts=replace(reading.concepts, spelling=[])))


def decode(kind: type[RowT], data: bytes | memoryview) -> Any:
    """Return the reading that was encoded for a row of this kind.

    Raises
    ------
    msgspec.DecodeError
        When the bytes are something else.
    """
    return _DECODERS[kind].decode(data)


class EncodedRows(Sequence[RowT], Generic[RowT, TableT]):
    """The rows of a table, each decoded when it is asked for.

    Parameters
    ----------
    kind : {PostRow, CandidateRow}
    table : PostTable or CandidateTable of n rows
    data : ndarray of uint8
        The encoded readings one after the other, mapped or in memory.
    starts : ndarray of int64, shape (n + 1,)
        Where each begins in `data`, and the end of the last.
    """

    def __init__(
        self, kind: type[RowT], table: TableT, data: NDArray[np.uint8], starts: NDArray[np.int64]
    ) -> None:
        self._data, self._starts = data, starts
        # The cache holds arrays and never `self`: a circle would keep files open until the garbage collector comes by.
        self._row = lru_cache(KEPT)(partial(_decoded_row, kind, table, data, starts))

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, position: int) -> RowT: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[RowT]: ...
    def __getitem__(self, position: int | slice) -> RowT | Sequence[RowT]:
        if isinstance(position, slice):
            return [self._row(i) for i in range(*position.indices(len(self)))]
        return self._row(position)

    def encoded(self, position: int) -> memoryview:
        """Return the bytes of one reading."""
        return _bytes_of(self._data, self._starts, position)


def _bytes_of(data: NDArray[np.uint8], starts: NDArray[np.int64], position: int) -> memoryview:
    return data[starts[position] : starts[position + 1]].data


def _decoded_row(
    kind: type[RowT], table: Table, data: NDArray[np.uint8], starts: NDArray[np.int64], position: int
) -> RowT:
    columns = table.columns()
    words = {name: _row_of(columns[name], position) for name in ("concepts", "titles", "letters")}
    return kind(decode(kind, _bytes_of(data, starts, position)), **words)


def _row_of(matrix: sp.csr_matrix, position: int) -> Row:
    start, end = matrix.indptr[position], matrix.indptr[position + 1]
    return matrix.indices[start:end], matrix.data[start:end]


def encoded(rows: Sequence[Any], position: int) -> bytes | memoryview:
    """Return the bytes of a row of a segment, as they are where they already are bytes."""
    return rows.encoded(position) if isinstance(rows, EncodedRows) else encode(rows[position].reading)
