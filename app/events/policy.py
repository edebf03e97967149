"""Who may do what with gatherings. Pure functions: no database, no request."""

from datetime import datetime

from app.accounts.models import User
from app.core.guard import Role
from app.events.models import Event, EventState, Exhibitor, ExhibitorState, Registration, RegistrationState
from app.organizations.models import Membership, OrganizationKind, Standing

OFFICE = frozenset({Role.OFFICE, Role.ADMIN})


def _acts(membership: Membership | None) -> bool:
    return membership is not None and membership.ended_at is None


def can_start(user: User, membership: Membership | None) -> bool:
    """Plan a gathering: the office, or a member of a verified school or department."""
    if user.role in OFFICE:
        return True
    return (
        user.role is Role.ORGANIZER
        and membership is not None
        and membership.ended_at is None
        and membership.organization.standing is Standing.VERIFIED
    )


def can_organize(user: User, membership: Membership | None, event: Event) -> bool:
    """See the preparation of a gathering and change it: its own organizer, nobody else's."""
    if event.organizer_id is None:
        return user.role in OFFICE
    return (
        user.role is Role.ORGANIZER
        and membership is not None
        and membership.ended_at is None
        and membership.organization_id == event.organizer_id
        and membership.organization.standing is not Standing.SUSPENDED
    )


def is_expected(exhibitor: Exhibitor | None) -> bool:
    """Invited or applying, and neither side has taken it back."""
    return exhibitor is not None and exhibitor.state is not ExhibitorState.CANCELLED


def can_see(
    user: User | None, membership: Membership | None, event: Event, exhibitor: Exhibitor | None = None
) -> bool:
    """A draft is its organizer's and of the enterprises that were invited to it; everything else is public."""
    if event.state is not EventState.DRAFT:
        return True
    return user is not None and (can_organize(user, membership, event) or is_expected(exhibitor))


def can_exhibit(membership: Membership | None, exhibitor: Exhibitor) -> bool:
    """Act for the enterprise at this gathering; a suspended one only reads."""
    return (
        membership is not None
        and membership.ended_at is None
        and membership.organization_id == exhibitor.organization_id
        and membership.organization.standing is not Standing.SUSPENDED
    )


def is_at_booth(membership: Membership | None, exhibitor: Exhibitor) -> bool:
    """Scan tickets, call people, open slots: approved, and still allowed to recruit."""
    return (
        can_exhibit(membership, exhibitor)
        and exhibitor.state is ExhibitorState.APPROVED
        and exhibitor.organization.standing is Standing.VERIFIED
    )


def can_import_people(user: User, membership: Membership | None, event: Event) -> bool:
    """Hand in a list of people: the organizer, and any verified school for its own students."""
    if event.state not in {EventState.DRAFT, EventState.PUBLISHED}:
        return False
    if can_organize(user, membership, event):
        return True
    return (
        event.state is EventState.PUBLISHED
        and membership is not None
        and membership.ended_at is None
        and membership.organization.kind is OrganizationKind.SCHOOL
        and membership.organization.standing is Standing.VERIFIED
    )


def sees_whole_list(user: User, membership: Membership | None, event: Event) -> bool:
    """All names of those who registered: the organizer, unless it is a school: that sees its own alone."""
    if not can_organize(user, membership, event):
        return False
    return membership is None or membership.organization.kind is not OrganizationKind.SCHOOL


def can_see_registration(
    user: User, membership: Membership | None, event: Event, registration: Registration
) -> bool:
    """Name and phone of one who registered. A school's staff never sees another school's students."""
    if sees_whole_list(user, membership, event):
        return True
    if not _acts(membership) or membership is None:
        return False
    if registration.school_id is not None:
        return (
            membership.organization_id == registration.school_id
            and membership.organization.kind is OrganizationKind.SCHOOL
        )
    return can_organize(user, membership, event) and registration.school == ""


def owns_ticket(user: User, registration: Registration) -> bool:
    return registration.person is not None and registration.person.user_id == user.id


def is_open_for_people(event: Event, moment: datetime) -> bool:
    """Whether people may register now, by the windows alone."""
    return (
        event.state is EventState.PUBLISHED
        and moment <= event.ends_at
        and (event.people_from is None or event.people_from <= moment)
        and (event.people_until is None or moment <= event.people_until)
    )


def is_open_for_exhibitors(event: Event, moment: datetime, *, is_invited: bool = False) -> bool:
    """Whether enterprises may apply now; those that were invited need not wait until it is published."""
    return (
        (event.state is EventState.PUBLISHED or (is_invited and event.state is EventState.DRAFT))
        and moment < event.starts_at
        and (event.exhibitors_from is None or event.exhibitors_from <= moment)
        and (event.exhibitors_until is None or moment <= event.exhibitors_until)
    )


def is_good(registration: Registration) -> bool:
    return registration.state is RegistrationState.REGISTERED
