"""The matcher that this process keeps in memory, and its answers for the pages (app.core.fit).

It is read from the database once, in the background where the site must answer meanwhile, and then
kept up to date by the log of changes: one indexed query before each use.
"""

import logging
import threading
import time
from collections.abc import Iterable, Sequence

from flask import Flask, current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import county_time
from app.core.db import db
from app.core.fit import Fit, FitReason, FitRow, plug_in
from app.discovery import documents, learning, queries, services
from app.discovery.models import Change, IndexedKind
from app.people.models import Person
from matching import Coverage, Match, Matcher, Post

log = logging.getLogger(__name__)
BATCH = 500  # rows read at once
LOOK_EVERY = 1.0  # seconds between two looks at which model is in use
NOT_SAID = "简历里没有写到"  # then there is nothing to quote


def _fit(match: Match) -> Fit:
    rows = tuple(
        FitRow(
            r.need,
            r.says,
            "" if r.says == NOT_SAID else r.source,
            r.is_met,
            r.how_to_close,
            r.kind,
            r.for_employer,
        )
        for r in match.requirements
    )
    why = tuple(FitReason(r.sentence, r.evidence_post, r.evidence_candidate, r.source) for r in match.reasons)
    return Fit(int(match.band), match.short or match.headline, rows, match.headline, why)


