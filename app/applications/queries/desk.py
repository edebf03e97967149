"""Reads for the employer's desk: the board and its lists."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.applications.kinds import LIVE_OFFERS
from app.applications.models import Application, Interview, Offer, Stage
from app.core.db import db
from app.people.models import Person, ResumeSnapshot
from app.postings.models import Posting

MOST_RANKED = 400  # applications of one posting whose bands are looked at for a filter
MOST_EXPORTED = 5000
WAITING = (Stage.SUBMITTED, Stage.VIEWED)


@dataclass(frozen=True)
class Scope:
    """Which applications of one employer are looked at."""

    organization_id: int
    posting_id: int | None = None
    words: str = ""
    person_ids: tuple[int, ...] | None = None  # None: whoever


def _inside(scope: Scope) -> ColumnElement[bool]:
    conditions = [Posting.organization_id == scope.organization_id]
    if scope.posting_id is not None:
        conditions.append(Application.posting_id == scope.posting_id)
    if scope.person_ids is not None:
        conditions.append(Application.person_id.in_(scope.person_ids))
    if scope.words:
        resume = cast(ResumeSnapshot.content, String)
        kept = json.dumps(scope.words)[1:-1]  # JSON is kept as the text that json.dumps writes
        conditions.append(
            or_(
                Person.name.contains(scope.words, autoescape=True),
                and_(
                    Application.stage != Stage.WITHDRAWN,
                    or_(
                        resume.contains(kept, autoescape=True),
                        resume.contains(scope.words, autoescape=True),
                    ),
                ),
            )
        )
    return and_(*conditions)


def _joined(query: Select) -> Select:
    return (
        query.join(Posting, Posting.id == Application.posting_id)
        .join(Person, Person.id == Application.person_id)
        .join(ResumeSnapshot, ResumeSnapshot.id == Application.snapshot_id)
    )


def counts(scope: Scope) -> dict[Stage, int]:
    query = _joined(select(Application.stage, func.count()).select_from(Application))
    return {
        row[0]: row[1] for row in db.session.execute(query.where(_inside(scope)).group_by(Application.stage))
    }


def listing(scope: Scope, stages: Sequence[Stage], *, is_oldest_first: bool = False) -> Select[Application]:
    """Applications in these stages, ready for a page of a list."""
    order = (
        (Application.submitted_at.asc(), Application.id.asc())
        if is_oldest_first
        else (Application.moved_at.desc(), Application.id.desc())
    )
    query = _joined(select(Application)).where(_inside(scope), Application.stage.in_(stages))
    return query.options(
        contains_eager(Application.posting),
        contains_eager(Application.person),
        contains_eager(Application.snapshot),
    ).order_by(*order)


def heads(scope: Scope, stages: Sequence[Stage], each: int) -> list[Application]:
    """The latest *each* applications of every stage, in one query."""
    place = func.row_number().over(
        partition_by=Application.stage, order_by=(Application.moved_at.desc(), Application.id.desc())
    )
    ranked = (
        _joined(select(Application.id, place.label("place")).select_from(Application))
        .where(_inside(scope), Application.stage.in_(stages))
        .subquery()
    )
    query = (
        select(Application)
        .join(ranked, ranked.c.id == Application.id)
        .where(ranked.c.place <= each)
        .options(
            joinedload(Application.posting), joinedload(Application.person), joinedload(Application.snapshot)
        )
        .order_by(Application.moved_at.desc(), Application.id.desc())
    )
    return list(db.session.scalars(query).unique())


def people_of(posting_id: int) -> list[int]:
    """Persons who applied to a posting, the latest first, as many as are ranked at once."""
    query = (
        select(Application.person_id)
        .where(Application.posting_id == posting_id)
        .order_by(Application.id.desc())
        .limit(MOST_RANKED)
    )
    return list(db.session.scalars(query))


def postings_with_counts(organization_id: int, limit: int = 200) -> Sequence[Row[int, str, int]]:
    """(id, title, how many applications) of the employer's postings, the busiest first."""
    query = (
        select(Posting.id, Posting.title, func.count(Application.id))
        .join(Application, Application.posting_id == Posting.id)
        .where(Posting.organization_id == organization_id)
        .group_by(Posting.id, Posting.title)
        .order_by(func.count(Application.id).desc(), Posting.id.desc())
        .limit(limit)
    )
    return db.session.execute(query).all()


def latest_interviews(application_ids: Sequence[int]) -> dict[int, Interview]:
    """The newest interview of each application."""
    newest = (
        select(func.max(Interview.id))
        .where(Interview.application_id.in_(application_ids))
        .group_by(Interview.application_id)
    )
    rows = db.session.scalars(select(Interview).where(Interview.id.in_(newest)))
    return {row.application_id: row for row in rows}


def live_offers(application_ids: Sequence[int]) -> dict[int, Offer]:
    rows = db.session.scalars(
        select(Offer).where(Offer.application_id.in_(application_ids), Offer.state.in_(LIVE_OFFERS))
    )
    return {row.application_id: row for row in rows}
