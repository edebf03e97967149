"""Tickets: a short code for hands and ears, and a signed token for cameras that no network is needed to verify.

The token holds the event and a drawn serial, signed with Ed25519, in base32, so that a QR code stays small
(alphanumeric mode). It holds no end of validity: a gathering that is moved would void every ticket on paper. Whether
the gathering is over is asked of the gathering.
"""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from flask import current_app

from app.core import crypto
from app.core.halfwidth import half_width

PREFIX = "QC"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 characters, a prime: nothing that looks like another
CODE_LENGTH = 6
_FORMAT = 1
_BODY = 11  # bytes: format, event, serial
_SIGNATURE = 64
_LINK_LIFE = timedelta(days=800)
SERIALS = 1 << 47


@dataclass(frozen=True)
class Ticket:
    """What a genuine token says."""

    event_id: int
    serial: int


def new_serial() -> int:
    return secrets.randbelow(SERIALS - 1) + 1


def new_code() -> str:
    """Five drawn characters and a sixth that checks them: one wrong or two swapped are always noticed."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH - 1))
    return body + _check(body)


def _check(body: str) -> str:
    total = sum(weight * ALPHABET.index(letter) for weight, letter in enumerate(body, 2))
    return ALPHABET[total % len(ALPHABET)]


def read_code(typed: str) -> str | None:
    """The code as it was given out, or None if somebody mistyped it."""
    code = "".join(letter for letter in half_width(typed).upper() if letter.isalnum())
    if len(code) != CODE_LENGTH or any(letter not in ALPHABET for letter in code):
        return None
    return code if _check(code[:-1]) == code[-1] else None


def private_key() -> Ed25519PrivateKey:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"tickets:" + secret).digest())


def public_bytes() -> bytes:
    """What the check-in page verifies tickets with when there is no network."""
    return private_key().public_key().public_bytes_raw()


def write(event_id: int, serial: int, key: Ed25519PrivateKey) -> str:
    body = bytes([_FORMAT]) + event_id.to_bytes(4) + serial.to_bytes(6)
    return PREFIX + base64.b32encode(body + key.sign(body)).decode().rstrip("=")


def read(token: str, key: Ed25519PublicKey) -> Ticket | None:
    """What a token says, or None for one that is damaged, forged or no ticket at all."""
    text = token.strip().upper()
    if not text.startswith(PREFIX) or len(text) > 200:
        return None
    text = text.removeprefix(PREFIX)
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        return None
    body, signature = data[:_BODY], data[_BODY:]
    if len(signature) != _SIGNATURE or body[0] != _FORMAT:
        return None
    try:
        key.verify(signature, body)
    except InvalidSignature:
        return None
    return Ticket(int.from_bytes(body[1:5]), int.from_bytes(body[5:11]))


def link_of(registration_id: int) -> str:
    """The part of a ticket page's address that nobody can guess."""
    return crypto.sign("ticket page", registration_id)


def registration_id_of(link: str) -> int | None:
    found = crypto.unsign("ticket page", link, max_age=int(_LINK_LIFE.total_seconds()))
    return found if isinstance(found, int) else None