class MatcherInMemory:
    """One matcher for one process. Every method is safe to call from several threads."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = threading.RLock()
        self._matcher: Matcher | None = None
        self._read_until = 0
        self._stamp = 0
        self._looked_at = 0.0
        self._day = county_time.today()
        self._loading: threading.Thread | None = None

    def load_in_background(self) -> None:
        """Read everything while the site already answers; until then there are no bands."""
        if self._loading is None:
            self._loading = threading.Thread(target=self._load_in_context, daemon=True, name="matcher")
            self._loading.start()

    def _load_in_context(self) -> None:
        with self._app.app_context():
            try:
                self.reload()
            except Exception:
                log.exception("the matcher could not be loaded")
                self._loading = None

    @property
    def is_loading(self) -> bool:
        return self._matcher is None and self._loading is not None

    def reload(self) -> None:
        """Read all open posts and all people who may be matched."""
        session = db.session
        last = session.scalar(select(func.max(Change.id))) or 0
        shelf = learning.versions()
        stamp = shelf.stamp()
        matcher = Matcher(shelf.load(), today=county_time.today)
        matcher.fit(
            [documents.match_post(posting) for posting in queries.open_postings_in_batches(BATCH)],
            [
                documents.match_candidate(person, resume, county_time.today())
                for person, resume in queries.matched_people_in_batches(BATCH)
            ],
        )
        with self._lock:
            self._matcher, self._read_until, self._stamp = matcher, last, stamp
            self._day = county_time.today()

    def _current(self) -> Matcher | None:
        """The matcher with all committed changes, or None while it is being loaded."""
        if self._matcher is None:
            if self._app.config.get("JOBS_INLINE") is False:
                self.load_in_background()
                return None
            self.reload()
        with self._lock:
            assert self._matcher is not None  # noqa: S101 - just loaded, never unset
            self._look_at_model(self._matcher)
            self._catch_up(self._matcher, db.session)
            return self._matcher

    def _look_at_model(self, matcher: Matcher) -> None:
        """Take a model promoted or rolled back since, by any process; looks at most once a second."""
        moment = time.monotonic()
        if moment - self._looked_at < LOOK_EVERY:
            return
        self._looked_at = moment
        shelf = learning.versions()
        if (stamp := shelf.stamp()) != self._stamp:
            matcher.adopt(shelf.load())
            self._stamp = stamp
            log.info("the matcher uses %s", shelf.in_use())
        if (today := county_time.today()) != self._day:
            matcher.turn_day()
            self._day = today

    def _catch_up(self, matcher: Matcher, session: Session) -> None:
        oldest = session.scalar(select(func.min(Change.id)))
        if oldest is not None and self._read_until and oldest > self._read_until + 1:
            self.reload()
            return
        changes = session.execute(
            select(Change.id, Change.kind, Change.record_id)
            .where(Change.id > self._read_until)
            .order_by(Change.id)
        ).all()
        if not changes:
            return
        posts = {c.record_id for c in changes if c.kind is IndexedKind.POSTING}
        people = {c.record_id for c in changes if c.kind is IndexedKind.PERSON}
        self._put_posts(matcher, posts)
        self._put_people(matcher, people)
        self._read_until = changes[-1].id

    @staticmethod
    def _put_posts(matcher: Matcher, ids: Iterable[int]) -> None:
        wanted = set(ids)
        rows = queries.open_postings(wanted)
        matcher.remove(posts=wanted - {row.id for row in rows})
        matcher.put(posts=[documents.match_post(row) for row in rows])

    @staticmethod
    def _put_people(matcher: Matcher, ids: Iterable[int]) -> None:
        wanted = set(ids)
        pairs = queries.matched_people(wanted)
        matcher.remove(candidates=wanted - {person.id for person, _ in pairs})
        matcher.put(candidates=[documents.match_candidate(p, r, county_time.today()) for p, r in pairs])

    # what the pages ask: app.core.fit.FitSource

    def bands(self, person_id: int, posting_ids: Sequence[int]) -> dict[int, Fit]:
        matcher = self._current()
        if matcher is None or not matcher.holds_candidate(person_id) or not posting_ids:
            return {}
        found = matcher.matches(person_id, posting_ids)
        return {int(match.post_id): _fit(match) for match in found.values()}

    def bands_of_people(self, posting_id: int, person_ids: Sequence[int]) -> dict[int, Fit]:
        matcher = self._current()
        posting = queries.posting_with_employer(posting_id)
        if matcher is None or posting is None or not posting.organization.is_matching_on:
            return {}
        post = documents.match_post(posting)
        return {i: _fit(matcher.explain(post, i)) for i in person_ids if matcher.holds_candidate(i)}

    def explain(self, person_id: int, posting_id: int) -> Fit | None:
        """One pair, from the rows as they are now: works for closed posts and hidden people too."""
        matcher = self._current()
        posting = queries.posting_with_employer(posting_id)
        pair = queries.person_with_resume(person_id)
        if matcher is None or posting is None or pair is None or not _is_wanted(pair[0]):
            return None
        candidate = documents.match_candidate(*pair, county_time.today())
        return _fit(matcher.explain(documents.match_post(posting), candidate))

    def similar(self, posting_id: int, limit: int) -> list[int]:
        """Open posts like this one, by the index."""
        return services.similar(posting_id, limit)

    def coverage(self, post: Post) -> Coverage | None:
        """How many people meet what a post asks; None while the matcher is being loaded."""
        matcher = self._current()
        return matcher.coverage(post) if matcher is not None else None

    def people_like(self, person_id: int, limit: int) -> list[int]:
        """People whose work resembles this person's, nearest first."""
        matcher = self._current()
        if matcher is None or not matcher.holds_candidate(person_id):
            return []
        return [int(str(id_)) for id_ in matcher.people_like(person_id, limit)]

    def supply(self) -> dict[tuple[str, str], int]:
        """People by (family, chain link), each once."""
        matcher = self._current()
        return matcher.supply() if matcher is not None else {}

    def posts_for(self, person_id: int, limit: int) -> list[tuple[int, Fit]]:
        """The best open posts for a person, best first."""
        matcher = self._current()
        if matcher is None or not matcher.holds_candidate(person_id):
            return []
        return [(int(match.post_id), _fit(match)) for match in matcher.posts_for(person_id, limit=limit)]

    def people_for(self, posting_id: int, limit: int) -> list[tuple[int, Fit]]:
        """The best people for a posting, best first."""
        matcher = self._current()
        posting = queries.posting_with_employer(posting_id)
        if matcher is None or posting is None:
            return []
        found = matcher.candidates_for(documents.match_post(posting), limit=limit)
        return [(int(match.candidate_id), _fit(match)) for match in found]


def _is_wanted(person: Person) -> bool:
    return person.is_matching_on


def matcher() -> MatcherInMemory:
    """The matcher of this process."""
    found: MatcherInMemory = current_app.extensions["matcher"]
    return found


def init_app(app: Flask) -> None:
    app.extensions["matcher"] = MatcherInMemory(app)
    plug_in(app, app.extensions["matcher"])
