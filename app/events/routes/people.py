"""Who registered, for the organizer and for each school its own; lists that come in; attendance by hand."""

from flask import Response as Plain
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core.db import db, now, paginate, transaction
from app.core.errors import authorize
from app.core.guard import Role, only
from app.core.limits import limiter
from app.core.tables import write_xlsx
from app.core.workbooks import TableRefused, read_cells
from app.events import policy, queries, roster, tickets
from app.events.forms import ImportForm
from app.events.kinds import kind_of
from app.events.models import Event, Registration, RegistrationImport
from app.events.routes.blueprint import bp, me, membership, shown_event
from app.events.routes.manage import organizers, tabs_of
from app.events.services import checking_in, registering

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200  # refused rows on the page; the download has all
View = str | Response | tuple[str, int]


def attached(data: bytes, name: str, mimetype: str = XLSX) -> Plain:
    response = Plain(data, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _seen_school(event: Event) -> int | None:
    """None: the whole list; else the school whose rows alone the visitor sees."""
    mine = membership()
    if policy.sees_whole_list(me(), mine, event):
        return None
    authorize(mine is not None and policy.can_import_people(me(), mine, event))
    return mine.organization_id if mine else None


@bp.get("/organize/events/<int:event_id>/people")
@organizers
def people(event_id: int) -> str:
    return _page(shown_event(event_id), ImportForm(formdata=None))


def _page(event: Event, form: ImportForm) -> str:
    school_id = _seen_school(event)
    is_own = policy.can_organize(me(), membership(), event)
    words = request.args.get("q", "").strip()[:40]
    came = {"yes": True, "no": False}.get(request.args.get("came", ""))
    query = queries.people_of(event, school_id=school_id, words=words, is_attended=came)
    page = paginate(query, number=request.args.get("page", 1, type=int), size=50)
    return render_template(
        "events/people.html",
        event=event,
        kind=kind_of(event.kind),
        tabs=tabs_of(event, "people") if is_own else [],
        page=page,
        check_ins=queries.check_ins_of(row.id for row in page),
        link_of=tickets.link_of,
        words=words,
        came=request.args.get("came", ""),
        counts=queries.counts_of(event),
        is_own=is_own,
        school_only=school_id is not None,
        form=form,
        imports=queries.imports_of(event, school_id),
        can_import=policy.can_import_people(me(), membership(), event),
        is_on=checking_in.doors_open(event) <= now() and not event.is_over(now()),
    )


@bp.get("/organize/events/people-template.xlsx")
@organizers
def people_template() -> Plain:
    return attached(write_xlsx(roster.HEADER, [], "名单"), "people.xlsx")


@bp.post("/organize/events/<int:event_id>/people")
@organizers
@limiter.limit("60/hour")
def import_people(event_id: int) -> View:
    """A school's list: good rows get a place, the others are named with the reason."""
    event, form = shown_event(event_id), ImportForm()
    mine = membership()
    authorize(policy.can_import_people(me(), mine, event))
    upload = form.file.data
    if not form.validate_on_submit() or not getattr(upload, "filename", ""):
        form.file.errors = ["请选名单文件"]
        return _page(event, form), 422
    try:
        rows = roster.read(read_cells(upload.read(), upload.filename))
    except TableRefused as refused:
        form.file.errors = [refused.message]
        return _page(event, form), 422
    with transaction():
        event = shown_event(event_id)
        organization = mine.organization if mine and mine.organization.kind.value == "school" else None
        result = registering.import_rows(event, rows, upload.filename, by=me(), organization=organization)
    return redirect(url_for("events.imported", event_id=event_id, import_id=result.id), 303)


def _own_import(event_id: int, import_id: int) -> RegistrationImport:
    event, found = shown_event(event_id), queries.import_of(import_id)
    school_id = _seen_school(event)
    if found is None or found.event_id != event_id or (school_id and found.organization_id != school_id):
        abort(404)
    return found


@bp.get("/organize/events/<int:event_id>/imports/<int:import_id>")
@organizers
def imported(event_id: int, import_id: int) -> str:
    result = _own_import(event_id, import_id)
    return render_template(
        "events/imported.html",
        event=shown_event(event_id),
        result=result,
        rejected=result.rejected[:SHOWN],
        header=roster.HEADER,
    )


@bp.get("/organize/events/<int:event_id>/imports/<int:import_id>/rejected.xlsx")
@organizers
def rejected_people(event_id: int, import_id: int) -> Plain:
    """The refused rows with their reasons, ready to be mended and handed in again."""
    result = _own_import(event_id, import_id)
    rows = [
        [*(row["fields"].get(column, "") for column in roster.HEADER), row["row"], "；".join(row["problems"])]
        for row in result.rejected
    ]
    return attached(
        write_xlsx([*roster.HEADER, "原来的行", "为什么不收"], rows, "不收的行"), f"rejected-{result.id}.xlsx"
    )


@bp.get("/organize/events/<int:event_id>/people.xlsx")
@organizers
def people_list(event_id: int) -> Plain:
    """The list as a table, with who came; a school gets its own rows."""
    event = shown_event(event_id)
    rows = list(db.session.scalars(queries.people_of(event, school_id=_seen_school(event))))
    came = queries.check_ins_of(row.id for row in rows)
    header = [*roster.HEADER, "入场号码", "入场券", "签到时间"]
    table = [
        [
            r.name,
            r.phone,
            r.school,
            r.major,
            r.graduation_year,
            r.code,
            url_for("events.ticket", link=tickets.link_of(r.id), _external=True),
            came[r.id].at if r.id in came else None,
        ]
        for r in rows
    ]
    return attached(write_xlsx(header, table, "报名名单"), f"people-{event_id}.xlsx")


@bp.post("/organize/events/<int:event_id>/people/<int:registration_id>/attend")
@only(Role.ORGANIZER, Role.OFFICE, Role.ADMIN)
def attend(event_id: int, registration_id: int) -> Response:
    """Attendance ticked by hand."""
    event, registration = shown_event(event_id), db.session.get(Registration, registration_id)
    authorize(policy.can_organize(me(), membership(), event))
    if registration is None or registration.event_id != event_id:
        abort(404)
    with transaction():
        door = checking_in.Door("名单", "organizer", now())
        attempt = checking_in.Attempt(registration.code, f"list-{registration_id}")
        key = tickets.private_key().public_key()
        answer = checking_in.check_in(shown_event(event_id), [attempt], door, key)[0]
        is_in = answer.verdict in {checking_in.Verdict.WELCOME, checking_in.Verdict.ALREADY}
        text = f"{checking_in.TITLES[answer.verdict]}：{registration.name}"
    flash(text, "success" if is_in else "warning")
    return redirect(url_for("events.people", event_id=event_id), 303)
