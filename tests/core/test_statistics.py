"""SQLite is told how full its tables are, so that rows asked for by id are not looked for among all open ones."""

from sqlalchemy import event

from app.core import statistics
from app.postings import queries


def plan_of(db, ask):
    """What SQLite would do for the last statement of *ask*."""
    seen = []

    def record(_connection, _cursor, statement, parameters, _context, _many):
        seen.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", record)
    try:
        ask()
    finally:
        event.remove(db.engine, "before_cursor_execute", record)
    statement, parameters = seen[-1]
    rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    return [row[-1] for row in rows]


def test_open_postings_among_some_ids_are_found_by_their_ids(db, make):
    ids = [make.posting().id for _ in range(40)][:4]
    statistics.gather()
    db.session.rollback()
    db.engine.dispose()  # a new connection reads the statistics
    for ask in (queries.open_versions, queries.open_among):
        plan = plan_of(db, lambda ask=ask: ask(ids, queries.today()))
        assert any("postings USING INTEGER PRIMARY KEY" in step for step in plan), plan
