"""Learns from what people did with the lists that they were shown, and says whether that made the matcher better.

A row is one post beside one person in one list at one place. Rows low in a list were often not looked at, so a row that
nobody acted on is a weaker "no" the lower it stood, and a row that somebody acted on all the same a stronger "yes": both are
weighed by how likely its place is looked at [1]_. Pairs that nobody was shown teach nothing.

References
----------
.. [1] T. Joachims, A. Swaminathan, T. Schnabel, "Unbiased Learning-to-Rank with Biased Feedback", WSDM 2017.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from matching.features import SIGNS, pair_features
from matching.metrics import ndcg
from matching.model import Model
from matching.profiles import Candidate, Post
from matching.ranking import OrdinalRanker
from matching.reading.candidate import read_candidate
from matching.reading.post import read_post
from matching.tables import candidate_row, candidate_table, post_row, post_table

Array = NDArray[np.float64]
DEEPEST = 50
LEAST_LOOK = 0.1
RANDOM_NEGATIVES, HARD_NEGATIVES = 14, 2
LEAST_ROWS, LEAST_ACTED = 200, 20
N_FOLDS = 3
ALPHA, PAIR_WEIGHT = 20.0, 0.7
GRADES = (0, 1, 2, 3)


class NotEnough(ValueError):
    """Too few rows, or too few that anybody acted on, to learn from."""


@dataclass(frozen=True)
class Shown:
    """Rows of lists as parallel arrays.

    Attributes
    ----------
    posts, people : ndarray of shape (n_rows,)
        Ids.
    lists : ndarray of shape (n_rows,)
        Whose list it was: rows of one list are compared with each other.
    positions : ndarray of shape (n_rows,)
        From 1; 0 where the place is not known.
    grades : ndarray of shape (n_rows,)
        3 invited or hired, 2 applied or asked for contact, 1 opened, 0 nothing or refused.
    """

    posts: NDArray[Any]
    people: NDArray[Any]
    lists: NDArray[Any]
    positions: NDArray[np.intp]
    grades: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.posts)

    def take(self, kept: NDArray[Any]) -> "Shown":
        """Return some of the rows."""
        return Shown(
            self.posts[kept], self.people[kept], self.lists[kept], self.positions[kept], self.grades[kept]
        )

    def digest(self) -> str:
        """Return a hash of the rows, whatever their order."""
        rows = sorted(
            zip(
                *(
                    map(str, part)
                    for part in (self.posts, self.people, self.lists, self.positions, self.grades)
                ),
                strict=True,
            )
        )
        return sha256(repr(rows).encode()).hexdigest()


@dataclass(frozen=True)
class Learned:
    """A new model, the figures of both on people and posts that neither fold's model had seen, and the verdict."""

    model: Model
    figures: dict[str, Any]
    is_better: bool


def looks(positions: NDArray[np.intp], acted: NDArray[np.bool_], expected: Array) -> Array:
    """Estimate how likely each place of a list is looked at, against the first.

    Parameters
    ----------
    positions : ndarray of shape (n_rows,)
    acted : ndarray of shape (n_rows,)
        Whether anybody did anything.
    expected : ndarray of shape (n_rows,)
        How likely that was by the match alone: good matches stand on top, so the bare rate would mistake fit for looks.

    Returns
    -------
    ndarray of shape (DEEPEST + 1,)
        Falling, from 1 to at least `LEAST_LOOK`; place 0 (unknown) counts as looked at.
    """
    places = np.clip(positions, 0, DEEPEST)
    seen = np.bincount(places, minlength=DEEPEST + 1).astype(float)
    done = np.bincount(places, acted, minlength=DEEPEST + 1)
    hoped = np.bincount(places, expected, minlength=DEEPEST + 1)
    order = np.arange(1, DEEPEST + 1)
    share = max(float(done.sum()) / max(float(hoped.sum()), 1e-9), 1e-9)
    prior = 1.0 / np.sqrt(order)  # what is usual for lists, until there are rows enough
    rates = (done[1:] / share + 5.0 * prior) / (hoped[1:] + 5.0)
    smooth = (
        IsotonicRegression(increasing=False).fit(order, rates, sample_weight=seen[1:] + 5.0).predict(order)
    )
    return np.concatenate(([1.0], np.clip(smooth / smooth[0], LEAST_LOOK, 1.0)))


def weights(shown: Shown, chances: Array) -> Array:
    """Return the weight of each row: 1/look for one acted on (at most 5), the look itself for one that was not."""
    look = looks(shown.positions, shown.grades > 0, chances)[np.clip(shown.positions, 0, DEEPEST)]
    return np.where(shown.grades > 0, np.minimum(1.0 / look, 5.0), look)


def sample(shown: Shown, scores: Array, seed: int) -> NDArray[np.intp]:
    """Choose rows to train on: all that were acted on, and per one of them random and hard others of its list.

    Hard ones are those that the present model likes best.
    """
    draw = np.random.RandomState(seed)
    kept: list[NDArray[np.intp]] = []
    for name in np.unique(shown.lists):
        rows = np.flatnonzero(shown.lists == name)
        good, bad = rows[shown.grades[rows] > 0], rows[shown.grades[rows] == 0]
        kept.append(good)
        n = max(len(good), 1)
        hard = bad[np.argsort(-scores[bad], kind="stable")[: HARD_NEGATIVES * n]]
        rest = np.setdiff1d(bad, hard)
        kept += [hard, draw.permutation(rest)[: RANDOM_NEGATIVES * n]]
    return np.sort(np.concatenate(kept))


