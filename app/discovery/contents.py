"""What belongs into the index of each kind of thing, and which of the found things may still be shown.

The second is asked of the tables whenever something is about to be shown, so that an index that is late shows nothing
that it must not.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from app.core.county_time import today
from app.core.db import db, now
from app.discovery import documents, queries
from app.events.models import (
    Event,
    EventState,
    Exhibitor,
    ExhibitorPosting,
    ExhibitorState,
    TimetableEntry,
)
from app.organizations.models import Organization, OrganizationKind, Standing
from app.people.models import BlockedEmployer, Person, Resume, Visibility
from app.postings.models import Posting, PostingState
from app.postings.queries import open_counts
from search import Document

BATCH = 500
Ids = Collection[int] | None  # None: all of them


def _in_batches(
    query: Select[Any], key: InstrumentedAttribute[int], ids: Ids
) -> Iterator[tuple[Session, Sequence[Any]]]:
    """Rows by *key*, read BATCH at a time in a session of their own, which forgets them."""
    if ids is not None:
        query = query.where(key.in_(ids))
    last = 0
    with db.sessionmaker() as session:
        while rows := session.execute(query.where(key > last).order_by(key).limit(BATCH)).unique().all():
            last = rows[-1][0].id
            yield session, rows
            session.expunge_all()


def postings(ids: Ids) -> Iterator[Document]:
    """Open posts."""
    for _, rows in _in_batches(queries.open_ones(today()), Posting.id, ids):
        yield from (documents.post_document(posting) for (posting,) in rows)


# ── people ─────────────────────────────────────────────────────────────────────────────────────

_FINDABLE = (
    select(Person, Resume)
    .join(Resume, and_(Resume.person_id == Person.id, Resume.is_main, Resume.deleted_at.is_(None)))
    .where(Person.visibility == Visibility.ENTERPRISES)
    .options(joinedload(Person.user))
)


def people(ids: Ids) -> Iterator[Document]:
    """People who let verified enterprises find them, with their main résumé and the employers that they blocked."""
    for session, rows in _in_batches(_FINDABLE, Person.id, ids):
        blocked: dict[int, list[int]] = defaultdict(list)
        of_these = BlockedEmployer.person_id.in_([person.id for person, _ in rows])
        for row in session.scalars(select(BlockedEmployer).where(of_these)):
            blocked[row.person_id].append(row.organization_id)
        for person, resume in rows:
            if person.user.is_active:
                yield documents.person_document(person, resume, blocked[person.id], today())


def shown_people(ids: Sequence[int], organization: Organization) -> dict[int, Resume]:
    """Main résumés of those of *ids* whom this enterprise may find by words now, matched or not."""
    if not ids or organization.standing is not Standing.VERIFIED:
        return {}
    blocked = select(BlockedEmployer.person_id).where(BlockedEmployer.organization_id == organization.id)
    query = _FINDABLE.where(Person.id.in_(ids), Person.id.not_in(blocked))
    return {person.id: resume for person, resume in db.session.execute(query) if person.user.is_active}


# ── companies ──────────────────────────────────────────────────────────────────────────────────


def _in_good_standing(day: date) -> Select[Organization]:
    return select(Organization).where(
        Organization.kind == OrganizationKind.ENTERPRISE,
        Organization.standing == Standing.VERIFIED,
        Organization.verified_until >= day,
    )


def companies(ids: Ids) -> Iterator[Document]:
    """Verified enterprises with the number of their open posts."""
    day = today()
    for _, rows in _in_batches(_in_good_standing(day), Organization.id, ids):
        openings = open_counts([row.id for (row,) in rows], day)
        yield from (documents.organization_document(row, openings.get(row.id, 0)) for (row,) in rows)


def employers_of(posting_ids: Collection[int]) -> set[int]:
    return set(db.session.scalars(select(Posting.organization_id).where(Posting.id.in_(posting_ids))))


def shown_companies(ids: Sequence[int]) -> dict[int, Organization]:
    """Those of *ids* that are in good standing now."""
    rows = db.session.scalars(_in_good_standing(today()).where(Organization.id.in_(ids))) if ids else ()
    return {row.id: row for row in rows}


# ── events ─────────────────────────────────────────────────────────────────────────────────────


def _is_public(moment: datetime) -> ColumnElement[bool]:
    """Published, also when it is over; what was cancelled until it would have been over."""
    return or_(
        Event.state.in_((EventState.PUBLISHED, EventState.ENDED)),
        and_(Event.state == EventState.CANCELLED, Event.ends_at >= moment),
    )


def _public_events() -> Select[Event]:
    return select(Event).where(_is_public(now())).options(joinedload(Event.organizer))


def events(ids: Ids) -> Iterator[Document]:
    """Public gatherings with their timetable, who exhibits, and the open posts that these bring."""
    for session, rows in _in_batches(_public_events(), Event.id, ids):
        of_these = [event.id for (event,) in rows]
        names, titles = _exhibits(session, of_these)
        lines: dict[int, list[str]] = defaultdict(list)
        timetable = select(TimetableEntry).where(TimetableEntry.event_id.in_(of_these))
        for entry in session.scalars(timetable.order_by(TimetableEntry.starts_at, TimetableEntry.id)):
            lines[entry.event_id].append(entry.what)
        for (event,) in rows:
            yield documents.event_document(event, names[event.id], titles[event.id], lines[event.id])


def _exhibits(
    session: Session, event_ids: Sequence[int]
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Event → the names of its approved exhibitors; event → the titles of the open posts that they bring."""
    is_shown = and_(
        Exhibitor.event_id.in_(event_ids),
        Exhibitor.state == ExhibitorState.APPROVED,
        Organization.standing == Standing.VERIFIED,
    )
    names: dict[int, list[str]] = defaultdict(list)
    titles: dict[int, list[str]] = defaultdict(list)
    query = select(Exhibitor.event_id, Organization.name).join(Exhibitor.organization).where(is_shown)
    for event_id, name in session.execute(query.order_by(Exhibitor.id)):
        names[event_id].append(name)
    brought = (
        select(Exhibitor.event_id, Posting.title)
        .join(ExhibitorPosting.exhibitor)
        .join(Exhibitor.organization)
        .join(ExhibitorPosting.posting)
        .where(is_shown, Posting.state == PostingState.PUBLISHED)
    )
    for event_id, title in session.execute(brought.order_by(ExhibitorPosting.id)):
        titles[event_id].append(title)
    return names, titles


def events_around(organization_ids: Collection[int]) -> set[int]:
    """Gatherings that these organizations hold or exhibit at."""
    held = select(Event.id).where(Event.organizer_id.in_(organization_ids))
    visited = select(Exhibitor.event_id).where(Exhibitor.organization_id.in_(organization_ids))
    return {*db.session.scalars(held), *db.session.scalars(visited)}


def events_with(posting_ids: Collection[int]) -> set[int]:
    """Gatherings to which these posts are brought."""
    query = select(Exhibitor.event_id).join(ExhibitorPosting, ExhibitorPosting.exhibitor_id == Exhibitor.id)
    return set(db.session.scalars(query.where(ExhibitorPosting.posting_id.in_(posting_ids))))


def shown_events(ids: Sequence[int]) -> dict[int, Event]:
    """Those of *ids* that are public now."""
    rows = db.session.scalars(_public_events().where(Event.id.in_(ids))) if ids else ()
    return {row.id: row for row in rows}
