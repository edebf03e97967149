"""Reads and ranks many at once through joblib: on this machine, or on a Dask cluster by naming its backend, with the same results."""

import importlib
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from joblib import Parallel, delayed, parallel_config
from numpy.typing import NDArray

from matching.features import pair_features
from matching.model import Model
from matching.profiles import Candidate, Post
from matching.reading.candidate import read_candidate
from matching.reading.post import read_post
from matching.results import Band
from matching.retrieval import FULL_SCAN, Postings, nearest, posts_likeness
from matching.tables import CandidateRow, CandidateTable, PostRow, PostTable, candidate_row, post_row
from matching.vectors import Rarity

CHUNK = 200


@dataclass(frozen=True)
class Ranked:
    """The best posts of one person, best first, with their scores and bands."""

    person: Hashable
    posts: list[Any]
    scores: NDArray[np.float32]
    bands: tuple[Band, ...]


@contextmanager
def backend(name: str = "", n_jobs: int = 1, scheduler: str = "") -> Iterator[None]:
    """Run the batches inside on a backend of joblib.

    Parameters
    ----------
    name : {"", "loky", "threading", "dask"}
        "" runs in this process.
    n_jobs : int, default=1
        Processes or threads; Dask takes what its cluster has.
    scheduler : str
        Address of the Dask scheduler; "" takes the client that is current.

    Raises
    ------
    RuntimeError
        When Dask is asked for and not installed.
    """
    if name in {"", "sequential"}:
        yield
        return
    if name != "dask":
        with parallel_config(name, n_jobs=n_jobs):
            yield
        return
    client = _client(scheduler)
    try:
        with parallel_config("dask", n_jobs=-1, wait_for_workers_timeout=30):
            yield
    finally:
        if scheduler:
            client.close()


def _client(scheduler: str) -> Any:
    try:
        distributed = importlib.import_module(
            "distributed"
        )  # an extra, and heavy: only where it is asked for
    except ImportError as fact:
        raise RuntimeError("MATCHING_BACKEND=dask needs the extra `cluster` (dask, distributed)") from fact
    return distributed.Client(scheduler) if scheduler else distributed.Client.current()


def read_posts(posts: Iterable[Post], rarity: Rarity, chunk: int = CHUNK) -> list[PostRow]:
    """Read posts in their order; chunks of them go to the active joblib backend."""
    return _in_chunks(_read_some_posts, list(posts), chunk, rarity)


def read_people(
    people: Iterable[Candidate], rarity: Rarity, today: date, chunk: int = CHUNK
) -> list[CandidateRow]:
    """Read people in their order; chunks of them go to the active joblib backend."""
    return _in_chunks(_read_some_people, list(people), chunk, rarity, today)


def _read_some_posts(posts: list[Post], rarity: Rarity) -> list[PostRow]:
    return [post_row(read_post(post), rarity) for post in posts]


def _read_some_people(people: list[Candidate], rarity: Rarity, today: date) -> list[CandidateRow]:
    return [candidate_row(read_candidate(person, today), rarity) for person in people]


def _in_chunks(read: Any, items: list[Any], chunk: int, *given: Any) -> list[Any]:
    if len(items) <= chunk:
        return list(read(items, *given))
    parts = Parallel()(
        delayed(read)(items[start : start + chunk], *given) for start in range(0, len(items), chunk)
    )
    return [row for part in parts for row in part]


def rank_everybody(
    model: Model, posts: PostTable, people: CandidateTable, limit: int = 20, chunk: int = CHUNK
) -> list[Ranked]:
    """Rank the posts for every person of a table; chunks of people go to the active joblib backend.

    Parameters
    ----------
    posts, people : tables of n_posts and n_people rows
    limit : int, default=20
        Most posts of each person.

    Returns
    -------
    list of Ranked
        In the order of the people.
    """
    if not len(posts):
        return []
    postings = Postings.of(posts) if len(posts) > FULL_SCAN else None
    starts = range(0, len(people), chunk)
    parts = [people.take(np.arange(start, min(start + chunk, len(people)))) for start in starts]
    found = Parallel()(delayed(_rank_some)(model, posts, postings, part, limit) for part in parts)
    return [ranked for part in found for ranked in part]


def _rank_some(
    model: Model, posts: PostTable, postings: Postings | None, people: CandidateTable, limit: int
) -> list[Ranked]:
    return [_rank_one(model, posts, postings, people.take(np.array([i])), limit) for i in range(len(people))]


def _rank_one(
    model: Model, posts: PostTable, postings: Postings | None, person: CandidateTable, limit: int
) -> Ranked:
    table = posts if postings is None else posts.take(nearest(posts_likeness(posts, postings, person)))
    values = pair_features(table, person)
    scores = model.scores(values)
    order = best(scores, limit)
    bands = model.bands(scores[order], values[order])
    return Ranked(
        person.id_at(0),
        [table.id_at(i) for i in order],
        scores[order],
        tuple(Band(int(band)) for band in bands),
    )


def best(scores: NDArray[np.float32], limit: int) -> list[int]:
    """Return the positions of the highest scores, equal ones in the order in which they are held."""
    if limit < len(scores):
        cut = np.partition(scores, len(scores) - limit)[len(scores) - limit] if limit > 0 else np.inf
        among = np.flatnonzero(scores >= cut)
    else:
        among = np.arange(len(scores))
    return [int(i) for i in among[np.argsort(-scores[among], kind="stable")][: max(limit, 0)]]
