"""A folder of plain arrays with a manifest of sizes and checksums, so that one look tells whether it is whole.

Reading a mapped file that somebody cut short would kill the process: `Folder.is_intact` is asked before each use.
"""

import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

MANIFEST = "manifest.json"
DAMAGED = ".damaged"
_CHUNK = 1 << 22


class DamagedSnapshot(Exception):
    """A file of the snapshot is missing, cut short, or not what was written."""


def write_array(folder: Path, name: str, array: NDArray[Any]) -> None:
    """Write one array as `name`.npy."""
    np.save(folder / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)


def write_records(folder: Path, name: str, records: Iterable[bytes | memoryview]) -> None:
    """Write records one after the other as `name`.bin, and where each starts as `name`_starts.npy, shape (n + 1,)."""
    starts = [0]
    with (folder / f"{name}.bin").open("wb") as file:
        for record in records:
            file.write(record)
            starts.append(starts[-1] + len(record))
    write_array(folder, f"{name}_starts", np.array(starts, dtype=np.int64))


def seal(folder: Path, about: dict[str, Any]) -> None:
    """Write the manifest over all files of `folder`; only then can it be opened."""
    files = {path.name: [path.stat().st_size, _crc(path)] for path in sorted(folder.iterdir())}
    text = json.dumps({"about": about, "files": files})
    (folder / MANIFEST).write_text(f"{zlib.crc32(text.encode()):08x}\n{text}", encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what was sealed: `about`, and size and checksum of each of `files`.

    Raises
    ------
    DamagedSnapshot
        When the manifest is missing or damaged.
    """
    try:
        crc, _, text = (folder / MANIFEST).read_text(encoding="utf-8").partition("\n")
        if int(crc, 16) != zlib.crc32(text.encode()):
            raise DamagedSnapshot(f"the manifest of {folder.name} is damaged")
        manifest: dict[str, Any] = json.loads(text)
    except (OSError, ValueError) as problem:
        raise DamagedSnapshot(str(problem)) from problem
    return manifest


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        for chunk in _chunks(file):
            crc = zlib.crc32(chunk, crc)
    return crc


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


class Folder:
    """A sealed folder, its arrays mapped for reading.

    Parameters
    ----------
    path : Path

    Raises
    ------
    DamagedSnapshot
        Unless every file is exactly as it was sealed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._manifest = read_manifest(path)
        self.about: dict[str, Any] = self._manifest["about"]
        try:
            self._seen = {str(path / name): _identity(str(path / name)) for name in self._manifest["files"]}
            for name, (size, crc) in self._manifest["files"].items():
                if self._seen[str(path / name)][1] != size or _crc(path / name) != crc:
                    raise DamagedSnapshot(f"{path.name}/{name} is not what was written")
        except OSError as problem:
            raise DamagedSnapshot(str(problem)) from problem

    def array(self, name: str) -> NDArray[Any]:
        """Return a mapped array. Raises DamagedSnapshot when there is none of this name."""
        try:
            mapped = np.load(self.path / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError) as problem:
            raise DamagedSnapshot(str(problem)) from problem
        return np.asarray(mapped)

    def records(self, name: str) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """Return records as mapped bytes, and where each starts in them."""
        path = self.path / f"{name}.bin"
        is_empty = not self._manifest["files"].get(path.name, [0])[0]
        data = np.zeros(0, np.uint8) if is_empty else np.asarray(np.memmap(path, np.uint8, "r"))
        return data, self.array(f"{name}_starts")

    def is_intact(self) -> bool:
        """Tell whether nobody wrote to the files since they were opened; a folder that was removed stays readable."""
        try:
            return all(_identity(path) == seen for path, seen in self._seen.items())
        except FileNotFoundError:
            return not self.path.exists() and not self.path.with_suffix(DAMAGED).exists()
        except OSError:
            return False


def _identity(path: str) -> tuple[int, int, int]:
    status = os.stat(path)  # noqa: PTH116 - for some eighty files before each use: the short way
    return status.st_ino, status.st_size, status.st_mtime_ns


class Generations:
    """Sealed folders side by side, numbered; the newest counts.

    Parameters
    ----------
    root : Path
        Need not exist until something is written. Only its owner may look into it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def newest(self) -> Path | None:
        """Return the newest folder; costs one listing of a few names."""
        return max(self.root.glob("[0-9]*[0-9]"), default=None)

    @contextmanager
    def aside(self) -> Iterator[Path]:
        """Give an empty folder for parts, which is gone at the end."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder = Path(tempfile.mkdtemp(prefix="new-", dir=self.root))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def new(self) -> Iterator[Path]:
        """Give an empty folder to be filled and sealed; at the end it becomes the newest, for all processes at once."""
        with self.aside() as folder:
            yield folder
            self._publish(folder)

    def _publish(self, aside: Path) -> None:
        while True:
            used = [int(path.stem) for path in self.root.iterdir() if path.stem.isdigit()]
            target = self.root / f"{max(used, default=0) + 1:08d}"
            try:
                aside.rename(target)
            except OSError:
                if not target.exists():  # otherwise somebody else took the number: the next one
                    raise
            else:
                return

    def set_aside(self, folder: Path) -> None:
        """Put a damaged folder out of everybody's way."""
        shutil.rmtree(folder.with_suffix(DAMAGED), ignore_errors=True)
        try:
            folder.rename(folder.with_suffix(DAMAGED))
        except FileNotFoundError:
            return

    def remove_old(self, before: float) -> None:
        """Remove all but the newest that were last written to before a moment (seconds since 1970).

        Who has one of them open goes on reading it.
        """
        newest = self.newest()
        for path in self.root.iterdir() if self.root.exists() else ():
            if path != newest and path.stat().st_mtime < before:
                shutil.rmtree(path, ignore_errors=True)
