"""Planning a gathering: written, copied, published, called off, ended."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.core import audit
from app.core.db import db, now
from app.core.errors import DomainError, EditConflict
from app.core.presentation import clock, day
from app.core.storage import StoredFile
from app.events import checklist, queries
from app.events.kinds import EVENTS, ORGANIZER, SYSTEM, kind_of
from app.events.models import (
    Announcement,
    Booth,
    Event,
    EventState,
    Hall,
    HelperLink,
    MeetingState,
    TimetableEntry,
)
from app.events.queries import meeting as meetings
from app.events.queries.exhibiting import approved_count, state_counts
from app.events.queries.halls import booth_count, booths_of, halls_of
from app.events.services.telling import tell_everybody, tell_imported

ENDS_AFTER = timedelta(hours=6)  # after its end a gathering is closed by the clock
PAPERS = ("safety_plan", "emergency_plan")
HALL_COLUMNS = ("name", "width", "height", "entrance_x", "entrance_y")
BOOTH_COLUMNS = ("number", "x", "y", "w", "h", "has_power", "is_accessible")


class NotReady(DomainError):
    status = 422
    message = "还不能发布"


class NotEmpty(DomainError):
    message = "只有还没有企业和报名的草稿能删掉"


class AlreadyOver(DomainError):
    message = "活动已经结束或取消，不能再改"


def create(kind: str, values: Mapping[str, Any], *, by: User, organizer_id: int | None) -> Event:
    event = Event(kind=kind, organizer_id=organizer_id, created_by_id=by.id, **values)
    db.session.add(event)
    db.session.flush()
    audit.about(event)
    return event


def edit(event: Event, values: Mapping[str, Any], *, seen_version: int) -> None:
    """Change what the organizer wrote. A published one tells everybody when its time or place moves."""
    if event.state in {EventState.ENDED, EventState.CANCELLED}:
        raise AlreadyOver
    if seen_version != event.version:
        raise EditConflict([])
    before = _when_and_where(event)
    for name, value in values.items():
        setattr(event, name, value)
    audit.about(event)
    if event.state is EventState.PUBLISHED and before != _when_and_where(event):
        event.moved_note = "时间或地点有变，以这里写的为准"
        when, where = _said(event)
        tell_everybody(event, f"「{event.title}」的时间或地点改了，现在是{when}，{where}", is_sent=True)


def _when_and_where(event: Event) -> tuple[object, ...]:
    return event.starts_at, event.ends_at, event.place, event.address


def _said(event: Event) -> tuple[str, str]:
    """Time and place, as a message says them."""
    first, last = day(event.starts_at), day(event.ends_at)
    until = clock(event.ends_at) if first == last else f"{last} {clock(event.ends_at)}"
    where = "线上" if event.is_online else "，".join(filter(None, (event.place, event.address)))
    return f"{first} {clock(event.starts_at)}–{until}", where


def attach(event: Event, paper: str, file: StoredFile) -> None:
    """Keep a paper that the law asks for; *paper* is one of PAPERS."""
    if paper not in PAPERS:
        raise ValueError(paper)
    setattr(event, paper, file)
    audit.about(event)


def copy(source: Event, *, by: User, starts_at: datetime) -> Event:
    """The same gathering again, from *starts_at*: halls, booths, rules and timetable, without people and papers."""
    shift = starts_at - source.starts_at
    kept = (
        "kind organizer_id title place address is_online online_url capacity registration_limit introduction"
        " rules audience contact_name contact_phone"
    )
    moments = "starts_at ends_at exhibitors_from exhibitors_until people_from people_until"
    values = {name: getattr(source, name) for name in kept.split()}
    shifted = {
        name: moment and moment + shift for name in moments.split() for moment in (getattr(source, name),)
    }
    event = Event(**values, **shifted, created_by_id=by.id, copied_from_id=source.id)
    db.session.add(event)
    db.session.flush()
    _copy_halls(source, event)
    for line in queries.timetable_of(source):
        db.session.add(
            TimetableEntry(
                event_id=event.id,
                starts_at=line.starts_at + shift,
                ends_at=line.ends_at and line.ends_at + shift,
                what=line.what,
                place=line.place,
            )
        )
    audit.about(event)
    return event


def _copy_halls(source: Event, event: Event) -> None:
    halls = {}
    for hall in halls_of(source):
        halls[hall.id] = Hall(event_id=event.id, **{name: getattr(hall, name) for name in HALL_COLUMNS})
        db.session.add(halls[hall.id])
    for booth in booths_of(source):
        values = {name: getattr(booth, name) for name in BOOTH_COLUMNS}
        db.session.add(Booth(event_id=event.id, hall=halls[booth.hall_id], **values))


def checklist_of(event: Event) -> list[checklist.Item]:
    return checklist.checklist(
        event,
        kind_of(event.kind),
        booths=booth_count(event),
        approved=approved_count(event),
        moment=now(),
    )


def publish(event: Event) -> None:
    """Show it to everybody.

    Raises
    ------
    NotReady
        Something that is needed is missing; the message names it.
    """
    state = EVENTS.target(event.state, "publish", ORGANIZER)
    missing = checklist.missing(checklist_of(event))
    if missing:
        raise NotReady("还不能发布，缺：" + "、".join(item.title for item in missing))
    event.state, event.published_at = state, now()
    audit.about(event)
    tell_imported(event, queries.imported_at(event))


def cancel(event: Event, reason: str) -> None:
    """Call it off; tickets stay and say so, everybody is told."""
    state = EVENTS.target(event.state, "cancel", ORGANIZER)
    if not reason.strip():
        raise NotReady("请写明取消的原因，报了名的人会看到")
    event.state, event.cancel_reason = state, reason.strip()
    close_queues(event, meetings.LIVE)
    audit.about(event)
    tell_everybody(event, f"「{event.title}」取消了：{event.cancel_reason}", is_sent=True)


def discard(event: Event) -> None:
    """Throw a draft away, with its map and timetable; nobody may be on it yet."""
    if event.state is not EventState.DRAFT or state_counts(event) or queries.imports_of(event):
        raise NotEmpty
    for model in (TimetableEntry, HelperLink, Booth, Hall):
        for row in db.session.scalars(select(model).where(model.event_id == event.id)):
            db.session.delete(row)
        db.session.flush()
    for copied in db.session.scalars(select(Event).where(Event.copied_from_id == event.id)):
        copied.copied_from_id = None
    audit.about(event)
    db.session.flush()
    db.session.delete(event)


def end(event: Event, *, who: str = ORGANIZER) -> None:
    """No more check-ins, scans or numbers; who waits is sent home, and who is being met may still be noted as met."""
    event.state = EVENTS.target(event.state, "end", who)
    event.ended_at = now()
    close_queues(event, (MeetingState.WAITING,))
    audit.about(event)


def close_queues(event: Event, states: Sequence[MeetingState]) -> None:
    for each in meetings.meetings_at(event, states):
        each.state, each.ended_at = MeetingState.CANCELLED, now()
        audit.about(each)


def end_those_over() -> int:
    """Close by the clock what was over some hours ago."""
    over = queries.to_end(now() - ENDS_AFTER)
    for event in over:
        end(event, who=SYSTEM)
    return len(over)


def record(event: Event, outcome: str) -> None:
    """Write down what came of it."""
    event.outcome = outcome.strip() or None
    audit.about(event)


def announce(event: Event, text: str, *, by: User) -> Announcement:
    """Call something out: on the page, the big screen, and in the inbox of everybody who has an account."""
    if event.state is not EventState.PUBLISHED:
        raise AlreadyOver
    line = Announcement(event_id=event.id, text=text, made_by_id=by.id)
    db.session.add(line)
    tell_everybody(event, f"「{event.title}」公告：{text}")
    return line
