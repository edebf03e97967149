"""Asking the index: what a page of search shows, also when the index cannot answer."""

import logging
from collections.abc import Callable
from dataclasses import replace

from app.core import fit
from app.core.db import db
from app.core.fit import Fit
from app.discovery import queries, recent, shelves, snapshots
from app.discovery.models import Dismissal
from app.discovery.shelves import Found
from app.people.models import Person
from search import Hit, IndexUnavailable, Query, SearchIndex, Suggestion

log = logging.getLogger(__name__)
FACETS = ("town", "family", "degree", "years", "pay", "shift", "benefits", "chain_link")
PAGE_SIZE = 20
WORTH_SHOWING, MOST_WEAK = 2, 8  # bands, and how many below that stand at the end of a list
FITTED = 200  # hits that are ordered by how well they fit a person


def _posts() -> SearchIndex:
    return shelves.index(shelves.POSTINGS)


def search(query: Query) -> Found:
    """Posts: answered from the index, or from the tables while it heals."""
    return shelves.search(shelves.POSTINGS, query)


def fitting_first(query: Query, person: Person) -> list[Hit]:
    """One page of the best FITTED hits in the order of their bands; those further down stay as the index has them."""
    first = (query.page - 1) * query.per_page
    if first >= FITTED:
        return list(search(query).results.hits)
    hits = search(replace(query, page=1, per_page=FITTED, facets=())).results.hits
    bands = fit.current().bands(person.id, [hit.id for hit in hits])
    ordered = sorted(hits, key=lambda hit: -bands[hit.id].band if hit.id in bands else 0)
    return ordered[first : first + query.per_page]


def suggest(prefix: str) -> list[Suggestion]:
    try:
        return _posts().suggest(prefix)
    except IndexUnavailable:
        return []


def similar(posting_id: int, limit: int) -> list[int]:
    """Open postings like this one; none when the index cannot say, and the page looks in the tables."""
    known, key = recent.answers(), ("similar", posting_id, limit)
    if key not in known:
        try:
            known[key] = [hit.id for hit in _posts().similar(posting_id, limit)]
        except IndexUnavailable:
            return []
    return list(known[key])


def warm_up() -> None:
    """Load what the first question would wait for: the words, sounds of words, the arrays, the completions."""
    try:
        for text in ("qfs", "氢弗酸 双休"):
            _posts().search(Query(text, facets=FACETS, highlight=True))
        _posts().suggest("a")
    except IndexUnavailable:
        log.warning("there is no index yet: the first questions will take longer")


def is_index_current() -> bool:
    """Whether an index exists and holds as many postings as are public."""
    try:
        return _posts().stats().documents == queries.open_posting_count()
    except IndexUnavailable:
        return False


def ensure_matcher() -> None:
    """Let the first page after the start have matches; quick when it would have them anyway."""
    snapshots.ensure()


def rebuild(progress: Callable[[str, int, int], None]) -> dict[str, int]:
    """Build all indexes and the matcher anew beside the old ones and swap; returns how many documents each index holds."""
    total = max(queries.open_posting_count(), 1)
    for shelf in shelves.SHELVES:
        is_long = shelf is shelves.POSTINGS
        shelves.rebuild(shelf, (lambda done: progress("index", min(done, total), total)) if is_long else None)
    progress("index", total, total)
    progress("matcher", 0, 1)
    snapshots.rebuild()
    progress("matcher", 1, 1)
    return {shelf.name: shelves.index(shelf).stats().documents for shelf in shelves.SHELVES}


def recommended(person: Person, limit: int) -> list[tuple[int, Fit]]:
    """The best open postings for a person, without those that they are not interested in."""
    if not person.is_matching_on:
        return []
    dismissed = queries.dismissed_by(person.id)
    found = fit.current().posts_for(person.id, limit + len(dismissed))
    return [(id_, match) for id_, match in found if id_ not in dismissed][:limit]


def with_few_weak(found: list[tuple[int, Fit]], limit: int) -> list[tuple[int, Fit]]:
    """Keep the strong and the middle ones, then a few weak ones to look at: a page of weak ones helps nobody."""
    good = [pair for pair in found if pair[1].band >= WORTH_SHOWING]
    weak = [pair for pair in found if pair[1].band < WORTH_SHOWING]
    return [*good, *weak[:MOST_WEAK]][:limit]


def people_for(posting_id: int, limit: int) -> list[tuple[int, Fit]]:
    return fit.current().people_for(posting_id, limit)


def dismiss(person: Person, posting_id: int, reason: str) -> None:
    """Never recommend this posting to this person again."""
    if posting_id not in queries.dismissed_by(person.id):
        db.session.add(Dismissal(person_id=person.id, posting_id=posting_id, reason=reason))
