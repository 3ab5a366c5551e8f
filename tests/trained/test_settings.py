"""What settings mean, by the programs' own losses computed here in a few lines; the readers' tests train."""

from __future__ import annotations

from fractions import Fraction

import pytest

import reluexact as rx
from reluexact.trained.settings import meaning, settings_of

DATA = rx.Dataset(X=[[1], [2], [4], [-1], [0]], y=[1, 2, 3, 0, -1])
SIGNS = rx.Dataset(X=[[1], [2], [4], [-1], [0]], y=[1, 0, 1, 0, 1])
NETWORK = rx.BiasedNetwork([["1/2"], ["-1"]], ["1", "3/4"], hidden_bias=["1/3", "1"], output_bias="1/5")


def penalised(network):
    """The same network as one whose hidden bias is a column."""
    rows = [[*row, bias] for row, bias in zip(network.hidden, network.hidden_bias, strict=True)]
    return rx.BiasedNetwork(rows, network.output, output_bias=network.output_bias)


def residuals(network):
    return [f - y for f, y in zip(network.predict(DATA.X), DATA.y, strict=True)]


def squares(*parts):
    return sum((p * p for part in parts for p in part), Fraction(0))


WEIGHTS = squares(*NETWORK.hidden, NETWORK.output)
BIASES = squares(NETWORK.hidden_bias, [NETWORK.output_bias])


@pytest.mark.parametrize("solver", ["lbfgs", "adam"])
def test_scikit_learn_on_all_rows(solver):
    found = meaning(DATA, "sklearn", alpha="1/7", solver=solver)
    own = squares(residuals(NETWORK)) / 10 + Fraction(1, 7) * WEIGHTS / 10
    assert found.problem.objective(NETWORK) == found.constant * own
    assert found.problem.penalty == Fraction(1, 7)


@pytest.mark.parametrize(("n", "size", "factor"), [(200, "auto", 1), (201, "auto", 101), (202, "auto", 51), (41, 20, 15)])
def test_scikit_learn_divides_alpha_by_the_rows_of_each_batch(n, size, factor):
    """The four numbers that were measured."""
    data = rx.Dataset(X=[[i] for i in range(n)], y=[i % 3 for i in range(n)])
    found = meaning(data, "sklearn", alpha="1/1000", solver="sgd", batch_size=size)
    near = Fraction(factor, 1000)
    assert abs(found.problem.penalty - near) < near / 20
    assert bool(found.remarks) == (factor > 1)


def test_batches_in_a_fixed_order_weigh_the_rows_of_the_small_one_more():
    found = meaning(DATA, "sklearn", alpha="1/7", solver="sgd", batch_size=2, shuffle=False)
    r = [t * t for t in residuals(NETWORK)]
    own = (
        sum(sum(r[k]) / (2 * len(r[k])) + Fraction(1, 7) * WEIGHTS / (2 * len(r[k])) for k in map(slice, (0, 2, 4), (2, 4, 5)))
        / 3
    )
    assert found.problem.objective(NETWORK) == found.constant * own


def test_weights_of_rows_in_scikit_learn():
    s = [1, 2, 3, 1, 5]
    found = meaning(DATA, "sklearn", alpha="1/7", solver="lbfgs", sample_weight=s)
    own = (sum(w * r * r for w, r in zip(s, residuals(NETWORK), strict=True)) + Fraction(1, 7) * WEIGHTS) / (2 * sum(s))
    assert found.problem.objective(NETWORK) == found.constant * own
    with pytest.raises(rx.InputError, match="sum of its own weights.*nearest"):
        meaning(DATA, "sklearn", solver="adam", batch_size=2, sample_weight=s)


