"""What was shown to whom, noted without slowing the page: a note is one append, and every few seconds one insert writes all.

Notes of a process that is killed within these seconds are lost; nothing but learning depends on them. People who
switched matching off are never noted.
"""

import logging
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import Flask, Response, current_app, request
from flask_login import current_user
from sqlalchemy import delete, insert

from app.core.db import db, now, transaction
from app.core.guard import Role
from app.discovery import queries
from app.discovery.models import Exposure, Place

log = logging.getLogger(__name__)
PAUSE = 5.0  # seconds between two inserts
MOST_WAITING = 5_000  # notes; more are forgotten, oldest first
KEPT = timedelta(days=180)
POST_PAGE = "postings.show"


class Note(NamedTuple):
    """One list shown: to the seeker behind `user_id`, or for `posting_id` to its employer."""

    place: Place
    shown_at: datetime
    user_id: int | None
    posting_id: int | None
    ids: tuple[int, ...]
    first: int


class Notes:
    """The notes of one process."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._waiting: deque[Note] = deque(maxlen=MOST_WAITING)
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def add(self, note: Note) -> None:
        if not note.ids:
            return
        self._waiting.append(note)
        if self._thread is None and self._app.config.get("JOBS_INLINE") is False:
            with self._lock:
                if self._thread is None:
                    self._thread = threading.Thread(
                        target=self._write_for_ever, daemon=True, name="exposures"
                    )
                    self._thread.start()

    def _write_for_ever(self) -> None:
        pause = threading.Event()
        while not pause.wait(PAUSE):
            with self._app.app_context():
                try:
                    self.write()
                except Exception:
                    log.exception("what was shown could not be noted")

    def write(self) -> int:
        """Insert what waits; returns how many rows."""
        notes = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not notes:
            return 0
        matched = queries.matched_people_of({note.user_id for note in notes if note.user_id is not None})
        found = {id_ for note in notes if note.posting_id is not None for id_ in note.ids}
        willing = queries.those_matched(found)
        rows = [row for note in notes for row in _rows(note, matched, willing)]
        if rows:
            with transaction() as session:
                session.connection().execute(insert(Exposure), rows)
        return len(rows)


def _rows(note: Note, matched: dict[int, int], willing: set[int]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a note; `matched` has the person of each user, `willing` the people shown to employers."""
    if note.posting_id is not None:
        pairs = [(note.posting_id, id_) for id_ in note.ids]
        kept = willing
    else:
        person = matched.get(note.user_id or 0)
        pairs = [(id_, person or 0) for id_ in note.ids]
        kept = {person} if person else set()
    for position, (posting_id, person_id) in enumerate(pairs, note.first):
        if person_id in kept:
            yield {
                "place": note.place,
                "posting_id": posting_id,
                "person_id": person_id,
                "position": position if note.first else 0,
                "shown_at": note.shown_at,
            }


def notes() -> Notes:
    return current_app.extensions["exposures"]


def note_postings(place: Place, user_id: int, posting_ids: Sequence[int], first: int = 1) -> None:
    """Postings that a seeker sees; `first` is the place of the first one, 0 where there is no list."""
    notes().add(Note(place, now(), user_id, None, tuple(posting_ids), first))


def note_people(place: Place, posting_id: int, person_ids: Sequence[int], first: int = 1) -> None:
    """People whom the employer of a posting sees for it."""
    notes().add(Note(place, now(), None, posting_id, tuple(person_ids), first))


def note_opened(response: Response) -> Response:
    """`after_request`: a signed-in seeker opened a posting."""
    if request.endpoint == POST_PAGE and response.status_code == 200 and request.method == "GET":
        posting_id = (request.view_args or {}).get("posting_id")
        if posting_id and current_user.is_authenticated and current_user.role is Role.SEEKER:
            note_postings(Place.POST, current_user.id, [posting_id], 0)
    return response


def forget_old() -> None:
    """Delete what is older than half a year, a thousand at a time."""
    while ids := queries.exposures_before(now() - KEPT, 1000):
        with transaction():
            db.session.execute(delete(Exposure).where(Exposure.id.in_(ids)))


def init_app(app: Flask) -> None:
    app.extensions["exposures"] = Notes(app)
    app.after_request(note_opened)
