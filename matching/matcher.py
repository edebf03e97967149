"""The matcher: holds posts and people as read, scores pairs, ranks both ways and explains."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.batches import Ranked, best, rank_everybody, read_people, read_posts
from matching.explaining import explain
from matching.features import FEATURE_NAMES, pair_features
from matching.files import Folder, seal
from matching.landscape import Coverage, coverage, likeness, supply
from matching.model import Model, load
from matching.profiles import Candidate, Post
from matching.results import Band, Match
from matching.retrieval import people_likeness, posts_likeness
from matching.shelf import Shelf
from matching.snapshot import open_people, open_posts, write_side
from matching.tables import (
    NEVER,
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
        self._posts.clear()
        self._people.clear()
        return self.put(posts, candidates)

    def save(self, folder: Path, about: Mapping[str, Any]) -> None:
        """Write all that is held, the readings with it, into an empty folder and seal it.

        Parameters
        ----------
        folder : Path
        about : mapping
            Anything that JSON can say; `Folder.about` gives it back.

        Raises
        ------
        TypeError
            When the ids of one side are neither all whole numbers nor all texts.
        OSError
            For a full disk, say.
        """
        write_side(folder, "posts", self._posts.now())
        write_side(folder, "people", self._people.now())
        seal(folder, {**about})

    @classmethod
    def open(cls, folder: Folder, model: Model, today: Callable[[], date] = date.today) -> "Matcher":
        """Return a matcher over a saved folder whose arrays stay in their files, shared by all who open them.

        `model` must have the rarity with which the rows were weighed: see `fingerprint`. What changes afterwards is
        kept beside, in this process.

        Raises
        ------
        DamagedSnapshot
            When the files are not what `save` writes.
        """
        matcher = cls(model, today)
        matcher._posts = Shelf(post_table, open_posts(folder))
        matcher._people = Shelf(candidate_table, open_people(folder))
        return matcher

    @property
    def is_shared(self) -> bool:
        """Whether what is held lies in files that other processes share."""
        return self._posts.is_shared

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
        """Read those people anew whose certificates count otherwise since they were read; returns how many."""
        today, people = self._today(), self._people.now()
        turns_on = people.over(lambda table: table.turns_on)
        places = people.places[(turns_on != NEVER) & (turns_on <= today.toordinal())]
        self.put(candidates=[people.row(id_).reading.candidate for id_ in people.ids(places)])
        return len(places)

    def counts_like(self, model: Model) -> bool:
        """Tell whether a model weighs words as this matcher's does, so that `adopt` costs nothing."""
        mine, other = self.model.rarity, model.rarity
        return np.array_equal(other.columns, mine.columns) and np.array_equal(other.values, mine.values)

    def adopt(self, model: Model) -> None:
        """Score by another model from now on; everything is weighed anew if it counts words otherwise."""
        is_alike = self.counts_like(model)
        self.model = model
        if not is_alike:
            posts, people = self._posts.now(), self._people.now()
            self.put(
                [posts.row(id_).reading.post for id_ in posts.ids()],
                [people.row(id_).reading.candidate for id_ in people.ids()],
            )

    def refresh(self, posts: Iterable[Post] = (), candidates: Iterable[Candidate] = ()) -> int:
        """Put those that are not held just as they are given; returns how many."""
        held_posts, held_people = self._posts.now(), self._people.now()
        stale = [p for p in posts if p.id not in held_posts or held_posts.row(p.id).reading.post != p]
        changed = [
            c for c in candidates if c.id not in held_people or held_people.row(c.id).reading.candidate != c
        ]
        self.put(stale, changed)
        return len(stale) + len(changed)

    def holds_post(self, id_: Hashable) -> bool:
        return id_ in self._posts.now()

    def holds_candidate(self, id_: Hashable) -> bool:
        return id_ in self._people.now()

    def post_ids(self) -> list[Any]:
        """Return the ids of the posts held."""
        return self._posts.now().ids()

    def candidate_ids(self) -> list[Any]:
        """Return the ids of the people held."""
        return self._people.now().ids()

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
        person, posts = self._person(candidate), self._posts.now()
        asked = candidate_table([person])
        table = posts.near(posts_likeness, asked)
        values, scores, bands = self._judge(table, asked, len(table))
        return [
            self._match(
                posts.row(table.id_at(i)), person, values[i], scores[i], bands[i], explained=explained
            )
            for i in best(scores, limit)
        ]

    def candidates_for(
        self, post: Post | Hashable, limit: int = 20, *, explained: bool = True
    ) -> list[Match]:
        """Rank the people held for one post, best first; see `posts_for`."""
        row, people = self._post(post), self._people.now()
        asked = post_table([row])
        table = people.near(people_likeness, asked)
        values, scores, bands = self._judge(asked, table, len(table))
        return [
            self._match(row, people.row(table.id_at(i)), values[i], scores[i], bands[i], explained=explained)
            for i in best(scores, limit)
        ]

    def explain(self, post: Post | Hashable, candidate: Candidate | Hashable) -> Match:
        """Return the full match of one pair."""
        row, person = self._post(post), self._person(candidate)
        values, scores, bands = self._judge(post_table([row]), candidate_table([person]), 1)
        return self._match(row, person, values[0], scores[0], bands[0], explained=True)

    def bands(self, candidate: Candidate | Hashable, post_ids: Sequence[Hashable]) -> dict[Hashable, Band]:
        """Return the band of one person with each of several posts held; ids that are not held are left out."""
        some = self._posts.now().some(post_ids)
        _, _, bands = self._judge(some, candidate_table([self._person(candidate)]), len(some))
        return {some.id_at(i): Band(int(band)) for i, band in enumerate(bands)}

    def matches(self, candidate: Candidate | Hashable, post_ids: Sequence[Hashable]) -> dict[Hashable, Match]:
        """Return the explained match of one person with each of several posts held, for a page of cards."""
        posts = self._posts.now()
        some, person = posts.some(post_ids), self._person(candidate)
        values, scores, bands = self._judge(some, candidate_table([person]), len(some))
        return {
            id_: self._match(posts.row(id_), person, values[i], scores[i], bands[i], explained=True)
            for i, id_ in enumerate(map(some.id_at, range(len(some))))
        }

    def rank_everybody(self, limit: int = 20) -> list[Ranked]:
        """Rank the posts held for everybody held, without explanations; see `batches` for where it runs."""
        return rank_everybody(self.model, self._posts.now().table, self._people.now().table, limit)

    def coverage(self, post: Post | Hashable) -> Coverage:
        """Count how many of the people held meet what a post plainly asks, in all and requirement by requirement."""
        row = self._post(post)
        return coverage(row, post_table([row]), self._people.now())

    def people_like(self, candidate: Candidate | Hashable, limit: int = 6) -> list[Any]:
        """Return ids of the people held whose work most resembles this person's, the person left out."""
        person, people = self._person(candidate), self._people.now()
        asked = candidate_table([person])
        scores = people.over(lambda table: likeness(asked, table))
        found = people.ids(people.places[best(scores, limit + 1)])
        return [id_ for id_ in found if id_ != person.reading.id][:limit]

    def supply(self) -> dict[tuple[str, str], int]:
        """Count the people held by (family, chain link); see `landscape.supply`."""
        return supply(self._people.now())

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
        if explained:
            return explain(
                post.reading,
                person.reading,
                values,
                self.model.coef,
                score=float(score),
                band=Band(int(band)),
            )
        return Match(post.reading.id, person.reading.id, float(score), Band(int(band)))

    def _read_post(self, post: Post) -> PostRow:
        return read_posts([post], self.model.rarity)[0]

    def _read_person(self, candidate: Candidate) -> CandidateRow:
        return read_people([candidate], self.model.rarity, self._today())[0]

    def _post(self, post: Post | Hashable) -> PostRow:
        return self._read_post(post) if isinstance(post, Post) else self._posts.now().row(post)

    def _person(self, candidate: Candidate | Hashable) -> CandidateRow:
        return (
            self._read_person(candidate)
            if isinstance(candidate, Candidate)
            else self._people.now().row(candidate)
        )
