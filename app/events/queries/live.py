"""What the big screen shows: a few cheap counts."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from app.applications.models import Application
from app.core.db import db, now
from app.core.presentation import clock, day
from app.events.models import (
    Booth,
    CheckIn,
    Event,
    EventApplication,
    EventState,
    Exhibitor,
    Meeting,
    MeetingState,
    Scan,
    ScanMark,
)
from app.events.queries.gatherings import announcements_of
from app.events.queries.meeting import called_now, waiting_counts
from app.organizations.models import Organization
from app.postings.models import Posting

LATELY = timedelta(minutes=10)
HOT, CALLS = 6, 5
NEARLY_FULL = 0.9


def _count(column: Any, *where: Any) -> int:
    return db.session.scalar(select(func.count(column)).where(*where)) or 0


def figures(event: Event) -> dict[str, Any]:
    """People in, applications, interviews, hot posts, calls, the last announcement. Plain values, for JSON."""
    inside = _count(CheckIn.id, CheckIn.event_id == event.id)
    lately = _count(CheckIn.id, CheckIn.event_id == event.id, CheckIn.at >= now() - LATELY)
    applied = _count(EventApplication.id, EventApplication.event_id == event.id)
    people = db.session.scalar(
        select(func.count(func.distinct(Application.person_id)))
        .join(EventApplication, EventApplication.application_id == Application.id)
        .where(EventApplication.event_id == event.id)
    )
    met = _count(Meeting.id, Meeting.event_id == event.id, Meeting.state == MeetingState.MET)
    at_it = _count(Meeting.id, Meeting.event_id == event.id, Meeting.state == MeetingState.CALLED)
    wanted = db.session.scalar(
        select(func.count(Scan.id))
        .join(Exhibitor, Exhibitor.id == Scan.exhibitor_id)
        .where(Exhibitor.event_id == event.id, Scan.mark == ScanMark.WANTED)
    )
    over = _over(event)
    return {
        "over": over,
        "when": f"{day(event.starts_at)} {clock(event.starts_at)}",
        "place": event.place,
        "inside": inside,
        "lately": lately,
        "applications": applied,
        "people": people or 0,
        "met": met,
        "at_it": 0 if over else at_it,
        "wanted": wanted or 0,
        "capacity": event.capacity,
        "fullness": "" if over else fullness(event, inside),
        "hot": _hot(event),
        "calls": [] if over else _calls(event),
        "announcement": next((line.text for line in announcements_of(event, 1)), ""),
    }


def fullness(event: Event, inside: int) -> str:
    """`nearly` from nine tenths of what the hall holds, then `full`; empty while there is room or nobody counts."""
    room = event.capacity
    if not room or inside < NEARLY_FULL * room:
        return ""
    return "full" if inside >= room else "nearly"


def _over(event: Event) -> str:
    if event.state is EventState.CANCELLED:
        return "cancelled"
    return "ended" if event.is_over(now()) else ""


def _hot(event: Event) -> list[dict[str, Any]]:
    n = func.count(EventApplication.id)
    query = (
        select(Posting.title, Organization.name, Booth.number, n)
        .select_from(EventApplication)
        .join(Application, Application.id == EventApplication.application_id)
        .join(Posting, Posting.id == Application.posting_id)
        .join(Organization, Organization.id == Posting.organization_id)
        .join(Exhibitor, Exhibitor.id == EventApplication.exhibitor_id)
        .outerjoin(Booth, Booth.id == Exhibitor.booth_id)
        .where(EventApplication.event_id == event.id)
        .group_by(Posting.id, Posting.title, Organization.name, Booth.number)
        .order_by(n.desc(), Posting.id)
        .limit(HOT)
    )
    return [
        {"title": title, "employer": employer, "booth": booth or "", "n": count}
        for title, employer, booth, count in db.session.execute(query)
    ]


def _calls(event: Event) -> list[dict[str, Any]]:
    waiting = waiting_counts(event)
    return [
        {
            "number": each.number,
            "booth": each.exhibitor.booth.number if each.exhibitor.booth else "",
            "employer": each.exhibitor.organization.name,
            "waiting": waiting.get(each.exhibitor_id, 0),
        }
        for each in called_now(event, CALLS)
    ]
