"""The shipped model: plain arrays in one file, with the hash of its data and the figures it was promoted on."""

import json
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from matching.features import FEATURE_NAMES
from matching.results import Band
from matching.vectors import Rarity

FOLDER = Path(__file__).parent / "models"
SHIPPED = FOLDER / "shipped.npz"


_HARD = [FEATURE_NAMES.index(name) for name in ("degree_short", "certificate_quick", "certificate_long")]
_REFUSALS = [FEATURE_NAMES.index(name) for name in ("place_refused", "nights_refused", "pay_far")]


class ModelMismatch(ValueError):
    """The file was made for other features than this code computes."""


@dataclass(frozen=True)
class Folds:
    """The models that were trained without some posts and people, so that what was trained on can be scored honestly.

    Attributes
    ----------
    coef : ndarray of shape (k, k, n_features)
        Slopes of the model that saw no post of the first fold and no person of the second.
    bias : ndarray of shape (k, k, 3)
    posts, people : dict of int to int
        The fold of each post and person trained on, by the mark of its content; no text is kept.
    """

    coef: NDArray[np.float32]
    bias: NDArray[np.float32]
    posts: dict[int, int]
    people: dict[int, int]


def mark(item: Any) -> int:
    """Return a number for the content of a post or person, its id left out."""
    content = repr(replace(item, id=None)).encode()
    return int.from_bytes(sha256(content).digest()[:7], "big")


@dataclass(frozen=True)
class Model:
    """Slopes, thresholds, rarity of words and the cuts between bands.

    Attributes
    ----------
    coef : ndarray of shape (n_features,)
        Log-odds per unit of each feature.
    bias : ndarray of shape (3,)
        Log-odds of reaching grade 1, 2 and 3 at zero.
    strong, middle : float
        Least score (log-odds of grade 2 or more) of each band.
    about : dict
        Version, data hash, figures; shown by commands, never needed for scoring.
    """

    coef: NDArray[np.float32]
    bias: NDArray[np.float32]
    rarity: Rarity
    strong: float = 1.2
    middle: float = -0.4
    about: dict[str, Any] = field(default_factory=dict)
    folds: Folds | None = None

    def scores(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return log-odds of grade 2 or more, shape (n_pairs,)."""
        return features @ self.coef + self.bias[1]

    def chances(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return P(grade >= 2) of scores; used by training and calibration, never shown."""
        return np.asarray(expit(scores), dtype=np.float32)

    def bands(self, scores: NDArray[np.float32], features: NDArray[np.float32]) -> NDArray[np.int8]:
        """Cut scores into bands, shape (n_pairs,).

        Whoever misses a hard requirement is never strong; where one side rules the other out (nights, place, pay) the
        match is weak, however well the rest fits.
        """
        bands = np.full(len(scores), int(Band.WEAK), dtype=np.int8)
        is_ruled_out = (features[:, _REFUSALS] >= 1.0).any(axis=1)
        bands[(scores >= self.middle) & ~is_ruled_out] = int(Band.MIDDLE)
        is_hard_met = ~(features[:, _HARD] > 0).any(axis=1)
        bands[(scores >= self.strong) & is_hard_met & ~is_ruled_out] = int(Band.STRONG)
        return bands


def save(model: Model, path: Path) -> None:
    """Write `model` as plain arrays; nothing in the file can run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    folds = model.folds or Folds(
        np.zeros((0, 0, len(model.coef)), np.float32), np.zeros((0, 0, 3), np.float32), {}, {}
    )
    with path.open("wb") as target:
        np.savez_compressed(
            target,
            features=np.array(FEATURE_NAMES),
            coef=model.coef,
            bias=model.bias,
            rare_columns=model.rarity.columns,
            rare_values=model.rarity.values,
            rare_unseen=np.float32(model.rarity.unseen),
            cuts=np.array([model.strong, model.middle], dtype=np.float32),
            fold_coef=folds.coef.astype(np.float32),
            fold_bias=folds.bias.astype(np.float32),
            fold_posts=np.array(sorted(folds.posts.items()), dtype=np.int64).reshape(-1, 2),
            fold_people=np.array(sorted(folds.people.items()), dtype=np.int64).reshape(-1, 2),
            about=np.array(json.dumps(model.about, ensure_ascii=False)),
        )


def load(path: Path = SHIPPED) -> Model:
    """Read a model file.

    Raises
    ------
    ModelMismatch
        When the file's features are not the ones that this code computes.
    """
    with np.load(path, allow_pickle=False) as arrays:
        if tuple(arrays["features"].tolist()) != FEATURE_NAMES:
            raise ModelMismatch(f"{path.name} was made for other features; train again")
        rarity = Rarity(arrays["rare_columns"], arrays["rare_values"], float(arrays["rare_unseen"]))
        strong, middle = (float(cut) for cut in arrays["cuts"])
        posts, people = (dict(arrays[name].tolist()) for name in ("fold_posts", "fold_people"))
        folds = Folds(arrays["fold_coef"], arrays["fold_bias"], posts, people) if posts else None
        about = json.loads(str(arrays["about"]))
        return Model(arrays["coef"], arrays["bias"], rarity, strong, middle, about, folds)
