"""Interviews: an invitation with slots, the seeker's choice, what came of it."""

from collections.abc import Sequence
from datetime import datetime

from app.accounts.models import User
from app.applications import policy
from app.applications.kinds import EMPLOYER, RESULTS
from app.applications.models import Application, Interview, InterviewState
from app.applications.services.moving import (
    move,
    require_handling,
    require_seen,
    tell_employer,
    tell_seeker,
)
from app.core import audit
from app.core.db import db, now
from app.core.errors import DomainError, NotAllowed
from app.core.presentation import local
from app.organizations.models import Membership

DAY, HOUR = 24 * 3600, 3600


class AlreadyInvited(DomainError):
    message = "已经有一个邀约在等对方答复，先取消它再发新的"


class InvitationOver(DomainError):
    message = "这个面试邀约已经有了结果，请看看最新状态"


class SlotPassed(DomainError):
    message = "这个时间已经过了，请选别的时间，或者告诉公司都不合适"


class NoSuchSlot(DomainError):
    status = 422
    message = "请从给出的时间里选一个"


class NotHeldYet(DomainError):
    message = "面试还没到时间，结束后再填结果"


def when_words(starts_at: datetime) -> str:
    """The day itself, not 明天: a message is read on another day than it was written."""
    return f"{local(starts_at):%-m月%-d日 %H:%M}"


def propose(
    application: Application,
    membership: Membership,
    *,
    slots: Sequence[datetime],
    minutes: int,
    mode: str,
    place: str,
    note: str,
    seen_version: int,
) -> Interview:
    """Invite the seeker to choose one of *slots*; the application moves to the interview stage."""
    require_handling(application, membership)
    require_seen(application, seen_version)
    if pending(application) is not None:
        raise AlreadyInvited
    move(application, "invite", EMPLOYER, membership.user)
    ordered = sorted(slots)
    interview = Interview(
        application=application,
        slots=[slot.isoformat() for slot in ordered],
        last_slot_at=ordered[-1],
        minutes=minutes,
        mode=mode,
        place=place,
        note=note,
        proposed_by_id=membership.user_id,
    )
    db.session.add(interview)
    db.session.flush()
    return interview


def pending(application: Application) -> Interview | None:
    return (
        db.session.query(Interview)
        .filter_by(application_id=application.id, state=InterviewState.PROPOSED)
        .one_or_none()
    )


def accept_slot(interview: Interview, user: User, slot: str) -> None:
    """The seeker takes one of the slots that still lie ahead."""
    _require_answer(interview, user)
    if slot not in interview.slots:
        raise NoSuchSlot
    starts_at = datetime.fromisoformat(slot)
    left = (starts_at - now()).total_seconds()
    if left <= 0:
        raise SlotPassed
    interview.state, interview.starts_at = InterviewState.ACCEPTED, starts_at
    interview.agreed_slot, interview.answered_at = slot, now()
    interview.day_reminded_at = now() if left <= DAY else None  # it was settled just now: no reminder on top
    interview.hour_reminded_at = now() if left <= HOUR else None
    application = interview.application
    application.seeker_acted_at = now()
    audit.about(application)
    tell_employer(
        application,
        f"{application.person.name}确认了「{application.posting.title}」的面试：{when_words(starts_at)}",
        is_sent=True,
    )


def none_fits(interview: Interview, user: User, words: str) -> None:
    """The seeker can come at none of the slots, and says when."""
    _require_answer(interview, user)
    interview.state, interview.answer_note = InterviewState.DECLINED, words or None
    interview.answered_at = now()
    application = interview.application
    application.seeker_acted_at = now()
    audit.about(application)
    text = f"{application.person.name}说「{application.posting.title}」的面试时间都不合适，请再约"
    tell_employer(application, text, is_sent=True)


def _require_answer(interview: Interview, user: User) -> None:
    if not policy.is_own(user, interview.application):
        raise NotAllowed
    if interview.state is not InterviewState.PROPOSED:
        raise InvitationOver


def call_off(interview: Interview, membership: Membership, reason: str) -> None:
    """The employer takes back an invitation or cancels a settled interview that has not begun."""
    application = interview.application
    require_handling(application, membership)
    if interview.state not in {InterviewState.PROPOSED, InterviewState.ACCEPTED}:
        raise InvitationOver
    if interview.starts_at is not None and interview.starts_at <= now():
        raise InvitationOver("面试已经开始或结束，不能取消，可以填面试结果")
    interview.state, interview.starts_at = InterviewState.CANCELLED, None
    interview.result, interview.ended_at = None, now()
    interview.answer_note = reason or None
    audit.about(application)
    because = f"，原因：{reason}" if reason else ""
    text = f"「{application.posting.title}」的面试取消了{because}"
    tell_seeker(application, text, is_sent=True)


def record_result(interview: Interview, membership: Membership, result: str, words: str) -> None:
    """How it went, for the employer's own eyes."""
    require_handling(interview.application, membership)
    if interview.state is not InterviewState.ACCEPTED or result not in RESULTS:
        raise InvitationOver
    if interview.starts_at is None or interview.starts_at > now():
        raise NotHeldYet
    interview.result = f"{result}：{words}" if words else result
    audit.about(interview.application)
