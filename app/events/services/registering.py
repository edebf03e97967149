"""People get a place: by themselves, from a school's list, or at the door."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.core import audit
from app.core.db import db, now
from app.core.errors import DomainError
from app.events import policy, queries, tickets
from app.events.kinds import SHARES
from app.events.models import (
    Event,
    EventState,
    MeetingState,
    Registration,
    RegistrationImport,
    RegistrationSource,
    RegistrationState,
)
from app.events.queries.meeting import meetings_of_registration
from app.events.services import crediting, telling
from app.organizations.models import Organization
from app.people.models import Person
from app.people.queries import person_of


class RegistrationClosed(DomainError):
    message = "现在不在报名时间"


class EventFull(DomainError):
    message = "名额已经报满"


class NotInvited(DomainError):
    status = 403
    message = "这场活动只面向指定的学校、专业或毕业年份"


class PhoneTaken(DomainError):
    message = "这个手机号已经有人报名，姓名不一样。请核对，或者到现场服务台登记"


class CheckedInAlready(DomainError):
    message = "已经签到入场，不能再取消"


@dataclass(frozen=True)
class Visitor:
    """What somebody says about themselves to get a place."""

    name: str
    phone: str
    school: str = ""
    major: str = ""
    graduation_year: int | None = None
    shares: tuple[str, ...] = ()
    organization_id: int | None = None


@dataclass
class Row:
    """One line of a school's list after its checks."""

    number: int  # as people count, the head being row 1
    fields: dict[str, str]
    visitor: Visitor | None = None
    problems: list[str] = field(default_factory=list)


def consent_sentence(event: Event, shares: Iterable[str]) -> str:
    """What the person agreed to, in words that are kept."""
    who = event.organizer.name if event.organizer else "清流县委人才办"
    shared = [SHARES[each] for each in SHARES if each in set(shares)]
    booths = f"；展位扫我的入场券时，可以看到我的{'、'.join(shared)}" if shared else ""
    return f"同意{who}为「{event.title}」使用我填的信息{booths}"


def unmet(event: Event, visitor: Visitor) -> dict[str, str]:
    """Field → whom the gathering is for, where this person is not among them."""
    schools, majors = event.audience.get("schools") or [], event.audience.get("majors") or []
    years = event.audience.get("graduation_years") or []
    found: dict[str, Sequence[object]] = {}
    if schools and visitor.school not in schools:
        found["school"] = schools
    if majors and not any(major in visitor.major for major in majors):
        found["major"] = majors
    if years and visitor.graduation_year not in years:
        found["graduation_year"] = years
    said = {name: "、".join(str(each) for each in meant) for name, meant in found.items()}
    return {name: f"这场活动只面向{whom}" for name, whom in said.items()}


def is_meant_for(event: Event, visitor: Visitor) -> bool:
    """Whether the gathering's audience takes this person in."""
    return not unmet(event, visitor)


def register(
    event: Event,
    visitor: Visitor,
    *,
    source: RegistrationSource = RegistrationSource.SELF,
    person: Person | None = None,
    by: User | None = None,
) -> tuple[Registration, bool]:
    """Give a place; (registration, whether it is new). The same phone twice gets the same ticket.

    Raises
    ------
    RegistrationClosed, EventFull, NotInvited
        The window is closed, all places are taken, or the audience is another one.
    """
    is_walk_in = source is RegistrationSource.WALK_IN
    if not (event.is_on(now()) if is_walk_in else policy.is_open_for_people(event, now())):
        raise RegistrationClosed
    if not is_meant_for(event, visitor):
        raise NotInvited
    existing = queries.by_phone(event, visitor.phone)
    if existing is None and person is not None:
        existing = queries.registration_of_person(event, person)
    if existing is not None and existing.state is RegistrationState.REGISTERED:
        if existing.name != visitor.name and (person is None or existing.person_id != person.id):
            raise PhoneTaken
        _claim(existing, event, visitor, person)
        crediting.adopt(existing)
        return existing, False
    if is_full(event):
        raise EventFull
    registration = existing or _new(event, source, queries.codes_taken(event))
    _fill(registration, visitor)
    registration.person_id = person.id if person else registration.person_id
    registration.state, registration.cancelled_at = RegistrationState.REGISTERED, None
    registration.shares = [each for each in SHARES if each in visitor.shares]
    registration.consent_text = consent_sentence(event, visitor.shares)
    registration.consented_at = now()
    registration.registered_by_id = by.id if by else None
    db.session.flush()
    crediting.adopt(registration)
    audit.about(registration)
    return registration, True


def is_full(event: Event) -> bool:
    return (
        event.registration_limit is not None and queries.registered_count(event) >= event.registration_limit
    )


def _new(event: Event, source: RegistrationSource, taken: set[str]) -> Registration:
    code = tickets.new_code()
    while code in taken:
        code = tickets.new_code()
    taken.add(code)
    registration = Registration(event_id=event.id, source=source, code=code, serial=tickets.new_serial())
    registration.shares, registration.state = [], RegistrationState.REGISTERED
    db.session.add(registration)
    return registration


