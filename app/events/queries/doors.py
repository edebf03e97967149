"""Links of the doors."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.events.models import CheckIn, Event, HelperLink, Registration, RegistrationState

_DOOR = (  # built once: asked at each scan
    select(HelperLink)
    .where(HelperLink.token_digest == bindparam("token_digest"), HelperLink.ended_at.is_(None))
    .options(joinedload(HelperLink.event, innerjoin=True))
)


def doors_of(event: Event) -> list[HelperLink]:
    query = (
        select(HelperLink)
        .where(HelperLink.event_id == event.id, HelperLink.ended_at.is_(None))
        .order_by(HelperLink.id)
        .limit(50)
    )
    return list(db.session.scalars(query))


def door_of(token_digest: str) -> HelperLink | None:
    """The door behind a link that still works."""
    return db.session.scalar(_DOOR, {"token_digest": token_digest})


def known_serials(event: Event) -> tuple[list[int], list[tuple[int, datetime]]]:
    """Serials of the tickets that were given back, and of those inside with the moment."""
    void = select(Registration.serial).where(
        Registration.event_id == event.id, Registration.state == RegistrationState.CANCELLED
    )
    inside = (
        select(Registration.serial, CheckIn.at)
        .join(CheckIn, CheckIn.registration_id == Registration.id)
        .where(CheckIn.event_id == event.id)
    )
    return list(db.session.scalars(void)), [(row[0], row[1]) for row in db.session.execute(inside)]
