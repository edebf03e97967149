"""The organizer's desk: plan, checklist, publish, call off, end, record."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, Field

from app.core.county_time import COUNTY_TIME
from app.core.db import now, paginate, transaction
from app.core.errors import EditConflict, authorize
from app.core.guard import Role, only
from app.events import policy, queries
from app.events.forms import (
    AnnouncementForm,
    CopyForm,
    EventForm,
    OutcomeForm,
    ReasonForm,
    TimetableForm,
)
from app.events.kinds import KINDS, kind_of, kinds_for
from app.events.models import Event
from app.events.queries import exhibiting, halls, live
from app.events.routes.blueprint import bp, me, membership, own_event
from app.events.services import planning

View = str | Response | tuple[str, int]
ENDING = "签到、扫码和排队马上停止，还在排队的号作废。结束后不能恢复。"
organizers = only(Role.ORGANIZER, Role.OFFICE, Role.ADMIN)


def organizer_id() -> int | None:
    """In whose name the visitor plans: their organization, or the office."""
    mine = membership()
    authorize(policy.can_start(me(), mine))
    return mine.organization_id if mine is not None and me().role is Role.ORGANIZER else None


def tabs_of(event: Event, current: str) -> list[dict[str, object]]:
    """The parts of one gathering's preparation, those that its kind has."""
    kind = kind_of(event.kind)
    parts = [
        ("manage", "准备", True),
        ("edit", "安排", True),
        ("halls", "展位图", kind.has_booths and not event.is_online),
        ("exhibitors", "企业", kind.has_posts),
        ("people", "报名", True),
        ("schedule", "面试", kind.has_posts),
        ("doors", "签到", True),
        ("report", "总结", True),
    ]
    return [
        {"label": label, "href": url_for(f"events.{name}", event_id=event.id), "current": name == current}
        for name, label, is_shown in parts
        if is_shown
    ]


@bp.get("/organize/events")
@organizers
def organized() -> str:
    mine = membership()
    is_office = me().role in policy.OFFICE
    page = None
    if is_office or mine is not None:
        own = None if is_office or mine is None else mine.organization_id
        page = paginate(queries.organized_by(own), number=request.args.get("page", 1, type=int))
    return render_template(
        "events/organized.html",
        page=page,
        can_start=policy.can_start(me(), mine),
        counts={event.id: queries.counts_of(event) for event in page} if page else {},
        now=now(),
    )


@bp.route("/organize/events/new", methods=["GET", "POST"])
@organizers
def new_event() -> View:
    """Pick a kind, then write the plan."""
    own, kinds = organizer_id(), kinds_for(me().role)
    kind = KINDS.get(request.values.get("kind", ""))
    if kind is None:
        return render_template("events/new.html", kinds=kinds)
    authorize(kind in kinds)
    form = EventForm()
    if form.validate_on_submit():
        with transaction():
            event = planning.create(kind.key, form.values(), by=me(), organizer_id=own)
        flash("存好了。按清单补齐，就可以发布", "success")
        return redirect(url_for("events.manage", event_id=event.id), 303)
    page = render_template("events/edit.html", form=form, kind=kind, event=None, tabs=[])
    return page, 422 if request.method == "POST" else 200


@bp.get("/organize/events/<int:event_id>")
@organizers
def manage(event_id: int) -> str:
    event = own_event(event_id)
    return desk_of(event, AnnouncementForm(formdata=None), TimetableForm(formdata=None))


def desk_of(event: Event, announcement: AnnouncementForm, timetable: TimetableForm) -> str:
    counts = queries.counts_of(event)
    return render_template(
        "events/manage.html",
        event=event,
        kind=kind_of(event.kind),
        tabs=tabs_of(event, "manage"),
        items=planning.checklist_of(event),
        counts=counts,
        states=exhibiting.state_counts(event),
        booths=halls.booth_count(event),
        lines=queries.timetable_of(event),
        announcements=queries.announcements_of(event, 5),
        announcement=announcement,
        timetable=timetable,
        fullness=live.fullness(event, counts.attended),
        ending=ENDING,
        now=now(),
    )


@bp.route("/organize/events/<int:event_id>/edit", methods=["GET", "POST"])
@organizers
def edit(event_id: int) -> View:
    event, form = own_event(event_id), EventForm()
    if form.validate_on_submit():
        try:
            with transaction():
                planning.edit(own_event(event_id), form.values(), seen_version=form.seen_version)
        except EditConflict:
            raise _both_versions(form, own_event(event_id)) from None
        flash("改好了", "success")
        return redirect(url_for("events.manage", event_id=event_id), 303)
    if request.method == "GET":
        form.show(event)
    page = render_template(
        "events/edit.html", form=form, kind=kind_of(event.kind), event=event, tabs=tabs_of(event, "edit")
    )
    return page, 422 if request.method == "POST" else 200


