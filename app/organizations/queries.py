"""Reads about organizations. None of them writes."""

from datetime import date, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.core.crypto import digest
from app.core.db import db, now
from app.core.errors import DomainError
from app.core.guard import Role
from app.organizations.models import (
    Invitation,
    MemberRole,
    Membership,
    Organization,
    Standing,
    VerificationDecision,
)


class NoOrganization(DomainError):
    status = 403
    message = "还没有加入单位。先登记单位，或者请单位负责人发邀请链接给你"


class MembershipEnded(DomainError):
    status = 403
    message = "你已不在这个单位，看不到它的职位和投递。还要进来，请单位负责人重新邀请你"


LISTED_MEMBERS = 200  # an employer with more is shown its first two hundred


def membership_of(user: User) -> Membership | None:
    """For which organization *user* acts now, with the organization loaded; asked anew at each request."""
    return db.session.scalar(
        select(Membership)
        .where(Membership.user_id == user.id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.organization))
    )


def acting_membership(user: User) -> Membership:
    """The same, or a refusal that says whether the person ever was a member."""
    found = membership_of(user)
    if found is None:
        raise MembershipEnded if was_member(user) else NoOrganization
    return found


def was_member(user: User) -> bool:
    query = select(Membership.id).where(Membership.user_id == user.id).limit(1)
    return db.session.scalar(query) is not None


def by_credit_code(code: str) -> Organization | None:
    return db.session.scalar(select(Organization).where(Organization.credit_code == code))


def members_of(organization: Organization) -> list[Membership]:
    """Who acts for *organization* now, owners first."""
    query = (
        select(Membership)
        .where(Membership.organization_id == organization.id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.user))
        .order_by(Membership.role, Membership.joined_at)
        .limit(LISTED_MEMBERS)
    )
    return list(db.session.scalars(query))


def owner_count(organization: Organization) -> int:
    query = select(func.count()).where(
        Membership.organization_id == organization.id,
        Membership.ended_at.is_(None),
        Membership.role == MemberRole.OWNER,
    )
    return db.session.scalar(query) or 0


def open_invitations(organization: Organization) -> list[Invitation]:
    """Links that still work, the latest first."""
    query = (
        select(Invitation)
        .where(Invitation.organization_id == organization.id, Invitation.expires_at > now())
        .where(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
        .order_by(Invitation.id.desc())
        .limit(LISTED_MEMBERS)
    )
    return list(db.session.scalars(query))


def invitation(token: str) -> Invitation | None:
    """The invitation behind a link, used up or not, with its organization."""
    return db.session.scalar(
        select(Invitation)
        .where(Invitation.token_digest == digest(token))
        .options(joinedload(Invitation.organization))
    )


def decisions_on(organization: Organization) -> list[VerificationDecision]:
    """What the office decided, the latest first."""
    query = (
        select(VerificationDecision)
        .where(VerificationDecision.organization_id == organization.id)
        .options(joinedload(VerificationDecision.decided_by))
        .order_by(VerificationDecision.decided_at.desc())
        .limit(50)
    )
    return list(db.session.scalars(query))


def _waits() -> list:
    return [
        or_(Organization.standing == Standing.SUBMITTED, Organization.renewal_submitted_at.is_not(None)),
        Organization.standing != Standing.SUSPENDED,
    ]


def queue() -> Select[Organization]:
    """What the office has to decide on: new ones and renewals, the longest waiting first."""
    waiting_since = func.coalesce(Organization.renewal_submitted_at, Organization.submitted_at)
    return select(Organization).where(*_waits()).order_by(waiting_since, Organization.id)


def in_standing(standing: Standing, words: str = "") -> Select[Organization]:
    query = select(Organization).where(Organization.standing == standing).order_by(Organization.name)
    if words:
        columns = (Organization.name, Organization.credit_code)
        query = query.where(or_(*(column.icontains(words, autoescape=True) for column in columns)))
    return query


def overdue(today: date) -> Select[Organization]:
    """Verified ones that lost publishing because re-verification is overdue."""
    return (
        select(Organization)
        .where(Organization.standing == Standing.VERIFIED, Organization.verified_until < today)
        .order_by(Organization.verified_until, Organization.id)
    )


def counts(today: date) -> dict[str, int]:
    """How many stand in the queue, in each standing, and overdue; two queries."""
    rows = db.session.execute(select(Organization.standing, func.count()).group_by(Organization.standing))
    found = {standing.value: n for standing, n in rows}
    waiting = func.count().filter(*_waits())
    late = func.count().filter(
        Organization.standing == Standing.VERIFIED, Organization.verified_until < today
    )
    found["queue"], found["overdue"] = db.session.execute(
        select(waiting, late).select_from(Organization)
    ).one()
    return found


def next_in_queue(after: Organization) -> Organization | None:
    return db.session.scalar(queue().where(Organization.id != after.id).limit(1))


def to_remind(today: date, within: timedelta, limit: int) -> list[Organization]:
    """Verified ones whose day is near or past and who were not reminded today."""
    query = (
        select(Organization)
        .where(Organization.standing == Standing.VERIFIED, Organization.renewal_submitted_at.is_(None))
        .where(Organization.verified_until <= today + within)
        .where(or_(Organization.reminded_on.is_(None), Organization.reminded_on < today))
        .where(
            or_(
                Organization.verified_until >= today,
                Organization.reminded_on.is_(None),
                Organization.reminded_on <= Organization.verified_until,
            )
        )
        .order_by(Organization.verified_until, Organization.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def office_staff() -> list[User]:
    """Whom a new submission is told to."""
    query = select(User).where(User.role == Role.OFFICE, User.suspended_at.is_(None)).limit(50)
    return list(db.session.scalars(query))
