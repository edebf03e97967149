"""Links of the doors."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.events.models import Event, HelperLink


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
    return db.session.scalar(
        select(HelperLink)
        .where(HelperLink.token_digest == token_digest, HelperLink.ended_at.is_(None))
        .options(joinedload(HelperLink.event))
    )
