import numpy as np
import pytest
from scipy.optimize import check_grad
from sklearn.utils.estimator_checks import parametrize_with_checks

from matching import ranking
from matching.ranking import OrdinalRanker


@parametrize_with_checks([OrdinalRanker(), OrdinalRanker(alpha=0.1, pair_weight=0.5)])
def test_the_ranker_keeps_the_conventions_of_scikit_learn(estimator, check) -> None:
    check(estimator)


@pytest.fixture
def graded():
    draw = np.random.RandomState(0)
    features = draw.rand(200, 3)
    merit = 3 * features[:, 0] - 2 * features[:, 1] + 0.2 * draw.randn(200)
    return features, np.digitize(merit, [0, 1, 2]), draw.randint(0, 10, 200)


def test_a_good_feature_never_hurts_and_a_bad_one_never_helps(graded) -> None:
    features, grades, groups = graded
    ranker = OrdinalRanker(signs=[-1, 1, 1], pair_weight=0.5).fit(features, grades, groups=groups)
    assert ranker.coef_[0] <= 0 <= ranker.coef_[1]


def test_the_ranker_finds_the_order_of_merit(graded) -> None:
    features, grades, groups = graded
    ranker = OrdinalRanker(signs=[1, -1, 0], alpha=0.1, pair_weight=0.5).fit(features, grades, groups=groups)
    assert ranker.coef_[0] > 1 > -1 > ranker.coef_[1]
    assert (np.diff(ranker.bias_) < 0).all()
    assert np.corrcoef(features @ ranker.coef_, grades)[0, 1] > 0.85


def test_without_data_to_speak_of_the_prior_stays(graded) -> None:
    features, grades, _ = graded
    ranker = OrdinalRanker(prior=[2.0, -1.0, 0.5], alpha=1e6).fit(features, grades)
    np.testing.assert_allclose(ranker.coef_, [2.0, -1.0, 0.5], atol=1e-3)


def test_the_slope_of_the_loss_is_its_derivative(graded) -> None:
    features, grades, groups = graded
    pairs = ranking._ordered_pairs(grades, groups)
    problem = ranking._Problem(features, grades, np.ones(len(grades)), pairs, np.ones(3), 0.7, 0.4)
    theta = np.array([0.3, -0.2, 0.1, 0.5, 0.8, 1.1])
    error = check_grad(lambda t: ranking._loss(t, problem)[0], lambda t: ranking._loss(t, problem)[1], theta)
    assert error < 1e-3


def test_pairs_stand_in_one_list_and_have_unlike_grades() -> None:
    better, worse, _ = ranking._ordered_pairs(np.array([0, 2, 1, 2]), np.array(["a", "a", "b", "b"]))
    assert {(int(b), int(w)) for b, w in zip(better, worse, strict=True)} == {(1, 0), (3, 2)}
