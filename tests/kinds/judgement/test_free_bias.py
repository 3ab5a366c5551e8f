"""Converged networks of scikit-learn on real data with free biases: the excess is bounded on both sides, whatever the machine."""

from __future__ import annotations

import importlib.util
import json
import warnings
from fractions import Fraction

import pytest
from paths import ROOT
from sklearn.neural_network import MLPRegressor

import reluexact as rx
from reluexact import checker
from reluexact.kinds.files import to_document

SPEC = importlib.util.spec_from_file_location("judge_benchmark", ROOT / "benchmarks" / "judge.py")
BENCHMARK = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(BENCHMARK)
WIDTHS = {"iris": (32_000, "1/20"), "wine": (32_000, "1/4"), "breast cancer": (8000, "1/100"), "diabetes": (16_000, "2/3")}
"""How many cones a dual point may take, and by how much the bounds may then differ, as a share of the objective."""


def trained(name):
    X, y = BENCHMARK.rows(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = MLPRegressor(hidden_layer_sizes=20, solver="lbfgs", alpha=1.0, max_iter=5000, random_state=0).fit(X, y)
    return rx.from_sklearn(model, X, y), model


@pytest.mark.slow
@pytest.mark.parametrize("name", WIDTHS)
def test_the_excess_is_bounded_on_both_sides(name):
    network, model = trained(name)
    limit, width = WIDTHS[name]
    found = rx.judge(network, limit=limit)
    assert float(found.objective) == pytest.approx(len(BENCHMARK.rows(name)[1]) * model.loss_)
    assert found.relative.low > 0
    assert found.relative.high - found.relative.low < Fraction(width)
    assert found.evidence.upper == found.problem.objective(found.evidence.network)
    assert checker.check_document(json.dumps(to_document(found))).verified


@pytest.mark.parametrize("name", BENCHMARK.NAMES)
def test_the_sets_of_the_benchmark_are_there(name):
    X, y = BENCHMARK.rows(name)
    assert len(X) == len(y) > 10
    assert X.shape[1] <= 10