@pytest.mark.parametrize(("reduction", "size"), [("mean", None), ("mean", 2), ("sum", None), ("sum", 2)])
def test_pytorch_penalises_every_parameter(reduction, size):
    found = meaning(DATA, "torch", weight_decay="1/7", l2="1/9", reduction=reduction, batch_size=size)
    batches = 1 if size is None else 3
    own = squares(residuals(NETWORK)) / (5 if reduction == "mean" else batches)
    own += (Fraction(1, 14) + Fraction(1, 9)) * (WEIGHTS + BIASES)
    assert found.problem.objective(penalised(NETWORK)) == found.constant * own


@pytest.mark.parametrize(
    ("loss", "per_row"),
    [
        ("L1Loss", abs),
        ("HuberLoss", lambda r: r * r / 2 if abs(r) <= Fraction(1, 3) else (abs(r) - Fraction(1, 6)) / 3),
        ("SmoothL1Loss", lambda r: r * r * 3 / 2 if abs(r) <= Fraction(1, 3) else abs(r) - Fraction(1, 6)),
    ],
)
def test_other_losses_of_pytorch(loss, per_row):
    found = meaning(DATA, "torch", weight_decay="1/7", loss=loss, delta="1/3", penalised="weights")
    own = sum(map(per_row, residuals(NETWORK))) / 5 + Fraction(1, 14) * WEIGHTS
    assert found.problem.objective(NETWORK) == found.constant * own


@pytest.mark.parametrize(("loss", "times"), [("hinge", 1), ("squared_hinge", 2)])
def test_hinge_losses_of_keras_take_zero_and_one(loss, times):
    found = meaning(SIGNS, "keras", l2="1/7", loss=loss)
    margins = [(2 * y - 1) * f for y, f in zip(SIGNS.y, NETWORK.predict(SIGNS.X), strict=True)]
    own = sum(max(Fraction(0), 1 - m) ** times for m in margins) / 5 + Fraction(1, 7) * WEIGHTS
    assert found.problem.objective(NETWORK) == found.constant * own


def test_keras_penalises_kernels_by_regularizers_and_all_by_the_decay_of_sgd():
    found = meaning(DATA, "keras", l2="1/7")
    assert found.problem.objective(NETWORK) == found.constant * (squares(residuals(NETWORK)) / 5 + Fraction(1, 7) * WEIGHTS)
    found = meaning(DATA, "keras", optimizer="SGD", weight_decay="1/7", momentum="9/10")
    own = squares(residuals(NETWORK)) / 5 + Fraction(1, 140) * (WEIGHTS + BIASES)
    assert found.problem.objective(penalised(NETWORK)) == found.constant * own


def test_pyscnn_without_unit_columns():
    network = rx.BiasedNetwork([["1/2"], ["-1"]], ["1", "3/4"])
    found = meaning(DATA, "scnn", lam="1/7", unitize_data=False, hidden_bias=False, output_bias=False)
    own = squares(residuals(network)) / 10 + Fraction(1, 14) * squares(*network.hidden, network.output)
    assert found.problem.objective(network) == found.constant * own


