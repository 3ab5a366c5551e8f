"""Column generation in floats: values of an independent program, closed forms, and what pricing promises."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import DATA, GOLDEN, ROOT
from strategies import datasets

from reluexact.errors import InputError, MissingDependency
from reluexact.geometry.arrangement import activation_patterns
from reluexact.geometry.column import Column
from reluexact.model.dataset import Dataset
from reluexact.propose import candidates, engines
from reluexact.propose.candidates import pricing_for, propose, tight_cells
from reluexact.propose.engines import engine as engine_of
from reluexact.propose.local_search import LocalSearch
from reluexact.propose.pricing import CellScan, facets

MOTORCYCLE = DATA / "motorcycle.csv"
OPTIMA = json.loads((GOLDEN / "optima.json").read_text(encoding="utf-8"))
HALF = Fraction(1, 2)


def instance(record):
    data = Dataset([[Fraction(v) for v in row] for row in record["Z"]], [Fraction(v) for v in record["y"]])
    return data, Fraction(record["penalty"]), float(record["value"])


def residual_of(data, candidate):
    """Return y minus the fit of the candidate's network."""
    X = np.array(data.X, dtype=float)
    fit = np.zeros(data.n)
    for column, weights in zip(candidate.columns, candidate.weights, strict=True):
        fit += column.sign * np.maximum(X @ np.array(weights), 0.0)
    return np.array(data.y, dtype=float) - fit


def value_of(X, y, penalty, **options):
    return propose(Dataset(X, y), Fraction(penalty), **options).value


@pytest.fixture(scope="module")
def motorcycle():
    data = Dataset.read(MOTORCYCLE, target="accel", features=["times"], bias=True)
    return data, CellScan(data)


@pytest.mark.parametrize("record", OPTIMA, ids=lambda record: f"{len(record['Z'])}x{len(record['Z'][0])}")
def test_golden_values_and_residuals(record):
    data, penalty, value = instance(record)
    candidate = propose(data, penalty)
    assert candidate.value == pytest.approx(value, rel=1e-10)
    assert candidate.gap < 1e-9
    # the residual of the dual and of the network agree far better than a gap promises
    assert np.array(candidate.residual) == pytest.approx(residual_of(data, candidate), abs=1e-8)


@pytest.mark.parametrize("record", [record for record in OPTIMA if len(record["Z"]) <= 10], ids=lambda r: str(len(r["Z"])))
def test_scip_reaches_the_golden_values(record):
    data, penalty, value = instance(record)
    candidate = propose(data, penalty, engine="scip")
    # what it reaches depends on the processor: 1e-8 on one machine, 1e-5 on another; it promises its accuracy
    assert candidate.value == pytest.approx(value, rel=engine_of("conic", "scip").accuracy)
    assert candidate.gap < 1e-2


@pytest.mark.parametrize("record", OPTIMA[:8], ids=lambda record: str(len(record["Z"])))
def test_tight_cells_hold_all_optimal_neurons(record):
    data, penalty, _ = instance(record)
    candidate = propose(data, penalty)
    found = tight_cells(data, penalty, candidate.residual, 1 - 1e-7)
    directions = {(priced.column.sign, *np.round(priced.direction, 5)) for priced in found}
    assert len(directions) == record["optimal_neurons"]
    assert all(first.value >= second.value for first, second in pairwise(found))


@pytest.mark.parametrize("record", json.loads((GOLDEN / "motorcycle.json").read_text()), ids=lambda r: r["penalty"])
def test_motorcycle_values(motorcycle, record):
    data, pricing = motorcycle
    candidate = propose(data, Fraction(record["penalty"]), pricing=pricing)
    assert candidate.value == pytest.approx(float(record["value"]), rel=1e-11)
    assert candidate.gap < 1e-10


@pytest.mark.parametrize("penalty", [2, 10])
def test_motorcycle_closes_at_small_penalties(motorcycle, penalty):
    data, pricing = motorcycle
    candidate = propose(data, Fraction(penalty), pricing=pricing)
    top = pricing.violated(np.array(candidate.residual), 0.0, 1)[0].value
    assert top == pytest.approx(penalty, rel=1e-9)
    assert candidate.gap < 1e-10


def huber(t, penalty):
    return penalty * t - penalty**2 / 2 if t > penalty else t * t / 2


