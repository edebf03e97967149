"""Registering an organization and changing what it says about itself."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from app.accounts.models import User
from app.core import audit
from app.core.db import db, now
from app.core.errors import DomainError, EditConflict, NotAllowed
from app.core.places import label as place_label
from app.core.storage import StoredFile
from app.notifications.services import notify
from app.organizations import queries
from app.organizations.kinds import KINDS, MEMBER, VERIFICATION
from app.organizations.models import MemberRole, Membership, Organization, OrganizationKind, Standing
from app.organizations.services.members import AlreadyMember

KEY_FACTS = ("name", "credit_code", "licence_file_id")  # a change of these is verified anew
LABELS = {
    "name": "单位名称",
    "credit_code": "统一社会信用代码",
    "place": "所在地",
    "address": "详细地址",
    "size": "规模",
    "chain_links": "产业链环节",
    "introduction": "单位介绍",
    "website": "网址",
    "handler_name": "经办人",
    "handler_phone": "经办人手机号",
    "licence_file_id": "证照",
    "authority_file_id": "授权书",
    "is_matching_on": "用匹配给人才排序",
}


class CreditCodeTaken(DomainError):
    """The code is registered already; the message says what to do."""

    def __init__(self, other: Organization) -> None:
        super().__init__(
            f"这个代码已由「{other.name}」登记。是同事登记的，请对方在「成员」里发邀请链接给你；"
            "不是你们登记的，请联系县委人才办"
        )


@dataclass(frozen=True)
class Details:
    """What an organization says about itself; column names of Organization."""

    name: str
    credit_code: str
    place: str
    address: str
    size: str
    chain_links: list[str]
    introduction: str
    website: str | None
    handler_name: str
    handler_phone: str
    licence_file_id: int
    authority_file_id: int
    is_matching_on: bool = True

    def pairs(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def register(user: User, kind: OrganizationKind, details: Details) -> Organization:
    """Hand in a new organization for verification; *user* becomes its owner."""
    if KINDS[kind].role is not user.role:
        raise NotAllowed
    if queries.membership_of(user) is not None:
        raise AlreadyMember
    _check_code(details.credit_code, None)
    organization = Organization(kind=kind, standing=VERIFICATION.initial, **details.pairs())
    db.session.add(organization)
    db.session.add(Membership(organization=organization, user=user, role=MemberRole.OWNER))
    db.session.flush()
    audit.about(organization)
    _tell_office(organization, "新单位等待核验")
    return organization


def edit(organization: Organization, details: Details, *, seen_version: int) -> bool:
    """Save changes; returns whether the organization goes back to the office for them.

    Raises
    ------
    EditConflict
        Somebody else saved since the page was opened.
    """
    changed = {name: value for name, value in details.pairs().items() if getattr(organization, name) != value}
    if seen_version != organization.version:
        raise EditConflict(_rows(organization, changed))
    if "credit_code" in changed:
        _check_code(details.credit_code, organization)
    for name, value in changed.items():
        setattr(organization, name, value)
    is_returned = organization.standing is Standing.RETURNED
    is_verified_anew = organization.standing is Standing.VERIFIED and any(n in changed for n in KEY_FACTS)
    if is_returned or is_verified_anew:
        verb = "resubmit" if is_returned else "revise"
        organization.standing = VERIFICATION.target(organization.standing, verb, MEMBER)
        organization.submitted_at, organization.renewal_submitted_at = now(), None
        organization.return_reason = None
        _tell_office(organization, "单位改了资料，等待核验")
    audit.about(organization)
    return is_returned or is_verified_anew


def _rows(organization: Organization, changed: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    return [
        (LABELS[name], _shown(name, mine), _shown(name, getattr(organization, name)))
        for name, mine in changed.items()
    ]


def _shown(name: str, value: Any) -> str:
    if name == "place":
        return place_label(value)
    if isinstance(value, list):
        return "、".join(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if name.endswith("_file_id"):
        stored = db.session.get(StoredFile, value) if value else None
        return stored.name if stored else "没有"
    return str(value or "没填")


def _check_code(code: str, own: Organization | None) -> None:
    other = queries.by_credit_code(code)
    if other is not None and other is not own:
        raise CreditCodeTaken(other)


def _tell_office(organization: Organization, words: str) -> None:
    for user in queries.office_staff():
        notify(user, f"{words}：{organization.name}", f"/review/organizations/{organization.id}")


def renewal_opens_on(organization: Organization) -> date | None:
    """From this day on the half-yearly re-verification may be handed in."""
    if organization.verified_until is None:
        return None
    return date.fromordinal(organization.verified_until.toordinal() - 30)


class RenewalTooEarly(DomainError):
    message = "还没到复核的时候，到期前 30 天起可以提交"


class RenewalHandedIn(DomainError):
    message = "复核已经提交，等人才办处理"


def submit_renewal(organization: Organization, *, authority_file_id: int, today: date) -> None:
    """Ask to be verified for another half year, with a letter of authority of today."""
    opens = renewal_opens_on(organization)
    VERIFICATION.target(organization.standing, "renew", "office")  # only a verified one can be renewed
    if organization.renewal_submitted_at is not None:
        raise RenewalHandedIn
    if opens is None or today < opens:
        raise RenewalTooEarly
    organization.authority_file_id = authority_file_id
    organization.renewal_submitted_at = now()
    organization.return_reason = None
    audit.about(organization)
    _tell_office(organization, "单位提交了半年复核")
