"""The migrations and the models must describe the same database, word for word."""

import re

import pytest
from sqlalchemy import create_engine, inspect, text

from app.core.db import Base, db
from app.core.migrations import alembic
from tests.conftest import app_on


def tables(engine):
    """Each table's DDL as a sorted bag of clauses. Autogenerate ignores CHECKs; this does not."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        return {
            name: sorted(re.findall(r"\w+|[^\w\s]", sql.replace('"', "")))
            for name, sql in rows
            if name != "alembic_version"
        }


def catalogue(engine):
    """Columns, constraints and indexes of each table as PostgreSQL describes them."""
    sql = text(
        "SELECT c.relname, pg_get_constraintdef(k.oid), k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
        " UNION ALL SELECT tablename, indexdef, indexname FROM pg_indexes WHERE schemaname = 'public'"
        " UNION ALL SELECT table_name, data_type || ' ' || is_nullable, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public'"
    )
    with engine.connect() as connection:
        return sorted(tuple(row) for row in connection.execute(sql) if "alembic_version" not in row[0])


def test_migrations_build_exactly_the_models(app):
    fresh = create_engine("sqlite://")
    Base.metadata.create_all(fresh)
    assert tables(db.engine) == tables(fresh)
    fresh.dispose()


def test_down_and_up_again(app):
    alembic().downgrade("base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    alembic().upgrade()
    assert "postings" in inspect(db.engine).get_table_names()


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_migrations_build_exactly_the_models_on_postgresql(postgres_url, tmp_path):
    app = app_on(tmp_path, url=postgres_url("migrated"))
    fresh = create_engine(postgres_url("fresh"))
    with app.app_context():
        alembic().upgrade()
        Base.metadata.create_all(fresh)
        assert catalogue(db.engine) == catalogue(fresh)
        alembic().downgrade("base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        alembic().upgrade()
        assert "postings" in inspect(db.engine).get_table_names()
        db.session.close()
        db.engine.dispose()
    fresh.dispose()
