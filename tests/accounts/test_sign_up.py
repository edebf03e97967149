"""Signing up, and the consents that go with it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.accounts import consents
from app.accounts.consents import Text
from app.accounts.models import Consent, ConsentDocument, User
from app.core.audit import AuditEntry
from app.core.crypto import verify_password
from app.core.guard import Role
from tests.accounts.codes import last_code, last_message, wrong_code

AGREED = {"agrees_to_terms": "y", "agrees_to_privacy": "y"}


def start(client, address="13900001111", **more):
    return client.post("/sign-up", data={"address": address, **AGREED, **more})


def test_a_seeker_signs_up_by_phone_without_a_password(app, db):
    client = app.test_client()
    start(client, next="/account")
    before = db.session.scalar(select(func.count()).select_from(AuditEntry))

    response = client.post("/sign-up/code", data={"code": last_code("13900001111"), "name": " 陈国栋𠮷 "})

    assert (response.status_code, response.location) == (303, "/account")
    user = db.session.scalars(select(User)).one()
    assert (user.name, user.role, user.password_hash) == ("陈国栋𠮷", Role.SEEKER, None)
    assert {row.document for row in db.session.scalars(select(Consent))} == set(ConsentDocument)
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == before + 1
    assert client.get("/account").status_code == 200


def test_a_seeker_who_came_for_nothing_else_is_led_to_the_eight_questions(app):
    client = app.test_client()
    start(client)
    answer = client.post("/sign-up/code", data={"code": last_code("13900001111"), "name": "陈国栋"})
    assert answer.location == "/me/quick/1"
    assert client.get(answer.location).status_code == 200


def test_an_enterprise_person_goes_on_to_register_the_organization(app, db):
    client = app.test_client()
    start(client, "hr@example.com", **{"as": "enterprise"})
    data = {"code": last_code("hr@example.com"), "name": "林女士", "password": "清溪边的水电站 7"}
    assert client.post("/sign-up/code", data=data).location == "/organization/register"
    user = db.session.scalars(select(User)).one()
    assert user.role is Role.ENTERPRISE and verify_password(user.password_hash, "清溪边的水电站 7")


def test_the_boxes_are_not_ticked_and_both_are_needed(app):
    client = app.test_client()
    assert " checked" not in client.get("/sign-up").text
    response = client.post("/sign-up", data={"address": "13900001111", "agrees_to_terms": "y"})
    assert response.status_code == 422
    assert "要先同意隐私政策" in response.text and "要先同意用户协议" not in response.text
    assert last_message("13900001111") is None


def test_nobody_signs_up_as_office(app, db):
    client = app.test_client()
    start(client, **{"as": "admin"})
    client.post("/sign-up/code", data={"code": last_code("13900001111"), "name": "某人"})
    assert db.session.scalars(select(User)).one().role is Role.SEEKER


def test_a_known_number_is_signed_in_instead_and_the_page_is_the_same(app, make, db):
    make.user(phone="13900001111", name="老朋友")
    client = app.test_client()
    assert start(client).location == "/sign-up/code"
    assert "已经有账号" in last_message("13900001111").body
    response = client.post("/sign-up/code", data={"code": last_code("13900001111"), "name": "别的名字"})
    assert response.status_code == 303
    assert db.session.scalars(select(User)).one().name == "老朋友"


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("abc", "至少 8 位"),
        ("12345678", "太常见"),
        ("aaaaaaaaaa", "太常见"),
        ("a13900001111", "不要用自己的手机号"),
        ("x" * 129, "最多 128 位"),
    ],
)
def test_a_weak_password_is_refused_and_nothing_typed_is_lost(app, db, password, sentence):
    client = app.test_client()
    start(client)
    data = {"code": last_code("13900001111"), "name": "陈国栋", "password": password}
    response = client.post("/sign-up/code", data=data)
    assert response.status_code == 422 and sentence in response.text and "陈国栋" in response.text
    assert db.session.scalar(select(func.count()).select_from(User)) == 0


def test_a_wrong_code_makes_no_account(app, db):
    client = app.test_client()
    start(client)
    data = {"code": wrong_code(last_code("13900001111")), "name": "陈国栋"}
    assert client.post("/sign-up/code", data=data).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(User)) == 0


def test_the_code_page_alone_leads_back(app):
    assert app.test_client().get("/sign-up/code").location == "/sign-up"


def test_a_new_version_asks_everybody_again(app, make, db, monkeypatch):
    client = app.test_client()
    start(client)
    client.post("/sign-up/code", data={"code": last_code("13900001111"), "name": "陈国栋"})
    changed = Text(ConsentDocument.TERMS, "用户协议", "2.0", date(2027, 1, 1))
    monkeypatch.setitem(consents.CURRENT, ConsentDocument.TERMS, changed)

    assert client.get("/notifications?show=unread").location == "/consent?next=/notifications?show%3Dunread"
    assert client.get("/terms").status_code == 200
    assert client.post("/consent", data={"agrees_to_terms": "y"}).status_code == 422
    answer = client.post("/consent", data={**AGREED, "next": "/notifications"})
    assert answer.location == "/notifications"
    assert client.get("/notifications").status_code == 200
    versions = {(row.document, row.version) for row in db.session.scalars(select(Consent))}
    assert (ConsentDocument.TERMS, "2.0") in versions and (ConsentDocument.TERMS, "1.0") in versions
