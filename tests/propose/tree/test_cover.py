"""Branch trees against brute force: covers, tight leaves, near ties, the exact check, and exact pricing."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import isqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import lsq_linear
from strategies import datasets, integers, matrices

from reluexact.errors import LimitReached
from reluexact.evidence.tree import Leaf, Split, Tighten, TightLeaf
from reluexact.geometry.arrangement import activation_patterns
from reluexact.geometry.hyperplanes import hyperplanes
from reluexact.propose.pricing import CellScan
from reluexact.propose.tree.cover import Covered, Form, Open, TightCone, Violated, cover
from reluexact.propose.tree.cover_pricing import CoverPricing
from reluexact.propose.tree.projection import exact_shortest, independent, shortest
from reluexact.prove.tree_check import check_tree

F = Fraction
HALF = F(1, 2)


def vec(*entries):
    return tuple(F(entry) for entry in entries)


def dot(left, right):
    return sum((a * b for a, b in zip(left, right, strict=True)), F(0))


def project_off(vector, normals):
    """Return the part of a vector orthogonal to the normals."""
    made = []
    for normal in normals:
        for other in made:
            normal = tuple(a - dot(normal, other) / dot(other, other) * b for a, b in zip(normal, other, strict=True))
        if any(normal):
            made.append(normal)
            vector = tuple(a - dot(vector, normal) / dot(normal, normal) * b for a, b in zip(vector, normal, strict=True))
    return vector


def greatest_square(form, rows):
    """Return the square of the greatest value over unit vectors, 0 if it is not positive, by looking at every face."""
    best = F(0)
    for signs in activation_patterns(rows).signs if form.normals else [()]:
        pull = form.linear
        for on, kink, normal in zip(signs, form.kinks, form.normals, strict=True):
            if on:
                pull = tuple(a + kink * b for a, b in zip(pull, normal, strict=True))
        for size in range(min(len(form.normals), form.dimension) + 1):
            for chosen in combinations(form.normals, size):
                direction = project_off(pull, chosen)
                value = form.value(direction)
                if value > 0:
                    best = max(best, value * value / dot(direction, direction))
    return best


def root(square, *, digits=30):
    """Return a rational number at most ``10**-digits`` below the square root."""
    scale = 10**digits
    return F(isqrt(square.numerator * scale * scale // square.denominator), scale)


@st.composite
def forms(draw):
    rows = draw(matrices(rows=(1, 5), columns=(1, 3)))
    theta = tuple(draw(integers) for _ in rows)
    return Form.of(hyperplanes(rows), theta, draw(st.sampled_from([1, -1])), dimension=len(rows[0])), rows


@given(forms())
def test_covers_exactly_above_the_greatest_value(case):
    form, rows = case
    top = root(greatest_square(form, rows))
    for share in (F(1), F(1, 10**4), F(1, 10**9), F(1, 10**15)):
        bound = top * (1 + share) + (share if not top else 0)
        answer = cover(form, bound)
        assert isinstance(answer, Covered)
        assert check_tree(form, bound, answer.tree) is None
        if top:
            answer = cover(form, top * (1 - share / 2))
            assert isinstance(answer, Violated)
            direction = tuple(F(x) for x in answer.direction)
            assert float(form.value(direction)) == pytest.approx(answer.value)
            assert answer.value > float(top * (1 - share / 2)) * (1 - 2.0**-50)


@given(forms(), st.data())
def test_the_exact_check_accepts_nothing_false(case, data):
    form, rows = case
    top = root(greatest_square(form, rows))
    if not top:
        return
    answer = cover(form, top * F(3, 2))
    assert isinstance(answer, Covered)
    below = top * (1 - F(1, 10**12))
    assert check_tree(form, below, answer.tree) is not None
    position = data.draw(st.integers(0, len(answer.tree) - 1))
    node = answer.tree[position]
    factor = data.draw(st.sampled_from([F(-1), F(0), F(1, 2), F(3)]))
    if isinstance(node, Leaf):
        node = Leaf(tuple((w, factor * q) for w, q in node.rho), tuple((w, factor * q) for w, q in node.slope))
    elif isinstance(node, Tighten):
        node = Tighten(node.hyperplane, node.side, tuple((w, factor * q) for w, q in node.rho))
    changed = (*answer.tree[:position], node, *answer.tree[position + 1 :])
    assert check_tree(form, below, changed) is not None


@given(forms())
def test_leaves_bound_the_function_at_sampled_directions(case):
    form, _ = case
    bound = F(5)
    answer = cover(form, bound)
    samples = np.random.default_rng(0).integers(-9, 10, size=(30, form.dimension))
    if isinstance(answer, Covered):
        for sample in samples:
            direction = vec(*(int(x) for x in sample))
            value = form.value(direction)
            assert value <= 0 or value * value <= bound * bound * dot(direction, direction)
    else:
        assert isinstance(answer, Violated | Open)
        assert answer.value >= float(bound) * (1 - 2.0**-40)


def tight_judge(form, bound, tight):
    """Return a judge of tight leaves that checks O7b in rational numbers; the directions must be exact."""
    known = {cone.neuron: cone for cone in tight}

    def judge(leaf, sides):
        cone = known[leaf.neuron]
        need = [bound * u - a for u, a in zip(cone.direction, form.linear, strict=True)]
        for side, gate, kink, normal in zip(sides, cone.gate, form.kinks, form.normals, strict=True):
            if gate and (side == -gate or (side == 0 and kink > 0)):
                return "a wall is on the wrong side or undecided"
            if gate > 0:
                need = [a - kink * b for a, b in zip(need, normal, strict=True)]
        fixed = dict(leaf.fixed)
        for hyperplane, value in fixed.items():
            need = [a - value * b for a, b in zip(need, form.normals[hyperplane], strict=True)]
        solved = solve(need, [form.normals[hyperplane] for hyperplane in leaf.solve])
        for hyperplane in cone.zeros:
            tau = dict(zip(leaf.solve, solved, strict=True)).get(hyperplane, fixed.get(hyperplane, F(0)))
            if (sides[hyperplane] <= 0 and tau > 0) or (sides[hyperplane] >= 0 and tau < form.kinks[hyperplane]):
                return f"multiplier {tau} of wall {hyperplane} on side {sides[hyperplane]}"
        return None

    return judge


def solve(target, vectors):
    """Return the coefficients of a target in independent vectors."""
    coefficients = []
    for index, vector in enumerate(vectors):
        rest = vectors[:index] + vectors[index + 1 :]
        pure = project_off(vector, rest)
        coefficients.append(dot(target, pure) / dot(vector, pure))
    assert project_off(tuple(target), vectors) == (0,) * len(target)
    return coefficients


def covered_tightly(form, bound, tight):
    answer = cover(form, bound, tight=tight)
    assert isinstance(answer, Covered)
    assert check_tree(form, bound, answer.tree, tight=tight_judge(form, bound, tight)) is None
    assert {node.neuron for node in answer.tree if isinstance(node, TightLeaf)} == {cone.neuron for cone in tight}
    return answer.tree


def test_toy_with_three_maximisers():
    grouped = hyperplanes((vec(2, 0, 0, 0), vec(-1, 1, 1, 1)))
    bound = F(1, 3)
    theta = (bound / 2, bound / 2)
    form = Form.of(grouped, theta, 1)
    tight = [
        TightCone(neuron=0, direction=vec(1, 0, 0, 0), gate=(1, -1)),
        TightCone(neuron=1, direction=(-HALF, HALF, HALF, HALF), gate=(-1, 1)),
        TightCone(neuron=2, direction=(HALF, HALF, HALF, HALF), gate=(1, 1)),
    ]
    covered_tightly(form, bound, tight)
    missing = cover(form, bound, tight=tight[:2])
    assert isinstance(missing, Open)
    assert missing.cell == (True, True)
    assert missing.direction == pytest.approx((0.5, 0.5, 0.5, 0.5))
    assert isinstance(cover(form, bound), Open)
    assert isinstance(cover(form, bound * F(99, 100), tight=()), Violated)
    other = cover(Form.of(grouped, theta, -1), bound)
    assert isinstance(other, Covered)


def test_maximiser_on_a_hyperplane_with_a_kink_of_zero():
    grouped = hyperplanes((vec(1, 0), vec(0, 1)))
    form = Form.of(grouped, (HALF, F(0)), 1)
    tree = covered_tightly(form, HALF, [TightCone(neuron=7, direction=vec(1, 0), gate=(1, 0))])
    assert any(isinstance(node, TightLeaf) and node.solve == (1,) for node in tree)


AROUND = (vec(1, 0, 0), vec(0, 1, 0), vec(1, 1, 0), vec(1, -1, 0))


@pytest.mark.parametrize("kinks", [(-2, -2, -2, -2), (1, -9, -9, -9), (1, 1, -9, -9), (-1, 0, -1, 0)])
@pytest.mark.parametrize("push", [(0, 0), (2, 1), (1, 0)])
def test_maximiser_on_dependent_hyperplanes(kinks, push):
    bound = F(5)
    form = Form(normals=AROUND, kinks=vec(*kinks), linear=vec(*push, 5))
    square = greatest_square(form, AROUND)
    tight = [TightCone(neuron=0, direction=vec(0, 0, 1), gate=(0, 0, 0, 0))]
    if square == bound * bound:
        covered_tightly(form, bound, tight)
    else:
        assert square > bound * bound
        assert isinstance(cover(form, bound, tight=tight), Violated)


def test_maximiser_that_needs_a_split_of_its_own_hyperplane():
    form = Form(normals=AROUND, kinks=vec(1, -9, -9, -9), linear=vec(2, 1, 5))
    tree = covered_tightly(form, F(5), [TightCone(neuron=0, direction=vec(0, 0, 1), gate=(0, 0, 0, 0))])
    assert tree[0] == Split(0)
    assert sum(isinstance(node, TightLeaf) for node in tree) == 2


@pytest.mark.parametrize(("distance", "kind"), [(F(1, 10**9), Covered), (F(1, 10**18), Covered), (F(1, 10**30), Open)])
def test_near_ties_on_a_line(distance, kind):
    form = Form(normals=(vec(1),), kinks=(2 - distance,), linear=(distance - 1,))
    tight = [TightCone(neuron=0, direction=vec(1), gate=(1,))]
    answer = cover(form, F(1), tight=tight)
    assert isinstance(answer, kind)
    if isinstance(answer, Covered):
        assert check_tree(form, F(1), answer.tree, tight=tight_judge(form, F(1), tight)) is None


@pytest.mark.parametrize("distance", [F(1, 10**8), F(1, 10**12), F(1, 10**17)])
def test_near_ties_at_irrational_maxima(distance):
    form = Form(normals=(vec(1, 2, 0), vec(0, 1, -3)), kinks=vec(3, 2), linear=vec(-1, 0, 1))
    top = root(greatest_square(form, form.normals))
    answer = cover(form, top * (1 + distance))
    assert isinstance(answer, Covered)
    assert check_tree(form, top * (1 + distance), answer.tree) is None
    assert isinstance(cover(form, top * (1 - distance)), Violated)


def test_forms_without_hyperplanes():
    empty = Form.of(hyperplanes((vec(0, 0),)), (F(3),), 1, dimension=2)
    assert cover(empty, F(1)) == Covered((Leaf(),))
    linear = Form(normals=(), kinks=(), linear=vec(3, 4))
    assert cover(linear, F(6)) == Covered((Leaf(),))
    assert isinstance(cover(linear, F(5)), Open)
    answer = cover(linear, F(4))
    assert isinstance(answer, Violated)
    assert answer.value == pytest.approx(5.0)


def test_limit_and_repeatability():
    rng = np.random.default_rng(3)
    rows = tuple(vec(*(int(x) for x in row)) for row in rng.integers(-9, 10, size=(14, 3)))
    form = Form.of(hyperplanes(rows), tuple(F(int(x)) for x in rng.integers(-9, 10, size=14)), 1)
    bound, first = F(1), cover(form, F(1))
    while isinstance(first, Violated):
        assert first.value > bound
        bound = F(first.value) * F(101, 100)
        first = cover(form, bound)
    assert isinstance(first, Covered)
    assert first == cover(form, bound)
    assert len(first.tree) > 3
    with pytest.raises(LimitReached, match="raise limit="):
        cover(form, bound, limit=2)


def test_empty_cones_between_almost_parallel_hyperplanes_close_at_once():
    rows = tuple(vec(t, 1) for t in range(30, 110))
    form = Form.of(hyperplanes(rows), tuple(F((7 * t * t) % 19 - 9) for t in range(80)), 1)
    bound, answer = F(1), cover(form, F(1))
    while isinstance(answer, Violated):
        assert answer.value > bound
        bound = F(answer.value) * F(10**6 + 1, 10**6)
        answer = cover(form, bound, limit=2000)
    assert isinstance(answer, Covered)
    assert check_tree(form, bound, answer.tree) is None
    assert sum(isinstance(node, Leaf) for node in answer.tree) <= 2 * len(rows)


@pytest.mark.parametrize(
    ("tree", "fault"),
    [
        ((), (0, "ends too early")),
        ((Split(2), Leaf(), Leaf()), (0, "no such wall")),
        ((Split(0), Split(0), Leaf(), Leaf(), Leaf()), (1, "decided already")),
        ((Leaf(rho=((0, F(1)),)),), (0, "decided wall")),
        ((Split(0), Leaf(slope=((0, F(1)),)), Leaf()), (1, "undecided one")),
        ((Split(0), Leaf(rho=((0, F(-1)),)), Leaf()), (1, "negative")),
        ((Leaf(slope=((1, F(1)), (0, F(1)))),), (0, "ascend")),
        ((Tighten(0, "up", ()), Leaf()), (0, "side")),
        ((Tighten(0, "hi", ((1, F(1)),)), Leaf()), (0, "decided wall")),
        ((TightLeaf(0),), (0, "tight leaf")),
        ((Leaf(),), (0, "too large")),
    ],
)
def test_malformed_trees_are_refused(tree, fault):
    form = Form(normals=(vec(1, 0), vec(0, 1)), kinks=vec(3, 3), linear=vec(0, 0))
    found = check_tree(form, F(5), tree)
    assert found is not None
    assert found[0] == fault[0]
    assert fault[1] in found[1]


def test_a_tree_with_nodes_to_spare_is_refused():
    form = Form(normals=(vec(1, 0),), kinks=vec(3), linear=vec(0, 0))
    assert check_tree(form, F(3), (Leaf(),)) is None
    assert check_tree(form, F(3), (Leaf(), Leaf())) == (1, "the tree has more nodes than it needs")


@given(datasets(rows=(1, 5)), st.integers(0, 10**6))
def test_pricing_finds_the_greatest_value(data, seed):
    residual = np.random.default_rng(seed).normal(size=data.n)
    pricing, scan = CoverPricing(data, first=None), CellScan(data)
    level = 2.0**-3
    best = scan.violated(residual, level, 5)
    found = pricing.violated(residual, level, 5)
    assert bool(found) == bool(best)
    if best:
        assert found[0].value == pytest.approx(best[0].value)
        every = {(priced.column.sign, priced.column.cell): priced.value for priced in scan.tight(residual, level)}
        for priced in found:
            assert priced.value == pytest.approx(every[priced.column.sign, priced.column.cell])
        assert pricing.violated(residual, best[0].value * (1 + 2.0**-30), 5) == []


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.integers(1, 7), st.integers(1, 4))
def test_shortest_vector_against_scipy(seed, count, dimension):
    rng = np.random.default_rng(seed)
    rows = rng.integers(-3, 4, size=(count, dimension)).astype(float)
    low = np.where(rng.random(count) < 0.3, -np.inf, -rng.random(count))
    high = np.where(rng.random(count) < 0.3, np.inf, rng.random(count))
    offset = rng.normal(size=dimension)
    answer = shortest(rows, offset, low, high, start=np.zeros(count))
    expected = lsq_linear(rows.T, -offset, bounds=(low, high), method="bvls")
    assert answer.length == pytest.approx(np.sqrt(2 * expected.cost), abs=1e-6)
    assert np.all(answer.coefficients >= low)
    assert np.all(answer.coefficients <= high)


@given(st.data())
def test_exact_shortest_vector_is_optimal(data):
    normals = [row for row in data.draw(matrices(rows=(1, 5), columns=(1, 3))) if any(row)]
    width = len(normals[0]) if normals else 1
    offset = tuple(data.draw(integers) for _ in range(width))
    bounds = [data.draw(st.sampled_from([(F(0), None), (None, F(0)), (F(-1), F(0)), (F(1), F(1))])) for _ in normals]
    point, vector, proved = exact_shortest(normals, offset, bounds, at_high=[low is None for low, _ in bounds], free=())
    assert proved
    for hyperplane, (low, high) in enumerate(bounds):
        value, slope = point.get(hyperplane, F(0)), dot(normals[hyperplane], vector)
        assert low is None or value >= low
        assert high is None or value <= high
        assert value == low or slope <= 0 or low == high
        assert value == high or slope >= 0 or low == high
    for hyperplane, value in point.items():
        offset = tuple(a + value * b for a, b in zip(offset, normals[hyperplane], strict=True))
    assert offset == vector


def test_independent_keeps_the_order():
    rows = (vec(1, 1), vec(2, 2), vec(0, 1))
    assert independent(rows, (2, 1, 0)) == (2, 1)


@pytest.mark.parametrize("seed", range(20))
def test_a_tree_of_a_cone_bounds_the_function_there(seed):
    """With hyperplanes decided at the start only the cone counts: what is proved holds there, what is violated lies there."""
    source = np.random.default_rng(seed)
    count, d = int(source.integers(2, 7)), int(source.integers(1, 4))
    normals = tuple(tuple(Fraction(int(x)) for x in row) for row in source.integers(-5, 6, (count, d)))
    normals = tuple(row if any(row) else (Fraction(1), *row[1:]) for row in normals)
    kinks = tuple(Fraction(int(x)) for x in source.integers(-4, 5, count))
    form = Form(normals=normals, kinks=kinks, linear=tuple(Fraction(int(x)) for x in source.integers(-4, 5, d)))
    inside = source.normal(size=d)
    heights = np.array(normals, dtype=float) @ inside
    start = tuple((hyperplane, 1 if heights[hyperplane] > 0 else -1) for hyperplane in range(0, count, 2))
    proved = 0
    for bound in (Fraction(1), Fraction(8), Fraction(40), Fraction(200)):
        answer = cover(form, bound, start=start)
        if isinstance(answer, Covered):
            proved += 1
            assert check_tree(form, bound, answer.tree, start=start) is None
            for point in source.integers(-30, 31, (200, d)):
                u = tuple(Fraction(int(x)) for x in point)
                products = [sum(a * b for a, b in zip(normals[hyperplane], u, strict=True)) * side for hyperplane, side in start]
                if min(products) >= 0:
                    value = form.value(u)
                    assert value <= 0 or value * value <= bound * bound * sum(x * x for x in u)
        else:
            assert isinstance(answer, Violated)
            assert answer.value > float(bound)
            products = [float(np.array(normals[hyperplane], dtype=float) @ answer.direction) * side for hyperplane, side in start]
            assert min(products) >= -1e-8
    assert proved
