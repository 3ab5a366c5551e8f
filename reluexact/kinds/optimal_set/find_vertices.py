"""The vertices of the polytope of amounts, as networks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reluexact.geometry.elimination import eliminate
from reluexact.geometry.polytope import BasicPoint, BoundedSystem, basic_point, independent_rows_only
from reluexact.geometry.vertices import AT_UPPER, AT_ZERO, State, Vertices, vertices
from reluexact.kinds.optimal_set.amounts import amount_system
from reluexact.kinds.optimal_set.system import AmountSystem
from reluexact.kinds.optimal_set.vertex import AmountAtVertex, Vertex
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Scalar
from reluexact.prove.certified import CertifiedPoint

NOTHING = Real.rational(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountPolytope:
    """The polytope of amounts of a proved network's neurons: its reduced system, all vertices, its dimension.

    found: the vertices of the reduced polytope. amounts: those of all neurons at each of them. vertices: the same as networks,
    fewest neurons first.
    """

    system: AmountSystem
    found: Vertices
    amounts: tuple[tuple[Scalar, ...], ...]
    vertices: tuple[Vertex, ...]
    dimension: int


def amount_polytope(certified: CertifiedPoint, limit: int) -> AmountPolytope:
    """Return all vertices; raises LimitReached beyond ``limit`` bases, and Undecided where enclosures leave a sign open."""
    system = independent_equations(amount_system(certified))
    found = vertices(system.polytope, limit=limit)
    amounts = tuple(system.amounts(point.point) for point in found.points)
    made = [_vertex(certified, system, *parts) for parts in zip(found.points, found.states, amounts, strict=True)]
    order = sorted(made, key=lambda corner: (corner.width, corner.support, corner.basis, corner.at_upper))
    return AmountPolytope(
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


def amount_at_vertex(origin: AmountAtVertex, point: CertifiedPoint) -> Scalar:
    """Return the amount again, as fine as the point is."""
    system = independent_equations(amount_system(point))
    vertex = basic_point(system.polytope, origin.basis, origin.at_upper)
    return system.amounts(vertex.point)[origin.neuron]


def _vertex(
    certified: CertifiedPoint, system: AmountSystem, point: BasicPoint, state: State, values: tuple[Scalar, ...]
) -> Vertex:
    """Turn a point of the reduced polytope into amounts; the states of its variables say which are exactly 0."""
    amounts = [NOTHING] * len(system.readings)
    support = []
    for k, amount in enumerate(values):
        reading = system.readings[k]
        off = AT_UPPER if reading.complement else AT_ZERO
        if amount.rational == 0 or (reading.variable is not None and state[reading.variable] == off):
            continue
        support.append(k)
        origin = AmountAtVertex(point=certified, neuron=k, basis=point.basis, at_upper=point.at_upper)
        amounts[k] = Real.of_scalar(amount, origin)
    return Vertex(amounts=tuple(amounts), support=tuple(support), basis=point.basis, at_upper=point.at_upper)
