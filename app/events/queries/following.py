"""Whom somebody should ask after a gathering: each list is people for whom one side has not answered the other."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, select

from app.applications.models import Application, Offer, OfferState, Stage
from app.core.db import db
from app.events.models import (
    CheckIn,
    Event,
    EventApplication,
    Exhibitor,
    Meeting,
    MeetingState,
    Registration,
    RegistrationState,
)
from app.organizations.models import Organization
from app.postings.models import Posting

_CAME = select(CheckIn.id).where(CheckIn.registration_id == Registration.id).exists()
_APPLIED = (
    select(EventApplication.id)
    .join(Application, Application.id == EventApplication.application_id)
    .where(EventApplication.registration_id == Registration.id, Application.stage != Stage.WITHDRAWN)
    .exists()
)


@dataclass(frozen=True)
class Contact:
    """One line: who, and with which employer over which post where the list is about one."""

    name: str
    phone: str
    school: str
    major: str
    employer: str = ""
    post: str = ""


def _people(event: Event) -> Select:
    return select(Registration.name, Registration.phone, Registration.school, Registration.major).where(
        Registration.event_id == event.id, Registration.state == RegistrationState.REGISTERED
    )


def _applications(event: Event) -> Select:
    return (
        _people(event)
        .add_columns(Organization.name, Posting.title)
        .join(EventApplication, EventApplication.registration_id == Registration.id)
        .join(Application, Application.id == EventApplication.application_id)
        .join(Posting, Posting.id == Application.posting_id)
        .join(Organization, Organization.id == Posting.organization_id)
    )


def absent(event: Event) -> Select:
    return _people(event).where(~_CAME)


def silent(event: Event) -> Select:
    """Came and applied nowhere."""
    return _people(event).where(_CAME, ~_APPLIED)


def unanswered(event: Event) -> Select:
    """Applied; the employer has said nothing yet."""
    return _applications(event).where(Application.stage.in_([Stage.SUBMITTED, Stage.VIEWED]))


def undecided(event: Event) -> Select:
    """Interviewed at the booth or later by this employer, and left without a result.

    Somebody who was interviewed and did not apply there is in the list too.
    """
    later = (
        select(Application.posting_id)
        .join(EventApplication, EventApplication.application_id == Application.id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(
            EventApplication.registration_id == Registration.id,
            Posting.organization_id == Exhibitor.organization_id,
            Application.stage.in_([Stage.OFFER, Stage.HIRED, Stage.REJECTED, Stage.DECLINED]),
        )
        .exists()
    )
    post = (
        select(Posting.title)
        .join(Application, Application.posting_id == Posting.id)
        .join(EventApplication, EventApplication.application_id == Application.id)
        .where(
            EventApplication.registration_id == Registration.id,
            Posting.organization_id == Exhibitor.organization_id,
            Application.stage != Stage.WITHDRAWN,
        )
        .order_by(EventApplication.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        _people(event)
        .add_columns(Organization.name, func.coalesce(post, "没投递"))
        .join(Meeting, and_(Meeting.registration_id == Registration.id, Meeting.state == MeetingState.MET))
        .join(Exhibitor, Exhibitor.id == Meeting.exhibitor_id)
        .join(Organization, Organization.id == Exhibitor.organization_id)
        .where(~later)
    )


def open_offers(event: Event) -> Select:
    """Offered; the person has not answered."""
    return _applications(event).join(
        Offer, and_(Offer.application_id == Application.id, Offer.state == OfferState.OPEN)
    )


LISTS: dict[str, tuple[str, Callable[[Event], Select]]] = {
    "absent": ("报了名没到场", absent),
    "silent": ("到场没投递", silent),
    "unanswered": ("投了企业没回复", unanswered),
    "undecided": ("面试了没结果", undecided),
    "offers": ("发了录用没答复", open_offers),
}


def contacts(event: Event, which: str, school_id: int | None = None) -> list[Contact]:
    """The lines of one list, by name; with *school_id* that school's own people alone."""
    query = LISTS[which][1](event).order_by(Registration.name, Registration.id)
    if school_id is not None:
        query = query.where(Registration.school_id == school_id)
    return [Contact(*row) for row in db.session.execute(query)]
