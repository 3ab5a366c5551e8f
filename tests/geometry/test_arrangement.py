"""All activation patterns, against brute force over every sign vector, counting theorems, symmetries and an exact peer."""

from __future__ import annotations

import itertools
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import ppl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import factors, matrices, rationals

from reluexact.errors import InputError, LimitReached, ReluExactError
from reluexact.geometry import arrangement, ordered_regions
from reluexact.geometry.arrangement import activation_patterns, pattern_count, patterns_at_most
from reluexact.geometry.frame import frame_of, hyperplanes_of
from reluexact.geometry.regions import positive_regions
from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import matmul


def strictly_feasible(rows):
    """Fourier-Motzkin: whether some u has row.u > 0 for every row."""
    while rows:
        if any(not any(row) for row in rows):
            return False
        if not rows[0]:
            return True
        up = [row for row in rows if row[0] > 0]
        down = [row for row in rows if row[0] < 0]
        joined = [tuple(a / p[0] - b / q[0] for a, b in zip(p, q, strict=True)) for p in up for q in down]
        rows = list({row[1:] for row in joined} | {row[1:] for row in rows if row[0] == 0})
    return True


def brute_force(rows):
    """Every row pattern of a full-dimensional cell, True for zero rows, by trying all sign vectors."""
    found = set()
    for signs in itertools.product([False, True], repeat=len(rows)):
        turned = [tuple(v if s else -v for v in row) for row, s in zip(rows, signs, strict=True) if any(row)]
        if strictly_feasible(turned):
            found.add(tuple(s or not any(row) for row, s in zip(rows, signs, strict=True)))
    return found


def by_ppl(rows):
    """The same with the Parma Polyhedra Library: open cones are cut row by row."""
    variables = [ppl.Variable(j) for j in range(len(rows[0]))]
    cones = [((), ppl.NNC_Polyhedron(len(rows[0])))]
    for row in rows:
        if not any(row):
            cones = [((*signs, True), cone) for signs, cone in cones]
            continue
        value = sum((v * x for v, x in zip(row, variables, strict=True)), ppl.Linear_Expression(0))
        halves = []
        for signs, cone in cones:
            for side in (False, True):
                part = ppl.NNC_Polyhedron(cone)
                part.add_constraint(value > 0 if side else value < 0)
                if not part.is_empty():
                    halves.append(((*signs, side), part))
        cones = halves
    return {signs for signs, _ in cones}


def patterns_of(rows, **options):
    return {tuple(pattern) for pattern in activation_patterns(rows, **options).patterns.tolist()}


def random_rows(seed, n, d, most):
    return np.random.default_rng(seed).integers(-most, most + 1, size=(n, d)).tolist()


def check(rows):
    """Everything that must hold for any X."""
    cells = activation_patterns(rows)
    signs = [tuple(row) for row in cells.signs.tolist()]
    assert signs == sorted(set(signs))
    assert cells.count == len(cells) == len(signs) == pattern_count(rows) <= cells.general_position_count
    assert all(tuple(not s for s in row) in signs for row in signs) or not len(cells.hyperplanes)
    for k, (pattern, sign) in enumerate(zip(cells.patterns.tolist(), signs, strict=True)):
        u = cells.witness(k)
        values = [sum(a * b for a, b in zip(row, u, strict=True)) for row in rows]
        assert [value > 0 or not any(row) for value, row in zip(values, rows, strict=True)] == pattern
        assert all(values[i] for i in cells.hyperplanes.rows)
        assert tuple(values[i] > 0 for i in cells.hyperplanes.rows) == sign
    return cells


@given(matrices(rows=(1, 6), columns=(1, 4)))
def test_equals_brute_force_over_all_sign_vectors(rows):
    check(rows)
    assert patterns_of(rows) == brute_force(rows)


@given(matrices(rows=(1, 5), columns=(1, 3), entries=rationals))
def test_equals_brute_force_for_rational_data(rows):
    check(rows)
    assert patterns_of(rows) == brute_force(rows)


