"""A segment: documents as arrays that never change, in memory or mapped from a file that processes share.

Rows are ordered by document id. Postings are inverted (key → rows), weights one byte each.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.analysis import weigh
from search.documents import Record

MOST_ASKED = 20_000  # keys whose numbers are remembered
KEY_BYTES = 48  # longer keys keep their start and a checksum
_EMPTY: NDArray[np.int32] = np.zeros(0, np.int32)


def key_bytes(key: str) -> bytes:
    """A key as the sorted table of keys holds it."""
    raw = key.encode()
    return raw if len(raw) <= KEY_BYTES else raw[: KEY_BYTES - 8] + b"%08x" % zlib.crc32(raw)


@dataclass
class Inverted:
    """Values, and for each the rows that have it: ``rows[starts[i]:starts[i + 1]]``, ascending."""

    starts: NDArray[np.int64]
    rows: NDArray[np.int32]

    def of(self, value: int) -> NDArray[np.int32]:
        return self.rows[self.starts[value] : self.starts[value + 1]]


@dataclass(eq=False)
class Segment:
    """The arrays. ``keywords`` maps a field to its values and their rows, ``numbers`` a field to one int a row."""

    ids: NDArray[np.int64]
    digests: NDArray[np.int64]
    published: NDArray[np.int32]
    completeness: NDArray[np.float32]
    keys: NDArray[np.bytes_]
    postings: Inverted
    impacts: NDArray[np.uint8]
    text_starts: NDArray[np.int64]
    text: NDArray[np.uint8]
    numbers: dict[str, NDArray[np.int32]] = field(default_factory=dict)
    keywords: dict[str, tuple[list[str], Inverted]] = field(default_factory=dict)
    asked: dict[str, int | None] = field(default_factory=dict, init=False, repr=False)

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, id: int) -> int | None:
        """The row of a document, or None."""
        at = int(np.searchsorted(self.ids, id))
        return at if at < len(self.ids) and self.ids[at] == id else None

    def key(self, key: str) -> int | None:
        """The number of a key, or None when no document has it."""
        if key not in self.asked:
            raw = key_bytes(key)
            at = int(np.searchsorted(self.keys, np.bytes_(raw)))
            if len(self.asked) > MOST_ASKED:
                self.asked.clear()
            self.asked[key] = at if at < len(self.keys) and self.keys[at] == raw else None
        return self.asked.get(key)

    def keyword_rows(self, name: str, value: str) -> NDArray[np.int32]:
        """The rows whose keyword field *name* holds *value*."""
        values, inverted = self.keywords.get(name, ([], None))
        if inverted is None or value not in values:
            return _EMPTY
        return inverted.of(values.index(value))

    def texts(self, row: int) -> dict[str, str]:
        """The texts of a document as they were put in."""
        raw = bytes(self.text[self.text_starts[row] : self.text_starts[row + 1]])
        texts: dict[str, str] = json.loads(raw)
        return texts

    def nbytes(self) -> int:
        """Bytes that the arrays take, in memory or on disk."""
        return sum(array.nbytes for _, array in self._arrays())

    def _arrays(self) -> Iterator[tuple[str, NDArray[Any]]]:
        for name in ("ids", "digests", "published", "completeness", "keys", "impacts", "text_starts", "text"):
            yield name, getattr(self, name)
        yield "postings.starts", self.postings.starts
        yield "postings.rows", self.postings.rows
        for name, column in self.numbers.items():
            yield f"number.{name}", column
        for name, (_, inverted) in self.keywords.items():
            yield f"keyword.{name}.starts", inverted.starts
            yield f"keyword.{name}.rows", inverted.rows

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All arrays by name: what a file holds."""
        return dict(self._arrays())

    @classmethod
    def of_arrays(cls, arrays: dict[str, NDArray[Any]], values: dict[str, list[str]]) -> "Segment":
        """Put a segment together again from :meth:`arrays` and the values of its keyword fields."""
        numbers = {name[7:]: array for name, array in arrays.items() if name.startswith("number.")}
        keywords = {
            name: (list(value), Inverted(arrays[f"keyword.{name}.starts"], arrays[f"keyword.{name}.rows"]))
            for name, value in values.items()
        }
        plain: dict[str, Any] = {name: array for name, array in arrays.items() if "." not in name}
        postings = Inverted(arrays["postings.starts"], arrays["postings.rows"])
        return cls(postings=postings, numbers=numbers, keywords=keywords, **plain)


def invert(
    columns: Sequence[int] | NDArray[Any], rows: NDArray[Any], count: int
) -> tuple[Inverted, NDArray[np.int64]]:
    """Group *rows* by column number (0 to *count* - 1); also tell the order, for what runs beside the rows."""
    numbers = np.asarray(columns, np.int64)
    order = np.argsort(numbers, kind="stable")
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(numbers, minlength=count), out=starts[1:])
    return Inverted(starts, np.asarray(rows, np.int32)[order]), order


def build(records: Iterable[Record]) -> Segment:
    """Make a segment of *records*; of records with the same id the last one counts."""
    latest = {record.id: record for record in records}
    ordered = [latest[id] for id in sorted(latest)]
    blobs = [json.dumps(record.texts, ensure_ascii=False).encode() for record in ordered]
    text_starts = np.zeros(len(ordered) + 1, np.int64)
    np.cumsum([len(blob) for blob in blobs], out=text_starts[1:])
    keys, postings, impacts = _postings(ordered)
    return Segment(
        ids=np.array([record.id for record in ordered], np.int64),
        digests=np.array([record.digest() for record in ordered], np.int64),
        published=np.array([record.published_on for record in ordered], np.int32),
        completeness=np.array([record.completeness for record in ordered], np.float32),
        keys=keys,
        postings=postings,
        impacts=impacts,
        text_starts=text_starts,
        text=np.frombuffer(b"".join(blobs), np.uint8),
        numbers={name: _column(ordered, name) for name in _names(record.numbers for record in ordered)},
        keywords={name: _keyword(ordered, name) for name in _names(record.keywords for record in ordered)},
    )


def _names(fields: Iterable[dict[str, Any]]) -> list[str]:
    return list({name: None for each in fields for name in each})


def _column(records: Sequence[Record], name: str) -> NDArray[np.int32]:
    return np.array([record.numbers.get(name, 0) for record in records], np.int32)


def _keyword(records: Sequence[Record], name: str) -> tuple[list[str], Inverted]:
    values = sorted({value for record in records for value in record.keywords.get(name, ())})
    number = {value: at for at, value in enumerate(values)}
    pairs = [
        (number[v], row) for row, r in enumerate(records) for v in dict.fromkeys(r.keywords.get(name, ()))
    ]
    columns, rows = np.array(pairs, np.int64).reshape(-1, 2).T
    return values, invert(columns, rows, len(values))[0]


def _postings(records: Sequence[Record]) -> tuple[NDArray[np.bytes_], Inverted, NDArray[np.uint8]]:
    """Invert the weighted keys of all records; weights are rounded to 1/255 and never to nothing."""
    weighed = weigh(records)
    impacts = np.clip(np.rint(weighed.values * 255), 1, 255).astype(np.uint8)
    keys = np.array([key_bytes(key) for key in weighed.keys], f"S{KEY_BYTES}")
    order = np.argsort(keys, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    inverted, by_key = invert(rank[weighed.columns], weighed.rows, len(keys))
    return keys[order], inverted, impacts[by_key]