def rank_one():
    """Rows t (1, 2) with t = 1, 2 | -3: per side min 1/2 |y - t c|^2 + c / sqrt 5 over c >= 0."""
    price = 1 / math.sqrt(5)
    right = (3 - price) / 5
    return ((1 - right) ** 2 + (1 - 2 * right) ** 2) / 2 + price * right + huber(2, price / 3)


ROOT3 = Fraction(math.isqrt(3 * 10**40), 10**20)
TOY = [[-ROOT3, 1], [ROOT3, 1]]
IDENTITY2 = [[1, 0], [0, 1]]
IDENTITY3 = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
FIVE = [[x, 1] for x in (-2, -1, 0, 1, 2)]

CLOSED_FORMS = {
    "T2 toy": (TOY, [1, 1], 1, 0.75),
    "T2 toy, small penalty": (TOY, [1, 1], "1/10", 0.0975),
    "T3 toy, zero network": (TOY, [1, 1], 2, 1.0),
    "T2 toy in rational coordinates": ([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], 1, 0.75),
    "T6 identity": (IDENTITY3, [1, -2, 3], "1/2", 2.3311388301),
    "T6 identity, one sign dies": (IDENTITY3, [1, "-1/5", 3], "1/2", 1.4761388301),
    "T7 sum of squares halved": ([[-1], [1]], [1, 2], "1/10", (0.6 - 0.02) / 2),
    "T8 duplicated by a wall": (IDENTITY2, [1, 0], "1/2", 0.375),
    "T19 toy moved": ([[-2, 1], [2, 1]], [1, 1], "1/10", 0.0874427191),
    "T21 path at 1/2": (IDENTITY2, [3, -1], "1/2", 1.75),
    "T21 path at 1": (IDENTITY2, [3, -1], 1, 3.0),
    "T21 path at 2": (IDENTITY2, [3, -1], 2, 4.5),
    "T21 path at the end": (IDENTITY2, [3, -1], 3, 5.0),
    "T22 five points": (FIVE, [1, -1, 1, 1, -1], "1/1000", 0.0101168281),
    "hat": ([[-1, 1], [0, 1], [1, 1]], [0, 1, 0], "1/10", 0.245),
    "rank one": ([[1, 2], [2, 4], [-3, -6]], [1, 1, 2], 1, rank_one()),
}


@pytest.mark.parametrize(("X", "y", "penalty", "value"), CLOSED_FORMS.values(), ids=CLOSED_FORMS)
def test_closed_forms(X, y, penalty, value):
    data = Dataset([[Fraction(v) for v in row] for row in X], [Fraction(v) for v in y])
    assert propose(data, Fraction(penalty)).value == pytest.approx(value, abs=6e-11)


def test_five_points_have_the_known_fit_and_neurons():
    data = Dataset(FIVE, [1, -1, 1, 1, -1])
    candidate = propose(data, Fraction(1, 1000))
    fit = np.array([1, -1, 1, 1, -1]) - np.array(candidate.residual)
    assert fit == pytest.approx([0.998586, -0.996277, 0.998139, 0.998211, -0.998658], abs=1e-6)
    amounts = Counter()  # a neuron on a hyperplane may be shared out over the cells there
    for column, weights in zip(candidate.columns, candidate.weights, strict=True):
        if (length := math.hypot(*weights)) > 1e-4:
            amounts[column.sign, *np.round(np.array(weights) / length, 4)] += length
    known = {
        (-1, 0.8943, -0.4474): 3.72045613,
        (1, 0.7071, 0.7071): 1.88143491,
        (1, -0.7071, -0.7071): 3.76025799,
        (-1, -0.8943, 0.4474): 0.74251684,
    }
    assert dict(amounts) == pytest.approx(known, abs=1e-6)


def test_t20_sensitivity_by_differences():
    step = Fraction(1, 10_000)
    total = []
    for moved in (1 + step, 1 - step):
        candidate = propose(Dataset([[-1, 1], [1, 1]], [moved, 1]), Fraction(1, 10))
        total.append(np.sum(candidate.weights, axis=0))
    assert (total[0] - total[1]) / float(2 * step) == pytest.approx([-0.475, 0.5], abs=1e-5)


@pytest.mark.parametrize("engine", ["clarabel", "scip"])
@pytest.mark.parametrize(
    ("X", "y", "penalty"),
    [([[0, 0], [0, 0]], [1, 2], 1), ([[1, 2]], [0], 1), ([[1, 1], [2, 2]], [1, -1], 100), ([[1], [1]], [1, 1], 2)],
    ids=["zero rows", "zero targets", "large penalty", "penalty at its maximum"],
)
def test_zero_network(X, y, penalty, engine):
    candidate = propose(Dataset(X, y), Fraction(penalty), engine=engine)
    assert candidate.columns == candidate.weights == ()
    assert (candidate.rounds, candidate.gap) == (0, 0.0)
    assert candidate.residual == tuple(map(float, y))
    assert candidate.value == sum(v * v for v in y) / 2


