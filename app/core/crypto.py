"""Passwords, secrets at rest, and tokens. One place, so that one place can be read with care."""

import base64
import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.fernet import Fernet
from flask import Flask, current_app
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer


def hash_password(password: str) -> str:
    return current_app.extensions["password_hasher"].hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Whether *password* fits; a person without one costs the same time as a wrong one."""
    hasher: PasswordHasher = current_app.extensions["password_hasher"]
    try:
        return (
            hasher.verify(stored or current_app.extensions["password_decoy"], password) and stored is not None
        )
    except (VerificationError, InvalidHashError):
        return False


def digest(secret: str) -> str:
    """A keyed digest of a token or one-time code, for looking it up without keeping it."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hashlib.blake2b(secret.encode(), key=hashlib.sha256(key).digest(), digest_size=32).hexdigest()


def new_token() -> str:
    return secrets.token_urlsafe(24)


def new_code() -> str:
    """Six digits, for typing from a phone."""
    return f"{secrets.randbelow(1_000_000):06d}"


def _fernet() -> Fernet:
    key = hashlib.sha256(b"at rest:" + str(current_app.config["SECRET_KEY"]).encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    return _fernet().decrypt(sealed.encode()).decode()


def sign(purpose: str, value: object) -> str:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=purpose).dumps(value)


def unsign(purpose: str, token: str, *, max_age: int) -> object | None:
    """The signed value, or None if it was forged or is older than *max_age* seconds."""
    try:
        return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=purpose).loads(
            token, max_age=max_age
        )
    except (BadSignature, SignatureExpired):
        return None


def init_app(app: Flask) -> None:
    cheap = app.config.get("CHEAP_PASSWORD_HASHES")
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1) if cheap else PasswordHasher()
    app.extensions["password_hasher"] = hasher
    app.extensions["password_decoy"] = hasher.hash(secrets.token_urlsafe(16))
