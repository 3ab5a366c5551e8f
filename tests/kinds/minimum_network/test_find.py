"""The fewest neurons: known cases, both ways to prove them, enclosures, limits and wrong input."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product

import pytest
from fewest_judges import check_point, check_tree, random_system
from paths import DATA, TESTS
from solving import proved

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.geometry.polytope import BoundedSystem
from reluexact.kinds.minimum_network.claim import BranchTree
from reluexact.kinds.minimum_network.fewest import system as fewest_system
from reluexact.kinds.minimum_network.fewest.sums import SumResult
from reluexact.kinds.minimum_network.fewest.system import fewest, neurons
from reluexact.kinds.minimum_network.find import minimum_network
from reluexact.kinds.optimal_set.find import optimal_set
from reluexact.model.dataset import Dataset
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import Scalar, Undecided

OPTIMA = json.loads((TESTS / "golden" / "optima.json").read_text(encoding="utf-8"))
SMALL = [record for record in OPTIMA if "min_width" in record]
TOY = ([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1])


def without_vertices(best):
    """Forget the vertices, so that the search has to do without."""
    return replace(best, status=Status.UNDECIDED, reason="forgotten", vertices=())


def both_ways(best):
    """Return the answers by vertices and by the search, which have to agree."""
    listed, searched = minimum_network(best), minimum_network(without_vertices(best))
    assert listed.status is searched.status is Status.PROVED
    assert listed.width == searched.width == len(listed.support) == len(searched.support)
    for answer in (listed, searched):
        assert all((amount > 0) == (k in answer.support) for k, amount in enumerate(answer.amounts))
        low = sum(amount.low for amount in answer.amounts)
        high = sum(amount.high for amount in answer.amounts)
        assert low <= best.total.high
        assert best.total.low <= high
    return listed


def cube(*vector):
    """Return all signed permutations of a vector, and equal targets."""
    points = {
        tuple(s * v for s, v in zip(signs, p, strict=True)) for p in permutations(vector) for signs in product((1, -1), repeat=3)
    }
    return [list(point) for point in sorted(points)], [1] * len(points)


def test_toy():
    best = optimal_set(proved(*TOY, 1))
    answer = both_ways(best)
    assert answer.amounts == (Fraction(1, 2), 0, 0)
    assert repr(answer) == "MinimumNetwork(PROVED, width=1, by vertices)"
    assert repr(minimum_network(without_vertices(best))) == "MinimumNetwork(PROVED, width=1, by sums)"


@pytest.mark.parametrize("record", SMALL, ids=range(len(SMALL)))
def test_golden(record):
    rows = [[Fraction(entry) for entry in row] for row in record["Z"]]
    best = optimal_set(proved(rows, [Fraction(entry) for entry in record["y"]], Fraction(record["penalty"])))
    assert both_ways(best).width == record["min_width"]


@pytest.mark.parametrize(
    ("vector", "penalty", "count", "most", "width"),
    [
        ((0, 1, 3), Fraction(1, 2), 8, 4, 4),
        ((0, 0, 1), 1, 8, 4, 2),
        ((1, 1, 1), 1, 6, 2, 2),
        ((0, 1, 2), 3, 12, 9, 8),
        ((1, 2, 2), 1, 6, 6, 6),
    ],
)
def test_symmetric_data(vector, penalty, count, most, width):
    """Irrational amounts (square roots) whose coincidences exact arithmetic settles."""
    best = optimal_set(proved(*cube(*vector), penalty))
    assert (len(best.neurons), best.max_vertex_width) == (count, most)
    assert both_ways(best).width == width


@pytest.mark.slow
def test_golden_of_20_points_without_vertices():
    record = next(record for record in OPTIMA if "min_width" not in record)
    rows = [[Fraction(entry) for entry in row] for row in record["Z"]]
    best = optimal_set(proved(rows, [Fraction(entry) for entry in record["y"]], Fraction(record["penalty"])), limit=1)
    assert (best.status, best.dimension) == (Status.UNDECIDED, record["dimension"])
    answer = minimum_network(best)
    assert (answer.status, answer.width, answer.how) == (Status.PROVED, record["rank"], "sums")


@pytest.mark.slow
def test_24_neurons_of_which_12_suffice():
    best = optimal_set(proved(*cube(0, 3, 4), Fraction(1, 2)))
    assert (len(best.neurons), best.dimension, best.max_vertex_width) == (24, 9, 15)
    assert both_ways(best).width == 12


def test_amounts_to_any_digits():
    record = SMALL[6]
    rows = [[Fraction(entry) for entry in row] for row in record["Z"]]
    best = optimal_set(proved(rows, [Fraction(entry) for entry in record["y"]], Fraction(record["penalty"])))
    answer = minimum_network(without_vertices(best))
    twin = next(vertex for vertex in best.vertices if vertex.support == answer.support)
    assert [amount.decimal(150) for amount in answer.amounts] == [amount.decimal(150) for amount in twin.amounts]


def test_limit_gives_an_interval():
    best = without_vertices(optimal_set(proved(*TOY, 1)))
    answer = minimum_network(best, limit=1)
    assert answer.status is Status.UNDECIDED
    assert answer.width is None
    assert answer.lower <= 1 <= answer.upper
    assert "limit" in answer.reason
    nothing = minimum_network(replace(best, system=None))
    assert (nothing.status, nothing.lower, nothing.upper) == (Status.UNDECIDED, 1, 2)
    assert "forgotten" in repr(nothing)


def test_zero_network():
    best = optimal_set(proved(*TOY, 3))
    assert both_ways(best).width == 0


@pytest.mark.parametrize("options", [{"limit": 0}, {"limit": 1.5}, {"engine": "cplex"}])
def test_wrong_options(options):
    best = optimal_set(proved(*TOY, 1))
    with pytest.raises(InputError):
        minimum_network(best, **options)
    with pytest.raises(InputError):
        fewest(BoundedSystem.of([[1]], [1], [None]), **options)


@pytest.mark.parametrize(
    ("columns", "right", "upper", "message"),
    [
        ([[1], [1]], [3], [1, 1], "empty"),
        ([[1, 1], [1, 1]], [1, 2], [1, 1], "empty"),
        ([[1], [-1]], [1], [None, None], "bounded"),
        ([[1], [0]], [1], [None, None], "bounded"),
        ([[1], [1]], [1], [0, 1], "positive"),
    ],
)
def test_wrong_systems(columns, right, upper, message):
    with pytest.raises(InputError, match=message):
        fewest(BoundedSystem.of(columns, right, upper))


def test_no_equations_and_no_variables():
    assert fewest(BoundedSystem.of([[], []], [], [1, 2])).upper == 2
    assert fewest(BoundedSystem.of([], [], [])).upper == 0


def widened(system, size):
    return system.mapped(lambda number: Scalar.enclosed(number.low - size, number.high + size, 300))


def test_enclosures_do_not_hide_a_coincidence():
    """The planted point may be exact or not: the answer is an interval, whatever the rational middle says."""
    system = random_system(random.Random(3), pairs=8, singles=0, rows=3, most=50, planted=1)
    assert fewest(system).upper == 9
    found = fewest(widened(system, Fraction(1, 2**200)))
    assert (found.lower, found.upper) == (9, 11)
    assert "may exist" in found.reason


def test_enclosures_prove_the_generic_number():
    system = random_system(random.Random(4), pairs=12, singles=2, rows=3, most=500)
    exact, enclosed = fewest(system), fewest(widened(system, Fraction(1, 2**200)))
    assert (exact.lower, exact.upper) == (enclosed.lower, enclosed.upper) == (15, 15)


@pytest.mark.parametrize("bits", [40, 70, 300])
def test_near_coincidences_are_told_apart(bits):
    """A right-hand side that misses a point with fewer neurons by 2^-bits."""
    system = random_system(random.Random(5), pairs=10, singles=0, rows=3, most=9, planted=1)
    moved = replace(system, right=(system.right[0] + Scalar.of(Fraction(1, 2**bits)), *system.right[1:]))
    assert (fewest(system).lower, fewest(system).upper) == (11, 11)
    assert fewest(moved).lower == fewest(moved).upper > 11


def test_square_roots():
    root = RadicalSum.root(Fraction(2))
    system = BoundedSystem.of([[root], [1], [RadicalSum.root(Fraction(3))]], [root + RadicalSum.rational(1)], [1, 1, 1])
    found = fewest(system)
    assert (found.lower, found.upper, found.state) == (3, 3, (2, 2, 0))
    other = fewest(replace(system, right=(Scalar.of(root + RadicalSum.root(Fraction(5))),)))
    assert (other.lower, other.upper) == (4, 4)


def test_hidden_pairs_are_found():
    """x_0 + 2 x_1 = 4 follows from the equations, and x_2 = 3: one variable is left."""
    system = BoundedSystem.of([[1, 1, 0], [2, 2, 0], [0, 1, 1]], [4, 7, 3], [None] * 3)
    found = fewest(system)
    assert (found.lower, found.upper, found.how) == (2, 2, "count")
    check_point(system, found)


def test_tree_alone(monkeypatch):
    """With the sums switched off the tree proves the same, and its leaves are re-checked in Fractions."""
    cases = [
        random_system(random.Random(seed), pairs=seed % 4, singles=6, rows=3, most=6, planted=seed % 3 + 1) for seed in range(20)
    ]
    expected = [fewest(system).upper for system in cases]
    monkeypatch.setattr(fewest_system, "fewest_by_sums", lambda steps, effort, most: SumResult())
    trees = 0
    for system, width in zip(cases, expected, strict=True):
        for engine in ("scip", "none"):
            found = fewest(system, engine=engine)
            assert (found.lower, found.upper) == (width, width)
            check_point(system, found)
            assert neurons(system, found.point) == width
            if isinstance(found.evidence, BranchTree):
                trees += 1
                check_tree(system, found)
    assert trees > 20


def test_tree_of_enclosures(monkeypatch):
    monkeypatch.setattr(fewest_system, "fewest_by_sums", lambda steps, effort, most: SumResult())
    system = random_system(random.Random(8), pairs=2, singles=7, rows=3, most=90)
    exact, found = fewest(system), fewest(widened(system, Fraction(1, 2**200)))
    assert found.lower == found.upper == exact.upper
    assert found.how == "tree"


def test_equal_columns():
    """Millions of sums coincide; the first equation alone excludes nothing."""
    system = BoundedSystem.of([[1, 0]] * 20 + [[0, 1]], [Fraction(21, 2), Fraction(1, 2)], [1] * 21)
    assert (fewest(system).lower, fewest(system).upper) == (23, 23)


def test_too_many_pairs_give_an_interval():
    system = random_system(random.Random(9), pairs=50, singles=0, rows=2, most=99)
    found = fewest(system, engine="none")
    assert (found.lower, found.upper) == (50, 52)
    assert "limit" in found.reason


def test_same_answer_twice():
    system = random_system(random.Random(6), pairs=12, singles=3, rows=4, most=4, planted=2)
    assert fewest(system) == fewest(system)


def test_one_dimensional_data_with_bias():
    points = [(-3, 1), (-2, 0), (-1, 2), (0, 2), (1, 0), (3, 2)]
    best = optimal_set(proved([[x, 1] for x, _ in points], [y for _, y in points], Fraction(1, 100)))
    both_ways(best)


@pytest.mark.parametrize("penalty", [10, 50])
def test_motorcycle(penalty):
    file = DATA / "motorcycle.csv"
    data = Dataset.read(file, target="accel", features=["times"], bias=True)
    both_ways(optimal_set(proved(data.X, data.y, penalty)))


def test_nothing_is_known_of_a_single_point():
    """Enclosures so wide that no vertex can be computed are refused, not guessed."""
    system = BoundedSystem.of([[1], [1]], [1], [None, None])
    wide = replace(system, right=(Scalar.enclosed(Fraction(-1), Fraction(1)),))
    with pytest.raises(Undecided):
        fewest(wide)
