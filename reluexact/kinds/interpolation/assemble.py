"""From a proved optimum with the absolute loss to the claim about interpolation."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction

from reluexact.budget import spending
from reluexact.errors import Argument, Cure, Limit, LimitReached, Message, message_of
from reluexact.evidence.network import ProblemEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.geometry.affine_hull import dimension
from reluexact.geometry.signs import Signs
from reluexact.kinds.interpolation.claim import Interpolation
from reluexact.kinds.optimal_set.amounts import amount_system
from reluexact.kinds.optimal_set.find_vertices import AmountPolytope, amount_polytope, independent_equations
from reluexact.kinds.optimum.problem_assemble import problem_optimum_of
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.numbers.linalg import dot
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.rational import near
from reluexact.numbers.real import Real
from reluexact.numbers.roots import rational_root, root_below
from reluexact.numbers.scalar import Scalar, Undecided
from reluexact.numbers.seconds import time_limited
from reluexact.numbers.types import Vector
from reluexact.progress import Progress, Stage
from reluexact.prove.problem_optimum import CertifiedProblemOptimum

ATTEMPTS = 3
"""How often the enclosures are made finer (each time twice the bits) before a sign counts as undecided."""
UNLISTED = Message("the vertices are not listed")
_GRACE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cheapest:
    """The vertices of a proved optimum, which is in the box that they needed; None with the reason where they are not known."""

    optimum: ProblemOptimum
    polytope: AmountPolytope | None
    reason: Message
    dimension: int | None


def cheapest(optimum: ProblemOptimum, limit: int, report: Progress) -> Cheapest:
    """Find all vertices of the polytope of the amounts of a proved optimum."""
    for attempt in range(ATTEMPTS):
        bits = 0 if optimum.point is None else optimum.point.bits
        report(Stage(f"vertices, with enclosures of {bits} bits"))
        try:
            with spending(progress=report):
                return listed(optimum, limit)
        except Undecided as problem:
            reason = Message(message_of(problem), f", even with enclosures of {bits} bits")
        except LimitReached as problem:
            return unlisted(optimum, _too_many(limit) if problem.stopped_by and problem.limit == limit else problem.message)
        if optimum.point is None or optimum.point.box.exact or attempt == ATTEMPTS - 1:
            break
        with spending(anew=True):
            optimum = _over(optimum, optimum.point.refined(2 * bits))
    return unlisted(optimum, reason)


def _too_many(bases: int) -> Message:
    stop = Limit(counted="bases", value=bases, argument="bases")
    return Message(f"the polytope has more than {bases} bases", Cure("raise ", Argument("bases"), " to list them"), limit=stop)


def listed(optimum: ProblemOptimum, limit: int) -> Cheapest:
    """Return the optimum with all vertices; raises Undecided where its box is too coarse, LimitReached beyond ``limit`` bases."""
    if optimum.point is None:
        return unlisted(optimum)
    polytope = amount_polytope(optimum.point, limit)
    point = replace(optimum.point, dependences=polytope.system.dependences)
    return Cheapest(optimum=_over(optimum, point), polytope=polytope, reason=Message(""), dimension=polytope.dimension)


def unlisted(optimum: ProblemOptimum, reason: Message = UNLISTED) -> Cheapest:
    """Return the optimum without its vertices, with the dimension if that takes no longer than a moment."""
    size = None
    if optimum.point is not None:
        with suppress(Undecided, LimitReached), spending(anew=True), time_limited(_GRACE):
            size = dimension(independent_equations(amount_system(optimum.point)).polytope)
    return Cheapest(optimum=optimum, polytope=None, reason=reason, dimension=size)


def _over(optimum: ProblemOptimum, point: CertifiedProblemOptimum) -> ProblemOptimum:
    """Return the optimum with another point of its structure, over the box of that."""
    return problem_optimum_of(optimum.problem, point, digits=optimum.digits, produced_by=optimum.produced_by)


def interpolation_of(data: Dataset, fit: Vector, rows: Sequence[int], found: Cheapest) -> Interpolation:
    """Return the claim; ``rows``: those of the problem of the optimum."""
    optimum, polytope = found.optimum, found.polytope
    vertices = () if polytope is None else polytope.vertices
    used = {k for vertex in vertices for k in vertex.support}
    neurons = tuple(
        replace(neuron, gate=_gates(data, neuron.gate, rows), positive=k in used if vertices else neuron.positive)
        for k, neuron in enumerate(optimum.neurons)
    )
    amounts = vertices[0].amounts if vertices else [neuron.amount for neuron in neurons]
    dual = [Real.rational(0)] * data.n
    for row, value in zip(rows, optimum.theta, strict=True):
        dual[row] = value
    return Interpolation(
        data=data,
        fit=fit,
        status=Status.PROVED,
        reason="",
        value=optimum.value,
        lower=optimum.value.low,
        upper=optimum.value.high,
        dual=tuple(dual),
        neurons=neurons,
        dimension=found.dimension,
        vertices=vertices,
        open=found.reason,
        network=near_network(optimum, amounts, 64 + 4 * optimum.digits),
        digits=optimum.digits,
        rows=tuple(rows),
        optimum=optimum,
        point=None,
        labels=() if polytope is None else polytope.found.labels,
        produced_by=optimum.produced_by,
    )


def _gates(data: Dataset, gates: Signs, rows: Sequence[int]) -> Signs:
    """Return the gates of a neuron in all rows from those in ``rows``, which hold the first row of every hyperplane."""
    known = dict(zip(rows, gates, strict=True))
    return data.hyperplanes.row_gates(tuple(known[row] for row in data.hyperplanes.rows))


def near_network(optimum: ProblemOptimum, amounts: Sequence[Real | None], bits: int) -> Network:
    """Return the network with these amounts, each 0 or None left out: exact where directions times amounts are rational.

    Its neurons are balanced as nearly as 2^-bits allows.
    """
    evidence = optimum.evidence
    bases = evidence.bases if isinstance(evidence, ProblemEvidence) else ()
    hidden: list[Vector] = []
    output: list[Fraction] = []
    for neuron, basis, amount in zip(optimum.neurons, bases, amounts, strict=True):
        if amount is None or amount.high <= 0:
            continue
        vector, factor = _weights(neuron, basis, amount, bits)
        length = dot(vector, vector)
        size = factor / (rational_root(length) or root_below(length, bits))
        root = rational_root(size) or near(root_below(size, bits), bits)
        hidden.append(tuple(entry * root for entry in vector))
        output.append(neuron.sign * factor / root)
    return Network(hidden, output)


def _weights(neuron: Neuron, basis: Sequence[Sequence[int]], amount: Real, bits: int) -> tuple[Vector, Fraction]:
    """Return a vector along the direction and the number with ``number * vector = amount * direction``, exact where rational."""
    if all(entry.is_rational for entry in neuron.direction):
        vector = tuple(entry.low for entry in neuron.direction)
        return vector, near(amount.middle, bits) if not amount.is_rational else amount.low
    if len(basis) == 1:
        place = next(j for j, entry in enumerate(basis[0]) if entry)
        side = 1 if (basis[0][place] > 0) == (neuron.direction[place].low > 0) else -1
        square = Fraction(sum(entry * entry for entry in basis[0]))
        share = amount.scalar / Scalar.of(RadicalSum.root(square))
        return tuple(Fraction(side * entry) for entry in basis[0]), near(
            share.middle, bits
        ) if share.rational is None else share.rational
    return tuple(near(entry.middle, bits) for entry in neuron.direction), near(amount.middle, bits)
