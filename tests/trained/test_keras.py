"""Networks that Keras trains: what a step of rate 1 subtracts, its own loss, and where training ends."""

from __future__ import annotations

import os

import numpy as np
import pytest
from measured import measured_penalty, whole_gradient
from trained.data import classes, regression
from trainers import trainer

import reluexact as rx

os.environ.setdefault("KERAS_BACKEND", "torch")
trainer("torch")
keras = trainer("keras")
layers, L2 = keras.layers, keras.regularizers.L2
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:__array__ implementation")]  # of Keras with PyTorch


def model(*, kernel=None, bias=None, last=None, m=4, seed=0, use_bias=True, **compiled):
    keras.utils.set_random_seed(seed)
    said = {"kernel_regularizer": kernel, "bias_regularizer": bias, "use_bias": use_bias, "dtype": "float64"}
    found = keras.Sequential([layers.Input((2,)), layers.Dense(m, "relu", **said), layers.Dense(1, last, **said)])
    found.set_weights([part + 0.1 * k for k, part in enumerate(found.get_weights())])
    found.compile(**{"optimizer": keras.optimizers.SGD(1.0), "loss": "mse", **compiled})
    return found


def in_order(gradients, *, penalised):
    """In the order of ``measured.gradient``: hidden biases are a column where they are penalised, else behind the outputs."""
    hidden, beside, output, last = gradients
    columns = [hidden.T, beside, output] if penalised else [hidden.T, output, beside]
    return np.append(np.column_stack(columns), last)


def own_step(found, X, y, batches, weights=None):
    """The mean over batches of what a step of the optimiser subtracts."""
    steps, start = [], [part.copy() for part in found.get_weights()]
    for rows in batches:
        found.set_weights(start)
        found.train_on_batch(X[rows], y[rows, None], sample_weight=None if weights is None else weights[rows])
        steps.append([before - after for before, after in zip(start, found.get_weights(), strict=True)])
    found.set_weights(start)
    return [sum(parts) / len(batches) for parts in zip(*steps, strict=True)]


def agree(found, own):
    ours, theirs = np.array(whole_gradient(found.problem, found.network)), float(found.constant) * own
    return np.abs(ours - theirs).max() < 1e-6 * np.abs(theirs).max()


def cyclic(n, sizes):
    ends = np.cumsum(sizes)
    return [part for k in range(n) for part in np.split(np.roll(np.arange(n), k), ends[:-1])]


@pytest.mark.parametrize(
    ("reduction", "size"), [("sum_over_batch_size", 10), ("sum_over_batch_size", 4), ("sum", 10), ("sum", 4)]
)
def test_regularizers_of_kernels(reduction, size):
    X, y = regression(10)
    found = model(kernel=L2(0.3), loss=keras.losses.MeanSquaredError(reduction=reduction))
    trained = rx.from_keras(found, X, y, batch_size=size)
    own = own_step(found, X, y, [np.arange(10)] if size == 10 else cyclic(10, [4, 4, 2]))
    assert agree(trained, in_order(own, penalised=False))
    assert trained.problem.penalty * 10 == (30 if reduction != "sum" else 3 if size == 10 else 9)
    assert trained.trainer == f"Keras {keras.__version__}, SGD"
    if size == 10:
        assert abs(float(trained.own_loss) - float(found.evaluate(X, y[:, None], batch_size=10, verbose=0))) < 1e-6


def test_batches_in_a_fixed_order_and_weights_of_rows():
    X, y = regression(10)
    weights = 0.5 + np.arange(10) % 3
    found = model(kernel=L2(0.3))
    own = own_step(found, X, y, [np.arange(4), np.arange(4, 8), np.arange(8, 10)], weights)
    trained = rx.from_keras(found, X, y, batch_size=4, shuffle=False, sample_weight=weights)
    assert agree(trained, in_order(own, penalised=False))
    own = own_step(found, X, y, [np.arange(10)], weights)
    assert agree(rx.from_keras(found, X, y, sample_weight=weights), in_order(own, penalised=False))


def test_regularizers_of_all():
    X, y = regression(10)
    found = model(kernel=L2(0.3), bias=L2(0.3))
    assert agree(rx.from_keras(found, X, y), in_order(own_step(found, X, y, [np.arange(10)]), penalised=True))


