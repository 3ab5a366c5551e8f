"""Data sets: exact, immutable, and every bad input is one InputError with place and cure."""

from __future__ import annotations

import array
import copy
import dataclasses
import hashlib
import pickle
import re
import subprocess
import sys
from collections import deque
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import ROOT
from strategies import datasets

from reluexact.errors import InputError
from reluexact.geometry.hyperplanes import hyperplanes
from reluexact.model.dataset import Dataset

SAME = Dataset([[1, 2], [3, 4]], [5, 6])


@pytest.mark.parametrize(
    "X",
    [
        ((1, 2), (3, 4)),
        [["1", "4/2"], ["3.0", "4e0"]],
        [[Fraction(1), Decimal(2)], (np.int8(3), 4)],
        np.array([[1, 2], [3, 4]]),
        np.array([[1, 2], [3, 4]], dtype=np.uint8),
        np.array([["1", "2"], ["3", "4"]]),
        np.asfortranarray([[1, 2], [3, 4]]),
        np.array([[1, 2], [3, 4], [0, 0]])[:2],
        np.array([[1, 2], [3, 4]]).view(np.matrix),
        np.ma.masked_array([[1, 2], [3, 4]]),
        [np.array([1, 2]), np.array([3, 4])],
        deque([range(1, 3), array.array("i", [3, 4])]),
    ],
    ids=lambda X: type(X).__name__,
)
def test_whatever_holds_the_same_numbers_is_the_same_data(X):
    data = Dataset(X, np.array([5, 6]))
    assert data == SAME
    assert hash(data) == hash(SAME)
    assert data.digest == SAME.digest
    assert all(type(x.numerator) is int for row in data.X for x in row)


GOOD_Y = [5, 6]


