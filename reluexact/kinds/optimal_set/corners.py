"""The vertices of the polytope of amounts, as networks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from reluexact.geometry.elimination import eliminate
from reluexact.geometry.polytope import BasicPoint, BoundedSystem, basic_point, independent_rows_only
from reluexact.geometry.vertices import AT_UPPER, AT_ZERO, State, Vertices, vertices
from reluexact.kinds.optimal_set.amounts import amount_system
from reluexact.kinds.optimal_set.claim import AmountSystem, Vertex
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Scalar
from reluexact.prove.rebuild import Rebuilt

NOTHING = Real.rational(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corners:
    """The polytope of amounts of a proved network's neurons: its reduced system, all vertices, its dimension.

    found: the vertices of the reduced polytope. amounts: those of all neurons at each of them. vertices: the same as networks,
    fewest neurons first.
    """

    system: AmountSystem
    found: Vertices
    amounts: tuple[tuple[Scalar, ...], ...]
    vertices: tuple[Vertex, ...]
    dimension: int


def corners(rebuilt: Rebuilt, limit: int) -> Corners:
    """Return all vertices; raises LimitReached beyond ``limit`` bases, and Undecided where enclosures leave a sign open."""
    system = independent_equations(amount_system(rebuilt))
    found = vertices(system.polytope, limit=limit)
    amounts = tuple(system.amounts(point.point) for point in found.points)
    made = [_corner(rebuilt, system, *parts) for parts in zip(found.points, found.states, amounts, strict=True)]
    order = sorted(made, key=lambda corner: (corner.width, corner.support, corner.basis, corner.at_upper))
    return Corners(
        system=system, found=found, amounts=amounts, vertices=tuple(order), dimension=_dimension(system.polytope, found)
    )


def independent_equations(system: AmountSystem) -> AmountSystem:
    """Leave out equations that follow from others; the optimum was proved, so its amounts satisfy them all."""
    polytope = independent_rows_only(system.polytope, consistent=True)
    if polytope is None:
        raise ArithmeticError("the equations of the amounts of a proved optimum contradict each other")
    return replace(system, polytope=polytope)


def _dimension(polytope: BoundedSystem, found: Vertices) -> int:
    """Return the dimension: the variables that are not stuck at a bound, minus the rank of their columns."""
    free = [j for j in range(len(polytope.columns)) if {state[j] for state in found.states} not in ({AT_ZERO}, {AT_UPPER})]
    return len(free) - len(eliminate(polytope.rows(), free))


@dataclass(frozen=True, slots=True)
class AmountSource:
    """Encloses the amount of one neuron at one vertex to any number of digits."""

    rebuilt: Rebuilt
    neuron: int
    basis: tuple[int, ...]
    at_upper: tuple[int, ...]

    def enclose(self, digits: int) -> tuple[Fraction, Fraction]:
        """Return bounds at most 10^-digits apart."""
        bits, goal = max(self.rebuilt.bits, 10 * digits // 3) + 64, Fraction(1, 10**digits)
        while True:
            system = independent_equations(amount_system(self.rebuilt.refined(bits)))
            point = basic_point(system.polytope, self.basis, self.at_upper)
            amount = system.amounts(point.point)[self.neuron]
            if amount.high - amount.low <= goal:
                return amount.low, amount.high
            bits *= 2


def _corner(rebuilt: Rebuilt, system: AmountSystem, point: BasicPoint, state: State, values: tuple[Scalar, ...]) -> Vertex:
    """Turn a point of the reduced polytope into amounts; the states of its variables say which are exactly 0."""
    amounts = [NOTHING] * len(system.readings)
    support = []
    for k, amount in enumerate(values):
        reading = system.readings[k]
        off = AT_UPPER if reading.complement else AT_ZERO
        if amount.rational == 0 or (reading.variable is not None and state[reading.variable] == off):
            continue
        support.append(k)
        amounts[k] = Real.of_scalar(amount, AmountSource(rebuilt, k, point.basis, point.at_upper))
    return Vertex(amounts=tuple(amounts), support=tuple(support), basis=point.basis, at_upper=point.at_upper)
