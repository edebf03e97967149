"""Where documents are kept: a Whoosh index in a directory, written by one process at a time.

A document is stored as its record's JSON. Each write has a number (``seq``), so that a reader asks only for what
is newer than what it has. A removed document stays as an empty one until the next rebuild. Whoosh's own files are
checked against a manifest before they are opened: they are pickles, and damaged ones could do anything.
"""

import contextlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3PerDocWriter
from whoosh.columns import Column, CompressedBytesColumn, PickleColumn
from whoosh.fields import ID, STORED, Schema
from whoosh.filedb.filestore import FileStorage

from search.documents import Record

Manifest = dict[str, list[int]]
_SCHEMA = Schema(id=ID(unique=True, stored=True), seq=ID, data=STORED)


_PLAIN = PickleColumn(CompressedBytesColumn(level=0))  # read as the compressed one is


class _Rows(W3PerDocWriter):
    """Keeps documents unpacked: packing takes a twentieth of a build and saves little."""

    def _create_column(self, fieldname: str, column: Column) -> None:
        super()._create_column(fieldname, _PLAIN if fieldname == "_stored" else column)


class _Codec(W3Codec):
    def per_document_writer(self, storage: Any, segment: Any) -> _Rows:
        return _Rows(self, storage, segment)


class DamagedStore(Exception):
    """The files of a store are not those that were written."""


class WhooshStore:
    """One directory of Whoosh files. The caller holds the writer's lock while it writes."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._storage = FileStorage(str(directory))
        self._checked: Manifest = {}

    def create(self) -> None:
        """Make an empty store."""
        self._directory.mkdir(mode=0o700)
        self._storage.create_index(_SCHEMA)

    def write(self, seq: int, put: Iterable[Record], remove: Iterable[int] = ()) -> None:
        """Store records and empty documents under write number *seq*. Raises OSError."""
        # Without whoosh's own lock: it stays held when a disk fills up. The caller's lock does its work.
        codec = _Codec(compression=0)  # most blocks are one id: packing them takes longer than writing
        writer = self._storage.open_index(schema=_SCHEMA).writer(_lk=False, limitmb=64, codec=codec)
        try:
            if seq == 0:  # nobody asks for what came with the arrays: no number to find it by
                for record in put:
                    writer.add_document(id=str(record.id), data=record.to_json())
            else:
                _replace(writer, seq, {**{r.id: r.to_json() for r in put}, **dict.fromkeys(remove, "")})
        except BaseException:
            with contextlib.suppress(Exception):  # what cannot be written may be impossible to take back
                writer.cancel()
            raise
        writer.commit()

    def newer_than(self, seq: int, manifest: Manifest) -> tuple[list[Record], list[int]]:
        """What was put and removed by writes after number *seq*. Raises DamagedStore."""
        self._check(manifest)
        put, removed = [], []
        reader = self._storage.open_index(schema=_SCHEMA).reader()
        try:
            for id, data in _after(reader, seq):
                if data:
                    put.append(Record.from_json(data))
                else:
                    removed.append(id)
        finally:
            reader.close()
        return put, removed

    def manifest(self, before: Manifest) -> Manifest:
        """The size and checksum of each file; those of *before* that have the same size are not read again."""
        found: Manifest = {}
        for path in sorted(self._directory.glob("*MAIN*")):
            if path.suffix in (".seg", ".toc"):
                size = path.stat().st_size
                known = before.get(path.name)
                found[path.name] = known if known and known[0] == size else [size, _checksum(path)]
        return found

    def _check(self, manifest: Manifest) -> None:
        """Raise DamagedStore unless all files are as the manifest says; a file that was right is only sized again."""
        for name, (size, crc) in manifest.items():
            path = self._directory / name
            if path.stat().st_size != size:
                raise DamagedStore(f"{name} has another size")
            if self._checked.get(name) != [size, crc]:
                if _checksum(path) != crc:
                    raise DamagedStore(f"{name} holds other bits than were written")
                self._checked[name] = [size, crc]


def _replace(writer: Any, seq: int, texts: dict[int, str]) -> None:
    """Put *texts* in the place of the documents with their ids; Whoosh's own update opens a searcher for each."""
    with writer.reader() as reader:
        for id in texts:
            if ("id", str(id)) in reader:
                for number in reader.postings("id", str(id)).all_ids():
                    writer.delete_document(number)
    for id, text in texts.items():
        writer.add_document(id=str(id), seq=seq_key(seq), data=text)


def seq_key(seq: int) -> str:
    """A write number as a term that sorts."""
    return f"{seq:012d}"


def _after(reader: Any, seq: int) -> Iterator[tuple[int, str]]:
    if not reader.doc_count():
        return
    for name, term in reader.terms_from("seq", seq_key(seq + 1)):
        if name != "seq":
            break
        for number in list(reader.postings("seq", term).all_ids()):
            fields = reader.stored_fields(number)
            yield int(fields["id"]), fields["data"]


def _checksum(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            crc = zlib.crc32(chunk, crc)
    return crc