@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        ([], [], r"X is empty; give at least one row"),
        (np.zeros((0, 2), int), [], r"X is empty"),
        ([[], []], GOOD_Y, r"X\[0\] is empty; give each row at least one entry"),
        (np.zeros((2, 0), int), GOOD_Y, r"X\[0\] is empty"),
        ([[1, 2], [3]], GOOD_Y, r"X\[1\] has 1 entry but X\[0\] has 2; make all rows equally long"),
        ([[1], [2, 3]], GOOD_Y, r"X\[1\] has 2 entries but X\[0\] has 1"),
        ([[1, 2], []], GOOD_Y, r"X\[1\] is empty"),
        ([1, 2], GOOD_Y, r"X\[0\]: 1 \(int\) is not a row; X is a list of rows, one feature is written \[\[1\], \[2\]\]"),
        (np.array([1, 2]), GOOD_Y, r"X: an array of shape \(2,\) has 1 dimensions, not 2; X is a list of rows"),
        (np.zeros((2, 1, 1), int), GOOD_Y, r"X: an array of shape \(2, 1, 1\) has 3 dimensions"),
        (np.array(3), GOOD_Y, r"X: an array of shape \(\) has 0 dimensions"),
        ([[[1]], [[2]]], GOOD_Y, r"X\[0\]\[0\]: \[1\] \(list\) stands where one number belongs"),
        ([[1], [np.array([2])]], GOOD_Y, r"X\[1\]\[0\]: array\(\[2\]\) \(ndarray\) stands where one number"),
        (["12", "34"], GOOD_Y, r"X\[0\]: '12' \(str\) is not a row"),
        ([b"12", b"34"], GOOD_Y, r"X\[0\]: b'12' \(bytes\) is not a row"),
        ("12", GOOD_Y, r"X: '12' \(str\) is not a list; X is a list of rows"),
        (b"12", GOOD_Y, r"X: b'12' \(bytes\) is not a list"),
        (None, GOOD_Y, r"X: None \(NoneType\) is not a list"),
        (7, GOOD_Y, r"X: 7 \(int\) is not a list"),
        ({0: [1], 1: [2]}, GOOD_Y, r"X: \{.*\} \(dict\) is not a list"),
        ({1, 2}, GOOD_Y, r"X: \{1, 2\} \(set\) is not a list"),
        ([[1], None], GOOD_Y, r"X\[1\]: None \(NoneType\) is not a row"),
        ([[1], [None]], GOOD_Y, r"X\[1\]\[0\]: None \(NoneType\) is not a rational number"),
        ([[1], ["two"]], GOOD_Y, r"X\[1\]\[0\]: 'two' is not a number; write an integer"),
        ([[1], ["nan"]], GOOD_Y, r"X\[1\]\[0\]: 'nan' is not a number"),
        ([[1], [float("inf")]], GOOD_Y, r"X\[1\]\[0\]: inf is not a finite number"),
        ([[1], [0.5]], GOOD_Y, r"X\[1\]\[0\]: the float 0.5 is not exact; give text such as '0.5', or say floats="),
        (np.array([[1.0], [0.5]]), GOOD_Y, r"X\[0\]\[0\]: the float 1.0 is not exact"),
        ([[1], [1j]], GOOD_Y, r"X\[1\]\[0\]: 1j \(complex\) is not a rational number"),
        ([[1], [True]], GOOD_Y, r"X\[1\]\[0\]: True is a truth value"),
        (np.array([[1j], [2]]), GOOD_Y, r"X: an array of type complex128 does not hold exact numbers; give integers, or lists"),
        (np.array([[True], [False]]), GOOD_Y, r"X: an array of type bool"),
        (np.array([[Fraction(1)], [2]], dtype=object), GOOD_Y, r"X: an array of type object"),
        (np.array([[b"1"], [b"2"]]), GOOD_Y, r"X: an array of type \|S1"),
        (np.array([[1], [2]], dtype="m8[s]"), GOOD_Y, r"X: an array of type timedelta64"),
        (np.zeros((2, 1), dtype=[("a", int)]), GOOD_Y, r"X: an array of type \[\('a'"),
        (np.ma.masked_array([[1], [2]], mask=[[False], [True]]), GOOD_Y, r"X: a masked array hides entries"),
        ([[1], ["1e999999"]], GOOD_Y, r"X\[1\]\[0\]: '1e999999' has more than 4000 digits"),
        ([[1], [2]], [1], r"y has 1 value but X has 2 rows; give one target per row"),
        ([[1], [2]], [1, 2, 3], r"y has 3 values but X has 2 rows"),
        ([[1], [2]], [], r"y has 0 values but X has 2 rows"),
        ([[1], [2]], [[1], [2]], r"y\[0\]: \[1\] \(list\) stands where one number belongs; y is one flat list of numbers"),
        ([[1], [2]], np.array([[1], [2]]), r"y: an array of shape \(2, 1\) has 2 dimensions, not 1; y is one flat list"),
        ([[1], [2]], "12", r"y: '12' \(str\) is not a list"),
        ([[1], [2]], 1, r"y: 1 \(int\) is not a list"),
        ([[1], [2]], None, r"y: None"),
        ([[1], [2]], [1, "x"], r"y\[1\]: 'x' is not a number"),
        ([[1], [2]], [1, float("nan")], r"y\[1\]: nan is not a finite number"),
    ],
)
def test_bad_input(X, y, message):
    with pytest.raises(InputError, match=f"^{message}"):
        Dataset(X, y)


def test_floats_are_read_as_the_caller_says():
    X = np.array([[0.1], [2.0]])
    assert Dataset(X, [0.5, 1], floats="decimal") == Dataset([["1/10"], [2]], ["1/2", 1])
    assert Dataset(X, [0.5, 1], floats="binary").X[0][0] == Fraction(0.1) != Fraction(1, 10)
    assert Dataset(np.float32(X), [0, 1], floats="decimal").X[0][0] == Fraction(1, 10)
    with pytest.raises(InputError, match=r"X\[0\]\[0\]: nan is not a finite number"):
        Dataset([[float("nan")]], [1], floats="decimal")


def test_bias_appends_ones():
    data = Dataset([[2], [3]], [1, 2], True, names=["time"], target_name="height")
    assert data.X == ((2, 1), (3, 1))
    assert (data.n, data.d, data.names, data.target_name) == (2, 2, ("time", "bias"), "height")
    assert data == Dataset([[2, 1], [3, 1]], [1, 2])


