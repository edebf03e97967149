"""Interviews at a fair: the times enterprises keep, the wishes of visitors, the ranks of enterprises."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.core import audit
from app.core.db import db
from app.core.errors import DomainError
from app.events.models import (
    EmployerRank,
    Exhibitor,
    InterviewSlot,
    InterviewWish,
    Registration,
    RegistrationState,
)
from app.events.queries import interviews as queries
from app.events.queries import meeting as meetings

MOST_WISHES = 6
MOST_SLOTS = 60


class WishesClosed(DomainError):
    message = "面试安排已经公布，不能再改意愿，可以到展位排队"


class TooManyWishes(DomainError):
    message = f"最多选{MOST_WISHES}家"


class SlotRefused(DomainError):
    status = 422
    message = "时段要在活动时间内，不能和已有的重叠"


def open_slots(exhibitor: Exhibitor, *, first: datetime, minutes: int, count: int, seats: int) -> int:
    """Keep *count* times one after the other free for interviews."""
    event, present = exhibitor.event, meetings.slots_of(exhibitor)
    if not 5 <= minutes <= 120:
        raise SlotRefused("每个时段5到120分钟")
    if not 1 <= seats <= 20:
        raise SlotRefused("同时1到20位")
    if not 1 <= count <= MOST_SLOTS - len(present):
        raise SlotRefused(f"时段至少开1个，一家最多{MOST_SLOTS}个，现在有{len(present)}个")
    for place in range(count):
        starts = first + timedelta(minutes=minutes * place)
        ends = starts + timedelta(minutes=minutes)
        if starts < event.starts_at or ends > event.ends_at:
            raise SlotRefused("时段要在活动时间内")
        if any(s.starts_at < ends and starts < s.starts_at + timedelta(minutes=s.minutes) for s in present):
            raise SlotRefused("和已有的时段重叠了")
        slot = InterviewSlot(exhibitor_id=exhibitor.id, starts_at=starts, minutes=minutes, seats=seats)
        db.session.add(slot)
    audit.about(exhibitor)
    return count


def close_slot(slot: InterviewSlot) -> None:
    """An empty one only."""
    if queries.is_taken(slot):
        raise SlotRefused("这个时段已经排了人")
    queries.forget_cancelled_in(slot)
    db.session.delete(slot)


def wish(registration: Registration, exhibitor: Exhibitor, *, is_wished: bool) -> None:
    """Wish for an interview after one's other wishes, or take the wish back."""
    if exhibitor.event.scheduled_at is not None or registration.state is RegistrationState.CANCELLED:
        raise WishesClosed
    own = meetings.wishes_of(registration)
    found = next((each for each in own if each.exhibitor_id == exhibitor.id), None)
    if not is_wished:
        if found is not None:
            db.session.delete(found)
        return
    if found is not None:
        return
    if len(own) >= MOST_WISHES:
        raise TooManyWishes
    rank = max((each.rank for each in own), default=0) + 1
    db.session.add(InterviewWish(registration_id=registration.id, exhibitor_id=exhibitor.id, rank=rank))
    audit.about(registration)


def prefer(registration: Registration, exhibitor_id: int) -> None:
    """This wish before the one that stood above it."""
    if registration.event.scheduled_at is not None or registration.state is RegistrationState.CANCELLED:
        raise WishesClosed
    own = meetings.wishes_of(registration)
    at = next((at for at, each in enumerate(own) if each.exhibitor_id == exhibitor_id), 0)
    if at:
        own[at - 1], own[at] = own[at], own[at - 1]
    for place, each in enumerate(own, 1):
        each.rank = place
    audit.about(registration)


def rank(exhibitor: Exhibitor, order: Sequence[int], refused: Sequence[int]) -> None:
    """How the enterprise ranks those who wish to come: registrations in order, and whom it would rather not meet."""
    if exhibitor.event.scheduled_at is not None:
        raise WishesClosed
    wishing = {registration.id for registration, _, _ in meetings.ranking_of(exhibitor)}
    present = {each.registration_id: each for each in queries.ranks_of(exhibitor)}
    places = {each: at for at, each in enumerate(order, 1)} | dict.fromkeys(refused)
    for registration_id, place in places.items():
        if registration_id not in wishing:
            continue
        if registration_id in present:
            present[registration_id].rank = place
        else:
            db.session.add(
                EmployerRank(exhibitor_id=exhibitor.id, registration_id=registration_id, rank=place)
            )
    audit.about(exhibitor)
