"""The polytope of optimal amounts as equations."""

from __future__ import annotations

import pytest
import sympy
from small_problems import whole

from reluexact.kinds.optimal_set.polytope import polytope


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
