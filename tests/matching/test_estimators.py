"""The estimators over texts keep the conventions of scikit-learn as far as its checks speak of them without numbers."""

import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.utils import estimator_checks as checks

from matching.coding import OccupationCoder
from matching.titles import TitleRanker

ESTIMATORS = [TitleRanker(), OccupationCoder()]
BY_NAME = pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda estimator: type(estimator).__name__)


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


def test_fitting_changes_no_parameter() -> None:
    ranker = TitleRanker(n_neighbours=2)
    before = ranker.get_params()
    assert ranker.fit(["电工", "会计", "焊工"]) is ranker
    assert ranker.get_params() == before
