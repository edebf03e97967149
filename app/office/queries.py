"""Reads for the office's desk. None of them writes; every figure is a count of rows that a link can show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select

from app.accounts.models import User
from app.applications.models import Application, Stage
from app.core.audit import AuditEntry
from app.core.db import db, now
from app.core.guard import Role
from app.events.models import Booth, Event, Exhibitor, Hall, Registration
from app.organizations.models import Organization, Standing
from app.people.models import Person, Resume
from app.postings.models import Posting, PostingReport, PostingState

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """What waits for the office, and how long the oldest has waited."""

    organizations: int
    oldest_organization: date | None
    postings: int
    oldest_posting: date | None
    reports: int
    renewals: int
    overdue: int
    due_soon: int


def waiting(today: date) -> Waiting:
    organizations, oldest = db.session.execute(
        select(func.count(), func.min(Organization.submitted_at)).where(
            Organization.standing == Standing.SUBMITTED
        )
    ).one()
    postings, oldest_posting = db.session.execute(
        select(func.count(), func.min(Posting.submitted_at)).where(Posting.state == PostingState.SUBMITTED)
    ).one()
    return Waiting(
        organizations=organizations,
        oldest_organization=oldest.date() if oldest else None,
        postings=postings,
        oldest_posting=oldest_posting.date() if oldest_posting else None,
        reports=_count(select(PostingReport.id).where(PostingReport.handled_at.is_(None))),
        renewals=_count(
            select(Organization.id).where(
                Organization.standing == Standing.VERIFIED, Organization.renewal_submitted_at.is_not(None)
            )
        ),
        overdue=_count(
            select(Organization.id).where(
                Organization.standing == Standing.VERIFIED, Organization.verified_until < today
            )
        ),
        due_soon=_count(
            select(Organization.id).where(
                Organization.standing == Standing.VERIFIED,
                Organization.verified_until.between(today, today + SOON),
            )
        ),
    )


def _count(query: Select[int]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


@dataclass(frozen=True)
class Figures:
    """Where recruiting stands. `heads` is the sum of head counts, the others are rows."""

    postings: int
    heads: int
    enterprises: int
    people: int
    applications: int
    hired: int


def figures(today: date) -> Figures:
    postings, heads = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Posting.headcount), 0))
        .join(Posting.organization)
        .where(
            Posting.state == PostingState.PUBLISHED,
            Posting.valid_until >= today,
            Organization.standing == Standing.VERIFIED,
            Organization.verified_until >= today,
        )
    ).one()
    return Figures(
        postings=postings,
        heads=heads,
        enterprises=_count(select(Organization.id).where(Organization.standing == Standing.VERIFIED)),
        people=_count(select(Person.id)),
        applications=_count(select(Application.id)),
        hired=_count(select(Application.id).where(Application.stage == Stage.HIRED)),
    )


@dataclass(frozen=True)
class LinkRow:
    """Demand of one chain link: open posts, people wanted, applications made."""

    link: str
    posts: int
    heads: int
    applications: int


def demand_by_link(today: date) -> list[LinkRow]:
    applied = (
        select(Application.posting_id, func.count().label("n")).group_by(Application.posting_id).subquery()
    )
    query = (
        select(
            Posting.chain_link,
            func.count(),
            func.sum(Posting.headcount),
            func.coalesce(func.sum(applied.c.n), 0),
        )
        .outerjoin(applied, applied.c.posting_id == Posting.id)
        .where(Posting.state == PostingState.PUBLISHED, Posting.valid_until >= today)
        .group_by(Posting.chain_link)
        .order_by(func.count().desc())
    )
    return [LinkRow(*row) for row in db.session.execute(query)]


def audit_entries(*, record: str = "", action: str = "", actor_id: int | None = None) -> Select[AuditEntry]:
    """The log, newest first; a record is named `postings:17`."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc())
    if record:
        query = query.where(AuditEntry.record == record)
    if action:
        query = query.where(AuditEntry.action.startswith(action, autoescape=True))
    if actor_id is not None:
        query = query.where(AuditEntry.actor_id == actor_id)
    return query


NAMED = {
    "users": User.name,
    "organizations": Organization.name,
    "postings": Posting.title,
    "people": Person.name,
    "resumes": Resume.title,
    "events": Event.title,
    "halls": Hall.name,
    "booths": Booth.number,
    "registrations": Registration.code,
}
"""Tables whose rows have a name that people call them by."""


def names_of_rows(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """(table, id) → name; an application is called by its person and its posting."""
    ids: dict[str, set[int]] = {}
    for table, number in wanted:
        ids.setdefault(table, set()).add(number)
    names: dict[tuple[str, int], str] = {}
    for table, column in NAMED.items():
        if table in ids:
            key = column.class_.id
            rows = db.session.execute(select(key, column).where(key.in_(ids[table])))
            names |= {(table, row[0]): row[1] for row in rows}
    if "applications" in ids:
        query = (
            select(Application.id, Person.name, Posting.title)
            .join(Application.person)
            .join(Application.posting)
            .where(Application.id.in_(ids["applications"]))
        )
        names |= {("applications", row[0]): f"{row[1]}→{row[2]}" for row in db.session.execute(query)}
    if "exhibitors" in ids:
        exhibiting = (
            select(Exhibitor.id, Organization.name, Event.title)
            .join(Exhibitor.organization)
            .join(Exhibitor.event)
            .where(Exhibitor.id.in_(ids["exhibitors"]))
        )
        names |= {("exhibitors", row[0]): f"{row[1]}→{row[2]}" for row in db.session.execute(exhibiting)}
    return names


def signed_up_since(days: int) -> int:
    """Seekers who joined in the last *days* days."""
    since = now() - timedelta(days=days)
    return _count(select(User.id).where(User.role == Role.SEEKER, User.created_at >= since))
