"""Closed forms and LaTeX of claims: exact values of known instances, numbers that agree with the claims, formulas that parse."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
import sympy
from latex_tools import katex_faults

import reluexact as rx
from reluexact.errors import InputError
from reluexact.kinds.connectivity.find import staircase
from reluexact.kinds.connectivity.find_path import path
from reluexact.kinds.latex import latex
from reluexact.kinds.membership.find import contains
from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.kinds.optimal_set.find import optimal_set
from reluexact.kinds.optimal_set.movement import midpoint
from reluexact.kinds.optimal_set.polytope import polytope
from reluexact.kinds.optimum.closed_form import closed_form
from reluexact.kinds.optimum.polynomial_system import polynomial_system
from reluexact.kinds.optimum.root import single_root
from reluexact.kinds.selection.claim import Selection
from reluexact.numbers.real import Real

PROBLEMS = {
    "toy": ([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], "1/10"),
    "identity": ([[1, 0], [0, 1]], [1, 0], "1/2"),
    "three": ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [3, -1, 2], 1),
    "line": ([[3], [1], [-2]], [1, 2, 1], "1/2"),
    "one column": ([[3], [1]], [2, 1], "1/3"),
    "hat": ([[-1, 1], [0, 1], [1, 1]], [0, 1, 0], "1/10"),
    "kink at a point": ([[0, 1], [1, 1], [2, 1], [3, 1]], [0, 0, 1, 2], 1),
    "radicals": ([[-1, 1], [0, 1], [1, 1], [3, 1]], [-2, -2, 0, -2], "1/10"),
    "one neuron": ([[0, 1], [1, 1], [2, 1], [3, 1]], [0, 0, 1, 2], "1/2"),
    "one neuron in space": ([[1, 0, 2], [0, 1, 1], [1, 1, 0]], [1, 2, 3], "1/4"),
    "zero": ([[1, 2], [2, 1]], [1, 1], 100),
}


@cache
def solved(name):
    X, y, penalty = PROBLEMS[name]
    optimum = rx.solve(rx.Dataset(X=X, y=y), penalty)
    assert optimum.status is rx.Status.PROVED, optimum.reason
    return optimum


@cache
def whole(name):
    return optimal_set(solved(name))


def agrees(number, real):
    """Say whether a number of sympy lies in the enclosure, to 30 digits."""
    near = Fraction(str(sympy.N(number, 45)))
    spread = Fraction(1, 10**30) * max(1, abs(near))
    return real.low - spread <= near <= real.high + spread and real.high - real.low < spread


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


@pytest.mark.parametrize("name", ["toy", "identity", "line", "hat", "radicals", "three"])
def test_the_vertices_satisfy_the_equations_of_the_polytope(name):
    shape = polytope(whole(name))
    values = {symbol: sympy.Rational(ends[0] + ends[1]) / 2 for symbol, ends in shape.enclosures}
    assert shape.vertices
    for vertex in shape.vertices:
        assert None not in vertex
        point = {**values, **dict(zip(shape.amounts, vertex, strict=True))}
        for equation in shape.equations:
            assert abs(sympy.N(equation.subs(point), 40)) < sympy.Rational(1, 10**30)


def test_the_toy_in_formulas():
    best = whole("toy")
    assert latex(best.optimum.value) == r"\frac{39}{400}" == best.optimum.value.latex()
    assert best.vertices[1].latex() == r"\alpha_{2}=\frac{19}{40},\;\alpha_{3}=\frac{19}{40}"
    assert best.neurons[0].latex().startswith(r"s=+1,\quad u=\tfrac{1}{2}\,(1,\,1,\,1,\,1)")
    assert r"\dim\mathcal{P}&=1" in best.latex()
    assert best._repr_latex_() == rf"$\displaystyle {best.latex()}$"


def test_undecided_formulas_say_so():
    optimum = rx.solve(rx.Dataset.read("examples/data/anscombe2.csv", bias=True), "1/10", limit=3)
    assert optimum.status is rx.Status.UNDECIDED
    text = optimum.latex()
    assert "UNDECIDED: " in text
    assert r"p^\star&\in[" in text
    with pytest.raises(InputError, match="UNDECIDED; closed forms exist only"):
        closed_form(optimum)
    assert katex_faults([text]) == []


def test_what_is_no_claim_is_refused():
    with pytest.raises(InputError, match="a int has no formula"):
        latex(3)


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_formula_parses_in_strict_mode(name):
    best = whole(name)
    claims = [best.optimum, best, best.optimum.value, best.total, *best.vertices, *best.neurons, *best.fit()]
    formulas = [latex(claim, digits) for claim in claims for digits in (3, 30)]
    formulas.append(polynomial_system(best.optimum).latex())
    assert katex_faults(formulas) == []


def test_the_landscape_has_formulas():
    data = rx.Dataset(X=[[2, 1], [-1, 0], [1, -1]], y=[-1, -3, 1])
    graph, curve = rx.stationary_graph(data, "1/8"), rx.width_curve(data, "1/8")
    way = rx.way_down(rx.Network([[1, 1], [0, 1], [1, 0]], [1, -2, 1]), data, "1/8")
    part, narrow = rx.stationary_graph(data, "1/8", limit=2), rx.way_down(rx.Network([[1, 1]], [1]), data, "1/8")
    formulas = [claim.latex() for claim in (graph, part, *graph.nodes, curve, *curve.optima, way, narrow)]
    assert formulas[0].startswith(r"\begin{array}{rrrrl}\text{objective} & \text{neurons}")
    assert formulas[0].count(r"\\") == min(len(graph.nodes), 24)
    assert r"\text{global minimum}" in graph.best.latex()
    assert r"&=p^\star" in curve.optima[-1].latex()
    assert r"p_{1}&=" in curve.optima[1].latex()
    assert way.latex().startswith(r"\begin{aligned}t=0&:\;")
    assert r"\text{PROVED}" in way.latex()
    assert any(word in narrow.latex() for word in ("REFUTED: ", "UNDECIDED: "))
    assert katex_faults(formulas) == []


def test_what_follows_from_the_set_has_formulas():
    best = whole("toy")
    amounts = best.vertices[1].amounts
    fewest = MinimumNetwork(status=rx.Status.PROVED, lower=1, upper=1, amounts=best.vertices[0].amounts, support=(0,))
    open_number = replace(fewest, status=rx.Status.UNDECIDED, upper=2, amounts=amounts, support=(1, 2), reason="limit_reached")
    least = Selection(
        status=rx.Status.PROVED, reason="", criterion="least norm", value=Real.rational(2), amounts=amounts, unique=True
    )
    claims = [
        fewest,
        open_number,
        least,
        replace(least, status=rx.Status.UNDECIDED, reason="50% & more", value=None, amounts=()),
        staircase(best),
        midpoint(best),
        contains(best, best.optimum.network),
        path(best, best.vertices[0], best.vertices[1], width=3),
        path(best, best.vertices[0], best.vertices[1], width=2),
    ]
    formulas = [claim.latex() for claim in claims]
    assert formulas[0].startswith(r"\begin{aligned}m^\star&=1\\ &\alpha_{1}=\frac{19}{20}")
    assert r"m^\star&\in[1,\,2]" in formulas[1]
    assert r"limit\_reached" in formulas[1]
    assert r"\text{PROVED: " in formulas[7]
    assert r"REFUTED" in formulas[8]
    assert katex_faults(formulas) == []


@pytest.mark.parametrize("digits", [None, "", [], 0.5, 0, -3, True, "7", 3001])
def test_digits_that_are_no_number_of_digits_are_refused(digits):
    for claim in (whole("toy"), whole("toy").optimum, whole("toy").vertices[0], Real.rational(1)):
        with pytest.raises(InputError, match="digits: .* is not an integer from 1 to 3000"):
            claim.latex(digits)


def test_a_path_is_written_at_the_times_that_it_takes():
    best = whole("toy")
    found = path(best, best.vertices[0], best.vertices[1], width=3)
    pieces, text = len(found.pieces), found.latex()
    assert pieces == 2
    assert [part in text for part in (r"t=0&:", r"t=\frac{1}{2}&:", r"t=1&:", "t=2&:")] == [True, True, True, False]
    middle = found.at(Fraction(1, 2))
    shown = text.split(r"t=\frac{1}{2}&:\;")[1].split(r"\\")[0]
    for slot in middle.slots:
        assert slot.neuron is None or f"[{slot.neuron + 1}]" in shown
    assert "counted from 1" in text
    assert katex_faults([text]) == []


def test_strict_mode_finds_faults():
    assert len(katex_faults([r"\frac{1}{", r"a_b_c", "x"])) == 2


def test_a_real_in_a_notebook():
    assert Real.rational(Fraction(1, 3))._repr_latex_() == r"$\displaystyle \frac{1}{3}$"
