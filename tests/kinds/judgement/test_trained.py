"""Networks that scikit-learn's L-BFGS trained on small real data: the judge knows their loss, how far they are, and why."""

from __future__ import annotations

import json
import warnings
from functools import cache

import numpy as np
import pytest
from paths import ROOT
from skl2onnx import to_onnx
from sklearn.neural_network import MLPRegressor
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app


@cache
def trained(name, alpha, seed=0):
    """Return a model and its judgement; columns are standardised and rounded to three decimals."""
    data = rx.Dataset.read(ROOT / "examples" / "data" / name)
    X, y = np.array(data.X, dtype=float), np.array(data.y, dtype=float)
    X, y = np.round((X - X.mean(0)) / X.std(0), 3), np.round((y - y.mean()) / y.std(), 3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = MLPRegressor(hidden_layer_sizes=(10,), solver="lbfgs", alpha=alpha, max_iter=20_000, random_state=seed).fit(X, y)
    return model, rx.judge(rx.from_sklearn(model, X, y, floats="decimal"))


@pytest.mark.parametrize("name", ["anscombe1.csv", "anscombe2.csv", "stackloss.csv"])
@pytest.mark.parametrize("alpha", [1.0, 0.1])
def test_the_objective_is_the_loss_of_the_trainer(name, alpha):
    model, found = trained(name, alpha)
    assert float(found.objective / found.constant) == pytest.approx(model.loss_, rel=1e-12)
    assert "scikit-learn" in found.trainer
    assert found.problem.penalty == rx.Dataset([[1]], [str(alpha)]).y[0]


@pytest.mark.parametrize("name", ["anscombe2.csv", "stackloss.csv"])
def test_a_large_penalty_is_trained_to_the_optimum(name):
    _, found = trained(name, 1.0)
    assert found.within("1/1000") is rx.Status.PROVED
    assert found.excess.low > 0  # L-BFGS stops early


def test_a_network_that_is_stuck_is_explained():
    """Of six starts some end in another basin than that of the optimum: rounding and balance are not what is wrong there."""
    far = max((trained("anscombe1.csv", 1.0, seed)[1] for seed in range(6)), key=lambda found: found.relative.low)
    assert far.within("1/1000") is rx.Status.REFUTED
    why = far.explain()
    gains = {step.name: step.gain.high for step in why.steps}
    assert max(gains, key=gains.get) == "missing neurons"
    assert gains["balance"] < far.excess.high / 100
    assert why.foreign
    assert why.missing is None or 0 < why.missing.gain <= far.excess.high


def test_a_problem_given_beside_a_trained_network_counts():
    model, found = trained("anscombe1.csv", 1.0)
    network, problem = found.network, found.problem
    doubled = rx.Problem(problem.data, 2 * problem.penalty, hidden_bias="free", output_bias="free")
    other = rx.judge(rx.from_sklearn(model, problem.data.X, problem.data.y), doubled)
    assert other.objective == doubled.objective(network)
    assert (other.trainer, other.constant) == ("", 1)


def test_an_onnx_file_is_judged_as_the_model_is(tmp_path):
    model, found = trained("anscombe1.csv", 1.0)
    data = found.problem.data
    exported = to_onnx(model, np.array(data.X, dtype=float))  # 64 bits: exact
    (tmp_path / "model.onnx").write_bytes(exported.SerializeToString())
    rows = "".join(f"{row[0]},{y}\n" for row, y in zip(data.X, data.y, strict=True))
    (tmp_path / "data.csv").write_text(f"x,y\n{rows}")
    call = ["judge", tmp_path / "model.onnx", tmp_path / "data.csv", "--from", "sklearn", "--alpha", "1.0"]
    more = ["--setting", "solver=lbfgs", "--max-gap", "1/100", "--brief", "--json"]
    result = CliRunner().invoke(app, [str(argument) for argument in (*call, *more)])
    document = json.loads(result.stdout)
    assert result.exit_code == (0 if found.within("1/100") is rx.Status.PROVED else 1)
    assert document["objective"] == str(found.objective)
    assert document["relative"]["low"] == str(found.relative.low)


def test_the_certificate_keeps_the_trainer(tmp_path):
    _, found = trained("anscombe1.csv", 1.0)
    found.save(tmp_path / "judgement.json")
    read = rx.load(tmp_path / "judgement.json")
    assert read == found
    assert (read.trainer, read.constant) == (found.trainer, found.constant)
