"""What machines read: sitemap and feed."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Row, func, select

from app.core.db import db
from app.postings.models import (
    Posting,
)
from app.postings.queries.public import is_open, open_postings

SITEMAP_SIZE = 5000
FEED_SIZE = 50


def sitemap_parts() -> list[int]:
    """Numbers of the parts that are not empty; a part is a range of ids, so that each costs the same."""
    highest = db.session.scalar(select(func.max(Posting.id))) or 0
    return list(range(highest // SITEMAP_SIZE + 1))


def sitemap_part(number: int, on: date) -> Sequence[Row[int, datetime]]:
    first = number * SITEMAP_SIZE
    query = (
        select(Posting.id, Posting.updated_at)
        .join(Posting.organization)
        .where(Posting.id >= first, Posting.id < first + SITEMAP_SIZE, is_open(on))
        .order_by(Posting.id)
    )
    return db.session.execute(query).all()


def newest(on: date, limit: int = FEED_SIZE) -> list[Posting]:
    return list(db.session.scalars(open_postings(on).limit(limit)))
