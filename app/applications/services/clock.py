"""What the clock does: reminders that are sent once, invitations and offers that run out.

Each function is a job of every minute: it looks for a few rows and settles each in a transaction of
its own, so that it may be stopped anywhere and run again.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Select, select

from app.applications.kinds import SYSTEM
from app.applications.models import Application, Interview, InterviewState, Offer, OfferState, Stage
from app.applications.services.interviewing import when_words
from app.applications.services.moving import move, tell_employer, tell_seeker
from app.core.county_time import today
from app.core.db import db, now, transaction

AT_ONCE = 50
NUDGE_SEEKER_AFTER = timedelta(hours=24)
NUDGE_EMPLOYER_AFTER = timedelta(days=7)
T = TypeVar("T", Application, Interview, Offer)


def _settle(model: type[T], due: Select[int], act: Callable[[T], None]) -> int:
    """Act on each row that is still due once its transaction holds the write lock."""
    settled = 0
    for key in db.session.scalars(due.limit(AT_ONCE)).all():
        with transaction() as session:
            is_due = session.scalar(due.where(model.id == key))
            row = session.get(model, key) if is_due else None
            if row is not None:
                act(row)
                settled += 1
    return settled


def remind_of_interviews() -> int:
    """Tell both sides a day and an hour before it starts, unless an offer has been accepted meanwhile."""
    is_agreed = (
        select(Offer.id)
        .where(Offer.application_id == Interview.application_id, Offer.state == OfferState.ACCEPTED)
        .exists()
    )
    settled = 0
    for name, ahead in (("hour_reminded_at", timedelta(hours=1)), ("day_reminded_at", timedelta(days=1))):
        due = select(Interview.id).where(
            Interview.state == InterviewState.ACCEPTED,
            Interview.starts_at > now(),
            Interview.starts_at <= now() + ahead,
            getattr(Interview, name).is_(None),
            ~is_agreed,
        )
        settled += _settle(Interview, due, _remind)
    return settled


def _remind(interview: Interview) -> None:
    application = interview.application
    if interview.starts_at is None:
        return
    left = interview.starts_at - now()
    interview.day_reminded_at = interview.day_reminded_at or now()
    if left <= timedelta(hours=1):
        interview.hour_reminded_at = now()
    when, title = when_words(interview.starts_at), application.posting.title
    tell_seeker(
        application, f"提醒：{when} 有「{title}」的面试，{interview.mode}，{interview.place}", is_sent=True
    )
    tell_employer(
        application,
        f"提醒：{when} 面试{application.person.name}，「{title}」，{interview.mode}",
        is_sent=True,
    )


def nudge_seekers() -> int:
    """Remind once of an invitation nobody answered and of an offer that runs out tomorrow."""
    invited = select(Interview.id).where(
        Interview.state == InterviewState.PROPOSED,
        Interview.nudged_at.is_(None),
        Interview.proposed_at <= now() - NUDGE_SEEKER_AFTER,
        Interview.last_slot_at > now(),
    )
    offered = select(Offer.id).where(
        Offer.state == OfferState.OPEN,
        Offer.nudged_at.is_(None),
        Offer.answer_by <= today() + timedelta(days=1),
        Offer.answer_by >= today(),
    )
    return _settle(Interview, invited, _nudge_invited) + _settle(Offer, offered, _nudge_offered)


def _nudge_invited(interview: Interview) -> None:
    interview.nudged_at = now()
    title = interview.application.posting.title
    tell_seeker(interview.application, f"「{title}」的面试时间还等你选", is_sent=True)


def _nudge_offered(offer: Offer) -> None:
    offer.nudged_at = now()
    title = offer.application.posting.title
    tell_seeker(
        offer.application, f"「{title}」的录用通知{offer.answer_by:%-m月%-d日}截止，请答复", is_sent=True
    )


def nudge_employers() -> int:
    """Remind the employer once of an application without an answer for a week."""
    due = select(Application.id).where(
        Application.stage.in_((Stage.SUBMITTED, Stage.VIEWED)),
        Application.nudged_at.is_(None),
        Application.moved_at <= now() - NUDGE_EMPLOYER_AFTER,
    )
    return _settle(Application, due, _nudge_employer)


def _nudge_employer(application: Application) -> None:
    application.nudged_at = now()
    text = f"{application.person.name}投递「{application.posting.title}」一周了还没有答复，请尽快处理"
    tell_employer(application, text)


def lapse_invitations() -> int:
    """An invitation whose last slot is past is over; both sides are told."""
    due = select(Interview.id).where(
        Interview.state == InterviewState.PROPOSED, Interview.last_slot_at <= now()
    )
    return _settle(Interview, due, _lapse_invitation)


def _lapse_invitation(interview: Interview) -> None:
    interview.state, interview.ended_at = InterviewState.LAPSED, now()
    application = interview.application
    title = application.posting.title
    tell_seeker(application, f"「{title}」的面试邀约过期了，还想去可以在沟通里请公司再约")
    tell_employer(application, f"{application.person.name}没有选「{title}」的面试时间，邀约已过期")


def lapse_offers() -> int:
    """An offer that nobody answered in time leads back to the shortlist."""
    due = select(Offer.id).where(Offer.state == OfferState.OPEN, Offer.answer_by < today())
    return _settle(Offer, due, _lapse_offer)


def _lapse_offer(offer: Offer) -> None:
    move(offer.application, "lapse", SYSTEM, None, "过了答复期限")
