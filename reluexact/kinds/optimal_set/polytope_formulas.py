"""The polytope of optimal amounts as formulas, in the variables that the pairs leave."""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from reluexact.errors import InputError
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.system import AmountSystem
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.types import Bounds
from reluexact.tex.numbers import real_expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One degree of freedom: the amount of ``neuron``; ``other``, if any, has the rest of ``total``.

    column: what one unit of the amount adds to the left-hand sides of the equations.
    """

    neuron: int
    other: int | None
    total: Real | None
    column: tuple[Real, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairForm:
    """The polytope of amounts: ``sum over variables of amount * column = right``, ``0 <= amount <= total``; the rest is fixed."""

    variables: tuple[Variable, ...]
    right: tuple[Real, ...]
    fixed: tuple[tuple[int, Real], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polytope:
    """The same as sympy relations in the amounts ``alpha_k`` (k from 1).

    equations: ``left - right``, each 0. vertices: the amounts, None where no closed form is known. enclosures: numbers without a
    closed form, which stand in the equations as symbols ``e_i``, with their rational bounds.
    """

    amounts: tuple[sympy.Symbol, ...]
    equations: tuple[sympy.Expr, ...]
    vertices: tuple[tuple[sympy.Expr | None, ...], ...]
    enclosures: tuple[tuple[sympy.Symbol, Bounds], ...]


def pair_form(best: OptimalSet) -> PairForm:
    """Return the polytope in amounts; InputError when the set of amounts is not known."""
    system = best.system
    if system is None:
        raise InputError(f"the polytope of amounts is {best.status.name}: {best.reason}")
    variables, fixed = [], []
    for k, reading in enumerate(system.readings):
        if reading.variable is None:
            fixed.append((k, Real.of_scalar(reading.scale)))
        elif not reading.complement:
            variables.append(_variable(system, k, reading.variable))
    right = tuple(map(Real.of_scalar, system.polytope.right))
    return PairForm(variables=tuple(variables), right=right, fixed=tuple(fixed))


def _variable(system: AmountSystem, neuron: int, place: int) -> Variable:
    scale, upper = system.readings[neuron].scale, system.polytope.upper[place]
    other = next(
        (k for k, reading in enumerate(system.readings) if reading.variable == place and reading.complement),
        None,
    )
    return Variable(
        neuron=neuron,
        other=other,
        total=None if upper is None else Real.of_scalar(scale * upper),
        column=tuple(Real.of_scalar(entry / scale) for entry in system.polytope.columns[place]),
    )


def polytope(best: OptimalSet) -> Polytope:
    """Return the polytope of amounts as sympy expressions; InputError when it is not known."""
    form, names = pair_form(best), _Names()
    amounts = tuple(sympy.Symbol(f"alpha_{k + 1}", nonnegative=True) for k in range(len(best.neurons)))
    equations = [
        sympy.Add(*(names.of(v.column[i]) * amounts[v.neuron] for v in form.variables)) - names.of(value)
        for i, value in enumerate(form.right)
    ]
    equations += [amounts[k] - names.of(value) for k, value in form.fixed]
    equations += [
        amounts[v.neuron] + amounts[v.other] - names.of(v.total)
        for v in form.variables
        if v.other is not None and v.total is not None
    ]
    vertices = tuple(tuple(map(real_expression, vertex.amounts)) for vertex in best.vertices)
    return Polytope(amounts=amounts, equations=tuple(equations), vertices=vertices, enclosures=tuple(names.known))


class _Names:
    """Gives numbers without a closed form a symbol."""

    def __init__(self) -> None:
        self.known: list[tuple[sympy.Symbol, Bounds]] = []

    def of(self, value: Real | Scalar) -> sympy.Expr:
        """Return the exact number or a symbol for it."""
        number = Real.of_scalar(value) if isinstance(value, Scalar) else value
        exact = real_expression(number)
        if exact is None:
            exact = sympy.Symbol(f"e_{len(self.known) + 1}", real=True)
            self.known.append((exact, (number.low, number.high)))
        return exact
