"""How good a ranking is: nDCG, average precision, recall, AUC, with bootstrap intervals over lists."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
RELEVANT = 2


def ndcg(grades: Array, scores: Array, k: int) -> float:
    """Return nDCG at `k` with gains 2^grade - 1; equal scores share the mean gain of their places [1]_.

    References
    ----------
    .. [1] F. McSherry, M. Najork, "Computing information retrieval performance measures efficiently in the presence of
       tied scores", ECIR 2008.
    """
    gains = 2.0**grades - 1.0
    ideal = _dcg(np.sort(gains)[::-1], k)
    if ideal == 0:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    return _dcg(_shared(gains[order], scores[order]), k) / ideal


def _dcg(gains: Array, k: int) -> float:
    top = gains[:k]
    return float((top / np.log2(np.arange(2, len(top) + 2))).sum())


def _shared(values: Array, scores: Array) -> Array:
    """Give each of several equal scores the mean of their values."""
    _, where, counts = np.unique(-scores, return_inverse=True, return_counts=True)
    return (np.bincount(where, values) / counts)[where]


def average_precision(grades: Array, scores: Array) -> float:
    """Return average precision of grade >= 2; at equal scores the worse order is taken."""
    relevant = grades >= RELEVANT
    if not relevant.any():
        return float("nan")
    order = np.lexsort((relevant, -scores))
    hits = relevant[order]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


def auc(grades: Array, scores: Array) -> float:
    """Return the share of (relevant, not relevant) pairs in the right order, ties half."""
    good, bad = scores[grades >= RELEVANT], scores[grades < RELEVANT]
    if not len(good) or not len(bad):
        return float("nan")
    gaps = good[:, None] - bad[None, :]
    return float(((gaps > 0) + 0.5 * (gaps == 0)).mean())


def recall(relevant: Array, scores: Array, k: int) -> float:
    """Return the share of relevant items among the `k` highest scores of a whole pool."""
    if not relevant.any():
        return float("nan")
    top = np.lexsort((relevant, -scores))[:k]
    return float(relevant[top].sum() / relevant.sum())


def interval(values: Sequence[float], seed: int = 0, n_draws: int = 1000) -> list[float]:
    """Return the 95% bootstrap interval of a mean over lists, NaN left out."""
    kept = np.array([value for value in values if value == value])  # noqa: PLR0124 -- NaN is the only value unlike itself
    if not len(kept):
        return [float("nan"), float("nan")]
    draws = np.random.RandomState(seed).randint(0, len(kept), (n_draws, len(kept)))
    low, high = np.percentile(kept[draws].mean(axis=1), [2.5, 97.5])
    return [round(float(low), 4), round(float(high), 4)]


def mean(values: Sequence[float]) -> float:
    """Return the mean without NaN, NaN for nothing."""
    kept = [value for value in values if not np.isnan(value)]
    return round(float(np.mean(kept)), 4) if kept else float("nan")


LIST_METRICS: dict[str, Callable[[Array, Array], float]] = {
    "ndcg@5": lambda grades, scores: ndcg(grades, scores, 5),
    "ndcg@10": lambda grades, scores: ndcg(grades, scores, 10),
    "map": average_precision,
    "auc": auc,
}


def f1(hits: int, wrong: int, missed: int) -> float:
    """Return the harmonic mean of precision and recall, NaN when there was nothing to find and nothing found."""
    total = 2 * hits + wrong + missed
    return round(2 * hits / total, 4) if total else float("nan")
