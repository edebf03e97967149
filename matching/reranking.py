# ruff: noqa: N803, N806 -- scikit-learn calls its matrix X
"""Chooses among candidates: a conditional logit and boosted trees over the same evidence, added up."""

from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.ensemble import HistGradientBoostingClassifier

Array = NDArray[np.float32]
LEAVES = (15, 31)  # of the trees of each forest; two that differ err less than one


class Reranker:
    """Learns from lists of candidates, of which at most one is right, which kind of candidate is right.

    Parameters
    ----------
    alpha : float
        L2 penalty of the conditional logit [1]_, whose features are standardized.
    max_iter, learning_rate : int, float
        Of the trees.

    References
    ----------
    .. [1] D. McFadden, "Conditional logit analysis of qualitative choice behavior", Frontiers in Econometrics (1974).
    """

    def __init__(self, alpha: float = 30.0, max_iter: int = 300, learning_rate: float = 0.03) -> None:
        self.alpha = alpha
        self.max_iter = max_iter
        self.learning_rate = learning_rate

    def fit(self, X: Array, is_right: NDArray[np.bool_]) -> Self:
        """Learn; lists without a right candidate teach nothing.

        Parameters
        ----------
        X : ndarray of shape (n_lists, n_candidates, n_features)
        is_right : ndarray of shape (n_lists, n_candidates)
        """
        kept = is_right.any(axis=1)
        X, right = X[kept], is_right[kept].argmax(axis=1)
        flat = X.reshape(-1, X.shape[2])
        self.mean_, self.scale_ = flat.mean(axis=0), flat.std(axis=0) + 1e-6
        self.slopes_ = self._logit((X - self.mean_) / self.scale_, right)
        self.trees_ = [
            HistGradientBoostingClassifier(
                learning_rate=self.learning_rate,
                max_iter=self.max_iter,
                max_leaf_nodes=n_leaves,
                min_samples_leaf=1200 // n_leaves,
                l2_regularization=20.0,
                max_features=0.4,
                random_state=n_leaves,
            ).fit(flat, is_right[kept].ravel())
            for n_leaves in LEAVES
        ]
        return self

    def score(self, X: Array) -> Array:
        """Return a score of each candidate of each list, shape (n_lists, n_candidates)."""
        linear = ((X - self.mean_) / self.scale_) @ self.slopes_
        flat = X.reshape(-1, X.shape[2])
        trees = np.mean([trees.decision_function(flat) for trees in self.trees_], axis=0).reshape(
            linear.shape
        )
        return np.asarray(_level(linear) + _level(trees), dtype=np.float32)

    def _logit(self, X: Array, right: NDArray[np.intp]) -> NDArray[np.float64]:
        X = X.astype(np.float64)
        lists = np.arange(len(X))
        chosen = X[lists, right].sum(axis=0)

        def loss(slopes: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            scores = X @ slopes
            scores -= scores.max(axis=1, keepdims=True)
            shares = np.exp(scores)
            shares /= shares.sum(axis=1, keepdims=True)
            value = -np.log(shares[lists, right] + 1e-12).sum() + 0.5 * self.alpha * slopes @ slopes
            return float(value), np.einsum("ij,ijk->k", shares, X) - chosen + self.alpha * slopes

        return np.asarray(
            minimize(loss, np.zeros(X.shape[2]), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
        )


def _level(scores: Array) -> Array:
    """Bring each list to mean 0 and deviation 1, so that two scales can be added."""
    return (scores - scores.mean(axis=1, keepdims=True)) / (scores.std(axis=1, keepdims=True) + 1e-9)
