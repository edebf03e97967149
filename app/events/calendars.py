"""A gathering as a calendar entry (RFC 5545)."""

from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from app.core.db import now
from app.events.models import Event, EventState


def write(event: Event, url: str) -> bytes:
    """One entry with a reminder on the day before; the same gathering keeps its identity when it is moved."""
    calendar = Calendar()
    calendar.add("prodid", "-//qingcai//events//ZH")
    calendar.add("version", "2.0")
    entry = Entry()
    entry.add("uid", f"event-{event.id}@qingcai")
    entry.add("sequence", event.version)
    entry.add("dtstamp", now())
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", event.title)
    entry.add(
        "location", event.online_url or "" if event.is_online else f"{event.place} {event.address}".strip()
    )
    entry.add("url", url)
    entry.add("status", "CANCELLED" if event.state is EventState.CANCELLED else "CONFIRMED")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.title)
    alarm["trigger"] = "-P1D"
    entry.add_component(alarm)
    calendar.add_component(entry)
    return calendar.to_ical()
