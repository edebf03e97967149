"""Reads of what people were shown and what came of it. None of them writes."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import joinedload

from app.applications.models import Application, Stage, StageMove
from app.core.db import db
from app.discovery.models import Dismissal, Exposure, Place
from app.people.models import ContactRequest, Person
from app.postings.models import Posting, SavedPosting


def exposures_since(moment: datetime) -> list[Row[Place, int, int, int, datetime]]:
    """(place, posting, person, position, moment) of all rows since *moment*, oldest first."""
    query = select(
        Exposure.place, Exposure.posting_id, Exposure.person_id, Exposure.position, Exposure.shown_at
    ).where(Exposure.shown_at >= moment)
    return list(db.session.execute(query.order_by(Exposure.id)))


def outcomes() -> Iterator[tuple[int, int, Stage, str | None]]:
    """(posting, person, furthest stage, reason of a refusal) of every application."""
    reached = dict[int, set[Stage]]()
    for application_id, stage in db.session.execute(select(StageMove.application_id, StageMove.to_stage)):
        reached.setdefault(application_id, set()).add(stage)
    query = select(
        Application.id,
        Application.posting_id,
        Application.person_id,
        Application.stage,
        Application.rejection_reason,
    )
    for id_, posting_id, person_id, stage, reason in db.session.execute(query):
        stages = reached.get(id_, set()) | {stage}
        furthest = next((s for s in FURTHEST if s in stages), stage)
        yield posting_id, person_id, furthest, reason


FURTHEST = (
    Stage.HIRED,
    Stage.OFFER,
    Stage.INTERVIEW,
    Stage.SHORTLISTED,
    Stage.REJECTED,
    Stage.VIEWED,
    Stage.SUBMITTED,
)


def kept_by_seekers() -> set[tuple[int, int]]:
    """(posting, person) of saved postings."""
    query = select(SavedPosting.posting_id, Person.id).join(Person, Person.user_id == SavedPosting.user_id)
    return {(posting_id, person_id) for posting_id, person_id in db.session.execute(query)}


def asked_for() -> set[tuple[int, int]]:
    """(posting, person) of people shown to an employer for a posting who were then asked for their contact."""
    query = (
        select(Exposure.posting_id, Exposure.person_id)
        .join(Posting, Posting.id == Exposure.posting_id)
        .join(
            ContactRequest,
            and_(
                ContactRequest.person_id == Exposure.person_id,
                ContactRequest.organization_id == Posting.organization_id,
                ContactRequest.asked_at >= Exposure.shown_at,
            ),
        )
        .where(Exposure.place.in_((Place.PEOPLE, Place.PERSON)))
    )
    return {(posting_id, person_id) for posting_id, person_id in db.session.execute(query)}


def dismissed_pairs() -> dict[tuple[int, int], str]:
    """(posting, person) that a person is not interested in, and why."""
    query = select(Dismissal.posting_id, Dismissal.person_id, Dismissal.reason)
    return {(posting_id, person_id): reason for posting_id, person_id, reason in db.session.execute(query)}


def postings_by_id(ids: Collection[int]) -> list[Posting]:
    """These postings whatever their state, with their employers."""
    found: list[Posting] = []
    listed = sorted(ids)
    for start in range(0, len(listed), 500):
        query = select(Posting).where(Posting.id.in_(listed[start : start + 500]))
        found += db.session.scalars(query.options(joinedload(Posting.organization)))
    return found
