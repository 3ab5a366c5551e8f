"""Variables that the equations tie to one other variable, or fix, in rational systems: fewer and bounded ones remain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.geometry.polytope import BoundedSystem
from reluexact.kinds.minimum_network.claim import Implied
from reluexact.numbers.linalg import dot, kernel, solve, transpose
from reluexact.numbers.scalar import Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """A system with implied equations used up.

    kept: the original variable behind each variable. implied: how the others follow.
    """

    system: BoundedSystem
    kept: tuple[int, ...]
    implied: tuple[Implied, ...]

    @property
    def fixed(self) -> int:
        """Return the number of variables that the equations fix at a positive value."""
        return sum(equation.partner is None and equation.total > 0 for equation in self.implied)

    def restored(self, point: Sequence[Scalar]) -> tuple[Scalar, ...]:
        """Return all original variables at a point."""
        values = dict(zip(self.kept, point, strict=True))
        for equation in self.implied:
            value = Scalar.of(equation.total)
            if equation.partner is not None:
                value = value - Scalar.of(equation.ratio) * values[equation.partner]
            values[equation.variable] = value
        return tuple(values[j] for j in range(len(values)))

    def states(self, state: Sequence[int], point: Sequence[Scalar]) -> tuple[int, ...]:
        """Return where all original variables are, given where the kept ones are (0 at zero, 1 between, 2 at the upper bound)."""
        places = dict(zip(self.kept, state, strict=True))
        for equation in self.implied:
            places[equation.variable] = min(1, abs(point[equation.variable].sign()))
            if equation.partner is not None:
                places[equation.partner] = min(1, places[equation.partner])
        return tuple(places[j] for j in range(len(places)))


def pair_up(system: BoundedSystem) -> Paired:
    """Use every equation ``x_j + ratio x_k = total > 0`` between variables without upper bounds, and every fixed variable.

    >>> system = BoundedSystem.of([[1, 0], [1, 0], [0, 1]], [2, 5], [None] * 3)
    >>> paired = pair_up(system)
    >>> paired.kept, paired.system.upper[0].rational, paired.fixed
    ((1,), Fraction(2, 1), 1)
    """
    nothing = Paired(system=system, kept=tuple(range(len(system.columns))), implied=())
    if None not in system.upper or not system.right or any(number.rational is None for number in system.numbers()):
        return nothing
    columns = [[entry.low for entry in column] for column in system.columns]
    right = [entry.low for entry in system.right]
    implied = _implied(columns, right, [upper is None for upper in system.upper])
    return _reduced(system, columns, right, implied) if implied else nothing


def _implied(columns: list[list[Fraction]], right: list[Fraction], single: Sequence[bool]) -> tuple[Implied, ...]:
    moves = transpose(kernel(transpose(columns), len(columns))) or ((),) * len(columns)
    classes: dict[tuple[Fraction, ...], list[int]] = {}
    for j, row in enumerate(moves):
        lead = next((entry for entry in row if entry), None)
        classes.setdefault(tuple(Fraction(entry) / lead for entry in row) if lead else (), []).append(j)
    found = []
    for direction, members in classes.items():
        if not direction or not any(direction):
            found += [_equation(columns, right, j, None, Fraction(0)) for j in members if single[j]]
        elif len(members) == 2 and all(single[j] for j in members):
            first, second = (next(Fraction(entry) for entry in moves[j] if entry) for j in members)
            if first * second < 0:
                found.append(_equation(columns, right, members[0], members[1], -first / second))
    return tuple(item for item in found if item is not None and (item.total > 0 or (item.total == 0 and item.partner is None)))


def _equation(
    columns: list[list[Fraction]], right: list[Fraction], j: int, partner: int | None, ratio: Fraction
) -> Implied | None:
    target = [Fraction(0)] * len(columns)
    target[j] = Fraction(1)
    if partner is not None:
        target[partner] = ratio
    multipliers = solve(columns, target)
    if multipliers is None:
        return None
    return Implied(variable=j, partner=partner, ratio=ratio, total=dot(multipliers, right), multipliers=multipliers)


def _reduced(system: BoundedSystem, columns: list[list[Fraction]], right: list[Fraction], implied: tuple[Implied, ...]) -> Paired:
    upper: list[Fraction | None] = [None if bound is None else bound.low for bound in system.upper]
    for equation in implied:
        gone = columns[equation.variable]
        right = [value - equation.total * entry for value, entry in zip(right, gone, strict=True)]
        if equation.partner is not None:
            mate = equation.partner
            columns[mate] = [a - equation.ratio * b for a, b in zip(columns[mate], gone, strict=True)]
            upper[mate] = equation.total / equation.ratio
    dropped = {equation.variable for equation in implied}
    kept = tuple(j for j in range(len(columns)) if j not in dropped)
    small = BoundedSystem.of([columns[j] for j in kept], right, [upper[j] for j in kept])
    return Paired(system=small, kept=kept, implied=implied)
