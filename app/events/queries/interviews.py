"""What the schedule of interviews is made from."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import contains_eager, joinedload

from app.core.db import db
from app.events.models import (
    Booth,
    EmployerRank,
    Event,
    Exhibitor,
    ExhibitorState,
    InterviewSlot,
    InterviewWish,
    Meeting,
    MeetingState,
    Registration,
    RegistrationState,
)
from app.events.queries.halls import in_booth_order
from app.events.timetabling import Slot
from app.people.models import Person


def is_taken(slot: InterviewSlot) -> bool:
    query = select(Meeting.id).where(Meeting.slot_id == slot.id, Meeting.state != MeetingState.CANCELLED)
    return db.session.scalar(query.limit(1)) is not None


def forget_cancelled_in(slot: InterviewSlot) -> None:
    """A meeting that was called off holds no time."""
    db.session.execute(update(Meeting).where(Meeting.slot_id == slot.id).values(slot_id=None))


def wishes_at(event: Event) -> list[InterviewWish]:
    query = (
        select(InterviewWish)
        .join(Registration, Registration.id == InterviewWish.registration_id)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.REGISTERED)
        .order_by(InterviewWish.id)
    )
    return list(db.session.scalars(query))


def wish_count(event: Event) -> int:
    query = (
        select(func.count(InterviewWish.id))
        .join(Registration, Registration.id == InterviewWish.registration_id)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.REGISTERED)
    )
    return db.session.scalar(query) or 0


def planned_count(event: Event) -> int:
    """How many meetings have a time, whatever became of them."""
    query = select(func.count(Meeting.id)).where(
        Meeting.event_id == event.id, Meeting.slot_id.is_not(None), Meeting.state != MeetingState.CANCELLED
    )
    return db.session.scalar(query) or 0


def ranks_of(exhibitor: Exhibitor) -> list[EmployerRank]:
    return list(db.session.scalars(select(EmployerRank).where(EmployerRank.exhibitor_id == exhibitor.id)))


def ranks_at(event: Event) -> dict[tuple[int, int], int | None]:
    """(exhibitor, registration) → rank; None where the enterprise would rather not."""
    query = (
        select(EmployerRank.exhibitor_id, EmployerRank.registration_id, EmployerRank.rank)
        .join(Exhibitor, Exhibitor.id == EmployerRank.exhibitor_id)
        .where(Exhibitor.event_id == event.id)
    )
    return {(exhibitor, registration): rank for exhibitor, registration, rank in db.session.execute(query)}


def slots_at(event: Event) -> list[Slot]:
    """All times of approved exhibitors, in order."""
    query = (
        select(InterviewSlot, Booth.hall_id)
        .join(Exhibitor, Exhibitor.id == InterviewSlot.exhibitor_id)
        .outerjoin(Booth, Booth.id == Exhibitor.booth_id)
        .where(Exhibitor.event_id == event.id, Exhibitor.state == ExhibitorState.APPROVED)
        .order_by(InterviewSlot.starts_at, InterviewSlot.id)
    )
    return [
        Slot(slot.id, slot.exhibitor_id, slot.starts_at, slot.minutes, slot.seats, hall or 0)
        for slot, hall in db.session.execute(query)
    ]


def drop_planned(event: Event) -> None:
    """Forget what the rule planned before; what was set by hand stays."""
    db.session.execute(
        delete(Meeting).where(
            Meeting.event_id == event.id,
            Meeting.state == MeetingState.PLANNED,
            Meeting.is_by_hand.is_(False),
        )
    )


def exhibitors_by_id(event: Event) -> dict[int, Exhibitor]:
    query = select(Exhibitor).where(Exhibitor.event_id == event.id).options(joinedload(Exhibitor.booth))
    return {each.id: each for each in db.session.scalars(query)}


def meetings_by_pair(event: Event) -> dict[tuple[int, int], Meeting]:
    query = select(Meeting).where(Meeting.event_id == event.id)
    return {(each.registration_id, each.exhibitor_id): each for each in db.session.scalars(query)}


def planned(event: Event) -> list[Meeting]:
    """The schedule in order of time."""
    query = (
        select(Meeting)
        .join(Meeting.slot)
        .where(Meeting.event_id == event.id, Meeting.state == MeetingState.PLANNED)
        .options(
            joinedload(Meeting.slot),
            joinedload(Meeting.registration).joinedload(Registration.person).joinedload(Person.user),
            joinedload(Meeting.exhibitor).joinedload(Exhibitor.organization),
            joinedload(Meeting.exhibitor).joinedload(Exhibitor.booth),
        )
        .order_by(InterviewSlot.starts_at, Meeting.id)
    )
    return list(db.session.scalars(query))


def with_times(event: Event, only: Collection[int] | None = None) -> Select[Exhibitor]:
    """Exhibitors that keep times for interviews, in the order of their booths; of these ids, if given."""
    keeps = select(InterviewSlot.id).where(InterviewSlot.exhibitor_id == Exhibitor.id).exists()
    query = (
        select(Exhibitor)
        .outerjoin(Exhibitor.booth)
        .where(Exhibitor.event_id == event.id, Exhibitor.state == ExhibitorState.APPROVED, keeps)
        .options(joinedload(Exhibitor.organization), contains_eager(Exhibitor.booth))
        .order_by(Booth.number.is_(None), *in_booth_order(), Exhibitor.id)
    )
    return query if only is None else query.where(Exhibitor.id.in_(only))


def times_of(exhibitor_ids: Sequence[int]) -> list[InterviewSlot]:
    query = (
        select(InterviewSlot)
        .where(InterviewSlot.exhibitor_id.in_(exhibitor_ids))
        .order_by(InterviewSlot.starts_at)
    )
    return list(db.session.scalars(query))


def in_times(slot_ids: Sequence[int]) -> dict[int, list[Meeting]]:
    """Slot → who meets in it, whatever became of it."""
    query = (
        select(Meeting)
        .where(Meeting.slot_id.in_(slot_ids), Meeting.state != MeetingState.CANCELLED)
        .options(joinedload(Meeting.registration))
        .order_by(Meeting.id)
    )
    found: dict[int, list[Meeting]] = {}
    for meeting in db.session.scalars(query):
        found.setdefault(meeting.slot_id or 0, []).append(meeting)
    return found


def without_time(exhibitor_ids: Sequence[int]) -> dict[int, list[Registration]]:
    """Exhibitor → who wishes to meet it, is not refused by it, and has neither a time nor a place in its queue."""
    is_met = select(Meeting.id).where(
        Meeting.exhibitor_id == InterviewWish.exhibitor_id,
        Meeting.registration_id == InterviewWish.registration_id,
    )
    is_refused = select(EmployerRank.id).where(
        EmployerRank.exhibitor_id == InterviewWish.exhibitor_id,
        EmployerRank.registration_id == InterviewWish.registration_id,
        EmployerRank.rank.is_(None),
    )
    query = (
        select(InterviewWish.exhibitor_id, Registration)
        .join(Registration, Registration.id == InterviewWish.registration_id)
        .where(
            InterviewWish.exhibitor_id.in_(exhibitor_ids),
            Registration.state == RegistrationState.REGISTERED,
            ~is_met.exists(),
            ~is_refused.exists(),
        )
        .order_by(InterviewWish.rank, InterviewWish.id)
    )
    found: dict[int, list[Registration]] = {}
    for exhibitor_id, registration in db.session.execute(query):
        found.setdefault(exhibitor_id, []).append(registration)
    return found
