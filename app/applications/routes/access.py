"""Who stands behind this request, and the application that they may open."""

from flask import abort
from flask_login import current_user

from app.accounts.models import User
from app.applications import queries
from app.applications.models import Application
from app.organizations.models import Membership
from app.organizations.queries import acting_membership


def me() -> User:
    return current_user._get_current_object()  # noqa: SLF001 - Flask-Login offers no other way to the object


def my_membership() -> Membership:
    """For which employer this person acts now; asked anew at each request."""
    return acting_membership(me())


def own_or_404(application_id: int) -> Application:
    application = queries.of_seeker(me(), application_id)
    if application is None:
        abort(404)
    return application


def candidate_or_404(membership: Membership, application_id: int) -> Application:
    application = queries.of_employer(membership, application_id)
    if application is None:
        abort(404)
    return application