CUBE = [list(row) for row in itertools.product([0, 1], repeat=4)]
BRAIDS = [[(k == i) - (k == j) for k in range(5)] for i, j in itertools.combinations(range(5), 2)]
REFLECTIONS = [[(k == i) + s * (k == j) for k in range(4)] for i, j in itertools.combinations(range(4), 2) for s in (1, -1)]


@pytest.mark.parametrize(
    "rows",
    [
        random_rows(seed, n, d, most)
        for seed, (n, d) in enumerate([(12, 2), (12, 3), (10, 4), (9, 5), (8, 6)])
        for most in (1, 2, 9)
    ]
    + [CUBE, BRAIDS, REFLECTIONS],
)
def test_equals_the_parma_polyhedra_library(rows):
    check(rows)
    assert patterns_of(rows) == by_ppl(rows)


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([[2, 2], [3, 3], [1, 0]], 4),
        ([[0, 0]], 1),
        ([[0]], 1),
        ([[5]], 2),
        ([[1], [2], [-3], [0]], 2),
        ([[1, 2, 3]], 2),
        ([[1, 1, 0], [1, -1, 0], [2, 0, 0]], 6),
        (CUBE, 370),  # resonance arrangement of rank 4
        (BRAIDS, 120),  # 5! chambers of the braid arrangement, rank 4 in dimension 5
        (REFLECTIONS, 192),  # order of the Weyl group of type D4
        ([[i, 1] for i in range(100)], 200),
        ([[1, i, i * i] for i in range(20)], 2 * (1 + 19 + 171)),
    ],
)
def test_known_counts(rows, count):
    assert activation_patterns(rows).count == pattern_count(rows) == count


