"""Who registered and who came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import User
from app.core.db import db
from app.events.models import (
    CheckIn,
    Event,
    EventState,
    Registration,
    RegistrationImport,
    RegistrationSource,
    RegistrationState,
    SurveyAnswer,
)
from app.organizations.models import Organization, OrganizationKind
from app.people.models import Person

_ATTENDED = select(func.count()).where(
    CheckIn.event_id == bindparam("event_id")
)  # built once: asked at each scan


@dataclass(frozen=True)
class Counts:
    """How many hold a good ticket, how many came, how many took their registration back."""

    registered: int
    attended: int
    cancelled: int


def registered_count(event: Event) -> int:
    query = select(func.count()).where(
        Registration.event_id == event.id, Registration.state == RegistrationState.REGISTERED
    )
    return db.session.scalar(query) or 0


def attended_count(event: Event) -> int:
    return db.session.scalar(_ATTENDED, {"event_id": event.id}) or 0


def counts_of(event: Event) -> Counts:
    rows = db.session.execute(
        select(Registration.state, func.count())
        .where(Registration.event_id == event.id)
        .group_by(Registration.state)
    )
    by_state = dict(rows.all())
    return Counts(
        by_state.get(RegistrationState.REGISTERED, 0),
        attended_count(event),
        by_state.get(RegistrationState.CANCELLED, 0),
    )


def by_phone(event: Event, phone: str) -> Registration | None:
    return db.session.scalar(
        select(Registration).where(Registration.event_id == event.id, Registration.phone == phone)
    )


def by_code(event: Event, code: str) -> Registration | None:
    return db.session.scalar(
        select(Registration).where(Registration.event_id == event.id, Registration.code == code)
    )


def by_serial(serial: int) -> Registration | None:
    return db.session.scalar(select(Registration).where(Registration.serial == serial))


def registration_of_person(event: Event, person: Person) -> Registration | None:
    return db.session.scalar(
        select(Registration).where(Registration.event_id == event.id, Registration.person_id == person.id)
    )


def _is_of(user: User) -> ColumnElement[bool]:
    """Their own rows, and those nobody claimed that carry the number with which they sign in."""
    own = Registration.person_id == select(Person.id).where(Person.user_id == user.id).scalar_subquery()
    if user.phone is None:
        return own
    return or_(own, and_(Registration.person_id.is_(None), Registration.phone == user.phone))


def registration_of_user(event: Event, user: User) -> Registration | None:
    return db.session.scalar(
        select(Registration)
        .where(Registration.event_id == event.id, _is_of(user))
        .order_by(Registration.person_id.is_(None))
        .limit(1)
    )


def of_user(user: User) -> Select[Registration]:
    """A seeker's own registrations, the latest gathering first: also before they have a résumé."""
    return (
        select(Registration)
        .join(Registration.event)
        .where(_is_of(user), Event.state != EventState.DRAFT)
        .options(joinedload(Registration.event))
        .order_by(Event.starts_at.desc(), Registration.id.desc())
    )


def imported_at(event: Event) -> list[Registration]:
    """Whom a list brought, as far as they still hold a place."""
    query = select(Registration).where(
        Registration.event_id == event.id,
        Registration.source == RegistrationSource.IMPORT,
        Registration.state == RegistrationState.REGISTERED,
    )
    return list(db.session.scalars(query))


def with_event(registration_id: int) -> Registration | None:
    return db.session.scalar(
        select(Registration).where(Registration.id == registration_id).options(joinedload(Registration.event))
    )


def ahead_of_person(person: Person, moment: datetime) -> Select[Registration]:
    """The good tickets to gatherings that are not over and not yet entered, the next one first."""
    return (
        select(Registration)
        .join(Registration.event)
        .where(
            Registration.person_id == person.id,
            Registration.state == RegistrationState.REGISTERED,
            Event.state == EventState.PUBLISHED,
            Event.ends_at > moment,
            ~select(CheckIn.id).where(CheckIn.registration_id == Registration.id).exists(),
        )
        .options(contains_eager(Registration.event))
        .order_by(Event.starts_at, Event.id)
    )


