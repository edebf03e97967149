"""What a matcher holds, in files that processes share: columns as plain arrays, readings as records beside them."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from matching.files import DamagedSnapshot, Folder, seal, write_array, write_records
from matching.held import Held, Segment
from matching.model import Model
from matching.records import EncodedRows, encoded
from matching.retrieval import Postings
from matching.tables import CandidateRow, CandidateTable, PostRow, PostTable
from matching.vectors import SIZE
from search.words import LEXICON

SPARSE = frozenset({"concepts", "titles", "letters"})
TURNED = ("concepts", "titles")  # the columns that `Postings` keep turned round
_PARTS = ("data", "indices", "indptr")
_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def _code() -> bytes:
    """Return a hash of all that readings come from: the code that reads, its tables, and the words."""
    files = [path for path in _HERE.rglob("*") if path.suffix in {".py", ".tsv", ".txt", ".yaml"}]
    files += [path for path in LEXICON.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    files += LEXICON.parent.glob("*.py")
    found = sha256()
    for path in sorted(files):
        found.update(path.name.encode() + path.read_bytes())
    return found.digest()


def fingerprint(model: Model) -> str:
    """Return a word that differs where rows would be read or weighed otherwise: other code, other words, another rarity."""
    rarity = model.rarity
    found = sha256(
        _code() + rarity.columns.tobytes() + rarity.values.tobytes() + repr(rarity.unseen).encode()
    )
    return found.hexdigest()[:32]


def write_side(folder: Path, side: str, held: Held[Any, Any]) -> None:
    """Write all rows that count, in the order of their ids, into a folder.

    Parameters
    ----------
    folder : Path
        Exists; the files of other sides stay.
    side : {"posts", "people"}
    held : Held of n rows
        Dense columns become `side`_`name`.npy of shape (n, …); sparse ones three arrays (`data` float32, `indices`
        and `indptr` int32) as CSR, and once more as CSC for `Postings`; readings become records.

    Raises
    ------
    TypeError
        When the ids are neither all whole numbers nor all texts.
    OSError
        For a full disk, say.
    """
    places = held.places
    ids = _array_of(held.ids(places))
    order = np.argsort(ids, kind="stable")
    write_array(folder, f"{side}_ids", ids[order])
    for name in held.segments[0].table.columns():
        column = held.column(name)[order]
        if name not in SPARSE:
            write_array(folder, f"{side}_{name}", column)
            continue
        _write_sparse(folder, f"{side}_{name}", column)
        if name in TURNED:
            _write_sparse(folder, f"{side}_{name}_turned", column.tocsc())
    write_records(folder, f"{side}_readings", _records(held, places[order]))


def merge(parts: Sequence[Path], folder: Path, about: Mapping[str, Any]) -> None:
    """Write one snapshot of several whose ids differ, column by column, and seal it.

    However much was read, no more than one part and one column are ever in memory.

    Parameters
    ----------
    parts : sequence of Path
        Saved folders, one at least; weighed by the same model.
    folder : Path
        Empty.
    about : mapping
        Anything that JSON can say.

    Raises
    ------
    DamagedSnapshot
        When a part is not what was saved.
    """
    folders = [Folder(part) for part in parts]
    posts, people = [open_posts(each) for each in folders], [open_people(each) for each in folders]
    nothing_gone = [None] * len(folders)
    write_side(folder, "posts", Held(posts, nothing_gone))
    write_side(folder, "people", Held(people, nothing_gone))
    seal(folder, {**about})


def _array_of(ids: list[Any]) -> NDArray[Any]:
    kinds = {type(id_) for id_ in ids}
    if len(kinds) > 1 or not kinds <= {int, str}:
        raise TypeError("the ids of a side are all whole numbers or all texts")
    return np.array(ids, dtype=np.str_ if str in kinds else np.int64)


def _records(held: Held[Any, Any], places: NDArray[np.intp]) -> Iterator[bytes | memoryview]:
    for segment, position in held.at(places):
        yield encoded(segment.rows, position)


def _write_sparse(folder: Path, name: str, matrix: Any) -> None:
    for part in _PARTS:
        array = getattr(matrix, part)
        write_array(folder, f"{name}_{part}", array if part == "data" else array.astype(np.int32, copy=False))


def _sparse(folder: Folder, name: str, kind: Any, n_rows: int) -> Any:
    return kind(tuple(folder.array(f"{name}_{part}") for part in _PARTS), shape=(n_rows, SIZE), copy=False)


class SortedIds:
    """Positions of ids in a mapped, ascending array of them."""

    def __init__(self, ids: NDArray[Any]) -> None:
        self._ids, self._kind = ids, int if ids.dtype.kind == "i" else str

    def get(self, id_: Hashable, /) -> int | None:
        if not isinstance(id_, self._kind) or not len(self._ids):
            return None
        position = int(np.searchsorted(self._ids, id_))
        return position if position < len(self._ids) and self._ids[position] == id_ else None


def open_posts(folder: Folder) -> Segment[PostRow, PostTable]:
    """Return the posts of a snapshot, mapped. Raises DamagedSnapshot where a file has not the form it must have."""
    return _open(folder, "posts", PostTable, PostRow)


def open_people(folder: Folder) -> Segment[CandidateRow, CandidateTable]:
    """Return the people of a snapshot, mapped; see `open_posts`."""
    return _open(folder, "people", CandidateTable, CandidateRow)


def _open(folder: Folder, side: str, table_of: Any, row_of: Any) -> Segment[Any, Any]:
    ids = folder.array(f"{side}_ids")
    names = [part.name for part in fields(table_of) if part.name != "ids"]
    try:
        columns = {
            name: _sparse(folder, f"{side}_{name}", sp.csr_matrix, len(ids))
            if name in SPARSE
            else folder.array(f"{side}_{name}")
            for name in names
        }
        turned = Postings(
            *(_sparse(folder, f"{side}_{name}_turned", sp.csc_matrix, len(ids)) for name in TURNED)
        )
    except ValueError as problem:
        raise DamagedSnapshot(str(problem)) from problem
    table = table_of(ids=ids, **columns)
    rows = EncodedRows(row_of, table, *folder.records(f"{side}_readings"))
    if any(column.shape[0] != len(ids) for column in columns.values()):
        raise DamagedSnapshot(f"the columns of the {side} differ in length")
    return Segment(table, rows, SortedIds(ids), turned, is_shared=True)
