# ruff: noqa: N803, N806 -- scikit-learn calls its matrix X
"""The learned part: grades from named features, where no good feature can ever hurt and no bad one can help."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

Array = NDArray[np.float64]


class OrdinalRanker(ClassifierMixin, BaseEstimator):
    """Proportional-odds model with signed coefficients and an L2 penalty.

    P(grade >= k) = expit(x @ coef_ + bias_[k]), one slope for all thresholds [1]_. With `pair_weight` the fit also
    asks that of two people of one group the one of higher grade comes first (logistic loss of the difference), which is
    what a ranked list needs.

    Parameters
    ----------
    signs : sequence of {-1, 0, 1} or None, default=None
        +1 keeps a coefficient >= 0, -1 keeps it <= 0, 0 or None leaves it free.
    prior : sequence of float or None, default=None
        What the coefficients are drawn towards; None means 0.
    alpha : float, default=1.0
        Weight of the squared distance from `prior` against the summed loss.
    pair_weight : float, default=0.0
        Share of the pairwise loss, 0 to 1; needs `groups` in `fit`.
    max_iter : int, default=300
        Most steps of L-BFGS-B.

    Attributes
    ----------
    classes_ : ndarray of shape (n_grades,)
        Grades in rising order.
    coef_ : ndarray of shape (n_features,)
        Slopes, in log-odds per unit of the feature.
    bias_ : ndarray of shape (n_grades - 1,)
        Log-odds of reaching each grade at x = 0, falling.
    n_features_in_ : int
        Number of features seen in `fit`.
    n_iter_ : int
        Steps taken.

    References
    ----------
    .. [1] P. McCullagh, "Regression Models for Ordinal Data", JRSS B 42 (1980), 109-142.
    """

    def __init__(
        self,
        signs: Sequence[int] | None = None,
        prior: Sequence[float] | None = None,
        alpha: float = 1.0,
        pair_weight: float = 0.0,
        max_iter: int = 300,
    ) -> None:
        self.signs = signs
        self.prior = prior
        self.alpha = alpha
        self.pair_weight = pair_weight
        self.max_iter = max_iter

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        groups: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Fit slopes and thresholds.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
            Grades; their sorted order is the order of merit.
        groups : array-like of shape (n_samples,), optional
            Which samples stand in one list (the post).
        sample_weight : array-like of shape (n_samples,), optional

        Returns
        -------
        self
        """
        checked: tuple[Array, NDArray[Any]] = validate_data(self, X, y, dtype=np.float64)
        X, y = checked
        check_classification_targets(y)
        self.classes_, grades = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(
                "This solver needs samples of at least 2 classes in the data, but the data contains only one class"
            )
        weights = _check_sample_weight(sample_weight, X, ensure_same_device=False)
        if not weights.any():
            raise ValueError("Sample weights are all zero")
        pairs = _ordered_pairs(grades, groups) if self.pair_weight and groups is not None else None
        n, k = X.shape[1], len(self.classes_) - 1
        reach = np.array([np.average(grades > level, weights=weights) for level in range(k)])
        prior = np.zeros(n) if self.prior is None else np.asarray(self.prior, dtype=np.float64)
        start = np.concatenate((prior, [_logit(reach[0])], np.maximum(-np.diff(_logit(reach)), 1e-3)))
        bounds = [_bound(sign) for sign in (self.signs if self.signs is not None else [0] * n)]
        bounds += [(None, None)] + [(1e-3, None)] * (k - 1)
        found = minimize(
            _loss,
            start,
            args=(_Problem(X, grades, weights, pairs, prior, self.alpha, self.pair_weight),),
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"maxiter": self.max_iter},
        )
        self.coef_ = found.x[:n]
        self.bias_ = found.x[n] - np.concatenate(([0.0], np.cumsum(found.x[n + 1 :])))
        self.n_iter_ = int(found.nit)
        return self

    def decision_function(self, X: ArrayLike) -> Array:
        """Return the log-odds of reaching the middle grade: the number to sort by. Shape (n_samples,) for two grades."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, reset=False)
        scores = X @ self.coef_ + self.bias_[len(self.bias_) // 2]
        if len(self.classes_) == 2:
            return scores
        return np.log(np.maximum(self.predict_proba(X), 1e-300))

    def reach(self, X: ArrayLike) -> Array:
        """Return P(grade >= k) for every grade but the lowest, shape (n_samples, n_grades - 1)."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, reset=False)
        return expit((X @ self.coef_)[:, None] + self.bias_[None, :])

    def predict_proba(self, X: ArrayLike) -> Array:
        """Return the probability of each grade, shape (n_samples, n_grades)."""
        reach = self.reach(X)
        edges = np.hstack((np.ones((len(reach), 1)), reach, np.zeros((len(reach), 1))))
        return np.clip(edges[:, :-1] - edges[:, 1:], 0.0, 1.0)

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Return the likeliest grade."""
        likeliest = np.argmax(self.predict_proba(X), axis=1)
        return np.asarray(self.classes_)[likeliest]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.poor_score = (
            True  # one slope for all thresholds: blobs without an order are out of reach
        )
        return tags


def _bound(sign: int) -> tuple[float | None, float | None]:
    return (0.0, None) if sign > 0 else (None, 0.0) if sign < 0 else (None, None)


def _logit(share: Any) -> Any:
    clipped = np.clip(share, 1e-4, 1 - 1e-4)
    return np.log(clipped / (1 - clipped))


def _ordered_pairs(
    grades: NDArray[np.intp], groups: ArrayLike
) -> tuple[NDArray[np.intp], NDArray[np.intp], Array]:
    """Return (better, worse, weight) of every pair of one group with unlike grades; a group's weights sum to its size."""
    groups = np.asarray(groups)
    better, worse, weight = [], [], []
    for group in np.unique(groups):
        members = np.flatnonzero(groups == group)
        above = grades[members][:, None] > grades[members][None, :]
        high, low = np.nonzero(above)
        better.append(members[high])
        worse.append(members[low])
        gap = (2.0 ** grades[members][high]) - (2.0 ** grades[members][low])
        weight.append(gap / max(gap.sum(), 1e-9) * len(members))
    return np.concatenate(better), np.concatenate(worse), np.concatenate(weight)


