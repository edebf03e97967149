"""Who is looking."""

from flask_login import current_user

from app.core.guard import Role
from app.people.models import Person
from app.people.queries import person_of


def seeker() -> Person | None:
    """The person behind a signed-in seeker, if they have begun a résumé."""
    if not current_user.is_authenticated or current_user.role is not Role.SEEKER:
        return None
    return person_of(current_user)
