"""The postings that a seeker keeps."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app.accounts.models import User
from app.core.db import db
from app.postings.models import (
    Posting,
    SavedPosting,
)


def saved_by(user: User) -> Select[SavedPosting]:
    return (
        select(SavedPosting)
        .options(selectinload(SavedPosting.posting).joinedload(Posting.organization))
        .where(SavedPosting.user_id == user.id)
        .order_by(SavedPosting.saved_at.desc(), SavedPosting.id.desc())
    )


def saved_row(user: User, posting: Posting) -> SavedPosting | None:
    return db.session.scalar(
        select(SavedPosting).where(SavedPosting.user_id == user.id, SavedPosting.posting_id == posting.id)
    )


def saved_among(user: User, ids: Sequence[int]) -> set[int]:
    return set(
        db.session.scalars(
            select(SavedPosting.posting_id).where(
                SavedPosting.user_id == user.id, SavedPosting.posting_id.in_(ids)
            )
        )
    )