@given(data=datasets(), share=st.sampled_from([0.01, 0.1, 0.5, 0.9]))
def test_every_small_program_closes_and_scales(data, share):
    top = pricing_for(data).violated(np.array(data.y, dtype=float), 0.0, 1)
    penalty = Fraction(round(1000 * share * top[0].value) + 1, 1000) if top else Fraction(1)
    candidate = propose(data, penalty)
    assert candidate.gap < 1e-9
    assert len(candidate.residual) == data.n
    scaled = Dataset([[v * 3**40 for v in row] for row in data.X], [v / 3**20 for v in data.y])
    again = propose(scaled, penalty * 3**20)
    assert again.value * 9.0**20 == pytest.approx(candidate.value, rel=1e-8, abs=1e-12)


@given(data=datasets(rows=(1, 7), columns=(2, 2)), numbers=st.lists(st.integers(-9, 9), min_size=7, max_size=7))
def test_scan_finds_the_greatest_value(data, numbers):
    residual = np.array(numbers[: data.n], dtype=float)
    X = np.array(data.X, dtype=float)
    angles = np.linspace(0.0, 2 * math.pi, 3600)
    heights = residual @ np.maximum(X @ np.array([np.cos(angles), np.sin(angles)]), 0.0)
    scan = CellScan(data)
    best = scan.violated(residual, 0.0, 4)
    assert np.abs(heights).max() <= max((priced.value for priced in best), default=0.0) + 1e-9
    for priced in scan.tight(residual, 1e-6):
        direction = np.array(priced.direction)
        sides = scan.view.normals @ direction
        assert np.linalg.norm(direction) == pytest.approx(1.0)
        assert priced.column.sign * residual @ np.maximum(X @ direction, 0.0) == pytest.approx(priced.value)
        assert (np.where(priced.column.cell, sides, -sides) > -1e-9).all()
        assert sides[list(priced.hyperplanes)] == pytest.approx(np.zeros(len(priced.hyperplanes)), abs=1e-9)


@given(data=datasets(rows=(1, 8), columns=(1, 3)), numbers=st.lists(st.integers(-9, 9), min_size=8, max_size=8))
def test_asking_for_few_gives_the_best_and_local_search_agrees(data, numbers):
    residual = np.array(numbers[: data.n], dtype=float)
    few, many = (CellScan(data).violated(residual, 0.5, count) for count in (3, 1000))
    assert few == many[:3]
    assert all(priced.value > 0.5 for priced in many)
    for best in few[:1]:
        climbed = LocalSearch(data).violated(residual, 0.999 * best.value, 1)
        assert [priced.value for priced in climbed] == pytest.approx([best.value], rel=1e-3)


def test_asking_for_few_gives_the_best_of_many_cells():
    data, _, _ = instance(OPTIMA[8])
    scan = CellScan(data)
    for residual in np.random.default_rng(3).normal(size=(40, data.n)):
        many = scan.violated(residual, 0.01, 10_000)
        for count in (1, 2, 5):
            assert scan.violated(residual, 0.01, count) == many[:count]


@given(data=datasets(rows=(1, 8), columns=(1, 3)))
def test_facets_by_neighbours_describe_the_cell_as_facets_by_redundancy_do(data):
    scan = CellScan(data)
    probes = np.random.default_rng(0).normal(size=(400, data.d)) @ scan.view.normals.T
    for cell in map(tuple, activation_patterns(data.X).signs.tolist()):
        inside = np.where(cell, probes, -probes) > 0
        everything = inside.all(axis=1).tolist()
        assert inside[:, list(scan.facets(cell))].all(axis=1).tolist() == everything
        assert inside[:, list(facets(scan.view.normals, cell))].all(axis=1).tolist() == everything


def test_local_search_closes_where_cells_are_many(monkeypatch):
    data, penalty, value = instance(OPTIMA[5])
    monkeypatch.setattr(candidates, "CELL_LIMIT", 10)
    assert isinstance(pricing_for(data), LocalSearch)
    candidate = propose(data, penalty)
    assert candidate.value == pytest.approx(value, rel=1e-9)
    found = tight_cells(data, penalty, candidate.residual, 1 - 1e-6)
    assert found
    assert all(priced.value >= (1 - 1e-6) * penalty for priced in found)


