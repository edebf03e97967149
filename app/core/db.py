"""The database: base class, column types, and the one place that commits."""

import enum
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from blinker import signal
from flask import Flask, abort, current_app
from flask_sqlalchemy_lite import SQLAlchemy
from flask_sqlalchemy_lite._extension import _close_async_sessions
from sqlalchemy import JSON, Date, DateTime, Engine, Enum, MetaData, Select, event, func, select
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import ColumnProperty, DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


def one_of(members: type[enum.Enum], name: str | None = None) -> Enum:
    """A checked text column of the values of *members*.

    Give *name* where a table has two columns of one enum: their CHECKs need different names.
    """
    return Enum(
        members,
        name=name or members.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda values: [value.value for value in values],
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment; SQLite keeps no zone, so it is stored in UTC and given back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Every model's parent. `__audited__ = False` keeps a table out of the audit log."""

    __audited__ = True
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - the name and shape are SQLAlchemy's
        datetime: UtcDateTime,
        date: Date,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=True,
            length=32,
            values_callable=lambda members: [member.value for member in members],
        ),
    }


def _keep_old_values(_cls: type, _key: str, attribute: Any) -> None:
    """The audit log tells from → to, so setting a value that was not loaded yet loads it first."""
    if isinstance(attribute.property, ColumnProperty):
        event.listen(attribute, "set", lambda *_: None, active_history=True)


event.listen(Base, "attribute_instrument", _keep_old_values, propagate=True)


class AppSession(Session):
    """The site's own session class, so that hooks touch no other."""


db = SQLAlchemy(session_options={"class_": AppSession, "expire_on_commit": True})
committing = signal("committing")  # sent with the session, inside the transaction, after the last flush
committed = signal("committed")  # sent with the session's notes after the commit


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit on success, roll back on any error. Nothing else commits.

    What was read before is forgotten and read again under the write lock, so that a decision
    is never taken on stale rows. Change objects inside the block, not before it.
    """
    session = db.session
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("objects were changed before transaction() was opened")
    session.rollback()
    session.info.clear()
    session.connection(execution_options={"immediate": True})
    try:
        yield session
        session.flush()
        committing.send(session)
        session.commit()
    except BaseException:
        session.rollback()
        session.info.clear()
        raise
    notes = dict(session.info)
    session.info.clear()
    committed.send(current_app._get_current_object(), notes=notes)  # type: ignore[attr-defined]  # noqa: SLF001 - a signal needs the real app


def now() -> datetime:
    return datetime.now(UTC)


def get_or_404(model: type[T], key: Any) -> T:
    """The row with this primary key, or the 404 page."""
    found = db.session.get(model, key)
    if found is None:
        abort(404)
    return found


class Page(Generic[T]):
    """One page of a list: its rows, the total, and where it stands."""

    def __init__(self, rows: list[T], *, total: int, number: int, size: int) -> None:
        self.rows, self.total, self.number, self.size = rows, total, number, size

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def paginate(query: Select[T], *, number: int = 1, size: int = 20) -> Page[T]:
    """The *number*th page of *query* (first = 1). No list of the site is ever unpaged."""
    number = max(1, number)
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    number = min(number, max(1, -(-total // size)))
    rows = db.session.scalars(query.limit(size).offset((number - 1) * size)).unique().all()
    return Page(list(rows), total=total, number=number, size=size)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's BEGIN is ours: see _begin
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def tune(engine: Engine) -> None:
    """Make *engine* durable and fair: on SQLite, WAL and write locks taken at BEGIN."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin)


def init_app(app: Flask) -> None:
    db.init_app(app)
    # Closing the async sessions that we never open would cost an event loop a request.
    app.teardown_appcontext_funcs = [
        f for f in app.teardown_appcontext_funcs if f is not _close_async_sessions
    ]
    with app.app_context():
        tune(db.engine)
