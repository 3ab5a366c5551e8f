"""The way down from a network to the global optimum, with proof; :mod:`reluexact.kinds.descent_path.walk` says why it exists."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import get_args

from reluexact.budget import OutOfTime, spending
from reluexact.errors import InputError, LimitReached, Message, message_of
from reluexact.evidence.status import Status
from reluexact.kinds.descent_path.cells import columns_between
from reluexact.kinds.descent_path.claim import DescentPath, Method
from reluexact.kinds.descent_path.interpolation import Router
from reluexact.kinds.descent_path.piece import Piece
from reluexact.kinds.descent_path.rational import PathProblem, first_pieces, nonzero_neurons
from reluexact.kinds.descent_path.target import global_target
from reluexact.kinds.descent_path.walk import FEW_TRIES, TRIES, Walk
from reluexact.kinds.descent_path.waypoint import Waypoint
from reluexact.kinds.optimum.certified import certified_point
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.find import solve
from reluexact.kinds.plain import plain_problem
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.model.network import Network, as_network, require_network
from reluexact.model.problem import Problem
from reluexact.model.program import make_program
from reluexact.model.symmetries import require_fitting
from reluexact.numbers.linalg import rank
from reluexact.numbers.rational import Floats, to_count
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.numbers.seconds import out_of_time, time_limited
from reluexact.progress import Progress, Stage, silent
from reluexact.prove.neurons import Unproved
from reluexact.version import __version__


def descent_path(
    network: object,
    data: Dataset | Problem,
    penalty: object = None,
    *,
    method: Method = "auto",
    floats: Floats = None,
    digits: int = 30,
    limit: int = 200_000,
    time_limit: object = None,
    progress: Progress | None = None,
) -> DescentPath:
    """Find a continuous path of networks of one width from a network to the global optimum on which the objective never rises.

    network: a Network, or a pair (hidden, output); its zero neurons count as free slots. data, penalty: a data set and a number >
    0, or a Problem alone, with row weights or without (``path.data``: the scaled copies of its rows). floats: which exact numbers
    the floats of a pair or of the penalty stand for, as in Network. digits: decimals of the optimal value that are proved. limit:
    nodes of a branch tree. time_limit: seconds. method: ``direct`` balances, merges, prunes and goes straight to an optimal
    network with as few new neurons as possible; ``walk`` adds one column of the convex program at a time, which width n + 1 is
    always enough for; ``auto`` goes straight where the width allows it, else it adds as many columns at a time as there are free
    slots.

    When the width is too small for that, the status is UNDECIDED (REFUTED when no network of this width is optimal) and the path
    leads to the best network that was found. It may be UNDECIDED for other reasons, too: the optimum or a program on the way has
    no proof.

    Sources: Wang, Lacotte & Pilanci 2022 (balance, merge, prune, interpolate: width m* + n); Kim, Mishkin & Pilanci 2025 (width
    n + 1). The walk, which makes the latter explicit, is ours, and so is sharing slots.

    >>> data = Dataset([[0, 1], [1, -1]], [2, 2])
    >>> way = descent_path(Network([[1, 0], [0, 0]], [1, 0]), data, 1)
    >>> way.status.name, [piece.kind for piece in way.pieces], way.start, way.end
    ('PROVED', ['interpolate'], Fraction(7, 2), 2.6642135623730950488...)
    >>> descent_path(Network([[1, 0]], [1]), data, 1).width_needed
    2
    """
    checked = require_network(as_network(network, floats))
    problem = plain_problem(data, penalty, "descent_path", floats=floats, choice=True)
    to_count(digits, where="digits", most=MAX_DIGITS)
    to_count(limit, where="limit")
    if method not in get_args(Method):
        raise InputError(f"method: {method!r} is unknown; choose one of {', '.join(get_args(Method))}")
    given, rows = require_fitting(checked, problem.data)
    report, weight = progress or silent, problem.penalty
    search = _Search(network=given, data=rows, penalty=weight, method=method, digits=digits, limit=limit, report=report)
    with time_limited(time_limit):
        return search.run()


def no_spurious_valley_width(data: Dataset) -> int:
    """Return a width from which on every network has a way down to the global optimum, for every penalty and all targets.

    It is r + 1, r <= n the dimension of the span of all features (Xu)+: the number of hyperplanes (classes of parallel rows that
    are not zero) plus the rank of the hyperplanes with rows on both sides. A minimal network has independent features, so at most
    r neurons, and the walk of :func:`descent_path` needs one slot more. In the literature: n + 1 (Haeffele & Vidal 2017, not
    explicit; Kim, Mishkin & Pilanci 2025), m* + n (the explicit path of Wang, Lacotte & Pilanci 2022; m* is the fewest neurons of
    an optimal network). For one start and one penalty less may do: ``DescentPath.width_needed``. The set of optimal networks
    itself is connected from min(m* + M*, n + 1) on (M*: the most neurons of a minimal optimal network), see
    ``OptimalSet.staircase``.

    >>> no_spurious_valley_width(Dataset([[1, 0], [2, 0], [0, 1], [0, 0]], [1, 2, 3, 4]))
    3
    """
    return feature_rank(require_dataset(data, "no_spurious_valley_width(Dataset(X, y))")) + 1


def feature_rank(data: Dataset) -> int:
    """Return the dimension of the span of all vectors (Xu)+.

    The functions (n_h.u)+ of the hyperplanes are independent of one another and of all linear functions; (-n_h.u)+ adds the
    linear function n_h.u.
    """
    found = data.hyperplanes
    sides: dict[int, set[bool]] = {}
    for hyperplane, factor in zip(found.hyperplane_of, found.factor, strict=True):
        if hyperplane is not None:
            sides.setdefault(hyperplane, set()).add(factor > 0)
    return len(found) + rank([found.normals[hyperplane] for hyperplane, both in sorted(sides.items()) if len(both) == 2])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """One call of :func:`descent_path`."""

    network: Network
    data: Dataset
    penalty: Fraction
    method: Method
    digits: int
    limit: int
    report: Progress

    def run(self) -> DescentPath:
        """Return the path, as far as it is proved."""
        with spending(anew=True):
            start, first = first_pieces(PathProblem(data=self.data, penalty=self.penalty), self.network)
        optimum = solve(self.data, self.penalty, digits=self.digits, limit=self.limit, progress=self.report)
        if optimum.status is not Status.PROVED:
            reason = Message("the global optimum is not proved: ", optimum.reason)
            return self._answer(start, first, optimum, Status.UNDECIDED, reason)
        here = first[-1].after if first else start
        program = make_program(self.data, self.penalty)
        try:
            goal = certified_point(optimum)
            every, complete = columns_between(program, here, goal)
        except OutOfTime as stop:
            return self._answer(start, first, optimum, Status.UNDECIDED, out_of_time(stop))
        self.report(Stage(f"the global optimum, judged on {len(every)} columns"))
        try:
            with time_limited(None, outer=True):
                target = global_target(every, optimum, goal)
        except (Unproved, LimitReached) as problem:
            reason = Message("the columns at the global optimum are not decided: ", message_of(problem))
            return self._answer(start, first, optimum, Status.UNDECIDED, reason)
        fewest = min(vertex.width for vertex in target.optimum.vertices)
        walk = Walk(
            router=Router(every=every, width=self.network.width, complete=complete),
            goal=target,
            bits=optimum_bits(optimum),
            limit=self.limit,
            report=self.report,
            stepwise=self.method == "walk",
            straight_only=self.method == "direct",
            most=TRIES if self.network.width >= fewest else FEW_TRIES,
        )
        arrived = walk.run(here)
        status, why = self._verdict(walk, arrived, fewest)
        return self._answer(start, (*first, *walk.best), optimum, status, why, fewest=fewest, straight=walk.needed)

    @spending(anew=True)
    def _verdict(self, walk: Walk, arrived: bool, fewest: int) -> tuple[Status, str]:
        """Say whether the goal was reached, and why not."""
        width = self.network.width
        if arrived:
            return Status.PROVED, ""
        if walk.stopped:
            return Status.UNDECIDED, walk.stopped
        if width < fewest:
            return Status.REFUTED, f"no network of width {width} is a global optimum: the fewest neurons are {fewest}"
        if walk.failures and width > feature_rank(self.data):
            return Status.UNDECIDED, Message("a sub-sampled program on the way is not proved: ", walk.failures[-1])
        reason = f"width {width} is too small for this construction"
        if self.method == "direct" and walk.needed is not None:
            return Status.UNDECIDED, f"{reason}: the straight way needs {walk.needed}"
        if walk.is_local_minimum():
            reason += f"; the network reached is a local minimum among networks of width {width}"
        if walk.failures:
            reason += f"; {len(walk.failures)} sub-sampled programs have no proof ({walk.failures[-1]})"
        return Status.UNDECIDED, reason

    @spending(anew=True)
    def _answer(
        self,
        start: Waypoint,
        pieces: tuple[Piece, ...],
        optimum: Optimum,
        status: Status,
        reason: str,
        *,
        fewest: int | None = None,
        straight: int | None = None,
    ) -> DescentPath:
        last = pieces[-1].after if pieces else start
        return DescentPath(
            data=self.data,
            penalty=self.penalty,
            network=self.network,
            status=status,
            reason=reason,
            method=self.method,
            width=self.network.width,
            width_needed=self._needed(pieces, status, straight),
            start=self.network.objective(self.data, self.penalty),
            end=last.value,
            optimum=self._optimal_value(optimum, last, status),
            fewest=fewest,
            pieces=pieces,
            waypoints=(start, *(piece.after for piece in pieces)),
            produced_by=(("program", f"reluexact {__version__}"),),
        )

    @staticmethod
    def _optimal_value(optimum: Optimum, last: Waypoint, status: Status) -> Real:
        """Return the optimal value, as the end of the path has it where that is an optimum."""
        if status is Status.PROVED:
            return last.value
        return optimum.value if optimum.status is Status.PROVED else Real(low=optimum.lower, high=optimum.upper)

    def _needed(self, pieces: tuple[Piece, ...], status: Status, straight: int | None) -> int:
        """Return the slots that the path uses, or, when it does not arrive, a width that is known to be enough."""
        if status is Status.PROVED:
            return max((piece.slots for piece in pieces), default=0)
        nonzero = nonzero_neurons(self.network)
        if self.method == "direct" and straight is not None:
            return max(nonzero, straight)
        general = no_spurious_valley_width(self.data)
        return max(nonzero, general if straight is None else min(straight, general))


def optimum_bits(optimum: Optimum) -> int:
    """Return how finely networks on the way are enclosed: as finely as the optimum, and no more coarsely than usual."""
    radius = getattr(optimum.evidence, "radius", None)
    return max(160, radius.denominator.bit_length()) if isinstance(radius, Fraction) and radius else 160
