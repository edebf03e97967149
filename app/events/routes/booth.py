"""The enterprise's side: apply for a place, look after the booth, scan tickets, call people."""

import io
from datetime import datetime

import segno
from flask import Response as Plain
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from app.core.db import db, now, paginate, transaction
from app.core.errors import NotAllowed, authorize
from app.core.guard import Role, only
from app.core.presentation import COUNTY_TIME
from app.events import policy, queries, tickets
from app.events.forms import ExhibitForm
from app.events.kinds import MARK_LABELS, kind_of
from app.events.models import Exhibitor, InterviewSlot, Meeting, MeetingState, Registration, Scan, ScanMark
from app.events.queries import exhibiting, meeting
from app.events.routes.blueprint import bp, me, membership, shown_event
from app.events.services import booths, interviewing
from app.events.services import exhibiting as services
from app.organizations.models import Membership
from app.people.queries import main_resume
from app.postings.queries import today

View = str | Response | tuple[str, int]
enterprises = only(Role.ENTERPRISE)


def my_membership() -> Membership:
    found = membership()
    if found is None:
        raise NotAllowed("还没有加入单位")
    return found


def my_exhibitor(event_id: int) -> Exhibitor:
    """The own enterprise at this gathering, or 404."""
    found = exhibiting.exhibitor_of(event_id, my_membership().organization_id)
    if found is None:
        abort(404)
    return found


def my_booth(event_id: int) -> Exhibitor:
    """The own booth, where tickets may be scanned; suspended enterprises have none."""
    found = my_exhibitor(event_id)
    authorize(policy.is_at_booth(membership(), found))
    return found


@bp.get("/exhibits")
@enterprises
def exhibits() -> str:
    query = exhibiting.of_organization(my_membership().organization_id)
    page = paginate(query, number=request.args.get("page", 1, type=int))
    return render_template("events/exhibits.html", page=page, now=now())


@bp.route("/events/<int:event_id>/exhibit", methods=["GET", "POST"])
@enterprises
def exhibit(event_id: int) -> View:
    event, mine, form = shown_event(event_id), my_membership(), ExhibitForm()
    posts = exhibiting.open_posts_of(mine.organization_id)
    form.postings.choices = [SelectChoice(post.id, post.title) for post in posts]
    existing = exhibiting.exhibitor_of(event_id, mine.organization_id)
    if request.method == "GET" and existing is not None:
        _show(form, existing)
    if form.validate_on_submit():
        with transaction():
            services.apply(
                shown_event(event_id),
                my_membership().organization,
                posting_ids=form.postings.data,
                wishes=form.wishes(),
                staff=_lines(form.staff.data),
                card=form.card.data or "",
            )
        flash("报名交上去了，等主办方审核", "success")
        return redirect(url_for("events.booth", event_id=event_id), 303)
    page = render_template(
        "events/exhibit.html",
        event=event,
        kind=kind_of(event.kind),
        form=form,
        has_posts=bool(posts),
        may_publish=mine.organization.may_publish(today()),
        is_open=policy.is_open_for_exhibitors(event, now()),
    )
    return page, 422 if request.method == "POST" else 200


def _show(form: ExhibitForm, exhibitor: Exhibitor) -> None:
    wishes = exhibitor.wishes
    form.postings.data = [row.posting_id for row in exhibiting.ties_of(exhibitor)]
    form.cells.data = str(wishes.get("cells") or 1)
    for name in ("power", "accessible", "near_entrance"):
        form[name].data = bool(wishes.get(name))
    form.staff.data, form.card.data = "\n".join(exhibitor.staff), exhibitor.card


def _lines(text: str | None) -> list[str]:
    return [line.strip()[:30] for line in (text or "").splitlines() if line.strip()][:20]


@bp.get("/exhibits/<int:event_id>")
@enterprises
def booth(event_id: int) -> str:
    exhibitor = my_exhibitor(event_id)
    event, form = exhibitor.event, ExhibitForm(formdata=None)
    _show(form, exhibitor)
    can_act = policy.can_exhibit(membership(), exhibitor)
    return render_template(
        "events/booth.html",
        event=event,
        kind=kind_of(event.kind),
        exhibitor=exhibitor,
        posts=exhibiting.posts_of([exhibitor.id]).get(exhibitor.id, []),
        form=form,
        at_booth=policy.is_at_booth(membership(), exhibitor),
        can_cancel=can_act and _can_cancel(exhibitor),
        survey_open=exhibitor.state.value == "approved" and event.starts_at < now(),
        now=now(),
    )


def _can_cancel(exhibitor: Exhibitor) -> bool:
    is_early = exhibitor.event.starts_at - now() >= services.CANCEL_UNTIL
    return is_early and exhibitor.state.value in {"applied", "approved", "waiting"}


@bp.post("/exhibits/<int:event_id>/describe")
@enterprises
def describe_booth(event_id: int) -> Response:
    form = ExhibitForm()
    if not (form.staff.validate(form) and form.card.validate(form)):
        flash("名片或人员写得太长了", "error")
        return redirect(url_for("events.booth", event_id=event_id), 303)
    with transaction():
        exhibitor = my_exhibitor(event_id)
        authorize(policy.can_exhibit(membership(), exhibitor))
        services.describe(exhibitor, staff=_lines(form.staff.data), card=form.card.data or "")
    flash("存好了", "success")
    return redirect(url_for("events.booth", event_id=event_id), 303)


