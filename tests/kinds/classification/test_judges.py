"""Random networks built to be stationary with given gates, judged by brute force, by the proved optimum and by small moves."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from classifications import stationary
from classify_judges import Pull, dot, fitted, judged, slope_along
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import datasets, integers, networks, penalties, rationals

from reluexact.evidence.bound import BoundProof
from reluexact.evidence.status import Status
from reluexact.geometry.arrangement import activation_patterns
from reluexact.geometry.shortest import shortest
from reluexact.kinds.classification.claim import Blocked, Descent, Gates, Pieces, SubSampled, Violation
from reluexact.kinds.classification.find import classify
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.search.bound import check_bound

MANY_FILTERED = [HealthCheck.filter_too_much, HealthCheck.too_slow]
"""Not all gates have a residual that they make stationary, and not all stationary networks are minima."""

PROVED, REFUTED = Status.PROVED, Status.REFUTED


def proved(*answers):
    assert all(answer.status in (PROVED, REFUTED) for answer in answers)
    return tuple(answer.status is PROVED for answer in answers)


@settings(max_examples=150, suppress_health_check=MANY_FILTERED)
@given(stationary())
def test_stationarity_agrees_with_brute_force(problem):
    data, penalty, network = problem
    found = classify(network, data, penalty)
    assert proved(found.clarke, found.sub_sampled, found.directional) == judged(data, network, penalty)
    assert (found.distance == 0) is (found.clarke.status is PROVED)


@settings(max_examples=60)
@given(datasets(rows=(1, 4), columns=(1, 2)), penalties, st.data())
def test_any_network_agrees_with_brute_force(data, penalty, draw):
    network = draw.draw(networks(columns=data.d, width=(0, 2)))
    found = classify(network, data, penalty)
    assert proved(found.clarke, found.sub_sampled, found.directional) == judged(data, network, penalty)


@settings(max_examples=100, suppress_health_check=MANY_FILTERED)
@given(stationary(widths=(0, 2)), st.booleans())
def test_implications_and_the_optimal_value(problem, spare):
    data, penalty, network = problem
    if spare:
        network = Network([*network.hidden, [0] * data.d], [*network.output, 0])
    found = classify(network, data, penalty)
    clarke, sub, directional, local, best = proved(
        found.clarke, found.sub_sampled, found.directional, found.local_minimum, found.global_minimum
    )
    assert best <= local <= directional <= min(clarke, sub)
    assert local == (best if found.zero_neurons else directional)
    optimum = solve(data, penalty)
    assert optimum.lower <= found.objective
    if optimum.status is PROVED:
        assert (optimum.value.compare(found.objective) == 0) is best
    if best:
        evidence = found.global_minimum.witness
        proof = BoundProof(
            data=data,
            penalty=penalty,
            residual=evidence.residual,
            positive=evidence.positive,
            negative=evidence.negative,
            lower=found.objective,
            network=network,
            upper=found.objective,
        )
        assert check_bound(proof) is None


@settings(max_examples=100, suppress_health_check=MANY_FILTERED)
@given(stationary(), st.data())
def test_every_witness_holds(problem, draw):
    data, penalty, network = problem
    if draw.draw(st.booleans()):
        network = draw.draw(networks(columns=data.d, width=(1, 2)))
    found = classify(network, data, penalty)
    pulls = [Pull(data, network, penalty, j) for j in range(network.width)]
    for _, answer in found.properties:
        check_witness(data, penalty, network, found, answer.witness, pulls)


def check_witness(data, penalty, network, found, witness, pulls):
    checks = {
        Descent: check_descent,
        Violation: check_violation,
        Gates: check_gates,
        SubSampled: check_columns,
        Blocked: check_blocked,
        Pieces: check_all_pieces,
    }
    if type(witness) in checks:
        checks[type(witness)](data, penalty, network, found, witness, pulls)


def check_descent(data, penalty, network, found, witness, _):
    first, second = slope_along(data, network, penalty, witness.hidden, witness.output)
    assert (first, second if witness.curvature is not None else None) == (witness.derivative, witness.curvature)
    assert witness.derivative < 0 or witness.curvature < 0
    assert witness.better.objective(data, penalty) < found.objective
    assert witness.better.width == network.width


def check_violation(data, penalty, network, found, witness, _):
    assert witness.better.objective(data, penalty) < found.objective
    assert witness.better.width == network.width + 1
    value = sum(r * max(dot(x, witness.direction), 0) for r, x in zip(found.residual, data.X, strict=True))
    assert witness.sign * value == witness.value
    assert witness.value**2 > penalty**2 * dot(witness.direction, witness.direction)


def check_gates(data, penalty, network, found, witness, _):
    for w, a, gates in zip(network.hidden, network.output, witness.gates, strict=True):
        assert all(0 <= gate <= 1 for gate in gates)
        weights = [a * g * r for g, r in zip(gates, found.residual, strict=True)] if gates else [0] * data.n
        assert [penalty * entry for entry in w] == [dot(weights, column) for column in zip(*data.X, strict=True)]


def check_columns(data, penalty, network, found, witness, _):
    assert [column.neuron for column in witness.columns] == [j for j in range(network.width) if network.output[j]]
    for column in witness.columns:
        check_column(data, penalty, network, found, column)


def check_blocked(data, penalty, network, found, witness, pulls):
    pull = pulls[witness.neuron]
    assert [-pull.value(h) for h in witness.directions] == list(witness.derivatives)
    assert max(witness.derivatives) < 0
    for signs in pull.cells():
        inside = [all(s * dot(x, h) >= 0 for s, x in zip(signs, pull.rows, strict=True)) for h in witness.directions]
        assert any(inside), "a cell without a way down"


def check_all_pieces(data, penalty, network, found, witness, pulls):
    assert all(pull.is_directional() for pull in pulls)
    assert {piece.neuron for piece in witness.pieces} == {j for j in range(network.width) if network.output[j]}
    for j, w in enumerate(network.hidden):
        if any(w):
            check_pieces(data, penalty, network, found, j, [piece for piece in witness.pieces if piece.neuron == j])


def check_pieces(data, penalty, network, found, j, pieces):
    """The pieces cover all directions, and the coefficients of each show what their docstring says."""
    w, a = network.hidden[j], network.output[j]
    kinks = {}
    pulled = [penalty * entry for entry in w]
    for i, x in enumerate(data.X):
        counts = dot(x, w) > 0
        if dot(x, w) == 0 and any(x):
            owner = next((k for k in kinks if parallel(data.X[k], x)), i)
            lead = next(c for c, entry in enumerate(x) if entry)
            factor = x[lead] / data.X[owner][lead]
            kinks[owner] = kinks.get(owner, 0) + a * abs(factor) * found.residual[i]
            counts = factor < 0
        if counts:
            pulled = [p - a * found.residual[i] * q for p, q in zip(pulled, x, strict=True)]
    for piece in pieces:
        sides, numbers = dict(piece.sides), dict(piece.coefficients)
        assert set(sides) == {k for k, kink in kinks.items() if kink > 0}
        assert [dot(numbers.values(), [data.X[k][c] for k in numbers]) for c in range(data.d)] == pulled
        for k, kink in kinks.items():
            value = numbers.get(k, 0)
            assert sides.get(k) == -1 or value >= kink
            assert sides.get(k) == 1 or value <= 0
    seen = {piece.sides for piece in pieces}
    for h in product((-7, -2, 1, 3, 11), repeat=data.d):
        heights = {k: dot(data.X[k], h) for k in kinks if kinks[k] > 0}
        if all(heights.values()):
            assert tuple(sorted((k, 1 if value > 0 else -1) for k, value in heights.items())) in seen


def parallel(x, z):
    return all(x[i] * z[j] == x[j] * z[i] for i in range(len(x)) for j in range(len(x)))


def check_column(data, penalty, network, found, column):
    w, a = network.hidden[column.neuron], network.output[column.neuron]
    rho = dict(column.multipliers)
    assert column.sign * a > 0
    assert list(map(bool, column.pattern)) in activation_patterns(data.X).patterns.tolist()
    assert all(value > 0 and dot(data.X[i], w) == 0 for i, value in rho.items())
    assert all((2 * bit - 1) * dot(x, w) >= 0 for bit, x in zip(column.pattern, data.X, strict=True))
    weights = [
        column.sign * bit * r + rho.get(i, 0) * (2 * bit - 1)
        for i, (bit, r) in enumerate(zip(column.pattern, found.residual, strict=True))
    ]
    assert [penalty * entry / abs(a) for entry in w] == [dot(weights, list(side)) for side in zip(*data.X, strict=True)]


@settings(max_examples=60, suppress_health_check=MANY_FILTERED)
@given(stationary(), st.lists(st.integers(-9, 9), min_size=8, max_size=8))
def test_nothing_nearby_is_better_than_a_local_minimum(problem, move):
    data, penalty, network = problem
    found = classify(network, data, penalty)
    assume(found.local_minimum.status is PROVED)
    flat = [Fraction(entry, 10**4) for entry in move]
    width, d = network.width, data.d
    hidden = [[w + flat[j * d + i] for i, w in enumerate(row)] for j, row in enumerate(network.hidden)]
    moved = Network(hidden, [a + flat[width * d + j] for j, a in enumerate(network.output)])
    assert moved.objective(data, penalty) >= found.objective


@settings(max_examples=200)
@given(st.data())
def test_bounded_least_squares_meets_its_conditions(draw):
    d, count = draw.draw(st.integers(1, 3)), draw.draw(st.integers(0, 5))
    rows = [tuple(draw.draw(integers) for _ in range(d)) for _ in range(count)]
    offset = tuple(draw.draw(rationals) for _ in range(d))
    bounds = []
    for _ in rows:
        low, high = sorted((draw.draw(integers), draw.draw(integers)))
        bounds.append(draw.draw(st.sampled_from([(low, high), (low, None), (None, high)])))
    found = shortest(rows, offset, bounds)
    total = [o + dot(found.coefficients, [row[j] for row in rows]) for j, o in enumerate(offset)]
    assert tuple(total) == found.vector
    for row, value, (low, high) in zip(rows, found.coefficients, bounds, strict=True):
        assert low is None or low <= value
        assert high is None or value <= high
        slope = dot(row, found.vector)
        assert slope <= 0 or value == low
        assert slope >= 0 or value == high


def test_the_strategy_reaches_every_kind():
    kinds = dict.fromkeys(product((False, True), repeat=3), False)

    @settings(max_examples=400, database=None, derandomize=True, suppress_health_check=MANY_FILTERED)
    @given(stationary())
    def collect(problem):
        data, penalty, network = problem
        kinds[judged(data, network, penalty)] = True

    collect()
    reached = {kind for kind, seen in kinds.items() if seen}
    assert reached >= {(False, True, False), (True, False, False), (True, True, False), (True, True, True)}


@pytest.mark.slow
@settings(max_examples=1500, suppress_health_check=MANY_FILTERED)
@given(stationary(widths=(1, 3)))
def test_stationarity_agrees_with_brute_force_at_length(problem):
    data, penalty, network = problem
    found = classify(network, data, penalty)
    assert proved(found.clarke, found.sub_sampled, found.directional) == judged(data, network, penalty)


def test_a_dataset_can_be_fitted():
    data = fitted(((Fraction(1),),), Fraction(1), Network([[1]], [1]), [[Fraction(1)]], [Fraction(0)])
    assert data == Dataset([[1]], [2])
