"""Reads of an employer's interviews: ahead, to be confirmed, held."""

from datetime import datetime, timedelta

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.applications.models import Application, Interview, InterviewState, Offer, OfferState, Stage
from app.core.db import db
from app.postings.models import Posting


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
