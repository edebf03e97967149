"""Who acts for an organization: invitations by link, roles, leaving."""

from datetime import timedelta

from app.accounts.models import User
from app.core import audit
from app.core.crypto import digest, new_token
from app.core.db import db, now
from app.core.errors import DomainError, NotAllowed
from app.core.guard import Role
from app.notifications.services import notify
from app.organizations import queries
from app.organizations.kinds import KINDS, MEMBER_LABELS
from app.organizations.models import Invitation, MemberRole, Membership, Organization

INVITATION_LIFE = timedelta(days=7)
MOST_OPEN = 20


class AlreadyMember(DomainError):
    message = "一个账号同时只能为一个单位做事，你已经在一个单位里了"


class InvitationSpent(DomainError):
    status = 410
    message = "这个邀请链接已经用过、撤回或过期，请对方再发一个"


class TooManyInvitations(DomainError):
    message = f"还有 {MOST_OPEN} 个邀请没有用掉，请先撤回几个"


class LastOwner(DomainError):
    message = "这是最后一位负责人。请先让另一位成员当负责人"


class WrongAccount(DomainError):
    """The account's role does not act for this kind of organization."""

    status = 403


def invite(organization: Organization, *, by: User, role: MemberRole, note: str) -> str:
    """A link token that makes whoever opens it a member, once, within seven days. Kept nowhere else."""
    if len(queries.open_invitations(organization)) >= MOST_OPEN:
        raise TooManyInvitations
    token = new_token()
    row = Invitation(
        organization=organization,
        invited_by_id=by.id,
        token_digest=digest(token),
        role=role,
        note=note,
        expires_at=now() + INVITATION_LIFE,
    )
    db.session.add(row)
    audit.about(row)
    return token


def withdraw(invitation: Invitation) -> None:
    if not is_open(invitation):
        raise InvitationSpent
    invitation.withdrawn_at = now()


def is_open(invitation: Invitation | None) -> bool:
    return (
        invitation is not None
        and invitation.accepted_at is None
        and invitation.withdrawn_at is None
        and invitation.expires_at > now()
    )


def accept(invitation: Invitation | None, user: User) -> Membership:
    """Make *user* a member; the link is used up."""
    if invitation is None or not is_open(invitation):
        raise InvitationSpent
    check_account(user, invitation.organization)
    if queries.membership_of(user) is not None:
        raise AlreadyMember
    invitation.accepted_at, invitation.accepted_by_id = now(), user.id
    membership = Membership(organization=invitation.organization, user=user, role=invitation.role)
    db.session.add(membership)
    db.session.flush()
    audit.about(membership)
    for member in queries.members_of(invitation.organization):
        if member.role is MemberRole.OWNER and member.user_id != user.id:
            words = f"{user.name}已加入，身份是{MEMBER_LABELS[membership.role]}"
            notify(member.user, words, "/organization/members")
    return membership


def check_account(user: User, organization: Organization) -> None:
    """Seekers, office and accounts of other kinds cannot act for *organization*."""
    needed = KINDS[organization.kind].role
    if user.role is not needed:
        words = "企业" if needed is Role.ENTERPRISE else "学校"
        raise WrongAccount(f"你登录的不是{words}账号。请退出，用另一个手机号或邮箱注册{words}账号再打开链接")


def change_role(membership: Membership, role: MemberRole) -> None:
    if membership.role is MemberRole.OWNER and role is not MemberRole.OWNER:
        _check_last_owner(membership)
    if membership.role is role:
        return
    membership.role = role
    notify(membership.user, f"你在单位里的身份改为{MEMBER_LABELS[role]}", "/organization")


def remove(membership: Membership) -> None:
    """End a membership; the person's next request no longer sees the organization."""
    if membership.ended_at is not None:
        raise NotAllowed
    if membership.role is MemberRole.OWNER:
        _check_last_owner(membership)
    membership.ended_at = now()
    notify(membership.user, f"你已不再是{membership.organization.name}的成员", "/organization")


def leave_on_closing(user: User) -> None:
    """An account is being closed: its membership ends, unless the organization would be left without an owner."""
    membership = queries.membership_of(user)
    if membership is None:
        return
    if membership.role is MemberRole.OWNER:
        _check_last_owner(membership)
    membership.ended_at = now()


def _check_last_owner(membership: Membership) -> None:
    if queries.owner_count(membership.organization) <= 1:
        raise LastOwner
