"""The closed form of an optimum: rational, in square roots, by the root of one polynomial, or by a polynomial system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import sympy

from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.polynomial_system import PolynomialSystem, polynomial_system
from reluexact.kinds.optimum.single_root import SingleRoot, single_root
from reluexact.numbers.counts import counted
from reluexact.public import Tabular
from reluexact.tex.numbers import real_expression

Exact: TypeAlias = "sympy.Expr | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedForm(Tabular):
    """Exact expressions of the numbers of an optimum; None where only the polynomial system gives them.

    kind: ``rational``, ``radical``, ``root`` (the expressions contain the symbol ``t``, the root of ``root.polynomial``) or
    ``system``. system: the equations that define the optimum, in every case.
    """

    kind: str
    value: Exact
    residual: tuple[Exact, ...]
    directions: tuple[tuple[sympy.Expr, ...] | None, ...]
    amounts: tuple[Exact, ...]
    root: SingleRoot | None
    system: PolynomialSystem

    def __repr__(self) -> str:
        """Show the kind and the value."""
        value = "by a polynomial system" if self.value is None else f"value={self.value}"
        return f"ClosedForm({self.kind}, {value}, {counted(len(self.directions), 'neuron')})"

    def number(self, expression: sympy.Expr) -> sympy.Expr:
        """Return the number that an expression in t stands for."""
        return expression if self.root is None else self.root.number(expression)


def closed_form(optimum: Optimum) -> ClosedForm:
    """Return the closed form of a PROVED optimum; InputError for any other."""
    system = polynomial_system(optimum)
    value = real_expression(optimum.value)
    root = single_root(optimum) if value is None else None
    residual = tuple(map(real_expression, optimum.residual))
    directions: list[tuple[sympy.Expr, ...] | None] = []
    amounts: list[Exact] = []
    for k, neuron in enumerate(optimum.neurons):
        entries = [real_expression(entry) for entry in neuron.direction]
        known = [entry for entry in entries if entry is not None]
        direction = tuple(known) if len(known) == len(entries) else None
        amount = None if neuron.amount is None else real_expression(neuron.amount)
        if root is not None and direction is None and k in (root.index, root.partner):
            direction = tuple(entry if k == root.index else -entry for entry in root.direction)
            if root.partner is None:
                amount = sympy.Symbol("t", positive=True)
        directions.append(direction)
        amounts.append(amount)
    return ClosedForm(
        kind=_kind(value, directions, root),
        value=value if root is None else root.value,
        residual=residual if root is None else root.residual,
        directions=tuple(directions),
        amounts=tuple(amounts),
        root=root,
        system=system,
    )


def _kind(value: Exact, directions: list[tuple[sympy.Expr, ...] | None], root: SingleRoot | None) -> str:
    if root is not None:
        return "root"
    if value is None or None in directions:
        return "system"
    numbers = [value, *(entry for direction in directions if direction is not None for entry in direction)]
    return "rational" if all(number.is_Rational for number in numbers) else "radical"
