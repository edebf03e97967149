"""Makes a matcher equal to the tables: all at once, by the log of changes, or by comparing both ways."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import func, select

from app.core import county_time
from app.core.db import db
from app.discovery import documents, queries
from app.discovery.models import Change, IndexedKind
from matching import Candidate, Matcher, Post

BATCH = 500  # rows read at once


class ChangesForgotten(RuntimeError):
    """The log of changes no longer reaches back to what the matcher last read."""


def _all_posts() -> Iterable[Post]:
    return (documents.match_post(posting) for posting in queries.open_postings_in_batches(BATCH))


def _all_people() -> Iterable[Candidate]:
    today = county_time.today()
    return (
        documents.match_candidate(person, resume, today)
        for person, resume in queries.matched_people_in_batches(BATCH)
    )


def read_everything(matcher: Matcher) -> int:
    """Hold all open posts and all people who may be matched; returns the number of the last change in it."""
    last = queries.last_change()
    matcher.fit(_all_posts(), _all_people())
    return last


def in_parts(size: int) -> Iterator[tuple[list[Post], list[Candidate]]]:
    """The same, *size* of each at a time."""
    posts, people = iter(_all_posts()), iter(_all_people())
    while True:
        some, others = list(islice(posts, size)), list(islice(people, size))
        yield some, others
        if not some and not others:
            return


def catch_up(matcher: Matcher, read_until: int) -> int:
    """Take what changed after a change's number, and return the number of the last change taken.

    Raises ChangesForgotten when some of these changes are no longer known.
    """
    oldest = db.session.scalar(select(func.min(Change.id)))
    if oldest is not None and read_until and oldest > read_until + 1:
        raise ChangesForgotten
    changes = db.session.execute(
        select(Change.id, Change.kind, Change.record_id).where(Change.id > read_until).order_by(Change.id)
    ).all()
    if not changes:
        return read_until
    _take_posts(matcher, {c.record_id for c in changes if c.kind is IndexedKind.POSTING})
    _take_people(matcher, {c.record_id for c in changes if c.kind is IndexedKind.PERSON})
    return int(changes[-1].id)


def _take_posts(matcher: Matcher, ids: set[int]) -> None:
    rows = queries.open_postings(ids)
    matcher.remove(posts=ids - {row.id for row in rows})
    matcher.put(posts=[documents.match_post(row) for row in rows])


def _take_people(matcher: Matcher, ids: set[int]) -> None:
    pairs = queries.matched_people(ids)
    matcher.remove(candidates=ids - {person.id for person, _ in pairs})
    today = county_time.today()
    matcher.put(candidates=[documents.match_candidate(p, r, today) for p, r in pairs])


def reconcile(matcher: Matcher) -> int:
    """Compare with the tables both ways and repair; returns the number of the last change in it.

    This finds what no change tells: a post past its last day, a year more of experience, rows written in bulk.
    """
    last = queries.last_change()
    posts, people = set[int](), set[int]()
    unread = iter(_all_posts())
    while some := list(islice(unread, BATCH)):
        posts.update(post.id for post in some)
        matcher.refresh(posts=some)
    candidates = iter(_all_people())
    while batch := list(islice(candidates, BATCH)):
        people.update(candidate.id for candidate in batch)
        matcher.refresh(candidates=batch)
    matcher.remove(set(matcher.post_ids()) - posts, set(matcher.candidate_ids()) - people)
    matcher.turn_day()
    return last
