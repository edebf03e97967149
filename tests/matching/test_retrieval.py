from dataclasses import replace

from matching import Matcher
from tests.matching.cases import PERSON, POST, STRANGER, collection


def test_among_many_the_same_posts_come_first_as_in_a_full_scan(monkeypatch) -> None:
    posts, people = list(collection().posts.values()), list(collection().people.values())
    full = Matcher().fit(posts, people)
    monkeypatch.setattr("matching.held.FULL_SCAN", 5)
    monkeypatch.setattr("matching.retrieval.KEPT", 80)
    quick = Matcher().fit(posts, people)
    kept = 0
    for post in posts:
        best = [match.candidate_id for match in full.candidates_for(post.id, 5, explained=False)]
        found = [match.candidate_id for match in quick.candidates_for(post.id, 5, explained=False)]
        kept += len(set(best) & set(found))
    assert kept >= 0.97 * 5 * len(posts)


def test_a_person_for_whom_nothing_is_near_still_gets_posts(monkeypatch) -> None:
    monkeypatch.setattr("matching.held.FULL_SCAN", 2)
    monkeypatch.setattr("matching.retrieval.KEPT", 3)
    held = Matcher().fit([replace(POST, id=i) for i in range(6)], [PERSON, STRANGER])
    assert len(held.posts_for("b", 10)) == 3


def test_a_table_grown_by_changes_is_the_table_made_at_once() -> None:
    people = list(collection().people.values())[:60]
    grown = Matcher().fit([POST], people[:50])
    grown._people.now()
    grown.put(candidates=[people[50], replace(people[3], summary="夜班没问题。")])
    grown.remove(candidates=[people[7].id, "nobody"])
    grown._people.now()
    grown.put(candidates=[people[51]])
    kept = [p for p in people[:52] if p.id not in {people[3].id, people[7].id}]
    whole = Matcher().fit([POST], [*kept, replace(people[3], summary="夜班没问题。")])
    found, expected = grown.candidates_for(POST.id, 60), whole.candidates_for(POST.id, 60)
    assert {m.candidate_id: (m.score, m.band) for m in found} == {
        m.candidate_id: (m.score, m.band) for m in expected
    }
    assert len(found) == 51
