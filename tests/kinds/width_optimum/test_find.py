"""Optima of a given width: against brute force, against each other, and with certificates that the checker accepts."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import DATA, TESTS
from width_judge import least

import reluexact as rx
from reluexact import checker
from reluexact.budget import OutOfTime
from reluexact.evidence.region import Region, parts, whole
from reluexact.kinds.subsampled.find import sampled_optimum
from reluexact.kinds.width_optimum import tree_search, unlisted
from reluexact.kinds.width_optimum.certificate import to_document
from reluexact.kinds.width_optimum.claim import Closed, DualPoint, SplitRegion
from reluexact.kinds.width_optimum.evidence import fault_of
from reluexact.kinds.width_optimum.mirrored import same_value
from reluexact.kinds.width_optimum.stopped import Known
from reluexact.kinds.width_optimum.views import width_json
from reluexact.model.program import make_program
from reluexact.propose.columns import all_columns
from reluexact.prove.assemble import assemble_value

TOY = {"X": [[2, 0, 0, 0], [-1, 1, 1, 1]], "y": [1, 1]}
CROSS = {"X": [[1, 0], [0, 1], [-1, 0], [0, -1]], "y": [1, 1, 1, 1]}
PLANE = {"X": [[0, -3], [-2, -1], [-3, 2]], "y": [2, 3, 4]}


def best(X, y, penalty, width, **options):
    """Return the optimum of a width, PROVED, after the checker has accepted its certificate."""
    data = rx.Dataset(X, y)
    found = rx.solve_width(data, penalty, width, **options)
    assert found.status.name == "PROVED", found.reason
    assert found.upper - found.lower <= Fraction(1, 10**found.digits)
    assert found.network.width <= width
    assert found.network.objective(data, penalty) == found.upper
    assert found.lower <= found.value.high
    assert found.value.low <= found.upper
    report = checker.check_document(json.dumps(to_document(found)))
    assert report.verified, (report.path, report.reason)
    return found


def instance(seed, size):
    source = random.Random(seed)
    n, d = source.randint(2, 5), source.randint(1, 2)
    X = [[source.randint(-size, size) for _ in range(d)] for _ in range(n)]
    return X, [source.randint(-size, size) for _ in range(n)], Fraction(source.randint(1, 8), source.choice([1, 2, 4]))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("size", [3, 9])
def test_brute_force_over_all_sets_of_columns(seed, size):
    judge(seed, size)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5, 45))
@pytest.mark.parametrize("size", [3, 9])
def test_brute_force_over_all_sets_of_columns_of_many(seed, size):
    judge(seed, size)


def judge(seed, size):
    X, y, penalty = instance(f"width {size} {seed}", size)
    for width in (1, 2):
        found, judged = best(X, y, penalty, width), least(X, y, penalty, width)
        assert float(found.lower) <= judged + 1e-6 * max(1.0, judged)
        assert judged <= float(found.upper) + 1e-6 * max(1.0, judged)


@pytest.mark.parametrize("case", [PLANE, CROSS, {"X": [[2, 1], [-1, 0], [1, -1]], "y": [-1, -3, 1]}])
def test_the_value_is_the_least_of_all_sub_sampled_optima(case):
    """Every set of at most k columns, each solved with proof; the least of these values is compared to 18 digits."""
    every = all_columns(make_program(rx.Dataset(**case), Fraction(1, 4)))
    for width in (1, 2):
        found = best(**case, penalty="1/4", width=width, digits=20)
        values = []
        for chosen in combinations(range(len(every)), width):
            value, _ = assemble_value(sampled_optimum(every, sum(1 << k for k in chosen)).found)
            values.append(value.refined(20))
        lowest = min(values, key=lambda value: value.low)
        assert lowest.low <= found.value.high
        assert found.value.low <= lowest.high
        assert abs(lowest.low - found.value.low) < Fraction(1, 10**18)


def descended(X, y, penalty, width, seed):
    """Train a network by plain gradient descent from a random start; return its objective."""
    source = np.random.default_rng(seed)
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    w, a = source.normal(size=(width, X.shape[1])), source.normal(size=width)
    step, value = 0.05, np.inf
    for _ in range(1000):
        hidden = np.maximum(X @ w.T, 0.0)
        error = hidden @ a - y
        now = 0.5 * error @ error + penalty / 2 * (np.sum(w * w) + np.sum(a * a))
        step, value = (step * 1.02, now) if now < value else (step / 2, value)
        slope_w = ((error[:, None] * (X @ w.T > 0)) * a).T @ X + penalty * w
        slope_a = hidden.T @ error + penalty * a
        w, a = w - step * slope_w / (1 + np.abs(slope_w).max()), a - step * slope_a / (1 + np.abs(slope_a).max())
    return now


@pytest.mark.parametrize("width", [1, 2])
def test_no_descent_gets_below(width):
    X, y = [[3, 1, 1], [-1, 2, 1], [0, -2, 1], [2, 2, 1], [-3, 1, 1]], [2, -1, 3, 0, 1]
    found = best(X, y, "1/2", width)
    reached = [descended(X, y, 0.5, width, seed) for seed in range(12)]
    assert min(reached) >= float(found.lower) - 1e-9
    assert min(reached) <= float(found.upper) * 1.02  # and the descents are no straw men


def test_the_toy():
    found = [best(**TOY, penalty="1/10", width=width) for width in range(4)]
    assert [one.value for one in found] == [1, Fraction(39, 400), Fraction(39, 400), Fraction(39, 400)]
    assert [one.is_global for one in found] == [False, True, True, True]
    assert found[0].network.width == 0
    assert [neuron.pattern for neuron in found[1].neurons] == ["++"]
    curve = rx.width_curve(rx.Dataset(**TOY), "1/10")
    assert (curve.fewest, len(curve.optima), curve.falls) == (1, 2, True)


def test_without_neurons_the_value_is_half_the_square_of_the_targets():
    found = best([[1], [5]], [3, 4], 1, 0)
    assert (found.value, found.lower, found.upper) == (Fraction(25, 2), Fraction(25, 2), Fraction(25, 2))


def test_a_penalty_beyond_the_greatest_leaves_the_zero_network():
    found = best([[1, 2], [3, 1]], [1, 1], 100, 2)
    assert (found.value, found.is_global, found.network.width) == (1, True, 0)


def test_targets_that_are_zero():
    assert best([[1, 2], [3, 1]], [0, 0], 1, 1).value == 0


def test_zero_rows_cost_what_they_cost():
    assert best([[0, 0], [1, 1]], [3, 0], 1, 1).value == Fraction(9, 2)


def test_symmetric_data_has_exact_ties():
    """Four directions are equally good: which one is taken is arbitrary, the value is not."""
    one = best(**CROSS, penalty="1/3", width=1)
    assert one.exact
    assert one.value.radical is not None
    curve = rx.width_curve(rx.Dataset(**CROSS), "1/3")
    assert curve.falls
    assert curve.fewest == rx.optimal_set(rx.solve(rx.Dataset(**CROSS), "1/3")).min_width


@pytest.mark.parametrize(
    ("X", "y", "penalty"),
    [
        ([[2, 1], [-3, 3], [-2, -1], [3, -3]], [1, 1, 1, 1], "2/5"),
        ([[-1, 0, 2], [3, 2, -1], [1, 0, -2], [-3, -2, 1]], [-1, -2, -1, -2], "11/3"),
        ([[1, -1], [0, -2], [2, -2], [-1, 1], [0, 2]], [2, 1, 0, 2, 1], 2),
        ([[1, 1], [-9, -6], [-1, -1], [9, 6]], [1, 4, 1, 4], 4),
    ],
)
def test_mirrored_networks_of_an_irrational_value_are_known_to_be_equally_good(X, y, penalty):
    found = best(X, y, penalty, 1)
    assert found.exact
    assert found.value.radical is None
    assert abs(Fraction(found.value.decimal(60)) - found.value.low) < Fraction(1, 10**20)


def test_networks_that_are_no_images_are_not_taken_for_equal():
    every = all_columns(make_program(rx.Dataset(**PLANE), Fraction(1, 8)))
    found = [sampled_optimum(every, 1 << k).found for k in range(len(every))]
    used = [one for one in found if one.kkt.bases]
    assert len(used) > 2
    for one in used:
        assert same_value(one.kkt, one.kkt)
        for other in used:
            first, second = (assemble_value(each)[0] for each in (one, other))
            assert same_value(one.kkt, other.kkt) <= (first.low <= second.high and second.low <= first.high)


@pytest.mark.parametrize("seed", range(4))
def test_the_curve_ends_at_the_fewest_neurons_of_the_optimum(seed):
    source = np.random.default_rng(seed)
    data = rx.Dataset(source.integers(-5, 6, (6, 2)).tolist(), source.integers(-5, 6, 6).tolist())
    optimum = rx.solve(data, 1)
    curve = rx.width_curve(data, 1)
    assert curve.fewest == rx.optimal_set(optimum).min_width
    assert curve.falls
    assert curve.values[-1].compare(optimum.value.low) >= 0
    assert curve.values[-1].compare(optimum.value.high) <= 0
    assert all(one.exact for one in curve.optima)
    assert len(rx.width_curve(data, 1, most=1).optima) == min(2, len(curve.optima))


ROTATION = ((Fraction(3, 5), Fraction(4, 5)), (Fraction(-4, 5), Fraction(3, 5)))
PROBLEM = {"X": [[1, 2], [-2, 1], [3, 1], [-1, -1]], "y": [2, -1, 1, 3]}


def rotated(row):
    return [sum(Fraction(a) * b for a, b in zip(row, column, strict=True)) for column in zip(*ROTATION, strict=True)]


@pytest.mark.parametrize("width", [1, 2])
@pytest.mark.parametrize(
    ("change", "factor"),
    [
        (lambda X, y, b: (X[::-1], y[::-1], b), 1),
        (lambda X, y, b: ([rotated(row) for row in X], y, b), 1),
        (lambda X, y, b: ([[2 * x for x in row] for row in X], y, 2 * b), 1),
        (lambda X, y, b: (X, [-3 * t for t in y], 3 * b), 9),
        (lambda X, y, b: ([[*row, 0] for row in X], y, b), 1),
        (lambda X, y, b: ([*X, [0, 0]], [*y, 0], b), 1),
        (lambda X, y, b: (X * 2, y * 2, 2 * b), 2),
        (lambda X, y, b: ([[x, z, x] for x, z in X], y, b), None),
    ],
    ids=["permuted", "rotated", "scaled", "targets scaled", "idle column", "zero row", "rows twice", "column twice"],
)
def test_images_of_a_problem(width, change, factor):
    first = best(**PROBLEM, penalty="1/2", width=width)
    X, y, penalty = change(PROBLEM["X"], PROBLEM["y"], Fraction(1, 2))
    second = best(X, y, penalty, width)
    if factor is None:
        assert second.upper < first.lower  # the same functions, at a lower cost
    else:
        assert abs(second.value.low - factor * first.value.low) < Fraction(1, 10**18)


def test_where_the_global_optimum_is_undecided_the_widths_are_not(monkeypatch):
    monkeypatch.setattr("reluexact.search.proof.find_relations", lambda *_: iter(()))  # a tie then stays undecided
    rows = [[-1, 1], [0, 1], [0, 1], [1, -1], [0, 0], [0, -1], [1, 0], [-1, -1], [0, -1]]
    data = rx.Dataset(rows, [-1, 0, -1, 1, -1, 0, -1, 1, 0])
    assert rx.solve(data, 1).status.name == "UNDECIDED"
    curve = rx.width_curve(data, 1)
    assert curve.status.name == "PROVED"
    assert curve.fewest is None
    assert [one.is_global for one in curve.optima] == [False, False, None]
    last = curve.optima[-1]
    assert not last.exact
    assert (last.value.low, last.value.high) == (last.lower, last.upper)


def test_badly_scaled_data():
    """Floats see nothing of the last value beside that of the zero network."""
    curve = rx.width_curve(rx.Dataset([[1000000, 3], [5, -2000000]], [10**7, -3 * 10**6]), "1/7")
    assert curve.status.name == "PROVED"
    assert [value.decimal(12) for value in curve.values] == ["54500000000000", "4500000000000", "1.64285714285"]


def test_too_many_patterns(monkeypatch):
    data, penalty = rx.Dataset(**PLANE), "1/8"
    listed = rx.width_curve(data, penalty)
    monkeypatch.setattr(unlisted, "CELL_LIMIT", 5)
    curve = rx.width_curve(data, penalty)
    assert curve.optima[-1].status.name == "PROVED"
    assert (curve.fewest, len(curve.optima)) == (listed.fewest, len(listed.optima))
    for known, found in zip(listed.optima[1:-1], curve.optima[1:-1], strict=True):
        assert (found.status.name, found.is_global) == ("UNDECIDED", False)
        assert found.lower <= known.lower <= known.upper <= found.upper
        assert found.network.width <= found.width
        assert width_json(found)["limit"] == {"counted": "activation patterns", "allowed": 5, "reached": 6}


def test_digits_on_demand():
    found = best(**PLANE, penalty="1/8", width=1, digits=60)
    assert found.exact
    rough = best(**PLANE, penalty="1/8", width=1, digits=5)
    assert rough.value.decimal(50) == found.value.decimal(50)


def test_the_limit_leaves_true_bounds():
    data = rx.Dataset(**PLANE)
    known = best(**PLANE, penalty="1/8", width=2)
    assert known.nodes > 3
    found = rx.solve_width(data, "1/8", 2, limit=1)
    assert found.status.name == "UNDECIDED"
    assert "limit=" in found.reason
    assert found.lower < known.lower
    assert known.lower <= found.upper
    assert checker.check_document(json.dumps(to_document(found))).verified


def test_scip_proposes():
    found = best(**PLANE, penalty="1/8", width=1, engine="scip")
    assert found.value.decimal(30) == best(**PLANE, penalty="1/8", width=1).value.decimal(30)
    assert dict(found.produced_by)["engine"] == "scip"


def test_save(tmp_path):
    found = best(**PLANE, penalty="1/8", width=1)
    found.save(tmp_path / "one.json")
    report = rx.check(tmp_path / "one.json")
    assert report.verified
    assert "at most 1 neuron lies in [" in report.lines[1]
    assert "width=1" in repr(found)
    with pytest.raises(rx.InputError, match="W1"):
        replace(found, upper=found.lower - 1).save(tmp_path / "two.json")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"width": -1}, "width"),
        ({"width": True}, "width"),
        ({"width": "1"}, "width"),
        ({"width": 1, "engine": "abacus"}, "engine"),
        ({"width": 1, "digits": 0}, "digits"),
        ({"width": 1, "limit": 0}, "limit"),
        ({"width": 1, "penalty": 0}, "penalty"),
    ],
)
def test_bad_input(options, message):
    with pytest.raises(rx.InputError, match=message):
        rx.solve_width(rx.Dataset([[1]], [1]), **{"penalty": 1, **options})


def test_bad_last_width():
    with pytest.raises(rx.InputError, match="most"):
        rx.width_curve(rx.Dataset([[1]], [1]), 1, most=-1)


def test_parts_cover_every_way_to_place_the_neurons():
    """By enumeration: each neuron is on or off for two hyperplanes; the leaves of some splits together have all placements."""
    leaves, stack = [], [(whole(3, 2), ((0, 0), (1, 1), (0, 0), (0, 1)))]
    while stack:
        assignment, steps = stack.pop()
        step = next((s for s in steps if s[0] < len(assignment) and all(w != s[1] for w, _ in assignment[s[0]][0].sides)), None)
        if step is None:
            leaves.append(assignment)
        else:
            stack += [(part, steps[steps.index(step) + 1 :]) for part in parts(assignment, *step)]
    places = [(sign, a, b) for sign in (1, -1) for a in (1, -1) for b in (1, -1)]
    for first in combinations(places * 3, 3):
        if sum(place[0] == 1 for place in first) == 2:
            assert any(fits(first, leaf) for leaf in leaves), first


def fits(neurons, assignment):
    seats = [region for region, count in assignment for _ in range(count)]
    assert len(seats) == 3
    return any(
        all(n[0] == r.sign and all(n[1 + w] == side for w, side in r.sides) for n, r in zip(neurons, order, strict=True))
        for order in permutations(seats)
    )


def test_damaged_evidence_is_found():
    found = best(**PLANE, penalty="1/8", width=2)
    program, evidence = make_program(found.data, found.penalty), found.evidence
    assert fault_of(program, 2, evidence, found.lower) is None
    assert "dual value" in fault_of(program, 2, evidence, found.upper + 1)
    assert "ends too early" in fault_of(program, 2, replace(evidence, tree=evidence.tree[:-1]), found.lower)
    assert "more nodes" in fault_of(program, 2, replace(evidence, tree=(*evidence.tree, Closed(0))), found.lower)
    assert "feasible on a region" in fault_of(program, 1, replace(evidence, tree=(Closed(0), Closed(0))), found.lower)
    twice = replace(evidence, tree=(SplitRegion(0, 0), SplitRegion(1, 0), *evidence.tree))
    assert "decided twice" in fault_of(program, 2, twice, found.lower)
    longer = tuple(2 * t for t in evidence.points[0].residual)
    wrong = DualPoint(residual=longer, coverings=evidence.points[0].coverings)
    assert "leaf" in fault_of(program, 2, replace(evidence, points=(wrong, *evidence.points[1:])), Fraction(-1000))


def test_regions():
    outer, inner = Region(sign=1, sides=((2, 1),)), Region(sign=1, sides=((0, -1), (2, 1)))
    assert inner.within(outer)
    assert not outer.within(inner)
    assert not Region(sign=-1, sides=inner.sides).within(outer)
    assert not Region(sign=1, sides=((0, -1), (2, -1))).within(outer)


@settings(max_examples=15, deadline=None)
@given(strategies.problems(rows=(1, 4), columns=(1, 2)), st.integers(1, 2))
def test_small_exact_data(problem, width):
    data, penalty = problem
    found, judged = best(data.X, data.y, penalty, width), least(data.X, data.y, penalty, width)
    assert abs(float(found.upper) - judged) <= 1e-6 * max(1.0, judged)


GOLDEN = json.loads((TESTS / "golden" / "optima.json").read_text(encoding="utf-8"))
SMALL = [record for record in GOLDEN if len(record["Z"]) <= 9 and len(record["Z"][0]) <= 3]


@pytest.mark.slow
@pytest.mark.parametrize("record", SMALL, ids=lambda record: f"{len(record['Z'])}x{len(record['Z'][0])}")
def test_curves_end_at_the_golden_values(record):
    data = rx.Dataset([[Fraction(x) for x in row] for row in record["Z"]], [Fraction(t) for t in record["y"]])
    curve = rx.width_curve(data, record["penalty"])
    assert curve.status.name == "PROVED"
    assert curve.falls
    assert curve.fewest == len(curve.optima) - 1
    assert abs(curve.optima[-1].lower - Fraction(record["value"])) < Fraction(1, 10**18)
    for one in curve.optima:
        assert checker.check_document(json.dumps(to_document(one))).verified


@pytest.mark.slow
def test_motorcycle():
    data = rx.Dataset.read(DATA / "motorcycle.csv", bias=True)
    for width, value in ((1, "143105.41052456215808"), (2, "92955.492688585121143")):
        found = rx.solve_width(data, 50, width)
        assert found.status.name == "PROVED"
        assert found.is_global is False
        assert found.value.decimal(24).startswith(value[:-1])
        assert checker.check_document(json.dumps(to_document(found))).verified


def anscombe():
    return rx.Dataset.read("examples/data/anscombe2.csv", bias=True)


STOPS = ("activation patterns", "the global optimum", "its smallest network", "the search")


def stopper(patch, stop, error):
    """Return a progress that raises an error at a stage; within the search, its fifth node does."""
    if stop == "the search":
        turns = iter(range(4))

        def turn():
            if next(turns, error) is error:
                raise error

        patch.setattr(tree_search, "check", turn)

    def progress(stage):
        if stop in stage:
            raise error

    return progress


@pytest.mark.parametrize("stop", STOPS)
def test_a_stopped_search_leaves_bounds_and_a_certificate(stop, tmp_path, monkeypatch):
    """Wherever the time is over: bounds round the value, which the whole search proves, and a file that the checker accepts."""
    value = rx.solve_width(anscombe(), "1/10", 3).value
    found = rx.solve_width(anscombe(), "1/10", 3, progress=stopper(monkeypatch, stop, OutOfTime(1.0)))
    assert found.status.name == "UNDECIDED"
    assert "time_limit=1" in found.reason
    assert 0 < found.lower <= value.high
    assert value.low <= found.upper
    assert found.network.width <= 3
    assert found.network.objective(anscombe(), "1/10") == found.upper
    found.save(tmp_path / "width.json")
    assert rx.check(tmp_path / "width.json").verified


@pytest.mark.parametrize("stop", STOPS)
def test_an_interrupted_search_leaves_the_same(stop, tmp_path, monkeypatch):
    with pytest.raises(KeyboardInterrupt) as interrupt:
        rx.solve_width(anscombe(), "1/10", 3, progress=stopper(monkeypatch, stop, KeyboardInterrupt()))
    found = interrupt.value.bounds
    assert (found.status.name, found.width, found.reason) == ("UNDECIDED", 3, "interrupted")
    assert 0 < found.lower <= Fraction("1.627577") <= found.upper
    found.save(tmp_path / "width.json")
    assert rx.check(tmp_path / "width.json").verified


def test_a_stopped_curve_keeps_its_widths_and_adds_the_one_that_was_stopped(tmp_path):
    curve = rx.width_curve(anscombe(), "1/10", time_limit=1e-9)
    assert [one.status.name for one in curve.optima] == ["PROVED", "UNDECIDED"]
    assert (curve.status.name, curve.fewest) == ("UNDECIDED", None)
    assert curve.optima[0].upper == rx.Network([], []).objective(anscombe(), "1/10")
    for one in curve.optima:
        one.save(tmp_path / "width.json")
        assert rx.check(tmp_path / "width.json").verified


def test_the_networks_on_the_way_bound_the_optimum_of_a_width():
    """Of the network of an optimum without a width, the greatest neurons are taken: never more than the width."""
    data = anscombe()
    optimum = rx.solve(data, "1/10")
    for width in range(6):
        known = Known(data=data, penalty=Fraction(1, 10), digits=20, engine="clarabel", optimum=optimum)
        found = known.claim(width, "stopped")
        assert found.network.width <= width
        assert found.lower <= found.upper <= rx.Network([], []).objective(data, "1/10")
    assert found.upper <= optimum.upper
    assert Fraction("1.58") < found.lower < optimum.lower
