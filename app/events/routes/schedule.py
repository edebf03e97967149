"""The interview schedule as the organizer makes it: by rule, by hand with the clashes shown, then published."""

from collections.abc import Iterable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core import pairing
from app.core.db import db, paginate, transaction
from app.events import policy
from app.events.models import Exhibitor, InterviewSlot, Meeting, Registration
from app.events.queries import interviews as queries
from app.events.routes.blueprint import bp, me, membership, own_event
from app.events.routes.manage import organizers, tabs_of
from app.events.services import scheduling
from app.events.timetabling import Clash

EMPLOYERS = 10  # on a page
AFTERWARDS = "公布后，排到的人都收到通知，不能再一键重新排，只能一场一场改。"


@bp.get("/organize/events/<int:event_id>/schedule")
@organizers
def schedule(event_id: int) -> str:
    event, mine = own_event(event_id), membership()
    clashes = scheduling.clashes_of(event)
    times = {slot.id: slot for slot in queries.slots_at(event)}
    concerned = {times[slot_id].exhibitor for clash in clashes for slot_id in clash.slots}
    is_narrowed = bool(concerned) and request.args.get("show") == "clashes"
    page = paginate(
        queries.with_times(event, concerned if is_narrowed else None),
        number=request.args.get("page", 1, type=int),
        size=EMPLOYERS,
    )
    return render_template(
        "events/schedule.html",
        event=event,
        tabs=tabs_of(event, "schedule"),
        page=page,
        rows=_rows(page),
        planned=queries.planned_count(event),
        wishes=queries.wish_count(event),
        clashes=_marks(clashes),
        clash_count=len(clashes),
        is_narrowed=is_narrowed,
        sees=lambda who: policy.can_see_registration(me(), mine, event, who),
        has_rule=pairing.current() is not None,
    )


def _marks(clashes: Iterable[Clash]) -> dict[tuple[int, int], list[str]]:
    """(person, slot) → all that is wrong with that meeting."""
    found: dict[tuple[int, int], list[str]] = {}
    for clash in clashes:
        for slot_id in clash.slots:
            said = found.setdefault((clash.person, slot_id), [])
            if clash.what not in said:
                said.append(clash.what)
    return found


def _rows(exhibitors: Iterable[Exhibitor]) -> list[dict[str, Any]]:
    """Each enterprise with its times, who comes at each, and who has no time yet."""
    ids = [exhibitor.id for exhibitor in exhibitors]
    times = queries.times_of(ids)
    meetings, left = queries.in_times([slot.id for slot in times]), queries.without_time(ids)
    rows = []
    for exhibitor in exhibitors:
        own = [(slot, meetings.get(slot.id, [])) for slot in times if slot.exhibitor_id == exhibitor.id]
        free = next((slot.id for slot, people in own if len(people) < slot.seats), 0)
        rows.append({"exhibitor": exhibitor, "times": own, "free": free, "left": left.get(exhibitor.id, [])})
    return rows


@bp.post("/organize/events/<int:event_id>/schedule")
@organizers
def make_schedule(event_id: int) -> Response:
    with transaction():
        made = scheduling.schedule(own_event(event_id), pairing.current())
    flash(f"排好了{made.made}场面试", "success")
    if made.unplaced:
        flash(f"有{len(made.unplaced)}场没有时间，要加时段或手工安排", "warning")
    return redirect(url_for("events.schedule", event_id=event_id), 303)


@bp.route("/organize/events/<int:event_id>/schedule/publish", methods=["GET", "POST"])
@organizers
def publish_schedule(event_id: int) -> str | Response:
    """Asks once: everybody in it is told, and it is made no second time."""
    event = own_event(event_id)
    if request.method == "GET":
        many = len(scheduling.clashes_of(event))
        return render_template(
            "confirm.html",
            title=f"还有{many}处对不上，照样公布？" if many else "公布面试安排？",
            text=AFTERWARDS,
            action=request.path,
            yes="照样公布" if many else "公布",
            back=url_for("events.schedule", event_id=event_id),
        )
    with transaction():
        count = scheduling.publish_schedule(own_event(event_id))
    flash(f"公布了，{count}场面试的人都收到通知", "success")
    return redirect(url_for("events.schedule", event_id=event_id), 303)


@bp.post("/organize/events/<int:event_id>/schedule/meetings")
@organizers
def add_meeting(event_id: int) -> Response:
    """Somebody for whom the rule found no time."""
    own_event(event_id)
    with transaction():
        registration = db.session.get(Registration, request.form.get("person", 0, type=int))
        slot = _slot(event_id)
        if registration is None or registration.event_id != event_id:
            abort(404)
        meeting = scheduling.add(registration, slot)
        db.session.flush()
        anchor = f"m{meeting.id}"
    return _back(event_id, anchor)


@bp.post("/organize/events/<int:event_id>/schedule/<int:meeting_id>")
@organizers
def move_meeting(event_id: int, meeting_id: int) -> Response:
    own_event(event_id)
    with transaction():
        meeting = db.session.get(Meeting, meeting_id)
        if meeting is None or meeting.event_id != event_id:
            abort(404)
        if request.form.get("do") == "remove":
            scheduling.remove(meeting)
        else:
            scheduling.move(meeting, _slot(event_id))
    return _back(event_id, f"m{meeting_id}")


def _slot(event_id: int) -> InterviewSlot:
    slot = db.session.get(InterviewSlot, request.form.get("slot", 0, type=int))
    if slot is None or slot.exhibitor.event_id != event_id:
        abort(404)
    return slot


def _back(event_id: int, anchor: str) -> Response:
    """To the page of the list from which the change was made."""
    asked = {name: request.form[name] for name in ("page", "show") if request.form.get(name)}
    return redirect(url_for("events.schedule", event_id=event_id, **asked, _anchor=anchor), 303)
