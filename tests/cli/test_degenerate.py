"""Data that few people mean: every command that takes data solves and proves it, and a remark says what is peculiar."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app

SINGLE = "there is one row only"
CASES = {
    "a constant column": (
        [[1, 5], [2, 5], [3, 5]],
        [1, 2, 0],
        ["column 'x2' is 5 in all rows: it acts as a bias (of no effect beside a free one)"],
    ),
    "a zero column": (
        [[1, 0], [2, 0], [3, 0]],
        [1, 2, 0],
        ["column 'x2' is zero in all rows: optimal neurons give it no weight"],
    ),
    "zero columns and rows": (
        [[0, 0], [0, 0]],
        [1, 2],
        [
            "2 rows are zero in all columns: a network without biases is zero there",
            "column 'x1' is zero in all rows: optimal neurons give it no weight",
            "column 'x2' is zero in all rows: optimal neurons give it no weight",
        ],
    ),
    "nothing but zeros": (
        [[0]],
        [0],
        [
            SINGLE,
            "row 1 is zero in all columns: a network without biases is zero there",
            "column 'x1' is zero in all rows: optimal neurons give it no weight",
            "the target is zero in all rows: the zero network fits it",
        ],
    ),
    "a constant target": (
        [[1, 1], [2, 1], [3, 1]],
        [4, 4, 4],
        ["column 'x2' is 1 in all rows: it acts as a bias (of no effect beside a free one)", "the target is 4 in all rows"],
    ),
    "a zero target": ([[1, 2], [2, 1], [3, 1]], [0, 0, 0], ["the target is zero in all rows: the zero network fits it"]),
    "one row": ([[2, 1]], [3], [SINGLE]),
    "one number": ([[2]], [3], [SINGLE]),
    "equal rows, other targets": (
        [[1, 1], [1, 1], [2, 1]],
        [1, 3, 0],
        [
            "column 'x2' is 1 in all rows: it acts as a bias (of no effect beside a free one)",
            "the rows 1 and 2 are equal but their targets differ: no network fits both",
        ],
    ),
    "equal rows whose targets cancel": (
        [[1], [1]],
        [1, -1],
        [
            "column 'x1' is 1 in all rows: it acts as a bias (of no effect beside a free one)",
            "the rows 1 and 2 are equal but their targets differ: no network fits both",
        ],
    ),
    "equal rows in two groups": (
        [[1], [1], [2], [2], [2]],
        [1, -1, 0, 3, 0],
        ["5 rows, in 2 groups, are equal to others but their targets differ: no network fits all of them"],
    ),
    "zero rows": (
        [[0, 0], [1, 2], [0, 0]],
        [5, 1, -5],
        ["2 rows are zero in all columns: a network without biases is zero there"],
    ),
    "more columns than rows": ([[1, 2, 3, 4], [2, 0, 1, 1]], [1, -2], []),
    "equal columns": (
        [[1, 1, 2], [2, 2, 1], [3, 3, 5]],
        [1, 0, 2],
        ["the columns 'x1' and 'x2' are equal: optimal neurons weight them equally"],
    ),
    "dependent columns": ([[1, 2], [2, 4], [-1, -2]], [1, 2, 3], []),
    "opposite rows": ([[1, 1], [-1, -1], [1, -1], [-1, 1]], [1, 1, -1, -1], []),
}
PENALTY = ["--penalty", "1/2"]
COMMANDS = [
    ["solve", *PENALTY],
    ["solve", *PENALTY, "--bound"],
    ["set", *PENALTY],
    ["minimal", *PENALTY],
    ["width", *PENALTY, "--width", "1"],
    ["width", *PENALTY, "--curve"],
    ["graph", *PENALTY],
    ["classify", *PENALTY, "--network", "network.json"],
    ["descend", *PENALTY, "--network", "network.json"],
    ["max-penalty"],
    ["interpolate"],
    ["patterns"],
]


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Write the data of a case, and a network that is wide enough for a way down."""
    monkeypatch.chdir(tmp_path)

    def write(X, y, bias=False):
        wide, width = len(X[0]) + bias, len(X) + 3
        (tmp_path / "data.json").write_text(json.dumps({"X": X, "y": y}))
        hidden, output = [[0] * wide for _ in range(width)], [0] * width
        hidden[0][0] = output[0] = 1
        (tmp_path / "network.json").write_text(json.dumps({"hidden": hidden, "output": output}))

    return write


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.mark.parametrize("name", CASES)
def test_every_command_proves_its_answer_and_says_what_is_peculiar(files, name):
    X, y, remarks = CASES[name]
    files(X, y)
    for command, *options in COMMANDS:
        result = run(command, "data.json", *options, "--json")
        assert result.exit_code == 0, f"{command} {options}: {result.stderr}"
        assert [line.removeprefix("remark: ") for line in result.stderr.splitlines()] == remarks
        document = json.loads(result.stdout)
        assert document["remarks"] == remarks
        assert document.get("status", "PROVED") == "PROVED"


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_with_a_bias(files, name):
    X, y, _ = CASES[name]
    files(X, y, bias=True)
    for command, *options in COMMANDS:
        result = run(command, "data.json", "--bias", *options)
        assert result.exit_code == 0, f"{command} {options}: {result.stderr}"
    assert "x2' is 5 in all rows: it does what the bias does" in result.stderr or name != "a constant column"


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("bias", [False, True])
def test_certificates_of_such_data_are_accepted(name, bias, tmp_path):
    X, y, _ = CASES[name]
    optimum = rx.solve(rx.Dataset(X, y, bias), "1/2")
    optimum.save(tmp_path / "optimum.json")
    assert rx.check(tmp_path / "optimum.json").verified
    rx.save(rx.optimal_set(optimum), tmp_path / "set.json")
    assert rx.check(tmp_path / "set.json").verified


