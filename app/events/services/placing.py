"""Booths for the exhibitors of a gathering: given out by the rule, moved by hand, taken back."""

from app.core import audit
from app.core.db import db, now
from app.core.errors import DomainError
from app.events import allocation
from app.events.models import Booth, Event, EventState, Exhibitor, ExhibitorState
from app.events.queries import exhibiting as queries
from app.events.queries.halls import booths_of
from app.events.services.telling import tell_exhibitor

BY_HAND = "主办方调整"


class PlacingClosed(DomainError):
    message = "活动已经结束或取消，不能再分展位"


class NotApproved(DomainError):
    message = "审核通过的企业才能分展位"


class AlreadyBegun(DomainError):
    message = "活动已经开始，不能一次收回全部展位。要换的一家一家换"


def allocate(event: Event) -> list[allocation.Choice]:
    """Give a booth to every approved exhibitor without one, by the rule; those who have one keep it.

    All in one transaction: a laptop closed in the middle leaves either none or all of it.
    """
    if event.state not in {EventState.DRAFT, EventState.PUBLISHED}:
        raise PlacingClosed
    exhibitors = {each.id: each for each in queries.public_exhibitors(event)}
    booths = {booth.id: booth for booth in booths_of(event)}
    absences = queries.no_shows_before(event)
    taken = {each.booth_id for each in queries.exhibitors_of(event) if each.booth_id}
    kept = {each.id: each.booth_id for each in exhibitors.values() if each.booth_id}
    foreign = taken - set(kept.values())
    places = [_place(booth) for booth in booths.values() if booth.id not in foreign]
    claims = [_claim(each, absences) for each in exhibitors.values()]
    choices = allocation.allocate(places, claims, kept)
    for choice in choices:
        booth = booths[choice.place_id] if choice.place_id is not None else None
        _give(exhibitors[choice.claim_id], booth, choice.reasons)
    audit.about(event)
    return choices


def _give(exhibitor: Exhibitor, booth: Booth | None, reasons: list[str]) -> None:
    """Set the booth, and tell the enterprise when it is another one than before."""
    before = exhibitor.booth
    exhibitor.booth, exhibitor.booth_reasons = booth, reasons
    if before is not booth:
        _tell(exhibitor, booth)


def _tell(exhibitor: Exhibitor, booth: Booth | None) -> None:
    event = exhibitor.event
    if event.ends_at < now():
        return
    if booth is not None:
        tell_exhibitor(exhibitor, f"「{event.title}」：你们的展位是 {booth.number}")
    else:
        tell_exhibitor(exhibitor, f"「{event.title}」：你们的展位收回了，分好新的会通知")


def _place(booth: Booth) -> allocation.Place:
    hall = booth.hall
    return allocation.Place(
        id=booth.id,
        hall_id=hall.id,
        number=booth.number,
        x=booth.x,
        y=booth.y,
        w=booth.w,
        h=booth.h,
        has_power=booth.has_power,
        is_accessible=booth.is_accessible,
        steps=abs(booth.x - hall.entrance_x) + abs(booth.y - hall.entrance_y),
    )


def _claim(exhibitor: Exhibitor, absences: dict[int, int]) -> allocation.Claim:
    wishes = exhibitor.wishes
    return allocation.Claim(
        id=exhibitor.id,
        applied_at=exhibitor.applied_at or exhibitor.event.created_at,
        trade=next(iter(exhibitor.organization.chain_links), ""),
        cells=int(wishes.get("cells") or 1),
        power=bool(wishes.get("power")),
        accessible=bool(wishes.get("accessible")),
        near_entrance=bool(wishes.get("near_entrance")),
        no_shows=absences.get(exhibitor.organization_id, 0),
    )


def place(exhibitor: Exhibitor, booth: Booth | None) -> Exhibitor | None:
    """Move by hand; onto a taken booth the two change places. Returns the one that had to move."""
    if exhibitor.state is not ExhibitorState.APPROVED:
        raise NotApproved
    other = queries.takes_booth(booth) if booth is not None else None
    if other is not None and other.id == exhibitor.id:
        return None
    old = exhibitor.booth
    if booth is old:
        return None
    exhibitor.booth = None
    if other is not None:
        other.booth = None
        db.session.flush()  # the constraint allows one exhibitor a booth at every moment
        other.booth, other.booth_reasons = old, [BY_HAND] if old else []
        _tell(other, old)
    db.session.flush()
    exhibitor.booth, exhibitor.booth_reasons = booth, [BY_HAND] if booth is not None else []
    _tell(exhibitor, booth)
    audit.about(exhibitor)
    return other


def is_too_small(exhibitor: Exhibitor) -> bool:
    """Whether the booth has fewer cells than the enterprise asked for."""
    return exhibitor.booth is not None and exhibitor.booth.cells < int(exhibitor.wishes.get("cells") or 1)


def clear(event: Event) -> int:
    """Take all booths back, to start again; not any more once people stand in them."""
    if event.starts_at <= now():
        raise AlreadyBegun
    count = 0
    for exhibitor in queries.exhibitors_of(event):
        if exhibitor.booth_id is not None:
            _give(exhibitor, None, [])
            count += 1
    audit.about(event)
    return count
