"""Each change leaves exactly one row, with what changed and without secrets."""

import pytest
from sqlalchemy import select

from app.core.audit import AuditEntry, acting
from app.core.db import transaction
from app.core.guard import Role


def rows(db):
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()


def test_one_transaction_one_row_whatever_it_touches(make, db):
    user, organization = make.user(), make.organization()
    before = len(rows(db))
    with acting("test"), transaction():
        user.name = "新名字"
        db.session.flush()
        organization.size = "20-99"
    entry = rows(db)[before]
    assert len(rows(db)) == before + 1
    assert entry.action == "test" and entry.actor == "system"
    assert entry.record == f"users:{user.id}"
    assert [c["record"] for c in entry.changes] == [f"users:{user.id}", f"organizations:{organization.id}"]
    assert entry.changes[0]["to"]["name"] == "新名字"
    assert entry.changes[1]["from"]["size"] == "100-499"


def test_secrets_are_noted_but_never_written(make, db):
    user = make.user(password_hash="$argon2$very-secret", phone="13912345678")
    with transaction():
        user.password_hash = "$argon2$another"
    text = str([entry.changes for entry in rows(db)])
    assert "argon2" not in text and "13912345678" not in text
    assert rows(db)[-1].changes[0]["to"] == {"password_hash": "•••"}


def test_nothing_changed_nothing_noted(make, db):
    make.user()
    before = len(rows(db))
    with transaction():
        pass
    assert len(rows(db)) == before


def test_a_rolled_back_change_leaves_no_row(make, db):
    user = make.user()
    before = len(rows(db))
    with pytest.raises(ZeroDivisionError), transaction():
        user.name = "不该留下"
        db.session.flush()
        _ = 1 / 0
    assert len(rows(db)) == before
    assert user.name != "不该留下"


def test_changes_before_the_transaction_are_refused(make, db):
    user = make.user()
    user.name = "太早了"
    with pytest.raises(RuntimeError, match="before transaction"), transaction():
        pass
    db.session.rollback()


def test_a_request_is_named_with_its_actor(make, login, db):
    user = make.user(Role.SEEKER)
    client = login(user)
    client.post("/sign-out")
    entry = rows(db)[-1]
    assert entry.actor_id in {user.id, None}
    assert entry.request_id
