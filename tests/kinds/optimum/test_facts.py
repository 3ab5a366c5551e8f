"""Closed forms: the running toy, orthonormal rows, paths, sensitivities and the phase transition, all in exact numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from solving import assert_same_neurons, exact_neurons, fit, listed, middle, proved

from reluexact.geometry.arrangement import activation_patterns
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real

HALF = Fraction(1, 2)
TOY = [[2, 0, 0, 0], [-1, 1, 1, 1]]  # the toy's Gram matrix in rational coordinates
TOY_NEURONS = {(1, (HALF, HALF, HALF, HALF)), (1, (1, 0, 0, 0)), (1, (-HALF, HALF, HALF, HALF))}
IDENTITY = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
FIVE = [[x, 1] for x in (-2, -1, 0, 1, 2)]


def amounts(optimum):
    """Return {(sign, direction): amount} of the neurons that the network uses, all rational."""
    return {
        (neuron.sign, tuple(entry.low for entry in neuron.direction)): neuron.amount.low
        for neuron in optimum.neurons
        if neuron.amount is not None and neuron.amount.is_rational
    }


def root(value):
    return RadicalSum.root(Fraction(value))


def huber(square, penalty):
    """Return h(t) = b t - b^2/2 for t = sqrt(square) > b, else t^2/2, as a sum of roots."""
    if square <= penalty**2:
        return RadicalSum.rational(Fraction(square) / 2)
    return root(square).scaled(Fraction(penalty)) - RadicalSum.rational(Fraction(penalty) ** 2 / 2)


@pytest.mark.parametrize(
    ("penalty", "value"), [("1/10", "39/400"), ("1", "3/4"), ("1/1000", "3999/4000000"), ("199/100", "39999/40000"), ("2", "1")]
)
def test_toy(penalty, value):
    """b - b^2/4 with three neurons; at b = 2 they are tight still, beyond nothing is."""
    optimum = proved(TOY, [1, 1], penalty)
    assert optimum.value == Fraction(value)
    assert optimum.value.is_rational
    assert exact_neurons(optimum) == TOY_NEURONS
    assert [entry.low for entry in optimum.residual] == [Fraction(penalty) / 2] * 2
    if penalty == "2":
        assert fit(optimum) == (0, 0)
        assert all(neuron.amount is None for neuron in optimum.neurons)
    else:
        assert all(neuron.positive is True for neuron in optimum.neurons)


@pytest.mark.parametrize("penalty", [Fraction(2000001, 1000000), 3, 10**6])
def test_toy_beyond_its_greatest_penalty(penalty):
    optimum = proved(TOY, [1, 1], penalty)
    assert optimum.value == 1
    assert optimum.neurons == ()
    assert optimum.network.hidden == ()
    assert optimum.upper == 1


def test_certified_value_of_the_clarke_counterexample():
    """The program of all patterns is below every subsampled one: .0902817 < .0935660."""
    optimum = proved([[1, -1], [0, 1]], ["11/10", "1/5"], "1/10")
    # rows on two orthogonal rays: 1/80 + 11 sqrt(2)/200
    assert optimum.value.radical == RadicalSum.rational(Fraction(1, 80)) + root(2).scaled(Fraction(11, 200))
    assert optimum.value.decimal(6) == "0.0902817"
    half = middle(Real.of_radical(root(HALF)))
    assert_same_neurons(listed(optimum), [(1, (0, 1)), (1, (half, -half))])


@pytest.mark.parametrize(
    ("y", "value"),
    [((1, -2, 3), "2.3311388301"), ((1, Fraction(-1, 5), 3), "1.4761388301"), ((0, 0, 0), "0"), ((0, -7, 0), "3.3750000000")],
)
def test_orthonormal_rows(y, value):
    optimum = proved(IDENTITY, y, HALF)
    squares = [sum(Fraction(t) ** 2 for t in y if sign * t > 0) for sign in (1, -1)]
    expected = huber(squares[0], HALF) + huber(squares[1], HALF)
    assert optimum.value.decimal(30) == Real.of_radical(expected).decimal(30)
    assert optimum.value.decimal(11) == value
    assert len(optimum.neurons) == sum(square >= HALF**2 for square in squares)


@pytest.mark.parametrize("weight", ["1/10", "3/10", "99/100"])
def test_two_points_without_bias(weight):
    """With loss and penalty not halved the optimum is 6 b - 2 b^2; ours is half of it."""
    optimum = proved([[-1], [1]], [1, 2], weight)
    b = Fraction(weight)
    assert optimum.value == (6 * b - 2 * b * b) / 2
    assert fit(optimum) == (1 - b, 2 - b)
    assert exact_neurons(optimum) == {(1, (1,)), (1, (-1,))}


def test_one_neuron_though_two_blocks_share_it():
    optimum = proved([[1, 0], [0, 1]], [1, 0], HALF)
    assert optimum.value == Fraction(3, 8)
    assert exact_neurons(optimum) == {(1, (1, 0))}
    assert amounts(optimum) == {(1, (1, 0)): HALF}
    assert optimum.neurons[0].gate == (1, 0)


def test_patterns_of_rows_that_are_parallel():
    patterns = activation_patterns([[2, 2], [3, 3], [1, 0]])
    assert patterns.count == 4
    assert {tuple(map(int, row)) for row in patterns.patterns} == {(1, 1, 1), (1, 1, 0), (0, 0, 1), (0, 0, 0)}


def weights(s, y, penalty):
    """Return sum over neurons of sign * amount * direction, to 40 digits: the convex program's one block at s < sqrt 3."""
    optimum = proved([[-s, 1], [s, 1]], y, penalty, digits=50)
    assert len(optimum.neurons) == 1
    neuron = optimum.neurons[0]
    return [neuron.sign * middle(neuron.amount) * middle(entry) for entry in neuron.direction]