@pytest.mark.parametrize(
    ("X", "y", "penalty", "value"),
    [
        ([[2]], [3], 1, Fraction(11, 8)),  # y^2/2 - (|x||y| - b)^2 / (2 x^2)
        ([[2]], [-3], 1, Fraction(11, 8)),
        ([[0]], [3], 1, Fraction(9, 2)),
        ([[3, 4]], [2], 1, 2 - Fraction(81, 50)),  # |x| = 5
        ([[3, 4]], [2], 10, 2),  # the greatest useful penalty is |x||y|
        ([[1], [1]], [1, 3], 1, 1 + 4 - Fraction(9, 4)),  # half the spread, and one row sqrt(2) with the target 2 sqrt(2)
        ([[1], [1]], [1, -1], "1/100", 1),
        ([[0, 0], [3, 4], [0, 0]], [5, 2, -5], 1, 25 + 2 - Fraction(81, 50)),
        ([[1, 0], [2, 0], [3, 0]], [1, 2, 3], 1, 7 - Fraction(13**2, 28)),  # (y.x - b)^2 / (2 x.x)
        ([["3/5", "4/5"], ["6/5", "8/5"]], [1, 2], 1, Fraction(5, 2) - Fraction(8, 5)),  # rows 1, 2 along (3/5, 4/5)
        ([[1, 2], [3, 4]], [0, 0], 1, 0),
    ],
)
def test_values_that_a_formula_gives(X, y, penalty, value):
    optimum = rx.solve(rx.Dataset(X, y), penalty)
    assert optimum.status is rx.Status.PROVED
    assert optimum.value == value


def test_an_equal_column_is_as_good_as_its_multiple_by_sqrt_2():
    """Two equal columns x, x: |w| is least where both weights are equal, so that they act as the one column sqrt(2) x."""
    double, single = rx.Dataset([[1, 1], [2, 2], [-3, -3]], [1, 0, 2]), rx.Dataset([[2], [4], [-6]], [1, 0, 2])
    assert rx.solve(double, 1).value == rx.solve(rx.Dataset([[1, 1, 0], [2, 2, 0], [-3, -3, 0]], [1, 0, 2]), 1).value
    fourfold = rx.Dataset([[1] * 4, [2] * 4, [-3] * 4], [1, 0, 2])
    assert rx.solve(fourfold, 1).value == rx.solve(single, 1).value


def test_no_rows_and_no_columns_are_errors(files):
    files([[1]], [1])
    for text in ('{"X": [], "y": []}', '{"X": [[], []], "y": [1, 2]}'):
        Path("data.json").write_text(text)
        for command, *options in COMMANDS:
            result = run(command, "data.json", *options)
            assert (result.exit_code, result.stdout) == (2, "")
            assert result.stderr.startswith("error: data.json: X")


def test_remarks_are_no_part_of_a_data_set():
    data = rx.Dataset([[1, 5], [2, 5]], [1, 2], names=["a", "b"])
    assert data.remarks == ("column 'b' is 5 in all rows: it acts as a bias (of no effect beside a free one)",)
    assert data == rx.Dataset([[1, 5], [2, 5]], [1, 2])
    assert "remarks" not in repr(data)
