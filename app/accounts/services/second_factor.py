"""The second factor (TOTP) of office and admin, and the codes for a lost phone."""

import secrets
import time
from hmac import compare_digest

import pyotp

from app.accounts import queries
from app.accounts.models import RecoveryCode, User
from app.core.crypto import digest, seal, unseal
from app.core.db import db, now
from app.core.errors import DomainError

STEP = 30  # seconds, RFC 6238
DRIFT = 1  # steps a phone's clock may be off
RECOVERY_CODES = 10
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that reads as something else


class SecondFactorConfirmed(DomainError):
    message = "两步验证已经设好了"


def prepare(user: User) -> None:
    """Give *user* a key to scan, unless there is one already."""
    if user.totp_secret is None:
        user.totp_secret = seal(pyotp.random_base32())


def key_of(user: User) -> str:
    return unseal(user.totp_secret or seal(""))


def address_for_apps(user: User) -> str:
    """The otpauth:// address that authenticator apps scan."""
    return pyotp.TOTP(key_of(user)).provisioning_uri(
        name=user.phone or user.email or user.name, issuer_name="Qingcai"
    )


def accept(user: User, typed: str) -> bool:
    """Whether *typed* is the code of now, give or take one step. A code that was used once is refused."""
    totp = pyotp.TOTP(key_of(user))
    current = int(time.time()) // STEP
    for step in range(current - DRIFT, current + DRIFT + 1):
        is_new = user.totp_last_step is None or step > user.totp_last_step
        if is_new and compare_digest(totp.at(step * STEP), typed.strip()):
            user.totp_last_step = step
            return True
    return False


def accept_recovery_code(user: User, typed: str) -> bool:
    """Spend one recovery code in place of the phone."""
    plain = "".join(letter for letter in typed.upper() if letter in ALPHABET)
    row = queries.recovery_code(user, _digest(user, plain))
    if row is None:
        return False
    row.used_at = now()
    return True


def confirm(user: User, typed: str) -> list[str] | None:
    """Finish the set-up with a first code; returns the recovery codes to show once, or None for a wrong code."""
    if user.totp_confirmed_at is not None:
        raise SecondFactorConfirmed
    if not accept(user, typed):
        return None
    user.totp_confirmed_at = now()
    return renew_recovery_codes(user)


def renew_recovery_codes(user: User) -> list[str]:
    """Replace all recovery codes; only their digests are kept."""
    for row in queries.recovery_codes(user):
        db.session.delete(row)
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(user_id=user.id, code_digest=_digest(user, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def reset(user: User) -> None:
    """Forget the phone: *user* sets up a new one at the next sign-in."""
    for row in queries.recovery_codes(user):
        db.session.delete(row)
    user.totp_secret = user.totp_confirmed_at = user.totp_last_step = None


def _digest(user: User, code: str) -> str:
    return digest(f"recovery:{user.id}:{code}")
