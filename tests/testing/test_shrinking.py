"""Instances that fail become small, in the same way every time, whatever the predicate does."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reluexact as rx
from reluexact.testing import shrink
from reluexact.testing.instance import Parts, number_size, simpler
from reluexact.testing.shrinking import size_of

ROWS = [[Fraction(7 * i * (j + 2) % 31 - 15, 4 + j) for j in range(4)] for i in range(20)]
DATA = rx.Dataset(ROWS, [Fraction(i * i % 13 - 6, 3) for i in range(20)], names=["a", "b", "c", "d"])


def test_what_does_not_matter_goes():
    seen = []

    def fails(data):
        seen.append(data)
        return "c" in data.names and any(row[data.names.index("c")] > 2 for row in data.X)

    small = shrink(fails, DATA)
    assert (small.names, small.X, small.y) == (("c",), ((3,),), (0,))
    assert shrink(fails, DATA) == small
    assert len(set(seen)) < len(seen) == 2 * len(set(seen))


def test_two_rows_that_matter_together_stay():
    def fails(data):
        return len(set(data.X)) >= 2 and len(set(data.y)) >= 2

    small = shrink(fails, DATA)
    assert (small.X, small.y) == (((0,), (1,)), (0, 1)) or (small.X, small.y) == (((1,), (0,)), (0, 1))


def test_the_parts_of_a_problem_go_too():
    problem = rx.Problem(
        DATA, "17/13", loss="huber(2)", hidden_bias="free", output_bias="free", skip="penalised", weights=range(1, 21)
    )
    small = shrink(lambda problem: True, problem)
    assert small == rx.Problem(rx.Dataset([[0]], [0]), 1, loss="huber(2)")
    kept = shrink(lambda problem: problem.hidden_bias == "free" and problem.weights is not None, problem)
    assert (kept.hidden_bias, kept.output_bias, kept.skip, kept.weights, kept.penalty) == ("free", "free", "none", (0 + 2,), 1)


def test_a_penalised_bias_is_of_the_problem():
    problem = rx.Problem(DATA, "1/3", hidden_bias="penalised")
    small = shrink(lambda problem: problem.hidden_bias == "penalised", problem)
    assert small == rx.Problem(rx.Dataset([[0]], [0], bias=True), 1)
    assert shrink(lambda data: data.has_bias, rx.Dataset([[5], [7]], [1, 2], bias=True)).d == 2


def test_labels_stay_labels():
    problem = rx.Problem(rx.Dataset(ROWS, [1, -1] * 10), "1/3", loss="hinge")
    assert shrink(lambda problem: len(set(problem.data.y)) == 2, problem).data.y in ((1, -1), (-1, 1))


def test_a_real_wrong_solver_gets_a_small_instance():
    """It drops neurons with a negative output weight; a minimal instance has one target, below 0."""

    def solver(problem):
        network = rx.solve(problem).network
        kept = [k for k, a in enumerate(network.output) if a > 0]
        return rx.Network([network.hidden[k] for k in kept], [network.output[k] for k in kept])

    def test(problem):
        rx.testing.assert_optimal(solver(problem), problem, explain=None)

    problem = rx.Problem(rx.Dataset([["0.7"], ["1.3"], [2], [-3]], ["0.4", "1.7", 2, -1]), "1/9")
    small = shrink(test, problem, raises=AssertionError)
    assert small == rx.Problem(rx.Dataset([[2]], [-1]), 1)  # at x = 1 the zero network is optimal
    with pytest.raises(AssertionError):
        test(small)


def test_other_exceptions_say_that_an_instance_is_no_use():
    def fails(data):
        if data.n < 3:
            raise ZeroDivisionError("too few rows")
        return True

    assert shrink(fails, DATA).n == 3
    with pytest.raises(rx.InputError, match="it raised ZeroDivisionError: too few rows for the instance itself") as error:
        shrink(fails, rx.Dataset([[1]], [1]))
    assert isinstance(error.value.__cause__, ZeroDivisionError)
    assert shrink(fails, DATA, raises=ZeroDivisionError).n == 1


def test_failures_of_pytest_may_be_asked_for_and_interrupts_go_on():
    assert shrink(lambda data: pytest.fail("always"), DATA, raises=pytest.fail.Exception) == rx.Dataset([[0]], [0])

    def interrupted(data):
        if data.n < 20:
            raise KeyboardInterrupt
        return True

    with pytest.raises(KeyboardInterrupt):
        shrink(interrupted, DATA)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((lambda data: False, DATA), "it is false for the instance itself"),
        ((lambda data: True, [[1]]), "a list cannot be shrunk; give a Dataset or a Problem"),
    ],
)
def test_misuse_is_named(arguments, words):
    with pytest.raises(rx.InputError, match=words):
        shrink(*arguments)


@pytest.mark.parametrize("tries", [1, 2, 10, 100])
def test_tries_end_the_work_with_the_smallest_by_then(tries):
    asked = []
    small = shrink(lambda data: asked.append(data) or True, DATA, tries=tries)
    assert len(asked) <= tries
    assert small in asked
    assert size_of(small) == min(map(size_of, asked))


@given(st.fractions(max_denominator=10**6) | st.integers(-(10**30), 10**30).map(Fraction))
def test_simpler_numbers_are_shorter(value):
    sizes = [number_size(other) for other in simpler(value)]
    assert sizes == sorted(sizes)
    assert all(size < number_size(value) for size in sizes)
    assert bool(sizes) == (value != 0)


@given(st.lists(st.integers(-40, 40), min_size=1, max_size=12), st.integers(-40, 40), st.integers(0, 2**31))
def test_it_always_ends_and_nothing_smaller_is_left_by_one_row(targets, least, noise):
    """The predicate may be any function of the instance."""
    data = rx.Dataset([[i] for i in range(len(targets))], targets)

    def fails(data):
        return (sum(data.y) >= least and hash((data.digest, noise)) % 3 > 0) or data.y == tuple(targets)

    small = shrink(fails, data)
    assert fails(small)
    parts = Parts.of(small)
    assert not any(fails(parts.without_rows([i]).made()) for i in range(small.n) if small.n > 1)
