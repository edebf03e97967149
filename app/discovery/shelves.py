"""The indexes beside that of postings: people, for verified enterprises, and companies, for everybody.

They are fed by the same tasks, compared with the tables by the same timer, and answer from the tables while they heal.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app
from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.discovery import documents
from app.organizations.models import Organization, OrganizationKind, Standing
from app.people.models import BlockedEmployer, Person, Resume, Visibility
from app.postings.queries import today
from search import Document, IndexUnavailable, MemoryIndex, Query, Results, SearchIndex, WhooshIndex, digest

log = logging.getLogger(__name__)
BATCH = 500
READ_MEANWHILE = 3_000  # rows that are searched one by one while an index heals


@dataclass(frozen=True)
class Shelf:
    """One index: its folder, and the documents that belong into it, all of them or those of some ids."""

    name: str
    documents: Callable[[Collection[int] | None], Iterator[Document]]


def _people(ids: Collection[int] | None) -> Iterator[Document]:
    """People who let verified enterprises find them, with their main résumé and the employers they blocked."""
    is_main = and_(Resume.person_id == Person.id, Resume.is_main, Resume.deleted_at.is_(None))
    query = select(Person, Resume).join(Resume, is_main).where(Person.visibility == Visibility.ENTERPRISES)
    if ids is not None:
        query = query.where(Person.id.in_(ids))
    last = 0
    while rows := db.session.execute(
        query.where(Person.id > last).order_by(Person.id).limit(BATCH).options(joinedload(Person.user))
    ).all():
        blocked: dict[int, list[int]] = defaultdict(list)
        found = select(BlockedEmployer).where(
            BlockedEmployer.person_id.in_([person.id for person, _ in rows])
        )
        for row in db.session.scalars(found):
            blocked[row.person_id].append(row.organization_id)
        for person, resume in rows:
            if person.user.is_active:
                yield documents.person_document(person, resume, blocked[person.id], today())
        last = rows[-1][0].id


def _companies(ids: Collection[int] | None) -> Iterator[Document]:
    query = select(Organization).where(
        Organization.kind == OrganizationKind.ENTERPRISE,
        Organization.standing == Standing.VERIFIED,
        Organization.verified_until >= today(),
    )
    if ids is not None:
        query = query.where(Organization.id.in_(ids))
    last = 0
    while rows := db.session.scalars(
        query.where(Organization.id > last).order_by(Organization.id).limit(BATCH)
    ).all():
        for row in rows:
            yield documents.organization_document(row)
        last = rows[-1].id


PEOPLE = Shelf("people", _people)
COMPANIES = Shelf("companies", _companies)
SHELVES = (PEOPLE, COMPANIES)


def index(shelf: Shelf) -> SearchIndex:
    return current_app.extensions["shelves"][shelf.name]


def search(shelf: Shelf, query: Query) -> tuple[Results, bool]:
    """Answer, and whether the tables had to because the index could not."""
    try:
        return index(shelf).search(query), False
    except IndexUnavailable:
        log.exception("the index of %s is unavailable: searching the tables", shelf.name)
    meanwhile = MemoryIndex(today)
    meanwhile.put(document for document, _ in zip(shelf.documents(None), range(READ_MEANWHILE), strict=False))
    return meanwhile.search(query), True


def refresh(shelf: Shelf, ids: set[int]) -> None:
    """Make the index agree with the tables about these ids; builds it where there is none."""
    if not ids:
        return
    found = list(shelf.documents(ids))
    try:
        index(shelf).put(found)
        index(shelf).remove(ids - {document.id for document in found})
    except IndexUnavailable:
        rebuild(shelf)


def rebuild(shelf: Shelf) -> None:
    log.warning("building the index of %s anew", shelf.name)
    index(shelf).rebuild(shelf.documents(None))


def reconcile() -> tuple[int, int]:
    """Compare all shelves with the tables both ways and repair: (put or replaced, removed)."""
    put = removed = 0
    for shelf in SHELVES:
        try:
            held = index(shelf).ids()
        except IndexUnavailable:
            rebuild(shelf)
            continue
        stale, seen = set(), set()
        for document in shelf.documents(None):
            seen.add(document.id)
            if held.get(document.id) != digest(document):
                stale.add(document.id)
        gone = set(held) - seen
        refresh(shelf, stale | gone)
        put, removed = put + len(stale), removed + len(gone)
    return put, removed


def searchable(ids: Sequence[int], organization: Organization) -> dict[int, Resume]:
    """Main résumés of those of *ids* whom this enterprise may find by words now, matched or not."""
    if not ids or organization.standing is not Standing.VERIFIED:
        return {}
    blocked = select(BlockedEmployer.person_id).where(BlockedEmployer.organization_id == organization.id)
    query = (
        select(Person, Resume)
        .join(Resume, and_(Resume.person_id == Person.id, Resume.is_main, Resume.deleted_at.is_(None)))
        .where(Person.id.in_(ids), Person.visibility == Visibility.ENTERPRISES, Person.id.not_in(blocked))
        .options(joinedload(Person.user))
    )
    return {person.id: resume for person, resume in db.session.execute(query) if person.user.is_active}


def public_companies(ids: Sequence[int], day: date) -> dict[int, Organization]:
    """Those of *ids* that are verified now."""
    rows = db.session.scalars(select(Organization).where(Organization.id.in_(ids))) if ids else ()
    return {row.id: row for row in rows if row.may_publish(day)}


def init_app(app: Flask) -> None:
    folder = app.config["INDEX_DIR"]
    app.extensions["shelves"] = {
        shelf.name: WhooshIndex(folder.with_name(f"{folder.name}-{shelf.name}"), today=today)
        for shelf in SHELVES
    }
