"""What the public sees of postings and companies."""

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.organizations.models import Organization, OrganizationKind, Standing
from app.postings.models import (
    Posting,
    PostingState,
)


def is_open(on: date) -> ColumnElement[bool]:
    """The condition of `Posting.is_open`, for queries that join organizations."""
    return and_(
        Posting.state == PostingState.PUBLISHED,
        Posting.valid_until >= on,
        Organization.standing == Standing.VERIFIED,
        Organization.verified_until >= on,
    )


def open_postings(on: date) -> Select[Posting]:
    """All postings that take applications, newest first, each with its employer.

    The employer's standing is asked for each row, not joined: with a join SQLite begins at the
    employers and sorts every posting there is to find the newest few.
    """
    employer_may_publish = (
        select(1)
        .where(
            Organization.id == Posting.organization_id,
            Organization.standing == Standing.VERIFIED,
            Organization.verified_until >= on,
        )
        .exists()
    )
    return (
        select(Posting)
        .options(joinedload(Posting.organization))
        .where(Posting.state == PostingState.PUBLISHED, Posting.valid_until >= on, employer_may_publish)
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


def companies(on: date, chain_link: str = "") -> Select[Organization]:
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
