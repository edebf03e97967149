"""What the administrator does with other people's accounts."""

from app.accounts import policy
from app.accounts.models import User
from app.accounts.services import second_factor, sessions
from app.core.db import now
from app.core.errors import DomainError, authorize


class AlreadySuspended(DomainError):
    message = "这个账号已经停用了"


class NotSuspended(DomainError):
    message = "这个账号没有停用"


def suspend(user: User, *, by: User, reason: str) -> None:
    """Stop *user* at their next request, everywhere."""
    authorize(policy.can_suspend(by, user))
    if user.suspended_at is not None:
        raise AlreadySuspended
    user.suspended_at, user.suspend_reason = now(), reason
    sessions.end_all(user)


def resume(user: User, *, by: User) -> None:
    authorize(policy.can_suspend(by, user))
    if user.suspended_at is None:
        raise NotSuspended
    user.suspended_at = user.suspend_reason = None


def reset_second_factor(user: User, *, by: User) -> None:
    """For a lost phone: all sessions end, a new key is set up at the next sign-in."""
    authorize(policy.can_administer(by))
    second_factor.reset(user)
    sessions.end_all(user)