def _both_versions(mine: EventForm, event: Event) -> EditConflict:
    """What I typed beside what somebody else saved, field by field, to choose from."""
    theirs = EventForm(formdata=None)
    theirs.show(event)
    rows: list[Any] = []
    kept: dict[str, str] = {}
    for field in mine:
        if field.name in {"csrf_token", "version"}:
            continue
        typed, saved = _typed(field), _typed(theirs[field.name])
        if typed == saved:
            kept[field.name] = typed
        else:
            label = {"label": field.label.text, "name": field.name, "mine": typed, "theirs": saved}
            rows.append(label)
    back = url_for("events.edit", event_id=event.id)
    if not rows:
        rows = [("内容", "和现在的一样", "和你的一样")]
    return EditConflict(rows, action=back, version=str(event.version), hidden=kept, back=back)


def _typed(field: Field) -> str:
    """A field's value as the form would send it."""
    if isinstance(field, BooleanField):
        return "y" if field.data else ""
    if isinstance(field.data, datetime):
        return field.data.strftime("%Y-%m-%dT%H:%M")
    return "" if field.data is None else str(field.data)


@bp.post("/organize/events/<int:event_id>/publish")
@organizers
def publish(event_id: int) -> Response:
    with transaction():
        planning.publish(own_event(event_id))
    flash("发布了，大家现在能看到", "success")
    return redirect(url_for("events.manage", event_id=event_id), 303)


@bp.route("/organize/events/<int:event_id>/cancel", methods=["GET", "POST"])
@organizers
def cancel_event(event_id: int) -> View:
    event, form = own_event(event_id), ReasonForm()
    if form.validate_on_submit():
        with transaction():
            planning.cancel(own_event(event_id), form.reason.data)
        flash("活动取消了，已经通知报名的人和企业", "success")
        return redirect(url_for("events.manage", event_id=event_id), 303)
    page = render_template("events/cancel.html", event=event, form=form, counts=queries.counts_of(event))
    return page, 422 if request.method == "POST" else 200


@bp.route("/organize/events/<int:event_id>/end", methods=["GET", "POST"])
@organizers
def end_event(event_id: int) -> View:
    event = own_event(event_id)
    if request.method == "POST":
        with transaction():
            planning.end(own_event(event_id))
        flash("活动结束了，可以写总结", "success")
        return redirect(url_for("events.report", event_id=event_id), 303)
    return render_template(
        "confirm.html",
        title="现在结束活动？",
        text=ENDING,
        action=request.path,
        yes="结束活动",
        back=url_for("events.manage", event_id=event.id),
    )


@bp.post("/organize/events/<int:event_id>/announce")
@organizers
def announce(event_id: int) -> View:
    event, form = own_event(event_id), AnnouncementForm()
    if not form.validate_on_submit():
        return desk_of(event, form, TimetableForm(formdata=None)), 422
    with transaction():
        planning.announce(own_event(event_id), form.text.data, by=me())
    flash("公告发出去了", "success")
    return redirect(url_for("events.manage", event_id=event_id), 303)


@bp.route("/organize/events/<int:event_id>/copy", methods=["GET", "POST"])
@organizers
def copy_event(event_id: int) -> View:
    """Last year's gathering as this year's draft."""
    source, form = own_event(event_id), CopyForm()
    if form.validate_on_submit():
        with transaction():
            event = planning.copy(
                own_event(event_id), by=me(), starts_at=form.starts_at.data.replace(tzinfo=COUNTY_TIME)
            )
        flash("照着办了一场新的，名称和时间请再看一遍", "success")
        return redirect(url_for("events.edit", event_id=event.id), 303)
    page = render_template("events/copy.html", event=source, form=form)
    return page, 422 if request.method == "POST" else 200


@bp.route("/organize/events/<int:event_id>/discard", methods=["GET", "POST"])
@organizers
def discard_event(event_id: int) -> View:
    event = own_event(event_id)
    if request.method == "POST":
        with transaction():
            planning.discard(own_event(event_id))
        flash("草稿删掉了", "success")
        return redirect(url_for("events.organized"), 303)
    return render_template(
        "confirm.html",
        title=f"删掉「{event.title}」？",
        text="展位图和日程一起删掉，不能恢复。",
        action=request.path,
        yes="删掉草稿",
        back=url_for("events.manage", event_id=event_id),
    )


@bp.route("/organize/events/<int:event_id>/record", methods=["GET", "POST"])
@organizers
def record(event_id: int) -> View:
    event, form = own_event(event_id), OutcomeForm()
    if form.validate_on_submit():
        with transaction():
            planning.record(own_event(event_id), form.outcome.data or "")
        flash("记录存好了", "success")
        return redirect(url_for("events.report", event_id=event_id), 303)
    if request.method == "GET":
        form.outcome.data = event.outcome
    page = render_template("events/record.html", event=event, form=form, kind=kind_of(event.kind))
    return page, 422 if request.method == "POST" else 200
