"""The second factor of office and admin."""

import re
import time

import pyotp
import pytest
from sqlalchemy import select

from app.accounts import lockout
from app.accounts.models import RecoveryCode
from app.accounts.services import second_factor
from app.core import crypto
from app.core.db import transaction
from app.core.guard import Role
from tests.accounts.codes import last_code

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(user):
    return pyotp.TOTP(second_factor.key_of(user)).now()


@pytest.fixture
def office(make):
    return make.office(phone="13900001111", totp_secret=crypto.seal(KEY), name="小周")


@pytest.fixture
def waiting(app, office):
    """A browser that has done the first step."""
    client = app.test_client()
    client.post("/sign-in", data={"address": "13900001111"})
    answer = client.post("/sign-in/code", data={"code": last_code("13900001111")})
    assert answer.location == "/sign-in/second-factor"
    return client


def test_the_first_factor_alone_opens_nothing(waiting):
    assert waiting.get("/account").status_code == 302
    assert waiting.get("/sign-in/second-factor/qr.svg").location == "/sign-in"


def test_the_code_signs_in_and_counts_once(app, office, waiting):
    code = code_now(office)
    assert waiting.post("/sign-in/second-factor", data={"code": "000000"}).status_code == 422
    assert waiting.post("/sign-in/second-factor", data={"code": code}).status_code == 303
    assert waiting.get("/account").location == "/consent?next=/account"
    with transaction():
        assert not second_factor.accept(office, code)


def test_a_code_of_the_step_before_is_taken_but_no_older_one(office):
    totp, step = pyotp.TOTP(KEY), int(time.time()) // 30
    with transaction():
        assert not second_factor.accept(office, totp.at((step - 3) * 30))
        assert second_factor.accept(office, totp.at((step - 1) * 30))
        assert not second_factor.accept(office, totp.at((step - 1) * 30))


def test_wrong_codes_make_the_wait_grow(office, waiting):
    for _ in range(lockout.FREE_TRIES):
        waiting.post("/sign-in/second-factor", data={"code": "000000"})
    answer = waiting.post("/sign-in/second-factor", data={"code": code_now(office)})
    assert answer.status_code == 429 and "分钟后再试" in answer.text


def test_the_first_sign_in_sets_it_up_and_shows_recovery_codes_once(app, make, db):
    user = make.user(Role.ADMIN, phone="13900001111")
    client = app.test_client()
    client.post("/sign-in", data={"address": "13900001111"})
    answer = client.post("/sign-in/code", data={"code": last_code("13900001111")})
    assert answer.location == "/sign-in/second-factor/set-up"
    page = client.get("/sign-in/second-factor/set-up").text
    key = second_factor.key_of(user)
    assert key not in user.totp_secret and " ".join(key[i : i + 4] for i in range(0, 32, 4)) in page
    picture = client.get("/sign-in/second-factor/qr.svg")
    assert picture.mimetype == "image/svg+xml" and "no-store" in picture.headers["Cache-Control"]
    assert client.post("/sign-in/second-factor/set-up", data={"code": "000000"}).status_code == 422

    done = client.post("/sign-in/second-factor/set-up", data={"code": code_now(user)})

    codes = re.findall(r"\b[2-9A-Z]{5}-[2-9A-Z]{5}\b", done.text)
    assert len(set(codes)) == 10
    assert client.get("/account").location == "/consent?next=/account"
    stored = {row.code_digest for row in db.session.scalars(select(RecoveryCode))}
    assert len(stored) == 10 and not stored & {code.replace("-", "") for code in codes}
    with transaction():
        assert second_factor.accept_recovery_code(user, codes[0].lower())
        assert not second_factor.accept_recovery_code(user, codes[0])


def test_new_recovery_codes_replace_the_old_ones(make, login, office):
    with transaction():
        old = second_factor.renew_recovery_codes(office)
    page = login(office).post("/account/recovery-codes").text
    assert old[0] not in page
    with transaction():
        assert not second_factor.accept_recovery_code(office, old[0])


def test_the_administrator_resets_a_lost_phone(make, login, office, db):
    theirs = login(office)
    answer = login(make.user(Role.ADMIN)).post(f"/admin/users/{office.id}/reset-second-factor")
    assert answer.status_code == 303
    assert office.totp_secret is None and office.totp_confirmed_at is None
    assert theirs.get("/account").status_code == 302
