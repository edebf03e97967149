"""What the site can tell about postings. Reads only."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, func, select
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from app.accounts.models import User
from app.core.db import db
from app.core.presentation import COUNTY_TIME
from app.organizations.models import MemberRole, Membership, Organization, OrganizationKind, Standing
from app.postings.models import (
    Posting,
    PostingImport,
    PostingMove,
    PostingReport,
    PostingRevision,
    PostingState,
    SavedPosting,
)

EXPIRING_DAYS = 7
SITEMAP_SIZE = 5000
FEED_SIZE = 50


def today() -> date:
    """The day it is in the county, wherever the server stands."""
    return datetime.now(COUNTY_TIME).date()


# ── what the public sees ───────────────────────────────


def is_open(on: date) -> ColumnElement[bool]:
    """The condition of `Posting.is_open`, for queries that join organizations."""
    return and_(
        Posting.state == PostingState.PUBLISHED,
        Posting.valid_until >= on,
        Organization.standing == Standing.VERIFIED,
        Organization.verified_until >= on,
    )


def open_postings(on: date) -> Select[tuple[Posting]]:
    """All postings that take applications, newest first, each with its employer."""
    return (
        select(Posting)
        .join(Posting.organization)
        .options(contains_eager(Posting.organization))
        .where(is_open(on))
        .order_by(Posting.published_at.desc(), Posting.id.desc())
    )


def open_among(ids: Sequence[int], on: date) -> list[Posting]:
    """Those of *ids* that are open, in the order given."""
    if not ids:
        return []
    found = {p.id: p for p in db.session.scalars(open_postings(on).where(Posting.id.in_(ids)))}
    return [found[each] for each in ids if each in found]


def akin(posting: Posting, on: date, limit: int = 4) -> list[Posting]:
    """Open postings of the same family, the same chain link first: what stands in when no matcher does.

    Only the newest few are looked at, so that the page costs the same however many there are.
    """
    query = open_postings(on).where(Posting.family == posting.family, Posting.id != posting.id)
    found = list(db.session.scalars(query.limit(3 * limit)))
    return sorted(found, key=lambda each: each.chain_link != posting.chain_link)[:limit]


def with_organization(posting_id: int) -> Posting | None:
    return db.session.scalar(
        select(Posting).options(joinedload(Posting.organization)).where(Posting.id == posting_id)
    )


def open_count(organization_id: int, on: date) -> int:
    query = (
        select(func.count(Posting.id))
        .join(Posting.organization)
        .where(Posting.organization_id == organization_id, is_open(on))
    )
    return db.session.scalar(query) or 0


def open_counts(organization_ids: Sequence[int], on: date) -> dict[int, int]:
    query = (
        select(Posting.organization_id, func.count(Posting.id))
        .join(Posting.organization)
        .where(Posting.organization_id.in_(organization_ids), is_open(on))
        .group_by(Posting.organization_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def companies(on: date, chain_link: str = "") -> Select[tuple[Organization]]:
    """Enterprises in good standing; those with most open postings first."""
    count = (
        select(func.count(Posting.id))
        .where(
            Posting.organization_id == Organization.id,
            Posting.state == PostingState.PUBLISHED,
            Posting.valid_until >= on,
        )
        .correlate(Organization)
        .scalar_subquery()
    )
    query = (
        select(Organization)
        .where(
            Organization.kind == OrganizationKind.ENTERPRISE,
            Organization.standing == Standing.VERIFIED,
            Organization.verified_until >= on,
        )
        .order_by(count.desc(), Organization.id)
    )
    if chain_link:  # JSON is kept as the text that json.dumps writes, in every database
        query = query.where(
            cast(Organization.chain_links, String).contains(json.dumps(chain_link), autoescape=True)
        )
    return query


def public_company(organization_id: int, on: date) -> Organization | None:
    company = db.session.get(Organization, organization_id)
    return company if company is not None and company.may_publish(on) else None


# ── sitemap and feed ───────────────────────────────────


def sitemap_parts(on: date) -> list[int]:
    """Numbers of the parts that are not empty; a part is a range of ids, so that each costs the same."""
    highest = db.session.scalar(select(func.max(Posting.id))) or 0
    return list(range(highest // SITEMAP_SIZE + 1))


def sitemap_part(number: int, on: date) -> Sequence[Row[tuple[int, datetime]]]:
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


# ── the employer's desk ────────────────────────────────


def of_organization(
    organization_id: int,
    *,
    state: PostingState | None = None,
    words: str = "",
    expiring_by: date | None = None,
) -> Select[tuple[Posting]]:
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


def revisions(posting: Posting) -> Select[tuple[PostingRevision]]:
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


def imports_of(organization_id: int) -> Select[tuple[PostingImport]]:
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


# ── the office's desk ──────────────────────────────────


def waiting() -> Select[tuple[Posting]]:
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


def open_reports() -> Select[tuple[PostingReport]]:
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


# ── the seeker's saved postings ────────────────────────


def saved_by(user: User) -> Select[tuple[SavedPosting]]:
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


# ── what the clock does ────────────────────────────────


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
