"""What the clock looks for."""

from datetime import date, timedelta

from sqlalchemy import select

from app.core.db import db
from app.postings.models import (
    Posting,
    PostingState,
)


def overdue(on: date, limit: int) -> list[int]:
    """Published or paused postings whose last day is over."""
    query = (
        select(Posting.id)
        .where(Posting.state.in_((PostingState.PUBLISHED, PostingState.PAUSED)), Posting.valid_until < on)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def ending_soon(on: date, days: int, limit: int) -> list[int]:
    """Published postings that end within *days* and whose author was not told of that day yet."""
    query = (
        select(Posting.id)
        .where(
            Posting.state == PostingState.PUBLISHED,
            Posting.valid_until >= on,
            Posting.valid_until <= on + timedelta(days=days),
            Posting.expiry_notice_for.is_distinct_from(Posting.valid_until),
        )
        .limit(limit)
    )
    return list(db.session.scalars(query))
