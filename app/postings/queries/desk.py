"""The employer's own postings."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer, joinedload

from app.accounts.models import User
from app.core.db import db
from app.organizations.models import MemberRole, Membership
from app.postings.models import (
    Posting,
    PostingImport,
    PostingMove,
    PostingRevision,
    PostingState,
)

EXPIRING_DAYS = 7


def of_organization(
    organization_id: int,
    *,
    state: PostingState | None = None,
    words: str = "",
    expiring_by: date | None = None,
) -> Select[Posting]:
    """The employer's own postings, last changed first; long texts are left out."""
    query = (
        select(Posting)
        .options(defer(Posting.duties), defer(Posting.requirements), defer(Posting.typed))
        .where(Posting.organization_id == organization_id)
        .order_by(Posting.updated_at.desc(), Posting.id.desc())
    )
    if state is not None:
        query = query.where(Posting.state == state)
    if words:
        query = query.where(Posting.title.contains(words, autoescape=True))
    if expiring_by is not None:
        query = query.where(Posting.state == PostingState.PUBLISHED, Posting.valid_until <= expiring_by)
    return query


def counts_by_state(organization_id: int) -> dict[PostingState, int]:
    query = (
        select(Posting.state, func.count())
        .where(Posting.organization_id == organization_id)
        .group_by(Posting.state)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def expiring_count(organization_id: int, on: date) -> int:
    query = of_organization(organization_id, expiring_by=on + timedelta(days=EXPIRING_DAYS))
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def revisions(posting: Posting) -> Select[PostingRevision]:
    return (
        select(PostingRevision)
        .options(joinedload(PostingRevision.edited_by))
        .where(PostingRevision.posting_id == posting.id)
        .order_by(PostingRevision.version.desc())
    )


def revision_after(posting: Posting, version: int) -> PostingRevision | None:
    """The revision that ended the text which followed *version*; None when that text still stands."""
    return db.session.scalar(
        select(PostingRevision)
        .where(PostingRevision.posting_id == posting.id, PostingRevision.version > version)
        .order_by(PostingRevision.version)
        .limit(1)
    )


def moves(posting: Posting, limit: int = 100) -> list[PostingMove]:
    return list(
        db.session.scalars(
            select(PostingMove)
            .options(joinedload(PostingMove.moved_by))
            .where(PostingMove.posting_id == posting.id)
            .order_by(PostingMove.id.desc())
            .limit(limit)
        )
    )


def imported_before(organization_id: int, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Rows that an earlier upload already made postings of: key → (posting id, title)."""
    query = select(Posting.import_key, Posting.id, Posting.title).where(
        Posting.organization_id == organization_id, Posting.import_key.in_(keys)
    )
    return {str(row[0]): (row[1], row[2]) for row in db.session.execute(query)}


def imports_of(organization_id: int) -> Select[PostingImport]:
    return (
        select(PostingImport)
        .options(joinedload(PostingImport.imported_by))
        .where(PostingImport.organization_id == organization_id)
        .order_by(PostingImport.id.desc())
    )


def writers(posting: Posting) -> list[User]:
    """Whom to tell about a posting: its author while they act for the employer, else the owners."""
    rows = db.session.scalars(
        select(Membership)
        .options(joinedload(Membership.user))
        .where(Membership.organization_id == posting.organization_id, Membership.ended_at.is_(None))
    ).all()
    author = [m.user for m in rows if m.user_id == posting.created_by_id]
    return author or [m.user for m in rows if m.role is MemberRole.OWNER]


def waiting_drafts(ids: Sequence[int]) -> tuple[int, int]:
    """Of these postings, how many drafts could be handed in, and how many are still to be finished."""
    query = (
        select(Posting.typed.is_(None), func.count())
        .where(Posting.id.in_(ids), Posting.state == PostingState.DRAFT)
        .group_by(Posting.typed.is_(None))
    )
    found = {bool(row[0]): row[1] for row in db.session.execute(query)}
    return found.get(True, 0), found.get(False, 0)
