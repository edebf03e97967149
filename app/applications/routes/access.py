"""Who stands behind this request, and the application that they may open."""

from flask import abort
from flask_login import current_user

from app.accounts.models import User
from app.applications import queries
from app.applications.models import Application
from app.core.errors import DomainError
from app.organizations.models import Membership
from app.organizations.queries import membership_of


class NoEmployer(DomainError):
    status = 403
    message = "你现在不属于任何单位。如果刚被移出，请联系单位负责人重新邀请"


def me() -> User:
    return current_user._get_current_object()  # noqa: SLF001 - Flask-Login offers no other way to the object


def my_membership() -> Membership:
    """For which employer this person acts now; asked anew at each request."""
    membership = membership_of(me())
    if membership is None:
        raise NoEmployer
    return membership


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
