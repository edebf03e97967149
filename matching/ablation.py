"""What each group of features is worth, and what the bands mean: `python -m matching.ablation --help`.

Every figure comes from folds over posts and people: no pair is scored by a model that saw its post or its person.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.collection import Collection, read_collection
from matching.features import FEATURES
from matching.metrics import interval, mean, ndcg
from matching.model import Model
from matching.training import count_rarity, cut_bands, features_of, fit, held_out_scores

BAND_NAMES = ("弱", "中", "强")


def ablation(collection: Collection) -> dict[str, Any]:
    """Return nDCG@5 with everything and its change without each group, and the share of grade >= 2 per band."""
    rarity = count_rarity(collection.posts.values())
    features = features_of(collection, rarity)
    grades = np.array([label.grade for label in collection.labels])
    keys = [label.post for label in collection.labels]
    whole, *_ = held_out_scores(collection, features, rarity)
    every = _lists(keys, grades, whole)
    rows: dict[str, Any] = {}
    for group in dict.fromkeys(feature.group for feature in FEATURES):
        kept = np.array([feature.group != group for feature in FEATURES], dtype=np.float32)
        scores, *_ = held_out_scores(collection, features * kept, rarity)
        change = [a - b for a, b in zip(_lists(keys, grades, scores), every, strict=True)]
        rows[group] = {"change": mean(change), "interval95": interval(change)}
    return {"ndcg@5": mean(every), "without": rows, "bands": _bands(features, grades, whole, rarity, keys)}


def _lists(keys: Sequence[Any], grades: NDArray[np.intp], scores: NDArray[np.float32]) -> list[float]:
    marks = np.array([str(key) for key in keys])
    return [
        ndcg(grades[marks == key].astype(float), scores[marks == key].astype(float), 5)
        for key in np.unique(marks)
    ]


def _bands(
    features: NDArray[np.float32],
    grades: NDArray[np.intp],
    scores: NDArray[np.float32],
    rarity: Any,
    keys: Sequence[Any],
) -> dict[str, Any]:
    strong, middle = cut_bands(scores, grades)
    shape = fit(features, grades.tolist(), keys, rarity)
    model = Model(shape.coef, shape.bias, rarity, strong, middle)
    bands = model.bands(scores, features)
    return {
        name: {
            "pairs": int((bands == number).sum()),
            "worth_considering": mean(list(grades[bands == number] >= 2)),
        }
        for number, name in enumerate(BAND_NAMES, 1)
    }


def as_text(found: dict[str, Any]) -> str:
    """Return the table and the plot as they stand in the README."""
    lines = ["| without | change of nDCG@5 | 95% |", "|---|---|---|"]
    for group, row in sorted(found["without"].items(), key=lambda item: item[1]["change"]):
        low, high = row["interval95"]
        lines.append(f"| {group} | {row['change']:+.3f} | {low:+.3f} … {high:+.3f} |")
    lines += ["", f"With everything: {found['ndcg@5']:.3f}", ""]
    for name in reversed(BAND_NAMES):
        band = found["bands"][name]
        share = 0.0 if np.isnan(band["worth_considering"]) else band["worth_considering"]
        lines.append(f"{name} {'█' * round(share * 40):<40} {share:.0%} of {band['pairs']}")
    return "\n".join(lines)


def as_picture(found: dict[str, Any]) -> str:
    """Return the calibration plot as SVG: how many of each band's pairs are worth considering, with 95% intervals."""
    rows = []
    for line, name in enumerate(reversed(BAND_NAMES)):
        band = found["bands"][name]
        n = max(band["pairs"], 1)
        share = 0.0 if np.isnan(band["worth_considering"]) else band["worth_considering"]
        reach = 1.96 * float(np.sqrt(share * (1 - share) / n))
        y, low, high = 26 + 34 * line, 60 + 400 * max(share - reach, 0), 60 + 400 * min(share + reach, 1)
        rows.append(
            f'<text x="8" y="{y + 15}">{name}</text><rect x="60" y="{y}" width="{400 * share:.0f}" height="20" rx="3"/>'
            f'<path d="M{low:.0f} {y + 10}H{high:.0f}"/><text x="472" y="{y + 15}">{share:.0%} of {band["pairs"]}</text>'
        )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 580 140" font-family="sans-serif" font-size="14" fill="#333">'
        "<style>rect{fill:#5a46b0}path{stroke:#1c1c1c;stroke-width:2}</style>"
        '<text x="8" y="15" font-size="12">Share of pairs worth considering (grade 2 or 3), by band</text>'
        f"{''.join(rows)}</svg>\n"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    for name in ("jobs", "candidates", "labels"):
        arguments.add_argument(f"--{name}", type=Path, required=True)
    arguments.add_argument("--json", action="store_true", help="print one JSON object")
    arguments.add_argument("--picture", type=Path, metavar="FILE", help="write the calibration plot as SVG")
    given = arguments.parse_args()
    found = ablation(read_collection(given.jobs, given.candidates, given.labels))
    if given.picture:
        given.picture.write_text(as_picture(found), encoding="utf-8")
    sys.stdout.write((json.dumps(found, ensure_ascii=False) if given.json else as_text(found)) + "\n")


if __name__ == "__main__":
    main()
