"""Asking the index: what a page of search shows, also when the index cannot answer."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.core import fit
from app.core.db import db, paginate
from app.core.fit import Fit
from app.discovery import queries, recent, sync
from app.discovery.models import Dismissal
from app.people.models import Person
from search import Filters, Hit, IndexUnavailable, Query, Results, Suggestion, cut

log = logging.getLogger(__name__)
FACETS = ("town", "family", "degree", "years", "pay", "shift", "benefits", "chain_link")
PAGE_SIZE = 20
FITTED = 200  # hits that are ordered by how well they fit a person


@dataclass(frozen=True)
class Found:
    """One page of a search, and whether the database had to answer."""

    results: Results
    is_from_database: bool = False


def search(query: Query) -> Found:
    """Answer from the index, or from the database while the index heals."""
    try:
        results = sync.index().search(query)
    except IndexUnavailable:
        log.exception("search answers from the database: the index is unavailable")
        return Found(_from_database(query), is_from_database=True)
    return Found(results)


def fitting_first(query: Query, person: Person) -> list[Hit]:
    """One page of the best FITTED hits in the order of their bands; those further down stay as the index has them."""
    first = (query.page - 1) * query.per_page
    if first >= FITTED:
        return list(search(query).results.hits)
    hits = search(replace(query, page=1, per_page=FITTED, facets=())).results.hits
    bands = fit.current().bands(person.id, [hit.id for hit in hits])
    ordered = sorted(hits, key=lambda hit: -bands[hit.id].band if hit.id in bands else 0)
    return ordered[first : first + query.per_page]


def _from_database(query: Query) -> Results:
    filters = query.filters if isinstance(query.filters, Filters) else Filters()
    found = paginate(
        queries.search_in_database(cut(query.text)[:8], filters),
        number=query.page,
        size=query.per_page,
    )
    return Results(hits=tuple(Hit(id=id_, score=0.0) for id_ in found), total=found.total)


def suggest(prefix: str) -> list[Suggestion]:
    try:
        return sync.index().suggest(prefix)
    except IndexUnavailable:
        return []


def similar(posting_id: int, limit: int) -> list[int]:
    """Open postings like this one; none when the index cannot say, and the page looks in the tables."""
    known, key = recent.answers(), ("similar", posting_id, limit)
    if key not in known:
        try:
            known[key] = [hit.id for hit in sync.index().similar(posting_id, limit)]
        except IndexUnavailable:
            return []
    return list(known[key])


def warm_up() -> None:
    """Load what the first question would wait for: the words, sounds of words, the arrays, the completions."""
    try:
        for text in ("qfs", "氢弗酸 双休"):
            sync.index().search(Query(text, facets=FACETS, highlight=True))
        sync.index().suggest("a")
    except IndexUnavailable:
        log.warning("there is no index yet: the first questions will take longer")


def is_index_current() -> bool:
    """Whether an index exists and holds as many postings as are public."""
    try:
        return sync.index().stats().documents == queries.open_posting_count()
    except IndexUnavailable:
        return False


def rebuild(progress: Callable[[str, int, int], None]) -> int:
    """Build the index anew beside the old one and swap; returns how many postings it holds."""
    total = queries.open_posting_count()
    sync.index().rebuild(sync.all_documents(), progress=lambda done: progress("index", done, max(total, 1)))
    progress("index", max(total, 1), max(total, 1))
    return total


def recommended(person: Person, limit: int) -> list[tuple[int, Fit]]:
    """The best open postings for a person, without those that they are not interested in."""
    if not person.is_matching_on:
        return []
    dismissed = queries.dismissed_by(person.id)
    found = fit.current().posts_for(person.id, limit + len(dismissed))
    return [(id_, match) for id_, match in found if id_ not in dismissed][:limit]


def people_for(posting_id: int, limit: int) -> list[tuple[int, Fit]]:
    return fit.current().people_for(posting_id, limit)


def dismiss(person: Person, posting_id: int, reason: str) -> None:
    """Never recommend this posting to this person again."""
    if posting_id not in queries.dismissed_by(person.id):
        db.session.add(Dismissal(person_id=person.id, posting_id=posting_id, reason=reason))
