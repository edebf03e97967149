"""Who may do what with a posting. Pure functions: no database, no request."""

from datetime import date

from app.accounts.models import User
from app.core.guard import Role
from app.organizations.models import Membership, Organization
from app.postings.kinds import AUTHOR, OFFICE
from app.postings.models import Posting


def can_write(membership: Membership | None, posting: Posting) -> bool:
    """Owners and recruiters of the employer write its postings; nobody else does."""
    return (
        membership is not None
        and membership.ended_at is None
        and membership.organization_id == posting.organization_id
    )


def can_post(membership: Membership | None) -> bool:
    """Drafts may be written before the employer is verified; publishing is asked for later."""
    return membership is not None and membership.ended_at is None


def can_publish(organization: Organization, today: date) -> bool:
    return organization.may_publish(today)


def can_review(user: User) -> bool:
    return user.role in {Role.OFFICE, Role.ADMIN}


def can_read(user: User | None, membership: Membership | None, posting: Posting, today: date) -> bool:
    """The public reads open postings; the employer and the office read theirs in any state."""
    if posting.is_open(today) or can_write(membership, posting):
        return True
    return user is not None and can_review(user)


def part_of(user: User, membership: Membership | None, posting: Posting) -> str:
    """In which part of the workflow this person acts; "" for none."""
    if can_review(user):
        return OFFICE
    return AUTHOR if can_write(membership, posting) else ""
