"""Krawczyk's test with a parameter, on systems whose solutions are known."""

from dataclasses import replace
from fractions import Fraction

import pytest

from reluexact.numbers.curves import derivative, value_at
from reluexact.numbers.line_system import LineSystem, constants_at
from reluexact.numbers.tube import tube_fault
from reluexact.numbers.tube_search import find_tube

ONE, ZERO = Fraction(1), Fraction(0)


def circle(half):
    """``x y = 1 + half t, x^2 = 2 + half t``: two unknowns whose solution is known in square roots."""
    return LineSystem(
        constants=((-ONE, -2 * ONE), (-half, -half)),
        linear=((ZERO, ZERO), (ZERO, ZERO)),
        pairs=((0, 1), (0, 0)),
        weights=((ONE, ZERO), (ZERO, ONE)),
    )


def solution(system, t, bits=200):
    start = (Fraction(3, 2), Fraction(2, 3))
    return system.newton(start, t, bits)


@pytest.fixture(scope="module")
def proved():
    system = circle(Fraction(1, 2))
    series = system.taylor(solution(system, ZERO), 6, 200)
    return system, find_tube(system, series, 6)


@pytest.mark.parametrize("t", [Fraction(-1), Fraction(-1, 3), ZERO, Fraction(2, 5), ONE])
def test_the_solution_lies_in_the_tube(proved, t):
    system, tube = proved
    exact = solution(system, t)
    for j, entry in enumerate(exact):
        line = [coefficients[j] for coefficients in tube.coefficients]
        assert abs(value_at(line, t) - entry) <= tube.radius[j]
        step = Fraction(1, 2**60)
        other = solution(system, t + step if t < 1 else t - step)[j]
        slope = (other - entry) / (step if t < 1 else -step)
        assert abs(value_at(derivative(line), t) - slope) <= tube.slope[j] + Fraction(1, 2**40)


def test_newton_solves_the_equations(proved):
    system, _ = proved
    t = Fraction(1, 3)
    x, y = solution(system, t)
    base = constants_at(system, t)
    assert abs(base[0] + x * y) < Fraction(1, 2**150)
    assert abs(base[1] + x * x) < Fraction(1, 2**150)


def test_wrong_radii_are_refused(proved):
    system, tube = proved
    assert tube_fault(system, tube) is None
    tight = replace(tube, radius=tuple(entry / 64 for entry in tube.radius))
    assert "within the radius" in tube_fault(system, tight)
    assert "within the slope" in tube_fault(system, replace(tube, slope=tuple(entry / 64 for entry in tube.slope)))
    wide = replace(tube, unique=tuple(entry * 64 for entry in tube.unique))
    assert "one solution" in tube_fault(system, wide)
    assert "do not fit" in tube_fault(system, replace(tube, radius=tuple(2 * entry for entry in tube.unique)))


def test_another_curve_is_refused(proved):
    system, tube = proved
    moved = ((tube.coefficients[0][0], tube.coefficients[0][1] + Fraction(1, 100)), *tube.coefficients[1:])
    assert tube_fault(system, replace(tube, coefficients=moved)) is not None
    assert tube_fault(system, replace(tube, preconditioner=((ZERO, ZERO), (ZERO, ZERO)))) is not None
    assert "number of unknowns" in tube_fault(system, replace(tube, unique=tube.unique[:1]))


def test_no_tube_reaches_past_a_singular_point():
    system = circle(Fraction(3))  # x^2 = 2 + 3 t has no solution for t < -2/3
    series = system.taylor(solution(system, ZERO), 12, 200)
    assert find_tube(system, series, 12) is None


def test_a_system_without_unknowns_has_a_tube():
    empty = LineSystem(constants=((),), linear=(), pairs=(), weights=())
    tube = find_tube(empty, empty.taylor((), 2, 64), 2)
    assert tube_fault(empty, tube) is None
