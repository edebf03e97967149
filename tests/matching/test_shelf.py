"""A shelf of a base and what changed beside it answers as if it had been laid out anew."""

import random
from dataclasses import replace

import pytest

from matching import Matcher
from matching.files import Folder
from tests.matching.cases import POST, collection

pytestmark = pytest.mark.slow  # left out by --quick

ASKED = 4


def everything(held, posts, people):
    """What a matcher answers, in an order that does not depend on how it holds its rows."""
    said = {
        "posts": sorted(held.post_ids()),
        "people": sorted(held.candidate_ids()),
        "supply": held.supply(),
        "coverage": [held.coverage(post) for post in posts],
        "everybody": sorted(
            (each.person, [float(score) for score in each.scores], each.bands)
            for each in held.rank_everybody(10)
        ),
    }
    for post in posts:
        found = held.candidates_for(post, 1_000, explained=False)
        said[f"people of {post.id}"] = {match.candidate_id: (match.score, match.band) for match in found}
    for person in people:
        found = held.posts_for(person, 1_000)
        said[f"posts of {person.id}"] = {
            match.post_id: (match.score, match.band, match.headline, match.reasons) for match in found
        }
        said[f"bands of {person.id}"] = held.bands(person, [match.post_id for match in found])
        said[f"like {person.id}"] = sorted(held.people_like(person, len(held.candidate_ids())))
    return said


def is_same(one, other):
    """Equal but for the last digits of numbers: BLAS adds up in an order that depends on where a row stands."""
    if isinstance(one, float):
        return one == pytest.approx(other, abs=1e-4)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if type(one) in (list, tuple):
        return len(one) == len(other) and all(map(is_same, one, other))
    return one == other


def anew(posts, people):
    return Matcher().fit(posts.values(), people.values())


def changed(draw, posts, people, spare_posts, spare_people):
    """Put, replace and remove a few of each, in the dictionaries; returns what a matcher is to be told."""
    put_posts, put_people = [], []
    for rows, spare, put in ((posts, spare_posts, put_posts), (people, spare_people, put_people)):
        for _ in range(draw.randrange(4)):
            if rows and draw.random() < 0.5:
                id_ = draw.choice(sorted(rows))
                put.append(replace(draw.choice(spare), id=id_))
            else:
                put.append(draw.choice(spare))
        rows.update({row.id: row for row in put})
    gone = [set(draw.sample(sorted(rows), min(len(rows), draw.randrange(3)))) for rows in (posts, people)]
    for rows, ids in zip((posts, people), gone, strict=True):
        for id_ in ids:
            del rows[id_]
    return put_posts, put_people, *gone


@pytest.fixture(params=["in memory", "mapped"])
def kept(request, tmp_path):
    """Make a matcher whose base is in memory, or mapped from a snapshot."""

    def made(posts, people):
        matcher = anew(posts, people)
        if request.param == "in memory":
            return matcher
        matcher.save(tmp_path, {})
        return Matcher.open(Folder(tmp_path), matcher.model)

    return made


@pytest.mark.parametrize("full_scan", [3_000, 3])
@pytest.mark.parametrize("seed", range(3))
def test_a_base_with_changes_beside_it_answers_like_a_matcher_made_anew(kept, monkeypatch, seed, full_scan):
    monkeypatch.setattr("matching.held.FULL_SCAN", full_scan)
    draw = random.Random(seed)
    every_post, every_person = list(collection().posts.values()), list(collection().people.values())
    posts = {post.id: post for post in draw.sample(every_post, 12)}
    people = {person.id: person for person in draw.sample(every_person, 40)}
    matcher = kept(posts, people)
    for _ in range(5):
        put_posts, put_people, gone_posts, gone_people = changed(
            draw, posts, people, every_post, every_person
        )
        matcher.put(put_posts, put_people)
        matcher.remove(gone_posts, gone_people)
        asked_posts, asked_people = draw.sample(every_post, ASKED), draw.sample(every_person, ASKED)
        asked = (asked_posts, asked_people)
        assert is_same(everything(matcher, *asked), everything(anew(posts, people), *asked))


def test_everything_may_be_removed_and_come_back(kept) -> None:
    posts = dict(list(collection().posts.items())[:4])
    people = dict(list(collection().people.items())[:6])
    matcher = kept(posts, people)
    matcher.remove(posts, people)
    assert matcher.posts_for(next(iter(people.values()))) == []
    assert matcher.candidates_for(POST) == []
    assert matcher.supply() == {}
    assert matcher.coverage(POST).total == 0
    matcher.put(posts.values(), people.values())
    asked = (list(posts.values()), list(people.values()))
    assert is_same(everything(matcher, *asked), everything(anew(posts, people), *asked))


def test_a_change_copies_no_row_of_the_base(kept) -> None:
    posts, people = collection().posts, collection().people
    matcher = kept(posts, people)
    base = matcher._people.now().segments[0]
    matcher.put(candidates=[replace(next(iter(people.values())), summary="夜班没问题。")])
    now = matcher._people.now()
    assert now.segments[0] is base
    assert [len(segment) for segment in now.segments] == [len(people), 1]
    assert len(now) == len(people)


def test_in_memory_many_changes_become_one_segment(monkeypatch) -> None:
    monkeypatch.setattr("matching.shelf.MOST_BESIDE", 5)
    matcher = anew(collection().posts, collection().people)
    people = list(collection().people.values())[:6]
    assert len(matcher.candidate_ids()) == len(collection().people)
    matcher.put(candidates=[replace(person, summary="能倒班。") for person in people[:2]])
    assert len(matcher._people.now().segments) == 2
    matcher.put(candidates=[replace(person, summary="能倒班。") for person in people])
    assert len(matcher._people.now().segments) == 1
    assert len(matcher.candidate_ids()) == len(collection().people)


def test_a_question_sees_one_state_while_others_change_it() -> None:
    matcher = anew(collection().posts, collection().people)
    before = matcher._people.now()
    person = next(iter(collection().people.values()))
    matcher.remove(candidates=[person.id])
    assert person.id in before
    assert before.row(person.id).reading.candidate == person
    assert not matcher.holds_candidate(person.id)
