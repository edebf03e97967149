"""The matcher on disk: where its snapshots lie, whether one still fits, and when the worker writes the next.

A snapshot is a projection of tables like an index. What is missing, damaged or made by other code is never read: the
process reads the tables as if there were none, and the worker writes a new one.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from flask import Flask, current_app
from sqlalchemy import func, select

from app.core import county_time
from app.core.db import db, now
from app.discovery import documents, following, learning, queries
from app.discovery.models import Change, IndexedKind
from matching import DamagedSnapshot, Folder, Generations, Matcher, Model, fingerprint, merge, read_manifest

log = logging.getLogger(__name__)
MOST_CHANGES = 2_000  # that each process takes on top of a snapshot
OLDEST_CHANGE = timedelta(minutes=30)  # not yet in it; the log of changes reaches back an hour
PART = 10_000  # posts and people that are read at once
KEPT = 600.0  # seconds that an older snapshot stays, for a process that is just opening it


class Opened(NamedTuple):
    """A matcher over a snapshot, the folder it maps, and the number of the last change it contains."""

    matcher: Matcher
    folder: Folder
    read_until: int


def generations() -> Generations:
    return Generations(Path(current_app.config["DATA_DIR"]) / "matcher")


@lru_cache(maxsize=1)
def _documents() -> int:
    """A number for the code that says what the matcher is told of a row."""
    return crc32(Path(documents.__file__).read_bytes())


def _stamp(model: Model) -> str:
    return f"{fingerprint(model)}-{_documents():08x}"


def _fits(about: dict[str, Any], model: Model) -> bool:
    """Whether a snapshot was made by this code for this model, and the log of changes leads on from it."""
    oldest, newest = db.session.execute(select(func.min(Change.id), func.max(Change.id))).one()
    read_until = about.get("read_until", -1)
    leads_on = read_until >= (oldest or 1) - 1 and read_until <= (newest or 0)
    return about.get("stamp") == _stamp(model) and leads_on


def set_aside(path: Path) -> None:
    """Let nobody open a damaged snapshot again."""
    try:
        generations().set_aside(path)
    except OSError:
        log.exception("the damaged snapshot %s cannot be put aside", path.name)


def open_newest(model: Model) -> Opened | None:
    """The newest snapshot as a matcher, or None when there is none that is whole and fits."""
    path = generations().newest()
    if path is None:
        return None
    try:
        if not _fits(read_manifest(path)["about"], model):
            log.warning("the snapshot %s of the matcher does not fit any more", path.name)
            return None
        folder = Folder(path)
        matcher = Matcher.open(folder, model, county_time.today)
    except DamagedSnapshot:
        log.exception("the snapshot %s of the matcher is damaged", path.name)
        set_aside(path)
        return None
    matcher.turn_day()
    return Opened(matcher, folder, folder.about["read_until"])


def _about(model: Model, read_until: int) -> dict[str, Any]:
    return {"stamp": _stamp(model), "read_until": read_until, "day": county_time.today().isoformat()}


def _write(matcher: Matcher, read_until: int) -> None:
    with generations().new() as folder:
        matcher.save(folder, _about(matcher.model, read_until))


def _anew(model: Model) -> None:
    """Read the tables in parts and write these as one, so that memory does not grow with the county."""
    about = _about(model, queries.last_change())
    with generations().aside() as aside, learning.backend():
        parts = []
        for number, (posts, people) in enumerate(following.in_parts(PART)):
            parts.append(aside / str(number))
            parts[-1].mkdir()
            Matcher(model, today=county_time.today).fit(posts, people).save(parts[-1], {})
        with generations().new() as folder:
            merge(parts, folder, about)


def _on_top(bring_up: Callable[[Opened], int]) -> Callable[[Model], None]:
    """Open the newest, bring it up to the tables, write the next; everything anew when it cannot be opened."""

    def made(model: Model) -> None:
        opened = open_newest(model)
        if opened is None:
            _anew(model)
        else:
            _write(opened.matcher, bring_up(opened))

    return made


_fold = _on_top(lambda opened: following.catch_up(opened.matcher, opened.read_until))
_reconcile = _on_top(lambda opened: following.reconcile(opened.matcher))


def _newest_about() -> dict[str, Any]:
    path = generations().newest()
    if path is None:
        return {}
    try:
        about: dict[str, Any] = read_manifest(path)["about"]
    except DamagedSnapshot:
        set_aside(path)
        return {}
    return about


def _due(model: Model) -> Callable[[Model], None] | None:
    """How the next snapshot is to be made, None while the newest will do."""
    about = _newest_about()
    if not about or not _fits(about, model):
        return _anew
    if about["day"] != county_time.today().isoformat():
        return _reconcile
    number, oldest = db.session.execute(
        select(func.count(), func.min(Change.written_at)).where(
            Change.id > about["read_until"], Change.kind.in_((IndexedKind.POSTING, IndexedKind.PERSON))
        )
    ).one()
    is_due = number > MOST_CHANGES or (number and oldest < now() - OLDEST_CHANGE)
    return _fold if is_due else None


def renew() -> bool:
    """Write a snapshot if one is due, and remove those that nobody opens any more; says whether one was written."""
    model = learning.versions().load()
    make = _due(model)
    if make is not None:
        started = time.monotonic()
        make(model)
        log.info("a snapshot of the matcher was written in %.1f s", time.monotonic() - started)
    generations().remove_old(time.time() - KEPT)
    return make is not None


def ensure() -> None:
    """Write a snapshot unless there is one that fits, be it of yesterday."""
    model = learning.versions().load()
    if _due(model) is _anew:
        _anew(model)


def rebuild() -> None:
    """Write a snapshot that agrees with the tables, also where rows were written in bulk."""
    _reconcile(learning.versions().load())


class Renewal:
    """Renews in a thread of its own, so that the worker's other jobs need not wait."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._is_free = threading.Lock()

    def start(self) -> None:
        """Begin unless the last one is still running."""
        if self._is_free.acquire(blocking=False):
            threading.Thread(target=self._run, daemon=True, name="matcher-snapshot").start()

    def _run(self) -> None:
        try:
            with self._app.app_context():
                renew()
        except Exception:
            log.exception("no snapshot of the matcher could be written")
        finally:
            self._is_free.release()


def renew_in_background() -> None:
    """What the worker does each minute."""
    if current_app.config.get("JOBS_INLINE") is False:
        current_app.extensions["matcher-snapshot"].start()
    else:
        renew()


def init_app(app: Flask) -> None:
    app.extensions["matcher-snapshot"] = Renewal(app)
