"""What says nothing about the work moves nobody: idle words, and the order in which a résumé lists its parts."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Candidate
from matching.reading.clauses import clauses
from tests.matching.cases import POST, collection, matcher

IDLE = (
    "爱好钓鱼",
    "喜欢看电影和旅游",
    "性格开朗",
    "养了两只猫",
    "会拉二胡",
    "周末打篮球",
    "待人热情",
    "家里种了几亩烟叶",
    "I like music",
    "普通话标准",
)
PEOPLE = list(collection().people.values())
POSTS = [POST, *list(collection().posts.values())[::4]]
SPLIT = ("education", "work", "skills", "certificates", "expected_jobs", "expected_places")


def bands(person: Candidate) -> list[int]:
    return [int(matcher().explain(post, person).band) for post in POSTS]


@pytest.mark.parametrize("words", IDLE)
@settings(max_examples=6, deadline=None)
@given(st.sampled_from(PEOPLE), st.sampled_from(["summary", "headline", "work"]))
def test_an_idle_word_moves_no_band(words, person, where) -> None:
    if where == "work":
        changed = replace(
            person, work=tuple(replace(work, text=f"{work.text}，{words}。") for work in person.work)
        )
    elif where == "headline":
        changed = replace(person, headline=f"{person.headline}，{words}")
    else:
        changed = replace(person, summary=f"{person.summary}{words}。")
    assert bands(changed) == bands(person)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PEOPLE), st.randoms(use_true_random=False))
def test_the_order_in_which_parts_are_listed_changes_nothing(person, chance) -> None:
    turned = {}
    for name in SPLIT:
        listed = list(getattr(person, name))
        chance.shuffle(listed)
        turned[name] = tuple(listed)
    changed = replace(person, **turned)
    for post in POSTS:
        before, after = matcher().explain(post, person), matcher().explain(post, changed)
        assert after.score == pytest.approx(before.score, abs=1e-5)
        assert (after.band, after.missing) == (before.band, before.missing)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([p for p in PEOPLE if p.summary.count("。") > 1]), st.randoms(use_true_random=False))
def test_the_order_of_sentences_changes_no_score(person, chance) -> None:
    said = [part for part in person.summary.split("。") if part]
    chance.shuffle(said)
    changed = replace(person, summary="。".join(said) + "。")
    assert sorted(c.text for c in clauses(changed.summary)) == sorted(c.text for c in clauses(person.summary))
    for post in POSTS:
        assert matcher().explain(post, changed).score == pytest.approx(
            matcher().explain(post, person).score, abs=1e-5
        )
