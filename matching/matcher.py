"""The matcher: holds posts and people as read, scores pairs, ranks both ways and explains."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.batches import Ranked, best, rank_everybody, read_people, read_posts
from matching.features import FEATURE_NAMES, pair_features
from matching.headline import headline, short_why
from matching.landscape import Coverage, coverage, likeness, supply
from matching.model import Model, load
from matching.profiles import Candidate, Post
from matching.reasons import reasons
from matching.requirements import requirements
from matching.results import Band, Match
from matching.retrieval import people_near, posts_near
from matching.shelf import Shelf
from matching.shortfalls import shortfall
from matching.tables import (
    CandidateRow,
    CandidateTable,
    PostRow,
    PostTable,
    candidate_table,
    post_table,
)


class Matcher:
    """Links posts and people.

    Parameters
    ----------
    model : Model, optional
        Slopes, thresholds and rarities; the shipped model when left out.
    today : callable, optional
        Returns the day on which certificates must be valid.

    Notes
    -----
    Reading a post or résumé costs about 2 ms and happens once, in `put`. Pairs whose two sides are held cost
    microseconds. A post or person that is not held may be given to any method as the object itself.
    Every method may be called by several threads.
    """

    def __init__(self, model: Model | None = None, today: Callable[[], date] = date.today) -> None:
        self.model = model or load()
        self._today = today
        self._posts: Shelf[PostRow, PostTable] = Shelf(post_table)
        self._people: Shelf[CandidateRow, CandidateTable] = Shelf(candidate_table)

    def fit(self, posts: Iterable[Post], candidates: Iterable[Candidate] = ()) -> "Matcher":
        """Hold exactly these posts and people. Nothing is learned: the model changes only by training."""
        self._posts.remove(self._posts.ids())
        self._people.remove(self._people.ids())
        return self.put(posts, candidates)

    def put(self, posts: Iterable[Post] = (), candidates: Iterable[Candidate] = ()) -> "Matcher":
        """Add or replace posts and people by their ids; many at once are read where `backend` says."""
        self._posts.put(read_posts(posts, self.model.rarity))
        self._people.put(read_people(candidates, self.model.rarity, self._today()))
        return self

    def remove(self, posts: Iterable[Hashable] = (), candidates: Iterable[Hashable] = ()) -> "Matcher":
        """Forget posts and people by their ids; unknown ids are no error."""
        self._posts.remove(posts)
        self._people.remove(candidates)
        return self

    def turn_day(self) -> int:
        """Read those people anew of whom a certificate has ended since they were read; returns how many."""
        today = self._today()
        due = [
            row.reading.candidate
            for row in map(self._people.row, self._people.ids())
            if row.reading.holdings.changes_on and row.reading.holdings.changes_on <= today
        ]
        self.put(candidates=due)
        return len(due)

    def adopt(self, model: Model) -> None:
        """Score by another model from now on; everything is weighed anew if it counts words otherwise."""
        is_same = np.array_equal(model.rarity.columns, self.model.rarity.columns) and np.array_equal(
            model.rarity.values, self.model.rarity.values
        )
        self.model = model
        if not is_same:
            posts = [self._posts.row(id_).reading.post for id_ in self._posts.ids()]
            people = [self._people.row(id_).reading.candidate for id_ in self._people.ids()]
            self.put(posts, people)

    def holds_post(self, id_: Hashable) -> bool:
        return id_ in self._posts

    def holds_candidate(self, id_: Hashable) -> bool:
        return id_ in self._people

    def post_ids(self) -> list[Hashable]:
        """Return the ids of the posts held."""
        return self._posts.ids()

    def candidate_ids(self) -> list[Hashable]:
        """Return the ids of the people held."""
        return self._people.ids()

    def posts_for(
        self, candidate: Candidate | Hashable, limit: int = 20, *, explained: bool = True
    ) -> list[Match]:
        """Rank the posts held for one person, best first.

        Parameters
        ----------
        candidate : Candidate or id
            A person held (by id) or any person.
        limit : int, default=20
        explained : bool, default=True
            Without explanations a match has only ids, score and band.
        """
        person = self._person(candidate)
        asked = candidate_table([person])
        table = self._posts.near(posts_near, asked)
        values, scores, bands = self._judge(table, asked, len(table))
        rows = [self._posts.row(table.ids[i]) for i in best(scores, limit)]
        return [
            self._match(row, person, values[i], scores[i], bands[i], explained=explained)
            for row, i in zip(rows, best(scores, limit), strict=True)
        ]

    def candidates_for(
        self, post: Post | Hashable, limit: int = 20, *, explained: bool = True
    ) -> list[Match]:
        """Rank the people held for one post, best first; see `posts_for`."""
        row = self._post(post)
        asked = post_table([row])
        table = self._people.near(people_near, asked)
        values, scores, bands = self._judge(asked, table, len(table))
        people = [self._people.row(table.ids[i]) for i in best(scores, limit)]
        return [
            self._match(row, person, values[i], scores[i], bands[i], explained=explained)
            for person, i in zip(people, best(scores, limit), strict=True)
        ]

    def explain(self, post: Post | Hashable, candidate: Candidate | Hashable) -> Match:
        """Return the full match of one pair."""
        row, person = self._post(post), self._person(candidate)
        values, scores, bands = self._judge(post_table([row]), candidate_table([person]), 1)
        return self._match(row, person, values[0], scores[0], bands[0], explained=True)

    def bands(self, candidate: Candidate | Hashable, post_ids: Sequence[Hashable]) -> dict[Hashable, Band]:
        """Return the band of one person with each of several posts held; ids that are not held are left out."""
        table, positions = self._posts.table()
        held = [id_ for id_ in post_ids if id_ in positions]
        if not held:
            return {}
        some = table.take(np.array([positions[id_] for id_ in held]))
        _, _, bands = self._judge(some, candidate_table([self._person(candidate)]), len(held))
        return {id_: Band(int(band)) for id_, band in zip(held, bands, strict=True)}

    def matches(self, candidate: Candidate | Hashable, post_ids: Sequence[Hashable]) -> dict[Hashable, Match]:
        """Return the explained match of one person with each of several posts held, for a page of cards."""
        table, positions = self._posts.table()
        held = [id_ for id_ in post_ids if id_ in positions]
        if not held:
            return {}
        person = self._person(candidate)
        some = table.take(np.array([positions[id_] for id_ in held]))
        values, scores, bands = self._judge(some, candidate_table([person]), len(held))
        return {
            id_: self._match(self._posts.row(id_), person, values[i], scores[i], bands[i], explained=True)
            for i, id_ in enumerate(held)
        }

    def rank_everybody(self, limit: int = 20) -> list[Ranked]:
        """Rank the posts held for everybody held, without explanations; see `batches` for where it runs."""
        return rank_everybody(self.model, self._posts.table()[0], self._people.table()[0], limit)

    def coverage(self, post: Post | Hashable) -> Coverage:
        """Count how many of the people held meet what a post plainly asks, in all and requirement by requirement."""
        row = self._post(post)
        return coverage(row, post_table([row]), self._people.table()[0])

    def people_like(self, candidate: Candidate | Hashable, limit: int = 6) -> list[Hashable]:
        """Return ids of the people held whose work most resembles this person's, the person left out."""
        person = self._person(candidate)
        table, _ = self._people.table()
        if not len(table):
            return []
        scores = likeness(candidate_table([person]), table)
        found = [table.ids[i] for i in best(scores, limit + 1)]
        return [id_ for id_ in found if id_ != person.reading.id][:limit]

    def supply(self) -> dict[tuple[str, str], int]:
        """Count the people held by (family, chain link); see `landscape.supply`."""
        table, _ = self._people.table()
        return supply(table) if len(table) else {}

    def _judge(
        self, posts: PostTable, people: CandidateTable, n: int
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int8]]:
        if n == 0:
            return (
                np.zeros((0, len(FEATURE_NAMES)), np.float32),
                np.zeros(0, np.float32),
                np.zeros(0, np.int8),
            )
        values = pair_features(posts, people)
        scores = self.model.scores(values)
        return values, scores, self.model.bands(scores, values)

    def _match(
        self,
        post: PostRow,
        person: CandidateRow,
        values: NDArray[np.float32],
        score: np.float32,
        band: np.int8,
        *,
        explained: bool,
    ) -> Match:
        ids = {
            "post_id": post.reading.id,
            "candidate_id": person.reading.id,
            "score": float(score),
            "band": Band(int(band)),
        }
        if not explained:
            return Match(**ids)
        needs = requirements(post.reading, person.reading)
        why = reasons(post.reading, person.reading, values, self.model.coef, needs)
        weak = shortfall(post.reading, person.reading, values, self.model.coef)
        return Match(
            **ids,
            reasons=why,
            requirements=needs,
            headline=headline(needs, why, ids["band"], weak),
            short=short_why(needs, why, ids["band"], weak),
        )

    def _read_post(self, post: Post) -> PostRow:
        return read_posts([post], self.model.rarity)[0]

    def _read_person(self, candidate: Candidate) -> CandidateRow:
        return read_people([candidate], self.model.rarity, self._today())[0]

    def _post(self, post: Post | Hashable) -> PostRow:
        return self._read_post(post) if isinstance(post, Post) else self._posts.row(post)

    def _person(self, candidate: Candidate | Hashable) -> CandidateRow:
        return (
            self._read_person(candidate) if isinstance(candidate, Candidate) else self._people.row(candidate)
        )
