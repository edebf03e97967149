"""Trains a model from graded pairs and writes it with its data hash: `python -m matching.training --help`."""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.collection import Collection, lines, read_collection
from matching.features import PRIORS, SIGNS, pair_features
from matching.model import SHIPPED, Folds, Model, mark, save
from matching.profiles import Post
from matching.ranking import OrdinalRanker
from matching.reading.candidate import read_candidate
from matching.reading.post import PostReading, read_post
from matching.tables import candidate_row, candidate_table, post_row, post_table
from matching.vectors import Rarity, column, letter_counts

N_FOLDS = 4
ALPHA = 8.0
PAIR_WEIGHT = 0.7
STRONG_PRECISION = 0.8


def count_rarity(posts: Iterable[Post]) -> Rarity:
    """Count how rare letters and concepts are in posts."""
    return Rarity.count(map(_columns, map(read_post, posts)))


def _columns(reading: PostReading) -> set[int]:
    return set(letter_counts(reading.concepts.spelling)) | {column(name) for name in reading.concepts.work}


def features_of(collection: Collection, rarity: Rarity) -> NDArray[np.float32]:
    """Return the features of the labelled pairs, in the order of the labels."""
    posts = {id_: i for i, id_ in enumerate(collection.posts)}
    people = {id_: i for i, id_ in enumerate(collection.people)}
    left = post_table([post_row(read_post(post), rarity) for post in collection.posts.values()])
    right = candidate_table(
        [candidate_row(read_candidate(person), rarity) for person in collection.people.values()]
    )
    return pair_features(
        left.take(np.array([posts[label.post] for label in collection.labels])),
        right.take(np.array([people[label.candidate] for label in collection.labels])),
    )


def fit(features: NDArray[np.float32], grades: Sequence[int], posts: Sequence[Any], rarity: Rarity) -> Model:
    """Fit slopes and thresholds; bands are cut later, from scores of pairs not trained on."""
    ranker = OrdinalRanker(signs=SIGNS.tolist(), prior=PRIORS.tolist(), alpha=ALPHA, pair_weight=PAIR_WEIGHT)
    ranker.fit(features, np.asarray(grades), groups=np.asarray(posts, dtype=object).astype(str))
    return Model(ranker.coef_.astype(np.float32), ranker.bias_.astype(np.float32), rarity)


def fold_of(ids: Iterable[Any], n_folds: int, seed: int) -> dict[Any, int]:
    """Deal ids into folds."""
    names = sorted(set(ids), key=str)
    return dict(zip(names, np.random.RandomState(seed).permutation(len(names)) % n_folds, strict=True))


def held_out_scores(
    collection: Collection,
    features: NDArray[np.float32],
    rarity: Rarity,
    *,
    n_folds: int = N_FOLDS,
    seed: int = 0,
    train: Callable[..., Model] = fit,
) -> tuple[NDArray[np.float32], dict[tuple[int, int], Model], dict[Any, int], dict[Any, int]]:
    """Score every labelled pair by a model that saw neither its post nor its person.

    Returns
    -------
    scores : ndarray of shape (n_labels,)
    models : dict
        The model of each (fold of posts, fold of people).
    post_folds, people_folds : dict
        The fold of each id.
    """
    labels = collection.labels
    post_folds = fold_of(collection.posts, n_folds, seed)
    people_folds = fold_of(collection.people, n_folds, seed + 1)
    p = np.array([post_folds[label.post] for label in labels])
    c = np.array([people_folds[label.candidate] for label in labels])
    grades = np.array([label.grade for label in labels])
    posts = np.array([str(label.post) for label in labels])
    scores, models = np.zeros(len(labels), dtype=np.float32), {}
    for a in range(n_folds):
        for b in range(n_folds):
            seen, asked = (p != a) & (c != b), (p == a) & (c == b)
            models[a, b] = train(features[seen], grades[seen], posts[seen], rarity)
            if asked.any():
                scores[asked] = models[a, b].scores(features[asked])
    return scores, models, post_folds, people_folds


def cut_bands(scores: NDArray[np.float32], grades: NDArray[np.intp]) -> tuple[float, float]:
    """Return the least scores of 强 and 中 from held-out pairs.

    强 begins where four of five above it are worth considering (grade 2 or more); 中 where one of two in a window is.
    """
    order = np.argsort(-scores)
    good = (grades[order] >= 2).astype(float)
    running = np.cumsum(good) / np.arange(1, len(good) + 1)
    strong = int(np.flatnonzero(running >= STRONG_PRECISION).max(initial=4))
    window = np.convolve(good, np.ones(25) / 25, mode="same")
    after = np.flatnonzero((window < 0.4) & (np.arange(len(good)) > strong))
    middle = int(after[0]) if len(after) else len(good) - 1
    return float(scores[order[strong]]), float(scores[order[middle]])


def train(collection: Collection, more_posts: Iterable[Post] = ()) -> Model:
    """Train on everything; the bands are cut on folds over posts and people."""
    rarity = count_rarity([*collection.posts.values(), *more_posts])
    features = features_of(collection, rarity)
    grades = np.array([label.grade for label in collection.labels])
    held_out, models, post_folds, people_folds = held_out_scores(collection, features, rarity)
    strong, middle = cut_bands(held_out, grades)
    model = fit(features, grades.tolist(), [label.post for label in collection.labels], rarity)
    folds = Folds(
        coef=np.array([[models[a, b].coef for b in range(N_FOLDS)] for a in range(N_FOLDS)]),
        bias=np.array([[models[a, b].bias for b in range(N_FOLDS)] for a in range(N_FOLDS)]),
        posts={mark(collection.posts[id_]): fold for id_, fold in post_folds.items()},
        people={mark(collection.people[id_]): fold for id_, fold in people_folds.items()},
    )
    return Model(model.coef, model.bias, rarity, strong, middle, folds=folds)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    for name in ("jobs", "candidates", "labels"):
        arguments.add_argument(f"--{name}", type=Path, required=True)
    arguments.add_argument(
        "--more-posts", type=Path, help="posts without labels, to count how rare words are"
    )
    arguments.add_argument("--out", type=Path, default=SHIPPED)
    given = arguments.parse_args()
    files = [given.jobs, given.candidates, given.labels] + ([given.more_posts] if given.more_posts else [])
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    more = [Post.from_record(row) for row in lines(given.more_posts)] if given.more_posts else []
    model = train(read_collection(given.jobs, given.candidates, given.labels), more)
    model.about.update(
        {"data": digest, "pairs": len(lines(given.labels)), "alpha": ALPHA, "pair_weight": PAIR_WEIGHT}
    )
    save(model, given.out)
    written = {"written": str(given.out), "strong": model.strong, "middle": model.middle}
    sys.stdout.write(json.dumps(written, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
