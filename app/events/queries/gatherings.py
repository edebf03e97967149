"""Which gatherings there are, for whom, and what belongs to one."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.events.models import Announcement, Event, EventState, TimetableEntry

MOST_LINES = 200


def organized_by(organization_id: int | None) -> Select[Event]:
    """An organizer's own gatherings, drafts too; None: the office's."""
    own = Event.organizer_id.is_(None) if organization_id is None else Event.organizer_id == organization_id
    return (
        select(Event)
        .where(own)
        .options(joinedload(Event.organizer))
        .order_by(Event.starts_at.desc(), Event.id.desc())
    )


def open_of_kinds(kinds: Collection[str], moment: datetime, limit: int = 100) -> list[Event]:
    """Published gatherings of some kinds for which people may register now, the soonest first."""
    query = (
        select(Event)
        .where(
            Event.kind.in_(kinds),
            Event.state == EventState.PUBLISHED,
            Event.ends_at >= moment,
            or_(Event.people_from.is_(None), Event.people_from <= moment),
            or_(Event.people_until.is_(None), Event.people_until >= moment),
        )
        .order_by(Event.starts_at, Event.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def timetable_of(event: Event) -> list[TimetableEntry]:
    query = (
        select(TimetableEntry)
        .where(TimetableEntry.event_id == event.id)
        .order_by(TimetableEntry.starts_at, TimetableEntry.id)
        .limit(MOST_LINES)
    )
    return list(db.session.scalars(query))


def announcements_of(event: Event, limit: int = 20) -> list[Announcement]:
    """The latest first."""
    query = (
        select(Announcement)
        .where(Announcement.event_id == event.id)
        .order_by(Announcement.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query))


def to_end(before: datetime, limit: int = 50) -> list[Event]:
    """Published gatherings that were over at *before*."""
    query = select(Event).where(Event.state == EventState.PUBLISHED, Event.ends_at < before).limit(limit)
    return list(db.session.scalars(query))
