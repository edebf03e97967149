"""The interview schedule as the organizer makes it: by rule, by hand with the clashes shown, then published."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core import pairing
from app.core.db import db, transaction
from app.events.models import InterviewSlot, Meeting
from app.events.queries import interviews as queries
from app.events.routes.blueprint import bp, own_event
from app.events.routes.manage import organizers, tabs_of
from app.events.services import interviewing


@bp.get("/organize/events/<int:event_id>/schedule")
@organizers
def schedule(event_id: int) -> str:
    event = own_event(event_id)
    planned = queries.planned(event)
    clashes = interviewing.clashes_of(event)
    slots: dict[int, list] = {}
    for slot in queries.slots_at(event):
        slots.setdefault(slot.exhibitor, []).append(slot)
    return render_template(
        "events/schedule.html",
        event=event,
        tabs=tabs_of(event, "schedule"),
        planned=planned,
        slots=slots,
        wishes=len(queries.wishes_at(event)),
        clashes={(clash.person, slot_id): clash.what for clash in clashes for slot_id in clash.slots},
        has_rule=pairing.current() is not None,
    )


@bp.post("/organize/events/<int:event_id>/schedule")
@organizers
def make_schedule(event_id: int) -> Response:
    with transaction():
        made = interviewing.schedule(own_event(event_id), pairing.current())
    flash(f"排好了{made.made}场面试", "success")
    if made.unplaced:
        flash(f"有{len(made.unplaced)}场没有时间，要加时段或手工安排", "warning")
    return redirect(url_for("events.schedule", event_id=event_id), 303)


@bp.post("/organize/events/<int:event_id>/schedule/publish")
@organizers
def publish_schedule(event_id: int) -> Response:
    with transaction():
        count = interviewing.publish_schedule(own_event(event_id))
    flash(f"公布了，{count}场面试的人都收到通知", "success")
    return redirect(url_for("events.schedule", event_id=event_id), 303)


@bp.post("/organize/events/<int:event_id>/schedule/<int:meeting_id>")
@organizers
def move_meeting(event_id: int, meeting_id: int) -> Response:
    own_event(event_id)
    with transaction():
        meeting = db.session.get(Meeting, meeting_id)
        slot = db.session.get(InterviewSlot, request.form.get("slot", 0, type=int))
        if meeting is None or slot is None or meeting.event_id != event_id:
            abort(404)
        interviewing.move(meeting, slot)
    return redirect(url_for("events.schedule", event_id=event_id, _anchor=f"m{meeting_id}"), 303)