@pytest.mark.parametrize(
    ("trainer", "settings", "words"),
    [
        ("torch", {"weight_decay": 1, "optimizer": "AdamW"}, "decoupled decay.*penalty 5/2"),
        ("torch", {"weight_decay": 1, "optimizer": "Adam", "decoupled": True}, "decoupled decay"),
        ("torch", {"weight_decay": 1, "optimizer": "Muon"}, "decoupled decay"),
        ("torch", {"l2": 1, "optimizer": "AdamW"}, "decoupled decay.*penalty 1/40"),
        ("torch", {"l2": 1, "optimizer": "ASGD"}, "not known here"),
        ("keras", {"l2": 1, "optimizer": "AdamW"}, "decoupled decay.*penalty 1/100"),
        ("torch", {"weight_decay": 1, "optimizer": "LBFGS"}, "l2="),
        ("torch", {"weight_decay": 1, "optimizer": "Lion"}, "not known here"),
        ("torch", {"weight_decay": 1, "loss": "CrossEntropyLoss"}, "has no problem here"),
        ("torch", {"weight_decay": 1, "reduction": "none"}, "'mean' or 'sum'"),
        ("torch", {"weight_decay": 1, "penalised": "biases"}, "'all'"),
        ("torch", {}, "nothing is penalised"),
        ("keras", {"weight_decay": 1}, "decoupled decay"),
        ("keras", {"weight_decay": 1, "l2": 1, "optimizer": "SGD"}, "acts on the biases, too"),
        ("keras", {"weight_decay": 1, "momentum": 1, "optimizer": "SGD"}, "below 1"),
        ("scnn", {"lam": 1}, "unitize_data.*the penalty is 5$"),
        ("scnn", {}, "lam"),
        ("sklearn", {"alpha": -1}, "negative"),
        ("sklearn", {"solver": "newton"}, "'lbfgs', 'sgd' or 'adam'"),
        ("sklearn", {"loss": "poisson"}, "squared_error, log_loss"),
        ("sklearn", {"loss": "log_loss"}, "5 classes"),
        ("sklearn", {"batch_size": 0}, "from 1 on"),
        ("sklearn", {"batch_size": [2, 2]}, "sum 5"),
        ("sklearn", {"lr": 1}, "it has alpha, solver"),
        ("sklearn", {"shuffle": "no"}, "shuffle: 'no' is neither True nor False"),
        ("torch", {"weight_decay": 1, "shuffle": "no", "batch_size": 2}, "neither True nor False"),
        ("torch", {"weight_decay": 1, "decoupled": "no"}, "neither True nor False"),
        ("torch", {"weight_decay": 1, "optimizer": 5}, "optimizer: 5 is no name"),
        ("keras", {"l2": 1, "optimizer": None}, "optimizer: None is no name"),
        ("scnn", {"lam": 1, "unitize_data": "no"}, "neither True nor False"),
        (["torch"], {}, "known are sklearn"),
        ("jax", {}, "known are sklearn, torch, keras, scnn, optax"),
        ("optax", {"weight_decay": 1, "optimizer": "adamw"}, r"decoupled decay.*penalty 5/2 in rx.Problem"),
        ("optax", {"optimizer": "lion"}, r"decoupled decay.*penalty 1/400 in rx.Problem"),
        ("optax", {"weight_decay": 1, "place": "after"}, "they grow, and nothing is minimised.*penalty is 5/2"),
        ("optax", {"weight_decay": 1, "place": "behind"}, "say where add_decayed_weights stands"),
        ("optax", {"weight_decay": 1, "optimizer": "lars"}, "what weight decay with 'lars' does is not known here"),
        ("optax", {"weight_decay": 1, "penalised": "kernels"}, "say 'all'"),
        ("optax", {"weight_decay": 1, "loss": "mse"}, "those that have one are squared_error, l2_loss"),
        ("optax", {}, "nothing is penalised"),
    ],
)
def test_refusals_say_what_to_do(trainer, settings, words):
    with pytest.raises(rx.InputError, match=words):
        meaning(DATA, trainer, **settings)


def test_decay_that_is_switched_off_matters_not():
    assert meaning(DATA, "torch", l2="1/7", weight_decay=0, optimizer="AdamW").problem.penalty == Fraction(5, 7)
    assert meaning(DATA, "keras", l2="1/7", weight_decay=0, optimizer="AdamW").problem.penalty == Fraction(5, 7)


def test_a_bias_column_beside_a_hidden_bias_is_one_too_many():
    data = rx.Dataset(X=[[1], [2]], y=[1, 2], bias=True)
    with pytest.raises(rx.InputError, match="bias column"):
        meaning(data, "torch", weight_decay=1)
    assert meaning(data, "torch", weight_decay=1, hidden_bias=False).problem.hidden_bias == "penalised"


def test_the_settings_have_names():
    assert settings_of("sklearn") == ("alpha", "solver", "batch_size", "shuffle", "loss", "sample_weight")