def test_progress_and_start():
    data, penalty, value = instance(OPTIMA[6])
    seen = []
    first = propose(data, penalty, progress=seen.append)
    assert [stage.done for stage in seen] == list(range(1, first.rounds + 1))
    assert seen[-1] == f"column generation, round {first.rounds}, {len(first.columns)} columns, relative gap {first.gap:.0e}"
    again = propose(data, penalty, start=first.columns)
    assert again.rounds == 1
    assert again.columns[: len(first.columns)] == first.columns
    assert again.value == pytest.approx(value, rel=1e-10)


class _Stubborn:
    """An engine that gives up, or answers nonsense."""

    name, accuracy = "stubborn", 1e-9

    def __init__(self, solution=None):
        self.solution = solution

    def solve(self, program):
        if self.solution is None:
            return None
        shape = len(program.features), program.features[0].shape[1]
        return engines.ConicAnswer(weights=np.full(shape, 7.0), residual=np.zeros(len(program.target)), status="nonsense")


@pytest.mark.parametrize("solution", [None, "nonsense"])
def test_numerical_trouble_shows_in_the_gap(monkeypatch, solution):
    monkeypatch.setitem(engines.ENGINES["conic"], "stubborn", lambda: _Stubborn(solution))
    candidate = propose(Dataset([[1], [2]], [1, 2]), Fraction(1), engine="stubborn")
    assert (candidate.value, candidate.columns) == (2.5, ())
    assert candidate.gap == pytest.approx(1 - 0.9 / 2.5)


def test_unknown_engine_names_the_choices():
    with pytest.raises(InputError, match="'simplex'; choose one of clarabel, scip"):
        propose(Dataset([[1]], [1]), HALF, engine="simplex")


@pytest.mark.parametrize(("engine", "package"), [("clarabel", "clarabel"), ("scip", "pyscipopt")])
def test_missing_solver(monkeypatch, engine, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingDependency, match=f"pip install {package}"):
        propose(Dataset([[1]], [1]), HALF, engine=engine)


@pytest.mark.parametrize(
    ("X", "y", "penalty", "where"),
    [([[10**400]], [1], 1, "X"), ([[1]], [10**400], 1, "y"), ([[1]], [1], Fraction(1, 10**400), "the penalty")],
)
def test_numbers_beyond_floats(X, y, penalty, where):
    with pytest.raises(InputError, match=f"{where} is near .* rescale"):
        propose(Dataset(X, y), Fraction(penalty))


def test_same_input_same_answer_in_every_process():
    code = (
        "from fractions import Fraction as F\nfrom reluexact.model.dataset import Dataset\n"
        "from reluexact.propose.candidates import propose\n"
        "print(repr(propose(Dataset([[1, 2], [-3, 1], [2, 2], [0, -1]], [1, 2, -3, 1]), F(1, 3))))"
    )
    root = ROOT
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0].startswith("Candidate(residual=(")


def test_columns_are_values():
    assert Column(sign=1, cell=(True,)) == Column(sign=1, cell=(True,))
    assert len({Column(sign=1, cell=(True,)), Column(sign=1, cell=(True,)), Column(sign=-1, cell=(True,))}) == 2


def test_a_scan_knows_the_bounds_of_its_last_residual_and_prices_no_cell_twice(monkeypatch):
    rng = np.random.default_rng(6)
    data = Dataset(rng.integers(-9, 10, (14, 3)).tolist(), rng.integers(-9, 10, 14).tolist())
    residual, other = np.array(data.y, dtype=float), np.array(data.y[::-1], dtype=float)
    top = CellScan(data).violated(residual, 0.0, 1)[0].value
    fresh = [CellScan(data).tight(theta, level * top) for theta in (residual, other) for level in (0.9, 0.9999, 0.5)]
    scan, priced = CellScan(data), []
    monkeypatch.setattr(CellScan, "_price", lambda self, *known, f=CellScan._price: priced.append(known[:2]) or f(self, *known))
    scan.tight(residual, 0.9 * top)
    count = len(priced)
    assert scan.tight(residual, 0.9999 * top) == fresh[1]
    assert len(priced) == count == len(set(priced)) > 0
    again = [scan.tight(theta, level * top) for theta in (residual, other) for level in (0.9, 0.9999, 0.5)]
    assert again == fresh
