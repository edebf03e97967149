"""Who may see and do what with people. Pure functions: no database, no request."""

from app.organizations.models import Organization, Standing
from app.people.models import Person, Visibility


def can_be_found_by(person: Person, organization: Organization, *, is_blocked: bool) -> bool:
    """Found by search and matching: verified enterprises only, and only people who allow it."""
    return (
        person.visibility is Visibility.ENTERPRISES
        and organization.standing is Standing.VERIFIED
        and not is_blocked
        and person.user.is_active
    )


def can_be_seen_by(
    person: Person, organization: Organization, *, is_blocked: bool, has_applied: bool
) -> bool:
    """Seen on a page: whoever they applied to sees them, whatever the visibility."""
    return has_applied or can_be_found_by(person, organization, is_blocked=is_blocked)


def can_see_contact(*, has_applied: bool, has_agreed: bool) -> bool:
    """Phone and e-mail are masked until the person applies or agrees."""
    return has_applied or has_agreed