@pytest.mark.parametrize(
    ("loss", "labels", "last"),
    [
        (lambda: "mae", None, None),
        (lambda: keras.losses.Huber(delta=0.3), None, None),
        (lambda: "hinge", "bits", None),
        (lambda: keras.losses.SquaredHinge(), "signs", None),
        (lambda: keras.losses.BinaryCrossentropy(from_logits=True), "bits", None),
        (lambda: "binary_crossentropy", "bits", "sigmoid"),
    ],
    ids=["mae", "Huber", "hinge", "SquaredHinge", "logits", "sigmoid"],
)
def test_other_losses(loss, labels, last):
    X, y = regression(12) if labels is None else classes(12)
    y = 2 * y - 1 if labels == "signs" else y
    found = model(kernel=L2(0.3), loss=loss(), last=last)
    own = own_step(found, X, y.astype(float), [np.arange(12)])
    assert agree(rx.from_keras(found, X, y), in_order(own, penalised=False))


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_where_the_decay_of_sgd_ends(momentum):
    """The decay acts beside the momentum: with 0.9 a tenth of it is left."""
    X, y = regression(20, seed=1)
    found = model(m=3, seed=1, optimizer=keras.optimizers.SGD(0.02, momentum=momentum, weight_decay=0.2))
    for _ in range(1500):
        found.train_on_batch(X, y[:, None])
    trained = rx.from_keras(found, X, y)
    assert abs(float(trained.problem.penalty) - 2 * (1 - momentum)) < 1e-12
    assert abs(measured_penalty(trained.problem, trained.network) / float(trained.problem.penalty) - 1) < 0.1


def test_arrays_of_weights_and_other_layers():
    X, y = regression(10)
    found = model(kernel=L2(0.3))
    trained = rx.from_keras(found, X, y)
    again = rx.from_keras(found.get_weights(), X, y, l2=0.3, optimizer="SGD")
    assert again == trained
    keras.utils.set_random_seed(0)
    said = {"kernel_regularizer": L2(0.3), "dtype": "float64"}
    inputs = layers.Input((2,))
    outputs = layers.Dense(1, **said)(layers.ReLU(dtype="float64")(layers.Dense(4, **said)(inputs)))
    other = keras.Model(inputs, outputs)
    other.set_weights(found.get_weights())
    other.compile(optimizer="sgd", loss="mse")
    assert rx.from_keras(other, X, y).network == trained.network
    bare = model(kernel=L2(0.3), use_bias=False)
    assert rx.from_keras(bare, X, y).problem.hidden_bias == "none"
    assert rx.from_keras(bare.get_weights(), X, y, l2=0.3).network == rx.from_keras(bare, X, y).network
    exact = trained.network.predict(X, floats="binary", as_floats=True)
    assert np.abs(np.array(exact) - found.predict(X, verbose=0)[:, 0]).max() < 1e-6  # its input is float32


def test_what_has_no_problem_says_why():
    X, y = regression(10)
    dense = {"kernel_regularizer": L2(0.3)}

    def built(*parts):
        return keras.Sequential([layers.Input((2,)), *parts])

    ends = layers.Dense(1, **dense)
    for case, words in [
        (built(layers.Dense(4, "relu", **dense), layers.Dropout(0.5), layers.Dense(1, **dense)), "Dropout"),
        (built(layers.Dense(4, "tanh", **dense), layers.Dense(1, **dense)), "activations are tanh"),
        (built(layers.Dense(4, "relu", **dense), layers.Dense(1, "relu", **dense)), "relu, relu"),
        (built(ends), "layers are Dense;"),
        (built(layers.Dense(4, "relu", **dense), layers.Dense(1)), "regularizers differ"),
        (built(layers.Dense(4, "relu", kernel_regularizer="l1"), layers.Dense(1, **dense)), "kernel_regularizer L1"),
        (built(layers.Dense(4, "relu", activity_regularizer="l2", **dense), layers.Dense(1, **dense)), "penalises its outputs"),
        (built(layers.Dense(4, "relu", **dense), layers.Dense(2, **dense)), "2 outputs"),
        (built(layers.Dense(4, "relu", **dense), layers.Dense(1, "sigmoid", **dense)), "sigmoid"),
        (model(optimizer=keras.optimizers.AdamW(weight_decay=0.1)), "decoupled decay.*penalty 1/2"),
        (model(kernel=L2(0.3), optimizer=keras.optimizers.SGD(weight_decay=0.1)), "acts on the biases, too"),
        (model(kernel=L2(0.3), loss="logcosh"), "logcosh|log_cosh"),
        (model(kernel=L2(0.3), loss="binary_crossentropy"), "sigmoid belongs"),
        (model(kernel=L2(0.3), loss_weights=[0.5]), "loss_weights"),
        (model(kernel=L2(0.3), optimizer=keras.optimizers.Ftrl(l2_regularization_strength=0.1)), "penalties of its own"),
        (model(kernel=L2(0.3), optimizer=keras.optimizers.LossScaleOptimizer(keras.optimizers.AdamW())), "decoupled"),
        (model(), "nothing is penalised"),
    ]:
        with pytest.raises(rx.InputError, match=words):
            rx.from_keras(case, X, y)
    with pytest.raises(rx.InputError, match="the regularizers of the model say it"):
        rx.from_keras(model(kernel=L2(0.3)), X, y, l2=0.3)
