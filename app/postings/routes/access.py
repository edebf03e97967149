"""Who asks: the current person, the employer they act for, and the posting that they may work on."""

from flask import abort
from flask_login import current_user

from app.accounts.models import User
from app.organizations.models import Membership
from app.organizations.queries import NoOrganization, acting_membership
from app.postings import policy, queries
from app.postings.models import Posting


def me() -> User:
    return current_user._get_current_object()  # noqa: SLF001 - services take the person, not Flask's proxy


def me_or_none() -> User | None:
    return me() if current_user.is_authenticated else None


def my_membership() -> Membership:
    membership = acting_membership(me())
    if not policy.can_post(membership):
        raise NoOrganization
    return membership


def own_posting(posting_id: int) -> Posting:
    """A posting of the person's own employer; anything else does not exist for them."""
    posting = queries.with_organization(posting_id)
    if posting is None or not policy.can_write(my_membership(), posting):
        abort(404)
    return posting
