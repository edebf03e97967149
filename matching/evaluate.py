"""Measures the matcher on a graded collection, beside the simple methods: `python -m matching.evaluate --help`."""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.baselines import TextBaselines, rules
from matching.collection import Collection, lines, read_collection, read_people
from matching.features import pair_features
from matching.matcher import Matcher
from matching.metrics import LIST_METRICS, f1, interval, mean, recall
from matching.model import Model, load, mark
from matching.profiles import Candidate, Post
from matching.reading.candidate import read_candidate
from matching.reading.post import read_post
from matching.results import Band
from matching.tables import candidate_row, candidate_table, post_row, post_table
from matching.trials import BadPairs, coding_trial, pairs_trial, titles_trial

Matrix = NDArray[Any]
HARD_KINDS = ("certificate", "degree", "years")


@dataclass(frozen=True)
class Grid:
    """Scores of every post beside every person: rows are posts, columns people; `base` is whose copy a person is."""

    posts: dict[Any, int]
    people: dict[Any, int]
    scores: Matrix

    def of(self, post: Any, person: Any) -> float:
        return float(self.scores[self.posts[post], self.people[person]])


def feature_grid(posts: Iterable[Post], people: Iterable[Candidate], model: Model) -> Matrix:
    """Return the features of every pair, shape (n_posts, n_people, n_features)."""
    table = candidate_table([candidate_row(read_candidate(person), model.rarity) for person in people])
    return np.stack(
        [pair_features(post_table([post_row(read_post(post), model.rarity)]), table) for post in posts]
    )


def honest_scores(
    features: Matrix, posts: list[Post], people: list[Candidate], bases: list[Candidate], model: Model
) -> Matrix:
    """Score every pair by a model that was trained on neither its post nor its person.

    What the shipped model never saw is scored by it; the rest by the shipped fold models. `bases` are the people whose
    edited copies `people` may be.
    """
    scores = np.array(features @ model.coef + model.bias[1])
    folds = model.folds
    if folds is None:
        return scores
    rows = np.array([folds.posts.get(mark(post), -1) for post in posts])
    columns = np.array([folds.people.get(mark(person), -1) for person in bases])
    for a in range(folds.coef.shape[0]):
        for b in range(folds.coef.shape[1]):
            seen_post = (rows == a)[:, None] | ((rows < 0)[:, None] & (a == 0))
            seen_person = (columns == b)[None, :] | ((columns < 0)[None, :] & (b == 0))
            trained = (rows >= 0)[:, None] | (columns >= 0)[None, :]
            chosen = seen_post & seen_person & trained
            scores[chosen] = features[chosen] @ folds.coef[a, b] + folds.bias[a, b, 1]
    return scores


def ranking_figures(grid: Grid, collection: Collection, *, by_post: bool) -> dict[str, Any]:
    """Return each metric's mean over lists of judged items, recall over the whole pool, and 95% intervals."""
    lists: dict[Any, list[tuple[Any, int]]] = defaultdict(list)
    for label in collection.labels:
        key, item = (label.post, label.candidate) if by_post else (label.candidate, label.post)
        lists[key].append((item, label.grade))
    values: dict[str, list[float]] = defaultdict(list)
    for key, items in lists.items():
        if len(items) < 2:
            continue
        grades = np.array([grade for _, grade in items], dtype=float)
        scores = np.array([grid.of(key, item) if by_post else grid.of(item, key) for item, _ in items])
        for name, metric in LIST_METRICS.items():
            values[name].append(metric(grades, scores))
        pool = grid.scores[grid.posts[key]] if by_post else grid.scores[:, grid.people[key]]
        places = grid.people if by_post else grid.posts
        relevant = np.zeros(len(pool), dtype=bool)
        relevant[[places[item] for item, grade in items if grade >= 2]] = True
        values["recall@20"].append(recall(relevant, pool, 20))
    names = ("ndcg@5", "ndcg@10", "map", "recall@20", "auc")
    figures: dict[str, Any] = {name: mean(values[name]) for name in names}
    figures["interval95"] = {name: interval(values[name]) for name in names}
    figures["lists"] = len(values["auc"])
    return figures


