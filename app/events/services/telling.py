"""Telling everybody of a gathering: those with an account in their inbox, the others by message."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.core import presentation
from app.core.db import db
from app.core.guard import Role
from app.events import tickets
from app.events.models import Event, Exhibitor, ExhibitorState, Registration, RegistrationState
from app.notifications.services import SITE, notify, send_to
from app.organizations.models import Membership
from app.people.models import Person

MOST_ASKED = 500  # numbers in one question to the database
CONCERNED = (ExhibitorState.INVITED, ExhibitorState.APPLIED, ExhibitorState.APPROVED, ExhibitorState.WAITING)


def address_of(event: Event) -> str:
    return f"/events/{event.id}"


def tell_exhibitor(exhibitor: Exhibitor, text: str) -> None:
    """All members of the enterprise."""
    query = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organization_id == exhibitor.organization_id, Membership.ended_at.is_(None))
    )
    for user in db.session.scalars(query):
        notify(user, text, f"/exhibits/{exhibitor.event_id}")


def tell_imported(event: Event, registrations: Sequence[Registration]) -> None:
    """Somebody else registered them: each gets the way to their ticket by SMS, and in the inbox of an account."""
    when = f"{presentation.day(event.starts_at)} {presentation.clock(event.starts_at)}"
    text = f"已替你报名「{event.title}」，{when}，点开是你的入场券"
    users: dict[str, User] = {}
    for start in range(0, len(registrations), MOST_ASKED):
        some = [each.phone for each in registrations[start : start + MOST_ASKED]]
        found = db.session.scalars(select(User).where(User.phone.in_(some), User.role == Role.SEEKER))
        users |= {user.phone: user for user in found if user.phone}
    for registration in registrations:
        path = f"/tickets/{tickets.link_of(registration.id)}"
        user = users.get(registration.phone)
        if user is not None:
            notify(user, text, path, by_message=True)
        else:
            send_to(registration.phone, SITE, text, path=path)


def tell_organizer(event: Event, text: str, path: str) -> None:
    """Those who hold the gathering: all members of the organizer, or whoever of the office planned it."""
    if event.organizer_id is None:
        notify(event.created_by, text, path)
        return
    query = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organization_id == event.organizer_id, Membership.ended_at.is_(None))
    )
    for user in db.session.scalars(query):
        notify(user, text, path)


def tell_everybody(event: Event, text: str, *, is_sent: bool = False) -> None:
    """Visitors and exhibitors; *is_sent*: by SMS too, and to those without an account."""
    people = (
        select(Registration)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.REGISTERED)
        .options(joinedload(Registration.person).joinedload(Person.user))
    )
    for registration in db.session.scalars(people):
        if registration.person is not None:
            notify(registration.person.user, text, address_of(event), by_message=is_sent, subject=SITE)
        elif is_sent:
            send_to(registration.phone, SITE, text, path=address_of(event))
    exhibitors = select(Exhibitor).where(Exhibitor.event_id == event.id, Exhibitor.state.in_(CONCERNED))
    for exhibitor in db.session.scalars(exhibitors):
        tell_exhibitor(exhibitor, text)