@dataclass(frozen=True)
class _Problem:
    X: Array
    grades: NDArray[np.intp]
    weights: Array
    pairs: tuple[NDArray[np.intp], NDArray[np.intp], Array] | None
    prior: Array
    alpha: float
    pair_weight: float


def _loss(theta: Array, given: _Problem) -> tuple[float, Array]:
    X, pairs, pair_weight = given.X, given.pairs, given.pair_weight
    n = X.shape[1]
    coef, steps = theta[:n], theta[n:]
    bias = steps[0] - np.concatenate(([0.0], np.cumsum(steps[1:])))
    scores = X @ coef
    share = 1.0 - pair_weight if pairs is not None else 1.0
    loss, by_score, by_bias = _cumulative(scores, given.grades, bias, given.weights)
    loss, by_score, by_bias = share * loss, share * by_score, share * by_bias
    if pairs is not None:
        better, worse, weight = pairs
        gap = scores[better] - scores[worse]
        loss += pair_weight * float(weight @ np.logaddexp(0.0, -gap))
        pull = -pair_weight * weight * expit(-gap)
        by_score += np.bincount(better, pull, len(X)) - np.bincount(worse, pull, len(X))
    by_steps = np.concatenate(([by_bias.sum()], [-by_bias[i:].sum() for i in range(1, len(bias))]))
    away = coef - given.prior
    loss += 0.5 * given.alpha * float(away @ away)
    return loss, np.concatenate((X.T @ by_score + given.alpha * away, by_steps))


def _cumulative(
    scores: Array, grades: NDArray[np.intp], bias: Array, weights: Array
) -> tuple[float, Array, Array]:
    """Return loss and slopes of the sum over thresholds of the logistic loss of `grade > threshold`."""
    logits = scores[:, None] + bias[None, :]
    reached = (grades[:, None] > np.arange(len(bias))[None, :]).astype(np.float64)
    loss = float((weights[:, None] * (np.logaddexp(0.0, logits) - reached * logits)).sum())
    slope = weights[:, None] * (expit(logits) - reached)
    return loss, slope.sum(axis=1), slope.sum(axis=0)
