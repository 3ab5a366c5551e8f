"""The fewest neurons of an optimal network, from the set of all optimal networks."""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.budget import spending
from reluexact.errors import InputError, LimitReached, Message, message_of
from reluexact.evidence.status import Status
from reluexact.geometry.elimination import eliminate, minus_product
from reluexact.geometry.polytope import BoundedSystem
from reluexact.kinds.minimum_network.claim import CountedTree, MinimumNetwork, SumSearch
from reluexact.kinds.minimum_network.fewest.system import ENGINES, LIMIT, Fewest, fewest
from reluexact.kinds.optimal_set.amounts import amount_system
from reluexact.kinds.optimal_set.certified import point_of_set
from reluexact.kinds.optimal_set.claim import OptimalSet, require_set
from reluexact.kinds.optimal_set.find import optimal_set
from reluexact.kinds.optimal_set.system import AmountSystem
from reluexact.kinds.optimal_set.vertex import AmountAtPlaces
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.plain import plain_optimum
from reluexact.model.problem import Problem
from reluexact.numbers.rational import to_count
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Scalar, Undecided
from reluexact.numbers.seconds import Clock
from reluexact.progress import Progress, Stage, silent
from reluexact.prove.certified import CertifiedPoint

ZERO = Real.rational(0)


def minimum_network(
    best: OptimalSet | ProblemOptimum | Problem,
    *,
    engine: str = "scip",
    limit: int = LIMIT,
    time_limit: object = None,
    progress: Progress | None = None,
) -> MinimumNetwork:
    """Return the fewest neurons with which an optimal network exists, and one such network, proved where possible.

    best: the answer of ``optimal_set``; or a problem, whose set is found first, as ``optimal_set`` does.
    When all vertices of the set are known, the answer is among them: the neurons of a point are those of the face that it is
    inside of, and a vertex of this face has no others. Otherwise the shares of the pairs are searched without listing vertices;
    ``limit`` and ``engine`` are those of :func:`reluexact.kinds.minimum_network.fewest.system.fewest`. The status is UNDECIDED,
    with the interval and the reason, when the limit or ``time_limit`` (seconds) is reached or enclosures do not settle an
    equality. :func:`reluexact.kinds.sparsest_spline.find.sparsest_spline` counts kinks where the hidden bias is free.
    Sources: Mishkin & Pilanci 2023 (minimal models are vertices; fewest neurons need more than pruning); Kim, Mishkin &
    Pilanci 2025.

    >>> from reluexact.kinds.optimal_set.find import optimal_set
    >>> from reluexact.kinds.optimum.find import solve
    >>> from reluexact.model.dataset import Dataset
    >>> toy = Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
    >>> minimum_network(optimal_set(solve(toy, penalty=1)))
    MinimumNetwork(PROVED, width=1, by vertices)
    """
    if isinstance(best, ProblemOptimum) and best.problem.free_bias:
        raise InputError("best: minimum_network counts neurons, from rx.optimal_set; rx.sparsest_spline(optimum) counts kinks")
    to_count(limit, where="limit")
    if engine not in ENGINES:
        raise InputError(f"unknown engine {engine!r}; choose one of {', '.join(ENGINES)}")
    clock = Clock(time_limit)
    if isinstance(best, Problem | ProblemOptimum):
        with clock.running():
            best = optimal_set(plain_optimum(best, "minimum_network", progress=progress), progress=progress)
    require_set(best)
    if best.status is Status.PROVED and best.vertices:
        return from_vertices(best)
    if best.system is None:
        return _from_optimum(best, Message("the polytope of amounts is not known: ", best.reason))
    (progress or silent)(Stage("fewest neurons"))
    try:
        with clock.running(outer=True):
            found = fewest(best.system.polytope, engine=engine, limit=limit)
            return _from_system(best, best.system, found)
    except (Undecided, LimitReached) as problem:
        return _from_optimum(best, message_of(problem))


def from_vertices(best: OptimalSet) -> MinimumNetwork:
    """Return the vertex with the fewest neurons of a set with all its vertices."""
    sparsest = min(best.vertices, key=lambda vertex: (vertex.width, vertex.support))
    return MinimumNetwork(
        best=best,
        status=Status.PROVED,
        lower=sparsest.width,
        upper=sparsest.width,
        amounts=sparsest.amounts,
        support=sparsest.support,
        how="vertices",
    )


