"""The matcher of this process, and its answers for the pages (app.core.fit).

It is opened from the newest snapshot, whose arrays all processes share; where there is none it is read from the
database, in the background where the site must answer meanwhile. The log of changes keeps it up to date: one indexed
query before each use.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence

from flask import Flask, current_app

from app.core import county_time
from app.core.fit import Fit, FitReason, FitRow, plug_in
from app.discovery import documents, following, learning, queries, services, snapshots
from app.people.models import Person
from matching import Candidate, Coverage, Folder, Match, Matcher, Post

log = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds between two looks at which model and which snapshot are the newest
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


class MatcherOfProcess:
    """One matcher for one process. Every method is safe to call from several threads."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = threading.RLock()
        self._matcher: Matcher | None = None
        self._folder: Folder | None = None
        self._read_until = 0
        self._stamp = 0
        self._looked_at = float("-inf")
        self._seen = ""  # the newest snapshot that was looked at, also when it did not fit
        self._day = county_time.today()
        self._thread: threading.Thread | None = None

    def load_in_background(self) -> None:
        """Read everything while the site already answers; until then there are no bands."""
        self._in_background(self.reload)

    def _in_background(self, work: Callable[[], object]) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, args=(work,), daemon=True, name="matcher")
                self._thread.start()

    def _run(self, work: Callable[[], object]) -> None:
        with self._app.app_context():
            try:
                work()
            except Exception:
                log.exception("the matcher could not be loaded")

    @property
    def held(self) -> Matcher | None:
        """The matcher as it was last used, None before it is loaded."""
        return self._matcher

    @property
    def is_loading(self) -> bool:
        return self._matcher is None and self._thread is not None and self._thread.is_alive()

    @property
    def _waits(self) -> bool:
        """Whether this is a site whose pages must not wait."""
        return self._app.config.get("JOBS_INLINE") is False

    def reload(self) -> None:
        """Open the newest snapshot, or read all open posts and all people who may be matched."""
        if self.open_newest():
            return
        shelf = learning.versions()
        stamp = shelf.stamp()
        matcher = Matcher(shelf.load(), today=county_time.today)
        read_until = following.read_everything(matcher)
        with self._lock:
            if self._folder is None:  # otherwise a snapshot came meanwhile
                self._take(matcher, None, read_until, stamp)

    def open_newest(self) -> bool:
        """Use the newest snapshot, if there is one that is whole and fits; takes milliseconds."""
        newest = snapshots.generations().newest()
        self._seen = newest.name if newest else ""
        shelf = learning.versions()
        stamp = shelf.stamp()
        opened = snapshots.open_newest(shelf.load())
        if opened is None:
            return False
        self._take(opened.matcher, opened.folder, opened.read_until, stamp)
        return True

    def warm_up(self) -> None:
        """Load what the first match would wait for, before the workers part: their memory then is one."""
        if self.open_newest() and self._matcher is not None:
            self._matcher.explain(Post(0, "操作工"), Candidate(0, "操作工"))

    def _take(self, matcher: Matcher, folder: Folder | None, read_until: int, stamp: int) -> None:
        with self._lock:
            self._matcher, self._folder = matcher, folder
            self._read_until, self._stamp = read_until, stamp
            self._day = county_time.today()

    def _current(self) -> Matcher | None:
        """The matcher with all committed changes, or None while it is being loaded."""
        with self._lock:
            self._let_go_if_damaged()
            if self._matcher is None and not (self._is_there_a_newer() and self.open_newest()):
                if self._waits:
                    self.load_in_background()
                    return None
                self.reload()
            assert self._matcher is not None  # noqa: S101 - just loaded
            self._look(self._matcher)
            try:
                self._read_until = following.catch_up(self._matcher, self._read_until)
            except following.ChangesForgotten:
                self._let_go()
                return self._current()
            return self._matcher

    def _let_go_if_damaged(self) -> None:
        if self._folder is not None and not self._folder.is_intact():
            log.error("somebody wrote into the snapshot %s of the matcher", self._folder.path.name)
            snapshots.set_aside(self._folder.path)
            self._let_go()

    def _let_go(self) -> None:
        self._matcher = self._folder = None
        self._seen = ""

    def _is_time_to_look(self) -> bool:
        moment = time.monotonic()
        if moment - self._looked_at < LOOK_EVERY:
            return False
        self._looked_at = moment
        return True

    def _look(self, matcher: Matcher) -> None:
        """Take a model promoted or rolled back, a new day, a newer snapshot; looks at most once a second."""
        if not self._is_time_to_look():
            return
        if learning.versions().stamp() != self._stamp:
            self._look_at_model(matcher)
        if (today := county_time.today()) != self._day:
            matcher.turn_day()
            self._day = today
        if self._is_there_a_newer():
            self._do(self.open_newest)

    def _is_there_a_newer(self) -> bool:
        newest = snapshots.generations().newest()
        return newest is not None and newest.name != self._seen

    def _look_at_model(self, matcher: Matcher) -> None:
        """Score by the model in use; one that weighs words otherwise waits for the snapshot that the worker makes for it."""
        shelf = learning.versions()
        self._stamp, model = shelf.stamp(), shelf.load()
        if matcher.counts_like(model):
            matcher.adopt(model)
            log.info("the matcher uses %s", shelf.in_use())
        elif not matcher.is_shared:
            self._do(self.reload)

    def _do(self, work: Callable[[], object]) -> None:
        """Do what may take seconds: beside the pages where these must not wait."""
        if self._waits:
            self._in_background(work)
        else:
            work()

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


def matcher() -> MatcherOfProcess:
    """The matcher of this process."""
    found: MatcherOfProcess = current_app.extensions["matcher"]
    return found


def init_app(app: Flask) -> None:
    app.extensions["matcher"] = MatcherOfProcess(app)
    plug_in(app, app.extensions["matcher"])