def comparison_figures(
    comparisons: Sequence[Mapping[str, Any]], of: Callable[[Any, Any], float]
) -> dict[str, float]:
    """Return the share of comparisons in the right order per type; ties count half, `equal` must be exactly equal."""
    right: dict[str, list[float]] = defaultdict(list)
    for row in comparisons:
        if row.get("equal"):
            right[row["type"]].append(float(of(row["job"], row["a"]) == of(row["job"], row["b"])))
        else:
            gap = of(row["job"], row["better"]) - of(row["job"], row["worse"])
            right[row["type"]].append(1.0 if gap > 0 else 0.5 if gap == 0 else 0.0)
    return {kind: mean(values) for kind, values in sorted(right.items())}


def missing_figures(collection: Collection, matcher: Matcher) -> dict[str, float]:
    """Return F1 of the hard requirements named as missing, per kind, over the judged pairs."""
    counts = {kind: [0, 0, 0] for kind in HARD_KINDS}
    for label in collection.labels:
        named = matcher.explain(collection.posts[label.post], collection.people[label.candidate]).missing
        for kind, count in counts.items():
            count[0] += kind in named and kind in label.missing
            count[1] += kind in named and kind not in label.missing
            count[2] += kind not in named and kind in label.missing
    return {kind: f1(*count) for kind, count in counts.items()}


def band_figures(collection: Collection, grid: Grid, features: Matrix, model: Model) -> dict[str, Any]:
    """Return, per band, how many judged pairs fall in it and the share of grade >= 2."""
    where = [(grid.posts[label.post], grid.people[label.candidate]) for label in collection.labels]
    rows, columns = (np.array(part) for part in zip(*where, strict=True))
    bands = model.bands(grid.scores[rows, columns], features[rows, columns])
    grades = np.array([label.grade for label in collection.labels])
    return {
        band.label: {
            "pairs": int((bands == band).sum()),
            "worth_considering": mean(list(grades[bands == band] >= 2)),
        }
        for band in Band
    }


