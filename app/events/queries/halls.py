"""Halls and booths of one gathering."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.events.models import Booth, Event, Hall


def in_booth_order() -> tuple[ColumnElement[Any], ...]:
    """Sorts booths as people count them: by hall, then A01, A2, A10, B07, C1."""
    letters = func.rtrim(Booth.number, "0123456789")
    digits = func.nullif(func.substr(Booth.number, func.length(letters) + 1), "")
    return (Booth.hall_id.expression, letters, cast(digits, Integer), Booth.number.expression)


def halls_of(event: Event) -> list[Hall]:
    return list(db.session.scalars(select(Hall).where(Hall.event_id == event.id).order_by(Hall.id)))


def booths_of(event: Event) -> list[Booth]:
    """All booths with their halls, in the order of their numbers."""
    query = (
        select(Booth)
        .where(Booth.event_id == event.id)
        .options(joinedload(Booth.hall))
        .order_by(*in_booth_order())
    )
    return list(db.session.scalars(query))


def booth_count(event: Event) -> int:
    return db.session.scalar(select(func.count()).where(Booth.event_id == event.id)) or 0
