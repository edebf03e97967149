"""What waits for the office, and what readers reported."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.postings.models import (
    Posting,
    PostingReport,
    PostingState,
)


def waiting() -> Select[Posting]:
    """Submitted postings of employers that may publish or not, the longest waiting first."""
    return (
        select(Posting)
        .options(joinedload(Posting.organization))
        .where(Posting.state == PostingState.SUBMITTED)
        .order_by(Posting.submitted_at, Posting.id)
    )


def waiting_count() -> int:
    return (
        db.session.scalar(select(func.count(Posting.id)).where(Posting.state == PostingState.SUBMITTED)) or 0
    )


def next_waiting(after: Posting) -> Posting | None:
    return db.session.scalar(waiting().where(Posting.id != after.id).limit(1))


def open_reports() -> Select[PostingReport]:
    return (
        select(PostingReport)
        .options(joinedload(PostingReport.posting).joinedload(Posting.organization))
        .where(PostingReport.handled_at.is_(None))
        .order_by(PostingReport.reported_at)
    )


def reports_of(posting: Posting) -> list[PostingReport]:
    return list(
        db.session.scalars(
            select(PostingReport)
            .where(PostingReport.posting_id == posting.id)
            .order_by(PostingReport.id.desc())
            .limit(50)
        )
    )


def report_count() -> int:
    query = select(func.count(PostingReport.id)).where(PostingReport.handled_at.is_(None))
    return db.session.scalar(query) or 0
