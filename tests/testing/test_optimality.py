"""The assertion about networks: what passes, what fails, and what a failure says."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import reluexact as rx

DATA = rx.Dataset.read("examples/data/anscombe2.csv", bias=True)
PROBLEM = rx.Problem(DATA, "1/10")
CLUMSY = rx.Network([[1, 0], [-1, 2]], [1, 3])


@pytest.fixture(scope="module")
def optimum():
    return rx.solve(PROBLEM)


def test_the_optimum_passes_and_a_network_near_it_by_its_gap(optimum):
    found = rx.testing.assert_optimal(optimum.network, PROBLEM, gap="1e-20")
    assert found.objective == optimum.upper
    near = rx.Network([[w * 1001 / 1000 for w in row] for row in optimum.network.hidden], optimum.network.output)
    share = (PROBLEM.objective(near) - optimum.value.low) / PROBLEM.objective(near)
    rx.testing.assert_optimal(near, PROBLEM, gap=share * 2)
    with pytest.raises(rx.testing.NotOptimal, match="REFUTED"):
        rx.testing.assert_optimal(near, PROBLEM, gap=share / 2, explain=None)


def test_a_failure_says_why():
    with pytest.raises(AssertionError) as error:
        rx.testing.assert_optimal(CLUMSY, PROBLEM)
    text = str(error.value)
    assert type(error.value) is rx.testing.NotOptimal
    for part in (
        "REFUTED: the excess is more than 0.000001 of the objective",
        "objective   33.79815",
        "optimum     1.583395605012",
        "excess      32.214754394988: 0.95315141 of the objective",
        "penalty 0.1; hidden_bias penalised",
        "The excess is the sum of\n  balance          0.7\n",
        "2 of 2 neurons in no optimal network",
        "one more neuron lowers the objective by",
        "an optimal network has 5 (m*) neurons at least: so this width is too small",
    ):
        assert part in text
    assert error.value.judgement.objective == PROBLEM.objective(CLUMSY)
    again = pickle.loads(pickle.dumps(error.value))
    assert (str(again), again.judgement) == (text, error.value.judgement)


def test_bounds_that_do_not_tell_are_another_error():
    rows = [[(7 * i * j + i * i) % 23 - 11 for j in range(6)] for i in range(1, 40)]
    hard = rx.Problem(rx.Dataset(rows, [(i * i) % 17 for i in range(39)]), 1)
    network = rx.Network([[1, 0, 0, 0, 0, 0]], [1])
    with pytest.raises(rx.testing.NotDecided, match="UNDECIDED: the bounds do not tell") as error:
        rx.testing.assert_optimal(network, hard, gap="99/100", time_limit="1/100", explain=None)
    assert "bounds      stopped by time_limit=0.01 (seconds)" in str(error.value)
    assert isinstance(error.value, AssertionError)


def test_a_network_that_another_program_trained_brings_its_problem():
    from sklearn.neural_network import MLPRegressor

    X, y = [[0.0], [1.0], [2.0], [3.0]], [0.0, 1.0, 1.0, 3.0]
    model = MLPRegressor(hidden_layer_sizes=(3,), alpha=0.5, solver="lbfgs", max_iter=3000, random_state=0).fit(X, y)
    trained = rx.from_sklearn(model, X, y)
    assert rx.testing.assert_optimal(trained, gap=1).problem == trained.problem
    with pytest.raises(rx.testing.NotOptimal, match="free"):
        rx.testing.assert_optimal(trained, gap=0, explain=None)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [((CLUMSY, None), "say what the network is judged by"), (([1], PROBLEM), "network"), ((CLUMSY, DATA), "is no problem")],
)
def test_misuse_is_no_failure_of_the_network(arguments, words):
    with pytest.raises(rx.InputError, match=words):
        rx.testing.assert_optimal(*arguments)


def test_a_solver_answers_with_arrays_of_floats():
    problem = rx.Problem(rx.Dataset([[1], [2]], [1, 2]), "15/4")
    rx.testing.assert_optimal((np.array([[0.5]]), np.array([0.5])), problem, gap=0)
    free = rx.Problem(rx.Dataset([[1], [2]], [1, 1]), 1, output_bias="free", hidden_bias="free")
    rx.testing.assert_optimal({"hidden": np.zeros((0, 1)), "output": [], "output_bias": 1.0}, free, gap=0)
    with pytest.raises(rx.InputError, match="network: give a mapping with hidden and output"):
        rx.testing.assert_optimal({"weights": [[1.0]]}, problem)


def test_an_irrational_optimum_asks_for_a_small_gap():
    """Its value is 3/2 times the root of 2: no rational network reaches it."""
    problem = rx.Problem(rx.Dataset([[1, 0], [0, 1], [1, 1]], [1, 2, -1]), "1/2")
    network = rx.solve(problem).network
    with pytest.raises(rx.testing.NotOptimal, match=r'hint +the excess is tiny: .* such as gap="1/1000000000"'):
        rx.testing.assert_optimal(network, problem, gap=0, explain=None)
    assert rx.testing.assert_optimal(network, problem, gap="1e-9").within("1e-9") is rx.Status.PROVED
    with pytest.raises(rx.testing.NotOptimal) as far:
        rx.testing.assert_optimal(rx.Network([], []), problem, explain=None)
    assert "hint" not in str(far.value)


def test_answers_may_be_the_arrays_of_scikit_learn():
    """Its output bias is an array of one number."""
    problem = rx.Problem(rx.Dataset([[0], [1]], [1, 1]), 1, output_bias="free")
    parts = {"hidden": np.zeros((0, 1)).tolist(), "output": [], "output_bias": np.array([1.0])}
    assert rx.testing.assert_optimal(parts, problem, gap=0).is_optimal
