"""The schedule of a fair's interviews: by rule, changed by hand with the clashes shown, published."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.core import audit, presentation
from app.core.db import db, now
from app.core.errors import DomainError
from app.core.pairing import Assigner
from app.events.models import (
    Event,
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
from app.events.services.interviewing import MOST_WISHES, SlotRefused
from app.events.timetabling import Clash, Slot, clashes, lay_out
from app.notifications.services import notify


class NoAssigner(DomainError):
    status = 503
    message = "自动排面试现在不能用，请手工安排"


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
    if registration.state is RegistrationState.CANCELLED:
        raise SlotRefused("这张入场券取消了，不能再排面试")
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
