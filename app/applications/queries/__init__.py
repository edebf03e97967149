"""Reads about single applications and what belongs to them. None writes."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import User
from app.applications.kinds import LIVE_OFFERS
from app.applications.models import (
    Application,
    ApplicationNote,
    Interview,
    InterviewState,
    Offer,
    OfferState,
    Stage,
    StageMove,
    ThreadMessage,
)
from app.core.db import db
from app.organizations.models import Membership
from app.people.models import Person
from app.postings.models import Posting

WHOLE = (
    joinedload(Application.posting).joinedload(Posting.organization),
    joinedload(Application.posting).joinedload(Posting.created_by),
    joinedload(Application.person).joinedload(Person.user),
    joinedload(Application.snapshot),
)


def of_seeker(user: User, application_id: int) -> Application | None:
    """The application if *user* handed it in."""
    return db.session.scalar(
        select(Application)
        .join(Application.person)
        .where(Application.id == application_id, Person.user_id == user.id)
        .options(*WHOLE)
    )


def of_employer(membership: Membership | None, application_id: int) -> Application | None:
    """The application if it went to the member's employer."""
    if membership is None:
        return None
    return db.session.scalar(
        select(Application)
        .join(Application.posting)
        .where(Application.id == application_id, Posting.organization_id == membership.organization_id)
        .options(*WHOLE)
    )


def find(posting: Posting, person: Person) -> Application | None:
    return db.session.scalar(
        select(Application).where(Application.posting_id == posting.id, Application.person_id == person.id)
    )


def of_seeker_to(user: User, posting_id: int) -> Application | None:
    """What *user* handed in for a posting, without anything around it."""
    return db.session.scalar(
        select(Application)
        .join(Person, Person.id == Application.person_id)
        .where(Application.posting_id == posting_id, Person.user_id == user.id)
    )


def for_posting(posting: Posting) -> Select[Application]:
    """Applications to *posting*, newest first."""
    return (
        select(Application)
        .where(Application.posting_id == posting.id)
        .options(joinedload(Application.person))
        .order_by(Application.submitted_at.desc(), Application.id.desc())
    )


def mine(person: Person, stages: Sequence[Stage] = ()) -> Select[Application]:
    """What *person* handed in, latest change first, ready to be shown in a list."""
    query = (
        select(Application)
        .join(Application.posting)
        .where(Application.person_id == person.id)
        .options(contains_eager(Application.posting).joinedload(Posting.organization))
        .order_by(Application.moved_at.desc(), Application.id.desc())
    )
    return query.where(Application.stage.in_(stages)) if stages else query


def stage_counts(person: Person) -> dict[Stage, int]:
    rows = db.session.execute(
        select(Application.stage, func.count())
        .where(Application.person_id == person.id)
        .group_by(Application.stage)
    )
    return {stage: count for stage, count in rows}  # noqa: C416 - a row is not a pair to dict()


def moves(application: Application) -> list[StageMove]:
    return list(
        db.session.scalars(
            select(StageMove).where(StageMove.application_id == application.id).order_by(StageMove.id)
        )
    )


def interviews(application: Application) -> list[Interview]:
    """Newest first."""
    return list(
        db.session.scalars(
            select(Interview).where(Interview.application_id == application.id).order_by(Interview.id.desc())
        )
    )


def offers(application: Application) -> list[Offer]:
    """Newest first."""
    return list(
        db.session.scalars(
            select(Offer).where(Offer.application_id == application.id).order_by(Offer.id.desc())
        )
    )


def names_of(user_ids: Collection[int]) -> dict[int, str]:
    """User id → name."""
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {user_id: name for user_id, name in rows}  # noqa: C416 - a row is not a pair to dict()


def live_offer(application: Application) -> Offer | None:
    """The offer that is open or accepted; there is at most one."""
    return db.session.scalar(
        select(Offer).where(Offer.application_id == application.id, Offer.state.in_(LIVE_OFFERS))
    )


def thread(application: Application, limit: int = 200) -> list[ThreadMessage]:
    """The latest messages, oldest of them first."""
    rows = db.session.scalars(
        select(ThreadMessage)
        .where(ThreadMessage.application_id == application.id)
        .options(joinedload(ThreadMessage.sender))
        .order_by(ThreadMessage.id.desc())
        .limit(limit)
    )
    return list(rows)[::-1]


def unread(application: Application, *, from_seeker: bool) -> list[ThreadMessage]:
    """Messages of one side that the other has not read."""
    seeker_id = application.person.user_id
    side = ThreadMessage.sender_id == seeker_id if from_seeker else ThreadMessage.sender_id != seeker_id
    return list(
        db.session.scalars(
            select(ThreadMessage).where(
                ThreadMessage.application_id == application.id, ThreadMessage.read_at.is_(None), side
            )
        )
    )


def notes(application: Application) -> list[ApplicationNote]:
    return list(
        db.session.scalars(
            select(ApplicationNote)
            .where(ApplicationNote.application_id == application.id)
            .options(joinedload(ApplicationNote.author))
            .order_by(ApplicationNote.id.desc())
            .limit(100)
        )
    )


def waiting_for_seeker(application_ids: Sequence[int]) -> dict[int, str]:
    """Of these applications, those in which the seeker has something to answer, and what."""
    proposed = db.session.execute(
        select(Interview.application_id).where(
            Interview.application_id.in_(application_ids), Interview.state == InterviewState.PROPOSED
        )
    )
    offered = db.session.execute(
        select(Offer.application_id).where(
            Offer.application_id.in_(application_ids), Offer.state == LIVE_OFFERS[0]
        )
    )
    return {row[0]: "面试时间等你选" for row in proposed} | {row[0]: "录用通知等你答复" for row in offered}


def with_accepted_offer(application_ids: Sequence[int]) -> set[int]:
    rows = db.session.scalars(
        select(Offer.application_id).where(
            Offer.application_id.in_(application_ids), Offer.state == OfferState.ACCEPTED
        )
    )
    return set(rows)


def unread_counts(application_ids: Sequence[int], *, for_seeker: bool) -> dict[int, int]:
    """New messages of each application for one of its sides."""
    mine_or_theirs = ThreadMessage.sender_id != Person.user_id
    if not for_seeker:
        mine_or_theirs = ThreadMessage.sender_id == Person.user_id
    rows = db.session.execute(
        select(ThreadMessage.application_id, func.count())
        .join(Application, Application.id == ThreadMessage.application_id)
        .join(Person, Person.id == Application.person_id)
        .where(
            and_(
                ThreadMessage.application_id.in_(application_ids),
                ThreadMessage.read_at.is_(None),
                mine_or_theirs,
            )
        )
        .group_by(ThreadMessage.application_id)
    )
    return {application_id: count for application_id, count in rows}  # noqa: C416 - as above
