"""All optimal networks of a proved optimum: neurons, dimension, and every vertex of the polytope of amounts."""

from __future__ import annotations

from dataclasses import replace

from reluexact.budget import spending
from reluexact.errors import LimitReached, Message, message_of
from reluexact.evidence.network import OptimumEvidence
from reluexact.evidence.status import Status
from reluexact.geometry.affine_hull import dimension
from reluexact.kinds.optimal_set.amounts import amount_system
from reluexact.kinds.optimal_set.certified import point_of_set
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.find_vertices import amount_polytope, independent_equations
from reluexact.kinds.optimum.assemble import optimum_of
from reluexact.kinds.optimum.certified import certified_point
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.calls import alone
from reluexact.model.problem import Problem
from reluexact.numbers.rational import to_count
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Scalar, Undecided
from reluexact.numbers.seconds import Clock, time_limited
from reluexact.progress import Progress, Stage, silent
from reluexact.prove.certified import CertifiedOptimum, CertifiedPoint

ATTEMPTS = 3
"""How often the enclosures are made finer (each time twice the bits) before a sign counts as undecided."""

_GRACE = 1
"""A second for what is known without the vertices, whatever time is left."""


@alone("optimal_set(problem) or optimal_set(solve(data, penalty))")
def optimal_set(
    optimum: Optimum | ProblemOptimum | Problem,
    *,
    limit: int = 200_000,
    time_limit: object = None,
    progress: Progress | None = None,
) -> OptimalSet:
    """Describe every optimal network: the polytope of the amounts of the optimal neurons, with all its vertices.

    optimum: the answer of ``solve``; or a problem, which is solved first. Row weights (or the answer of ``solve`` about them)
    lead to the set of scaled copies of the rows (``rx.without_weights``): the same networks. limit: bases of the polytope that
    are visited at most. time_limit: seconds. The status is PROVED, or UNDECIDED with the reason: a vertex whose degeneracy
    enclosures cannot decide, more bases than ``limit``, or no time left. Raises InputError for an optimum that is not PROVED.
    Sources: Mishkin & Pilanci 2023 (Thm 3.2, Prop 3.6); Kim, Mishkin & Pilanci 2025 (Thm 1).

    >>> from reluexact.kinds.optimum.find import solve
    >>> from reluexact.model.dataset import Dataset
    >>> toy = Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
    >>> best = optimal_set(solve(toy, penalty=1))
    >>> best.dimension, best.min_width, best.max_vertex_width, best.total
    (1, 1, 2, 1/2)
    >>> [vertex.amounts for vertex in best.vertices]
    [(1/2, 0, 0), (0, 1/4, 1/4)]
    """
    to_count(limit, where="limit")
    report, clock = progress or silent, Clock(time_limit)
    if not isinstance(optimum, Optimum):
        from reluexact.kinds.plain import plain_optimum  # it solves: who reads a set does without

        with clock.running():
            optimum = plain_optimum(optimum, "optimal_set", progress=progress)
    certified, reason = certified_point(optimum), Message()
    for attempt in range(ATTEMPTS):
        report(Stage(f"vertices, with enclosures of {certified.bits} bits"))
        try:
            with clock.running(outer=True), spending(progress=report):
                return described(optimum, certified, limit)
        except Undecided as problem:
            reason = Message(message_of(problem), f", even with enclosures of {certified.bits} bits")
        except LimitReached as problem:
            return undescribed(optimum, certified, problem.message)
        if certified.box.exact or attempt == ATTEMPTS - 1:
            break
        with spending(anew=True):
            certified = certified.refined(2 * certified.bits)
    return undescribed(optimum, certified, reason)


def described(optimum: Optimum, certified: CertifiedPoint, limit: int) -> OptimalSet:
    """Return the set with all its vertices; raises Undecided where the box is too coarse, LimitReached beyond ``limit`` bases."""
    optimum = in_box(optimum, certified)
    known = amount_polytope(certified, limit)
    certified = replace(certified, dependences=known.system.dependences)
    total = total_amount(certified)
    for amounts in known.amounts:
        excess = sum(amounts, Scalar.of(0)) - total
        if excess.low > 0 or excess.high < 0:
            raise ArithmeticError("the amounts of a vertex do not add up to fit.residual / penalty")
    used = {k for corner in known.vertices for k in corner.support}
    return OptimalSet(
        optimum=optimum,
        status=Status.PROVED,
        reason="",
        neurons=tuple(replace(neuron, positive=k in used) for k, neuron in enumerate(optimum.neurons)),
        dimension=known.dimension,
        vertices=known.vertices,
        total=Real.of_scalar(total),
        system=known.system,
        labels=known.found.labels,
        certified=certified,
    )


def in_box(optimum: Optimum, certified: CertifiedPoint) -> Optimum:
    """Return the optimum with the box of a point of its structure, which may be finer, and all that follows from it."""
    evidence = optimum.evidence
    if not isinstance(evidence, OptimumEvidence):
        raise TypeError("a proved optimum has the evidence of one")
    if (certified.box.midpoint, certified.box.radius) == (evidence.midpoint, evidence.radius):
        return optimum
    proof = CertifiedOptimum.of(certified, evidence.positive, evidence.negative)
    return optimum_of(proof, digits=optimum.digits, produced_by=optimum.produced_by)


@spending(anew=True)
def undescribed(optimum: Optimum, certified: CertifiedPoint, reason: str) -> OptimalSet:
    """Give what is known without the vertices."""
    optimum = in_box(optimum, certified)
    size, system = None, None
    try:
        with spending(anew=True), time_limited(_GRACE):
            system = independent_equations(amount_system(certified))
            size = dimension(system.polytope)
    except (Undecided, LimitReached):
        pass
    return OptimalSet(
        optimum=optimum,
        status=Status.UNDECIDED,
        reason=reason,
        neurons=optimum.neurons,
        dimension=size,
        vertices=(),
        total=Real.of_scalar(total_amount(certified)),
        system=system,
        certified=certified,
    )


def total_amount(certified: CertifiedPoint) -> Scalar:
    """Return fit.residual / penalty, which the amounts of every optimal network add up to."""
    kkt, total = certified.kkt, Scalar.of(0)
    for i, target in enumerate(kkt.program.data.y):
        theta = certified.scalar(*kkt.pull_entry(i))
        total = total + (Scalar.of(target) - theta) * theta
    return total / Scalar.of(kkt.program.penalty)


def refined_set(best: OptimalSet, optimum: Optimum) -> OptimalSet:
    """Return the set of the same optimum over a finer box; the vertices keep their amounts and labels."""
    point, known = certified_point(optimum), point_of_set(best)
    if known.bits > point.bits:
        point, optimum = known, in_box(optimum, known)
    return replace(
        best,
        optimum=optimum,
        neurons=tuple(replace(new, positive=old.positive) for new, old in zip(optimum.neurons, best.neurons, strict=True)),
        total=Real.of_scalar(total_amount(point)),
        system=None if best.system is None else independent_equations(amount_system(point)),
        certified=point,
    )