@pytest.mark.parametrize(
    ("dy", "db", "expected"), [((1, 0), 0, ("-19/40", "1/2")), ((0, 1), 0, ("19/40", "1/2")), ((0, 0), 1, ("0", "-1/2"))]
)
def test_sensitivity_by_exact_differences(dy, db, expected):
    """Central differences of proved optima: dw/dy_1 = (-.475, .5), dw/dy_2 = (.475, .5), dw/db = (0, -.5)."""
    step = Fraction(1, 10**10)
    ahead, behind = (
        weights(1, [1 + side * step * change for change in dy], Fraction(1, 10) + side * step * db) for side in (1, -1)
    )
    slopes = [(a - b) / (2 * step) for a, b in zip(ahead, behind, strict=True)]
    assert all(abs(slope - Fraction(goal)) < Fraction(1, 10**15) for slope, goal in zip(slopes, expected, strict=True))


PATH = {
    "1/2": ("7/4", {(1, (1, 0)): "5/2", (-1, (0, 1)): "1/2"}, 2),
    "1": ("3", {(1, (1, 0)): "2"}, 2),  # the second neuron dies here: tight, no amount
    "2": ("9/2", {(1, (1, 0)): "1"}, 1),
    "3": ("5", {}, 1),
    "4": ("5", {}, 0),
}


@pytest.mark.parametrize("penalty", PATH)
def test_path_with_a_change_of_support(penalty):
    value, used, count = PATH[penalty]
    optimum = proved([[1, 0], [0, 1]], [3, -1], penalty)
    assert optimum.value.is_rational
    assert optimum.value == Fraction(value)
    assert amounts(optimum) == {key: Fraction(amount) for key, amount in used.items()}
    assert len(optimum.neurons) == count
    assert exact_neurons(optimum) <= {(1, (1, 0)), (-1, (0, 1))}
    assert [neuron.positive for neuron in optimum.neurons] == [True] * len(used) + [False] * (count - len(used))


@pytest.mark.parametrize("s", [Fraction(1), Fraction(3, 2), Fraction(265, 153), Fraction(716035, 413403)])
def test_below_the_phase_transition_one_neuron(s):
    """s < sqrt 3 (the last two are 2e-5 and 3e-12 away): only (0, 1)."""
    assert s * s < 3
    optimum = proved([[-s, 1], [s, 1]], [1, 1], "1/10")
    assert optimum.value == Fraction(39, 400)
    assert exact_neurons(optimum) == {(1, (0, 1))}
    assert amounts(optimum) == {(1, (0, 1)): Fraction(19, 20)}


