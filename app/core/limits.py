"""Limits per address and account, counted in a store that all workers share.

`limits` has no SQLite store, so one is defined here: rows of (key, count, window end) in a file
of its own. Redis takes over by configuration alone (LIMITS_URL=redis://…).
"""

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from limits.storage import Storage


class SqliteStorage(Storage):
    """Fixed windows in SQLite; one short write a hit, no server needed."""

    STORAGE_SCHEME = ["sqlite-limits"]  # noqa: RUF012 - the name and shape are the library's

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._path = Path((uri or "").removeprefix("sqlite-limits://"))
        self._local = threading.local()

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    @property
    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._path, timeout=5, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")  # counters may be lost in a power cut
            connection.execute(
                "CREATE TABLE IF NOT EXISTS hits (key TEXT PRIMARY KEY, count INTEGER NOT NULL, ends REAL NOT NULL)"
            )
            self._local.connection = connection
        return self._local.connection

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        moment = time.time()
        row = self._connection.execute(
            "INSERT INTO hits VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
            " count = CASE WHEN ends <= ? THEN excluded.count ELSE count + excluded.count END,"
            " ends = CASE WHEN ends <= ? THEN excluded.ends ELSE ends END RETURNING count",
            (key, amount, moment + expiry, moment, moment),
        ).fetchone()
        return int(row[0])

    def get(self, key: str) -> int:
        row = self._connection.execute(
            "SELECT count FROM hits WHERE key = ? AND ends > ?", (key, time.time())
        ).fetchone()
        return int(row[0]) if row else 0

    def get_expiry(self, key: str) -> float:
        row = self._connection.execute("SELECT ends FROM hits WHERE key = ?", (key,)).fetchone()
        return float(row[0]) if row else time.time()

    def check(self) -> bool:
        return self._connection.execute("SELECT 1").fetchone() == (1,)

    def reset(self) -> int | None:
        return self._connection.execute("DELETE FROM hits").rowcount

    def clear(self, key: str) -> None:
        self._connection.execute("DELETE FROM hits WHERE key = ?", (key,))

    def sweep(self) -> None:
        """Forget windows that have ended."""
        self._connection.execute("DELETE FROM hits WHERE ends <= ?", (time.time(),))


def account_or_address() -> str:
    return f"user:{current_user.id}" if current_user.is_authenticated else get_remote_address()


def typed_address() -> str:
    """The phone number or e-mail that a form names, so that one account cannot be tried from many places."""
    return (
        "to:"
        + (request.form.get("address") or request.form.get("phone") or get_remote_address()).strip().lower()
    )


limiter = Limiter(
    key_func=account_or_address, strategy="fixed-window", swallow_errors=True, headers_enabled=False
)


def init_app(app: Flask) -> None:
    app.config["RATELIMIT_ENABLED"] = app.config.get("IS_LIMITED", True)
    app.config["RATELIMIT_STORAGE_URI"] = (
        app.config["LIMITS_URL"] if app.config["RATELIMIT_ENABLED"] else "memory://"
    )
    limiter.init_app(app)
