"""The big screen of the hall, and the figures it follows.

A stream holds a thread of the server for as long as it is open, so each ends by itself after a quarter of a minute and
the browser opens the next one (EventSource does so of itself), and one alone is open at once in a process;
whoever finds none free asks for the figures each second instead.
"""

import io
import json
import time
from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Any

import segno
from flask import Response as Plain
from flask import jsonify, render_template, stream_with_context, url_for

from app.core.db import db
from app.core.guard import public
from app.core.limits import limiter
from app.events.models import Event
from app.events.queries import live
from app.events.routes.blueprint import bp, shown_event

STREAMS = 1  # open at once in this process, of four threads
BEAT = 1.0  # seconds
BEATS = 15
_free = BoundedSemaphore(STREAMS)


@bp.get("/events/<int:event_id>/screen")
@public
def screen(event_id: int) -> str:
    event = shown_event(event_id)
    return render_template("events/screen.html", event=event, now_figures=live.figures(event))


@bp.get("/events/<int:event_id>/figures.json")
@public
@limiter.exempt
def figures(event_id: int) -> Plain:
    return jsonify(live.figures(shown_event(event_id)))


@bp.get("/events/<int:event_id>/stream")
@public
@limiter.exempt
def stream(event_id: int) -> Plain:
    """Figures as server-sent events, whenever they change; 204 tells EventSource to stop and ask by itself."""
    event = shown_event(event_id)
    if not _free.acquire(blocking=False):
        return Plain(status=204)
    response = Plain(stream_with_context(_beats(event.id)), mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    response.call_on_close(_free.release)
    return response


def _beats(event_id: int) -> Iterator[str]:
    last: dict[str, Any] = {}
    yield "retry: 500\n\n"
    for _ in range(BEATS):
        event = db.session.get(Event, event_id)
        said = live.figures(event) if event else {}
        db.session.rollback()  # neither a lock nor an old picture is held between two beats
        if said != last:
            last = said
            yield f"data: {json.dumps(said, ensure_ascii=False)}\n\n"
        else:
            yield ": \n\n"
        time.sleep(BEAT)


@bp.get("/events/<int:event_id>/qr.svg")
@public
def event_qr(event_id: int) -> Plain:
    event, file = shown_event(event_id), io.BytesIO()
    address = url_for("events.show", event_id=event.id, _external=True)
    segno.make_qr(address, error="m").save(file, kind="svg", scale=6, border=2)
    return Plain(file.getvalue(), mimetype="image/svg+xml")
