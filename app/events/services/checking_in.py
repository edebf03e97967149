"""Letting people in: one check-in for each ticket, whatever is repeated, queued, or shown at two doors at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Table, and_, bindparam, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from app.core.county_time import COUNTY_TIME
from app.core.db import db
from app.core.identifiers import check_mobile
from app.core.presentation import clock
from app.events import queries, tickets
from app.events.models import CheckIn, Event, EventState, Registration, RegistrationState

MOST_AT_ONCE = 500
SHORTEST_TOKEN = 20  # characters: less was typed by hand

_FOUND = (
    select(Registration, CheckIn.id)
    .outerjoin(CheckIn, CheckIn.registration_id == Registration.id)
    .where(Registration.event_id == bindparam("event_id"))
)
_BY_SERIAL = _FOUND.where(Registration.serial.in_(bindparam("shown", expanding=True)))
_BY_CODE = _FOUND.where(Registration.code.in_(bindparam("shown", expanding=True)))
_BY_PHONE = _FOUND.where(Registration.phone.in_(bindparam("shown", expanding=True)))


class Verdict(StrEnum):
    WELCOME = "welcome"  # 欢迎
    ALREADY = "already"  # 已经签到
    OTHER_EVENT = "other_event"  # 不是这场活动的票
    CANCELLED = "cancelled"  # 票已取消
    EVENT_CANCELLED = "event_cancelled"  # 活动取消了
    FORGED = "forged"  # 假票或损坏
    UNKNOWN = "unknown"  # 查不到
    EARLY = "early"  # 还没到日子
    EXPIRED = "expired"  # 活动已经结束
    FULL = "full"  # 满员


@dataclass(frozen=True)
class Attempt:
    """One ticket shown at one door. `key` is drawn by the device: the same key is the same scan, sent again."""

    shown: str  # token or code
    key: str
    device_at: datetime | None = None
    is_queued: bool = False


@dataclass(frozen=True)
class Answer:
    key: str
    verdict: Verdict
    registration: Registration | None = None
    at: datetime | None = None
    door: str = ""


@dataclass(frozen=True)
class Door:
    """Where and with what it was shown; *offset* is how far the device's clock is behind ours."""

    name: str
    device: str
    received_at: datetime
    offset: timedelta = timedelta()


def doors_open(event: Event) -> datetime:
    """The county's midnight before the start."""
    return datetime.combine(event.starts_at.astimezone(COUNTY_TIME).date(), time(), COUNTY_TIME)


def moment_of(event: Event, attempt: Attempt, door: Door) -> datetime:
    """When it was shown: by the device's clock set right, never before the doors open nor after it arrived here."""
    at = door.received_at if attempt.device_at is None else attempt.device_at + door.offset
    return max(doors_open(event), min(at, door.received_at))


def read(
    attempts: Sequence[Attempt], key: Ed25519PublicKey, *, takes_phones: bool = True
) -> dict[str, tickets.Ticket | str | None]:
    """What each attempt shows: a genuine ticket, a good code or phone number, or nothing. Outside any lock: no database."""
    return {
        attempt.key: tickets.read_code(attempt.shown)
        or tickets.read(attempt.shown, key)
        or (_read_phone(attempt.shown) if takes_phones else None)
        for attempt in attempts
    }


def _read_phone(typed: str) -> str | None:
    checked = check_mobile(typed) if len(typed) < SHORTEST_TOKEN else None
    return checked.value if checked is not None and checked.is_valid else None


