"""Moves of an application along the pipeline of its posting's kind; the only place that sets a stage."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from app.accounts.models import User
from app.applications import policy, queries
from app.applications.kinds import EMPLOYER, SEEKER, STAGES, Step, step_of, workflow_of
from app.applications.models import Application, Interview, InterviewState, OfferState, Stage, StageMove
from app.core import audit
from app.core.db import db, now
from app.core.errors import DomainError, NotAllowed
from app.core.workflow import MoveNotPossible
from app.notifications.services import notify
from app.organizations.models import Membership
from app.people.services import record_view
from app.postings.models import Posting
from app.postings.queries import writers

LONGEST_REASON = 500
MOST_AT_ONCE = 200


class EmployerSuspended(DomainError):
    status = 403
    message = "单位已停用：可以查看，不能处理投递、发消息或约面试。请联系县人才办"


class ApplicationChanged(DomainError):
    """What the person decided on is no longer so."""

    message = "对方刚刚有了动作，请刷新页面看过再决定"


class ReasonMissing(DomainError):
    status = 422
    message = "请写明原因，应聘者会看到"


@dataclass
class BulkResult:
    moved: list[Application] = field(default_factory=list)
    refused: list[tuple[Application, str]] = field(default_factory=list)  # and why


def seeker_path(application: Application) -> str:
    return f"/applications/{application.id}"


def employer_path(application: Application) -> str:
    return f"/desk/candidates/{application.id}"


def require_handling(application: Application, membership: Membership) -> None:
    """The member may act for the employer now; asked again under the write lock."""
    if not policy.can_read(membership, application):
        raise NotAllowed
    if policy.is_suspended(membership):
        raise EmployerSuspended


def tell_employer(application: Application, text: str, *, is_sent: bool = False) -> None:
    for user in writers(application.posting):
        notify(user, text, employer_path(application), by_message=is_sent)


def tell_seeker(application: Application, text: str, *, is_sent: bool = False) -> None:
    notify(application.person.user, text, seeker_path(application), by_message=is_sent)


def move(
    application: Application,
    verb: str,
    who: str,
    by: User | None,
    reason: str | None = None,
    *,
    tells: str = "",
) -> Step:
    """Take one step: check it, set the stage, close what it ends, tell the other side.

    `tells` replaces the words of the table where the caller knows more.

    Raises
    ------
    MoveNotPossible
        The table has no such step from here, or an offer stands in its way.
    """
    target = workflow_of(application.posting.kind).target(application.stage, verb, who)
    step = step_of(application.posting.kind, verb)
    offer = queries.live_offer(application)
    if (offer.state if offer else None) not in step.offer:
        raise MoveNotPossible
    reason = (reason or "").strip()[:LONGEST_REASON] or None
    if step.needs_reason and reason is None:
        raise ReasonMissing
    if application.stage is not target:
        _set_stage(application, target, by, reason)
    if offer is not None and step.offer_becomes is not None:
        offer.state, offer.answered_at = step.offer_becomes, now()
    if step.ends:
        _call_off_interviews(application)
    audit.about(application)
    _tell(application, step, who, tells)
    return step


def _set_stage(application: Application, target: Stage, by: User | None, reason: str | None) -> None:
    row = StageMove(
        application_id=application.id,
        from_stage=application.stage,
        to_stage=target,
        reason=reason,
        moved_by_id=by.id if by else None,
    )
    db.session.add(row)
    application.stage = target
    application.rejection_reason = reason if target is Stage.REJECTED else None
    application.moved_at = now()
    application.nudged_at = None


def _call_off_interviews(application: Application) -> None:
    pending = select(Interview).where(
        Interview.application_id == application.id,
        Interview.state.in_((InterviewState.PROPOSED, InterviewState.ACCEPTED)),
    )
    for interview in db.session.scalars(pending):
        if interview.starts_at is None or interview.starts_at > now():
            interview.state, interview.starts_at = InterviewState.CANCELLED, None
            interview.ended_at = now()


def _tell(application: Application, step: Step, who: str, tells: str) -> None:
    posting = application.posting
    text = (tells or step.tells).format(
        posting=posting.title, employer=posting.organization.name, name=application.person.name
    )
    if not text:
        return
    if who != SEEKER:
        tell_seeker(application, text, is_sent=step.is_sent)
    if who != EMPLOYER:
        tell_employer(application, text, is_sent=step.is_sent)


def take(
    application: Application, verb: str, membership: Membership, *, reason: str = "", seen_version: int
) -> Step:
    """A step that the employer decides on, having seen the application as it was at `seen_version`."""
    require_handling(application, membership)
    require_seen(application, seen_version)
    return move(application, verb, EMPLOYER, membership.user, reason)


def require_seen(application: Application, seen_version: int) -> None:
    """The page that the decision was taken on still shows what is so."""
    if seen_version != application.version:
        label = STAGES[application.stage].label
        raise ApplicationChanged(
            f"打开页面以后，这份投递有了变化，现在是「{label}」。这一步没有做，请看过最新情况再决定"
        )


def view(application: Application, membership: Membership) -> None:
    """Opening a new application marks it as looked at, and the seeker sees by whom."""
    if application.stage is Stage.SUBMITTED and policy.can_handle(membership, application):
        move(application, "view", EMPLOYER, membership.user)
        record_view(application.person, application.posting.organization)


def take_many(
    chosen: Sequence[tuple[int, int]], verb: str, membership: Membership, *, reason: str = ""
) -> BulkResult:
    """One step for many, given as (id, seen version). What cannot be moved is named, the rest is moved."""
    if policy.is_suspended(membership):
        raise EmployerSuspended
    versions = dict(chosen[:MOST_AT_ONCE])
    rows = db.session.scalars(
        select(Application)
        .join(Application.posting)
        .where(Application.id.in_(versions), Posting.organization_id == membership.organization_id)
        .options(*queries.WHOLE)
        .order_by(Application.id)
    ).unique()
    result = BulkResult()
    for application in rows:
        try:
            take(application, verb, membership, reason=reason, seen_version=versions[application.id])
        except DomainError as error:
            result.refused.append((application, error.message))
        else:
            result.moved.append(application)
    return result


def open_offer_state(application: Application) -> OfferState | None:
    offer = queries.live_offer(application)
    return offer.state if offer else None