@bp.route("/exhibits/<int:event_id>/cancel", methods=["GET", "POST"])
@enterprises
def cancel_exhibit(event_id: int) -> View:
    if request.method == "POST":
        with transaction():
            exhibitor = my_exhibitor(event_id)
            authorize(policy.can_exhibit(membership(), exhibitor))
            services.cancel(exhibitor)
        flash("参展取消了", "success")
        return redirect(url_for("events.booth", event_id=event_id), 303)
    my_exhibitor(event_id)
    return render_template(
        "confirm.html",
        title="取消参展？",
        text="展位会让给别家。开始前一天以后不能自己取消。",
        action=request.path,
        yes="取消参展",
        back=url_for("events.booth", event_id=event_id),
    )


@bp.post("/exhibits/<int:event_id>/decline")
@enterprises
def decline_exhibit(event_id: int) -> Response:
    with transaction():
        exhibitor = my_exhibitor(event_id)
        authorize(policy.can_exhibit(membership(), exhibitor))
        services.decline(exhibitor)
    return redirect(url_for("events.booth", event_id=event_id), 303)


# ── at the booth ───────────────────────────────────────


@bp.get("/exhibits/<int:event_id>/qr")
@enterprises
def booth_qr(event_id: int) -> str:
    """A sheet to hang up: the booth's number and the code that opens its posts."""
    exhibitor = my_booth(event_id)
    return render_template("events/booth_qr.html", event=exhibitor.event, exhibitor=exhibitor)


@bp.get("/exhibits/<int:event_id>/qr.svg")
@enterprises
def booth_qr_image(event_id: int) -> Plain:
    exhibitor, file = my_booth(event_id), io.BytesIO()
    address = url_for("events.booth_posts", event_id=event_id, exhibitor_id=exhibitor.id, _external=True)
    segno.make_qr(address, error="m").save(file, kind="svg", scale=6, border=3)
    return Plain(file.getvalue(), mimetype="image/svg+xml")


@bp.route("/exhibits/<int:event_id>/scans", methods=["GET", "POST"])
@enterprises
def scans(event_id: int) -> View:
    """Whom the booth met. A ticket is scanned by camera or its code is typed."""
    exhibitor = my_booth(event_id)
    if request.method == "POST":
        with transaction():
            exhibitor = my_booth(event_id)
            found = booths.scan(exhibitor, _shown(exhibitor, request.form.get("shown", "")), by=me())
            scan_id = found.id
        return redirect(url_for("events.scans", event_id=event_id, _anchor=f"s{scan_id}"), 303)
    mark = request.args.get("mark", "")
    mark = mark if mark in {each.value for each in ScanMark} else ""
    page = paginate(meeting.scans_of(exhibitor, mark), number=request.args.get("page", 1, type=int))
    person_ids = [row.registration.person_id for row in page if row.registration.person_id]
    return render_template(
        "events/scans.html",
        event=exhibitor.event,
        exhibitor=exhibitor,
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
    return queries.by_serial(ticket.serial) if ticket else None


@bp.post("/exhibits/<int:event_id>/scans/<int:scan_id>")
@enterprises
def mark_scan(event_id: int, scan_id: int) -> Response:
    with transaction():
        exhibitor, found = my_booth(event_id), db.session.get(Scan, scan_id)
        if found is None or found.exhibitor_id != exhibitor.id:
            abort(404)
        verdict = request.form.get("mark", "")
        if verdict == "invite":
            booths.invite(found)
        elif verdict in {each.value for each in ScanMark}:
            booths.mark(found, ScanMark(verdict), request.form.get("note", "")[:500])
        else:
            abort(400)
    return redirect(url_for("events.scans", event_id=event_id, _anchor=f"s{scan_id}"), 303)


@bp.get("/exhibits/<int:event_id>/queue")
@enterprises
def queue(event_id: int) -> str:
    exhibitor = my_booth(event_id)
    return render_template(
        "events/queue.html",
        event=exhibitor.event,
        exhibitor=exhibitor,
        meetings=meeting.meetings_of(exhibitor),
        slots=meeting.slots_of(exhibitor),
        ranking=meeting.ranking_of(exhibitor),
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
    return redirect(url_for("events.queue", event_id=event_id), 303)


@bp.post("/exhibits/<int:event_id>/slots")
@enterprises
def open_slots(event_id: int) -> Response:
    """A row of interview times."""
    said = request.form
    try:
        first = datetime.fromisoformat(said.get("first", "")).replace(tzinfo=COUNTY_TIME)
    except ValueError:
        raise interviewing.SlotRefused("请选从几点开始") from None
    with transaction():
        count = interviewing.open_slots(
            my_booth(event_id),
            first=first,
            minutes=said.get("minutes", 0, type=int),
            count=said.get("count", 0, type=int),
            seats=said.get("seats", 1, type=int),
        )
    flash(f"开了{count}个时段", "success")
    return redirect(url_for("events.queue", event_id=event_id), 303)


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
def rank_people(event_id: int) -> Response:
    """1 is met most gladly, 0 not at all, nothing leaves it to the visitor's own wish."""
    places = {
        int(name[1:]): int(value)
        for name, value in request.form.items()
        if name[:1] == "r" and name[1:].isdigit() and value.isdigit()
    }
    order = sorted((each for each, place in places.items() if place), key=lambda each: (places[each], each))
    with transaction():
        interviewing.rank(my_booth(event_id), order, [each for each, place in places.items() if not place])
    flash("名次存好了", "success")
    return redirect(url_for("events.queue", event_id=event_id), 303)
