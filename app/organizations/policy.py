"""Who may do what with organizations. Pure functions: no database, no request."""

from datetime import date

from app.accounts.models import User
from app.core.guard import Role
from app.organizations.models import MemberRole, Membership, Organization, Standing


def _is_owner(membership: Membership | None) -> bool:
    return membership is not None and membership.ended_at is None and membership.role is MemberRole.OWNER


def can_act(membership: Membership | None, organization: Organization) -> bool:
    """Whether the member may change anything in this organization's name: a suspended one only reads."""
    return (
        membership is not None
        and membership.ended_at is None
        and membership.organization_id == organization.id
        and organization.standing is not Standing.SUSPENDED
    )


def can_publish(membership: Membership | None, today: date) -> bool:
    """Only members of a verified organization whose verification is not overdue."""
    return (
        membership is not None and membership.ended_at is None and membership.organization.may_publish(today)
    )


def can_edit(membership: Membership | None) -> bool:
    return (
        membership is not None
        and _is_owner(membership)
        and membership.organization.standing is not Standing.SUSPENDED
    )


def can_manage_members(membership: Membership | None) -> bool:
    return can_edit(membership)


def can_review(user: User) -> bool:
    return user.role in {Role.OFFICE, Role.ADMIN} and user.is_active


def can_see_papers(user: User, membership: Membership | None, organization: Organization) -> bool:
    """Licence and letter of authority: the office, and the owners themselves."""
    if can_review(user):
        return True
    return membership is not None and _is_owner(membership) and membership.organization_id == organization.id
