"""Model files side by side in one folder, and which of them is in use: a new file never overwrites an old one."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from matching.model import Model, ModelMismatch, load, save

SHIPPED_NAME = "shipped"
POINTER = "in-use.json"


class NothingToRollBack(ValueError):
    """The shipped model is in use, and nothing was before it."""


class Versions:
    """The models of one folder.

    Parameters
    ----------
    folder : Path
        Need not exist until something is added.

    Notes
    -----
    The pointer is replaced in one step, so a reader sees the old model or the new one. Files are plain arrays.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def in_use(self) -> str:
        """Return the name of the model in use, `shipped` when none was ever promoted."""
        return self._history()[-1]

    def stamp(self) -> int:
        """Return a number that changes with every promotion and rollback; costs one look at a file."""
        try:
            return (self.folder / POINTER).stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def load(self) -> Model:
        """Return the model in use; one that this code cannot use any more gives way to the one before it."""
        for name in reversed(self._history()):
            if name == SHIPPED_NAME:
                break
            try:
                return load(self._file(name))
            except (ModelMismatch, OSError, ValueError, KeyError):
                continue
        return load()

    def add(self, model: Model) -> str:
        """Write a model beside the others and return its name: a number and the start of its data's hash."""
        number = (
            max((int(path.stem.split("-")[1]) for path in self.folder.glob("model-*.npz")), default=0) + 1
        )
        name = f"model-{number:04d}-{str(model.about.get('data', ''))[:8] or 'unnamed'}"
        about = {**model.about, "name": name, "made_at": datetime.now(UTC).isoformat(timespec="seconds")}
        save(replace(model, about=about), self._file(name))
        return name

    def promote(self, name: str) -> None:
        """Use a model from now on."""
        if not self._file(name).is_file():
            raise FileNotFoundError(name)
        self._write([*self._history(), name])

    def roll_back(self) -> str:
        """Use again what was in use before the last promotion; returns its name."""
        history = self._history()
        if len(history) < 2:
            raise NothingToRollBack(SHIPPED_NAME)
        self._write(history[:-1])
        return history[-2]

    def listed(self) -> list[dict[str, Any]]:
        """Return what is known about each file, oldest first."""
        used = self.in_use()
        return [
            {**load(path).about, "name": path.stem, "is_in_use": path.stem == used}
            for path in sorted(self.folder.glob("model-*.npz"))
        ]

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.npz"

    def _history(self) -> list[str]:
        try:
            names = json.loads((self.folder / POINTER).read_text(encoding="utf-8"))["history"]
        except (FileNotFoundError, ValueError, KeyError):
            return [SHIPPED_NAME]
        return [SHIPPED_NAME, *names]

    def _write(self, history: list[str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / f"{POINTER}.{os.getpid()}"
        fresh.write_text(json.dumps({"history": history[1:]}), encoding="utf-8")
        fresh.replace(self.folder / POINTER)
