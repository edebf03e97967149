"""At the booth: scan a ticket, mark the person, take an application, call the next one."""

from app.accounts.models import User
from app.applications.models import Application
from app.applications.services import applying
from app.core import audit
from app.core.db import db, now
from app.core.errors import DomainError
from app.events.models import (
    EventApplication,
    Exhibitor,
    Meeting,
    MeetingState,
    Registration,
    RegistrationState,
    Scan,
    ScanMark,
)
from app.events.queries import meeting as queries
from app.events.queries.attending import registration_of_person
from app.notifications.services import notify
from app.organizations.models import Membership
from app.people.models import Person
from app.people.queries import main_resume
from app.postings.models import Posting


class TicketNotGood(DomainError):
    status = 422
    message = "这张票不能用：可能取消了，或者不是这场活动的"


class NotACode(DomainError):
    status = 422
    message = "号码是6位字母和数字，请再看一遍"


class FairOver(DomainError):
    message = "活动已经结束"


class NothingShared(DomainError):
    status = 403
    message = "对方没有同意把信息给展位看，请对方打开入场券自己投递"


class NoResume(DomainError):
    message = "先做一份简历再投递"


def scan(exhibitor: Exhibitor, registration: Registration | None, *, by: User) -> Scan:
    """Note that the booth met this person, with what they agreed to share at that moment.

    Raises
    ------
    FairOver, TicketNotGood, NothingShared
    """
    _still_open(exhibitor)
    if (
        registration is None
        or registration.event_id != exhibitor.event_id
        or registration.state is RegistrationState.CANCELLED
    ):
        raise TicketNotGood
    if not registration.shares:
        raise NothingShared
    found = queries.scan_of(exhibitor, registration)
    if found is None:
        found = Scan(
            exhibitor_id=exhibitor.id,
            registration_id=registration.id,
            shares=list(registration.shares),
            note="",
            scanned_by_id=by.id,
        )
        db.session.add(found)
        db.session.flush()
        audit.about(found)
        if registration.person is not None:
            name = exhibitor.organization.name
            notify(registration.person.user, f"{name}扫了你的入场券", f"/events/{exhibitor.event_id}")
    return found


def _still_open(exhibitor: Exhibitor) -> None:
    if exhibitor.event.is_over(now()):
        raise FairOver


def mark(found: Scan, verdict: ScanMark, note: str) -> None:
    found.mark, found.note = verdict, note.strip()
    audit.about(found)


def invite(found: Scan) -> None:
    """Ask the person on the spot to apply or to sit down; they answer themselves."""
    found.invited_at = now()
    person = found.registration.person
    audit.about(found)
    if person is not None:
        exhibitor = found.exhibitor
        text = f"{exhibitor.organization.name}想和你聊聊，点开看职位、投递或排队面试"
        notify(person.user, text, f"/events/{exhibitor.event_id}/booths/{exhibitor.id}")


def apply_here(
    exhibitor: Exhibitor, person: Person, posting: Posting, *, membership: Membership | None = None
) -> tuple[Application, bool]:
    """Hand in the main résumé at the booth; the application counts to this gathering."""
    resume = main_resume(person)
    if resume is None:
        raise NoResume
    application, is_new = applying.apply(person, posting, resume, {}, membership=membership)
    if is_new:
        registration = registration_of_person(exhibitor.event, person)
        source = queries.source_of(application) or EventApplication(application_id=application.id)
        source.event_id, source.exhibitor_id = exhibitor.event_id, exhibitor.id
        source.registration_id = registration.id if registration else None
        db.session.add(source)
    return application, is_new


# ── queue ──────────────────────────────────────────────


class QueueEnded(DomainError):
    message = "这一位已经叫过或离开了，请刷新看看"


def number_of(exhibitor: Exhibitor, place: int) -> str:
    """What the board calls: the booth's letter and a number of the whole gathering."""
    letter = exhibitor.booth.number[:1].upper() if exhibitor.booth else "Z"
    return f"{letter if letter.isalpha() else 'Z'}{place:03d}"


def queue_up(exhibitor: Exhibitor, registration: Registration) -> Meeting:
    """Take a number at this booth; pressing again gives the same one back, coming again after leaving the last one."""
    _still_open(exhibitor)
    if registration.state is RegistrationState.CANCELLED or registration.event_id != exhibitor.event_id:
        raise TicketNotGood
    found = queries.meeting_of(exhibitor, registration)
    if found is not None and found.state in queries.LIVE:
        return found
    place = queries.last_number(exhibitor.event) + 1
    if found is None:
        found = Meeting(
            event_id=exhibitor.event_id,
            exhibitor_id=exhibitor.id,
            registration_id=registration.id,
            number=number_of(exhibitor, place),
            state=MeetingState.WAITING,
            is_by_hand=False,
        )
        db.session.add(found)
    else:
        found.number = number_of(exhibitor, place)
    found.state, found.slot_id, found.called_at, found.ended_at = MeetingState.WAITING, None, None, None
    db.session.flush()
    audit.about(found)
    return found


def call(found: Meeting) -> None:
    """Call this one to the booth: the board shows it, the phone gets a line."""
    _still_open(found.exhibitor)
    if found.state not in queries.LIVE:
        raise QueueEnded
    found.state, found.called_at = MeetingState.CALLED, now()
    audit.about(found)
    person, exhibitor = found.registration.person, found.exhibitor
    if person is not None:
        where = f"{exhibitor.booth.number}号展位" if exhibitor.booth else exhibitor.organization.name
        notify(person.user, f"请 {found.number} 到{where}面试", f"/events/{exhibitor.event_id}")


def close(found: Meeting, state: MeetingState) -> None:
    """It took place, nobody came, or it was called off."""
    if found.state not in queries.LIVE or state not in {
        MeetingState.MET,
        MeetingState.MISSED,
        MeetingState.CANCELLED,
    }:
        raise QueueEnded
    found.state, found.ended_at = state, now()
    audit.about(found)


def leave(found: Meeting | None) -> None:
    """The visitor does not wait any longer; a time of the schedule is not given back here."""
    if found is None or found.state not in {MeetingState.WAITING, MeetingState.CALLED}:
        raise QueueEnded
    close(found, MeetingState.CANCELLED)
