"""Networks that pyscnn trains: stationary for b = n lam on columns as they are, and its own loss."""

from __future__ import annotations

import numpy as np
import pytest
from measured import measured_penalty
from trained.data import regression
from trainers import trainer

import reluexact as rx

trainer("torch")
scnn = trainer("scnn.optimize")
regularizers = trainer("scnn.regularizers")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::RuntimeWarning")]  # about blocks of zeros


def trained(X, y, *, bias=False, unitize_data=False):
    return scnn.optimize(
        "relu",
        60,
        X,
        y[:, None],
        regularizer=regularizers.NeuronGL1(0.02),
        bias=bias,
        unitize_data=unitize_data,
        dtype="float64",
    )[0]


@pytest.mark.parametrize("bias", [False, True])
def test_columns_as_they_are(bias):
    X, y = regression(25)
    X = X * [1.0, 5.0]
    model = trained(X, y, bias=bias)
    found = rx.from_scnn(model, X, y, lam=0.02, unitize_data=False)
    assert found.problem.penalty * 2 == 1
    assert found.problem.hidden_bias == ("penalised" if bias else "none")
    assert abs(measured_penalty(found.problem, found.network) - 0.5) < 0.02
    residual = model(X)[:, 0] - y
    weights = sum((part**2).sum() for part in model.parameters)
    assert abs(float(found.own_loss) - ((residual**2).sum() / 50 + 0.01 * weights)) < 1e-9


def test_unit_columns_have_another_objective():
    X, y = regression(25)
    X = X * [1.0, 5.0]
    model = trained(X, y, unitize_data=True)
    plain = rx.from_scnn(model, X, y, lam=0.02, unitize_data=False)
    assert abs(measured_penalty(plain.problem, plain.network) - 0.5) > 0.1
    with pytest.raises(rx.InputError, match="unitize_data"):
        rx.from_scnn(model, X, y, lam=0.02)
    norms = np.linalg.norm(X, axis=0)
    hidden, output = model.parameters[0] * norms, model.parameters[1]
    balance = np.sqrt(abs(output[0]) / np.maximum(np.linalg.norm(hidden, axis=1), 1e-300))
    model.parameters = [hidden * balance[:, None], output / np.where(balance > 0, balance, 1)]
    unit = rx.from_scnn(model, X / norms, y, lam=0.02, unitize_data=False)
    assert abs(measured_penalty(unit.problem, unit.network) - 0.5) < 0.02
