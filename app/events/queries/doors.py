"""Links of the doors."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.events.models import Event, HelperLink

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
