"""The timetable of a gathering, line by line."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core.county_time import COUNTY_TIME
from app.core.db import db, transaction
from app.core.presentation import local
from app.events.forms import AnnouncementForm, TimetableForm
from app.events.models import Event, TimetableEntry
from app.events.routes.blueprint import bp, own_event
from app.events.routes.manage import desk_of, organizers

View = str | Response | tuple[str, int]


def _form(event: Event, **given: Any) -> TimetableForm:
    form = TimetableForm(**given)
    form.event = event
    return form


def _values(form: TimetableForm) -> dict[str, Any]:
    """Columns of TimetableEntry."""
    return {
        "starts_at": form.starts_at.data.replace(tzinfo=COUNTY_TIME),
        "ends_at": form.ends_at.data and form.ends_at.data.replace(tzinfo=COUNTY_TIME),
        "what": form.what.data,
        "place": form.place.data or "",
    }


def _line(event_id: int, line_id: int) -> TimetableEntry:
    own_event(event_id)
    found = db.session.get(TimetableEntry, line_id)
    if found is None or found.event_id != event_id:
        abort(404)
    return found


def _back(event_id: int) -> Response:
    return redirect(url_for("events.manage", event_id=event_id) + "#timetable", 303)


@bp.post("/organize/events/<int:event_id>/timetable")
@organizers
def add_line(event_id: int) -> View:
    event = own_event(event_id)
    form = _form(event)
    if not form.validate_on_submit():
        return desk_of(event, AnnouncementForm(formdata=None), form), 422
    with transaction() as session:
        session.add(TimetableEntry(event_id=own_event(event_id).id, **_values(form)))
    return _back(event_id)


@bp.route("/organize/events/<int:event_id>/timetable/<int:line_id>", methods=["GET", "POST"])
@organizers
def change_line(event_id: int, line_id: int) -> View:
    event, line = own_event(event_id), _line(event_id, line_id)
    form = _form(
        event,
        data={
            "starts_at": local(line.starts_at).replace(tzinfo=None),
            "ends_at": line.ends_at and local(line.ends_at).replace(tzinfo=None),
            "what": line.what,
            "place": line.place,
        },
    )
    if form.validate_on_submit():
        with transaction():
            line = _line(event_id, line_id)
            for name, value in _values(form).items():
                setattr(line, name, value)
        flash("改好了", "success")
        return _back(event_id)
    page = render_template("events/line.html", event=event, form=form)
    return page, 422 if request.method == "POST" else 200


@bp.post("/organize/events/<int:event_id>/timetable/<int:line_id>/remove")
@organizers
def remove_line(event_id: int, line_id: int) -> Response:
    with transaction() as session:
        session.delete(_line(event_id, line_id))
    return _back(event_id)
