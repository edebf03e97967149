"""What the public sees of postings and companies.

Statements that every visit runs are built once, with the day and the ids as parameters: building
one costs more than running it.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Date, Select, and_, bindparam, func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.organizations.models import Organization, Standing
from app.postings.models import (
    Posting,
    PostingState,
)

ON: BindParameter[date] = bindparam("on", type_=Date)
IDS: BindParameter[int] = bindparam("ids", expanding=True)


def is_open(on: date | BindParameter[date]) -> ColumnElement[bool]:
    """The condition of `Posting.is_open`, for queries that join organizations."""
    return and_(
        Posting.state == PostingState.PUBLISHED,
        Posting.valid_until >= on,
        Organization.standing == Standing.VERIFIED,
        Organization.verified_until >= on,
    )


def open_postings(on: date | BindParameter[date]) -> Select[Posting]:
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


_AMONG = open_postings(ON).where(Posting.id.in_(IDS))


def open_among(ids: Sequence[int], on: date) -> list[Posting]:
    """Those of *ids* that are open, in the order given."""
    if not ids:
        return []
    found = {p.id: p for p in db.session.scalars(_AMONG, {"ids": ids, "on": on})}
    return [found[each] for each in ids if each in found]


class Version(NamedTuple):
    """A posting and the version of it and of its employer: what is shown of it changes only with these."""

    id: int
    version: int
    employer_version: int


_posting, _employer = Posting.__table__.c, Organization.__table__.c
_VERSIONS = (
    select(_posting.id, _posting.version, _employer.version)
    .join_from(Posting.__table__, Organization.__table__, _posting.organization_id == _employer.id)
    .where(
        _posting.state == PostingState.PUBLISHED,
        _posting.valid_until >= ON,
        _employer.standing == Standing.VERIFIED,
        _employer.verified_until >= ON,
    )
)
_VERSIONS_AMONG = _VERSIONS.where(_posting.id.in_(IDS))
_IDS_BY_AGE = (
    open_postings(ON).with_only_columns(Posting.id, maintain_column_froms=True).limit(bindparam("most"))
)


def open_versions(ids: Sequence[int], on: date) -> list[Version]:
    """Those of *ids* that are open, in the order given."""
    if not ids:
        return []
    rows = db.session.connection().execute(_VERSIONS_AMONG, {"ids": ids, "on": on})
    found = {row[0]: Version(*row) for row in rows}
    return [found[each] for each in ids if each in found]


def newest_ids(limit: int, on: date) -> list[int]:
    return list(db.session.scalars(_IDS_BY_AGE, {"on": on, "most": limit}))


_AKIN = (
    open_postings(ON)
    .with_only_columns(Posting.id, Posting.chain_link, maintain_column_froms=True)
    .where(Posting.family == bindparam("family"), Posting.id != bindparam("but"))
    .limit(bindparam("most"))
)


def akin(posting: Posting, on: date, limit: int = 4) -> list[int]:
    """Open postings of the same family, the same chain link first: what stands in when no matcher does.

    Only the newest few are looked at, so that the page costs the same however many there are.
    """
    asked = {"on": on, "family": posting.family, "but": posting.id, "most": 3 * limit}
    found = list(db.session.execute(_AKIN, asked))
    return [row.id for row in sorted(found, key=lambda row: row.chain_link != posting.chain_link)][:limit]


_WITH_ORGANIZATION = (
    select(Posting).options(joinedload(Posting.organization)).where(Posting.id == bindparam("id"))
)


def with_organization(posting_id: int) -> Posting | None:
    return db.session.scalar(_WITH_ORGANIZATION, {"id": posting_id})


_OPEN_COUNT = (
    select(func.count(Posting.id))
    .join(Posting.organization)
    .where(Posting.organization_id == bindparam("employer"), is_open(ON))
)


def open_count(organization_id: int, on: date) -> int:
    return db.session.scalar(_OPEN_COUNT, {"employer": organization_id, "on": on}) or 0


def open_counts(organization_ids: Sequence[int], on: date) -> dict[int, int]:
    query = (
        select(Posting.organization_id, func.count(Posting.id))
        .join(Posting.organization)
        .where(Posting.organization_id.in_(organization_ids), is_open(on))
        .group_by(Posting.organization_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def public_company(organization_id: int, on: date) -> Organization | None:
    company = db.session.get(Organization, organization_id)
    return company if company is not None and company.may_publish(on) else None


def former_company(organization_id: int) -> Organization | None:
    """A company whose page was public: its link may still be about."""
    company = db.session.get(Organization, organization_id)
    return company if company is not None and company.verified_at is not None else None
