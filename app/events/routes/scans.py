"""Whom a booth met: scanned tickets, marks and invitations."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core.db import db, now, paginate, transaction
from app.events import queries, tickets
from app.events.kinds import MARK_LABELS
from app.events.models import Exhibitor, Registration, Scan, ScanMark
from app.events.queries import meeting
from app.events.routes.blueprint import bp, me
from app.events.routes.booth import View, enterprises, my_booth
from app.events.services import booths
from app.people.queries import main_resume


@bp.route("/exhibits/<int:event_id>/scans", methods=["GET", "POST"])
@enterprises
def scans(event_id: int) -> View:
    """Whom the booth met. A ticket is scanned by camera or its code is typed."""
    exhibitor = my_booth(event_id)
    if request.method == "GET":
        return _page(exhibitor)
    shown = request.form.get("shown", "").strip()
    try:
        with transaction():
            exhibitor = my_booth(event_id)
            found = booths.scan(exhibitor, _shown(exhibitor, shown), by=me())
            scan_id = found.id
    except (booths.NotACode, booths.TicketNotGood, booths.NothingShared) as refused:
        return _page(my_booth(event_id), refused=refused.message, shown=shown), refused.status
    return redirect(url_for("events.scans", event_id=event_id, _anchor=f"s{scan_id}"), 303)


def _page(exhibitor: Exhibitor, *, refused: str = "", shown: str = "") -> str:
    mark = request.args.get("mark", "")
    mark = mark if mark in {each.value for each in ScanMark} else ""
    page = paginate(meeting.scans_of(exhibitor, mark), number=request.args.get("page", 1, type=int))
    person_ids = [row.registration.person_id for row in page if row.registration.person_id]
    return render_template(
        "events/scans.html",
        event=exhibitor.event,
        exhibitor=exhibitor,
        refused=refused,
        shown=shown,
        is_over=exhibitor.event.is_over(now()),
        page=page,
        mark=mark,
        marks={key: label for key, label in MARK_LABELS.items() if key is not ScanMark.NONE},
        applications=meeting.applications_of(exhibitor, person_ids),
        resumes={
            row.id: main_resume(row.registration.person)
            for row in page
            if "resume" in row.shares and row.registration.person is not None
        },
    )


def _shown(exhibitor: Exhibitor, text: str) -> Registration | None:
    """The registration behind a token or a typed code."""
    if code := tickets.read_code(text):
        return queries.by_code(exhibitor.event, code)
    ticket = tickets.read(text, tickets.private_key().public_key())
    if ticket is None:
        raise booths.NotACode
    return queries.by_serial(ticket.serial)


@bp.post("/exhibits/<int:event_id>/scans/<int:scan_id>")
@enterprises
def mark_scan(event_id: int, scan_id: int) -> Response:
    with transaction():
        exhibitor, found = my_booth(event_id), db.session.get(Scan, scan_id)
        if found is None or found.exhibitor_id != exhibitor.id:
            abort(404)
        verdict, note = request.form.get("mark", ""), request.form.get("note", "")[:500]
        if verdict == "invite":
            booths.mark(found, found.mark, note)
            booths.invite(found)
        elif verdict in {each.value for each in ScanMark}:
            booths.mark(found, ScanMark(verdict), note)
        else:
            abort(400)
    flash("邀请发过去了" if verdict == "invite" else "存好了", "success")
    return redirect(url_for("events.scans", event_id=event_id, _anchor=f"s{scan_id}"), 303)
