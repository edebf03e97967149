"""The socket for what closes a gap: who holds a course or lets a flat does not know who asks for it.

Features add their sources at boot. A gap that no source knows keeps its words and gets no link.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask import Flask, current_app

Gap = tuple[str, str]  # kind and need, as in app.core.fit.FitRow


@dataclass(frozen=True)
class Remedy:
    """Something of this site that closes a gap: what it is called, its page, and when it begins."""

    label: str
    url: str
    starts_at: datetime | None = None


class Source(Protocol):
    def __call__(self, gaps: Collection[Gap]) -> dict[Gap, Remedy]:
        """What is open now for some of these gaps."""


def add(app: Flask, source: Source) -> None:
    app.extensions.setdefault("remedies", []).append(source)


def find(gaps: Iterable[Gap]) -> dict[Gap, Remedy]:
    """Ask every source once for all gaps; the source added first has the first word."""
    wanted, found = set(gaps), dict[Gap, Remedy]()
    for source in current_app.extensions.get("remedies", ()):
        if left := wanted - found.keys():
            found.update(source(left))
    return found
