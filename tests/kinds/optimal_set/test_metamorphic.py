"""Images of a problem whose optimal set is the image of its optimal set: vertices, facets, widths, total, uniqueness."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from solving import NEAR, middle
from strategies import datasets

from reluexact.evidence.status import Status
from reluexact.kinds.max_penalty.find import max_penalty
from reluexact.kinds.optimal_set.find import optimal_set
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset

F = Fraction
PENALTIES = st.sampled_from([F(text) for text in ("1/10", "1/4", "1/2", "2/3", "1", "1", "3/2", "2", "3", "5")])
SIGNS = st.integers(-1, 1).map(Fraction)
SMALL = st.one_of(
    st.tuples(datasets(rows=(1, 6), columns=(1, 3)), PENALTIES),
    st.tuples(datasets(rows=(2, 8), columns=(1, 3), entries=SIGNS), PENALTIES),
)
FACTORS = st.sampled_from([F(1, 1000), F(1, 3), F(7, 5), F(10), F(10**6)])
PAIRED = ([[2, -5], [9, 8], [-8, -6], [-6, -6], [2, -3], [0, -5], [9, 3], [3, -7]], [-6, 8, -3, 7, 5, -9, -1, 1], F(57, 13))
TIED = ([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], F(1))


def described(X, y, penalty):
    """Return the optimal set, or None where the optimum is not proved, or the set (an end that is known as enclosed only)."""
    optimum = solve(Dataset(X, y), penalty)
    if optimum.status is not Status.PROVED:
        return None
    best = optimal_set(optimum)
    if "may be 0, even with enclosures of" in str(best.reason):  # a limit that README names
        return None
    assert best.status is Status.PROVED, best.reason
    return best


def places(first, second, neuron):
    """Return for every neuron of the first set its image in the second."""
    result = []
    for one in first.neurons:
        sign, u = neuron(one.sign, tuple(map(middle, one.direction)))
        near = [
            k
            for k, other in enumerate(second.neurons)
            if other.sign == sign and all(abs(middle(a) - b) < NEAR for a, b in zip(other.direction, u, strict=True))
        ]
        assert len(near) == 1, f"sign {sign}, direction {[float(entry) for entry in u]} is not there"
        result.append(near[0])
    assert len(result) == len(second.neurons)
    return result


def faces(best, image=None):
    """Return the facets, each as its set of supports."""
    image = image or range(len(best.neurons))
    supports = [frozenset(image[k] for k in vertex.support) for vertex in best.vertices]
    return {frozenset(support for support in supports if image[k] not in support) for k in best.facets}


def same(first, second, *, neuron=lambda sign, u: (sign, u), amount=1, unique=True):
    """Say that the second set is the image of the first, amounts multiplied by ``amount``."""
    if first is None or second is None:
        return
    image = places(first, second, neuron)
    found = {vertex.support: vertex.amounts for vertex in second.vertices}
    assert len(found) == len(first.vertices) == len(second.vertices)
    for vertex in first.vertices:
        support = tuple(sorted(image[k] for k in vertex.support))
        for k, a in enumerate(vertex.amounts):
            assert abs(amount * middle(a) - middle(found[support][image[k]])) <= NEAR * amount * (1 + middle(a))
    assert abs(amount * middle(first.total) - middle(second.total)) <= NEAR * amount * (1 + middle(first.total))
    assert [second.neurons[k].positive for k in image] == [one.positive for one in first.neurons]
    assert faces(first, image) == faces(second)
    assert len(first.facets) == len(second.facets)
    for name in ("dimension", "min_width", "max_vertex_width", "p_unique", *["unique"] * unique):
        assert getattr(first, name) == getattr(second, name)


def scaled(rows, factor):
    return [[factor * entry for entry in row] for row in rows]


def moved(random, X, y, penalty):
    """Check one image of every kind."""
    first = described(X, y, penalty)
    order = random.sample(range(len(X)), len(X))
    same(first, described([X[i] for i in order], [y[i] for i in order], penalty))
    columns = random.sample(range(len(X[0])), len(X[0]))
    swapped = described([[row[j] for j in columns] for row in X], y, penalty)
    same(first, swapped, neuron=lambda sign, u: (sign, tuple(u[j] for j in columns)))


@given(SMALL, st.randoms(use_true_random=False))
def test_rows_and_columns_in_another_order(problem, random):
    data, penalty = problem
    moved(random, data.X, data.y, penalty)


@given(SMALL, FACTORS)
def test_inputs_and_penalty_scaled(problem, factor):
    data, penalty = problem
    same(described(data.X, data.y, penalty), described(scaled(data.X, factor), data.y, factor * penalty), amount=1 / factor)


@given(SMALL, FACTORS, st.booleans())
def test_targets_and_penalty_scaled(problem, factor, negated):
    data, penalty = problem
    side = -1 if negated else 1
    second = described(data.X, [side * factor * t for t in data.y], factor * penalty)
    same(described(data.X, data.y, penalty), second, neuron=lambda sign, u: (side * sign, u), amount=factor)


def rotation(d):
    """Return a rational rotation of all coordinates: 3/5, 4/5 in every plane of neighbours."""
    matrix = [[F(int(i == j)) for j in range(d)] for i in range(d)]
    for i in range(d - 1):
        left, right = matrix[i], matrix[i + 1]
        matrix[i] = [(3 * a - 4 * b) / 5 for a, b in zip(left, right, strict=True)]
        matrix[i + 1] = [(4 * a + 3 * b) / 5 for a, b in zip(left, right, strict=True)]
    return matrix


def applied(matrix, vector):
    return tuple(sum((a * b for a, b in zip(line, vector, strict=True)), F(0)) for line in matrix)


def turned(X, y, penalty):
    matrix = rotation(len(X[0]))
    second = described([applied(matrix, row) for row in X], y, penalty)
    same(described(X, y, penalty), second, neuron=lambda sign, u: (sign, applied(matrix, u)))


@given(SMALL)
def test_rational_rotation(problem):
    data, penalty = problem
    turned(data.X, data.y, penalty)


@given(SMALL)
def test_columns_spread_over_four_columns_each(problem):
    """The row x becomes (x, x, x, x) / 2: a change of the inputs that keeps all lengths and angles."""
    data, penalty = problem
    second = described([[entry / 2 for entry in row * 4] for row in data.X], data.y, penalty)
    same(described(data.X, data.y, penalty), second, neuron=lambda sign, u: (sign, tuple(entry / 2 for entry in u * 4)))


def quartered(X, y, penalty, i, shifts):
    """Replace row x with target t by four rows x/2 with targets t/2 plus shifts of sum 0."""
    a, b, c = shifts
    rows = [*X[:i], *[[entry / F(2) for entry in X[i]]] * 4, *X[i + 1 :]]
    targets = [*y[:i], *(y[i] / F(2) + shift for shift in (a, b, c, -a - b - c)), *y[i + 1 :]]
    same(described(X, y, penalty), described(rows, targets, penalty))


@given(SMALL, st.data(), st.tuples(*[st.sampled_from([F(0), F(0), F(1), F(-1, 2)])] * 3))
def test_a_row_and_its_four_shares(problem, draws, shifts):
    data, penalty = problem
    quartered(data.X, data.y, penalty, draws.draw(st.integers(0, data.n - 1)), shifts)


@given(SMALL, st.integers(0, 3))
def test_zero_rows_and_a_zero_column(problem, target):
    data, penalty = problem
    first = described(data.X, data.y, penalty)
    same(first, described([[0] * data.d, *data.X, [0] * data.d], [target, *data.y, 0], penalty))
    same(first, described([[*row, 0] for row in data.X], data.y, penalty), neuron=lambda sign, u: (sign, (*u, F(0))))


@pytest.mark.parametrize("problem", [PAIRED, TIED])
def test_sets_of_positive_dimension(problem):
    """The same for sets that are no points, where the reduced polytope has work to do."""
    X, y, penalty = problem
    first = described(X, y, penalty)
    assert first.dimension > 0
    turned(X, y, penalty)
    for i in range(len(X)):
        quartered(X, y, penalty, i, (F(1), F(0), F(-1, 2)))
    same(first, described(scaled(X, F(2, 3)), y, F(2, 3) * penalty), amount=F(3, 2))
    same(first, described(X, [-5 * t for t in y], 5 * penalty), neuron=lambda sign, u: (-sign, u), amount=F(5))
    same(first, described([[0] * len(X[0]), *X], [3, *y], penalty))
    same(first, described(X[::-1], y[::-1], penalty))


def signed_permutations(vector):
    images = product(permutations(vector), product((1, -1), repeat=len(vector)))
    return sorted({tuple(a * b for a, b in zip(entries, signs, strict=True)) for entries, signs in images})


@pytest.mark.parametrize("vector", [(1, 2), (1, 1), (1, 0, 0), (1, 1, 1)])
def test_symmetric_data_in_other_coordinates(vector):
    rows = signed_permutations(vector)
    turned(rows, [1] * len(rows), F(1, 2))


def test_the_greatest_penalty_where_a_hyperplane_without_kink_is_no_part_of_the_multipliers():
    """Three walls of the maximiser are dependent, and the kink of one is 0: its multiplier must be 0, and not merely nearly."""
    X = [[0, 0, 1], [1, 0, -1], [0, -1, -1], [-1, 0, 0], [1, -1, 0], [1, 1, 0], [1, 1, -1]]
    top = max_penalty(Dataset(X, (0, -1, 0, 1, 0, -1, 1)))
    assert (top.radical * top.radical).as_fraction() == F(4, 3)
