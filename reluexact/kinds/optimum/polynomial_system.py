"""The polynomial system that defines an optimum, with the box that isolates its solution: the exact answer in general."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from reluexact.kinds.optimum.blocks import Structure, structure_of
from reluexact.kinds.optimum.claim import Optimum
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Bounds
from reluexact.tex.numbers import digits_latex, rational_expression


@dataclass(frozen=True, slots=True, kw_only=True)
class PolynomialSystem:
    """Equations ``expression = 0`` in as many variables, with rational coefficients.

    box: rational bounds of every variable; it contains exactly one real solution (proved by Krawczyk's test).
    """

    variables: tuple[sympy.Symbol, ...]
    equations: tuple[sympy.Expr, ...]
    box: tuple[Bounds, ...]

    def latex(self) -> str:
        """Return the equations and the box as one LaTeX formula."""
        lines = [rf"{sympy.latex(equation)}&=0" for equation in self.equations]
        for variable, (low, high) in zip(self.variables, self.box, strict=True):
            lines.append(rf"{sympy.latex(variable)}&={digits_latex(low, high, 20)}")
        return r"\begin{aligned}" + r"\\ ".join(lines) + r"\end{aligned}"

    def _repr_latex_(self) -> str:
        return f"$${self.latex()}$$"


def polynomial_system(optimum: Optimum) -> PolynomialSystem:
    """Return the system of a PROVED optimum in the unknowns omega (coordinates of the weights), t (amounts) and c.

    The equations are E1, E2, E3 of CERTIFICATE.md: stationarity of every block, the length of its weights, and ``L'X'theta = 0``.
    """
    structure = structure_of(optimum)
    omegas, amounts, free = _variables(structure)
    theta = _Residual(structure, [*(w for group in omegas for w in group), *free])
    equations: list[sympy.Expr] = []
    for block, omega, t in zip(structure.blocks, omegas, amounts, strict=True):
        penalty = rational_expression(optimum.penalty)
        for column, row in zip(block.columns, block.gram, strict=True):
            length = sympy.Add(*(rational_expression(entry) * w for entry, w in zip(row, omega, strict=True)))
            equations.append(sympy.expand(t * theta.product(column) - penalty * length))
    for block, omega, t in zip(structure.blocks, omegas, amounts, strict=True):
        square = sympy.Add(
            *(
                rational_expression(entry) * a * b
                for row, a in zip(block.gram, omega, strict=True)
                for entry, b in zip(row, omega, strict=True)
            )
        )
        equations.append(sympy.expand(t**2 - square))
    equations += [sympy.expand(theta.product(column)) for column in structure.free]
    variables = (*(w for group in omegas for w in group), *amounts, *free)
    box = tuple(structure.enclosure(position) for position in range(len(variables)))
    return PolynomialSystem(variables=variables, equations=tuple(equations), box=box)


class _Residual:
    """The residual ``theta = y - A x`` in symbols, of which only products with rational vectors are needed."""

    def __init__(self, structure: Structure, unknowns: Sequence[sympy.Symbol]) -> None:
        self.columns = [column for block in structure.blocks for column in block.columns] + list(structure.free)
        self.unknowns = unknowns
        self.target = structure.optimum.data.y

    def product(self, vector: Sequence[Fraction]) -> sympy.Expr:
        """Return ``vector . theta``."""
        terms = [rational_expression(dot(vector, self.target))]
        terms += [
            -rational_expression(dot(vector, column)) * unknown
            for column, unknown in zip(self.columns, self.unknowns, strict=True)
        ]
        return sympy.Add(*terms)


def _variables(
    structure: Structure,
) -> tuple[tuple[tuple[sympy.Symbol, ...], ...], tuple[sympy.Symbol, ...], tuple[sympy.Symbol, ...]]:
    """Name the unknowns: omega by block (numbered like the neurons) and coordinate, t by block, c by position."""
    omegas = tuple(
        tuple(
            _symbol("omega", block.index + 1, *((place + 1,) if len(block.basis) > 1 else ()))
            for place in range(len(block.basis))
        )
        for block in structure.blocks
    )
    amounts = tuple(_symbol("t", block.index + 1) for block in structure.blocks)
    return omegas, amounts, tuple(_symbol("c", place + 1) for place in range(len(structure.free)))


def _symbol(name: str, *indices: int) -> sympy.Symbol:
    return sympy.Symbol(name + "_" + "_".join(map(str, indices)), real=True)
