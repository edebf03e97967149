"""Whether the person who looks at a posting has applied to it: a function for the templates of features below."""

from typing import NamedTuple

from flask import url_for
from flask_login import current_user

from app.applications import queries
from app.applications.kinds import STAGES
from app.applications.models import Stage
from app.core.guard import Role
from app.core.presentation import ago


class HandedIn(NamedTuple):
    """What a page says instead of, or beside, its button to apply."""

    label: str
    tone: str
    when: str
    url: str
    can_reapply: bool


def handed_in(posting_id: int) -> HandedIn | None:
    """The visitor's own application to a posting, if there is one; asks the database only for a seeker."""
    if not current_user.is_authenticated or current_user.role is not Role.SEEKER:
        return None
    application = queries.of_seeker_to(current_user, posting_id)
    if application is None:
        return None
    words = STAGES[application.stage]
    return HandedIn(
        words.label,
        words.tone,
        ago(application.submitted_at),
        url_for("applications.show", application_id=application.id),
        application.stage is Stage.WITHDRAWN,
    )
