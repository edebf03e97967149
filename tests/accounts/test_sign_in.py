"""Signing in by code and by password, and what stops it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts import lockout
from app.accounts.models import OneTimeCode, SignInSession
from app.core import crypto
from app.core.audit import AuditEntry
from app.core.db import now, transaction
from tests.accounts.codes import last_code, last_message, wrong_code


def ask_for_code(client, address, **more):
    return client.post("/sign-in", data={"address": address, **more})


def with_password(make, password="翠绿的萤石 42", **given):
    return make.user(password_hash=crypto.hash_password(password), **given)


def by_password(client, address, password="翠绿的萤石 42", **more):
    return client.post("/sign-in", data={"way": "password", "address": address, "password": password, **more})


def is_signed_in(client):
    answer = client.get("/account")  # whoever has not agreed to the texts yet is asked first
    return answer.status_code == 200 or (answer.location or "").startswith("/consent")


def audit_rows(db):
    return db.session.scalar(select(func.count()).select_from(AuditEntry))


def test_a_code_signs_in_once(app, make, db):
    user, client = make.user(phone="13900001111"), app.test_client()
    assert ask_for_code(client, "+86 139-0000-1111", next="/account").location == "/sign-in/code"
    code = last_code(user.phone)

    response = client.post("/sign-in/code", data={"code": f"{code[:3]} {code[3:]}"})

    assert (response.status_code, response.location) == (303, "/account")
    assert is_signed_in(client)
    other = app.test_client()
    with transaction():
        for row in db.session.scalars(select(OneTimeCode)):
            row.created_at -= timedelta(minutes=5)
    ask_for_code(other, "13900001111")
    assert "验证码不对" in other.post("/sign-in/code", data={"code": code}).text


def test_a_code_dies_after_five_wrong_tries(app, make):
    user, client = make.user(phone="13900001111"), app.test_client()
    ask_for_code(client, user.phone)
    code = last_code("13900001111")
    for left in (4, 3, 2, 1):
        assert f"还可以试 {left} 次" in client.post("/sign-in/code", data={"code": wrong_code(code)}).text
    assert "已作废" in client.post("/sign-in/code", data={"code": wrong_code(code)}).text
    assert "试错太多次" in client.post("/sign-in/code", data={"code": code}).text
    assert not is_signed_in(client)


def test_a_code_dies_after_ten_minutes(app, make, db):
    user, client = make.user(phone="13900001111"), app.test_client()
    ask_for_code(client, user.phone)
    code = last_code("13900001111")
    with transaction():
        db.session.scalars(select(OneTimeCode)).one().expires_at = now()
    assert "验证码已过期" in client.post("/sign-in/code", data={"code": code}).text


def test_a_second_code_must_wait_and_replaces_the_first(app, make, db):
    user, client = make.user(phone="13900001111"), app.test_client()
    ask_for_code(client, user.phone)
    first = last_code("13900001111")
    soon = ask_for_code(client, "13900001111")
    assert soon.status_code == 429 and "秒后再要" in soon.text
    with transaction():
        db.session.scalars(select(OneTimeCode)).one().created_at -= timedelta(minutes=2)
    assert client.post("/sign-in/code/again/sign_in").location == "/sign-in/code"
    second = last_code("13900001111")
    if first != second:
        assert client.post("/sign-in/code", data={"code": first}).status_code == 422
    assert client.post("/sign-in/code", data={"code": second}).status_code == 303


def test_five_codes_an_hour_are_enough(app, make, db):
    client = app.test_client()
    for _ in range(5):
        assert ask_for_code(client, "13900001111").status_code == 303
        with transaction():
            for row in db.session.scalars(select(OneTimeCode)):
                row.created_at -= timedelta(minutes=2)
    assert "过一小时再试" in ask_for_code(client, "13900001111").text


def test_nobody_learns_whether_a_number_has_an_account(app, make):
    make.user(phone="13900001111")
    pages = []
    for number in ("13900001111", "13900002222"):
        client = app.test_client()
        assert ask_for_code(client, number).location == "/sign-in/code"
        page = client.get("/sign-in/code").text.replace(f"139 0000 {number[-4:]}", "……")
        pages.append(re.sub(r'name="csrf_token"[^>]*', "", page))
        assert client.post("/sign-in/code", data={"code": "000000"}).status_code == 422
    assert pages[0] == pages[1]
    assert last_message("13900001111") and last_message("13900002222") is None


def test_a_password_signs_in_and_a_wrong_one_says_the_same_as_no_account(app, make):
    with_password(make, email="lin@example.com")
    client = app.test_client()
    wrong = by_password(client, "lin@example.com", "翠绿的萤石 43")
    unknown = by_password(client, "nobody@example.com")
    assert wrong.status_code == unknown.status_code == 422
    assert "手机号、邮箱或密码不对" in wrong.text and "手机号、邮箱或密码不对" in unknown.text
    assert not is_signed_in(client)
    assert by_password(client, " LIN@Example.com ").status_code == 303
    assert is_signed_in(client)


@pytest.mark.parametrize("address", ["13900001111", "13900009999"])
def test_failures_make_the_wait_grow_for_existing_and_other_numbers_alike(app, make, address):
    with_password(make, phone="13900001111")
    client = app.test_client()
    for _ in range(lockout.FREE_TRIES):
        by_password(client, address, "wrong one")
    response = by_password(client, address)
    assert response.status_code == 429 and "1 分钟后再试" in response.text
    lockout._store().clear(f"locked:{crypto.digest(address)}")
    by_password(client, address, "wrong one")
    assert 60 < lockout.seconds_left(address) <= 120


def test_success_forgets_the_failures(app, make):
    with_password(make, phone="13900001111")
    client = app.test_client()
    by_password(client, "13900001111", "wrong one")
    by_password(client, "13900001111")
    assert lockout._store().get(f"failed:{crypto.digest('13900001111')}") == 0


def test_an_account_without_a_password_takes_none(app, make):
    make.user(phone="13900001111")
    assert by_password(app.test_client(), "13900001111", "anything at all").status_code == 422


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/x"])
def test_sign_in_leads_to_no_other_site(app, make, target):
    with_password(make, phone="13900001111")
    assert by_password(app.test_client(), "13900001111", next=target).location == "/"


def test_a_suspended_account_is_told_so_only_with_the_right_password(app, make):
    with_password(make, phone="13900001111", suspended_at=now(), suspend_reason="冒用")
    assert "已停用" not in by_password(app.test_client(), "13900001111", "wrong one").text
    assert "已停用" in by_password(app.test_client(), "13900001111").text


def test_signing_in_and_out_leave_one_audit_row_each_and_no_secret(app, make, db):
    user = with_password(make, phone="13900001111")
    client = app.test_client()
    before = audit_rows(db)
    by_password(client, "13900001111")
    assert audit_rows(db) == before + 1
    with client.session_transaction() as session:
        token = session["token"]
    row = db.session.scalars(select(SignInSession).where(SignInSession.user_id == user.id)).one()
    assert row.token_digest != token
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert row.token_digest not in str(entry.changes) and token not in str(entry.changes)
    client.post("/sign-out")
    assert audit_rows(db) == before + 2
    assert not is_signed_in(client)


def test_asking_for_a_code_leaves_one_audit_row_without_the_number(app, make, db):
    make.user(phone="13900001111")
    before = audit_rows(db)
    ask_for_code(app.test_client(), "13900001111")
    assert audit_rows(db) == before + 1
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert "13900001111" not in str(entry.changes)


def test_an_ended_session_stops_at_the_next_request(make, login, db):
    user = make.user()
    client = login(user)
    assert is_signed_in(client)
    with transaction():
        db.session.scalars(select(SignInSession)).one().ended_at = now()
    assert not is_signed_in(client)


def test_a_browser_that_was_away_for_a_month_signs_in_again(make, login, db):
    client = login(make.user())
    with transaction():
        db.session.scalars(select(SignInSession)).one().seen_at -= timedelta(days=31)
    assert not is_signed_in(client)


def test_use_is_noted_once_a_minute_past_the_audit_log(make, login, db):
    client = login(make.user())
    with transaction():
        db.session.scalars(select(SignInSession)).one().seen_at -= timedelta(hours=1)
    before = audit_rows(db)
    client.get("/account")
    first = db.session.scalars(select(SignInSession)).one().seen_at
    assert first > now() - timedelta(seconds=30)
    client.get("/account")
    db.session.expire_all()
    assert db.session.scalars(select(SignInSession)).one().seen_at == first
    assert audit_rows(db) == before


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1380013", "手机号是11位"),
        ("lin@", "邮箱要写成"),
        ("", "请填手机号或邮箱"),
        ("abc", "手机号只能是数字"),
    ],
)
def test_a_mistyped_address_is_named(app, typed, sentence):
    response = ask_for_code(app.test_client(), typed)
    assert response.status_code == 422 and sentence in response.text
