"""The checker's own arithmetic against independent computations."""

from __future__ import annotations

import dataclasses
import math
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import TESTS

from reluexact import checker

HERE = TESTS
small = st.fractions(min_value=-5, max_value=5, max_denominator=6)


@given(st.lists(st.integers(-(10**20), 10**20), min_size=1, max_size=4), st.integers(1, 10**12))
def test_norms_are_rounded_up_to_the_grid(vector, denominator):
    norm = checker.norm_up(vector, denominator)
    square = Fraction(sum(entry**2 for entry in vector), denominator**2) * 4**checker.ROUND
    assert norm**2 >= square
    assert norm == 0 or (norm - 1) ** 2 < square


@given(st.lists(st.lists(small, min_size=3, max_size=3), min_size=3, max_size=3))
def test_inverse_agrees_with_sympy(rows):
    result = checker.inverse(rows)
    matrix = sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in rows])
    if matrix.det() == 0:
        assert result is None
    else:
        assert matrix * sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in result]) == sympy.eye(
            3
        )


@given(st.lists(st.tuples(small, st.integers(1, 60)), max_size=5), st.lists(st.tuples(small, st.integers(1, 60)), max_size=3))
def test_sums_of_radicals_agree_with_sympy(left, right):
    radicals = checker.Radicals()
    values = []
    for terms in (left, right):
        total, exact = {}, sympy.Integer(0)
        for factor, q in terms:
            total = checker.plus(total, factor, radicals.root(q))
            exact += sympy.Rational(factor.numerator, factor.denominator) * sympy.sqrt(q)
        values.append((total, exact))
    (a, exact_a), (b, exact_b) = values
    for total, exact in [(a, exact_a), (radicals.times(a, b), sympy.expand(exact_a * exact_b))]:
        assert checker.sign_of(total) == sympy.sign(exact)
        low, high = checker.enclose(total, 80)
        assert low <= sympy.Rational(0) + exact <= high if exact.is_rational else float(low) <= float(exact) + 1e-9


def test_signs_of_tiny_sums_of_radicals():
    radicals = checker.Radicals()
    root = math.isqrt(2 * 10**400)
    close = checker.plus(radicals.root(2), Fraction(-1, 10**200), {1: Fraction(root)})
    assert checker.sign_of(close) == 1
    assert checker.sign_of(checker.plus(close, Fraction(-1, 10**200), {1: Fraction(1)})) == -1


@given(
    st.lists(st.lists(st.integers(-3, 3).map(Fraction), min_size=2, max_size=2), min_size=1, max_size=6),
    st.lists(small, min_size=6, max_size=6),
    st.sampled_from([1, -1]),
)
def test_profile_is_the_function(rows, numbers, sign):
    theta = numbers[: len(rows)]
    problem = checker.Problem(tuple(map(tuple, rows)), tuple(theta), Fraction(1))
    walls = checker.make_walls(problem.X)
    profile = checker.make_profile(problem, walls, theta, sign)
    for u in [(1, 0), (0, -1), (2, 3), (-1, 5), (-2, -1)]:
        direct = sign * sum(t * max(0, row[0] * u[0] + row[1] * u[1]) for t, row in zip(theta, rows, strict=True))
        value = Fraction(profile.linear[0] * u[0] + profile.linear[1] * u[1], profile.unit)
        for wall, (normal, piece) in enumerate(zip(profile.normals, profile.pieces, strict=True)):
            assert [Fraction(entry, profile.unit) for entry in normal] == list(walls.normals[wall])
            if normal[0] * u[0] + normal[1] * u[1] > 0:
                value += Fraction(piece[0] * u[0] + piece[1] * u[1], profile.unit)
            assert Fraction(profile.kinks[wall], profile.scale) * normal[0] == piece[0]
        assert value == direct


number = st.fractions(min_value=-3, max_value=3, max_denominator=4)


@st.composite
def trees(draw, walls, sides=None, depth=0):
    """Draw any tree over these walls, with any multipliers."""
    sides = sides or {}
    undecided = [h for h in walls if h not in sides]
    rho = {str(h): str(abs(draw(number))) for h in sides if draw(st.booleans())}
    kind = draw(st.sampled_from(["leaf", "split", "tighten"])) if undecided and depth < 4 else "leaf"
    if kind == "leaf":
        return [{"rho": rho, "slope": {str(h): str(draw(number)) for h in undecided if draw(st.booleans())}}]
    h = draw(st.sampled_from(undecided))
    if kind == "split":
        return [{"split": h}, *draw(trees(walls, {**sides, h: 1}, depth + 1)), *draw(trees(walls, {**sides, h: -1}, depth + 1))]
    return [{"tighten": h, "side": draw(st.sampled_from(["hi", "lo"])), "rho": rho}, *draw(trees(walls, sides, depth + 1))]


