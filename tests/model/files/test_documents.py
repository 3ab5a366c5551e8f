"""json and npz and npy files: gaps, floats, tables without names; messages name the file once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from paths import ROOT

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset


@pytest.fixture(autouse=True)
def stand_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def refused(place, **options):
    with pytest.raises(InputError) as error:
        Dataset.read(place, **options)
    text = str(error.value)
    assert text.count(str(place)) == 1 or "reluexact check" in text
    return text


def document(value, name="data.json"):
    Path(name).write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return name


def test_a_json_file_with_gaps():
    name = document('{"X": [[1, null], [2, 3], [4, "NA"], [5, 6]], "y": [1, NaN, 0, 2.5]}')
    assert refused(name) == (
        "data.json: X[0][1]: the value is missing; 3 of 4 rows have a missing value; fill the values in, "
        "or drop these rows with drop_missing=True"
    )
    data = Dataset.read(name, drop_missing=True)
    assert data == Dataset([[5, 6]], ["5/2"])
    assert data.remarks[0] == "data.json: 3 of 4 rows have a missing value: left out"
    assert "no row is left" in refused(document('{"X": [[null]], "y": [1]}'), drop_missing=True)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"X": [[1, [2]]], "y": [1]}, "data.json: X[0][1]: a list stands where a number belongs"),
        ({"X": [[1, {}]], "y": [1]}, "data.json: X[0][1]: an object stands where a number belongs"),
        ({"X": [[False]], "y": [1]}, "data.json: X[0][0]: false stands where a number belongs"),
        ({"X": [[1]], "y": 1}, "data.json: y: the number 1 stands where a list of numbers belongs"),
        ({"X": [None], "y": [1]}, "data.json: X[0]: null stands where a row belongs"),
        ({"X": [[1]], "y": ["x"]}, "data.json: y[0]: 'x' is not a number"),
        ({"X": [[1]], "y": [1], "penalty": [2]}, "data.json: penalty: a list stands where a number > 0 belongs"),
        (None, "data.json: the file holds null, no object"),
        ({"hidden": [[1]], "output": [1]}, "data.json: this is a network, not data; name the file with the data first"),
        ({"kind": "classification", "summary": ""}, "data.json: this is a result of reluexact (of the kind 'classification')"),
    ],
)
def test_messages_say_what_there_is_in_the_words_of_json(value, message):
    assert refused(document(value)).startswith(message)


def test_a_certificate_is_recognised():
    shutil.copy(ROOT / "tests" / "good" / "bound-plane.json", "data.json")
    assert refused("data.json") == (
        "data.json: this is a certificate of reluexact (of the kind bound), not data; re-check it with: reluexact check data.json"
    )


def test_an_npz_file_with_gaps():
    np.savez("data.npz", X=np.array([[1.5, 2], [np.nan, 3], [4, 5]]), y=np.array([1, 2, np.nan]))
    assert refused("data.npz", floats="decimal").startswith("data.npz: X[1][0]: the value is missing; 2 of 3 rows have")
    data = Dataset.read("data.npz", floats="decimal", drop_missing=True)
    assert data == Dataset([["3/2", 2]], [1])
    assert data.remarks[0] == "data.npz: 2 of 3 rows have a missing value: left out"


def test_an_npy_file_is_a_table():
    np.save("data.npy", np.array([[1, 2, 3], [4, 5, 6]]))
    data = Dataset.read("data.npy")
    assert data == Dataset([[1, 2], [4, 5]], [3, 6])
    assert (data.names, data.target_name) == (("x1", "x2"), "x3")
    assert Dataset.read("data.npy", target="x1", features=["x3"]) == Dataset([[3], [6]], [1, 4])


def test_an_npy_file_of_floats():
    np.save("data.npy", np.array([[0.1, 0.5], [np.nan, 1], [2, 3]], dtype=np.float32))
    assert refused("data.npy").startswith(
        "data.npy: rows[1], column x1: the value is missing; 1 of 3 rows has a missing value (x1: 1)"
    )
    assert refused("data.npy", drop_missing=True).startswith("data.npy: rows[0], column x1: the float 1.e-01 is not exact")
    data = Dataset.read("data.npy", floats="decimal", drop_missing=True)
    assert data == Dataset([["1/10"], [2]], ["1/2", 3])
    assert Dataset.read("data.npy", floats="binary", drop_missing=True).X[0][0] == 13421773 / 2**27


def test_an_npy_file_with_named_columns():
    np.save("data.npy", np.array([(1, 0.5), (2, 1.5)], dtype=[("a", "i4"), ("y", "f4")]))
    data = Dataset.read("data.npy", floats="binary")
    assert (data, data.names, data.target_name) == (Dataset([[1], [2]], ["1/2", "3/2"]), ("a",), "y")


def test_npy_and_npz_are_told_apart():
    np.save("data.npy", np.array([[1, 2]]))
    np.savez("other.npz", X=[[1]], y=[1])
    Path("data.npy").rename("data.npz")
    Path("other.npz").rename("other.npy")
    assert refused("data.npz").endswith("write it with numpy.savez(file, X=X, y=y), or name the file .npy")
    assert refused("other.npy").endswith("this is an archive, not one array; name the file .npz")


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.array([1, 2]), "data.npy: an array of shape (2,) is no table of rows and columns"),
        (np.array([[1], [2]]), "data.npy: only one column; a feature and a target are needed"),
        (np.array([[1j, 2]]), "data.npy: an array of type complex128 holds no numbers"),
        (np.array([[True, False]]), "data.npy: an array of type bool"),
        (np.zeros((0, 2)), "data.npy: no rows"),
    ],
)
def test_other_arrays(array, message):
    np.save("data.npy", array)
    assert refused("data.npy").startswith(message)
