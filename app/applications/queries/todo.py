"""What an employer should do first, counted by posting."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.applications.models import Application, Interview, InterviewState, Offer, OfferState, Stage
from app.applications.queries.desk import WAITING
from app.core.db import db
from app.postings.models import Posting, PostingState

UNANSWERED_DAYS = 3
EXPIRING_DAYS = 7


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
