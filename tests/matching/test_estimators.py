"""Every estimator keeps the conventions of scikit-learn: its own checks, and for those over texts the same by hand.

scikit-learn's generator makes numbers only; for an estimator whose tags ask for strings it runs what needs no data and
says so in a warning. What the other checks would say is asked here with titles.
"""

import pickle
from copy import copy

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.utils import estimator_checks as checks

from matching.coding import OccupationCoder
from matching.ranking import OrdinalRanker
from matching.titles import TitleRanker

pytestmark = pytest.mark.slow  # left out by --quick

TITLES = ["电工", "会计", "焊工", "高压电工", "出纳会计"]
CODES = ["6-31-01-03", "2-06-03-00", "6-18-02-04", "6-31-01-03", "2-06-03-00"]
OVER_TEXTS = [TitleRanker(), OccupationCoder()]
BY_NAME = pytest.mark.parametrize("estimator", OVER_TEXTS, ids=lambda estimator: type(estimator).__name__)


@pytest.fixture(scope="module")
def fitted():
    return {"TitleRanker": TitleRanker().fit(TITLES), "OccupationCoder": OccupationCoder().fit(TITLES, CODES)}


def answers(estimator, titles=TITLES):
    return (estimator.score if isinstance(estimator, TitleRanker) else estimator.decision_function)(titles)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
@pytest.mark.parametrize(
    "estimator", [*OVER_TEXTS, OrdinalRanker()], ids=lambda estimator: type(estimator).__name__
)
def test_the_checks_of_scikit_learn_pass(estimator) -> None:
    results = checks.check_estimator(estimator, on_fail=None)
    assert results
    assert {result["status"] for result in results} <= {"passed", "skipped"}


@BY_NAME
def test_an_estimator_over_texts_says_so(estimator) -> None:
    tags = estimator.__sklearn_tags__()
    assert tags.input_tags.string
    assert not tags.input_tags.two_d_array
    with pytest.warns(SkipTestWarning, match="requires input"):
        checks.check_estimator(estimator)


@BY_NAME
@pytest.mark.parametrize(
    "check",
    [
        checks.check_parameters_default_constructible,
        checks.check_no_attributes_set_in_init,
        checks.check_estimator_cloneable,
        checks.check_estimator_repr,
        checks.check_estimator_tags_renamed,
        checks.check_valid_tag_types,
        checks.check_get_params_invariance,
        checks.check_set_params,
    ],
    ids=lambda check: check.__name__,
)
def test_text_estimators_keep_the_conventions(estimator, check) -> None:
    check(type(estimator).__name__, estimator)


@BY_NAME
def test_asking_before_fitting_is_refused(estimator) -> None:
    ask = getattr(clone(estimator), "predict", None) or clone(estimator).score
    with pytest.raises(NotFittedError):
        ask(["电工"])


@BY_NAME
def test_fitting_changes_no_parameter_and_asking_changes_nothing(estimator, fitted) -> None:
    known = fitted[type(estimator).__name__]
    assert known.get_params() == estimator.get_params()
    before = set(vars(known))
    first = answers(known)
    np.testing.assert_array_equal(first, answers(known))
    assert set(vars(known)) == before
    assert all(name.endswith("_") or name in known.get_params() for name in before)


@BY_NAME
def test_fitting_again_gives_the_same(estimator, fitted) -> None:
    known = fitted[type(estimator).__name__]
    again = copy(known)
    assert again.fit(TITLES, CODES) is again
    np.testing.assert_allclose(answers(again), answers(known), rtol=1e-5)


@BY_NAME
def test_a_fitted_estimator_survives_its_pickle(estimator, fitted) -> None:
    known = fitted[type(estimator).__name__]
    copied = pickle.loads(pickle.dumps(known))
    np.testing.assert_array_equal(answers(copied), answers(known))


def test_one_title_is_answered_as_among_others(fitted) -> None:
    for known in fitted.values():
        np.testing.assert_allclose(answers(known)[:1], answers(known, TITLES[:1]), rtol=1e-4, atol=1e-5)


def test_a_classifier_predicts_only_classes_that_it_knows(fitted) -> None:
    coder = fitted["OccupationCoder"]
    assert np.isin(coder.predict(["厨师", "电工"]), coder.classes_).all()
    assert coder.decision_function(TITLES).shape == (len(TITLES), len(coder.classes_))
