"""Tickets: what is genuine reads back, everything else is nothing."""

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.events import tickets

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@given(st.integers(1, 2**32 - 1), st.integers(1, tickets.SERIALS))
def test_a_genuine_token_reads_back_in_either_case(event_id, serial):
    token = tickets.write(event_id, serial, KEY)
    assert tickets.read(token, KEY.public_key()) == tickets.Ticket(event_id, serial)
    assert tickets.read(f" {token.lower()}\n", KEY.public_key()) == tickets.Ticket(event_id, serial)


@given(st.data())
def test_one_wrong_letter_makes_it_nothing(data):
    """Except in the last letter, whose spare bits carry nothing."""
    token = tickets.write(7, 123, KEY)
    at = data.draw(st.integers(0, len(token) - 2))
    letter = data.draw(st.sampled_from(LETTERS).filter(lambda each: each != token[at]))
    assert tickets.read(token[:at] + letter + token[at + 1 :], KEY.public_key()) is None


@pytest.mark.parametrize(
    "shown", ["", "QC", "hello", "https://example.cn/t/1", "QC" + "A" * 120, "票" * 40, "QC" + "A" * 5000]
)
def test_what_is_no_ticket_is_nothing(shown):
    assert tickets.read(shown, KEY.public_key()) is None


def test_a_ticket_signed_by_somebody_else_is_nothing():
    assert tickets.read(tickets.write(7, 123, OTHER), KEY.public_key()) is None


def test_the_qr_code_stays_small():
    """Base32 in capitals: QR's alphanumeric mode, version 7 at most with a fair correction level."""
    code = segno.make_qr(tickets.write(2**31, tickets.SERIALS - 1, KEY), error="m")
    assert code.mode == "alphanumeric"
    assert int(code.version) <= 7


@given(st.data())
def test_a_code_notices_one_wrong_letter_and_two_swapped(data):
    body = data.draw(st.text(tickets.ALPHABET, min_size=5, max_size=5))
    code = body + tickets._check(body)
    assert tickets.read_code(f"{code[:3]} {code[3:].lower()}") == code
    at = data.draw(st.integers(0, 5))
    letter = data.draw(st.sampled_from(tickets.ALPHABET).filter(lambda each: each != code[at]))
    assert tickets.read_code(code[:at] + letter + code[at + 1 :]) is None
    swap = data.draw(st.integers(0, 4))
    swapped = code[:swap] + code[swap + 1] + code[swap] + code[swap + 2 :]
    if swapped != code:
        assert tickets.read_code(swapped) is None
