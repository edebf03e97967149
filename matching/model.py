"""The shipped model: plain arrays in one file, with the hash of its data and the figures it was promoted on."""

import json
from dataclasses import dataclass, field
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


class ModelMismatch(ValueError):
    """The file was made for other features than this code computes."""


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

    def scores(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return log-odds of grade 2 or more, shape (n_pairs,)."""
        return features @ self.coef + self.bias[1]

    def chances(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return P(grade >= 2) of scores; used by training and calibration, never shown."""
        return np.asarray(expit(scores), dtype=np.float32)

    def bands(self, scores: NDArray[np.float32], is_hard_met: NDArray[np.bool_]) -> NDArray[np.int8]:
        """Cut scores into bands; whoever misses a hard requirement is never strong."""
        bands = np.full(len(scores), int(Band.WEAK), dtype=np.int8)
        bands[scores >= self.middle] = int(Band.MIDDLE)
        bands[(scores >= self.strong) & is_hard_met] = int(Band.STRONG)
        return bands


def save(model: Model, path: Path) -> None:
    """Write `model` as plain arrays; nothing in the file can run."""
    path.parent.mkdir(parents=True, exist_ok=True)
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
        return Model(arrays["coef"], arrays["bias"], rarity, strong, middle, json.loads(str(arrays["about"])))
