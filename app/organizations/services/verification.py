"""The office decides on an organization; the clock reminds it of its half year."""

from datetime import date, timedelta

from app.accounts.models import User
from app.core import audit
from app.core.db import db, now
from app.core.errors import DomainError
from app.core.workflow import MoveNotPossible
from app.notifications.services import notify
from app.organizations import queries
from app.organizations.kinds import CONSEQUENCES, KINDS, OFFICE, VERIFICATION
from app.organizations.models import Organization, Standing, VerificationDecision

TERM_MONTHS = 6
REMINDERS = (30, 14, 3)  # days before
OVERDUE_FROM = -1  # the day after


class ReasonMissing(DomainError):
    status = 422
    message = "请写明原因，对方会看到"


class PapersMissing(ReasonMissing):
    message = "没有看到证照或授权书。要通过，请写明是怎么核对的，会留在记录里"


class ChangedMeanwhile(DomainError):
    message = "你打开页面之后这个单位的资料变了，请重新看一遍再决定"


def possible(organization: Organization) -> list[str]:
    """The verbs that the office may use now, in the order of the table."""
    has_renewal = organization.renewal_submitted_at is not None
    moves = VERIFICATION.possible(organization.standing, OFFICE)
    return [move.verb for move in moves if CONSEQUENCES[move.verb].needs_renewal in {None, has_renewal}]


def missing_papers(organization: Organization) -> list[str]:
    """The papers that are not there: to verify without them takes a written reason."""
    papers = {
        KINDS[organization.kind].paper: organization.licence_file_id,
        "授权书": organization.authority_file_id,
    }
    return [name for name, file_id in papers.items() if file_id is None]


def decide(
    organization: Organization, verb: str, *, by: User, reason: str, seen_version: int, today: date
) -> None:
    """Take one decision of `app.organizations.kinds.CONSEQUENCES` and tell the members."""
    if verb not in CONSEQUENCES or verb not in possible(organization):
        raise MoveNotPossible
    if seen_version != organization.version:
        raise ChangedMeanwhile
    consequence = CONSEQUENCES[verb]
    if consequence.needs_reason and not reason:
        raise ReasonMissing
    if consequence.extends and missing_papers(organization) and not reason:
        raise PapersMissing
    organization.standing = VERIFICATION.target(organization.standing, verb, OFFICE)
    _note_reason(organization, verb, reason)
    if consequence.extends:
        organization.verified_at, organization.verified_until = now(), months_later(today, TERM_MONTHS)
        organization.reminded_on = None
    if consequence.needs_renewal:
        organization.renewal_submitted_at = None
    db.session.add(
        VerificationDecision(
            organization_id=organization.id,
            verb=verb,
            standing=organization.standing,
            reason=reason or None,
            decided_by_id=by.id,
        )
    )
    audit.about(organization)
    words = consequence.told.format(reason=reason)
    tell_members(organization, words)


def _note_reason(organization: Organization, verb: str, reason: str) -> None:
    is_return = verb in {"return", "return_renewal"}
    organization.return_reason = reason if is_return else None
    organization.suspend_reason = reason if organization.standing is Standing.SUSPENDED else None


def tell_members(organization: Organization, words: str) -> None:
    for member in queries.members_of(organization):
        notify(member.user, words, "/organization", by_message=True, subject="清才荟萃：单位核验")


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the month's last day where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def remind_due(today: date) -> int:
    """Tell members 30, 14 and 3 days before their day, and when it has passed; each once, late rather than never."""
    reminded = 0
    for organization in queries.to_remind(today, timedelta(days=REMINDERS[0]), limit=200):
        words = _reminder(organization, today)
        if words:
            organization.reminded_on = today
            tell_members(organization, words)
            reminded += 1
    return reminded


def _reminder(organization: Organization, today: date) -> str:
    until = organization.verified_until
    if until is None:
        return ""
    left = (until - today).days
    reached = min((days for days in (*REMINDERS, OVERDUE_FROM) if left <= days), default=None)
    if reached is None:
        return ""
    since = until - timedelta(days=reached)
    if organization.reminded_on is not None and organization.reminded_on >= since:
        return ""
    if left < 0:
        return "半年复核已过期，职位暂时不展示；提交复核通过后就恢复"
    return f"单位的核验还有 {left} 天到期，请提交半年复核，过期后职位会暂停展示"
