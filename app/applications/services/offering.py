"""Offers: terms with a deadline, and the seeker's answer."""

from datetime import date

from app.accounts.models import User
from app.applications import policy, queries
from app.applications.kinds import EMPLOYER, SEEKER
from app.applications.models import Application, Offer, OfferState
from app.applications.services.moving import move, require_handling, require_seen, tell_employer
from app.core import audit
from app.core.county_time import today
from app.core.db import db, now
from app.core.errors import DomainError, NotAllowed
from app.organizations.models import Membership


class OfferOver(DomainError):
    message = "这份录用通知已经有了结果，请看看最新状态"


class OfferPastDeadline(DomainError):
    message = "已经过了答复期限，这份录用通知不能再接受。可以在沟通里请公司重新发一份"


class AlreadyOffered(DomainError):
    message = "已经发过录用通知，正在等答复或已被接受"


def make(
    application: Application,
    membership: Membership,
    *,
    salary: int,
    months: int,
    starts_on: date,
    terms: str,
    answer_by: date,
    seen_version: int,
) -> Offer:
    """Offer work; the application moves to the offer stage until the seeker answers."""
    require_handling(application, membership)
    require_seen(application, seen_version)
    if queries.live_offer(application) is not None:
        raise AlreadyOffered
    move(application, "offer", EMPLOYER, membership.user)
    offer = Offer(
        application=application,
        salary=salary,
        months=months,
        starts_on=starts_on,
        terms=terms,
        answer_by=answer_by,
        made_by_id=membership.user_id,
    )
    db.session.add(offer)
    db.session.flush()
    return offer


def accept(offer: Offer, user: User) -> None:
    """The seeker agrees; the stage becomes 已入职 when the employer confirms the first day."""
    _require_open(offer, user)
    if offer.answer_by < today():
        raise OfferPastDeadline
    offer.state, offer.answered_at = OfferState.ACCEPTED, now()
    application = offer.application
    application.seeker_acted_at = now()
    audit.about(application)
    text = f"{application.person.name}接受了「{application.posting.title}」的录用通知，{offer.starts_on:%-m月%-d日}到岗"
    tell_employer(application, text, is_sent=True)


def decline(offer: Offer, user: User, words: str) -> None:
    _require_open(offer, user)
    offer.answer_note = words or None
    move(offer.application, "decline", SEEKER, user, words)


def _require_open(offer: Offer, user: User) -> None:
    if not policy.is_own(user, offer.application):
        raise NotAllowed
    if offer.state is not OfferState.OPEN:
        raise OfferOver