@pytest.mark.parametrize(("n", "d"), [(1, 1), (4, 7), (70, 2), (66, 3), (20, 4), (12, 6), (11, 9), (10, 10)])
def test_general_position_reaches_the_formula(n, d):
    rows = [[t**k for k in range(d)] for t in range(1, n + 1)]  # any d rows of a Vandermonde matrix are independent
    cells = activation_patterns(rows)
    assert cells.count == cells.general_position_count == pattern_count(rows)
    for k in range(0, cells.count, max(1, cells.count // 20)):
        cells.witness(k)


def test_python_integers_and_machine_integers_agree():
    rows = random_rows(3, 14, 4, 2)
    shear = [[1, 10**25, 0, 7], [0, 1, 0, 0], [0, -(10**30), 1, 0], [0, 0, 0, 1]]
    sheared = matmul(rows, shear)
    assert max(abs(v) for row in sheared for v in row) > 2**63
    assert np.array_equal(activation_patterns(rows).signs, activation_patterns(sheared).signs)
    check(sheared)


def test_products_just_beyond_int64_are_exact():
    big = 2**31
    rows = [[big, big - 1, 0], [big - 1, big - 2, 1], [big + 1, big, -1], [1, 1, 0], [0, 1, big]]
    check(rows)
    assert patterns_of(rows) == brute_force([tuple(map(Fraction, row)) for row in rows])


@given(matrices(rows=(1, 7), columns=(1, 4)), st.data())
def test_row_order_and_positive_factors_do_not_matter(rows, data):
    order = data.draw(st.permutations(range(len(rows))))
    scale = [data.draw(factors) for _ in order]
    scaled = [[f * value for value in row] for f, row in zip(scale, (rows[i] for i in order), strict=True)]
    expected = {tuple(pattern[i] for i in order) for pattern in patterns_of(rows)}
    assert patterns_of(scaled) == expected


@given(matrices(rows=(1, 7), columns=(2, 4)), st.integers(-5, 5), st.booleans())
def test_unimodular_changes_of_coordinates_do_not_matter(rows, factor, swap):
    changed = [[row[0] + factor * row[1], *row[1:]] for row in rows]
    changed = [[*row[::-1]] if swap else row for row in changed]
    assert np.array_equal(activation_patterns(changed).signs, activation_patterns(rows).signs)


@given(matrices(rows=(2, 7), columns=(1, 4)))
def test_leaving_out_the_last_row_merges_cells(rows):
    assert {pattern[:-1] for pattern in patterns_of(rows)} == patterns_of(rows[:-1])


@given(matrices(rows=(1, 6), columns=(1, 3)))
def test_columns_that_depend_on_others_change_nothing(rows):
    wider = [[sum(row), *row, 2 * row[0], 0] for row in rows]
    assert np.array_equal(activation_patterns(wider).signs, activation_patterns(rows).signs)
    check(wider)


@settings(max_examples=20)
@given(matrices(rows=(1, 9), columns=(1, 4)))
def test_limits_name_the_count(rows):
    count = pattern_count(rows)
    assert patterns_at_most(rows, count)
    assert activation_patterns(rows, limit=count).count == count
    if count > 1:
        assert not patterns_at_most(rows, count - 1)
        with pytest.raises(LimitReached, match=f"{count} activation patterns, more than limit={count - 1}; raise limit=") as stop:
            activation_patterns(rows, limit=count - 1)
        assert stop.value.count == count
        assert stop.value.limit == count - 1


def test_far_beyond_the_limit_a_lower_bound_is_named():
    rows = random_rows(0, 60, 5, 50)
    with pytest.raises(LimitReached, match="at least .* and at most 978812 activation patterns, more than limit=100") as stop:
        activation_patterns(rows, limit=100)
    assert stop.value.limit == 100
    assert 100 < stop.value.count <= 978812
    with pytest.raises(LimitReached):
        pattern_count(rows, limit=100)
    assert not patterns_at_most(rows, 100)


def test_every_kind_of_input_is_read():
    expected = activation_patterns([[1, 2], [3, -4], [0, 0]])
    for X in (
        np.array([[1, 2], [3, -4], [0, 0]], dtype=np.int8),
        [np.array([1, 2]), np.array([3, -4]), np.array([0, 0])],
        ((Fraction(1, 3), Fraction(2, 3)), (Fraction(3), Fraction(-4)), (0, 0)),
        [["0.1", "0.2"], ["3", "-4"], ["0", "0"]],
        [[Decimal("0.1"), Decimal("0.2")], [3, -4], [0, 0]],
        Dataset([[1, 2], [3, -4], [0, 0]], [1, 2, 3]),
    ):
        assert np.array_equal(activation_patterns(X).patterns, expected.patterns)
        assert pattern_count(X) == expected.count
    assert patterns_of([[0.1, 0.2], [3.0, -4.0]], floats="decimal") == patterns_of([[1, 2], [3, -4]])


@pytest.mark.parametrize(
    ("X", "message"),
    [
        ([], "at least one row and one column"),
        ([[]], "at least one row and one column"),
        (np.zeros((0, 3), dtype=int), "at least one row and one column"),
        ([[1, 2], [3]], r"X\[1\] has 1 entries but X\[0\] has 2"),
        ([1, 2], r"X\[0\] must be a row of numbers, got int; write \[\[1, 2\], \[3, 4\]\]"),
        (["12", "34"], r"X\[0\] must be a row of numbers, got str"),
        (7, "X must be rows of numbers, got int"),
        ([[0.5]], r"X\[0\]\[0\]: the float 0.5 is not exact"),
        (np.array([[1, 2], [3, 0.5]]), r"X\[0\]\[0\]: the float"),
        ([[1, 2], [3, None]], r"X\[1\]\[1\]"),
    ],
)
def test_wrong_input_is_refused(X, message):
    for call in (activation_patterns, pattern_count):
        with pytest.raises(InputError, match=message):
            call(X)


@pytest.mark.parametrize("limit", [0, -1])
def test_wrong_limits_are_refused(limit):
    for call in (lambda: activation_patterns([[1]], limit=limit), lambda: patterns_at_most([[1]], limit)):
        with pytest.raises(InputError, match="limit must be an integer and at least 1"):
            call()


def test_results_cannot_be_changed():
    cells = activation_patterns([[1, 0], [0, 1], [1, 1]])
    for array in (cells.signs, cells.patterns, activation_patterns([[1, 0], [0, 1]]).signs):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = True
    with pytest.raises(AttributeError):
        cells.hyperplanes = None
    with pytest.raises(IndexError):
        cells.witness(cells.count)


def test_the_number_of_hyperplanes_may_exceed_a_machine_word():
    rows = [[1, i, (i * i) % 7] for i in range(70)] + [[2, 0, 0], [0, 0, 0], [-1, -1, -1]]
    cells = activation_patterns(rows)
    assert cells.signs.shape == (cells.count, 70)
    assert cells.patterns.shape == (cells.count, 73)
    assert len({tuple(row) for row in cells.signs.tolist()}) == cells.count == pattern_count(rows)
    for k in range(0, cells.count, 97):
        cells.witness(k)


@pytest.mark.slow
def test_large_instances_are_complete():
    assert activation_patterns(random_rows(0, 50, 4, 9)).count == 38_942
    assert activation_patterns(random_rows(0, 30, 6, 9)).count == 293_182


def test_an_iteration_gives_the_rows_in_their_order(monkeypatch):
    rows = [*random_rows(5, 14, 4, 2), [0, 0, 0, 0]]
    cells = activation_patterns(rows)
    whole = cells.patterns
    assert [tuple(row) for row in cells] == [tuple(row) for row in whole]
    monkeypatch.setattr(arrangement, "BLOCK", 100)
    blocks = list(cells.blocks())
    assert len(blocks) > 10
    assert np.array_equal(np.concatenate(blocks), whole)
    with pytest.raises(ValueError, match="read-only"):
        next(iter(cells))[0] = True


@pytest.mark.parametrize("rows", [random_rows(6, 13, 4, 2), [[1, i, (i * i) % 7] for i in range(70)], REFLECTIONS])
def test_cells_that_are_not_held_are_found_again_in_the_same_order(monkeypatch, rows):
    expected = activation_patterns(rows)
    monkeypatch.setattr(ordered_regions, "HELD", 64)
    cells = activation_patterns(rows)
    assert expected._held is not None
    assert cells._held is None
    assert cells.count == expected.count
    assert np.array_equal(np.concatenate(list(cells.blocks())), expected.patterns)
    assert np.array_equal(cells.signs_of(-1), expected.signs[-1])
    assert cells.witness(5) == expected.witness(5)


def test_every_region_is_found_once_whatever_the_position():
    for seed in range(40):
        rows = random_rows(seed, 9, 4, 1)
        frame = frame_of(*hyperplanes_of(rows, None))
        if not frame.independent:
            found = [tuple(word) for words in positive_regions(frame.normals) for word in words.tolist()]
            assert len(found) == len(set(found)) == pattern_count(rows) // 2


def test_a_region_that_is_found_twice_is_no_answer():
    twice = np.array([[3], [1], [3]], dtype=np.uint64)
    with pytest.raises(ReluExactError, match="a region was found twice"):
        list(ordered_regions.ordered(lambda: iter([twice]), 1, 3))


@pytest.mark.slow
def test_the_memory_of_a_stream_does_not_grow_with_it():
    program = """
import resource, numpy, reluexact as rx
rows = numpy.random.default_rng(0).integers(-9, 10, size=(45, 6)).tolist()
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
list(rx.activation_patterns([[1, 0], [0, 1], [1, 1]]))
begin, cells = peak(), rx.activation_patterns(rows, limit=10**7)
print(cells.count, sum(len(block) for block in cells.blocks()), peak() - begin)
"""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    count, streamed, grown = map(int, done.stdout.split())
    assert count == streamed > 2_400_000
    assert grown < 80  # MB; the array alone would be 108
