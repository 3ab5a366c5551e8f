"""What is known of the least cost where it is not proved, and where the fit is 0: rational bounds."""

from __future__ import annotations

from fractions import Fraction

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.evidence.tree import Leaf
from reluexact.kinds.interpolation.claim import DualPoint, Interpolation
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.model.reachable import cost, network_of_fit
from reluexact.numbers.linalg import dot
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector

ProducedBy = tuple[tuple[str, str], ...]


def bounded(
    data: Dataset,
    fit: Vector,
    point: DualPoint,
    network: Network,
    *,
    reason: str,
    digits: int,
    rows: tuple[int, ...],
    produced_by: ProducedBy,
) -> Interpolation:
    """Return the bounds of a dual point and of a network with the fit; a fit of 0 costs nothing, and that is PROVED."""
    free = not any(fit)
    lower, upper = dot(point.theta, fit), cost(network)
    return Interpolation(
        data=data,
        fit=fit,
        status=Status.PROVED if free else Status.UNDECIDED,
        reason="" if free else reason,
        value=Real(low=lower, high=upper),
        lower=lower,
        upper=upper,
        dual=tuple(map(Real.rational, point.theta)),
        neurons=(),
        dimension=0 if free else None,
        vertices=(Vertex(amounts=(), support=()),) if free else (),
        open="" if free else reason,
        network=network,
        digits=digits,
        rows=rows,
        optimum=None,
        point=point,
        produced_by=produced_by,
    )


def nothing(data: Dataset) -> DualPoint:
    """Return the dual point 0."""
    return DualPoint(theta=(Fraction(0),) * data.n, positive=(Leaf(),), negative=(Leaf(),))


def repaired(data: Dataset, fit: Vector, network: Network) -> Network:
    """Return a network with the fit, exactly: one near it, and neurons that make up for what is missing.

    >>> half = Network([[1]], ["1/2"])
    >>> repaired(Dataset([[1], [-1]], [1, 1]), (Fraction(1), Fraction(1)), half).predict([[1], [-1]])
    (Fraction(1, 1), Fraction(1, 1))
    """
    outputs = network.predict(data.X) if network.hidden else (Fraction(0),) * data.n
    more = network_of_fit(data, tuple(a - b for a, b in zip(fit, outputs, strict=True)))
    return Network([*network.hidden, *more.hidden], [*network.output, *more.output])


ONLY_BOUNDS = Message("the certificate has bounds only")
