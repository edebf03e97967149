"""The blueprint that all pages of organizations share, and who acts for what."""

from flask import Blueprint, g

from app.accounts.models import User
from app.core.places import label as place_label
from app.core.trades import COMPANY_SIZES
from app.organizations import queries
from app.organizations.models import Membership

bp = Blueprint("organizations", "app.organizations", template_folder="templates")


@bp.context_processor
def _labels() -> dict[str, object]:
    return {"place_label": place_label, "size_label": COMPANY_SIZES.label}


def me() -> User:
    """The signed-in user itself, not the proxy."""
    return g.sign_in.user


def my_membership() -> Membership:
    """The membership of the signed-in user, or 403: a removed member sees nothing of the organization."""
    return queries.acting_membership(me())