@pytest.mark.parametrize("s", [Fraction(2), Fraction(7, 4), Fraction(1351, 780), Fraction(978122, 564719)])
def test_above_the_phase_transition_two_neurons(s):
    """s > sqrt 3 (the last two are 5e-7 and 9e-13 away): only the two kinks at the data; 2 b/q - b^2/q^2, q^2 = 1 + s^2."""
    assert s * s > 3
    optimum = proved([[-s, 1], [s, 1]], [1, 1], "1/10")
    square = 1 + s * s
    expected = root(1 / square).scaled(Fraction(1, 5)) - RadicalSum.rational(Fraction(1, 100) / square)
    assert optimum.value.decimal(40) == Real.of_radical(expected).decimal(40)
    length = middle(Real.of_radical(root(1 / square)))
    assert_same_neurons(listed(optimum), [(1, (-s * length, length)), (1, (s * length, length))])
    assert all(neuron.amount > 0 for neuron in optimum.neurons)


def test_toy_at_two():
    assert proved([[-2, 1], [2, 1]], [1, 1], "1/10").value.decimal(9) == "0.0874427191"


def test_hat():
    optimum = proved([[-1, 1], [0, 1], [1, 1]], [0, 1, 0], "1/10")
    assert optimum.value == Fraction(49, 200)
    assert fit(optimum) == (Fraction(1, 10), Fraction(7, 10), Fraction(1, 10))
    expected = {(1, (0, 1)): Fraction(7, 10), (-1, (1, 0)): Fraction(3, 5), (-1, (-1, 0)): Fraction(3, 5)}
    assert amounts(optimum) == expected
    assert exact_neurons(optimum) == set(expected)


def test_five_point_classic():
    optimum = proved(FIVE, [1, -1, 1, 1, -1], "1/1000")
    assert activation_patterns(FIVE).count == 10
    assert optimum.value.decimal(9) == "0.0101168281"
    assert [round(float(value), 6) for value in fit(optimum)] == [0.998586, -0.996277, 0.998139, 0.998211, -0.998658]
    expected = {
        (-1, "000++", 0.89431, -0.44745): 3.720456,
        (1, "00+++", 0.70711, 0.70711): 1.881435,
        (1, "+0000", -0.70711, -0.70711): 3.760258,
        (-1, "+++00", -0.89431, 0.44745): 0.742517,
    }
    found = {}
    for neuron in optimum.neurons:
        on = "".join("+" if gate > 0 else "0" for gate in neuron.gate)
        u = [round(float(entry), 5) for entry in neuron.direction]
        found[neuron.sign, on, *u] = round(float(neuron.amount), 6)
    assert found == expected


@pytest.mark.parametrize("c", [(1, 2, -3), (1, 1, 1), (-2, 0, 5)])
@pytest.mark.parametrize("y", [(1, 2, -2), (3, -1, 4), (0, 0, 0)])
@pytest.mark.parametrize("penalty", ["1/3", "7"])
def test_rank_one(c, y, penalty):
    """X = c a' with |a| = 5: each side of the line by itself, soft thresholding with price b / 5."""
    b = Fraction(penalty)
    optimum = proved([[3 * t, 4 * t] for t in c], y, b)
    expected = Fraction(0)
    for side in (1, -1):
        chosen = [(Fraction(t), Fraction(u)) for t, u in zip(c, y, strict=True) if side * t > 0]
        norm, pull = sum(t * t for t, _ in chosen), abs(sum(t * u for t, u in chosen))
        gain = max(pull - b / 5, Fraction(0))
        expected += Fraction(sum(u * u for _, u in chosen)) / 2 - (gain * gain / (2 * norm) if norm else 0)
    expected += sum((Fraction(u) ** 2 for t, u in zip(c, y, strict=True) if not t), Fraction(0)) / 2
    assert optimum.value == expected
