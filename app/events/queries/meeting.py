"""Scans, applications made at a gathering, wishes, interviews and the queue."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Integer, Select, cast, func, select
from sqlalchemy.orm import joinedload

from app.applications.models import Application, Stage
from app.core.db import db
from app.events.models import (
    EmployerRank,
    Event,
    EventApplication,
    Exhibitor,
    InterviewSlot,
    InterviewWish,
    Meeting,
    MeetingState,
    Registration,
    RegistrationState,
    Scan,
)
from app.people.models import Person

_PLACE = cast(func.substr(Meeting.number, 2), Integer)  # of the queue: a number is a letter and digits
LIVE = (MeetingState.PLANNED, MeetingState.WAITING, MeetingState.CALLED)


def scan_of(exhibitor: Exhibitor, registration: Registration) -> Scan | None:
    return db.session.scalar(
        select(Scan).where(Scan.exhibitor_id == exhibitor.id, Scan.registration_id == registration.id)
    )


def scans_of(exhibitor: Exhibitor, mark: str = "") -> Select[Scan]:
    """Whom the booth has met, the latest first."""
    query = (
        select(Scan)
        .where(Scan.exhibitor_id == exhibitor.id)
        .options(joinedload(Scan.registration))
        .order_by(Scan.id.desc())
    )
    return query.where(Scan.mark == mark) if mark else query


def applied_to(person: Person, posting_ids: Iterable[int]) -> set[int]:
    """Which of these posts the person has applied to, withdrawals left out."""
    query = select(Application.posting_id).where(
        Application.person_id == person.id,
        Application.posting_id.in_(list(posting_ids)),
        Application.stage != Stage.WITHDRAWN,
    )
    return set(db.session.scalars(query))


def applications_of(exhibitor: Exhibitor, person_ids: Iterable[int]) -> dict[int, list[Application]]:
    """Person → what they applied for at this enterprise through the gathering."""
    query = (
        select(Application)
        .join(EventApplication, EventApplication.application_id == Application.id)
        .where(EventApplication.exhibitor_id == exhibitor.id, Application.person_id.in_(list(person_ids)))
        .options(joinedload(Application.posting))
    )
    found: dict[int, list[Application]] = {}
    for application in db.session.scalars(query):
        found.setdefault(application.person_id, []).append(application)
    return found


def source_of(application: Application) -> EventApplication | None:
    return db.session.scalar(
        select(EventApplication).where(EventApplication.application_id == application.id)
    )


def meeting_of(exhibitor: Exhibitor, registration: Registration) -> Meeting | None:
    return db.session.scalar(
        select(Meeting)
        .where(Meeting.exhibitor_id == exhibitor.id, Meeting.registration_id == registration.id)
        .options(joinedload(Meeting.slot))
    )


def wish_of(exhibitor: Exhibitor, registration: Registration) -> InterviewWish | None:
    return db.session.scalar(
        select(InterviewWish).where(
            InterviewWish.exhibitor_id == exhibitor.id, InterviewWish.registration_id == registration.id
        )
    )


def wishes_of(registration: Registration) -> list[InterviewWish]:
    """The dearest first."""
    query = (
        select(InterviewWish)
        .where(InterviewWish.registration_id == registration.id)
        .options(
            joinedload(InterviewWish.exhibitor).joinedload(Exhibitor.organization),
            joinedload(InterviewWish.exhibitor).joinedload(Exhibitor.booth),
        )
        .order_by(InterviewWish.rank, InterviewWish.id)
    )
    return list(db.session.scalars(query))


def has_slots(exhibitor: Exhibitor) -> bool:
    return (
        db.session.scalar(select(InterviewSlot.id).where(InterviewSlot.exhibitor_id == exhibitor.id).limit(1))
        is not None
    )


def slots_of(exhibitor: Exhibitor) -> list[InterviewSlot]:
    query = (
        select(InterviewSlot)
        .where(InterviewSlot.exhibitor_id == exhibitor.id)
        .order_by(InterviewSlot.starts_at)
    )
    return list(db.session.scalars(query))


def meetings_of(exhibitor: Exhibitor, states: Sequence[MeetingState] = LIVE) -> list[Meeting]:
    """In the order in which they will be called: those called, by slot, then the queue by arrival."""
    query = (
        select(Meeting)
        .outerjoin(Meeting.slot)
        .where(Meeting.exhibitor_id == exhibitor.id, Meeting.state.in_(states))
        .options(joinedload(Meeting.registration), joinedload(Meeting.slot))
        .order_by(
            Meeting.state != MeetingState.CALLED,
            InterviewSlot.starts_at.is_(None),
            InterviewSlot.starts_at,
            _PLACE,
        )
    )
    return list(db.session.scalars(query))


def meetings_at(event: Event, states: Sequence[MeetingState]) -> list[Meeting]:
    query = (
        select(Meeting).where(Meeting.event_id == event.id, Meeting.state.in_(states)).order_by(Meeting.id)
    )
    return list(db.session.scalars(query))


def ahead_of(found: Meeting) -> int:
    """How many this booth meets before one who waits in its queue."""
    waiting = (Meeting.state == MeetingState.WAITING) & (int(found.number[1:]) > _PLACE)
    return (
        db.session.scalar(
            select(func.count()).where(
                Meeting.exhibitor_id == found.exhibitor_id, waiting | (Meeting.state == MeetingState.CALLED)
            )
        )
        or 0
    )


def meetings_of_registration(registration: Registration) -> list[Meeting]:
    query = (
        select(Meeting)
        .where(Meeting.registration_id == registration.id, Meeting.state.in_(LIVE))
        .options(
            joinedload(Meeting.slot),
            joinedload(Meeting.exhibitor).joinedload(Exhibitor.organization),
            joinedload(Meeting.exhibitor).joinedload(Exhibitor.booth),
        )
        .order_by(Meeting.id)
    )
    return list(db.session.scalars(query))


def called_now(event: Event, limit: int = 6) -> list[Meeting]:
    """What the board calls, the latest first."""
    query = (
        select(Meeting)
        .where(Meeting.event_id == event.id, Meeting.state == MeetingState.CALLED)
        .options(
            joinedload(Meeting.exhibitor).joinedload(Exhibitor.organization),
            joinedload(Meeting.exhibitor).joinedload(Exhibitor.booth),
        )
        .order_by(Meeting.called_at.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query))


def waiting_counts(event: Event) -> dict[int, int]:
    """Exhibitor → how many wait."""
    rows = db.session.execute(
        select(Meeting.exhibitor_id, func.count())
        .where(Meeting.event_id == event.id, Meeting.state.in_([MeetingState.PLANNED, MeetingState.WAITING]))
        .group_by(Meeting.exhibitor_id)
    )
    return dict(rows.all())


def last_number(event: Event) -> int:
    """The highest queue number that was given out."""
    return db.session.scalar(select(func.max(_PLACE)).where(Meeting.event_id == event.id)) or 0


def ranking_of(exhibitor: Exhibitor) -> list[tuple[Registration, int, EmployerRank | None]]:
    """Who wishes to be interviewed here: (who, their own rank of this exhibitor, how it ranks them)."""
    query = (
        select(Registration, InterviewWish.rank, EmployerRank)
        .join(InterviewWish, InterviewWish.registration_id == Registration.id)
        .outerjoin(
            EmployerRank,
            (EmployerRank.registration_id == Registration.id) & (EmployerRank.exhibitor_id == exhibitor.id),
        )
        .where(InterviewWish.exhibitor_id == exhibitor.id, Registration.state == RegistrationState.REGISTERED)
        .order_by(EmployerRank.rank.is_(None), EmployerRank.rank, InterviewWish.rank, InterviewWish.id)
        .limit(500)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]
