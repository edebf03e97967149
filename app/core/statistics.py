"""Tells SQLite how full its tables are, so that it takes the right index; PostgreSQL sees to that itself.

Without it, rows asked for by their ids were looked for among all open postings, since any index on a state was thought
to leave ten rows: a page then grew slower with every posting.
"""

from flask import Flask
from sqlalchemy import text

from app.core import jobs
from app.core.db import db, transaction

SAMPLE = 1_000  # rows looked at in each index: milliseconds, however large the table


def gather() -> None:
    """Look at a sample of each index. Connections opened from now on go by it."""
    if db.engine.dialect.name != "sqlite":
        return
    with transaction() as session:
        session.execute(text(f"PRAGMA analysis_limit={SAMPLE}"))
        session.execute(text("ANALYZE"))


def init_app(_app: Flask) -> None:
    jobs.each_night("gather-statistics", gather)
