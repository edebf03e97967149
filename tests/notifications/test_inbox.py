"""The inbox in the site, and the development sender's page."""

from unittest.mock import patch

import pytest
from sqlalchemy import select

from app.core.audit import AuditEntry
from app.core.db import transaction
from app.notifications.models import Notification
from app.notifications.services import notify, send_to


@pytest.fixture
def user(make):
    user = make.user()
    with transaction():
        notify(user, "面试邀约 <b>&</b>", "/account")
        notify(user, "已查看", "/account/sessions")
    return user


def test_lines_are_listed_as_text_with_the_unread_count(login, user):
    page = login(user).get("/notifications").text
    assert "面试邀约 &lt;b&gt;&amp;&lt;/b&gt;" in page
    assert "2条没读" in page


def test_opening_a_line_reads_it_and_goes_where_it_leads(login, user, db):
    client = login(user)
    row = db.session.scalars(select(Notification).order_by(Notification.id)).first()
    answer = client.get(f"/notifications/{row.id}")
    assert answer.location == "/account" and row.read_at is not None
    assert "面试邀约" not in client.get("/notifications?show=unread").text


def test_somebody_elses_line_does_not_exist(make, login, user, db):
    row = db.session.scalars(select(Notification)).first()
    assert login(make.user()).get(f"/notifications/{row.id}").status_code == 404
    assert row.read_at is None


def test_a_line_never_leads_to_another_site(login, user, db):
    with transaction():
        notify(user, "坏链接", "//evil.example")
    row = db.session.scalars(select(Notification).order_by(Notification.id.desc())).first()
    assert login(user).get(f"/notifications/{row.id}").location == "/notifications"


def test_all_are_read_at_once(login, user):
    client = login(user)
    client.post("/notifications/read")
    page = client.get("/notifications?show=unread").text
    assert "都读过了" in page and "条没读" not in page


def test_reading_leaves_one_row_in_the_log(login, user, db):
    client = login(user)
    lines = db.session.scalars(select(Notification).order_by(Notification.id)).all()
    before = db.session.query(AuditEntry).count()
    for _ in range(2):
        client.get(f"/notifications/{lines[0].id}")
    for _ in range(2):
        client.post("/notifications/read")
    one, all_ = db.session.query(AuditEntry).order_by(AuditEntry.id).offset(before)
    assert (one.record, one.action, one.actor_id) == (
        f"notifications:{lines[0].id}",
        "notifications.show",
        user.id,
    )
    assert all_.changes == [{"record": f"users:{user.id}", "from": {"unread": 1}, "to": {"unread": 0}}]
    assert "面试邀约" not in str(one.changes)


def test_the_list_is_paged_and_its_queries_do_not_grow(login, user, queries_run):
    client = login(user)
    client.get("/notifications")
    with queries_run() as few:
        client.get("/notifications")
    with transaction():
        for n in range(40):
            notify(user, f"第{n}条", "/account")
    with queries_run() as many:
        page = client.get("/notifications").text
    assert len(many) == len(few)
    assert page.count("没读</span>") == 20 and "第39条" in page and "第3条" not in page


def test_the_development_page_shows_messages_and_is_missing_elsewhere(app):
    with transaction():
        send_to("13900001111", "验证码", "验证码 123456", is_secret=True)
    client = app.test_client()
    assert "验证码 123456" in client.get("/dev/messages").text
    assert "验证码 123456" not in client.get("/dev/messages?q=lin@").text
    for setting in ({"SENDERS": "gateways"}, {"IS_PRODUCTION": True}):
        with patch.dict(app.config, setting):
            assert client.get("/dev/messages").status_code == 404
