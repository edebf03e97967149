from datetime import date

import numpy as np
import pytest

from matching import Matcher
from matching.batches import backend, read_people
from tests.matching.cases import collection


@pytest.fixture(scope="module")
def held():
    return Matcher().fit(collection().posts.values(), list(collection().people.values())[:60])


def plain(found):
    return [
        (ranked.person, ranked.posts, [round(float(s), 4) for s in ranked.scores], ranked.bands)
        for ranked in found
    ]


def test_everybody_at_once_is_everybody_one_by_one(held) -> None:
    found = held.rank_everybody(5)
    assert [ranked.person for ranked in found] == held.candidate_ids()
    for ranked in found[::7]:
        single = held.posts_for(ranked.person, 5, explained=False)
        assert ranked.posts == [match.post_id for match in single]
        assert ranked.bands == tuple(match.band for match in single)
        np.testing.assert_allclose(ranked.scores, [match.score for match in single], rtol=1e-5)


@pytest.mark.parametrize("name", ["threading", "sequential"])
def test_every_backend_gives_the_same(held, name) -> None:
    with backend(name, n_jobs=2):
        assert plain(held.rank_everybody(5)) == plain(held.rank_everybody(5))


def test_reading_in_chunks_elsewhere_reads_the_same(held) -> None:
    people = list(collection().people.values())[:60]
    with backend("threading", n_jobs=2):
        rows = read_people(people, held.model.rarity, date(2026, 11, 24), chunk=7)
    alone = read_people(people, held.model.rarity, date(2026, 11, 24))
    assert [row.reading.id for row in rows] == [person.id for person in people]
    for row, other in zip(rows, alone, strict=True):
        assert row.reading.covered == other.reading.covered
        np.testing.assert_array_equal(row.letters[1], other.letters[1])


def test_no_posts_no_recommendations() -> None:
    assert Matcher().fit([], list(collection().people.values())[:3]).rank_everybody() == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the cluster's own libraries warn on the way
def test_a_dask_cluster_of_two_processes_gives_the_same(held) -> None:
    distributed = pytest.importorskip("distributed")
    alone = plain(held.rank_everybody(5))
    settings = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with (
        distributed.LocalCluster(**settings) as cluster,
        backend("dask", scheduler=cluster.scheduler_address),
    ):
        assert plain(held.rank_everybody(5)) == alone
