"""Reads for search and recommendation. None of them writes."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from app.core import places
from app.core.county_time import today
from app.core.db import db
from app.discovery.models import Change, Digest, Dismissal, Exposure, IndexTask
from app.events.models import Exhibitor
from app.organizations.models import Organization, Standing
from app.people.models import BlockedEmployer, Person, Resume, Visibility
from app.postings.models import Posting, PostingState
from search import Filters


def is_open(day: date) -> ColumnElement[bool]:
    """The SQL of `Posting.is_open`: published, in date, and its employer allowed to publish."""
    return and_(
        Posting.state == PostingState.PUBLISHED,
        Posting.valid_until >= day,
        Organization.standing == Standing.VERIFIED,
        Organization.verified_until >= day,
    )


def open_ones(day: date) -> Select[Posting]:
    return (
        select(Posting)
        .join(Posting.organization)
        .where(is_open(day))
        .options(contains_eager(Posting.organization))
    )


def open_postings(ids: Collection[int]) -> list[Posting]:
    """Those of *ids* that are public now."""
    if not ids:
        return []
    return list(db.session.scalars(open_ones(today()).where(Posting.id.in_(ids))))


def open_postings_in_batches(size: int) -> Iterator[Posting]:
    """All public postings by id, read *size* at a time in a session of their own, which forgets them."""
    last = 0
    with db.sessionmaker() as session:
        while rows := list(
            session.scalars(open_ones(today()).where(Posting.id > last).order_by(Posting.id).limit(size))
        ):
            yield from rows
            last = rows[-1].id
            session.expunge_all()


def open_posting_count() -> int:
    query = select(func.count()).select_from(Posting).join(Posting.organization).where(is_open(today()))
    return db.session.scalar(query) or 0


def posting_with_employer(posting_id: int) -> Posting | None:
    return db.session.scalar(
        select(Posting).where(Posting.id == posting_id).options(joinedload(Posting.organization))
    )


def _matched() -> Select[Person, Resume]:
    return (
        select(Person, Resume)
        .join(Resume, and_(Resume.person_id == Person.id, Resume.is_main, Resume.deleted_at.is_(None)))
        .where(Person.is_matching_on)
    )


def matched_people(ids: Collection[int]) -> list[tuple[Person, Resume]]:
    """Those of *ids* who let themselves be matched, with their main résumé."""
    if not ids:
        return []
    return [(p, r) for p, r in db.session.execute(_matched().where(Person.id.in_(ids)))]


def matched_people_in_batches(size: int) -> Iterator[tuple[Person, Resume]]:
    """All people who let themselves be matched, read like the postings."""
    last = 0
    with db.sessionmaker() as session:
        while rows := session.execute(
            _matched().where(Person.id > last).order_by(Person.id).limit(size)
        ).all():
            yield from ((person, resume) for person, resume in rows)
            last = rows[-1][0].id
            session.expunge_all()


def person_with_resume(person_id: int) -> tuple[Person, Resume] | None:
    row = db.session.execute(
        select(Person, Resume)
        .join(Resume, and_(Resume.person_id == Person.id, Resume.is_main, Resume.deleted_at.is_(None)))
        .where(Person.id == person_id)
        .options(joinedload(Person.user))
    ).first()
    return (row[0], row[1]) if row else None


def last_change() -> int:
    """The number of the newest change: what depends on open postings alone is the same until it grows."""
    return db.session.connection().execute(_LAST_CHANGE).scalar() or 0


_LAST_CHANGE = select(func.max(Change.__table__.c.id))


# ── search from the database: slower, when the index cannot answer ─────────────────────────────


def _holds(column: Any, value: str) -> ColumnElement[bool]:
    """Whether a JSON list column holds *value*; JSON is stored with escapes, so the escaped form is looked for."""
    return cast(column, String).contains(json.dumps(value), autoescape=True)


def _within(code: str) -> ColumnElement[bool]:
    return or_(Posting.place == code, Posting.place.startswith(code.rstrip("0"), autoescape=True))


def search_in_database(words: Sequence[str], filters: Filters) -> Select[int]:
    """Ids of open postings in which every word stands, newest first."""
    query = select(Posting.id).join(Posting.organization).where(is_open(today()))
    for word in words:
        columns = (Posting.title, Posting.duties, Posting.requirements, Organization.name)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    query = query.where(*_chosen(filters), *_asked(filters))
    return query.order_by(Posting.published_at.desc(), Posting.id.desc())


def _chosen(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """Conditions of which any value may hold, and lists of which every value must."""
    plain = (
        (Posting.family, filters.families),
        (Posting.chain_link, filters.chain_links),
        (Posting.kind, filters.kinds),
        (Posting.shift, filters.shifts),
    )
    yield from (column.in_(values) for column, values in plain if values)
    if filters.towns:
        codes = [code for code, name in places.TOWNS.items() if name in filters.towns]
        yield Posting.place.in_(codes) if codes else false()
    if filters.places:
        yield or_(*(_within(code) for code in filters.places))
    yield from (_holds(Posting.benefits, value) for value in filters.benefits)
    yield from (_holds(Posting.required_certificates, value) for value in filters.certificates)


def _asked(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """What the seeker brings must be enough, what they want must be paid."""
    if filters.degree is not None:
        yield Posting.degree <= filters.degree
    if filters.years is not None:
        yield Posting.years <= filters.years
    if filters.pay_min is not None:
        yield Posting.salary_max >= filters.pay_min


# ── what must still reach the index ────────────────────────────────────────────────────────────


def waiting_tasks(limit: int) -> list[IndexTask]:
    return list(db.session.scalars(select(IndexTask).order_by(IndexTask.id).limit(limit)))


def postings_of(organization_ids: Collection[int]) -> set[int]:
    query = select(Posting.id).where(Posting.organization_id.in_(organization_ids))
    return set(db.session.scalars(query)) if organization_ids else set()


def event_of(exhibitor_id: int) -> int:
    return db.session.scalar(select(Exhibitor.event_id).where(Exhibitor.id == exhibitor_id)) or 0


def changes_before(moment: datetime) -> Select[Change]:
    newest = select(
        func.max(Change.id)
    ).scalar_subquery()  # stays: by it a late reader sees that it missed some
    return (
        select(Change).where(Change.written_at < moment, Change.id < newest).order_by(Change.id).limit(1000)
    )


# ── people ─────────────────────────────────────────────────────────────────────────────────────


def findable(ids: Sequence[int], organization: Organization) -> dict[int, tuple[Person, Resume]]:
    """Those of *ids* whom this enterprise may find now: they allow it and have not blocked it."""
    if not ids or organization.standing is not Standing.VERIFIED:
        return {}
    blocked = select(BlockedEmployer.person_id).where(BlockedEmployer.organization_id == organization.id)
    query = (
        _matched()
        .where(Person.id.in_(ids), Person.visibility == Visibility.ENTERPRISES, Person.id.not_in(blocked))
        .options(joinedload(Person.user))
    )
    return {
        person.id: (person, resume) for person, resume in db.session.execute(query) if person.user.is_active
    }


def dismissed_by(person_id: int) -> set[int]:
    return set(db.session.scalars(select(Dismissal.posting_id).where(Dismissal.person_id == person_id)))


# ── what people were shown, and what came of it ────────────────────────────────────────────────


def matched_people_of(user_ids: Collection[int]) -> dict[int, int]:
    """The person of each user who lets themselves be matched."""
    if not user_ids:
        return {}
    query = select(Person.user_id, Person.id).where(Person.user_id.in_(user_ids), Person.is_matching_on)
    return {row.user_id: row.id for row in db.session.execute(query)}


def those_matched(person_ids: Collection[int]) -> set[int]:
    """Those of *person_ids* who let themselves be matched."""
    if not person_ids:
        return set()
    return set(db.session.scalars(select(Person.id).where(Person.id.in_(person_ids), Person.is_matching_on)))


def exposures_before(moment: datetime, limit: int) -> list[int]:
    return list(db.session.scalars(select(Exposure.id).where(Exposure.shown_at < moment).limit(limit)))


def demand() -> dict[tuple[str, str], tuple[int, int]]:
    """(family, chain link) → open postings and the people they look for."""
    query = (
        select(Posting.family, Posting.chain_link, func.count(), func.sum(Posting.headcount))
        .join(Posting.organization)
        .where(is_open(today()))
        .group_by(Posting.family, Posting.chain_link)
    )
    return {(family, link): (posts, heads) for family, link, posts, heads in db.session.execute(query)}


def digest_of(person_id: int) -> Digest | None:
    return db.session.scalar(select(Digest).where(Digest.person_id == person_id))


def people_due_a_digest(before: datetime, limit: int) -> list[Person]:
    """People who let themselves be matched, want the digest and had none since *before*."""
    query = (
        _matched()
        .outerjoin(Digest, Digest.person_id == Person.id)
        .where(func.coalesce(Digest.is_on, true()), or_(Digest.sent_at.is_(None), Digest.sent_at < before))
        .options(joinedload(Person.user))
        .order_by(Person.id)
        .limit(limit)
    )
    return [person for person, _ in db.session.execute(query) if person.user.is_active]
