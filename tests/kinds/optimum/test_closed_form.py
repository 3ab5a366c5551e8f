"""Closed forms of optima: exact values of known instances, numbers that agree with the claims, systems that hold."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from small_problems import PROBLEMS, agrees, solved

import reluexact as rx
from reluexact.errors import InputError
from reluexact.kinds.optimum.closed_form import closed_form
from reluexact.kinds.optimum.polynomial_system import polynomial_system
from reluexact.kinds.optimum.root import single_root


@pytest.mark.parametrize("name", PROBLEMS)
def test_expressions_agree_with_the_claim_to_30_digits(name):
    optimum, form = solved(name), closed_form(solved(name))
    known = [(form.value, optimum.value), *zip(form.residual, optimum.residual, strict=True)]
    for direction, amount, neuron in zip(form.directions, form.amounts, optimum.neurons, strict=True):
        known += zip(direction or (), neuron.direction, strict=True) if direction is not None else ()
        known += [(amount, neuron.amount)] if amount is not None else []
    exact = [(expression, real) for expression, real in known if expression is not None]
    assert exact or form.kind == "system"
    for expression, real in exact:
        assert agrees(form.number(expression), real), (name, expression, real)


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("toy", "rational", Fraction(39, 400)),
        ("identity", "rational", Fraction(3, 8)),
        ("line", "rational", Fraction(273, 160)),
        ("hat", "rational", Fraction(49, 200)),
        ("zero", "rational", Fraction(1)),
    ],
)
def test_rational_closed_forms(name, kind, value):
    form = closed_form(solved(name))
    assert form.kind == kind
    assert form.value == sympy.Rational(value.numerator, value.denominator)
    assert solved(name).value == value


def test_kinks_at_data_points_give_square_roots():
    assert closed_form(solved("three")).value == sympy.sqrt(13)
    form = closed_form(solved("radicals"))
    assert form.kind == "radical"
    assert form.value == sympy.Rational(59, 400) + 27 * sympy.sqrt(2) / 100
    assert all(direction is not None for direction in form.directions)
    for direction in form.directions:
        assert sympy.simplify(sum(entry**2 for entry in direction)) == 1


def test_one_neuron_is_the_root_of_a_polynomial():
    form = closed_form(solved("one neuron"))
    t = sympy.Symbol("t", positive=True)
    assert form.kind == "root"
    assert form.root.polynomial.as_expr() == 576 * t**4 + 1632 * t**3 + 52 * t**2 - 412 * t - 291
    assert form.root.polynomial.count_roots(*(sympy.Rational(end.numerator, end.denominator) for end in form.root.bounds)) == 1
    expected = ((24 * t + 16) / (24 * t**2 + 34 * t + 1), (6 - 24 * t) / (24 * t**2 + 34 * t + 1))
    assert form.directions[0] == tuple(map(sympy.factor, expected))
    length = sum(entry**2 for entry in form.directions[0])
    assert sympy.rem(sympy.numer(sympy.together(length - 1)), form.root.polynomial.as_expr(), t) == 0
    assert form.residual[0] == 0  # the row that the neuron does not reach


def test_one_neuron_beside_rays_is_a_root_with_square_roots_eliminated():
    data = rx.Dataset.read("examples/data/motorcycle.csv", bias=True)
    optimum = rx.solve(data, 50)
    root = single_root(optimum)
    assert root.polynomial.degree() == 16
    assert root.partner is not None
    assert agrees(root.number(root.value), optimum.value)
    for expression, real in zip(root.direction, optimum.neurons[root.index].direction, strict=True):
        assert agrees(root.number(expression), real)


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_polynomial_system_holds_in_its_box(name):
    optimum, system = solved(name), polynomial_system(solved(name))
    assert len(system.variables) == len(system.equations) == len(system.box)
    assert all(low <= middle <= high for (low, high), middle in zip(system.box, optimum.evidence.midpoint, strict=True))
    point = {
        variable: sympy.Rational(value.numerator, value.denominator)
        for variable, value in zip(system.variables, optimum.evidence.midpoint, strict=True)
    }
    for equation in system.equations:
        assert abs(equation.subs(point)) < sympy.Rational(1, 10**30)
        assert equation.atoms(sympy.Float) == set()


def test_what_is_not_proved_has_no_closed_form():
    optimum = rx.solve(rx.Dataset.read("examples/data/anscombe2.csv", bias=True), "1/10", limit=3)
    assert optimum.status is rx.Status.UNDECIDED
    with pytest.raises(InputError, match="UNDECIDED; closed forms exist only"):
        closed_form(optimum)
