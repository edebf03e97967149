"""The administrator's pages, and the command that makes the first account."""

import pytest
from sqlalchemy import func, select

from app.accounts.models import User
from app.core.audit import AuditEntry
from app.core.db import db as database
from app.core.guard import Role


@pytest.fixture
def admin(make):
    return make.user(Role.ADMIN, name="管理员")


def test_an_office_account_is_made_and_signs_in_by_code(app, login, admin, db):
    data = {"name": "小周", "address": "139 0000 1111", "role": "office"}
    answer = login(admin).post("/admin/users/new", data=data)
    assert answer.status_code == 303
    made = db.session.scalars(select(User).where(User.phone == "13900001111")).one()
    assert made.role is Role.OFFICE and made.password_hash is None
    again = login(admin).post("/admin/users/new", data=data)
    assert again.status_code == 422 and "已经有账号" in again.text and "小周" in again.text


def test_seekers_are_not_made_here(login, admin):
    data = {"name": "某人", "address": "13900001111", "role": "seeker"}
    assert login(admin).post("/admin/users/new", data=data).status_code == 422


def test_suspending_needs_a_reason_stops_at_once_and_can_be_undone(make, login, admin, db):
    user = make.user()
    theirs, mine = login(user), login(admin)
    assert "请写明停用的原因" in mine.post(f"/admin/users/{user.id}", data={"reason": " "}).text
    before = db.session.scalar(select(func.count()).select_from(AuditEntry))
    mine.post(f"/admin/users/{user.id}", data={"reason": "冒用他人身份"})
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == before + 1
    assert theirs.get("/account").status_code == 302
    assert mine.post(f"/admin/users/{user.id}", data={"reason": "再来"}).status_code == 409
    mine.post(f"/admin/users/{user.id}/resume")
    assert user.is_active
    assert theirs.get("/account").status_code == 302  # its session stays ended
    assert login(user).get("/account").status_code == 200


def test_nobody_suspends_themselves(login, admin):
    assert login(admin).post(f"/admin/users/{admin.id}", data={"reason": "试试"}).status_code == 403


def test_the_list_is_searched_and_its_queries_do_not_grow(make, login, admin, queries_run):
    for n in range(3):
        make.user(name=f"林{n}")
    client = login(admin)
    assert client.get("/admin/users?q=林1").text.count("/admin/users/") < client.get(
        "/admin/users"
    ).text.count("/admin/users/")
    client.get("/admin/users")
    with queries_run() as few:
        client.get("/admin/users")
    for n in range(15):
        make.user(name=f"王{n}")
    with queries_run() as many:
        client.get("/admin/users")
    assert len(many) == len(few)


def test_wildcards_in_a_search_are_plain_characters(make, login, admin):
    make.user(name="百分之%")
    assert "百分之%" in login(admin).get("/admin/users?q=%25").text
    assert f'/admin/users/{admin.id}"' not in login(admin).get("/admin/users?q=%25").text


def test_the_command_makes_an_account_once(app):
    run = app.test_cli_runner().invoke
    assert run(args=["create-user", "admin", "13900001111", "管理员"]).exit_code == 0
    assert database.session.scalars(select(User)).one().role is Role.ADMIN
    assert "已经有账号" in run(args=["create-user", "admin", "13900001111", "管理员"]).output
    assert "手机号是11位" in run(args=["create-user", "office", "139", "x"]).output
    assert run(args=["create-user", "seeker", "13900002222", "x"]).exit_code != 0
