"""Closing an account: sealed at once, erased when the legal term ends."""

import json
from datetime import date

from blinker import signal

from app.accounts import queries
from app.accounts.models import User
from app.accounts.services import sessions
from app.core import audit, county_time
from app.core.crypto import seal
from app.core.db import now
from app.core.errors import DomainError
from app.core.guard import Role

KEPT_YEARS = 3  # records of service are kept for at least three years
NAME_AFTERWARDS = "已注销用户"

# user=…; features hide what is theirs and return what else is to be sealed, or raise why it cannot be closed
closing = signal("accounts.closing")


class GivenAccount(DomainError):
    status = 403
    message = "人才办和管理员账号由系统管理员停用"


def close(user: User) -> None:
    """Seal name and contact, sign out everywhere; the number may be registered anew at once."""
    if user.role in {Role.OFFICE, Role.ADMIN}:
        raise GivenAccount
    identity = {"name": user.name, "phone": user.phone, "email": user.email}
    for _, more in closing.send(None, user=user):
        identity |= more or {}
    today = county_time.today()
    user.sealed_identity = seal(json.dumps(identity, ensure_ascii=False))
    user.erase_on = _years_later(today)
    user.closed_at = now()
    user.name, user.phone, user.email = NAME_AFTERWARDS, None, None
    user.password_hash = user.totp_secret = user.totp_confirmed_at = None
    sessions.end_all(user)
    audit.about(user)


def _years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + KEPT_YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year + KEPT_YEARS, day=28)


def erase_due(today: date) -> int:
    """Erase the sealed identities whose term is over; returns how many."""
    due = queries.erasable(today, limit=100)
    for user in due:
        user.sealed_identity = None
    return len(due)
