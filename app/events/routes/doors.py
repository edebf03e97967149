"""The doors: links for helpers, the check-in page with and without camera, walk-ins.

Whoever holds a door's link checks people in; there is no session. The link is the whole authority, so the page asks
for no cookie and the JSON view needs no CSRF token: a foreign page does not know the address.
"""

import base64
import io
import secrets
from datetime import UTC, datetime
from threading import Lock
from typing import Any

import segno
from flask import Response as Plain
from flask import abort, current_app, flash, jsonify, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.core import crypto
from app.core.db import db, now, transaction
from app.core.errors import DomainError
from app.core.extensions import csrf
from app.core.guard import public
from app.core.limits import limiter
from app.core.presentation import iso
from app.events import queries, tickets
from app.events.forms import WalkInForm
from app.events.kinds import KINDS, SHARE_REASONS, kind_of
from app.events.models import Event, HelperLink, RegistrationSource
from app.events.queries.doors import door_of, doors_of
from app.events.routes.blueprint import bp, me, own_event
from app.events.routes.manage import organizers, tabs_of
from app.events.services import checking_in, registering

View = str | Response | tuple[str, int]
MOST_SENT = checking_in.MOST_AT_ONCE
_in_turn = Lock()  # threads of one process wait here, in turn, and not in SQLite's busy handler, which sleeps


@bp.get("/organize/events/<int:event_id>/doors")
@organizers
def doors(event_id: int) -> str:
    return _doors(own_event(event_id))


def _drawing(link: str) -> Markup:
    file = io.BytesIO()
    segno.make_qr(link, error="m").save(
        file, kind="svg", border=2, light="white", xmldecl=False, omitsize=True
    )
    return Markup(file.getvalue().decode())  # noqa: S704 - rows of a drawing, made here


class DoorClosed(DomainError):
    status = 404
    message = "这个签到链接不能用：已经停用，或者地址不完整。请向主办方要新的链接"


def _doors(event: Event, link: str = "") -> str:
    return render_template(
        "events/doors.html",
        event=event,
        kind=KINDS[event.kind],
        tabs=tabs_of(event, "doors"),
        links=doors_of(event),
        link=link,
        drawing=_drawing(link) if link else "",
        counts=queries.counts_of(event),
    )


@bp.post("/organize/events/<int:event_id>/doors")
@organizers
def open_door(event_id: int) -> str:
    """A new link for one door; shown once."""
    event, token = own_event(event_id), secrets.token_urlsafe(18)
    door = (request.form.get("door") or "").strip()[:20] or "大门"
    with transaction() as session:
        session.add(
            HelperLink(event_id=event.id, token_digest=crypto.digest(token), door=door, made_by_id=me().id)
        )
    address = current_app.config["SERVER_URL"].rstrip("/") + url_for("events.door", token=token)
    return _doors(own_event(event_id), address)


@bp.post("/organize/events/<int:event_id>/doors/<int:link_id>/close")
@organizers
def close_door(event_id: int, link_id: int) -> Response:
    own_event(event_id)
    with transaction():
        link = db.session.get(HelperLink, link_id)
        if link is None or link.event_id != event_id:
            abort(404)
        link.ended_at = link.ended_at or now()
    flash("链接停用了", "success")
    return redirect(url_for("events.doors", event_id=event_id), 303)


def door_behind(token: str) -> HelperLink:
    found = door_of(crypto.digest(token))
    if found is None:
        raise DoorClosed
    return found


def _is_self_service() -> bool:
    """Whether the page stands on a tablet by itself: no name stays on it, and no phone number, which others know, opens it."""
    return request.args.get("mode") == "self"


@bp.route("/door/<token>", methods=["GET", "POST"])
@csrf.exempt
@public
@limiter.limit("6000/hour", methods=["POST"])
def door(token: str) -> str:
    """The helper's page. Without a script the code is typed and the answer comes as a page."""
    link, answer = door_behind(token), None
    if request.method == "POST":
        attempt = checking_in.Attempt(request.form.get("shown", "")[:200], crypto.new_token())
        answer = _check_in(token, [attempt], {})[0][0]
        link = door_behind(token)
    return render_template(
        "events/door.html",
        event=link.event,
        link=link,
        token=token,
        answer=answer,
        inside=queries.attended_count(link.event),
        registered=queries.registered_count(link.event),
        key=base64.b64encode(tickets.public_bytes()).decode(),
        is_over=link.event.is_over(now()),
        is_self_service=_is_self_service(),
    )


