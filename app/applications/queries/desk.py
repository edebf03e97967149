"""Reads for the employer's desk: the board, its lists, interviews, and what to do first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.applications.kinds import LIVE_OFFERS
from app.applications.models import Application, Interview, InterviewState, Offer, OfferState, Stage
from app.core.db import db
from app.people.models import Person, ResumeSnapshot
from app.postings.models import Posting, PostingState

UNANSWERED_DAYS = 3
EXPIRING_DAYS = 7
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


# ── interviews ─────────────────────────────────────────


def interviews_of(organization_id: int) -> Select[Interview]:
    return (
        select(Interview)
        .join(Interview.application)
        .join(Application.posting)
        .join(Application.person)
        .where(Posting.organization_id == organization_id)
        .options(
            contains_eager(Interview.application).contains_eager(Application.posting),
            contains_eager(Interview.application).contains_eager(Application.person),
        )
    )


def upcoming(organization_id: int, at: datetime) -> Select[Interview]:
    """What is still to be held: nobody waits for an interview with one who has accepted an offer."""
    is_agreed = (
        select(Offer.id)
        .where(Offer.application_id == Interview.application_id, Offer.state == OfferState.ACCEPTED)
        .exists()
    )
    return (
        interviews_of(organization_id)
        .where(Interview.state == InterviewState.ACCEPTED, Interview.starts_at >= at, ~is_agreed)
        .order_by(Interview.starts_at, Interview.id)
    )


def to_confirm(organization_id: int) -> Select[Interview]:
    """Invitations that wait for the seeker, and those for whom no time fitted since nothing followed."""
    later = aliased(Interview)
    is_last = (
        ~select(later.id)
        .where(later.application_id == Interview.application_id, later.id > Interview.id)
        .exists()
    )
    unfit = and_(
        Interview.state.in_((InterviewState.DECLINED, InterviewState.LAPSED)),
        is_last,
        Application.stage == Stage.INTERVIEW,
    )
    return (
        interviews_of(organization_id)
        .where(or_(Interview.state == InterviewState.PROPOSED, unfit))
        .order_by(Interview.last_slot_at, Interview.id)
    )


def held(organization_id: int, at: datetime) -> Select[Interview]:
    """What is over, those without a result first."""
    return (
        interviews_of(organization_id)
        .where(Interview.state == InterviewState.ACCEPTED, Interview.starts_at < at)
        .order_by(Interview.result.is_not(None), Interview.starts_at.desc(), Interview.id.desc())
    )


def busy(user_id: int, after: datetime) -> list[Interview]:
    """Settled interviews of one recruiter from *after* on, to compare new slots with."""
    query = (
        select(Interview)
        .where(
            Interview.proposed_by_id == user_id,
            Interview.state == InterviewState.ACCEPTED,
            Interview.starts_at >= after - timedelta(hours=3),
        )
        .options(joinedload(Interview.application).joinedload(Application.person))
        .limit(500)
    )
    return list(db.session.scalars(query))


# ── what to do first ───────────────────────────────────


def _by_title(
    organization_id: int, counted: type[Application | Interview | Offer], *conditions: ColumnElement[bool]
) -> list[tuple[str, int]]:
    number = func.count(counted.id)
    query = select(Posting.title, number).select_from(counted)
    if issubclass(counted, Interview | Offer):
        query = query.join(Application, Application.id == counted.application_id)
    query = query.join(Posting, Posting.id == Application.posting_id).where(
        Posting.organization_id == organization_id, *conditions
    )
    rows = db.session.execute(query.group_by(Posting.title).order_by(number.desc()))
    return [(row[0], row[1]) for row in rows]


def unanswered(organization_id: int, at: datetime) -> list[tuple[str, int]]:
    """(posting, how many) of applications that nobody has answered for three days."""
    before = at - timedelta(days=UNANSWERED_DAYS)
    return _by_title(
        organization_id, Application, Application.stage.in_(WAITING), Application.moved_at < before
    )


def expiring_invitations(organization_id: int, at: datetime) -> list[tuple[str, int]]:
    """Invitations without an answer whose last slot is less than a day away."""
    return _by_title(
        organization_id,
        Interview,
        Interview.state == InterviewState.PROPOSED,
        Interview.last_slot_at < at + timedelta(days=1),
    )


def without_result(organization_id: int, at: datetime) -> list[tuple[str, int]]:
    return _by_title(
        organization_id,
        Interview,
        Interview.state == InterviewState.ACCEPTED,
        Interview.starts_at < at,
        Interview.result.is_(None),
        Application.stage == Stage.INTERVIEW,
    )


def offers_due(organization_id: int, on: date) -> list[tuple[str, int]]:
    """Offers that run out tomorrow, and accepted ones whose first day has come."""
    return _by_title(
        organization_id,
        Offer,
        or_(
            and_(Offer.state == OfferState.OPEN, Offer.answer_by <= on + timedelta(days=1)),
            and_(Offer.state == OfferState.ACCEPTED, Offer.starts_on <= on, Application.stage == Stage.OFFER),
        ),
    )


def postings_ending(organization_id: int, on: date) -> list[tuple[int, str, date]]:
    query = (
        select(Posting.id, Posting.title, Posting.valid_until)
        .where(
            Posting.organization_id == organization_id,
            Posting.state == PostingState.PUBLISHED,
            Posting.valid_until <= on + timedelta(days=EXPIRING_DAYS),
        )
        .order_by(Posting.valid_until)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def postings_returned(organization_id: int) -> list[tuple[int, str, str]]:
    query = (
        select(Posting.id, Posting.title, Posting.return_reason)
        .where(Posting.organization_id == organization_id, Posting.state == PostingState.RETURNED)
        .order_by(Posting.updated_at.desc())
    )
    return [(row[0], row[1], row[2] or "") for row in db.session.execute(query)]