def check_in(
    event: Event,
    attempts: Sequence[Attempt],
    door: Door,
    key: Ed25519PublicKey,
    shown: dict[str, tickets.Ticket | str | None] | None = None,
) -> list[Answer]:
    """Answer each attempt, in order. Runs in one transaction; repeating the whole call changes nothing."""
    refused, wanted = _sorted(event, attempts, shown or read(attempts, key))
    found, inside = _registrations(event, wanted)
    answers = dict(refused)
    room = _room(event, len(wanted))
    let_in: dict[str, Registration] = {}
    for attempt in attempts:
        if attempt.key in answers:
            continue
        registration = found.get(wanted[attempt.key])
        verdict = _refusal(event, registration, moment_of(event, attempt, door), door.received_at)
        is_new = registration is not None and registration.id not in inside
        if verdict is None and is_new and not attempt.is_queued and room is not None:
            ahead = {r.id for r in let_in.values() if r.id not in inside}
            verdict = Verdict.FULL if len(ahead - {registration.id}) >= room else None  # type: ignore[union-attr]  # is_new says so
        if verdict is not None or registration is None:
            answers[attempt.key] = Answer(attempt.key, verdict or Verdict.UNKNOWN, registration)
        else:
            let_in[attempt.key] = registration
    if let_in:
        written = _write(event, [a for a in attempts if a.key in let_in], let_in, door)
        answers |= _said(let_in, written)
    return [answers[attempt.key] for attempt in attempts]


def _sorted(
    event: Event, attempts: Sequence[Attempt], shown: dict[str, tickets.Ticket | str | None]
) -> tuple[dict[str, Answer], dict[str, int | str]]:
    """Answers that are clear already, and the serial or code behind each other attempt."""
    answers: dict[str, Answer] = {}
    wanted: dict[str, int | str] = {}
    for attempt in attempts:
        ticket = shown[attempt.key]
        if isinstance(ticket, str):
            wanted[attempt.key] = ticket
        elif ticket is None:
            is_typed = len(attempt.shown.strip()) < SHORTEST_TOKEN
            answers[attempt.key] = Answer(attempt.key, Verdict.UNKNOWN if is_typed else Verdict.FORGED)
        elif ticket.event_id != event.id:
            answers[attempt.key] = Answer(attempt.key, Verdict.OTHER_EVENT)
        else:
            wanted[attempt.key] = ticket.serial
    return answers, wanted


def _registrations(
    event: Event, wanted: dict[str, int | str]
) -> tuple[dict[int | str, Registration], set[int]]:
    """The registrations by serial, code and phone, and which of them are in already."""
    found: dict[int | str, Registration] = {}
    inside = set()
    serials = [each for each in wanted.values() if isinstance(each, int)]
    typed = [each for each in wanted.values() if isinstance(each, str)]
    codes = [each for each in typed if len(each) == tickets.CODE_LENGTH]
    phones = [each for each in typed if len(each) != tickets.CODE_LENGTH]
    for query, shown in ((_BY_SERIAL, serials), (_BY_CODE, codes), (_BY_PHONE, phones)):
        if not shown:
            continue
        for registration, check_in_id in db.session.execute(query, {"event_id": event.id, "shown": shown}):
            found[registration.serial] = found[registration.code] = found[registration.phone] = registration
            if check_in_id is not None:
                inside.add(registration.id)
    return found, inside


def _refusal(
    event: Event, registration: Registration | None, at: datetime, received_at: datetime
) -> Verdict | None:
    if event.state is EventState.CANCELLED:
        return Verdict.EVENT_CANCELLED
    if registration is None:
        return Verdict.UNKNOWN
    if registration.state is RegistrationState.CANCELLED:
        return Verdict.CANCELLED
    if event.state is EventState.DRAFT or received_at < doors_open(event):
        return Verdict.EARLY
    return Verdict.EXPIRED if at > event.closes_at else None


def _room(event: Event, wanted: int) -> int | None:
    """How many more the hall holds; None where nobody counts, or where there is room for all who may come at once.

    Near the limit the event's row is the queue on PostgreSQL; on SQLite the transaction holds the only lock there is.
    """
    if event.capacity is None:
        return None
    left = event.capacity - queries.attended_count(event)
    if left > wanted + MOST_AT_ONCE:
        return None
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    return max(0, event.capacity - queries.attended_count(event))


