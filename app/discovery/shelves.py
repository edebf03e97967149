"""The four indexes: posts, people, companies, events. One way to feed, ask, compare and mend them.

Each is a projection of tables. What cannot be read is built anew, and until then the tables answer, slower.
"""

import logging
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from flask import Flask, current_app

from app.core.county_time import today
from app.core.db import paginate
from app.discovery import contents, queries
from app.discovery.models import IndexedKind
from search import (
    Document,
    Filters,
    Hit,
    IndexBusy,
    IndexUnavailable,
    MemoryIndex,
    Query,
    Results,
    SearchIndex,
    WhooshIndex,
    cut,
    digest,
)

log = logging.getLogger(__name__)
READ_MEANWHILE = 3_000  # rows that are searched one by one while an index heals
Changed = dict[IndexedKind, set[int]]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Shelf:
    """One index: its folder, the documents that belong into it (all, or those of some ids), which of them changed
    when records did, and what answers while it heals.
    """

    name: str
    documents: Callable[[Collection[int] | None], Iterator[Document]]
    touched: Callable[[Changed], set[int]]
    meanwhile: Callable[["Shelf", Query], Results]


def _postings_touched(changed: Changed) -> set[int]:
    """A post shows its employer's name and standing."""
    return changed[IndexedKind.POSTING] | queries.postings_of(changed[IndexedKind.ORGANIZATION])


def _companies_touched(changed: Changed) -> set[int]:
    """A company is ranked by its open posts."""
    return changed[IndexedKind.ORGANIZATION] | contents.employers_of(changed[IndexedKind.POSTING])


def _events_touched(changed: Changed) -> set[int]:
    """An event names its organizer, who exhibits, and the posts that these bring."""
    return (
        changed[IndexedKind.EVENT]
        | contents.events_around(changed[IndexedKind.ORGANIZATION])
        | contents.events_with(changed[IndexedKind.POSTING])
    )


def _by_sql(_shelf: Shelf, query: Query) -> Results:
    """Newest first, no counts: for what there is too much of to be read."""
    filters = query.filters if isinstance(query.filters, Filters) else Filters()
    wanted = queries.search_in_database(cut(query.text)[:8], filters)
    found = paginate(wanted, number=query.page, size=query.per_page)
    return Results(hits=tuple(Hit(id=id_, score=0.0) for id_ in found), total=found.total)


def _by_reading(shelf: Shelf, query: Query) -> Results:
    """All of the same answer, from an index made for this one question."""
    read = MemoryIndex(today)
    read.put(document for document, _ in zip(shelf.documents(None), range(READ_MEANWHILE), strict=False))
    return read.search(query)


POSTINGS = Shelf("postings", contents.postings, _postings_touched, _by_sql)
PEOPLE = Shelf("people", contents.people, lambda changed: changed[IndexedKind.PERSON], _by_reading)
COMPANIES = Shelf("companies", contents.companies, _companies_touched, _by_reading)
EVENTS = Shelf("events", contents.events, _events_touched, _by_reading)
SHELVES = (POSTINGS, PEOPLE, COMPANIES, EVENTS)


@dataclass(frozen=True)
class Found:
    """One page of a search, and whether the tables had to answer."""

    results: Results
    is_from_tables: bool = False


def index(shelf: Shelf) -> SearchIndex:
    found: SearchIndex = current_app.extensions["shelves"][shelf.name]
    return found


def search(shelf: Shelf, query: Query) -> Found:
    """Answer from the index, or from the tables while the index heals."""
    try:
        return Found(index(shelf).search(query))
    except IndexUnavailable:
        log.exception("the index of %s is unavailable: the tables answer", shelf.name)
        return Found(shelf.meanwhile(shelf, query), is_from_tables=True)


def refresh(shelf: Shelf, ids: Collection[int]) -> None:
    """Make the index agree with the tables about these ids."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), contents.BATCH):
        batch = wanted[start : start + contents.BATCH]
        found = list(shelf.documents(batch))
        index(shelf).put(found)
        index(shelf).remove(set(batch) - {document.id for document in found})


def refresh_or_heal(shelf: Shelf, ids: Collection[int]) -> None:
    """The same; an index that refuses is built anew, one that another process holds is left alone."""
    try:
        refresh(shelf, ids)
    except IndexBusy:
        raise
    except IndexUnavailable:
        log.exception("the index of %s refused a change", shelf.name)
        heal(shelf)


def refresh_all(changed: Changed) -> None:
    """Bring what changed into every index; one that fails keeps no other from hearing of it."""
    problem: IndexUnavailable | None = None
    for shelf in SHELVES:
        try:
            refresh_or_heal(shelf, shelf.touched(changed))
        except IndexUnavailable as failure:
            log.warning("the index of %s takes no changes now: %s", shelf.name, failure)
            problem = failure
    if problem is not None:
        raise problem


def rebuild(shelf: Shelf, progress: Progress | None = None) -> None:
    """Build the index anew beside the old one and swap; searches go on meanwhile."""
    index(shelf).rebuild(shelf.documents(None), progress=progress)


def heal(shelf: Shelf) -> None:
    log.error("the index of %s cannot be read: building it anew from the tables", shelf.name)
    rebuild(shelf)


def reconcile(shelf: Shelf) -> tuple[int, int]:
    """Compare an index with the tables both ways and repair: (put or replaced, removed)."""
    try:
        held = index(shelf).ids()
    except IndexUnavailable:
        heal(shelf)
        return index(shelf).stats().documents, 0
    stale, seen = set(), set()
    for document in shelf.documents(None):
        seen.add(document.id)
        if held.get(document.id) != digest(document):
            stale.add(document.id)
    gone = set(held) - seen
    if stale or gone:
        log.warning(
            "the index of %s differs from the tables: %s stale or missing, %s too many; repaired",
            shelf.name,
            len(stale),
            len(gone),
        )
        refresh_or_heal(shelf, stale | gone)
    return len(stale), len(gone)


def reconcile_all() -> dict[str, tuple[int, int]]:
    """What was put and removed, by shelf."""
    return {shelf.name: reconcile(shelf) for shelf in SHELVES}


def init_app(app: Flask) -> None:
    folder = app.config["INDEX_DIR"]
    app.extensions["shelves"] = {
        shelf.name: WhooshIndex(
            folder if shelf is POSTINGS else folder.with_name(f"{folder.name}-{shelf.name}"), today=today
        )
        for shelf in SHELVES
    }
