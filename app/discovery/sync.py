"""Keeps index and matchers equal to the tables.

A flush that touches an indexed record adds an IndexTask and a Change in the same transaction, so that
no service can forget and no crash can lose it. The worker drains the tasks; web processes read the
changes. A reconciler compares index and tables both ways on a timer and repairs.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, event, insert
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.core.db import AppSession, db, now, transaction
from app.discovery import documents, queries, shelves
from app.discovery.models import Change, IndexedKind, IndexTask
from app.organizations.models import Organization
from app.people.models import BlockedEmployer, Person, Resume
from app.postings.models import Posting
from search import IndexUnavailable, PostDocument, SearchIndex, digest

log = logging.getLogger(__name__)
BATCH = 500
KEPT = timedelta(hours=1)  # how long changes are kept for the processes that read them


class BulkWriteRefused(RuntimeError):
    """A bulk update or delete of an indexed model would pass no flush, so the index would never hear of it."""


def index() -> SearchIndex:
    return current_app.extensions["search"]


def _touched(obj: Any) -> tuple[IndexedKind, int] | None:
    if isinstance(obj, Posting):
        return IndexedKind.POSTING, obj.id
    if isinstance(obj, Person):
        return IndexedKind.PERSON, obj.id
    if isinstance(obj, Resume | BlockedEmployer):
        return IndexedKind.PERSON, obj.person_id
    if isinstance(obj, Organization):
        return IndexedKind.ORGANIZATION, obj.id
    return None


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
        for kind, id_ in touched
        if kind is IndexedKind.ORGANIZATION
        for posting_id in queries.postings_of(id_)
    ]
    session.connection().execute(insert(Change), rows)
    session.info["wake:index"] = True


def refuse_bulk_writes(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    if state.bind_mapper.class_ in {Posting, Person, Resume, Organization}:
        raise BulkWriteRefused(f"change {state.bind_mapper.class_.__name__} objects one by one")


def drain(limit: int = BATCH) -> int:
    """Index what changed. Safe to repeat and safe to interrupt; returns how many tasks were worked off."""
    total = 0
    while tasks := queries.waiting_tasks(limit):
        done = [task.id for task in tasks]
        ids = {task.record_id for task in tasks if task.kind is IndexedKind.POSTING}
        for task in tasks:
            if task.kind is IndexedKind.ORGANIZATION:
                ids.update(queries.postings_of(task.record_id))
        refresh(ids)
        of_kind = {kind: {task.record_id for task in tasks if task.kind is kind} for kind in IndexedKind}
        shelves.refresh(shelves.PEOPLE, of_kind[IndexedKind.PERSON])
        shelves.refresh(shelves.COMPANIES, of_kind[IndexedKind.ORGANIZATION])
        with transaction() as session:
            session.execute(delete(IndexTask).where(IndexTask.id.in_(done)))
        total += len(done)
    return total


def refresh(ids: set[int]) -> None:
    """Make the index agree with the tables about these postings."""
    rows = queries.open_postings(ids)
    found = [documents.post_document(row) for row in rows]
    index().put(found)
    index().remove(ids - {document.id for document in found})


def reconcile() -> tuple[int, int]:
    """Compare index and tables both ways and repair: (put or replaced, removed)."""
    try:
        held = index().ids()
    except IndexUnavailable:
        heal()
        return queries.open_posting_count(), 0
    stale: set[int] = set()
    seen: set[int] = set()
    for posting in queries.open_postings_in_batches(BATCH):
        seen.add(posting.id)
        if held.get(posting.id) != digest(documents.post_document(posting)):
            stale.add(posting.id)
    gone = set(held) - seen
    if stale or gone:
        log.warning(
            "index differs from the tables: %s stale or missing, %s too many; repaired", len(stale), len(gone)
        )
    for start in range(0, len(stale), BATCH):
        refresh(set(sorted(stale)[start : start + BATCH]))
    index().remove(gone)
    return len(stale), len(gone)


def all_documents() -> Iterator[PostDocument]:
    for posting in queries.open_postings_in_batches(BATCH):
        yield documents.post_document(posting)


def heal() -> None:
    """Build a damaged or missing index anew; searches are answered from the database meanwhile."""
    log.error("the search index cannot be read: building it anew from the database")
    index().rebuild(all_documents())


def drain_or_heal() -> None:
    try:
        drain()
    except IndexUnavailable:
        log.exception("the index refused a change")
        heal()
        drain()


def forget_old_changes() -> None:
    while rows := list(db.session.scalars(queries.changes_before(now() - KEPT))):
        with transaction() as session:
            session.execute(delete(Change).where(Change.id.in_([row.id for row in rows])))


def watch() -> None:
    if not event.contains(AppSession, "after_flush", record_changes):
        event.listen(AppSession, "after_flush", record_changes)
        event.listen(AppSession, "do_orm_execute", refuse_bulk_writes)
