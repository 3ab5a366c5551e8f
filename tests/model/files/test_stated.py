"""What files state of their problem: read as such, and refused by name where it is none."""

from __future__ import annotations

import json
from fractions import Fraction
from io import BytesIO

import numpy as np
import pytest

import reluexact as rx

DATA = {"X": [["1/2", 2], [3, 4]], "y": [1, -1]}


def read(document, penalty=None):
    return rx.Problem.read(BytesIO(json.dumps(document).encode()), penalty, format="json")


def test_all_parts():
    parts = {"loss": "huber(1/2)", "weights": ["1/3", 2], "hidden_bias": "free", "output_bias": "free", "skip": "penalised"}
    assert read({**DATA, "penalty": "1/7", **parts}) == rx.Problem(rx.Dataset(**DATA), "1/7", **parts)
    assert read({**DATA, "penalty": 3, "weights": None}, "0.5") == rx.Problem(rx.Dataset(**DATA), "1/2")


def test_a_penalised_bias_is_the_column_of_ones_or_is_appended():
    ones = {"X": [[2, 1], [3, 1]], "y": [1, 2], "penalty": 1, "hidden_bias": "penalised", "skip": "free"}
    found = read(ones)
    assert (found.data.names, found.features) == (("x1", "bias"), (0,))
    assert found == read({**ones, "X": [[2], [3]]})
    assert rx.Dataset.read(BytesIO(json.dumps({**ones, "skip": "none"}).encode()), format="json").names == ("x1", "bias")


def test_losses_as_certificates_state_them():
    loss = {"of": "difference", "breakpoints": ["0"], "pieces": [["0", "-1", "0"], ["0", "2", "0"]]}
    assert read({**DATA, "penalty": 1, "loss": loss}).loss == rx.PiecewiseQuadratic([0], [[0, -1, 0], [0, 2, 0]])
    assert read({**DATA, "penalty": 1, "loss": {"of": "margin", "function": "logistic"}}).loss == rx.logistic


def test_rows_that_are_left_out_take_their_weights_along(tmp_path):
    place = tmp_path / "data.json"
    place.write_text(json.dumps({"X": [[1], [None], [3]], "y": [1, 2, 3], "penalty": 1, "weights": [2, 3, 5]}))
    with pytest.raises(rx.InputError, match="the value is missing"):
        rx.Problem.read(place)
    from reluexact.model.dataset import read_stated
    from reluexact.model.files.reading import Reading

    data, _, stated = read_stated(place, reading=Reading(drop_missing=True))
    assert (data.n, stated.weights) == (2, (2, 5))


def test_npz(tmp_path):
    place = tmp_path / "data.npz"
    np.savez(place, X=[[0.5], [2.0]], y=[1.0, -1.0], penalty=0.25, loss="hinge", output_bias="free")
    assert rx.Problem.read(place, floats="binary") == rx.Problem(rx.Dataset([["1/2"], [2]], [1, -1]), "1/4", "hinge", "free")


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"loss": 3}, "loss: '3' is no loss"),
        ({"loss": "cubic"}, "loss: 'cubic' is no loss"),
        ({"loss": {"pieces": [[1, 0, 0]]}}, "is no loss; it is a name"),
        ({"loss": {"breakpoints": [0], "pieces": [[0, 1, 0], [0, -1, 0]]}}, "convex"),
        ({"hidden_bias": "some"}, "hidden_bias: 'some'; say 'none', 'free' or 'penalised'"),
        ({"skip": ["free"]}, r"skip: \['free'\]; say"),
        ({"weights": [1]}, "weights: 1 for 2 rows"),
        ({"weights": [1, -1]}, r"weights\[1\]: -1 is not positive"),
        ({"weights": 2}, "weights: the number 2 stands where a list"),
        ({"skp": "free"}, "'skp' is not known; the names are X, y and penalty, of a problem also loss"),
    ],
)
def test_what_is_refused(parts, message):
    with pytest.raises(rx.InputError, match=message):
        read({**DATA, "penalty": Fraction(1).numerator, **parts})


def test_a_penalty_is_needed():
    with pytest.raises(rx.InputError, match="penalty: the file has none"):
        read({**DATA, "loss": "absolute"})
