"""A person's own account: recovery, contact, password, sessions, closing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.models import OneTimeCode, SignInSession, User
from app.accounts.services import closing
from app.core import crypto
from app.core.audit import AuditEntry
from app.core.db import now, transaction
from tests.accounts.codes import last_code, last_message

NEW = {"password": "清溪边的水电站 7", "again": "清溪边的水电站 7"}


def is_in(client):
    answer = client.get("/account")  # whoever has not agreed to the texts yet is asked first
    return answer.status_code == 200 or (answer.location or "").startswith("/consent")


def grow_stale(db, user):
    """The last proof that it is them was long ago."""
    with transaction():
        for row in db.session.scalars(select(SignInSession).where(SignInSession.user_id == user.id)):
            row.confirmed_at -= timedelta(hours=1)


def test_recovery_sets_a_new_password_and_ends_every_session(app, make, login):
    user = make.user(phone="13900001111", password_hash=crypto.hash_password("旧的密码 2024"))
    stolen, client = login(user), app.test_client()
    client.post("/recover", data={"address": "13900001111"})
    assert client.post("/recover/code", data={"code": "12", **NEW}).status_code == 422
    mismatch = client.post("/recover/code", data={"code": last_code("13900001111"), **NEW, "again": "x"})
    assert "两次填的不一样" in mismatch.text
    answer = client.post("/recover/code", data={"code": last_code("13900001111"), **NEW})
    assert answer.status_code == 303 and is_in(client) and not is_in(stolen)
    assert crypto.verify_password(user.password_hash, NEW["password"])
    assert "密码" in last_message("13900001111").body


def test_recovery_of_an_unknown_number_looks_the_same(app):
    client = app.test_client()
    assert client.post("/recover", data={"address": "13900001111"}).location == "/recover/code"
    assert "如果" in client.get("/recover/code").text
    assert last_message("13900001111") is None


def test_a_new_password_signs_out_the_other_browsers_only(make, login):
    user = make.user()
    here, there = login(user), login(user)
    assert here.post("/account/password", data=NEW).status_code == 303
    assert is_in(here) and not is_in(there)


@pytest.mark.parametrize("path", ["/account/password", "/account/address", "/account/close"])
def test_sensitive_pages_ask_for_a_fresh_proof(make, login, db, path):
    user = make.user()
    client = login(user)
    grow_stale(db, user)
    assert client.get(path).location == f"/account/confirm?next={path}"
    assert client.post(path, data={**NEW, "understands": "y", "address": "13900009999"}).status_code == 303
    assert user.password_hash is None and user.closed_at is None


def test_the_proof_is_the_password(make, login, db):
    user = make.user(password_hash=crypto.hash_password("旧的密码 2024"))
    client = login(user)
    grow_stale(db, user)
    wrong = client.post("/account/confirm", data={"password": "不是这个", "next": "/account/password"})
    assert wrong.status_code == 422 and "密码不对" in wrong.text
    right = client.post("/account/confirm", data={"password": "旧的密码 2024", "next": "/account/password"})
    assert right.location == "/account/password"
    assert client.get("/account/password").status_code == 200


def test_or_a_code_to_the_own_number(make, login, db):
    user = make.user(phone="13900001111")
    client = login(user)
    grow_stale(db, user)
    asked = client.post("/account/confirm", data={"way": "code", "next": "/account/close"})
    assert asked.location == "/account/confirm/code"
    answer = client.post("/account/confirm/code", data={"code": last_code("13900001111")})
    assert answer.location == "/account/close"
    assert client.get("/account/close").status_code == 200


def test_a_new_number_is_proved_and_the_old_one_is_told(make, login):
    user = make.user(phone="13900001111")
    client = login(user)
    client.post("/account/address", data={"address": "13900002222"})
    assert user.phone == "13900001111"
    client.post("/account/address/code", data={"code": last_code("13900002222")})
    assert user.phone == "13900002222"
    assert "新的联系方式" in last_message("13900001111").body


def test_somebody_elses_number_is_not_taken_and_not_betrayed(make, login):
    make.user(phone="13900002222")
    user = make.user(phone="13900001111")
    client = login(user)
    assert (
        client.post("/account/address", data={"address": "13900002222"}).location == "/account/address/code"
    )
    assert "没有换成" in last_message("13900002222").body
    assert client.post("/account/address/code", data={"code": "123456"}).status_code == 422
    assert user.phone == "13900001111"


def test_sessions_are_listed_and_ended_one_by_one_or_all(make, login, db):
    user, other = make.user(), make.user()
    here, there, third = login(user), login(user), login(user)
    assert here.get("/account/sessions").text.count("最近") == 3
    rows = list(db.session.scalars(select(SignInSession).where(SignInSession.user_id == user.id)))
    assert login(other).post(f"/account/sessions/{rows[1].id}/end").status_code == 403
    here.post(f"/account/sessions/{rows[1].id}/end")
    assert not is_in(there) and is_in(third)
    here.post("/account/sessions/end-others")
    assert not is_in(third) and is_in(here)


def test_closing_seals_the_identity_and_frees_the_number(make, login, db, app):
    user = make.user(phone="13900001111", name="陈国栋")
    client = login(user)
    assert client.post("/account/close", data={}).status_code == 422
    before = db.session.scalar(select(func.count()).select_from(AuditEntry))

    assert client.post("/account/close", data={"understands": "y"}).status_code == 303

    assert (user.name, user.phone, user.email) == ("已注销用户", None, None)
    assert "陈国栋" not in user.sealed_identity and "陈国栋" in crypto.unseal(user.sealed_identity)
    assert not is_in(client)
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == before + 1
    make.user(phone="13900001111")
    with transaction():
        assert closing.erase_due(user.erase_on - timedelta(days=1)) == 0
        assert closing.erase_due(user.erase_on) == 1
    assert user.sealed_identity is None


def test_office_accounts_are_not_closed_by_themselves(make, login):
    office = make.office()
    answer = login(office).post("/account/close", data={"understands": "y"})
    assert answer.status_code == 403 and "由系统管理员停用" in answer.text


def test_the_database_refuses_an_account_nobody_can_reach(db):
    with pytest.raises(Exception, match="reachable"), transaction():
        db.session.add(User(name="谁", role="seeker"))


def test_codes_of_one_purpose_do_not_serve_another(app, make, db):
    make.user(phone="13900001111")
    client = app.test_client()
    client.post("/sign-in", data={"address": "13900001111"})
    code = last_code("13900001111")
    client.post("/recover", data={"address": "13900001111"})
    recovery = last_code("13900001111")
    if code != recovery:
        answer = client.post("/recover/code", data={"code": code, **NEW})
        assert answer.status_code == 422 and "验证码不对" in answer.text
    assert (
        db.session.scalar(select(func.count()).select_from(OneTimeCode).where(OneTimeCode.expires_at > now()))
        == 2
    )
