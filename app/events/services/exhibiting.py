"""Enterprises at a gathering: invited, applying, decided on, staying away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.core import audit
from app.core.county_time import today
from app.core.db import db, now
from app.core.errors import DomainError
from app.events import policy
from app.events.kinds import EXHIBITING, EXHIBITOR, NEEDS_REASON, ORGANIZER, TOLD
from app.events.models import Event, Exhibitor, ExhibitorPosting, ExhibitorState, MeetingState
from app.events.queries import exhibiting as queries
from app.events.queries.meeting import meetings_of
from app.events.services import booths
from app.events.services.telling import tell_exhibitor, tell_organizer
from app.notifications.services import notify
from app.organizations.models import Organization, Standing

MOST_REASON = 200  # characters
CANCEL_UNTIL = timedelta(days=1)  # before the start
INVITED_AGAIN = (ExhibitorState.DECLINED, ExhibitorState.CANCELLED)


class ExhibitClosed(DomainError):
    message = "现在不在企业报名时间"


class NotVerified(DomainError):
    status = 403
    message = "单位通过核验后才能参展"


class PostNotApproved(DomainError):
    status = 422
    message = "只能带审核通过、正在招聘的职位"


class TooLateToCancel(DomainError):
    message = "开始前一天内不能自己取消，请联系主办方"


class ReasonMissing(DomainError):
    status = 422
    message = "请写明原因，企业会看到"


@dataclass
class Invited:
    """What became of a list of names."""

    invited: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unverified: list[str] = field(default_factory=list)


def invite(event: Event, names: Iterable[str]) -> Invited:
    """Invite enterprises by name or credit code; only verified ones, each once."""
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    found, result = queries.employers_named(wanted), Invited()
    present = {each.organization_id: each for each in queries.exhibitors_of(event)}
    for name in wanted:
        organization = found.get(name)
        if organization is None:
            result.unknown.append(name)
        elif not organization.may_publish(today()):
            result.unverified.append(name)
        elif (exhibitor := present.get(organization.id)) is None:
            exhibitor = present[organization.id] = _new(event, organization, ExhibitorState.INVITED)
            exhibitor.invited_at = now()
            result.invited.append(organization.name)
            tell_exhibitor(exhibitor, TOLD["invite"].format(event=event.title))
        elif exhibitor.state in INVITED_AGAIN:
            decide(exhibitor, "invite")
            result.invited.append(organization.name)
        else:
            result.already.append(name)
    audit.about(event)
    return result


def _new(event: Event, organization: Organization, state: ExhibitorState) -> Exhibitor:
    exhibitor = Exhibitor(
        event=event, organization=organization, state=state, wishes={}, card="", staff=[], booth_reasons=[]
    )
    db.session.add(exhibitor)
    db.session.flush()
    return exhibitor


def apply(
    event: Event,
    organization: Organization,
    *,
    posting_ids: Sequence[int],
    wishes: dict[str, Any],
    staff: Sequence[str],
    card: str,
) -> Exhibitor:
    """Ask for a place, or change what was asked for before the organizer decides.

    Raises
    ------
    ExhibitClosed, NotVerified, PostNotApproved
    """
    if not organization.may_publish(today()):
        raise NotVerified
    exhibitor = queries.exhibitor_of(event.id, organization.id)
    if not policy.is_open_for_exhibitors(event, now(), is_invited=policy.is_expected(exhibitor)):
        raise ExhibitClosed
    if exhibitor is None:
        exhibitor = _new(event, organization, ExhibitorState.APPLIED)
    else:
        exhibitor.state = EXHIBITING.target(exhibitor.state, "apply", EXHIBITOR)
    exhibitor.cancelled_at, exhibitor.reason = None, None
    exhibitor.applied_at = exhibitor.applied_at or now()
    exhibitor.wishes, exhibitor.staff, exhibitor.card = dict(wishes), list(staff), card
    bring(exhibitor, posting_ids)
    audit.about(exhibitor)
    return exhibitor


def bring(exhibitor: Exhibitor, posting_ids: Sequence[int]) -> None:
    """Tie these posts to the gathering, and no others."""
    allowed = {posting.id for posting in queries.open_posts_of(exhibitor.organization_id)}
    if not posting_ids or not set(posting_ids) <= allowed:
        raise PostNotApproved
    present = {row.posting_id: row for row in queries.ties_of(exhibitor)}
    for posting_id, row in present.items():
        if posting_id not in posting_ids:
            db.session.delete(row)
    for posting_id in dict.fromkeys(posting_ids):
        if posting_id not in present:
            db.session.add(ExhibitorPosting(exhibitor_id=exhibitor.id, posting_id=posting_id))


def change_posts(exhibitor: Exhibitor, posting_ids: Sequence[int]) -> None:
    """Bring other posts, until the end."""
    if exhibitor.event.ends_at < now():
        raise ExhibitClosed("活动已经结束，职位不能再改")
    bring(exhibitor, posting_ids)
    audit.about(exhibitor)


def describe(exhibitor: Exhibitor, *, staff: Sequence[str], card: str) -> None:
    """Who stands at the booth and what its card says: may change until the end."""
    exhibitor.staff, exhibitor.card = list(staff), card
    audit.about(exhibitor)


def decide(exhibitor: Exhibitor, verb: str, reason: str = "") -> None:
    """The organizer's answer: approve, return or wait."""
    state = EXHIBITING.target(exhibitor.state, verb, ORGANIZER)
    if verb in NEEDS_REASON and not reason.strip():
        raise ReasonMissing
    if len(reason.strip()) > MOST_REASON:
        raise ReasonMissing(f"原因最多{MOST_REASON}字")
    if verb == "approve" and not exhibitor.organization.may_publish(today()):
        raise NotVerified("这家单位现在没有通过核验，不能参展")
    exhibitor.booth, exhibitor.booth_reasons = None, []
    exhibitor.no_show_at = None
    exhibitor.state, exhibitor.reason, exhibitor.decided_at = state, reason.strip() or None, now()
    exhibitor.cancelled_at = now() if state is ExhibitorState.CANCELLED else None
    if state is not ExhibitorState.APPROVED:
        _call_off_meetings(exhibitor)
    audit.about(exhibitor)
    tell_exhibitor(exhibitor, TOLD[verb].format(event=exhibitor.event.title, reason=exhibitor.reason or ""))


