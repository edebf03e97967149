"""A booth's queue: whom it calls, the interview times it opens, and the order in which it wants people."""

from collections.abc import Mapping
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core.county_time import COUNTY_TIME
from app.core.db import db, now, transaction
from app.events.models import Exhibitor, InterviewSlot, Meeting, MeetingState
from app.events.queries import meeting
from app.events.routes.blueprint import bp
from app.events.routes.booth import View, enterprises, my_booth
from app.events.services import booths, interviewing

MOVED = {
    "call": "叫了 {number}",
    "met": "{number} 面试过了",
    "missed": "{number} 没有来",
    "cancelled": "{number} 取消了",
}


@bp.get("/exhibits/<int:event_id>/queue")
@enterprises
def queue(event_id: int) -> str:
    return _page(my_booth(event_id))


SLOTS = {"first": "", "minutes": "15", "count": "8", "seats": "1"}  # as the empty form offers them


def _page(exhibitor: Exhibitor, *, refused: str = "", said: Mapping[str, str] = SLOTS) -> str:
    return render_template(
        "events/queue.html",
        refused=refused,
        said=said,
        event=exhibitor.event,
        exhibitor=exhibitor,
        meetings=meeting.meetings_of(exhibitor),
        slots=meeting.slots_of(exhibitor),
        ranking=meeting.ranking_of(exhibitor),
        is_over=exhibitor.event.is_over(now()),
        now=now(),
    )


@bp.post("/exhibits/<int:event_id>/queue/<int:meeting_id>/<any(call,met,missed,cancelled):verb>")
@enterprises
def move_queue(event_id: int, meeting_id: int, verb: str) -> Response:
    with transaction():
        exhibitor, found = my_booth(event_id), db.session.get(Meeting, meeting_id)
        if found is None or found.exhibitor_id != exhibitor.id:
            abort(404)
        if verb == "call":
            booths.call(found)
        else:
            booths.close(found, MeetingState(verb))
        number = found.number
    flash(MOVED[verb].format(number=number), "success")
    return redirect(url_for("events.queue", event_id=event_id), 303)


@bp.post("/exhibits/<int:event_id>/slots")
@enterprises
def open_slots(event_id: int) -> View:
    """A row of interview times."""
    said = request.form
    try:
        with transaction():
            count = interviewing.open_slots(
                my_booth(event_id),
                first=_first(said.get("first", "")),
                minutes=said.get("minutes", 0, type=int),
                count=said.get("count", 0, type=int),
                seats=said.get("seats", 0, type=int),
            )
    except interviewing.SlotRefused as refused:
        typed = {name: said.get(name, "") for name in SLOTS}
        return _page(my_booth(event_id), refused=refused.message, said=typed), refused.status
    flash(f"开了{count}个时段", "success")
    return redirect(url_for("events.queue", event_id=event_id), 303)


def _first(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=COUNTY_TIME)
    except ValueError:
        raise interviewing.SlotRefused("请选从几点开始") from None


@bp.post("/exhibits/<int:event_id>/slots/<int:slot_id>/close")
@enterprises
def close_slot(event_id: int, slot_id: int) -> Response:
    with transaction():
        exhibitor, slot = my_booth(event_id), db.session.get(InterviewSlot, slot_id)
        if slot is None or slot.exhibitor_id != exhibitor.id:
            abort(404)
        interviewing.close_slot(slot)
    return redirect(url_for("events.queue", event_id=event_id), 303)


@bp.post("/exhibits/<int:event_id>/ranks")
@enterprises
def rank_people(event_id: int) -> View:
    """1 is met most gladly, 0 not at all, nothing leaves it to the visitor's own wish."""
    typed = {
        name: value.strip() for name, value in request.form.items() if name[:1] == "r" and name[1:].isdigit()
    }
    if any(value and not value.isdecimal() for value in typed.values()):
        flash("名次填0或正整数，这次没有存", "error")
        return redirect(url_for("events.queue", event_id=event_id), 303)
    places = {int(name[1:]): int(value) for name, value in typed.items() if value}
    order = sorted((each for each, place in places.items() if place), key=lambda each: (places[each], each))
    with transaction():
        interviewing.rank(my_booth(event_id), order, [each for each, place in places.items() if not place])
    flash("名次存好了", "success")
    return redirect(url_for("events.queue", event_id=event_id), 303)