@pytest.mark.parametrize("bias", [1, 0, "yes", None])
def test_bias_is_true_or_false(bias):
    with pytest.raises(InputError, match="^bias: .* is not True or False"):
        Dataset([[1]], [1], bias)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["a"], "1 name for 2 columns of X"),
        (["a", "b", "c"], "3 names for 2 columns"),
        (["a", "a"], "'a' names two columns of X; rename one"),
        (["a", "bias"], "'bias' names two columns"),
        ("ab", "give a list of texts"),
        ([1, 2], "give a list of texts"),
        (5, "give a list of texts"),
    ],
)
def test_bad_names(names, message):
    with pytest.raises(InputError, match=f"^names: {message}"):
        Dataset([[1, 2]], [1], bias=True, names=names)


def test_a_target_name_is_text():
    with pytest.raises(InputError, match="target_name as one text"):
        Dataset([[1]], [1], target_name=3)


def test_nothing_can_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        SAME.X = ()
    with pytest.raises(TypeError):
        SAME.y[0] = 1
    rows = [[1, 2], [3, 4]]
    data = Dataset(rows, [5, 6])
    rows[0][0] = 9
    assert data == SAME


def test_names_are_labels_only():
    named = Dataset(SAME.X, SAME.y, names=["a", "b"], target_name="c")
    assert named == SAME
    assert {named: 1}[SAME] == 1


def test_other_numbers_are_other_data():
    others = [Dataset([[1, 2], [3, 5]], [5, 6]), Dataset([[1, 2], [3, 4]], [5, 7]), Dataset([[3, 4], [1, 2]], [6, 5])]
    assert all(other != SAME and other.digest != SAME.digest for other in others)


def test_the_digest_is_that_of_the_documented_text():
    text = '{"X":[["1/2","-3"]],"y":["0"]}'
    assert Dataset([["0.5", -3]], [0]).digest == hashlib.sha256(text.encode()).hexdigest()


def test_the_digest_does_not_depend_on_the_process():
    code = "from reluexact.model.dataset import Dataset; import sys; sys.stdout.write(Dataset([[1,2],[3,4]],[5,6]).digest)"
    for seed in "01":
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        assert run.stdout == SAME.digest


@given(datasets())
def test_copies_are_equal(data):
    for twin in (pickle.loads(pickle.dumps(data)), copy.deepcopy(data), Dataset(data.X, data.y)):
        assert twin == data
        assert hash(twin) == hash(data)
        assert (twin.digest, twin.names) == (data.digest, data.names)


entries = st.one_of(
    st.integers(-5, 5), st.text(max_size=3), st.floats(), st.none(), st.booleans(), st.lists(st.integers(), max_size=2)
)


@given(st.lists(st.lists(entries, max_size=3) | entries, max_size=3), st.lists(entries, max_size=3))
def test_arbitrary_lists_are_data_or_an_input_error(X, y):
    try:
        data = Dataset(X, y)
    except InputError:
        return
    assert (data.n, data.d) == (len(X), len(X[0]))


def test_hyperplanes_are_grouped_once_and_leave_the_data_set_as_it_is():
    fresh, asked = (Dataset([[1, 2], [2, 4], [0, 0]], [1, 2, 3]) for _ in range(2))
    before = pickle.dumps(asked), hash(asked), repr(asked)
    found = asked.hyperplanes
    assert found == hyperplanes(asked.X)
    assert asked.hyperplanes is found
    assert (pickle.dumps(asked), hash(asked), repr(asked)) == before
    assert asked == fresh
    for copied in (pickle.loads(pickle.dumps(asked)), copy.copy(asked), copy.deepcopy(asked)):
        assert copied == asked
        assert copied.hyperplanes == found
    with pytest.raises(dataclasses.FrozenInstanceError):
        asked.X = ()


def test_no_file_groups_the_rows_of_a_data_set_again():
    package = ROOT / "reluexact"
    again = [
        path for path in package.rglob("*.py") if re.search(r"\bhyperplanes\([\w.]*data\.X\)", path.read_text(encoding="utf-8"))
    ]
    assert not again