def next_of_person(person_id: int, moment: datetime) -> Registration | None:
    """The good ticket of the next gathering that is not over."""
    return db.session.scalar(
        select(Registration)
        .join(Registration.event)
        .where(
            Registration.person_id == person_id,
            Registration.state == RegistrationState.REGISTERED,
            Event.state == EventState.PUBLISHED,
            Event.ends_at > moment,
        )
        .options(contains_eager(Registration.event))
        .order_by(Event.starts_at, Event.id)
        .limit(1)
    )


def people_of(
    event: Event,
    *,
    school_id: int | None = None,
    words: str = "",
    is_attended: bool | None = None,
) -> Select[Registration]:
    """Good registrations by name; *school_id* leaves the rows of that school alone."""
    query = (
        select(Registration)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.REGISTERED)
        .order_by(Registration.id.desc())
    )
    if school_id is not None:
        query = query.where(Registration.school_id == school_id)
    if words:
        columns = (Registration.name, Registration.phone, Registration.code, Registration.school)
        query = query.where(or_(*(column.icontains(words, autoescape=True) for column in columns)))
    if is_attended is not None:
        came = select(CheckIn.id).where(CheckIn.registration_id == Registration.id).exists()
        query = query.where(came if is_attended else ~came)
    return query


def check_in_of(registration: Registration) -> CheckIn | None:
    return db.session.scalar(select(CheckIn).where(CheckIn.registration_id == registration.id))


def check_ins_of(registration_ids: Iterable[int]) -> dict[int, CheckIn]:
    """Registration → its check-in, for those that came."""
    query = select(CheckIn).where(CheckIn.registration_id.in_(list(registration_ids)))
    return {row.registration_id: row for row in db.session.scalars(query)}


def has_answered(registration: Registration) -> bool:
    """Whether the survey came back from this visitor."""
    query = select(SurveyAnswer.id).where(SurveyAnswer.registration_id == registration.id).limit(1)
    return db.session.scalar(query) is not None


def codes_taken(event: Event) -> set[str]:
    return set(db.session.scalars(select(Registration.code).where(Registration.event_id == event.id)))


def school_named(name: str) -> Organization | None:
    """The school on this site that is called exactly so."""
    return db.session.scalar(
        select(Organization)
        .where(Organization.kind == OrganizationKind.SCHOOL, Organization.name == name.strip())
        .order_by(Organization.id)
        .limit(1)
    )


def phones_of(event: Event) -> set[str]:
    return set(db.session.scalars(select(Registration.phone).where(Registration.event_id == event.id)))


def people_by_phone(phones: Iterable[str]) -> dict[str, int]:
    """Number → the person who signs in with it, a few hundred at a time."""
    asked = list(phones)
    found: dict[str, int] = {}
    for start in range(0, len(asked), 500):
        some = asked[start : start + 500]
        query = (
            select(User.phone, Person.id).join(Person, Person.user_id == User.id).where(User.phone.in_(some))
        )
        found |= {phone: person_id for phone, person_id in db.session.execute(query) if phone}
    return found


def people_at(event: Event) -> set[int]:
    """Persons who hold or held a place."""
    query = select(Registration.person_id).where(
        Registration.event_id == event.id, Registration.person_id.is_not(None)
    )
    return {each for each in db.session.scalars(query) if each is not None}


def import_of(import_id: int) -> RegistrationImport | None:
    return db.session.get(RegistrationImport, import_id)


def imports_of(event: Event, organization_id: int | None = None) -> list[RegistrationImport]:
    """Lists that came in, the latest first; with *organization_id* those of that school alone."""
    query = (
        select(RegistrationImport)
        .where(RegistrationImport.event_id == event.id)
        .order_by(RegistrationImport.id.desc())
        .limit(10)
    )
    if organization_id is not None:
        query = query.where(RegistrationImport.organization_id == organization_id)
    return list(db.session.scalars(query))