def _from_system(best: OptimalSet, system: AmountSystem, found: Fewest) -> MinimumNetwork:
    """Count the neurons that do not move, too, and read off all amounts."""
    readings, polytope = system.readings, system.polytope
    fixed = sum(reading.variable is None and reading.scale.sign() > 0 for reading in readings)
    places = [found.state[reading.variable] if reading.variable is not None else 1 for reading in readings]
    support = tuple(
        k
        for k, (reading, place) in enumerate(zip(readings, places, strict=True))
        if reading.scale.rational != 0 and place != (2 if reading.complement else 0)
    )
    if len(support) != fixed + found.upper:
        raise ArithmeticError("the network does not have the neurons that were counted")
    return MinimumNetwork(
        best=best,
        status=Status.PROVED if found.lower == found.upper else Status.UNDECIDED,
        lower=fixed + found.lower,
        upper=fixed + found.upper,
        amounts=_amounts(best, system, support, tuple(found.state), found.point),
        support=support,
        fixed=fixed + sum(bound is not None for bound in polytope.upper),
        reason=found.reason,
        how=found.how,
        evidence=found.evidence,
    )


def from_support(best: OptimalSet, support: tuple[int, ...], evidence: SumSearch | CountedTree | None) -> MinimumNetwork:
    """Return the claim that a network with these neurons has the fewest; the evidence for that is proved elsewhere.

    evidence: None where no more neurons are needed than every network has. InputError when the polytope is not known.
    """
    system = best.system
    if system is None:
        raise InputError(Message("the polytope of amounts is not known: ", best.reason))
    state = [1] * len(system.polytope.columns)
    for k, reading in enumerate(system.readings):
        if k not in support and reading.variable is not None:
            state[reading.variable] = 2 if reading.complement else 0
    fixed = sum(reading.variable is None and reading.scale.sign() > 0 for reading in system.readings)
    return MinimumNetwork(
        best=best,
        status=Status.PROVED,
        lower=len(support),
        upper=len(support),
        amounts=_amounts(best, system, support, tuple(state)),
        support=support,
        fixed=fixed + sum(bound is not None for bound in system.polytope.upper),
        how="count" if evidence is None else "sums" if isinstance(evidence, SumSearch) else "tree",
        evidence=evidence,
    )


def _amounts(
    best: OptimalSet,
    system: AmountSystem,
    support: Sequence[int],
    places: tuple[int, ...],
    otherwise: tuple[Scalar, ...] | None = None,
) -> tuple[Real, ...]:
    """Return the amounts of the network whose variables are in these places; at a known point where these name no vertex."""
    try:
        values = placed(system.polytope, places)
    except (InputError, Undecided):
        if otherwise is None:
            raise
        values = otherwise
    amounts, point = [ZERO] * len(system.readings), point_of_set(best)
    for k, amount in enumerate(system.amounts(values)):
        if k in support:
            amounts[k] = Real.of_scalar(amount, AmountAtPlaces(point=point, neuron=k, places=places))
    return tuple(amounts)


def amount_at_places(origin: AmountAtPlaces, point: CertifiedPoint) -> Scalar:
    """Return the amount again, as fine as the point is."""
    system = amount_system(point)
    return system.amounts(placed(system.polytope, origin.places))[origin.neuron]


def placed(system: BoundedSystem, state: Sequence[int]) -> tuple[Scalar, ...]:
    """Return the vertex whose variables are at 0 (state 0), at their upper bound (2), or where the equations put them (1).

    >>> [int(value.rational) for value in placed(BoundedSystem.of([[1], [2]], [6], [None, 2]), (1, 2))]
    [2, 2]
    """
    between = [j for j, place in enumerate(state) if place == 1]
    rows = []
    for i, right in enumerate(system.right):
        for j, place in enumerate(state):
            if place == 2:
                right = minus_product(right, system.columns[j][i], system.bound(j))
        rows.append([*(system.columns[j][i] for j in between), right])
    values = {between[column]: rows[row][-1] for row, column in eliminate(rows, range(len(between)))}
    if len(values) < len(between):
        raise InputError("the variables between their bounds are not determined by the equations; name a vertex")
    return tuple(values.get(j, system.bound(j) if place == 2 else Scalar.of(0)) for j, place in enumerate(state))


@spending(anew=True)
def _from_optimum(best: OptimalSet, reason: str) -> MinimumNetwork:
    """Bound by the network that came with the optimum, which is one of the optimal ones."""
    amounts = tuple(ZERO if neuron.amount is None else neuron.amount for neuron in best.optimum.neurons)
    support = tuple(k for k, amount in enumerate(amounts) if amount > 0)
    lower = min(1, len(support))
    return MinimumNetwork(
        best=best,
        status=Status.PROVED if lower == len(support) else Status.UNDECIDED,
        lower=lower,
        upper=len(support),
        amounts=amounts,
        support=support,
        reason=reason if lower < len(support) else "",
        how="none",
    )
