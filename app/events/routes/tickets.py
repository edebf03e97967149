"""The ticket page: QR code, short code, what it shares, how to give it back."""

import io

import segno
from flask import Response as Plain
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core.db import now, paginate, transaction
from app.core.guard import Role, only, public
from app.core.limits import limiter
from app.core.passes import Pass
from app.core.presentation import clock, day
from app.core.typesetting import NoChineseFont, NotSet
from app.events import pictures, policy, queries, tickets
from app.events.forms import SharesForm
from app.events.kinds import SHARE_REASONS, kind_of
from app.events.models import Meeting, MeetingState, Registration
from app.events.queries.attending import next_of_person
from app.events.queries.meeting import meetings_of_registration, wishes_of
from app.events.routes.blueprint import bp, me, me_or_none
from app.events.routes.people import attached
from app.events.routes.public import registration_behind
from app.events.services import registering


def qr_of(registration: Registration) -> segno.QRCode:
    """The signed ticket; correction level M stands a creased or dirty print."""
    token = tickets.write(registration.event_id, registration.serial, tickets.private_key())
    return segno.make_qr(token, error="m")


def next_pass(person_id: int) -> Pass | None:
    """What the résumé shows of the next gathering's ticket."""
    found = next_of_person(person_id, now())
    if found is None:
        return None
    event, file = found.event, io.BytesIO()
    qr_of(found).save(file, kind="svg", border=2)
    return Pass(
        title=event.title,
        when=f"{day(event.starts_at)} {clock(event.starts_at)}",
        code=found.code,
        drawing=file.getvalue().decode(),
        address=url_for("events.ticket", link=tickets.link_of(found.id)),
    )


@bp.get("/tickets/<link>")
@public
def ticket(link: str) -> str:
    registration = registration_behind(link)
    return render_template(
        "events/ticket.html",
        registration=registration,
        event=registration.event,
        kind=kind_of(registration.event.kind),
        link=link,
        is_good=policy.is_good(registration),
        lets_in=_still_lets_in(registration),
        check_in=queries.check_in_of(registration),
        meetings=_shown_meetings(registration),
        wishes=[] if registration.event.scheduled_at else wishes_of(registration),
        can_answer=policy.is_good(registration)
        and registration.event.starts_at <= now()
        and not queries.has_answered(registration),
        now=now(),
    )


def _still_lets_in(registration: Registration) -> bool:
    return policy.is_good(registration) and not registration.event.is_over(now())


def _shown_meetings(registration: Registration) -> list[Meeting]:
    """Numbers in a queue at once, planned interviews when the schedule is published."""
    is_published = registration.event.scheduled_at is not None
    return [
        each
        for each in meetings_of_registration(registration)
        if is_published or each.state is not MeetingState.PLANNED
    ]


@bp.get("/tickets/<link>/qr.<any(svg,png):form>")
@public
def ticket_qr(link: str, form: str) -> Plain:
    registration, file = registration_behind(link), io.BytesIO()
    if not _still_lets_in(registration):
        abort(404)
    if request.args.get("save") is not None and form == "png":
        return _kept(registration)
    qr_of(registration).save(file, kind=form, scale=10 if form == "png" else 4, border=4)
    return Plain(file.getvalue(), mimetype="image/png" if form == "png" else "image/svg+xml")


def _kept(registration: Registration) -> Plain:
    """The whole ticket as a picture; the bare code where no picture can be set."""
    try:
        data = pictures.picture_of(registration, qr_of(registration))
    except (NoChineseFont, NotSet):
        file = io.BytesIO()
        qr_of(registration).save(file, kind="png", scale=10, border=4)
        data = file.getvalue()
    return attached(data, f"ticket-{registration.code}.png", "image/png")


@bp.route("/tickets/<link>/shares", methods=["GET", "POST"])
@public
@limiter.limit("600/hour", methods=["POST"])
def share(link: str) -> str | Response:
    """What booths that scan the ticket may see: given, changed and taken back here."""
    registration, form = registration_behind(link), SharesForm()
    if form.validate_on_submit():
        with transaction():
            registering.share(registration_behind(link), form.shares.data or [], me_or_none())
        flash("存好了", "success")
        return redirect(url_for("events.ticket", link=link), 303)
    if request.method == "GET":
        form.shares.data = list(registration.shares)
    return render_template(
        "events/share.html",
        event=registration.event,
        form=form,
        link=link,
        share_reasons=SHARE_REASONS,
        sentence=registering.consent_sentence(registration.event, ()),
    )


@bp.route("/tickets/<link>/cancel", methods=["GET", "POST"])
@public
def cancel_ticket(link: str) -> str | Response:
    registration = registration_behind(link)
    if request.method == "POST":
        with transaction():
            registering.cancel(registration_behind(link))
        flash("报名取消了，名额让给了别人", "success")
        return redirect(url_for("events.show", event_id=registration.event_id), 303)
    return render_template(
        "confirm.html",
        title="取消报名？",
        text="取消后这张入场券不能再用。还有名额时可以重新报名。",
        action=request.path,
        yes="取消报名",
        back=url_for("events.ticket", link=link),
    )


@bp.get("/me/events")
@only(Role.SEEKER)
def mine() -> str:
    """A seeker's own tickets."""
    page = paginate(queries.of_user(me()), number=request.args.get("page", 1, type=int))
    return render_template("events/mine.html", page=page, link_of=tickets.link_of, now=now())