def _fill(registration: Registration, visitor: Visitor) -> None:
    registration.name, registration.phone = visitor.name, visitor.phone
    registration.school, registration.major = visitor.school, visitor.major
    registration.graduation_year = visitor.graduation_year
    registration.organization_id = visitor.organization_id
    school = queries.school_named(visitor.school) if visitor.school else None
    registration.school_id = school.id if school else None


def _claim(registration: Registration, event: Event, visitor: Visitor, person: Person | None) -> None:
    """The owner of an imported row says what may be shared; nobody else's row is touched."""
    if registration.consented_at is None and visitor.name == registration.name:
        registration.shares = [each for each in SHARES if each in visitor.shares]
        registration.consent_text = consent_sentence(event, visitor.shares)
        registration.consented_at = now()
    is_own = person is not None and person.user.phone == registration.phone
    if is_own and person is not None and registration.person_id is None:
        registration.person_id = person.id


def share(registration: Registration, shares: Iterable[str], user: User | None) -> None:
    """The holder says, at any time anew, what booths may see; one who signed in with its number owns it from then on."""
    wanted = set(shares)
    registration.shares = [each for each in SHARES if each in wanted]
    registration.consent_text = consent_sentence(registration.event, wanted)
    registration.consented_at = now()
    person = person_of(user) if user is not None and user.phone == registration.phone else None
    if person is not None and registration.person_id is None:
        registration.person_id = person.id
    audit.about(registration)


def own_by_phone(session: Session, person: Person) -> None:
    """Somebody begins a résumé: places that were given to their number are theirs."""
    if person.user.phone:
        session.execute(
            update(Registration)
            .where(Registration.person_id.is_(None), Registration.phone == person.user.phone)
            .values(person_id=person.id)
        )


def _own_known(event: Event, imported: list[Registration]) -> None:
    """Those who have a résumé here own their place at once, unless they hold one under another number."""
    known = queries.people_by_phone(each.phone for each in imported)
    holding = queries.people_at(event)
    for registration in imported:
        person_id = known.get(registration.phone)
        if person_id is not None and person_id not in holding:
            registration.person_id = person_id


def _give_back(registration: Registration) -> None:
    """The place, and with it the times and queues that wait for this person."""
    registration.state, registration.cancelled_at = RegistrationState.CANCELLED, now()
    for each in meetings_of_registration(registration):
        if each.state is MeetingState.PLANNED:
            db.session.delete(each)  # nothing happened yet: the time is free again
        else:
            each.state, each.ended_at = MeetingState.CANCELLED, now()


def cancel(registration: Registration) -> None:
    """Give the place back."""
    if queries.check_in_of(registration) is not None:
        raise CheckedInAlready
    if registration.state is RegistrationState.REGISTERED:
        _give_back(registration)
    audit.about(registration)


def cancel_ahead(person: Person) -> None:
    """An account is being closed: the places at gatherings to come are free for others."""
    for registration in db.session.scalars(queries.ahead_of_person(person, now())):
        _give_back(registration)


def _is_of_another(visitor: Visitor, organization: Organization) -> bool:
    """A school sees whom it imports: so it imports its own alone."""
    return bool(visitor.school) and visitor.school != organization.name


def import_rows(
    event: Event, rows: list[Row], filename: str, *, by: User, organization: Organization | None
) -> RegistrationImport:
    """Keep each good row once. Rows over the limit and rows for another audience are refused by name."""
    if event.state not in {EventState.DRAFT, EventState.PUBLISHED}:
        raise RegistrationClosed
    known, taken = queries.phones_of(event), queries.codes_taken(event)
    left = (
        None
        if event.registration_limit is None
        else event.registration_limit - queries.registered_count(event)
    )
    repeated = 0
    kept: list[Registration] = []
    rejected: list[dict[str, Any]] = []
    for row in rows:
        if row.visitor is not None and not row.problems and row.visitor.phone in known:
            repeated += 1
            continue
        if row.visitor is not None and organization is not None and _is_of_another(row.visitor, organization):
            row.problems.append(f"不是{organization.name}的学生")
        if row.visitor is not None and not row.problems and not is_meant_for(event, row.visitor):
            row.problems.append(NotInvited.message)
        if row.visitor is not None and not row.problems and left is not None and len(kept) >= left:
            row.problems.append(EventFull.message)
        if row.visitor is None or row.problems:
            rejected.append({"row": row.number, "fields": row.fields, "problems": row.problems})
            continue
        registration = _new(event, RegistrationSource.IMPORT, taken)
        registration.name, registration.phone = row.visitor.name, row.visitor.phone
        registration.school, registration.major = row.visitor.school, row.visitor.major
        registration.graduation_year = row.visitor.graduation_year
        registration.school_id = organization.id if organization else None
        registration.registered_by_id = by.id
        known.add(row.visitor.phone)
        kept.append(registration)
    result = RegistrationImport(
        event_id=event.id,
        organization_id=organization.id if organization else None,
        imported_by_id=by.id,
        filename=filename[:120],
        rows=len(rows),
        kept=len(kept),
        repeated=repeated,
        rejected=rejected,
    )
    db.session.add(result)
    db.session.flush()
    audit.about(result)
    _own_known(event, kept)
    if event.state is EventState.PUBLISHED:
        telling.tell_imported(event, kept)
    return result
