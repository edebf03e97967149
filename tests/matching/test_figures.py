"""The bars that the matcher is held to, on pairs that the scoring model was not trained on."""

from xml.etree import ElementTree as ET

import numpy as np
import pytest

from matching import ablation
from matching.collection import lines, read_people
from matching.evaluate import Evaluation, missing_figures
from matching.matcher import Matcher
from matching.model import load
from tests.matching.cases import FOLDER, collection

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def figures():
    evaluation = Evaluation(collection(), load(), with_baselines=False)
    return evaluation.run(
        FOLDER / "hard_candidates.jsonl", FOLDER / "comparisons.jsonl", FOLDER / "swapped_candidates.jsonl"
    )


def test_no_pair_is_scored_by_a_model_that_saw_it(figures) -> None:
    assert figures["scored_by"] == {"shipped": 0, "folds": len(collection().labels)}


def test_the_ranking_reaches_its_bar(figures) -> None:
    assert figures["ours"]["people_for_job"]["ndcg@5"] >= 0.94


@pytest.mark.parametrize(
    ("kind", "bar"),
    [("graded", 0.93), ("certificate", 0.95), ("degree", 0.95), ("years", 0.95), ("salary", 0.95), ("place", 0.95), ("shift", 0.95),
     ("stuffed", 0.97), ("protected", 1.0)],
)  # fmt: skip
def test_comparisons_reach_their_bars(figures, kind, bar) -> None:
    assert figures["ours"]["comparisons"][kind] >= bar


def test_other_words_for_the_same_things_cost_little(figures) -> None:
    assert figures["ours"]["swapped"]["loss"] <= 0.02


@pytest.mark.parametrize("kind", ["certificate", "degree", "years"])
def test_missing_requirements_are_named(figures, kind) -> None:
    assert figures["ours"]["missing_f1"][kind] >= 0.90


def test_bands_mean_what_they_say(figures) -> None:
    shares = {name: band["worth_considering"] for name, band in figures["ours"]["bands"].items()}
    assert shares["强"] > 0.7 > shares["中"] > 0.3 > shares["弱"]


def test_the_model_file_holds_no_text_of_the_collection() -> None:
    held = load()
    assert held.folds is not None
    assert all(isinstance(mark, int) for mark in [*held.folds.posts, *held.folds.people])


def test_missing_figures_count_kinds_apart() -> None:
    assert set(missing_figures(collection(), Matcher())) == {"certificate", "degree", "years"}
    assert not np.isnan(list(missing_figures(collection(), Matcher()).values())).any()
    assert len(lines(FOLDER / "comparisons.jsonl")) > len(read_people(FOLDER / "hard_candidates.jsonl"))


def test_the_calibration_picture_shows_each_band_with_its_share() -> None:
    bands = {
        "强": {"pairs": 78, "worth_considering": 0.78},
        "中": {"pairs": 0, "worth_considering": float("nan")},
        "弱": {"pairs": 290, "worth_considering": 0.06},
    }
    picture = ET.fromstring(ablation.as_picture({"bands": bands}))
    said = ["".join(element.itertext()) for element in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert [words for words in said if " of " in words and words[0].isdigit()] == [
        "78% of 78",
        "0% of 0",
        "6% of 290",
    ]
    table = ablation.as_text(
        {"ndcg@5": 0.9, "without": {"work": {"change": -0.1, "interval95": (-0.2, 0.0)}}, "bands": bands}
    )
    assert "| work | -0.100 | -0.200 … +0.000 |" in table
