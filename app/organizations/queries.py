"""Reads about organizations. None of them writes."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.core.db import db
from app.organizations.models import Membership


def membership_of(user: User) -> Membership | None:
    """For which organization *user* acts now, with the organization loaded; asked anew at each request."""
    return db.session.scalar(
        select(Membership)
        .where(Membership.user_id == user.id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.organization))
    )
