"""Images of a problem whose optimum is the image of its optimum: permuted, scaled, rotated, merged, padded by zeros."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st
from solving import NEAR, assert_close, assert_image, fit, middle
from strategies import datasets, rationals

from reluexact.evidence.status import Status
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset

PENALTIES = st.sampled_from([Fraction(text) for text in ("1/1000", "1/10", "1/4", "1/2", "2/3", "1", "1", "3/2", "2", "3", "5")])
SMALL = st.tuples(datasets(rows=(1, 5), columns=(1, 3)), PENALTIES)
WIDE = st.tuples(datasets(rows=(1, 5), columns=(2, 3)), PENALTIES)
NARROW = st.tuples(datasets(rows=(1, 5), columns=(1, 2)), PENALTIES)
FACTORS = st.sampled_from([Fraction(1, 1000), Fraction(1, 3), Fraction(7, 5), Fraction(10), Fraction(10**6)])
TURN = (Fraction(3, 5), Fraction(4, 5))


def scaled(rows, factor):
    return [[factor * entry for entry in row] for row in rows]


@given(SMALL, st.randoms(use_true_random=False))
def test_rows_in_another_order(problem, random):
    data, penalty = problem
    order = list(range(data.n))
    random.shuffle(order)
    first = solve(data, penalty)
    second = solve(Dataset([data.X[i] for i in order], [data.y[i] for i in order]), penalty)
    assert_image(first, second)
    if first.status is second.status is Status.PROVED:
        assert_close([middle(first.residual[i]) for i in order], map(middle, second.residual), 1 + max(map(abs, data.y)))
        gates = sorted((neuron.sign, tuple(neuron.gate[i] for i in order)) for neuron in first.neurons)
        assert gates == sorted((neuron.sign, neuron.gate) for neuron in second.neurons)


@given(SMALL, FACTORS)
def test_inputs_and_penalty_scaled(problem, factor):
    data, penalty = problem
    assert_image(solve(data, penalty), solve(Dataset(scaled(data.X, factor), data.y), factor * penalty))


@given(SMALL, FACTORS)
def test_targets_and_penalty_scaled(problem, factor):
    data, penalty = problem
    second = solve(Dataset(data.X, [factor * t for t in data.y]), factor * penalty)
    assert_image(solve(data, penalty), second, value=lambda v: factor**2 * v)


@given(SMALL)
def test_targets_negated(problem):
    data, penalty = problem
    second = solve(Dataset(data.X, [-t for t in data.y]), penalty)
    assert_image(solve(data, penalty), second, neuron=lambda sign, u: (-sign, u))


@given(SMALL)
def test_inputs_negated(problem):
    data, penalty = problem
    second = solve(Dataset(scaled(data.X, -1), data.y), penalty)
    assert_image(solve(data, penalty), second, neuron=lambda sign, u: (sign, tuple(-entry for entry in u)))


@given(WIDE, st.booleans())
def test_rational_rotation(problem, reflect):
    data, penalty = problem
    c, s = TURN

    def turn(u):
        image = (c * u[0] - s * u[1], s * u[0] + c * u[1], *u[2:])
        return (*image[:-1], -image[-1]) if reflect else image

    second = solve(Dataset([turn(row) for row in data.X], data.y), penalty)
    assert_image(solve(data, penalty), second, neuron=lambda sign, u: (sign, turn(u)))


@given(SMALL, st.data())
def test_a_row_split_into_two_shares(problem, draws):
    """Rows (3/5) x and (4/5) x with targets (3/5) t and (4/5) t weigh as much as the row x with target t."""
    data, penalty = problem
    i = draws.draw(st.integers(0, data.n - 1))
    X, y = list(data.X), list(data.y)
    X[i : i + 1] = [[share * entry for entry in X[i]] for share in TURN]
    y[i : i + 1] = [share * y[i] for share in TURN]
    assert_image(solve(data, penalty), solve(Dataset(X, y), penalty))


@given(SMALL, st.lists(rationals, min_size=2, max_size=2), st.data())
def test_parallel_rows_merged(problem, targets, draws):
    """Rows 3 x and 4 x with targets t, u equal the row 5 x with target (3 t + 4 u) / 5, up to a constant."""
    data, penalty = problem
    i = draws.draw(st.integers(0, data.n - 1))
    mean = (3 * targets[0] + 4 * targets[1]) / 5
    rest = sum(t * t for t in targets) - mean**2
    others, y = [row for k, row in enumerate(data.X) if k != i], [t for k, t in enumerate(data.y) if k != i]
    merged = solve(Dataset([*others, [5 * entry for entry in data.X[i]]], [*y, mean]), penalty)
    apart = [[3 * entry for entry in data.X[i]], *others, [4 * entry for entry in data.X[i]]]
    second = solve(Dataset(apart, [targets[0], *y, targets[1]]), penalty)
    assert_image(merged, second, value=lambda v: v + rest / 2)


@given(SMALL, st.lists(rationals, min_size=4, max_size=4))
def test_four_equal_rows_are_one_of_twice_the_length(problem, targets):
    """Four rows x with different targets: one row 2 x whose target is twice their mean, up to a constant."""
    data, penalty = problem
    mean = sum(targets) / 4
    rest = sum((t - mean) ** 2 for t in targets)
    one = solve(Dataset([*data.X[1:], [2 * entry for entry in data.X[0]]], [*data.y[1:], 2 * mean]), penalty)
    four = solve(Dataset([*data.X[1:], *[data.X[0]] * 4], [*data.y[1:], *targets]), penalty)
    assert_image(one, four, value=lambda v: v + rest / 2)
    if one.status is four.status is Status.PROVED:
        size = 1 + max(map(abs, targets))
        assert_close(fit(four)[-4:], [fit(one)[-1] / 2] * 4, size)


@given(SMALL, st.lists(rationals, min_size=1, max_size=2), st.integers(0, 5))
def test_zero_rows_add_half_their_squares(problem, targets, place):
    data, penalty = problem
    at = min(place, data.n)
    X = [*data.X[:at], *[[0] * data.d] * len(targets), *data.X[at:]]
    second = solve(Dataset(X, [*data.y[:at], *targets, *data.y[at:]]), penalty)
    assert_image(solve(data, penalty), second, value=lambda v: v + sum(t * t for t in targets) / 2)
    assert all(neuron.gate[at] == 0 for neuron in second.neurons)


@given(SMALL, st.integers(0, 2))
def test_zero_columns_change_nothing(problem, place):
    data, penalty = problem
    at = min(place, data.d)

    def wider(row):
        return (*row[:at], Fraction(0), *row[at:])

    second = solve(Dataset([wider(row) for row in data.X], data.y), penalty)
    assert_image(solve(data, penalty), second, neuron=lambda sign, u: (sign, wider(u)))


@given(NARROW)
def test_a_repeated_column_is_one_longer_column(problem):
    """Columns 3 x and 4 x span what 5 x does: neurons turn into the plane of the two columns."""
    data, penalty = problem
    c, s = TURN

    def wider(row):
        return (c * row[0], s * row[0], *row[1:])

    second = solve(Dataset([wider(row) for row in data.X], data.y), penalty)
    assert_image(solve(data, penalty), second, neuron=lambda sign, u: (sign, wider(u)))


@given(SMALL, FACTORS.filter(lambda factor: factor > 1))
def test_value_grows_with_the_penalty_but_less_than_in_proportion(problem, factor):
    """p* is concave and non-decreasing in the penalty, between 0 and |y|^2 / 2."""
    data, penalty = problem
    first, second = solve(data, penalty), solve(data, factor * penalty)
    assert first.upper >= 0
    assert first.lower <= second.upper
    assert second.lower <= factor * first.upper
    assert second.lower <= sum(t * t for t in data.y) / 2


@given(SMALL)
def test_two_data_sets_that_do_not_see_each_other(problem):
    """Side by side on orthogonal columns with the same penalty: by |(u, v)|, the optimum is at most the sum, at least each."""
    data, penalty = problem
    X = [[*row, *[0] * data.d] for row in data.X] + [[*[0] * data.d, *row] for row in data.X]
    assume(data.n <= 3)
    both, one = solve(Dataset(X, [*data.y, *data.y]), penalty), solve(data, penalty)
    assert both.lower <= 2 * one.upper + NEAR
    assert one.lower <= both.upper + NEAR
