"""The audit log (操作记录): who changed what, one row for each request that changed anything.

A flush hook notes the changes, `transaction()` writes them as one row with the data itself,
so that no service can forget it and no crash can keep one without the other. Columns marked
`info={"secret": True}` are noted as changed, never with their values.
"""

import enum
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

from flask import Flask, g, has_request_context, request
from flask_login import current_user
from sqlalchemy import Table, event, inspect, select, update
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from app.core.db import AppSession, Base, committing, db, now

LONGEST_VALUE = 300  # characters of one noted value; the row itself keeps the whole


class AuditEntry(Base):
    """One request, command or job that changed records."""

    __tablename__ = "audit_entries"
    __audited__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)  # no foreign key: the log outlives the person
    actor: Mapped[str]  # role, or the command's or job's name
    action: Mapped[str] = mapped_column(index=True)  # endpoint or command
    record: Mapped[str] = mapped_column(index=True)  # "postings:17": what the action was about
    changes: Mapped[list[dict[str, Any]]]  # [{record, from, to}], secrets left out
    request_id: Mapped[str] = mapped_column(index=True)


@dataclass(frozen=True)
class Actor:
    id: int | None
    label: str
    action: str
    request_id: str


_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)


@contextmanager
def acting(action: str) -> Iterator[None]:
    """Name the command or job in whose name changes are made outside a request."""
    token = _actor.set(Actor(None, "system", action, uuid.uuid4().hex))
    try:
        yield
    finally:
        _actor.reset(token)


def current_actor() -> Actor:
    if (actor := _actor.get()) is not None:
        return actor
    if not has_request_context():
        return Actor(None, "system", "shell", uuid.uuid4().hex)
    known = current_user.is_authenticated
    return Actor(
        current_user.id if known else None,
        current_user.role if known else "visitor",
        request.endpoint or "unknown",
        g.request_id,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str):
        return value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "…"
    if isinstance(value, list | dict):
        return _plain(str(value))
    return value if isinstance(value, int | float | bool | None) else str(value)


def _name(obj: Any) -> str:
    state = inspect(obj)
    key = state.identity or tuple(state.mapper.primary_key_from_instance(obj))
    return f"{obj.__tablename__}:{'-'.join(str(part) for part in key)}"


def _note(obj: Any, kind: str) -> dict[str, Any] | None:
    state = inspect(obj)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        secret = attribute.columns[0].info.get("secret")
        old = history.deleted[0] if history.deleted else None
        new = history.added[0] if history.added else getattr(obj, attribute.key) if kind == "new" else None
        if kind == "dirty" and (not history.has_changes() or old == new):
            continue
        if kind == "new" and new is None:
            continue
        before[attribute.key] = "•••" if secret and old is not None else _plain(old)
        after[attribute.key] = "•••" if secret and new is not None else _plain(new)
    if kind == "deleted":
        return {"record": _name(obj), "from": "present", "to": "deleted"}
    if not after:
        return None
    return {"record": _name(obj), "from": None if kind == "new" else before, "to": after}


def _collect(session: Session, _context: UOWTransaction) -> None:
    notes = session.info.setdefault("changes", [])
    for kind, objects in (("new", session.new), ("dirty", session.dirty), ("deleted", session.deleted)):
        for obj in objects:
            if getattr(obj, "__audited__", True) and (note := _note(obj, kind)):
                notes.append(note)


def note(obj: Any, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Put a line into the log by hand, for a record whose table is not noted by itself."""
    noted = {"record": _name(obj), "from": before, "to": after}
    db.session.info.setdefault("changes", []).append(noted)


def about(obj: Any) -> None:
    """Say which record the action is about, where the first one changed is not it."""
    inspect(obj).session.info["about"] = obj


def by(user: Any) -> None:
    """Say who acts in a request that began without anybody signed in: the one who signs in."""
    db.session.info["by"] = Actor(user.id, str(user.role), "", "")


def _write(session: Session) -> None:
    changes = session.info.get("changes")
    if not changes:
        return
    actor, known = current_actor(), session.info.get("by")
    if known is not None and actor.id is None:
        actor = replace(actor, id=known.id, label=known.label)
    subject = session.info.get("about")
    record = _name(subject) if subject is not None else changes[0]["record"]
    previous = g.get("audit_entry_id") if has_request_context() else None
    table = cast("Table", AuditEntry.__table__)
    if previous is not None:  # a second transaction of the same request extends its row
        earlier = session.scalar(select(AuditEntry.changes).where(AuditEntry.id == previous)) or []
        who = {"actor_id": actor.id, "actor": actor.label} if known is not None else {}
        longer = update(table).where(table.c.id == previous).values(changes=[*earlier, *changes], **who)
        session.connection().execute(longer)
        return
    entry = {
        "at": now(),
        "actor_id": actor.id,
        "actor": actor.label,
        "action": actor.action,
        "record": record,
        "changes": changes,
        "request_id": actor.request_id,
    }
    result = session.connection().execute(table.insert().values(**entry))
    if has_request_context() and result.inserted_primary_key:
        g.audit_entry_id = result.inserted_primary_key[0]


def _begin_request() -> None:
    g.request_id = uuid.uuid4().hex


def init_app(app: Flask) -> None:
    app.before_request(_begin_request)
    if not event.contains(AppSession, "after_flush", _collect):
        event.listen(AppSession, "after_flush", _collect)
    committing.connect(_write)