def _write(
    event: Event, attempts: Sequence[Attempt], let_in: dict[str, Registration], door: Door
) -> dict[int, dict[str, Any]]:
    """Insert; a ticket that is in already keeps its earliest moment, so that queues merge alike in any order.

    Returns the rows that were written, by registration; one that lost to an earlier row is not among them.
    """
    first: dict[int, dict[str, Any]] = {}
    for attempt in attempts:
        row: dict[str, Any] = {
            "registration_id": let_in[attempt.key].id,
            "event_id": event.id,
            "at": moment_of(event, attempt, door),
            "device_at": attempt.device_at,
            "received_at": door.received_at,
            "key": attempt.key,
            "device": door.device,
            "door": door.name,
            "is_queued": attempt.is_queued,
        }
        other = first.get(row["registration_id"])
        if other is None or (row["at"], row["key"]) < (other["at"], other["key"]):
            first[row["registration_id"]] = row
    rows = sorted(first.values(), key=lambda row: row["registration_id"])
    taken = set(db.session.scalars(_insertion(db.engine.dialect.name), rows))
    return {registration_id: row for registration_id, row in first.items() if registration_id in taken}


@cache
def _insertion(dialect: str) -> ReturningInsert[tuple[int]]:
    """Built once: building it took longer than running it."""
    table = cast("Table", CheckIn.__table__)
    insert = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    kept = ("at", "device_at", "received_at", "key", "device", "door", "is_queued")
    return insert.on_conflict_do_update(
        index_elements=[table.c.registration_id],
        set_={name: insert.excluded[name] for name in kept},
        where=and_(
            insert.excluded["is_queued"],  # at two doors online, the first to be written is the one let in
            tuple_(insert.excluded["at"], insert.excluded["key"]) < tuple_(table.c["at"], table.c.key),
        ),
    ).returning(table.c.registration_id)


def _said(let_in: dict[str, Registration], written: dict[int, dict[str, Any]]) -> dict[str, Answer]:
    """Welcome to those whose scan is the one that counts; the others are told when and where they came in."""
    others = {r.id for r in let_in.values() if r.id not in written}
    columns = (CheckIn.registration_id, CheckIn.key, CheckIn.at, CheckIn.door)
    present = {
        registration_id: (row["key"], row["at"], row["door"]) for registration_id, row in written.items()
    }
    if others:
        for registration_id, *row in db.session.execute(
            select(*columns).where(CheckIn.registration_id.in_(others))
        ):
            present[registration_id] = (row[0], row[1], row[2])
    answers = {}
    for key, registration in let_in.items():
        known, at, door = present[registration.id]
        verdict = Verdict.WELCOME if known == key else Verdict.ALREADY
        answers[key] = Answer(key, verdict, registration, at, door)
    return answers


def arrivals(event: Event, since: datetime) -> int:
    """How many came in from *since* on."""
    query = select(func.count()).where(CheckIn.event_id == event.id, CheckIn.at >= since)
    return db.session.scalar(query) or 0


TITLES = {
    Verdict.WELCOME: "欢迎",
    Verdict.ALREADY: "已经签到",
    Verdict.OTHER_EVENT: "不是这场活动的票",
    Verdict.CANCELLED: "这张票取消了",
    Verdict.EVENT_CANCELLED: "活动取消了",
    Verdict.FORGED: "这张票认不出",
    Verdict.UNKNOWN: "没有这个号码",
    Verdict.EARLY: "还没到入场的日子",
    Verdict.EXPIRED: "活动已经结束",
    Verdict.FULL: "场内已满",
}


def words(answer: Answer) -> str:
    """One line under the verdict."""
    if answer.verdict is Verdict.ALREADY and answer.at:
        return f"{clock(answer.at)} 在{answer.door or '别处'}进的场"
    hints = {
        Verdict.OTHER_EVENT: "请看票上写的是哪一场",
        Verdict.CANCELLED: "可以现场重新登记",
        Verdict.FORGED: "请对方打开入场券页面再扫，或者报手机号查",
        Verdict.UNKNOWN: "请核对6位号码或手机号，也可以现场登记",
        Verdict.FULL: "先不要放人进场，听现场安排",
    }
    return hints.get(answer.verdict, "")
