"""Weights of Keras, and of pyscnn, without these programs."""

from __future__ import annotations

import numpy as np
import pytest

import reluexact as rx

KERNEL, BIAS, OUTPUT, LAST = np.array([[1.0, -2.0]]), np.array([0.5, 0.0]), np.array([[3.0], [1.0]]), np.array([0.25])
ROWS = {"X": [[1], [2]], "y": [1, 2]}


def test_the_order_of_kernels_and_biases():
    whole = rx.from_keras([KERNEL, BIAS, OUTPUT, LAST], **ROWS, l2="1/10").network
    assert whole == rx.BiasedNetwork([[1], [-2]], [3, 1], hidden_bias=["1/2", 0], output_bias="1/4")
    bare = rx.from_keras([KERNEL, OUTPUT], **ROWS, l2="1/10")
    assert bare.network == rx.BiasedNetwork([[1], [-2]], [3, 1])
    assert bare.problem.hidden_bias == "none"
    assert rx.from_keras([KERNEL, OUTPUT, LAST], **ROWS, l2="1/10").network.output_bias * 4 == 1


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ([KERNEL], r"\(1, 2\); two Dense layers"),
        ([KERNEL, BIAS, BIAS, OUTPUT], "two Dense layers"),
        ([KERNEL, BIAS, OUTPUT, LAST, LAST], "two Dense layers"),
        ([KERNEL, BIAS, KERNEL, LAST], "2 outputs"),
        ([KERNEL, LAST, OUTPUT, LAST], "2 neurons and 1 bias"),
        (3, "no model of Keras"),
    ],
)
def test_weights_of_other_networks(weights, words):
    with pytest.raises(rx.InputError, match=words):
        rx.from_keras(weights, **ROWS, l2=1)


class ConvexReLU:
    pass


class ConvexGatedReLU:
    pass


@pytest.mark.parametrize(
    ("model", "words"),
    [(ConvexReLU(), "return_convex=False"), (ConvexGatedReLU(), "fixed gates"), (3, "no NonConvexReLU")],
)
def test_models_of_pyscnn_that_are_no_networks(model, words):
    with pytest.raises(rx.InputError, match=words):
        rx.from_scnn(model, **ROWS, lam=1, unitize_data=False)


class NonConvexReLU:
    parameters, c = [np.zeros((0, 1)), np.zeros((1, 0))], 1


def test_a_network_of_pyscnn_without_neurons():
    network, problem = rx.from_scnn(NonConvexReLU(), **ROWS, lam=1, unitize_data=False)
    assert network == rx.BiasedNetwork([], [])
    assert problem.objective(network) * 2 == 5
