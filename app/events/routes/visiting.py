"""What a visitor does at the fair: wish for interviews, take a number, answer the survey."""

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core.db import now, transaction
from app.core.guard import Role, only, public
from app.core.limits import limiter
from app.events.models import Event, Exhibitor, Registration
from app.events.queries.meeting import meeting_of
from app.events.routes.blueprint import bp
from app.events.routes.booth import my_exhibitor
from app.events.routes.inside import shown_exhibitor
from app.events.routes.public import registration_behind
from app.events.services import booths, interviewing, surveying

View = str | Response | tuple[str, int]


@bp.post("/tickets/<link>/queue/<int:exhibitor_id>")
@public
@limiter.limit("600/hour")
def queue_up(link: str, exhibitor_id: int) -> Response:
    """Take a number at a booth; the ticket's address is the authority."""
    with transaction():
        registration, exhibitor = _pair(link, exhibitor_id)
        found = booths.queue_up(exhibitor, registration)
        number, event_id = found.number, exhibitor.event_id
    flash(f"你的号是 {number}，叫到时会通知", "success")
    return redirect(url_for("events.booth_posts", event_id=event_id, exhibitor_id=exhibitor_id), 303)


@bp.post("/tickets/<link>/queue/<int:exhibitor_id>/leave")
@public
@limiter.limit("600/hour")
def leave_queue(link: str, exhibitor_id: int) -> Response:
    with transaction():
        registration, exhibitor = _pair(link, exhibitor_id)
        booths.leave(meeting_of(exhibitor, registration))
        event_id = exhibitor.event_id
    flash("号退了，不用再等", "success")
    return redirect(url_for("events.booth_posts", event_id=event_id, exhibitor_id=exhibitor_id), 303)


@bp.post("/tickets/<link>/wish/<int:exhibitor_id>")
@public
@limiter.limit("600/hour")
def wish(link: str, exhibitor_id: int) -> Response:
    """Wish for an interview, or take the wish back."""
    with transaction():
        registration, exhibitor = _pair(link, exhibitor_id)
        interviewing.wish(registration, exhibitor, is_wished=request.form.get("wish") != "0")
        event_id = exhibitor.event_id
    if request.form.get("from") == "ticket":
        return redirect(url_for("events.ticket", link=link, _anchor="wishes"), 303)
    return redirect(url_for("events.booth_posts", event_id=event_id, exhibitor_id=exhibitor_id), 303)


@bp.post("/tickets/<link>/prefer/<int:exhibitor_id>")
@public
@limiter.limit("600/hour")
def prefer(link: str, exhibitor_id: int) -> Response:
    """One step up in the order of one's interview wishes."""
    with transaction():
        interviewing.prefer(registration_behind(link), exhibitor_id)
    return redirect(url_for("events.ticket", link=link, _anchor="wishes"), 303)


def _pair(link: str, exhibitor_id: int) -> tuple[Registration, Exhibitor]:
    registration = registration_behind(link)
    return registration, shown_exhibitor(registration.event_id, exhibitor_id)


@bp.route("/tickets/<link>/survey", methods=["GET", "POST"])
@public
@limiter.limit("600/hour", methods=["POST"])
def survey_visitor(link: str) -> View:
    registration = registration_behind(link)
    if registration.event.starts_at > now():
        abort(404)
    if request.method == "POST":
        if surveying.unanswered(surveying.VISITOR, request.form):
            return _survey(registration.event, surveying.VISITOR), surveying.NotAnswered.status
        with transaction():
            registration = registration_behind(link)
            surveying.answer(registration.event, surveying.VISITOR, request.form, registration=registration)
        flash("谢谢，已经收到", "success")
        return redirect(url_for("events.ticket", link=link), 303)
    return _survey(registration.event, surveying.VISITOR)


def _survey(event: Event, questions: Mapping[str, str]) -> str:
    """The questions; after a slip with what was chosen, and a word beside each that is open."""
    open_ones = surveying.unanswered(questions, request.form) if request.method == "POST" else set()
    return render_template(
        "events/survey.html", event=event, questions=questions, said=request.form, open_ones=open_ones
    )


@bp.route("/exhibits/<int:event_id>/survey", methods=["GET", "POST"])
@only(Role.ENTERPRISE)
def survey_exhibitor(event_id: int) -> View:
    exhibitor = my_exhibitor(event_id)
    if exhibitor.event.starts_at > now() or exhibitor.state.value != "approved":
        abort(404)
    if request.method == "POST":
        if surveying.unanswered(surveying.EXHIBITOR, request.form):
            return _survey(exhibitor.event, surveying.EXHIBITOR), surveying.NotAnswered.status
        with transaction():
            exhibitor = my_exhibitor(event_id)
            surveying.answer(exhibitor.event, surveying.EXHIBITOR, request.form, exhibitor=exhibitor)
        flash("谢谢，已经收到", "success")
        return redirect(url_for("events.booth", event_id=event_id), 303)
    return _survey(exhibitor.event, surveying.EXHIBITOR)
