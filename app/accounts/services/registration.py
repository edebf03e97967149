"""New accounts, and what their owners agreed to."""

from app.accounts import consents, queries
from app.accounts.models import Consent, User
from app.accounts.policy import GIVEN_BY_ADMIN
from app.core import audit
from app.core.db import db
from app.core.errors import DomainError
from app.core.guard import Role


class AddressTaken(DomainError):
    message = "这个手机号或邮箱已经有账号"


class RoleNotOpen(DomainError):
    status = 403
    message = "这种账号由系统管理员开通"


SELF_SERVICE = frozenset({Role.SEEKER, Role.ENTERPRISE, Role.ORGANIZER})


def sign_up(*, address: str, name: str, role: Role, password_hash: str | None) -> User:
    """Make an account for somebody who proved that *address* is theirs and agreed to both texts."""
    if role not in SELF_SERVICE:
        raise RoleNotOpen
    user = _add(address, name, role)
    user.password_hash = password_hash
    agree(user)
    audit.about(user)
    return user


def create(*, address: str, name: str, role: Role) -> User:
    """Make an account for somebody else; they sign in by code and agree to the texts then."""
    if role not in GIVEN_BY_ADMIN:
        raise RoleNotOpen
    user = _add(address, name, role)
    audit.about(user)
    return user


def _add(address: str, name: str, role: Role) -> User:
    if queries.by_address(address):
        raise AddressTaken
    is_email = "@" in address
    user = User(
        name=name, role=role, email=address if is_email else None, phone=None if is_email else address
    )
    db.session.add(user)
    db.session.flush()
    return user


def agree(user: User) -> None:
    """Note that *user* agreed to the current version of both texts."""
    known = queries.agreed_versions(user)
    for text in consents.CURRENT.values():
        if (text.document, text.version) not in known:
            db.session.add(Consent(user_id=user.id, document=text.document, version=text.version))


def consent_state(user: User) -> str:
    """What a new session of *user* carries: the current versions, or "none" when something is to be agreed to."""
    known = queries.agreed_versions(user)
    has_all = all((text.document, text.version) in known for text in consents.CURRENT.values())
    return consents.current_versions() if has_all else "none"
