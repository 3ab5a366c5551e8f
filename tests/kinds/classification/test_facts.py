"""Networks whose kind is known by hand: the counterexamples, the toy, and what separates one kind from the next."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import cvxpy as cp
import numpy as np
import pytest
from classifications import FIRST, SECOND, TOY
from classify_judges import judged, slope_along

from reluexact.errors import InputError
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.status import Status
from reluexact.geometry.hyperplanes import hyperplanes
from reluexact.kinds.classification.claim import Blocked, Descent, Gates, SubSampled, Violation
from reluexact.kinds.classification.dual import Exceeded, Feasible, feasible
from reluexact.kinds.classification.find import classify
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.model.symmetries import split
from reluexact.numbers.linalg import dot
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real
from reluexact.prove.form import Form
from reluexact.search.bound import check_bound

PROVED, REFUTED, UNDECIDED = Status.PROVED, Status.REFUTED, Status.UNDECIDED
HALF = Fraction(1, 2)


def kinds(data, penalty, network, **options):
    found = classify(network, data, penalty, **options)
    names = (found.clarke, found.sub_sampled, found.directional, found.local_minimum, found.global_minimum)
    return tuple(answer.status for answer in names)


def restricted_value(data, penalty, columns):
    """Solve the convex program of some (pattern, sign) columns by cvxpy."""
    X, y = np.array(data.X, dtype=float), np.array(data.y, dtype=float)
    fit, cost, constraints = np.zeros(len(y)), 0, []
    for pattern, sign in columns:
        gate = np.array(pattern, dtype=float)
        w = cp.Variable(data.d)
        fit = fit + sign * (gate[:, None] * X) @ w
        cost = cost + cp.norm(w, 2)
        constraints.append((2 * gate - 1)[:, None] * X @ w >= 0)
    problem = cp.Problem(cp.Minimize(cp.sum_squares(fit - y) / 2 + float(penalty) * cost), constraints)
    return problem.solve(solver=cp.CLARABEL)


@pytest.mark.parametrize(("problem", "gates"), [(FIRST, (HALF, 1)), (SECOND, (1, HALF))], ids=["MATH 6.3", "FACTS 2"])
def test_clarke_only(problem, gates):
    data, penalty, network = problem
    found = classify(network, data, penalty)
    assert kinds(data, penalty, network) == (PROVED, REFUTED, REFUTED, REFUTED, REFUTED)
    assert judged(data, network, penalty) == (True, False, False)
    assert found.distance == 0
    assert isinstance(found.clarke.witness, Gates)
    assert found.clarke.witness.gates == (gates,)
    assert found.clarke.witness.concave == ((0, gates.index(HALF)),)
    assert isinstance(found.sub_sampled.witness, Blocked)
    assert {np.sign(float(direction[1])) for direction in found.sub_sampled.witness.directions} == {1, -1}
    assert max(found.sub_sampled.witness.derivatives) < 0
    assert found.summary == "Clarke-stationary, an optimum of no sub-sampled program, not directionally stationary"


def test_the_values_of_the_sub_sampled_programs_of_the_second_counterexample():
    data, penalty, network = SECOND
    one, two = ((1, 1), 1), ((1, 0), 1)
    values = [restricted_value(data, penalty, columns) for columns in ((one,), (two,), (one, two))]
    assert values == pytest.approx([0.1204188, 0.0952817, 0.0935660], abs=1e-7)
    every = [(pattern, sign) for pattern in ((1, 1), (1, 0), (0, 1)) for sign in (1, -1)]
    everything = restricted_value(data, penalty, every)
    assert everything == pytest.approx(0.0902817, abs=1e-7)
    assert everything == pytest.approx(float(solve(data, penalty).value), abs=1e-7)
    objective = float(network.objective(data, penalty))
    assert objective == 0.125
    subsets = [[column for column, use in zip(every, chosen, strict=True) if use] for chosen in product((0, 1), repeat=6)]
    assert all(abs(restricted_value(data, penalty, columns) - objective) > 1e-4 for columns in subsets if columns)


def test_moving_across_the_kink_as_the_facts_say():
    data, penalty, _ = SECOND
    up, down = (Network([[1, move]], [1]).objective(data, penalty) - Fraction(1, 8) for move in ("0.01", "-0.01"))
    assert float(up) == pytest.approx(-8.95e-4)
    assert float(down) == pytest.approx(-9.45e-4)


def test_a_sub_sampled_optimum_need_not_be_stationary():
    data, network = Dataset([[1, -1], [0, 1]], [2, HALF]), Network([[1, 0]], [1])
    found = classify(network, data, 1)
    assert kinds(data, 1, network) == (REFUTED, PROVED, REFUTED, REFUTED, REFUTED)
    assert isinstance(found.sub_sampled.witness, SubSampled)
    (column,) = found.sub_sampled.witness.columns
    assert (column.pattern, column.sign, column.multipliers) == ((1, 1), 1, ((1, HALF),))
    assert restricted_value(data, 1, [((1, 1), 1)]) == pytest.approx(float(found.objective), abs=1e-6)
    assert isinstance(found.clarke.witness, Descent)
    assert found.clarke.witness.derivative < 0
    assert found.distance == HALF
    assert found.summary == "not stationary, though an optimum of a sub-sampled program"


def test_a_whole_gate_at_a_concave_kink_is_sub_sampled_but_not_directional():
    data, network = Dataset([[1, -1], [0, 1]], [2, 1]), Network([[1, 0]], [1])
    assert kinds(data, 1, network) == (PROVED, PROVED, REFUTED, REFUTED, REFUTED)
    found = classify(network, data, 1)
    assert found.sub_sampled.witness.columns[0].pattern == (1, 1)
    assert found.clarke.witness.concave == ()
    assert "sub-sampled" in found.summary
    assert found.summary.startswith("Clarke-stationary and an optimum")


def test_a_convex_kink_is_a_local_minimum():
    data, network = Dataset([[1, 1], [0, 1]], [2, -3]), Network([[1, 0]], [1])
    assert kinds(data, 1, network) == (PROVED, PROVED, PROVED, PROVED, REFUTED)
    found = classify(network, data, 1)
    assert isinstance(found.global_minimum.witness, Violation)
    assert found.summary == "local minimum among networks of width 1, not global"
    rng = np.random.default_rng(1)
    for _ in range(200):
        step = [Fraction(int(v), 300) for v in rng.integers(-9, 10, size=3)]
        moved = Network([[1 + step[0], step[1]]], [1 + step[2]])
        assert moved.objective(data, 1) >= found.objective


@pytest.mark.parametrize(
    ("penalty", "hidden", "output"),
    [
        (Fraction(7, 8), [["3/8"] * 4], ["3/4"]),
        (Fraction(1), [["1/2", 0, 0, 0], ["-1/4", "1/4", "1/4", "1/4"]], ["1/2", "1/2"]),
    ],
)
def test_the_optimal_networks_of_the_toy(penalty, hidden, output):
    """Both ends of the segment of optima are proved, with all three optimal neurons tight."""
    network = Network(hidden, output)
    found = classify(network, TOY, penalty)
    assert kinds(TOY, penalty, network) == (PROVED,) * 5
    assert found.objective == penalty - penalty**2 / 4
    assert found.summary == "global minimum, over networks of every width"
    evidence = found.global_minimum.witness
    proof = BoundProof(
        data=TOY,
        penalty=penalty,
        residual=evidence.residual,
        positive=evidence.positive,
        negative=evidence.negative,
        lower=found.objective,
        network=network,
        upper=found.objective,
    )
    assert check_bound(proof) is None


def test_a_tree_beyond_the_limit_leaves_the_global_question_open():
    found = classify(Network([["3/8"] * 4], ["3/4"]), TOY, "7/8", limit=1)
    assert found.global_minimum.status is UNDECIDED
    assert "more than 1 nodes" in found.global_minimum.reason
    assert found.summary == "local minimum among networks of width 1; whether it is global is undecided"


@pytest.mark.parametrize("digits", [3, 12, 40, 200])
def test_the_dual_bound_is_decided_exactly(digits):
    """For this residual the bound 1 is attained at three directions, all rational up to length."""
    form = Form.of(hyperplanes(TOY.X), (HALF, HALF), 1, dimension=4)
    assert isinstance(feasible(form, Fraction(1), limit=1000), Feasible)
    assert isinstance(feasible(form, 1 + Fraction(1, 10**digits), limit=1000), Feasible)
    found = feasible(form, 1 - Fraction(1, 10**digits), limit=1000)
    assert isinstance(found, Exceeded)
    assert form.value(found.direction) ** 2 > (1 - Fraction(1, 10**digits)) ** 2 * dot(found.direction, found.direction)


def test_zero_neurons_decide_local_minimality_at_second_order():
    data = TOY
    empty, one = Network([], []), Network([[0] * 4], [0])
    assert kinds(data, 1, empty) == (PROVED, PROVED, PROVED, PROVED, REFUTED)
    assert kinds(data, 1, one) == (PROVED, PROVED, PROVED, REFUTED, REFUTED)
    assert kinds(data, 2, one) == (PROVED,) * 5
    found = classify(one, data, 1)
    assert found.zero_neurons == (0,)
    way = found.local_minimum.witness
    assert way.derivative == 0
    assert way.curvature < 0
    assert slope_along(data, one, 1, way.hidden, way.output) == (0, way.curvature)
    assert way.better.objective(data, 1) < found.objective
    assert way.better.width == 1
    assert found.summary == "directionally stationary, not a local minimum"


def test_copies_of_neurons_change_nothing_but_the_width():
    network = Network([["3/8"] * 4], ["3/4"])
    shares = split(network, 0, ["9/25", "16/25"])
    balanced_copies = Network([["9/40"] * 4, ["3/10"] * 4], ["9/20", "3/5"])
    assert kinds(TOY, "7/8", balanced_copies) == (PROVED,) * 5
    assert classify(balanced_copies, TOY, "7/8").merged.width == 1
    assert kinds(TOY, "7/8", shares) == (REFUTED,) * 5
    found = classify(shares, TOY, "7/8")
    assert not found.balanced
    assert "not balanced" in found.clarke.reason


@pytest.mark.parametrize("network", [Network([[0, 0]], [1]), Network([[1, 2]], [0])])
def test_half_zero_neurons_are_not_stationary(network):
    data = FIRST[0]
    found = classify(network, data, 1)
    assert kinds(data, 1, network) == (REFUTED,) * 5
    assert found.zero_neurons == ()
    assert found.clarke.witness.better.objective(data, 1) < found.objective


def test_gates_of_dependent_hyperplanes_that_bend_both_ways():
    """All gates in [0, 1] would reach 0, but the convex hull of the gradients of the cells does not."""
    X = [[1, 0, 0], [0, 1, 0], [1, 1, 0], ["-9/10", "-9/10", 1]]
    network, penalty = Network([[0, 0, 1]], [1]), Fraction(1)
    residual = (1, 1, -1, 1)
    data = Dataset(X, [f + r for f, r in zip(network.predict(X), residual, strict=True)])
    pulled = [a + b for a, b in zip((Fraction(-9, 10), Fraction(-9, 10)), (Fraction(9, 10), Fraction(9, 10)), strict=True)]
    assert pulled == [0, 0]  # gates 9/10, 9/10, 0
    found = classify(network, data, penalty)
    assert judged(data, network, penalty)[0] is False
    assert found.clarke.status is REFUTED
    assert found.distance == Real.of_radical(RadicalSum.root(Fraction(8, 25)))


def test_a_limit_leaves_answers_open_and_the_distance_enclosed():
    X = [[1, 0, 0], [0, 1, 0], [1, 1, 0], ["-9/10", "-9/10", 1]]
    network = Network([[0, 0, 1]], [1])
    data = Dataset(X, [f + r for f, r in zip(network.predict(X), (1, 1, -1, 1), strict=True)])
    found = classify(network, data, 1, limit=1)
    assert found.clarke.status is UNDECIDED
    assert "limit=1" in found.clarke.reason
    assert not found.decided
    whole = classify(network, data, 1).distance
    assert found.distance.low <= whole.low <= whole.high <= found.distance.high
    assert found.summary == "stationarity is undecided"


def test_floats_are_taken_exactly_and_are_not_stationary():
    data = Dataset([[1, 1], [-1, 2], [2, -1], [3, 1]], [1, 2, -1, 0])
    rng = np.random.default_rng(0)
    hidden, output = rng.normal(size=(3, 2)), rng.normal(size=3)
    X, y, b = np.array(data.X, float), np.array(data.y, float), 0.25
    for _ in range(4000):
        pre = X @ hidden.T
        r = y - np.maximum(pre, 0) @ output
        slope_w = b * hidden - ((pre > 0) * np.outer(r, output)).T @ X
        slope_a = b * output - r @ np.maximum(pre, 0)
        hidden, output = hidden - 0.02 * slope_w, output - 0.02 * slope_a
    pre = X @ hidden.T
    r = y - np.maximum(pre, 0) @ output
    slope_w = b * hidden - ((pre > 0) * np.outer(r, output)).T @ X
    slope_a = b * output - r @ np.maximum(pre, 0)
    found = classify((hidden, output), data, "1/4", floats="binary")
    assert found.summary == "not stationary"
    assert float(found.distance) == pytest.approx(float(np.sqrt((slope_w**2).sum() + (slope_a**2).sum())), abs=1e-12)
    assert found.distance > 0
    way = found.clarke.witness
    assert way.better.objective(data, "1/4") < found.objective
    assert max(len(str(entry)) for row in way.hidden for entry in row) < 40
    with pytest.raises(InputError, match="not exact"):
        classify((hidden, output), data, "1/4")


def test_the_column_identity_holds():
    for data, penalty, network in (FIRST, SECOND, (Dataset([[1, -1], [0, 1]], [2, HALF]), Fraction(1), FIRST[2])):
        found = classify(network, data, penalty)
        if not isinstance(found.sub_sampled.witness, SubSampled):
            continue
        for column in found.sub_sampled.witness.columns:
            w, a = network.hidden[column.neuron], network.output[column.neuron]
            left = [penalty * entry / abs(a) for entry in w]
            right = [Fraction(0)] * data.d
            for i, row in enumerate(data.X):
                weight = column.sign * column.pattern[i] * found.residual[i]
                weight += dict(column.multipliers).get(i, 0) * (2 * column.pattern[i] - 1)
                right = [p + weight * q for p, q in zip(right, row, strict=True)]
            assert left == right
            assert all(dot(data.X[i], w) == 0 and rho > 0 for i, rho in column.multipliers)


def test_wrong_input_is_said_plainly():
    with pytest.raises(InputError, match="reads 3 columns but the data has 2"):
        classify(Network([[1, 2, 3]], [1]), FIRST[0], 1)
    with pytest.raises(InputError, match="make one with Network"):
        classify("network", FIRST[0], 1)
    with pytest.raises(InputError, match="not positive"):
        classify(FIRST[2], FIRST[0], 0)
    with pytest.raises(InputError, match="limit"):
        classify(FIRST[2], FIRST[0], 1, limit=0)