class Evaluation:
    """One run over one collection."""

    def __init__(self, collection: Collection, model: Model, *, with_baselines: bool = True) -> None:
        self.collection = collection
        self.model = model
        self.posts = list(collection.posts.values())
        self.features: dict[str, Matrix] = {}
        self.baselines = (
            TextBaselines(self.posts, list(collection.people.values())) if with_baselines else None
        )

    def run(self, hard: Path | None, comparisons: Path | None, swapped: Path | None) -> dict[str, Any]:
        """Return the whole report."""
        people = dict(self.collection.people)
        others = read_people(hard) if hard else {}
        everybody = {**people, **others}
        judged = lines(comparisons) if comparisons else []
        ours, simple = self._grids(everybody), self._simple_grids(everybody)
        report = {
            "ours": self._figures(ours, judged),
            "baselines": {name: self._figures(g, judged) for name, g in simple.items()},
        }
        if swapped:
            self._swapped(read_people(swapped), report)
        matcher = Matcher(self.model)
        report["ours"]["missing_f1"] = missing_figures(self.collection, matcher)
        report["ours"]["bands"] = band_figures(self.collection, ours, self.features["ours"], self.model)
        report["scored_by"] = self._scored_by()
        return report

    def _figures(self, grid: Grid, judged: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        known = Grid(grid.posts, {id_: grid.people[id_] for id_ in self.collection.people}, grid.scores)
        pool = Grid(
            known.posts,
            {id_: i for i, id_ in enumerate(self.collection.people)},
            grid.scores[:, list(known.people.values())],
        )
        figures = {
            "people_for_job": ranking_figures(pool, self.collection, by_post=True),
            "jobs_for_person": ranking_figures(pool, self.collection, by_post=False),
        }
        usable = [
            row
            for row in judged
            if row["job"] in grid.posts
            and all(
                row.get(k, row["job"]) in {**grid.people, **grid.posts} for k in ("better", "worse", "a", "b")
            )
        ]
        if usable:
            figures["comparisons"] = comparison_figures(usable, grid.of)
        return figures

    def _grids(self, people: dict[Any, Candidate]) -> Grid:
        listed = list(people.values())
        features = feature_grid(self.posts, listed, self.model)
        self.features["ours"] = features
        bases = [self.collection.people.get(str(person.id).split("~")[0], person) for person in listed]
        return self._grid(people, honest_scores(features, self.posts, listed, bases, self.model))

    def _simple_grids(self, people: dict[Any, Candidate]) -> dict[str, Grid]:
        if self.baselines is None:
            return {}
        scores = self.baselines.score(list(people.values()))
        scores["rules"] = rules(self.features["ours"])
        return {name: self._grid(people, matrix) for name, matrix in scores.items()}

    def _grid(self, people: dict[Any, Candidate], scores: Matrix) -> Grid:
        return Grid(
            {post.id: i for i, post in enumerate(self.posts)},
            {id_: i for i, id_ in enumerate(people)},
            scores,
        )

    def _swapped(self, people: dict[Any, Candidate], report: dict[str, Any]) -> None:
        people = {id_: person for id_, person in people.items() if id_ in self.collection.people}
        listed = list(people.values())
        features = feature_grid(self.posts, listed, self.model)
        bases = [self.collection.people[person.id] for person in listed]
        grids = {"ours": self._grid(people, honest_scores(features, self.posts, listed, bases, self.model))}
        if self.baselines is not None:
            scores = {**self.baselines.score(listed), "rules": rules(features)}
            grids.update({name: self._grid(people, matrix) for name, matrix in scores.items()})
        known = Collection(
            self.collection.posts,
            people,
            [label for label in self.collection.labels if label.candidate in people],
        )
        for name, grid in grids.items():
            target = report["ours"] if name == "ours" else report["baselines"][name]
            figures = ranking_figures(grid, known, by_post=True)
            target["swapped"] = {
                "ndcg@5": figures["ndcg@5"],
                "interval95": figures["interval95"]["ndcg@5"],
                "loss": round(target["people_for_job"]["ndcg@5"] - figures["ndcg@5"], 4),
            }

    def _scored_by(self) -> dict[str, int]:
        folds = self.model.folds
        if folds is None:
            return {"shipped": len(self.collection.labels), "folds": 0}
        known = sum(
            mark(self.collection.posts[label.post]) in folds.posts
            or mark(self.collection.people[label.candidate]) in folds.people
            for label in self.collection.labels
        )
        return {"shipped": len(self.collection.labels) - known, "folds": known}


def main(argv: list[str] | None = None) -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    for name in ("jobs", "candidates", "labels", "hard", "comparisons", "swapped", "model"):
        arguments.add_argument(f"--{name}", type=Path)
    arguments.add_argument(
        "--titles", type=Path, metavar="FOLDER", help="queries, corpus_elements and qrels.tsv"
    )
    arguments.add_argument("--coding", action="store_true", help="code the dictionary's titles, in folds")
    arguments.add_argument(
        "--pairs", type=Path, metavar="FILE", help="columns cv, jd, satisfied (CSV, TSV or JSON lines)"
    )
    arguments.add_argument("--json", action="store_true", help="print one JSON object")
    given = arguments.parse_args(argv)
    try:
        report = _report(given, arguments)
    except (BadPairs, FileNotFoundError) as fact:
        arguments.error(str(fact))
    json.dump(report, sys.stdout, ensure_ascii=False, indent=None if given.json else 2)
    print()


def _report(given: argparse.Namespace, arguments: argparse.ArgumentParser) -> dict[str, Any]:
    report: dict[str, Any] = {}
    if given.titles:
        report |= titles_trial(given.titles)
    if given.coding:
        report |= coding_trial()
    if given.pairs:
        report |= pairs_trial(given.pairs)
    if given.jobs and given.candidates and given.labels:
        model = load(given.model) if given.model else load()
        collection = read_collection(given.jobs, given.candidates, given.labels)
        report |= Evaluation(collection, model).run(given.hard, given.comparisons, given.swapped)
    elif not report:
        arguments.error("give --jobs, --candidates and --labels, or one of --titles, --coding, --pairs")
    return report


if __name__ == "__main__":
    main()
