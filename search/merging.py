"""Merging segments without reading their words again."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.segment import Inverted, Segment, build, invert

Piece = tuple[Segment, NDArray[np.bool_]]


def merge(pieces: Sequence[Piece]) -> Segment:
    """Make one segment of the living rows of several; no id may live in two."""
    pieces = [piece for piece in pieces if piece[1].any()]
    if not pieces:
        return build(())
    ids = np.concatenate([segment.ids[live] for segment, live in pieces])
    order = np.argsort(ids)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    new_rows = _new_rows(pieces, rank)
    keys, postings, impacts = _postings(pieces, new_rows)
    starts, text = _texts(pieces, order)

    def together(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(segment, name)[live] for segment, live in pieces])[order]

    return Segment(
        ids=ids[order],
        digests=together("digests"),
        published=together("published"),
        completeness=together("completeness"),
        keys=keys,
        postings=postings,
        impacts=impacts,
        text_starts=starts,
        text=text,
        numbers={name: _numbers(pieces, name)[order] for name in _union(s.numbers for s, _ in pieces)},
        keywords={name: _keywords(pieces, new_rows, name) for name in _union(s.keywords for s, _ in pieces)},
    )


def _union(fields: Any) -> list[str]:
    return list({name: None for each in fields for name in each})


def _new_rows(pieces: Sequence[Piece], rank: NDArray[np.int32]) -> list[NDArray[np.int32]]:
    """For each piece, the new row of each old one; -1 for the dead."""
    found, at = [], 0
    for segment, live in pieces:
        rows = np.full(len(segment), -1, np.int32)
        living = int(live.sum())
        rows[live] = rank[at : at + living]
        at += living
        found.append(rows)
    return found


def _living(
    inverted: Inverted, rows: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
    """The postings as pairs of value number and new row, and which of them are left."""
    columns = np.repeat(np.arange(len(inverted.starts) - 1), np.diff(inverted.starts))
    moved = rows[inverted.rows]
    left = moved >= 0
    return columns[left], moved[left], left


def _group(
    columns: NDArray[np.int64], rows: NDArray[np.int32], count: int
) -> tuple[Inverted, NDArray[np.int64]]:
    """Invert pairs with the rows of each value in ascending order."""
    by_row = np.argsort(rows, kind="stable")
    inverted, order = invert(columns[by_row], rows[by_row], count)
    return inverted, by_row[order]


def _postings(
    pieces: Sequence[Piece], new_rows: Sequence[NDArray[np.int32]]
) -> tuple[NDArray[np.bytes_], Inverted, NDArray[np.uint8]]:
    living = [_living(segment.postings, rows) for (segment, _), rows in zip(pieces, new_rows, strict=True)]
    used = [
        segment.keys[np.unique(columns)] for (segment, _), (columns, _, _) in zip(pieces, living, strict=True)
    ]
    keys = np.unique(np.concatenate(used))
    columns = np.concatenate(
        [
            np.searchsorted(keys, segment.keys)[columns]
            for (segment, _), (columns, _, _) in zip(pieces, living, strict=True)
        ]
    )
    impacts = np.concatenate([s.impacts[left] for (s, _), (_, _, left) in zip(pieces, living, strict=True)])
    inverted, order = _group(columns, np.concatenate([rows for _, rows, _ in living]), len(keys))
    return keys, inverted, impacts[order]


def _texts(pieces: Sequence[Piece], order: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    blobs = [
        bytes(segment.text[segment.text_starts[row] : segment.text_starts[row + 1]])
        for segment, live in pieces
        for row in np.flatnonzero(live)
    ]
    blobs = [blobs[at] for at in order]
    starts = np.zeros(len(blobs) + 1, np.int64)
    np.cumsum([len(blob) for blob in blobs], out=starts[1:])
    return starts, np.frombuffer(b"".join(blobs), np.uint8)


def _numbers(pieces: Sequence[Piece], name: str) -> NDArray[np.int32]:
    return np.concatenate(
        [
            segment.numbers[name][live] if name in segment.numbers else np.zeros(int(live.sum()), np.int32)
            for segment, live in pieces
        ]
    )


def _keywords(
    pieces: Sequence[Piece], new_rows: Sequence[NDArray[np.int32]], name: str
) -> tuple[list[str], Inverted]:
    values = sorted({value for segment, _ in pieces for value in segment.keywords.get(name, ([],))[0]})
    number = {value: at for at, value in enumerate(values)}
    columns, rows = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    for (segment, _), moved in zip(pieces, new_rows, strict=True):
        if name in segment.keywords:
            old_values, inverted = segment.keywords[name]
            old, new, _ = _living(inverted, moved)
            columns.append(np.array([number[value] for value in old_values], np.int64)[old])
            rows.append(new)
    return values, _group(np.concatenate(columns), np.concatenate(rows), len(values))[0]
