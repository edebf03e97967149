"""A segment in one file that processes map and share. One file, so that one look tells whether it is whole.

Reading a mapped file that somebody cut short would kill the process: :meth:`MappedSegment.is_intact` is asked
before each use.
"""

import json
import os
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.segment import Segment

_MAGIC = b"qcseg001"
_ALIGN = 64
_CHUNK = 1 << 22


class DamagedSegment(Exception):
    """The file of a segment is missing, cut short, or not what was written."""


def save(segment: Segment, path: Path) -> None:
    """Write *segment* to *path*, complete or not at all. Raises OSError, for a full disk say."""
    layout, at, crc = [], 0, 0
    arrays = {name: np.ascontiguousarray(array) for name, array in segment.arrays().items()}
    for name, array in arrays.items():
        layout.append({"name": name, "dtype": array.dtype.str, "shape": array.shape, "at": at})
        crc = zlib.crc32(_padded(array), crc)
        at += len(_padded(array))
    values = {name: values for name, (values, _) in segment.keywords.items()}
    header = json.dumps(
        {"layout": layout, "values": values, "crc": crc, "size": at}, ensure_ascii=False
    ).encode()
    header += b" " * (-(len(header) + len(_MAGIC) + 16) % _ALIGN)
    aside = path.with_suffix(".new")
    with aside.open("wb") as file:
        file.write(_MAGIC + b"%08x%08x" % (len(header), zlib.crc32(header)) + header)
        for array in arrays.values():
            file.write(_padded(array))
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def _padded(array: NDArray[Any]) -> bytes:
    raw = array.tobytes()
    return raw + b"\0" * (-len(raw) % _ALIGN)


class MappedSegment:
    """A segment whose arrays lie in a mapped file. Raises DamagedSegment unless the file is exactly as written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._seen = _identity(path)
            with path.open("rb") as file:
                header, start = _header(file.read(len(_MAGIC) + 16), file)
            if path.stat().st_size != start + header["size"]:
                raise DamagedSegment(f"{path.name} is cut short")
            self._map = (
                np.memmap(path, np.uint8, "r", start, (header["size"],))
                if header["size"]
                else np.zeros(0, np.uint8)
            )
            if _crc(self._map) != header["crc"]:
                raise DamagedSegment(f"{path.name} holds other bits than were written")
            arrays = {each["name"]: _view(self._map, each) for each in header["layout"]}
            self.segment = Segment.of_arrays(arrays, header["values"])
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise DamagedSegment(str(problem)) from problem

    def is_intact(self) -> bool:
        """Whether nobody has written to the file since it was mapped; a file that is gone stays readable."""
        try:
            return _identity(self._path) == self._seen
        except OSError:
            return False


def _identity(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def _header(start: bytes, file: Any) -> tuple[dict[str, Any], int]:
    if len(start) < len(_MAGIC) + 16 or not start.startswith(_MAGIC):
        raise DamagedSegment("not a segment file")
    length, crc = int(start[8:16], 16), int(start[16:24], 16)
    raw = file.read(length)
    if len(raw) != length or zlib.crc32(raw) != crc:
        raise DamagedSegment("the header is damaged")
    header: dict[str, Any] = json.loads(raw)
    return header, len(start) + length


def _crc(data: NDArray[np.uint8]) -> int:
    crc = 0
    for at in range(0, len(data), _CHUNK):
        crc = zlib.crc32(data[at : at + _CHUNK].data, crc)
    return crc


def _view(data: NDArray[np.uint8], layout: dict[str, Any]) -> NDArray[Any]:
    dtype = np.dtype(layout["dtype"])
    count = int(np.prod(layout["shape"]))
    at = int(layout["at"])
    return np.asarray(data[at : at + count * dtype.itemsize]).view(dtype).reshape(layout["shape"])
