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
        if entry.folder not in ("bound", "sparsest_spline"):  # which have the commands of other kinds
            assert folders[entry.folder].command == entry.command


def test_every_command_of_a_kind_is_in_the_table():
    named = {entry.command.split()[0] for entry in CARRIES}
    assert {kind.command for kind in KINDS if kind.command} - {
        "patterns",
        "bank",
        "interpolate",
        "ellipsoid",
        "spike-free",
        "cutting-plane",
    } == named


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
    assert rx.judge(NETWORK, problem).excess.high >= 0
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


NETWORK = rx.Network([[1], [0]], [1, 0])
CALLS = {
    "optimal_set": rx.optimal_set,
    "sensitivity": rx.sensitivity,
    "cross_validate": lambda problem: rx.cross_validate(problem, 1, folds=2),
    "minimum_network": rx.minimum_network,
    "solve_width": lambda problem: rx.solve_width(problem, width=1),
    "classify": lambda problem: rx.classify(NETWORK, problem),
    "stationary_graph": rx.stationary_graph,
    "solution_path": lambda problem: rx.solution_path(problem, share="1/2"),
    "theorem": rx.theorem,
    "descent_path": lambda problem: rx.descent_path(NETWORK, problem),
}
"""The kinds that take a problem beside those of :func:`test_what_is_served_is_answered`."""


def test_every_kind_is_called():
    assert {entry.python for entry in CARRIES} == {*CALLS, "prove_bound", "max_penalty", "solve", "sparsest_spline", "judge"}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", CALLS)
def test_a_kind_answers_or_refuses_a_problem_by_name(name, part):
    problem = rx.Problem(DATA, 1, **EXAMPLES[part])
    if part == "weights":
        assert CALLS[name](problem) == CALLS[name](rx.without_weights(problem))
        return
    with pytest.raises(rx.InputError, match=f"{name} does not take {PARTS[part]}.* yet .*prove_bound"):
        CALLS[name](problem)


@pytest.mark.parametrize("name", CALLS)
def test_a_plain_problem_is_answered_as_data_and_penalty_are(name):
    rows, penalty = DATA, "1/2"
    answers = {
        "optimal_set": lambda: rx.optimal_set(rx.solve(rows, penalty)),
        "cross_validate": lambda: rx.cross_validate(rows, 1, folds=2),
        "sensitivity": lambda: rx.sensitivity(rx.solve(rows, penalty)),
        "minimum_network": lambda: rx.minimum_network(rx.optimal_set(rx.solve(rows, penalty))),
        "solve_width": lambda: rx.solve_width(rows, penalty, 1),
        "classify": lambda: rx.classify(NETWORK, rows, penalty),
        "stationary_graph": lambda: rx.stationary_graph(rows, penalty),
        "solution_path": lambda: rx.solution_path(rows, share="1/2"),
        "theorem": lambda: rx.theorem(rows, penalty),
        "descent_path": lambda: rx.descent_path(NETWORK, rows, penalty),
    }
    assert CALLS[name](rx.Problem(rows, penalty)) == answers[name]()


def test_the_penalty_of_a_problem_is_not_given_twice():
    with pytest.raises(rx.InputError, match="the problem has its penalty"):
        rx.classify(NETWORK, rx.Problem(DATA, 1), 1)
    with pytest.raises(rx.InputError, match=r"as in solve_width\(data, penalty, 2\)"):
        rx.solve_width(rx.Problem(DATA, 1), 1)


def test_a_problem_in_place_of_data_alone_is_refused():
    with pytest.raises(rx.InputError, match="a Problem has data and a penalty; give its .data here"):
        rx.no_spurious_valley_width(rx.Problem(DATA, 1))
