"""Enterprises, as the organizer handles them: invite, decide, give booths, note who stayed away."""

from flask import Response as Plain
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core.db import db, now, transaction
from app.events import sheets
from app.events.forms import InviteForm
from app.events.kinds import kind_of
from app.events.models import Booth, Event, Exhibitor
from app.events.queries import exhibiting as queries
from app.events.queries import halls
from app.events.routes.blueprint import bp, own_event
from app.events.routes.manage import organizers, tabs_of
from app.events.routes.people import attached
from app.events.services import exhibiting, placing

DECIDED = {
    "approve": "{name}通过了，已经通知",
    "return": "{name}退回了，已经通知",
    "wait": "{name}列入候补了，已经通知",
    "withdraw": "{name}的邀请收回了，已经通知",
    "invite": "又邀请了{name}，已经通知",
}
View = str | Response | tuple[str, int]


def _page(
    event: Event,
    form: InviteForm,
    result: exhibiting.Invited | None = None,
    *,
    refused: tuple[int, str] = (0, ""),
) -> str:
    """*refused*: which exhibitor could not be decided, and why."""
    exhibitors = queries.exhibitors_of(event)
    return render_template(
        "events/exhibitors.html",
        event=event,
        kind=kind_of(event.kind),
        tabs=tabs_of(event, "exhibitors"),
        exhibitors=exhibitors,
        posts=queries.posts_of(each.id for each in exhibitors),
        booths=halls.booths_of(event),
        absences=queries.no_shows_before(event),
        suspended={each.id for each in exhibitors if exhibiting.is_suspended(each)},
        form=form,
        result=result,
        refused=refused,
        takers={each.booth_id: each for each in exhibitors if each.booth_id},
        has_begun=event.starts_at <= now(),
    )


@bp.get("/organize/events/<int:event_id>/exhibitors")
@organizers
def exhibitors(event_id: int) -> str:
    return _page(own_event(event_id), InviteForm(formdata=None))


@bp.post("/organize/events/<int:event_id>/exhibitors/invite")
@organizers
def invite(event_id: int) -> View:
    event, form = own_event(event_id), InviteForm()
    if not form.validate_on_submit():
        return _page(event, form), 422
    with transaction():
        result = exhibiting.invite(own_event(event_id), form.names.data.splitlines())
    return _page(own_event(event_id), InviteForm(formdata=None), result)


def _exhibitor(event_id: int, exhibitor_id: int) -> Exhibitor:
    own_event(event_id)
    found = db.session.get(Exhibitor, exhibitor_id)
    if found is None or found.event_id != event_id:
        abort(404)
    return found


def _back(event_id: int, exhibitor_id: int | None = None) -> Response:
    anchor = f"#x{exhibitor_id}" if exhibitor_id else ""
    return redirect(url_for("events.exhibitors", event_id=event_id) + anchor, 303)


@bp.post("/organize/events/<int:event_id>/exhibitors/<int:exhibitor_id>/decide")
@organizers
def decide(event_id: int, exhibitor_id: int) -> View:
    verb = request.form.get("verb", "")
    try:
        with transaction():
            found = _exhibitor(event_id, exhibitor_id)
            exhibiting.decide(found, verb, request.form.get("reason", ""))
            name = found.organization.name
    except exhibiting.ReasonMissing as refused:
        page = _page(own_event(event_id), InviteForm(formdata=None), refused=(exhibitor_id, refused.message))
        return page, refused.status
    flash(DECIDED[verb].format(name=name), "success")
    return _back(event_id, exhibitor_id)


@bp.post("/organize/events/<int:event_id>/exhibitors/<int:exhibitor_id>/booth")
@organizers
def place(event_id: int, exhibitor_id: int) -> Response | tuple[str, int]:
    """Give, change or take the booth: by the list's select, or by dragging on the map."""
    wanted = request.form.get("booth", type=int)
    with transaction():
        found = _exhibitor(event_id, exhibitor_id)
        booth = db.session.get(Booth, wanted) if wanted else None
        if wanted and (booth is None or booth.event_id != event_id):
            abort(404)
        moved = placing.place(found, booth)
        _say_placed(found, moved)
    if request.form.get("from") == "map":
        hall = booth.hall_id if booth is not None else None
        return redirect(url_for("events.halls", event_id=event_id, hall=hall), 303)
    return _back(event_id, exhibitor_id)


def _say_placed(found: Exhibitor, moved: Exhibitor | None) -> None:
    name = found.organization.name
    if found.booth is None:
        flash(f"{name}的展位收回了", "success")
        return
    flash(f"{name}的展位是 {found.booth.number}", "success")
    if moved is not None:
        other, number = moved.organization.name, moved.booth.number if moved.booth is not None else ""
        flash(f"{other}换到了 {number}" if number else f"{other}现在没有展位", "warning")
    if placing.is_too_small(found):
        wanted, number, cells = found.wishes["cells"], found.booth.number, found.booth.cells
        flash(f"{name}要{wanted}格，{number} 只有{cells}格", "warning")


@bp.post("/organize/events/<int:event_id>/exhibitors/<int:exhibitor_id>/absent")
@organizers
def absent(event_id: int, exhibitor_id: int) -> Response:
    with transaction():
        is_absent = request.form.get("absent") == "1"
        exhibiting.note_no_show(_exhibitor(event_id, exhibitor_id), is_absent=is_absent)
    return _back(event_id, exhibitor_id)


@bp.post("/organize/events/<int:event_id>/allocate")
@organizers
def allocate(event_id: int) -> Response:
    """One click: a booth for everybody who has none."""
    with transaction():
        choices = placing.allocate(own_event(event_id))
    placed = sum(choice.place_id is not None for choice in choices)
    flash(
        f"分好了{placed}家" + (f"，{len(choices) - placed}家没有合适的展位" if placed < len(choices) else ""),
        "success",
    )
    return _back(event_id)


@bp.route("/organize/events/<int:event_id>/clear-booths", methods=["GET", "POST"])
@organizers
def clear_booths(event_id: int) -> View:
    own_event(event_id)
    if request.method == "POST":
        with transaction():
            count = placing.clear(own_event(event_id))
        flash(f"收回了{count}个展位", "success")
        return _back(event_id)
    return render_template(
        "confirm.html",
        title="收回全部展位？",
        text="每家企业都会收到通知。再分的时候，展位可能和现在不一样。",
        action=request.path,
        yes="全部收回",
        back=url_for("events.exhibitors", event_id=event_id),
    )


@bp.get("/organize/events/<int:event_id>/posts.pdf")
@organizers
def post_sheet(event_id: int) -> Plain:
    """Every post in booth order, for printing."""
    event = own_event(event_id)
    shown = queries.public_exhibitors(event)
    data = sheets.write(event, shown, queries.posts_of(each.id for each in shown))
    return attached(data, f"posts-{event_id}.pdf", "application/pdf")
