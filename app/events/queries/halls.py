"""Halls and booths of one gathering."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.events.models import Booth, Event, Hall


def halls_of(event: Event) -> list[Hall]:
    return list(db.session.scalars(select(Hall).where(Hall.event_id == event.id).order_by(Hall.id)))


def booths_of(event: Event) -> list[Booth]:
    """All booths with their halls, in the order of their numbers."""
    query = (
        select(Booth)
        .where(Booth.event_id == event.id)
        .options(joinedload(Booth.hall))
        .order_by(Booth.hall_id, func.length(Booth.number), Booth.number)
    )
    return list(db.session.scalars(query))


def booth_count(event: Event) -> int:
    return db.session.scalar(select(func.count()).where(Booth.event_id == event.id)) or 0
