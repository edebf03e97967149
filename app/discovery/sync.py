"""Keeps indexes and matchers equal to the tables.

A flush that touches an indexed record adds an IndexTask and a Change in the same transaction, so that
no service can forget and no crash can lose it. The worker drains the tasks; web processes read the
changes. A reconciler compares each index with the tables both ways on a timer and repairs.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, event, insert
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.core.db import AppSession, db, now, transaction
from app.discovery import queries, shelves
from app.discovery.models import Change, IndexedKind, IndexTask
from app.events.models import Event, Exhibitor, ExhibitorPosting, TimetableEntry
from app.organizations.models import Organization
from app.people.models import BlockedEmployer, Person, Resume
from app.postings.models import Posting

BATCH = 500
KEPT = timedelta(hours=1)  # how long changes are kept for the processes that read them


class BulkWriteRefused(RuntimeError):
    """A bulk update or delete of an indexed model would pass no flush, so the index would never hear of it."""


OWNERS: dict[
    type, tuple[IndexedKind, Callable[[Any], int]]
] = {  # model → which indexed record a row belongs to
    Posting: (IndexedKind.POSTING, lambda row: row.id),
    Person: (IndexedKind.PERSON, lambda row: row.id),
    Resume: (IndexedKind.PERSON, lambda row: row.person_id),
    BlockedEmployer: (IndexedKind.PERSON, lambda row: row.person_id),
    Organization: (IndexedKind.ORGANIZATION, lambda row: row.id),
    Event: (IndexedKind.EVENT, lambda row: row.id),
    TimetableEntry: (IndexedKind.EVENT, lambda row: row.event_id),
    Exhibitor: (IndexedKind.EVENT, lambda row: row.event_id),
    ExhibitorPosting: (IndexedKind.EVENT, lambda row: queries.event_of(row.exhibitor_id)),
}


def _touched(obj: Any) -> tuple[IndexedKind, int] | None:
    owner = OWNERS.get(type(obj))
    return (owner[0], owner[1](obj)) if owner else None


def record_changes(session: Session, _context: UOWTransaction) -> None:
    """SQLAlchemy `after_flush` hook."""
    objects = [*session.new, *(o for o in session.dirty if session.is_modified(o)), *session.deleted]
    touched = dict.fromkeys(found for obj in objects if (found := _touched(obj)))
    if not touched:
        return
    rows = [{"kind": kind, "record_id": id_, "written_at": now()} for kind, id_ in touched]
    session.connection().execute(insert(IndexTask), rows)
    rows += [
        {"kind": IndexedKind.POSTING, "record_id": posting_id, "written_at": now()}
        for posting_id in queries.postings_of({i for kind, i in touched if kind is IndexedKind.ORGANIZATION})
    ]
    session.connection().execute(insert(Change), rows)
    session.info["wake:index"] = True


def refuse_bulk_writes(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    if state.bind_mapper.class_ in OWNERS:
        raise BulkWriteRefused(f"change {state.bind_mapper.class_.__name__} objects one by one")


def drain(limit: int = BATCH) -> int:
    """Index what changed. Safe to repeat and safe to interrupt; returns how many tasks were worked off.

    What an index could not take is tried again later: its tasks stay.
    """
    total = 0
    while tasks := queries.waiting_tasks(limit):
        done = [task.id for task in tasks]
        changed = {kind: {task.record_id for task in tasks if task.kind is kind} for kind in IndexedKind}
        shelves.refresh_all(changed)
        with transaction() as session:
            session.execute(delete(IndexTask).where(IndexTask.id.in_(done)))
        total += len(done)
    return total


def forget_old_changes() -> None:
    while rows := list(db.session.scalars(queries.changes_before(now() - KEPT))):
        with transaction() as session:
            session.execute(delete(Change).where(Change.id.in_([row.id for row in rows])))


def watch() -> None:
    if not event.contains(AppSession, "after_flush", record_changes):
        event.listen(AppSession, "after_flush", record_changes)
        event.listen(AppSession, "do_orm_execute", refuse_bulk_writes)
