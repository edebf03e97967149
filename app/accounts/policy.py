"""Who may do what with accounts. Pure functions: no database, no request."""

from app.accounts.models import SignInSession, User
from app.core.guard import Role

GIVEN_BY_ADMIN = frozenset({Role.OFFICE, Role.ORGANIZER, Role.ADMIN})


def can_administer(user: User) -> bool:
    return user.role is Role.ADMIN and user.is_active


def can_suspend(admin: User, user: User) -> bool:
    """Nobody locks themselves out."""
    return can_administer(admin) and admin.id != user.id and user.closed_at is None


def can_end(user: User, session: SignInSession) -> bool:
    return session.user_id == user.id