@settings(max_examples=150)
@given(st.data())
def test_no_tree_bounds_a_function_below_its_maximum(data):
    """Any tree at all: if it is accepted for some penalty, no direction exceeds that penalty."""
    integer = st.integers(-3, 3).map(Fraction)
    rows = data.draw(st.lists(st.tuples(integer, integer), min_size=1, max_size=4))
    theta = data.draw(st.lists(number, min_size=len(rows), max_size=len(rows)))
    problem = checker.Problem(tuple(rows), tuple(theta), Fraction(1))
    walls = checker.make_walls(problem.X)
    nodes = data.draw(trees(walls.heads))
    profile = checker.make_profile(problem, walls, theta, 1)
    angles = np.linspace(0, 2 * np.pi, 721)
    values = np.array(rows, dtype=float) @ np.array([np.cos(angles), np.sin(angles)])
    peak = max(float((np.array(theta, dtype=float) @ np.maximum(values, 0)).max()), 0.0)
    for factor in (Fraction(1, 2), Fraction(9, 10), Fraction(999, 1000)):
        limit = Fraction(peak) * factor

        def leaf(tree, node, cone, limit=limit):
            checker.good_leaf(tree, node, cone, limit, strict=False)

        if peak > 1e-9:
            with pytest.raises(checker.Rejected):
                checker.walk(checker.Tree(checker.Item(nodes, ""), walls, profile, "B1", "B1", leaf))
    far = Fraction(10**6)
    checker.walk(
        checker.Tree(checker.Item(nodes, ""), walls, profile, "B1", "B1", lambda *a: checker.good_leaf(*a, far, strict=True))
    )


def proof_of(name):
    """Read a good certificate as the checker does."""
    item = checker.read_document((HERE / "good" / f"{name}.json").read_bytes())
    _, _, stated, evidence, _ = item.fields("format", "version", "statement", "evidence", "produced_by")
    _, problem, claim = stated.fields("kind", "problem", "claim")
    parts = dict(zip(checker.EVIDENCE, evidence.fields(*checker.EVIDENCE), strict=True))
    return checker.o1_read(checker.o1_problem(problem), claim.fields(*checker.CLAIM)[2], parts)


@pytest.mark.parametrize("name", ["optimum-plane", "optimum-three-pairs", "optimum-pairs-in-the-plane", "optimum-parallel-rows"])
def test_jacobian_and_its_spread_by_finite_differences(name):
    proof = proof_of(name)
    values, jacobian, spreads = checker.equations(proof)
    assert max(map(abs, values)) < Fraction(1, 10**40)
    step, size = Fraction(1, 1000), len(values)
    for j in range(size):
        ends = []
        for way in (1, -1):
            moved = list(proof.midpoint)
            moved[j] += way * step
            ends.append(checker.equations(dataclasses.replace(proof, midpoint=moved))[0])
        # the equations are quadratic in every unknown: central differences are exact
        assert [(a - b) / (2 * step) for a, b in zip(*ends, strict=True)] == [row[j] for row in jacobian]
    for pattern in range(20):
        moved = [m + step * (1 if (pattern * 7919 >> j % 13) & 1 else -1) for j, m in enumerate(proof.midpoint)]
        other = checker.equations(dataclasses.replace(proof, midpoint=moved))[1]
        for row, old, spread in zip(other, jacobian, spreads, strict=True):
            assert sum(abs(a - b) for a, b in zip(row, old, strict=True)) <= step * spread


def test_singular_pairs_are_rejected():
    proof = proof_of("optimum-three-pairs")
    moved = [Fraction(0), *proof.midpoint[1:]]
    with pytest.raises(checker.Rejected, match="not proved to be regular"):
        checker.o6_pairs(dataclasses.replace(proof, midpoint=moved))


def test_pairs_on_a_wide_box_are_rejected():
    proof = proof_of("optimum-three-pairs")
    with pytest.raises(checker.Rejected, match="not proved to be regular"):
        checker.o6_pairs(dataclasses.replace(proof, radius=Fraction(10)))
    with pytest.raises(checker.Rejected, match="fraction of pair"):
        checker.o6_pairs(dataclasses.replace(proof, radius=Fraction(1, 40)))


def test_forms_are_decided_by_identities_alone_where_the_box_is_too_wide():
    proof = proof_of("optimum-identity")
    wide = dataclasses.replace(proof, radius=Fraction(1, 10))
    theta = wide.form([Fraction(1), Fraction(0)])
    assert wide.enclosure(theta) == (Fraction(2, 5), Fraction(3, 5))
    assert wide.known(theta) == {1: Fraction(1, 2)}
    assert wide.not_negative(wide.form([Fraction(1), Fraction(0)], Fraction(-1, 2)))
    assert not wide.not_negative(wide.form([Fraction(1), Fraction(0)], Fraction(-501, 1000)))


def test_forms_that_no_identity_settles_stay_undecided():
    wide = dataclasses.replace(proof_of("optimum-plane"), radius=Fraction(1))
    weights = [Fraction(1), *[Fraction(0)] * 4]
    low, high = wide.enclosure(wide.form(weights))
    assert low < 0 < high
    assert not wide.not_negative(wide.form(weights))
    assert wide.known(wide.form(weights)) is None


def test_values_in_words():
    assert (
        checker.interval_text(Fraction(1, 3), Fraction(2, 3))
        == "[0.333333333333333333333333333333, 0.666666666666666666666666666667]"
    )
    assert checker.interval_text(Fraction(-1, 3), Fraction(5)) == "[-0.333333333333333333333333333334, 5]"
    assert checker.decimal(Fraction(10**40 + 1), checker.ROUND_CEILING) == "1.00000000000000000000000000001E+40"
