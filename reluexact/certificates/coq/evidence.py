"""The evidence of a certificate of the kind ``bound`` as Coq gets it, and the bounds that its ``tighten`` nodes reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.checker.linear import norm_up, whole_numbers

Decided = dict[int, int]

Entries = tuple[tuple[int, Fraction], ...]
"""(row that names a wall, number) pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Decide the wall named by this row."""

    wall: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tighten:
    """Improve one bound of a wall."""

    wall: int
    upper: bool
    rho: Entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """Bound the function with multipliers and slopes."""

    rho: Entries
    slope: Entries


Node = Split | Tighten | Leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The dual point and the nodes of the two trees in prefix order."""

    residual: tuple[Fraction, ...]
    positive: tuple[Node, ...]
    negative: tuple[Node, ...]


def reached_bounds(X: Sequence[Sequence[Fraction]], nodes: Sequence[Node]) -> tuple[int, ...]:
    """Return, for each node that tightens, the norm of its vector in multiples of 2^-64, rounded up; 0 for the other nodes.

    Coq checks these numbers. In a malformed tree, where they do not exist, they are 0.

    >>> reached_bounds([[Fraction(3), Fraction(4)]], [Tighten(wall=0, upper=True, rho=())]) == (5 << 64,)
    True
    """
    numbers, unit = whole_numbers(entry for row in X for entry in row)
    d = len(X[0])
    rows = [numbers[start : start + d] for start in range(0, len(numbers), d)]
    bounds = []
    stack: list[Decided] = [{}]
    for node in nodes:
        sides = stack.pop() if stack else {}
        bound = 0
        if isinstance(node, Split):
            stack += [{**sides, node.wall: -1}, {**sides, node.wall: 1}]
        elif isinstance(node, Tighten):
            vector, common = _vector(rows, sides, node)
            if any(vector):
                bound = norm_up(vector, common * unit)
                stack.append(sides)
            else:
                stack.append({**sides, node.wall: -1 if node.upper else 1})
        bounds.append(bound)
    return tuple(bounds)


def _vector(rows: Sequence[Sequence[int]], sides: Decided, node: Tighten) -> tuple[list[int], int]:
    """Return ``g n_h + sum rho_j sigma_j n_j`` times a common denominator, and this denominator."""
    factors, common = whole_numbers(value for _, value in node.rho)
    steps = [(node.wall, common if node.upper else -common)]
    steps += [(wall, factor * sides.get(wall, 0)) for (wall, _), factor in zip(node.rho, factors, strict=True)]
    vector = [0] * len(rows[0])
    for wall, factor in steps:
        if wall < len(rows):
            vector = [a + factor * n for a, n in zip(vector, rows[wall], strict=True)]
    return vector, common
