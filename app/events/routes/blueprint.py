"""The blueprint that all pages of gatherings share, and who asks."""

from flask import Blueprint, abort, g, request, url_for
from flask_login import current_user

from app.accounts.models import User
from app.core.db import db
from app.core.errors import authorize
from app.events import kinds, policy
from app.events.models import Event, EventState, Exhibitor
from app.events.queries.exhibiting import exhibitor_of
from app.organizations.models import Membership
from app.organizations.queries import membership_of

bp = Blueprint("events", "app.events", template_folder="templates")


@bp.context_processor
def _labels() -> dict[str, object]:
    return {
        "KINDS": kinds.KINDS,
        "state_labels": kinds.STATE_LABELS,
        "state_tones": kinds.STATE_TONES,
        "exhibitor_labels": kinds.EXHIBITOR_LABELS,
        "exhibitor_tones": kinds.EXHIBITOR_TONES,
        "source_labels": kinds.SOURCE_LABELS,
        "share_labels": kinds.SHARES,
        "mark_labels": kinds.MARK_LABELS,
        "meeting_labels": kinds.MEETING_LABELS,
        "page_url": page_url,
    }


def page_url(number: int) -> str:
    """This list's other page, with all its conditions."""
    given = {**(request.view_args or {}), **request.args.to_dict(), "page": number}
    return url_for(request.endpoint or "discovery.find_events", **given)


def me() -> User:
    """The signed-in user itself, not the proxy."""
    return g.sign_in.user


def me_or_none() -> User | None:
    return me() if current_user.is_authenticated else None


def membership() -> Membership | None:
    """For whom the visitor acts, if for anybody."""
    return membership_of(current_user) if current_user.is_authenticated else None


def shown_event(event_id: int) -> Event:
    """A gathering that this visitor may see; another's draft does not exist for them."""
    event = db.session.get(Event, event_id)
    if event is None or not policy.can_see(me_or_none(), membership(), event, _own_exhibitor(event)):
        abort(404)
    return event


def _own_exhibitor(event: Event) -> Exhibitor | None:
    """The visitor's enterprise at a gathering that is not public yet."""
    mine = membership() if event.state is EventState.DRAFT else None
    return exhibitor_of(event.id, mine.organization_id) if mine is not None else None


def own_event(event_id: int) -> Event:
    """A gathering that the visitor organizes; anybody else's does not exist for them."""
    event = db.session.get(Event, event_id)
    if event is None:
        abort(404)
    if not policy.can_organize(me(), membership(), event):
        if policy.can_see(me(), membership(), event):
            authorize(False)
        abort(404)
    return event
