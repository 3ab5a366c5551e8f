"""The fewest neurons over a polytope given by equations and bounds: sums of halves first, then proposals and a search tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from reluexact.errors import InputError, Message, message_of
from reluexact.geometry.polytope import BoundedSystem
from reluexact.kinds.minimum_network.claim import BranchTree, Evidence, SumSearch
from reluexact.kinds.minimum_network.fewest.pairs import Paired, pair_up
from reluexact.kinds.minimum_network.fewest.steps import Steps, make_steps
from reluexact.kinds.minimum_network.fewest.sums import Effort, fewest_by_sums
from reluexact.kinds.minimum_network.fewest.tree import TreeSearch, Unclosed, restarted
from reluexact.numbers.rational import to_count
from reluexact.numbers.scalar import Scalar, Undecided
from reluexact.numbers.scalar_vectors import ScalarVector
from reluexact.propose.fewest.integer_program import Proposal, proposed

LIMIT = 1_000_000_000
"""Default of ``limit``: about a minute of sums."""
NODE_COST = 100_000
"""What one node of the search tree costs, in sums."""
TREE_PAIRS = 12
"""A tree over more pairs, and nothing else, would try all their states, which the sums do faster."""
ENGINES = ("scip", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fewest:
    """The fewest neurons of a system lie between ``lower`` and ``upper``; proved when these are equal.

    point: a solution with ``upper`` neurons, a vertex. state: where its variables are: 0 at zero, 1 between their bounds, 2
    at the upper one. how, evidence: as in MinimumNetwork. reason: why ``lower < upper``.
    """

    lower: int
    upper: int
    point: tuple[Scalar, ...]
    state: tuple[int, ...]
    how: str
    reason: str = ""
    evidence: Evidence | None = field(default=None, compare=False)


def fewest(system: BoundedSystem, *, engine: str = "scip", limit: int = LIMIT) -> Fewest:
    """Count the neurons of the sparsest point of a polytope ``{x : sum x_j columns[j] = right, 0 <= x_j <= upper_j}``.

    A variable without an upper bound is one neuron, which is there when x_j > 0; one with an upper bound is a pair of neurons
    with the amounts x_j and upper_j - x_j. limit: sums of halves that are formed at most (a node of a search tree counts as
    100,000). engine: ``"scip"``, or ``"none"`` for no proposals. Raises InputError for an empty or unbounded polytope, and
    Undecided when enclosures do not even give one point.

    >>> found = fewest(BoundedSystem.of([[1], [1], [2]], [2], [None] * 3))
    >>> found.lower, found.upper, found.how
    (1, 1, 'sums')
    >>> found = fewest(BoundedSystem.of([[3], [5], [7]], [12], [1, 1, 1]))
    >>> found.lower, found.upper, [int(value.rational) for value in found.point]
    (3, 3, [0, 1, 1])
    """
    to_count(limit, where="limit")
    if engine not in ENGINES:
        raise InputError(f"unknown engine {engine!r}; choose one of {', '.join(ENGINES)}")
    paired = pair_up(system)
    steps = make_steps(paired.system)
    if steps is None:
        raise InputError("the polytope is empty: its equations contradict each other")
    return _finished(paired, steps, _searched(paired, steps, engine, limit))


@dataclass(slots=True)
class _State:
    """Fractional variables: at least ``fewer``; ``point`` has the fewest known."""

    fewer: int
    point: ScalarVector | None
    reason: str = ""
    how: str = "sums"
    evidence: Evidence | None = None


def _searched(paired: Paired, steps: Steps, engine: str, limit: int) -> _State:
    effort, most = Effort(limit), len(steps.right)
    found = fewest_by_sums(steps, effort, most)
    state = _State(fewer=found.fewer, point=found.point, reason=found.reason)
    if found.fewer or paired.implied:
        state.evidence = SumSearch(fractional=found.fewer, implied=paired.implied)
    if not found.fewer:
        state.how = "count"
    if state.point is not None:
        return state
    state.point = steps.vertex()
    if state.point is None:
        raise InputError("the polytope is empty: no values within the bounds solve the equations")
    if steps.cost(state.point) > state.fewer:
        if engine == "scip":
            _improve(steps, state, _confirmed(steps, proposed(steps.floats, steps.bounded)))
        if steps.singles or len(steps.bounded) <= TREE_PAIRS:
            _grow_tree(paired, steps, state, (limit - effort.used) // NODE_COST)
    return state


def _confirmed(steps: Steps, proposal: Proposal | None) -> ScalarVector | None:
    """Return an exact solution with these variables between their bounds, or fewer; None when there is none, or it stays open."""
    if proposal is None:
        return None
    try:
        return steps.settle(*proposal) or steps.on_face(*proposal)
    except Undecided:
        return None


def _improve(steps: Steps, state: _State, point: ScalarVector | None) -> None:
    """Take a point if it has fewer variables between their bounds."""
    if point is not None and (state.point is None or steps.cost(point) < steps.cost(state.point)):
        state.point = point


def _grow_tree(paired: Paired, steps: Steps, state: _State, nodes: int) -> None:
    """Prove that the point has the fewest, or find a better one, until the nodes are used up."""
    search = TreeSearch(steps=steps, budget=0, limit=nodes)
    while state.point is not None and (cost := steps.cost(state.point)) > state.fewer:
        search = restarted(search, cost - 1)
        try:
            root = search.run()
        except (Unclosed, Undecided) as problem:
            known = message_of(problem)
            state.reason = Message(state.reason, "; ", known) if state.reason else known
            return
        if root is not None:
            state.fewer, state.how, state.reason = cost, "tree", ""
            uppers = tuple(None if bounded else upper.low for bounded, upper in zip(steps.bounded, steps.uppers, strict=True))
            state.evidence = BranchTree(
                budget=cost - 1, uppers=uppers, bounding=steps.bounding, root=root, implied=paired.implied
            )
            return
        _improve(steps, state, search.better)


def _finished(paired: Paired, steps: Steps, state: _State) -> Fewest:
    if state.point is None:
        raise Undecided("no point of the polytope is known exactly")
    fixed = paired.fixed + sum(steps.bounded)
    lower, upper = fixed + state.fewer, fixed + steps.cost(state.point)
    point = paired.restored([share * upper for share, upper in zip(state.point, steps.uppers, strict=True)])
    return Fewest(
        lower=lower,
        upper=upper,
        point=point,
        state=tuple(paired.states([_place(*entry) for entry in zip(state.point, steps.bounded, strict=True)], point)),
        how=state.how,
        reason=state.reason if lower < upper else "",
        evidence=state.evidence,
    )


def _place(share: Scalar, bounded: bool) -> int:
    if share.sign() == 0:
        return 0
    return 2 if bounded and (share - Scalar.of(1)).sign() == 0 else 1


def neurons(system: BoundedSystem, point: tuple[Scalar, ...]) -> int:
    """Count the neurons of a point, exactly.

    >>> neurons(BoundedSystem.of([[1], [1]], [2], [2, None]), (Scalar.of(1), Scalar.of(1)))
    3
    """
    count = 0
    for value, upper in zip(point, system.upper, strict=True):
        count += value.sign() > 0
        count += upper is not None and (upper - value).sign() > 0
    return count
