"""Interviews at a fair: slots, wishes, ranks, a schedule by rule, changes by hand."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.core import audit, presentation
from app.core.db import db, now
from app.core.errors import DomainError
from app.core.pairing import Assigner
from app.events.models import (
    EmployerRank,
    Event,
    Exhibitor,
    InterviewSlot,
    InterviewWish,
    Meeting,
    MeetingState,
    Registration,
    RegistrationState,
)
from app.events.queries import interviews as queries
from app.events.queries import meeting as meetings
from app.events.services.booths import number_of
from app.events.timetabling import Clash, Slot, clashes, lay_out
from app.notifications.services import notify

MOST_WISHES = 6
MOST_SLOTS = 60


class WishesClosed(DomainError):
    message = "面试安排已经公布，不能再改意愿，可以到展位排队"


class TooManyWishes(DomainError):
    message = f"最多选{MOST_WISHES}家"


class SlotRefused(DomainError):
    status = 422
    message = "时段要在活动时间内，不能和已有的重叠"


class NoAssigner(DomainError):
    status = 503
    message = "自动排面试现在不能用，请手工安排"


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


@dataclass
class Schedule:
    """What the rule made: how many interviews, and wishes that two sides share but no time was left for."""

    made: int
    unplaced: list[tuple[int, int]] = field(default_factory=list)  # (registration, exhibitor)


def schedule(event: Event, assigner: Assigner | None) -> Schedule:
    """Make the schedule anew from wishes, ranks and slots; what was set by hand stays.

    Raises
    ------
    NoAssigner
        Nobody computes assignments on this site.
    """
    if assigner is None:
        raise NoAssigner
    wishes, slots = queries.wishes_at(event), queries.slots_at(event)
    by_exhibitor: dict[int, list[Slot]] = {}
    for slot in slots:
        by_exhibitor.setdefault(slot.exhibitor, []).append(slot)
    queries.drop_planned(event)
    db.session.flush()
    people = sorted({wish.registration_id for wish in wishes})
    employers = sorted(by_exhibitor)
    left, right = _values(wishes, queries.ranks_at(event), people, employers)
    capacity = [sum(slot.seats for slot in by_exhibitor[each]) for each in employers]
    most = [min(MOST_WISHES, len(slots) or 1)] * len(people)
    pairs, _ = (
        assigner(left, right, most, capacity, n_slots=None, rooms=[1] * len(employers))
        if people and employers
        else ([], [])
    )
    fixed = _by_hand(event, slots)
    named = [(people[i], employers[j]) for i, j in pairs]
    placed, unplaced = lay_out([pair for pair in named if pair not in fixed], by_exhibitor, fixed)
    _keep(event, placed)
    audit.about(event)
    return Schedule(len(placed), unplaced)


def _by_hand(event: Event, slots: Sequence[Slot]) -> dict[tuple[int, int], Slot]:
    """What the organizer set: these stay, and nobody else gets their places."""
    by_id = {slot.id: slot for slot in slots}
    return {
        pair: by_id[meeting.slot_id]
        for pair, meeting in queries.meetings_by_pair(event).items()
        if meeting.slot_id in by_id
    }


def _values(
    wishes: Sequence[InterviewWish],
    ranks: dict[tuple[int, int], int | None],
    people: Sequence[int],
    employers: Sequence[int],
) -> tuple[list[list[float]], list[list[float]]]:
    """What each pair is worth to either side: the dearest wish most; a pair that one side does not want is NaN."""
    row = {each: at for at, each in enumerate(people)}
    column = {each: at for at, each in enumerate(employers)}
    left = [[math.nan] * len(employers) for _ in people]
    right = [[math.nan] * len(employers) for _ in people]
    middle = (
        1_000.0  # unranked by the employer: after all that it ranked, in the order of the people's own wishes
    )
    for each in wishes:
        if each.exhibitor_id not in column:
            continue
        i, j = row[each.registration_id], column[each.exhibitor_id]
        left[i][j] = -float(each.rank)
        key = (each.exhibitor_id, each.registration_id)
        if key not in ranks:
            right[i][j] = -(middle + each.rank)
        elif (place := ranks[key]) is not None:
            right[i][j] = -float(place)
    return left, right


def _keep(event: Event, placed: dict[tuple[int, int], Slot]) -> None:
    exhibitors = queries.exhibitors_by_id(event)
    present = queries.meetings_by_pair(event)
    place = meetings.last_number(event)
    for (registration_id, exhibitor_id), slot in sorted(placed.items(), key=lambda item: item[1].starts_at):
        found = present.get((registration_id, exhibitor_id))
        if found is not None:
            continue
        place += 1
        db.session.add(
            Meeting(
                event_id=event.id,
                exhibitor_id=exhibitor_id,
                registration_id=registration_id,
                slot_id=slot.id,
                number=number_of(exhibitors[exhibitor_id], place),
                state=MeetingState.PLANNED,
                is_by_hand=False,
            )
        )
    db.session.flush()


def publish_schedule(event: Event) -> int:
    """Show the schedule to everybody who is in it, and tell them."""
    event.scheduled_at = now()
    planned = queries.planned(event)
    for each in planned:
        person = each.registration.person
        if person is not None and each.slot is not None:
            notify(
                person.user,
                f"「{event.title}」面试安排出来了：{each.exhibitor.organization.name}",
                f"/events/{event.id}",
            )
    audit.about(event)
    return len(planned)


def move(meeting: Meeting, slot: InterviewSlot) -> None:
    """By hand, to another time of the same exhibitor; clashes are shown, not refused."""
    if slot.exhibitor_id != meeting.exhibitor_id or meeting.state is not MeetingState.PLANNED:
        raise SlotRefused
    is_new = meeting.slot_id != slot.id
    meeting.slot, meeting.is_by_hand = slot, True
    if is_new and meeting.exhibitor.event.scheduled_at is not None:
        _tell(meeting, "面试时间改了")
    audit.about(meeting)


def add(registration: Registration, slot: InterviewSlot) -> Meeting:
    """By hand, somebody who wishes to meet this exhibitor and for whom the rule found no time."""
    exhibitor = slot.exhibitor
    if (
        registration.event_id != exhibitor.event_id
        or meetings.meeting_of(exhibitor, registration) is not None
    ):
        raise SlotRefused("这个人已经排过了")
    meeting = Meeting(
        event_id=exhibitor.event_id,
        exhibitor=exhibitor,
        registration=registration,
        slot=slot,
        number=number_of(exhibitor, meetings.last_number(exhibitor.event) + 1),
        state=MeetingState.PLANNED,
        is_by_hand=True,
    )
    db.session.add(meeting)
    if exhibitor.event.scheduled_at is not None:
        _tell(meeting, "加了一场面试")
    audit.about(meeting)
    return meeting


def remove(meeting: Meeting) -> None:
    """By hand: the time is free again, and the two may be put together anew."""
    if meeting.state is not MeetingState.PLANNED:
        raise SlotRefused("这场面试已经开始或结束，不能去掉")
    if meeting.exhibitor.event.scheduled_at is not None:
        _tell(meeting, "面试取消了")
    audit.about(meeting.exhibitor)
    db.session.delete(meeting)


def _tell(meeting: Meeting, what: str) -> None:
    person, exhibitor = meeting.registration.person, meeting.exhibitor
    if person is None or meeting.slot is None:
        return
    event, at = exhibitor.event, meeting.slot.starts_at
    when = f"{presentation.day(at)} {presentation.clock(at)}"
    notify(
        person.user, f"「{event.title}」{what}：{exhibitor.organization.name}，{when}", f"/events/{event.id}"
    )


def clashes_of(event: Event) -> list[Clash]:
    slots = {slot.id: slot for slot in queries.slots_at(event)}
    rows = [
        (each.registration_id, slots[each.slot_id])
        for each in queries.planned(event)
        if each.slot_id in slots
    ]
    return clashes(rows)