def learn(
    old: Model, posts: Sequence[Post], people: Sequence[Candidate], shown: Shown, *, seed: int = 0
) -> Learned:
    """Train from logged rows, starting at the present model, and compare both on held-out people and posts.

    Parameters
    ----------
    old : Model
        The present model; its slopes are what the new ones are drawn towards, its rarities stay.
    posts, people : sequences
        The contents of every id in `shown`; rows of others are left out.
    shown : Shown
    seed : int, default=0

    Raises
    ------
    NotEnough
        When fewer than 200 rows, or 20 acted on, remain.
    """
    features, shown = _features(old, posts, people, shown)
    if len(shown) < LEAST_ROWS or int((shown.grades > 0).sum()) < LEAST_ACTED:
        raise NotEnough(f"{len(shown)} rows, {int((shown.grades > 0).sum())} acted on")
    before = old.scores(features).astype(np.float64)
    after = _held_out(old, features, shown, before, seed)
    figures = {name: _figures(shown, scores) for name, scores in (("old", before), ("new", after))}
    model = _fit(old, features, shown, before, seed)
    model = _keep_bands(old, model, features)
    about = {
        "data": shown.digest(),
        "rows": len(shown),
        "acted": int((shown.grades > 0).sum()),
        "figures": figures,
    }
    is_better = all(figures["new"][side] >= figures["old"][side] - 1e-9 for side in ("by_person", "by_post"))
    return Learned(replace(model, about=about), figures, is_better)


def _features(
    model: Model, posts: Sequence[Post], people: Sequence[Candidate], shown: Shown
) -> tuple[NDArray[np.float32], Shown]:
    at_post = {post.id: i for i, post in enumerate(posts)}
    at_person = {person.id: i for i, person in enumerate(people)}
    known = [
        p in at_post and c in at_person
        for p, c in zip(shown.posts.tolist(), shown.people.tolist(), strict=True)
    ]
    shown = shown.take(np.flatnonzero(known))
    if not len(shown):
        raise NotEnough("no rows")
    left = post_table([post_row(read_post(post), model.rarity) for post in posts])
    right = candidate_table([candidate_row(read_candidate(person), model.rarity) for person in people])
    rows = np.array([at_post[id_] for id_ in shown.posts.tolist()])
    columns = np.array([at_person[id_] for id_ in shown.people.tolist()])
    blocks = [
        pair_features(left.take(rows[start : start + 2000]), right.take(columns[start : start + 2000]))
        for start in range(0, len(shown), 2000)
    ]
    return np.concatenate(blocks), shown


def _fit(old: Model, features: NDArray[np.float32], shown: Shown, scores: Array, seed: int) -> Model:
    kept = sample(shown, scores, seed)
    weight = weights(shown, old.chances(scores.astype(np.float32)).astype(np.float64))[kept]
    present = sorted(set(shown.grades[kept].tolist()))
    ranker = OrdinalRanker(
        signs=SIGNS.tolist(),
        prior=old.coef.tolist(),
        alpha=ALPHA,
        pair_weight=PAIR_WEIGHT if len(present) > 1 else 0.0,
    )
    ranker.fit(features[kept], shown.grades[kept], groups=shown.lists[kept].astype(str), sample_weight=weight)
    return replace(old, coef=ranker.coef_.astype(np.float32), folds=None)


def _held_out(old: Model, features: NDArray[np.float32], shown: Shown, before: Array, seed: int) -> Array:
    """Score every row by a model that saw neither its post nor its person."""
    p, c = _folds(shown.posts, seed), _folds(shown.people, seed + 1)
    after = before.copy()
    cells = []
    for a in range(N_FOLDS):
        for b in range(N_FOLDS):
            seen, asked = np.flatnonzero((p != a) & (c != b)), np.flatnonzero((p == a) & (c == b))
            if len(asked) and (shown.grades[seen] > 0).any() and (shown.grades[seen] == 0).any():
                cells.append((seen, asked))
    models = Parallel()(
        delayed(_fit)(old, features[seen], shown.take(seen), before[seen], seed) for seen, _ in cells
    )
    for (_, asked), model in zip(cells, models, strict=True):
        after[asked] = model.scores(features[asked])
    return after


def _folds(ids: NDArray[Any], seed: int) -> NDArray[np.intp]:
    names, where = np.unique(ids, return_inverse=True)
    return (np.random.RandomState(seed).permutation(len(names)) % N_FOLDS)[where]


def _figures(shown: Shown, scores: Array) -> dict[str, float]:
    """Return mean nDCG@10 of the rows of one person, and of one post, each row once with its best grade."""
    return {
        "by_person": _mean_ndcg(shown.people, shown.grades, scores),
        "by_post": _mean_ndcg(shown.posts, shown.grades, scores),
    }


def _mean_ndcg(keys: NDArray[Any], grades: NDArray[np.intp], scores: Array) -> float:
    values = []
    for key in np.unique(keys):
        rows = keys == key
        if rows.sum() > 1 and len(set(grades[rows].tolist())) > 1:
            values.append(ndcg(grades[rows].astype(float), scores[rows], 10))
    return round(float(np.mean(values)), 4) if values else 1.0


def _keep_bands(old: Model, new: Model, features: NDArray[np.float32]) -> Model:
    """Cut the new bands where as many of the shown pairs fall into each as before: actions grade nobody."""
    before, after = np.sort(old.scores(features)), np.sort(new.scores(features))
    return replace(
        new, strong=_same_share(old.strong, before, after), middle=_same_share(old.middle, before, after)
    )


def _same_share(cut: float, before: NDArray[np.float32], after: NDArray[np.float32]) -> float:
    """Return the cut of `after` above which as many lie as above `cut` of `before`; outside all of them as far outside."""
    if cut > before[-1]:
        return float(after[-1] + (cut - before[-1]))
    if cut <= before[0]:
        return float(after[0] - (before[0] - cut))
    return float(np.quantile(after, np.searchsorted(before, cut) / len(before)))
