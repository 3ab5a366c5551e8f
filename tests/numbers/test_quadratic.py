"""Newton and Krawczyk on systems whose solutions are known, and on systems without one."""

from __future__ import annotations

import random
from fractions import Fraction
from math import isqrt

import flint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluexact.numbers.ball import midpoint, rounded
from reluexact.numbers.quadratic import Product, QuadraticSystem

ZERO, ONE = Fraction(0), Fraction(1)
small = st.integers(-6, 6).map(Fraction)


def square_root(number):
    """z^2 = number."""
    return QuadraticSystem(
        constants=(Fraction(-number),), linear=((ZERO,),), products=(Product(equation=0, variable=0, constant=ZERO, row=(ONE,)),)
    )


def chain(numbers):
    """z_0^2 = a_0 and z_i^2 = a_i + z_{i-1}: nested roots."""
    size = len(numbers)
    return QuadraticSystem(
        constants=tuple(-Fraction(a) for a in numbers),
        linear=tuple(tuple(Fraction(-1 if j == i - 1 else 0) for j in range(size)) for i in range(size)),
        products=tuple(
            Product(equation=i, variable=i, constant=ZERO, row=tuple(Fraction(int(j == i)) for j in range(size)))
            for i in range(size)
        ),
    )


def evaluate(system, point):
    """Evaluate from the definition."""

    def dot(row):
        return sum(a * z for a, z in zip(row, point, strict=True))

    totals = [c + dot(row) for c, row in zip(system.constants, system.linear, strict=True)]
    for term in system.products:
        totals[term.equation] += point[term.variable] * (term.constant + dot(term.row))
    return totals


@pytest.mark.parametrize("number", [2, 3, 10**12 + 1, Fraction(1, 7)])
@pytest.mark.parametrize("bits", [40, 200, 2000])
def test_square_roots(number, bits):
    system = square_root(number)
    point = system.newton((Fraction(isqrt(int(number)) + 1),), bits)
    box = system.krawczyk(point, bits)
    low, high = box.midpoint[0] - box.radius, box.midpoint[0] + box.radius
    assert low**2 < number < high**2
    assert box.radius < Fraction(1, 2 ** (bits - 40))
    assert not box.exact
    assert box.spread == box.radius


@given(st.integers(1, 400), st.integers(1, 60))
def test_rational_solutions_are_exact(p, q):
    root = Fraction(p, q)
    system = square_root(root**2)
    box = system.krawczyk(system.newton((root + Fraction(1, 100),), 120), 100)
    assert box.exact
    assert box.spread == 0
    assert box.midpoint == (root,)
    assert system.vanishes(box.midpoint)


@given(st.lists(st.integers(2, 9), min_size=1, max_size=4))
def test_nested_roots(numbers):
    system = chain(numbers)
    box = system.krawczyk(system.newton([Fraction(3)] * len(numbers), 150), 120)
    # the true solution, by interval arithmetic on integers
    low = high = ZERO
    scale = 2**200
    for a, middle in zip(numbers, box.midpoint, strict=True):
        low = Fraction(isqrt(int((a + low) * scale * scale)), scale)
        high = Fraction(isqrt(int((a + high) * scale * scale)) + 1, scale)
        assert middle - box.spread <= high
        assert low <= middle + box.spread


@given(st.integers(1, 4).flatmap(lambda n: st.tuples(st.just(n), st.lists(small, min_size=n * n + n, max_size=n * n + n))))
def test_linear_systems_are_solved_exactly(drawn):
    size, entries = drawn
    matrix = tuple(tuple(entries[size * i : size * (i + 1)]) for i in range(size))
    solution = tuple(entries[size * size :])
    right = tuple(-sum(a * z for a, z in zip(row, solution, strict=True)) for row in matrix)
    system = QuadraticSystem(constants=right, linear=matrix, products=())
    assert system.vanishes(solution)
    point = system.newton((ZERO,) * size, 200)
    box = None if point is None else system.krawczyk(point, 150)
    if box is not None:
        assert box.exact
        assert system.vanishes(box.midpoint)
        assert box.midpoint == solution


@given(st.lists(small, min_size=6, max_size=6), st.lists(small, min_size=2, max_size=2))
def test_vanishes_by_definition(entries, point):
    system = QuadraticSystem(
        constants=tuple(entries[:2]),
        linear=((entries[2], ZERO), (ONE, entries[3])),
        products=(
            Product(equation=0, variable=1, constant=entries[4], row=(ONE, ZERO)),
            Product(equation=1, variable=0, constant=ZERO, row=(entries[5], ONE)),
        ),
    )
    assert system.vanishes(tuple(point)) == (not any(evaluate(system, point)))


def test_no_real_solution_is_never_proved():
    system = square_root(-1)
    assert system.newton((ONE,), 60) is None or system.krawczyk(system.newton((ONE,), 60), 60) is None
    for start in (Fraction(0), Fraction(1), Fraction(-3)):
        assert system.krawczyk((start,), 60) is None


def test_a_double_root_is_not_proved():
    system = square_root(0)
    assert system.krawczyk((ZERO,), 60) is None
    assert system.krawczyk((Fraction(1, 2**70),), 60) is None


def test_a_point_far_from_the_solution_is_not_proved():
    assert square_root(2).krawczyk((Fraction(3, 2),), 60) is None
    assert square_root(2).krawczyk((Fraction(-14142, 10**4),), 60) is None


def test_both_roots_have_their_own_box():
    system = square_root(2)
    boxes = [system.krawczyk(system.newton((start,), 120), 100) for start in (ONE, -ONE)]
    assert boxes[0].midpoint[0] > 1
    assert boxes[1].midpoint[0] < -1


def test_newton_gives_up_on_a_singular_start():
    assert square_root(2).newton((ZERO,), 60) is None


def test_an_empty_system_has_the_empty_solution():
    system = QuadraticSystem(constants=(), linear=(), products=())
    assert len(system) == 0
    assert system.newton((), 100) == ()
    box = system.krawczyk((), 100)
    assert (box.midpoint, box.exact, box.spread) == ((), True, 0)


def test_preconditioners_are_short():
    """Certificates carry them: entries are multiples of a modest power of two."""
    system = chain([2, 3, 5])
    box = system.krawczyk(system.newton([Fraction(2)] * 3, 900), 800)
    assert all(entry.denominator <= 2**24 for row in box.preconditioner for entry in row)


def test_rational_solution_refuses_neighbours():
    system = square_root(Fraction(4, 9))
    good = system.newton((Fraction(1, 2),), 100)
    assert system.rational_solution(good, 100) == (Fraction(2, 3),)
    assert system.rational_solution((Fraction(2, 3) + Fraction(1, 2**60),), 100) is None
    assert square_root(2).rational_solution(square_root(2).newton((ONE,), 100), 100) is None


def test_balls_are_rounded_as_fractions_are_to_the_nearest_and_half_to_even():
    rng = random.Random(1)
    with flint.ctx.workprec(300):
        values = [flint.arb(flint.fmpq(rng.randint(-(10**40), 10**40), rng.randint(1, 10**40))) for _ in range(200)]
        values += [flint.arb(k) / 8 for k in range(-40, 41)] + [flint.arb(10**30), flint.arb(0)]
        for value in values:
            for bits in (0, 2, 20):
                assert midpoint(rounded(value, bits)) == Fraction(round(midpoint(value) * 2**bits), 2**bits)
