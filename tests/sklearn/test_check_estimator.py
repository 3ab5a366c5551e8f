"""The checks of ``check_estimator`` of scikit-learn pass; what the estimators refuse they say by their tags.

The refusals: sparse X, several targets, more than two classes. Where every optimum is PROVED nothing is expected to fail.
"""

from __future__ import annotations

import os
from unittest import SkipTest

import pytest
from sklearn.utils import get_tags
from sklearn.utils.estimator_checks import check_estimator, estimator_checks_generator

from reluexact.sklearn import EXPECTED_FAILED_CHECKS, ExactReLUClassifier, ExactReLURegressor

LONG = {
    "check_positive_only_tag_during_fit",
    "check_estimators_dtypes",
    "check_dtype_object",
    "check_classifiers_train",
    "check_regressors_train",
    "check_regressor_data_not_an_array",
    "check_regressors_int",
}
"""Checks with 50 to 200 rows of 2 to 10 features."""

PROVED = [
    ExactReLURegressor(penalty=100, hidden_bias="penalised", undecided="error"),
    ExactReLUClassifier(penalty=20, hidden_bias="penalised", undecided="error"),
]
"""With these penalties every optimum of the short checks is PROVED in no time."""

OPEN = [
    ExactReLURegressor(hidden_bias="penalised", time_limit="1/1000", undecided="ignore"),
    ExactReLUClassifier(hidden_bias="penalised", time_limit="1/1000", undecided="ignore"),
]
"""No proof closes in so little time: the networks that predict have to be good ones, and the same every time."""


def name_of(check):
    return getattr(check, "func", check).__name__


def short_checks(estimators):
    """Return the short checks of estimators as parameters, in the order of scikit-learn."""
    for estimator in estimators:
        for number, (_, check) in enumerate(estimator_checks_generator(estimator)):
            if name_of(check) not in LONG:
                yield pytest.param(estimator, check, id=f"{type(estimator).__name__}-{number}-{name_of(check)}")


def run(estimator, check):
    """Run a check; the only one that may be skipped asks for an experimental setting of scipy."""
    try:
        check(estimator)
    except SkipTest:
        assert name_of(check) == "check_array_api_input"
        assert "SCIPY_ARRAY_API" not in os.environ


@pytest.mark.parametrize(("estimator", "check"), list(short_checks(PROVED)))
def test_the_short_checks_pass(estimator, check):
    run(estimator, check)


@pytest.mark.slow
@pytest.mark.parametrize("estimator", OPEN, ids=lambda estimator: type(estimator).__name__)
def test_check_estimator_passes_as_a_whole(estimator):
    found = check_estimator(estimator, expected_failed_checks=EXPECTED_FAILED_CHECKS, on_skip=None, on_fail=None)
    failed = [(entry["check_name"], entry["exception"]) for entry in found if entry["status"] == "failed"]
    assert failed == []
    assert {entry["check_name"] for entry in found if entry["status"] == "skipped"} <= {"check_array_api_input"}


FREE = ExactReLURegressor(time_limit="1/1000", undecided="ignore")
"""Free biases, the default: the long checks, of up to 200 rows of 10 features, are beyond what is proved in reasonable time."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("estimator", "check"), [one for one in short_checks([FREE]) if name_of(one.values[1]) not in EXPECTED_FAILED_CHECKS]
)
def test_the_short_checks_pass_with_free_biases(estimator, check):
    run(estimator, check)


def test_what_is_refused_stands_in_the_tags():
    for estimator in PROVED:
        tags = get_tags(estimator)
        assert not tags.input_tags.sparse
        assert not tags.target_tags.multi_output
        assert tags.target_tags.required
        assert not tags.non_deterministic
    assert not get_tags(PROVED[1]).classifier_tags.multi_class


def test_the_long_checks_have_their_names():
    known = {name_of(check) for estimator in PROVED for _, check in estimator_checks_generator(estimator)}
    assert known >= LONG