def _check_in(
    token: str, attempts: list[checking_in.Attempt], said: dict[str, Any]
) -> tuple[list[dict[str, Any]], int, int | None]:
    """Plain answers in order, how many are inside and how many more may come in: nothing is read after the commit."""
    received = now()
    sent = _moment(said.get("now"))
    key = tickets.private_key().public_key()
    read = checking_in.read(attempts, key, takes_phones=not _is_self_service())
    with _in_turn, transaction():
        link = door_behind(token)
        place = checking_in.Door(
            link.door,
            str(said.get("device") or "")[:60],
            received,
            (received - sent) if sent else received - received,
        )
        answers = checking_in.check_in(link.event, attempts, place, key, read)
        inside, capacity = queries.attended_count(link.event), link.event.capacity
        left = None if capacity is None else max(0, capacity - inside)
        return [_plain(answer) for answer in answers], inside, left


def _moment(text: Any) -> datetime | None:
    """A device's moment as ISO 8601 with zone; anything else is none."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@bp.post("/door/<token>/check-ins")
@csrf.exempt
@public
@limiter.exempt
def check_ins(token: str) -> Plain | tuple[Plain, int]:
    """Tickets as JSON, {device, now, tickets: [{shown, key, at, queued}]}; an answer for each, in order."""
    said = request.get_json(silent=True)
    shown = said.get("tickets") if isinstance(said, dict) else None
    if (
        not isinstance(shown, list)
        or len(shown) > MOST_SENT
        or not all(isinstance(each, dict) for each in shown)
    ):
        return jsonify(error="tickets: a list of at most 500"), 400
    attempts = [
        checking_in.Attempt(
            str(each.get("shown") or "")[:200],
            str(each.get("key") or "")[:64] or crypto.new_token(),
            _moment(each.get("at")),
            bool(each.get("queued")),
        )
        for each in shown
    ]
    answers, inside, left = _check_in(token, attempts, said)
    return jsonify(answers=answers, inside=inside, left=left)


def _plain(answer: checking_in.Answer) -> dict[str, Any]:
    registration = answer.registration
    return {
        "key": answer.key,
        "verdict": answer.verdict,
        "title": checking_in.TITLES[answer.verdict],
        "words": checking_in.words(answer),
        "name": registration.name if registration else "",
        "school": registration.school if registration else "",
        "at": iso(answer.at),
        "door": answer.door,
    }


@bp.route("/door/<token>/walk-in", methods=["GET", "POST"])
@csrf.exempt
@public
@limiter.limit("2000/hour", methods=["POST"])
def walk_in(token: str) -> View:
    """Somebody without a ticket: name and phone, and in."""
    link, form, answer = door_behind(token), WalkInForm(), None
    if form.validate_on_submit():
        visitor = registering.Visitor(
            form.name.data,
            form.phone.data,
            form.school.data or "",
            shares=tuple(form.shares.data or ()),
        )
        with transaction():
            link = door_behind(token)
            registration, _ = registering.register(link.event, visitor, source=RegistrationSource.WALK_IN)
            place = checking_in.Door(link.door, "walk-in", now())
            attempt = checking_in.Attempt(registration.code, crypto.new_token())
            answer = checking_in.check_in(link.event, [attempt], place, tickets.private_key().public_key())[0]
            ticket = url_for("events.ticket", link=tickets.link_of(registration.id))
        return render_template(
            "events/walked_in.html",
            answer=answer,
            words=checking_in.words(answer),
            titles=checking_in.TITLES,
            link=door_behind(token),
            token=token,
            ticket=ticket,
            is_self_service=_is_self_service(),
        )
    page = render_template(
        "events/walk_in.html",
        event=link.event,
        link=link,
        token=token,
        form=form,
        share_reasons=SHARE_REASONS,
        kind=kind_of(link.event.kind),
        is_self_service=_is_self_service(),
    )
    return page, 422 if request.method == "POST" else 200
