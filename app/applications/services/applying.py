"""Handing in an application and taking it back."""

from collections.abc import Mapping
from typing import Any

from app.accounts.models import User
from app.applications import consent, queries
from app.applications.kinds import ENDED, SEEKER
from app.applications.models import Application, Stage, StageMove
from app.applications.screening import answered
from app.applications.services.moving import move, tell_employer
from app.core import audit
from app.core.county_time import today
from app.core.db import db, now
from app.core.errors import DomainError
from app.organizations.models import Membership, Standing
from app.people.models import Person, Resume
from app.people.queries import is_blocked, person_of
from app.people.services import take_snapshot
from app.postings import questions
from app.postings.models import Posting, PostingState

ACCOUNT_CLOSED = "账号已注销"
RUNNING = tuple(stage for stage in Stage if stage not in ENDED)


class PostingClosed(DomainError):
    message = "这个职位刚刚停止招聘，没有投出去"


class PostingExpired(PostingClosed):
    message = "这个职位刚刚过了有效期，没有投出去"


class PostingPaused(PostingClosed):
    message = "公司刚刚暂停了这个职位，没有投出去"


class EmployerNotAllowed(PostingClosed):
    message = "这家公司现在不能招聘，没有投出去"


class OwnEmployer(DomainError):
    status = 403
    message = "这是你所在单位的职位，不能投递"


class EmployerIsBlocked(DomainError):
    message = "你屏蔽了这家公司，投递后它能看到你的简历和电话，请先确认"


def consent_for(posting: Posting, user: User) -> str:
    """What the page shows beside the box, and what the application keeps."""
    return consent.sentence(
        posting.organization.name,
        posting.title,
        phone=user.phone,
        email=user.email,
        has_answers=bool(posting.questions),
    )


def check_open(posting: Posting) -> None:
    """Say why a posting takes no applications, where it does not."""
    if posting.is_open(today()):
        return
    if posting.organization.standing is not Standing.VERIFIED:
        raise EmployerNotAllowed
    if posting.state is PostingState.PAUSED:
        raise PostingPaused
    if posting.state is PostingState.EXPIRED or posting.valid_until < today():
        raise PostingExpired
    raise EmployerNotAllowed if posting.state is PostingState.PUBLISHED else PostingClosed


def apply(
    person: Person,
    posting: Posting,
    resume: Resume,
    given: Mapping[str, str],
    *,
    membership: Membership | None = None,
    is_block_lifted: bool = False,
) -> tuple[Application, bool]:
    """Hand in *resume* for *posting*; (application, whether this press made it).

    Pressing again gives the first application back. One that was withdrawn is handed in anew.

    Raises
    ------
    PostingClosed
        It closed, expired or its employer was suspended since the page was opened.
    EmployerIsBlocked
        The person blocked this employer and has not said that they want to apply all the same.
    """
    existing = queries.find(posting, person)
    if existing is not None and existing.stage is not Stage.WITHDRAWN:
        return existing, False
    if membership is not None and membership.organization_id == posting.organization_id:
        raise OwnEmployer
    check_open(posting)
    if not is_block_lifted and is_blocked(person, posting.organization_id):
        raise EmployerIsBlocked
    user = person.user
    handed = {
        "snapshot": take_snapshot(resume),
        "answers": answered(questions.read(posting.questions), given),
        "consent_text": consent_for(posting, user),
        "consented_at": now(),
        "submitted_at": now(),
    }
    application = _hand_in_again(existing, user, handed) if existing else _hand_in(posting, person, handed)
    audit.about(application)
    return application, True


def _hand_in(posting: Posting, person: Person, handed: Mapping[str, Any]) -> Application:
    application = Application(posting=posting, person=person, **handed)
    db.session.add(application)
    db.session.flush()
    db.session.add(
        StageMove(
            application_id=application.id,
            from_stage=None,
            to_stage=application.stage,
            moved_by_id=person.user_id,
        )
    )
    tell_employer(application, f"{person.name}投递了「{posting.title}」")
    return application


def _hand_in_again(application: Application, user: User, handed: Mapping[str, Any]) -> Application:
    for name, value in handed.items():
        setattr(application, name, value)
    move(application, "reapply", SEEKER, user)
    return application


def withdraw(application: Application, user: User, *, reason: str = "") -> None:
    """Take an application back: invitations are called off, an offer is declined, the employer sees no résumé."""
    move(application, "withdraw", SEEKER, user, reason)


def withdraw_all(user: User) -> None:
    """An account is being closed: what still runs is taken back, and each employer hears why nobody will answer."""
    person = person_of(user)
    if person is None:
        return
    for application in list(db.session.scalars(queries.mine(person, RUNNING))):
        move(
            application,
            "withdraw",
            SEEKER,
            user,
            ACCOUNT_CLOSED,
            tells="应聘「{posting}」的人注销了账号，投递已撤回",
        )
