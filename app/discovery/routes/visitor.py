"""Who is looking: what a list shows beside each posting for a signed-in seeker."""

from collections.abc import Sequence

from flask_login import current_user

from app.core import fit
from app.core.fit import Fit
from app.core.guard import Role
from app.discovery import queries
from app.people.models import Person
from app.people.queries import person_of


def seeker() -> Person | None:
    """The person behind a signed-in seeker, if they have begun a résumé."""
    if not current_user.is_authenticated or current_user.role is not Role.SEEKER:
        return None
    return person_of(current_user)


def fits_of(posting_ids: Sequence[int]) -> dict[int, Fit]:
    person = seeker()
    if person is None or not person.is_matching_on:
        return {}
    return fit.current().bands(person.id, posting_ids)


def saved_by(posting_ids: Sequence[int]) -> set[int]:
    if not current_user.is_authenticated or current_user.role is not Role.SEEKER:
        return set()
    return queries.saved_ids(current_user.id, posting_ids)
