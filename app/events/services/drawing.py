"""Drawing the map: halls, booths, and that no two booths lie on each other."""

from collections.abc import Iterable
from typing import Any

from app.core import audit
from app.core.db import db
from app.core.errors import DomainError
from app.events.models import Booth, Event, Hall
from app.events.queries.exhibiting import takes_booth
from app.events.queries.halls import booths_of, halls_of


class BoothRefused(DomainError):
    status = 422
    message = "展位放不下"


def add_hall(event: Event, *, name: str, **values: int) -> Hall:
    if any(each.name == name for each in halls_of(event)):
        raise BoothRefused(f"已经有「{name}」了")
    hall = Hall(event_id=event.id, name=name, **values)
    db.session.add(hall)
    db.session.flush()
    audit.about(event)
    return hall


def change_hall(hall: Hall, *, name: str, width: int, height: int, **values: int) -> None:
    """Its name, size and entrance; the booths in it must still fit."""
    event = db.session.get_one(Event, hall.event_id)
    if any(each.name == name for each in halls_of(event) if each.id != hall.id):
        raise BoothRefused(f"已经有「{name}」了")
    for booth in booths_of(event):
        if booth.hall_id == hall.id and not _fits(booth, width, height):
            raise BoothRefused(f"{booth.number} 就放不下了，先把它移开")
    for column, value in {"name": name, "width": width, "height": height, **values}.items():
        setattr(hall, column, value)
    audit.about(event)


def _fits(booth: Booth, width: int, height: int) -> bool:
    return booth.x + booth.w - 1 <= width and booth.y + booth.h - 1 <= height


def remove_hall(event: Event, hall_id: int) -> None:
    """An empty hall only."""
    hall = _hall(event, hall_id)
    if any(booth.hall_id == hall_id for booth in booths_of(event)):
        raise BoothRefused("馆里还有展位，先把展位去掉")
    db.session.delete(hall)


def _hall(event: Event, hall_id: int) -> Hall:
    hall = db.session.get(Hall, hall_id)
    if hall is None or hall.event_id != event.id:
        raise BoothRefused("没有这个馆")
    return hall


def booth_in(event: Event, booth_id: int) -> Booth | None:
    booth = db.session.get(Booth, booth_id)
    return booth if booth is not None and booth.event_id == event.id else None


def add_booth(event: Event, hall_id: int, **values: Any) -> Booth:
    hall = _hall(event, hall_id)
    booth = Booth(event_id=event.id, hall_id=hall.id, **values)
    _check(booth, hall, booths_of(event))
    db.session.add(booth)
    db.session.flush()
    audit.about(booth)
    return booth


def add_row(
    event: Event,
    hall_id: int,
    *,
    prefix: str,
    first: int,
    count: int,
    x: int,
    y: int,
    gap: int,
    has_power: bool,
) -> int:
    """Booths side by side with numbers that go on: A01, A02…"""
    for at in range(count):
        add_booth(
            event,
            hall_id,
            number=f"{prefix}{first + at:02d}",
            x=x + at * (1 + gap),
            y=y,
            w=1,
            h=1,
            has_power=has_power,
            is_accessible=True,
        )
    return count


def change(booth: Booth, **values: Any) -> None:
    hall, others = booth.hall, [each for each in _of(booth) if each.id != booth.id]
    moved = Booth(event_id=booth.event_id, hall_id=hall.id, **values)
    _check(moved, hall, others)
    for name, value in values.items():
        setattr(booth, name, value)
    audit.about(booth)


def _of(booth: Booth) -> list[Booth]:
    event = db.session.get_one(Event, booth.event_id)
    return booths_of(event)


def remove(booth: Booth) -> None:
    if takes_booth(booth):
        raise BoothRefused("这个展位已经分给企业，先把企业移开")
    db.session.delete(booth)
    audit.about(booth)


def _check(booth: Booth, hall: Hall, others: Iterable[Booth]) -> None:
    if not _fits(booth, hall.width, hall.height):
        raise BoothRefused(f"{booth.number} 超出了{hall.name}的范围")
    for other in others:
        if other.number == booth.number:
            raise BoothRefused(f"已经有 {booth.number} 号展位了")
        is_beside = (
            other.hall_id != hall.id
            or booth.x + booth.w <= other.x
            or other.x + other.w <= booth.x
            or booth.y + booth.h <= other.y
            or other.y + other.h <= booth.y
        )
        if not is_beside:
            raise BoothRefused(f"{booth.number} 和 {other.number} 叠在一起了")


def next_number(booths: Iterable[Booth]) -> str:
    """The number after the last one, as people count on."""
    last = max((booth.number for booth in booths), key=lambda n: (len(n), n), default="")
    digits = len(last) - len(last.rstrip("0123456789"))
    if not digits:
        return "A01" if not last else f"{last}1"
    return f"{last[:-digits]}{int(last[-digits:]) + 1:0{digits}d}"
