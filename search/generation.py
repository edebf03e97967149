"""The one small file that says what is current. Replacing it is what publishes a change to all processes."""

import json
import os
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from search.whoosh_store import Manifest

NAME = "generation"
Signature = tuple[int, int, int]


@dataclass(frozen=True)
class Generation:
    """Which store counts (``epoch``), its last write, and which write the arrays beside it include.

    ``size`` is how many documents these arrays hold, ``changed`` how many were written since.
    """

    epoch: str
    seq: int
    arrays_seq: int
    size: int = 0
    changed: int = 0
    manifest: Manifest = field(default_factory=dict)

    def store(self, root: Path) -> Path:
        return root / f"store-{self.epoch}"

    def arrays(self, root: Path) -> Path:
        return self.store(root) / f"arrays-{self.arrays_seq}.bin"


def signature(root: Path) -> Signature:
    """Something that differs after each publication; one system call. Raises OSError."""
    status = os.stat(root / NAME)  # noqa: PTH116 - once for each search: the short way
    return status.st_ino, status.st_mtime_ns, status.st_size


def read(root: Path) -> Generation:
    """The current generation. Raises OSError, ValueError when the file is damaged."""
    crc, _, text = (root / NAME).read_text(encoding="utf-8").partition("\n")
    if int(crc, 16) != zlib.crc32(text.encode()):
        raise ValueError("the generation file is damaged")
    return Generation(**json.loads(text))


def publish(root: Path, generation: Generation) -> None:
    """Make *generation* current, at once and for all processes."""
    text = json.dumps(generation.__dict__)
    aside = root / f"{NAME}.new"
    with aside.open("w", encoding="utf-8") as file:
        file.write(f"{zlib.crc32(text.encode()):08x}\n{text}")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(root / NAME)
