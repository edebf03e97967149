from dataclasses import replace

from matching import Matcher
from tests.matching.cases import PERSON, POST, STRANGER, collection


def test_among_many_the_same_posts_come_first_as_in_a_full_scan(monkeypatch) -> None:
    posts, people = list(collection().posts.values()), list(collection().people.values())
    full = Matcher().fit(posts, people)
    monkeypatch.setattr("matching.shelf.FULL_SCAN", 5)
    monkeypatch.setattr("matching.retrieval.FULL_SCAN", 5)
    monkeypatch.setattr("matching.retrieval.KEPT", 80)
    quick = Matcher().fit(posts, people)
    kept = 0
    for post in posts:
        best = [match.candidate_id for match in full.candidates_for(post.id, 5, explained=False)]
        found = [match.candidate_id for match in quick.candidates_for(post.id, 5, explained=False)]
        kept += len(set(best) & set(found))
    assert kept >= 0.97 * 5 * len(posts)


def test_a_person_for_whom_nothing_is_near_still_gets_posts(monkeypatch) -> None:
    monkeypatch.setattr("matching.shelf.FULL_SCAN", 2)
    monkeypatch.setattr("matching.retrieval.FULL_SCAN", 2)
    monkeypatch.setattr("matching.retrieval.KEPT", 3)
    held = Matcher().fit([replace(POST, id=i) for i in range(6)], [PERSON, STRANGER])
    assert len(held.posts_for("b", 10)) == 3
