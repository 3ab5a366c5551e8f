"""What carries over to which kind: the table of the documents is that of the code, and the code does what it says."""

from __future__ import annotations

import pytest
from paths import ROOT

import reluexact as rx
from reluexact.kinds.carries import CARRIES, PARTS, parts_of, require_carried, table
from reluexact.kinds.table import KINDS

DATA = rx.Dataset([[1], [2], [4]], [1, -1, 1])
EXAMPLES = {
    "loss": {"loss": "hinge"},
    "logistic": {"loss": "logistic"},
    "weights": {"weights": [1, 2, 1]},
    "hidden_bias": {"hidden_bias": "free", "output_bias": "free"},
    "free": {"skip": "free"},
    "penalised": {"output_bias": "penalised"},
}


def test_the_readme_has_the_table():
    assert f"table() -->\n{table()}<!-- end" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_entry_is_a_kind_and_a_function():
    folders = {kind.folder: kind for kind in KINDS}
    for entry in CARRIES:
        assert entry.folder in folders
        assert hasattr(rx, entry.python)
        if entry.folder != "bound":
            assert folders[entry.folder].command == entry.command


def test_every_command_of_a_kind_is_in_the_table():
    named = {entry.command.split()[0] for entry in CARRIES}
    assert {kind.command for kind in KINDS if kind.command} - {"patterns"} == named


@pytest.mark.parametrize("part", PARTS)
def test_a_problem_has_the_part(part):
    assert part in parts_of(rx.Problem(DATA, 1, **EXAMPLES[part]))


def test_the_short_form_has_no_part():
    assert parts_of(rx.Problem(DATA, 1, hidden_bias="penalised")) == ()


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("entry", CARRIES, ids=lambda entry: entry.folder)
def test_what_is_not_served_is_refused_by_name(entry, part):
    problem = rx.Problem(DATA, 1, **EXAMPLES[part])
    if set(parts_of(problem)) <= set(entry.parts):
        require_carried(problem, entry.folder)
        return
    with pytest.raises(rx.InputError, match=f"{entry.python} does not take .*prove_bound"):
        require_carried(problem, entry.folder)


@pytest.mark.parametrize("part", PARTS)
def test_what_is_served_is_answered(part):
    problem = rx.Problem(DATA, 1, **EXAMPLES[part])
    assert rx.bound(problem).lower <= rx.bound(problem).upper
    if part == "penalised":
        with pytest.raises(rx.InputError):
            rx.max_penalty(problem)
    else:
        assert rx.max_penalty(problem) >= 0


@pytest.mark.parametrize("part", [part for part in PARTS if part != "logistic"])
def test_solve_takes_every_other_part(part):
    problem = rx.Problem(DATA, 1, **EXAMPLES[part])
    optimum = rx.solve(problem)
    bound = rx.bound(problem)
    assert optimum.status is rx.Status.PROVED
    assert optimum.lower <= bound.upper
    assert bound.lower <= optimum.upper


def test_solve_of_a_problem_without_parts_is_the_short_form():
    assert rx.solve(rx.Problem(DATA, 1)) == rx.solve(DATA, 1)


@pytest.mark.parametrize("call", [rx.solve_width, rx.stationary_graph])
def test_functions_of_a_data_set_refuse_a_problem(call):
    problem = rx.Problem(DATA, 1, "hinge")
    with pytest.raises(rx.InputError, match="a Problem is for rx.solve, rx.bound and rx.max_penalty"):
        call(problem, 1, **({"width": 1} if call is rx.solve_width else {}))