def _call_off_meetings(exhibitor: Exhibitor) -> None:
    """Nobody waits for an enterprise that will not come."""
    name = exhibitor.organization.name
    for meeting in meetings_of(exhibitor):
        booths.close(meeting, MeetingState.CANCELLED)
        if meeting.registration.person is not None:
            text = f"{name}不来「{exhibitor.event.title}」了，面试取消"
            notify(meeting.registration.person.user, text, f"/events/{exhibitor.event_id}")


def decline(exhibitor: Exhibitor) -> None:
    exhibitor.state = EXHIBITING.target(exhibitor.state, "decline", EXHIBITOR)
    audit.about(exhibitor)


def cancel(exhibitor: Exhibitor) -> None:
    """The enterprise takes itself back, until a day before the start; the booth is free again."""
    state = EXHIBITING.target(exhibitor.state, "cancel", EXHIBITOR)
    if exhibitor.event.starts_at - now() < CANCEL_UNTIL:
        raise TooLateToCancel
    exhibitor.booth, exhibitor.booth_reasons = None, []
    exhibitor.state, exhibitor.cancelled_at, exhibitor.no_show_at = state, now(), None
    _call_off_meetings(exhibitor)
    event = exhibitor.event
    text = f"{exhibitor.organization.name}取消参加「{event.title}」"
    tell_organizer(event, text, f"/organize/events/{event.id}/exhibitors")
    audit.about(exhibitor)


def note_no_show(exhibitor: Exhibitor, *, is_absent: bool) -> None:
    """Nobody came to the booth; booths of later gatherings are given to it last."""
    if exhibitor.state is not ExhibitorState.APPROVED or exhibitor.event.starts_at > now():
        raise ExhibitClosed("活动开始以后才能登记没到场")
    exhibitor.no_show_at = now() if is_absent else None
    audit.about(exhibitor)


def is_suspended(exhibitor: Exhibitor) -> bool:
    """Approved, but not allowed to recruit any more."""
    return (
        exhibitor.state is ExhibitorState.APPROVED
        and exhibitor.organization.standing is not Standing.VERIFIED
    )
