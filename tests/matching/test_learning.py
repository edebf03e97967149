"""Learning from lists: simulated people who look at the top more often, and act on what suits them."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from matching import NotEnough, NothingToRollBack, Shown, Versions, learn, learning
from matching.features import FEATURE_NAMES, SIGNS
from matching.learning import DEEPEST, looks, sample, weights
from matching.model import Model, load
from tests.matching.cases import collection

WISHES = ("family_wished", "both_sides", "title_letters", "place_other")


@cache
def lists(people: int = 216) -> Shown:
    """Return what people did with lists of 20 posts: they look 1/sqrt(place) of the time and act on what they like.

    They care for their wishes more than the shipped model does, and less for the words that both texts share.
    """
    draw, model = np.random.RandomState(5), load()
    posts = list(collection().posts)
    pairs = [
        (posts[i], person, position)
        for person in list(collection().people)[:people]
        for position, i in enumerate(draw.permutation(len(posts))[:20], 1)
    ]
    post, person, position = (np.array(column) for column in zip(*pairs, strict=True))
    shown = Shown(post, person, np.char.add("recommended:", person), position, np.zeros(len(pairs), int))
    features, _ = learning._features(model, *contents(), shown)
    liking = features @ (model.coef * np.where(np.isin(FEATURE_NAMES, WISHES), 4.0, 0.4))
    liking -= np.quantile(liking, 0.85)
    acts = (draw.rand(len(pairs)) < 1 / np.sqrt(position)) & (
        draw.rand(len(pairs)) < 1 / (1 + np.exp(-3 * liking))
    )
    return replace(shown, grades=np.where(acts, 2, 0))


def contents():
    return list(collection().posts.values()), list(collection().people.values())


@pytest.fixture(scope="module")
def learned():
    return learn(load(), *contents(), lists())


def test_places_low_in_a_list_are_looked_at_less(learned) -> None:
    shown = lists()
    look = looks(shown.positions, shown.grades > 0, np.full(len(shown), 0.05))
    assert look[0] == look[1] == 1.0
    assert (np.diff(look[1:]) <= 0).all()
    assert 0.15 < look[15] < 0.6
    assert look[DEEPEST] >= 0.1


def test_a_no_far_down_counts_less_and_a_yes_more() -> None:
    shown = lists()
    weight = weights(shown, np.full(len(shown), 0.05))
    top, low = shown.positions <= 2, shown.positions >= 15
    acted = shown.grades > 0
    assert weight[low & ~acted].max() < weight[top & ~acted].min()
    assert weight[low & acted].min() > weight[top & acted].max()


def test_negatives_are_rows_that_were_shown_some_hard_and_some_at_random() -> None:
    shown = lists()
    scores = np.random.RandomState(0).rand(len(shown))
    kept = sample(shown, scores, 0)
    assert len(kept) == len(set(kept.tolist()))
    assert set(np.flatnonzero(shown.grades > 0)) <= set(kept)
    name = next(n for n in np.unique(shown.lists) if not (shown.grades[shown.lists == n] > 0).any())
    rows = np.flatnonzero(shown.lists == name)
    chosen = np.intersect1d(rows, kept)
    assert len(chosen) == 16
    assert set(rows[np.argsort(-scores[rows])[:2]]) <= set(chosen)


def test_learning_keeps_signs_words_and_the_share_of_each_band(learned) -> None:
    old, new = load(), learned.model
    assert (new.coef * SIGNS >= 0).all()
    assert not np.array_equal(new.coef, old.coef)
    assert np.array_equal(new.rarity.values, old.rarity.values)
    assert new.middle < new.strong
    assert new.about["rows"] == len(lists())
    assert set(new.about["figures"]) == {"old", "new"}


def test_what_people_do_is_followed_a_little(learned) -> None:
    assert learned.is_better
    assert learned.figures["new"]["by_person"] > learned.figures["old"]["by_person"]
    wishes = [FEATURE_NAMES.index(name) for name in WISHES[:2]]
    gain = learned.model.coef / np.maximum(np.abs(load().coef), 1e-6)
    assert gain[wishes].mean() > gain[FEATURE_NAMES.index("coverage")]


def test_a_model_that_would_be_worse_is_not_called_better() -> None:
    good = lists()
    spoilt = replace(good, grades=np.where(good.grades > 0, 0, np.where(good.positions > 12, 3, 0)))
    found = learn(load(), *contents(), spoilt)
    figures = found.figures
    assert found.is_better == all(figures["new"][s] >= figures["old"][s] for s in ("by_person", "by_post"))


def test_the_same_rows_in_another_order_have_the_same_hash_and_model() -> None:
    shown = lists()
    turned = shown.take(np.arange(len(shown))[::-1])
    assert turned.digest() == shown.digest()
    assert shown.take(np.arange(10)).digest() != shown.digest()


def test_too_little_is_not_learned_from() -> None:
    with pytest.raises(NotEnough):
        learn(load(), *contents(), lists().take(np.arange(50)))
    strangers = replace(lists(), posts=np.array(["nobody"] * len(lists())))
    with pytest.raises(NotEnough):
        learn(load(), *contents(), strangers)


def test_versions_are_kept_promoted_and_rolled_back(tmp_path) -> None:
    shelf, shipped = Versions(tmp_path / "models"), load()
    assert shelf.in_use() == "shipped"
    assert shelf.stamp() == 0
    assert np.array_equal(shelf.load().coef, shipped.coef)
    with pytest.raises(NothingToRollBack):
        shelf.roll_back()
    one = shelf.add(replace(shipped, coef=shipped.coef * 0.9, about={"data": "a" * 64}))
    assert shelf.in_use() == "shipped"
    shelf.promote(one)
    first = shelf.stamp()
    two = shelf.add(replace(shipped, coef=shipped.coef * 0.8, about={"data": "b" * 64}))
    shelf.promote(two)
    assert (one, two) == ("model-0001-aaaaaaaa", "model-0002-bbbbbbbb")
    assert shelf.in_use() == two
    assert shelf.stamp() != first
    np.testing.assert_allclose(shelf.load().coef, shipped.coef * 0.8)
    assert shelf.roll_back() == one
    assert shelf.load().about["name"] == one
    assert [entry["is_in_use"] for entry in shelf.listed()] == [True, False]
    assert shelf.roll_back() == "shipped"
    with pytest.raises(FileNotFoundError):
        shelf.promote("model-9999-none")


def test_a_model_file_that_cannot_be_used_gives_way_to_the_one_before(tmp_path) -> None:
    shelf = Versions(tmp_path)
    name = shelf.add(load())
    shelf.promote(name)
    (tmp_path / f"{name}.npz").write_bytes(b"not a model")
    assert isinstance(shelf.load(), Model)
    (tmp_path / "in-use.json").write_text("{", encoding="utf-8")
    assert shelf.in_use() == "shipped"
