"""Who is looking, and what for."""

from urllib.parse import urlencode

from flask_login import current_user

from app.core.guard import Role
from app.core.navigation import navigation
from app.people.models import Person
from app.people.queries import person_of


def seeker() -> Person | None:
    """The person behind a signed-in seeker, if they have begun a résumé."""
    if not current_user.is_authenticated or current_user.role is not Role.SEEKER:
        return None
    return person_of(current_user)


def tabs(here: str, text: str) -> list[dict[str, object]]:
    """What the words of the box are looked for in."""
    kinds = [
        ("职位", "discovery.search"),
        ("企业", "discovery.find_companies"),
        ("活动", "discovery.find_events"),
    ]
    if current_user.is_authenticated and current_user.role is Role.ENTERPRISE:
        kinds.append(("人才", "discovery.find_people"))
    address, query = navigation().address, f"?{urlencode({'q': text})}" if text else ""
    return [
        {"label": label, "href": address(endpoint) + query, "current": endpoint == here}
        for label, endpoint in kinds
    ]
