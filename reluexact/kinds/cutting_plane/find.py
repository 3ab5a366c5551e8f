"""The cutting-plane method for the minimum norm and the regularised problem, in rational numbers.

The dual has one constraint ``|theta.(Xu)+| <= b |u|`` for every u. Each round solves the problem whose neurons have the
directions found so far, takes its dual point, and asks the support function of the rectified ellipsoid for the constraints that
it violates most. That dual point divided by its violation proves the lower bound, the network of the round the upper one (Ergen &
Pilanci 2021, section 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.budget import check
from reluexact.errors import InputError, LimitReached, Message, message_of
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.tree import Leaf, Tree
from reluexact.kinds.cutting_plane.claim import CuttingPlane, CuttingRound
from reluexact.kinds.cutting_plane.restricted import Column, cheapest, regularised
from reluexact.kinds.interpolation.bounds import bounded, repaired
from reluexact.kinds.interpolation.claim import DualPoint, Interpolation
from reluexact.kinds.interpolation.find import interpolate
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.find import solve
from reluexact.model.calls import of_data
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.model.loss import SQUARED
from reluexact.model.network import Network
from reluexact.model.reachable import cost, deciding_rows, nearest_fit
from reluexact.numbers.linalg import dot
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.rational import to_count, to_fraction, to_penalty
from reluexact.numbers.real import Real
from reluexact.numbers.roots import root_above, root_below
from reluexact.numbers.seconds import time_limited
from reluexact.numbers.types import Vector
from reluexact.progress import Progress, Stage, silent
from reluexact.propose.tree.leaf import dyadic
from reluexact.prove.form import Form
from reluexact.prove.support_tree import Support, support
from reluexact.version import __version__

CALL = "cutting_plane(Dataset(X, y))"
NOTES = (("program", f"reluexact {__version__}"),)
_BITS, _FINE = 48, 64
ZERO = Fraction(0)


@of_data(CALL)
def cutting_plane(
    data: Dataset,
    penalty: object = None,
    *,
    gap: object = Fraction(1, 10**6),
    rounds: int = 100,
    exact: bool = True,
    time_limit: object = None,
    progress: Progress | None = None,
) -> CuttingPlane:
    """Train by cutting planes: each round adds the directions whose constraints the dual point violates most, exactly.

    penalty: None for the networks of least cost ``1/2 sum (|w|^2 + a^2)`` that meet every target (``rx.interpolate``), else that
    of the regularised problem (``rx.solve``). gap: the relative gap at which the rounds end. rounds: at most so many. exact: end
    with the exact answer, for which the directions of the neurons are solved for; it lies within the bounds. time_limit: seconds
    for the rounds. Raises InputError for bad input. Source: Ergen & Pilanci 2021, section 4 (its oracle is relaxed or sampled;
    this one is exact).

    >>> found = cutting_plane(Dataset(X=[[1, 0], [0, 1]], y=[3, -4]))
    >>> found.value, found.lower <= 7 <= found.upper, len(found.rounds) < 10
    (7, True, True)
    >>> cutting_plane(Dataset(X=[[1], [2]], y=[1, 2]), 1).value
    9/10
    """
    require_dataset(data, CALL)
    to_count(rounds, where="rounds")
    goal = to_fraction(gap, where="gap")
    if goal <= 0:
        raise InputError(f"gap: {gap} is not positive; give the relative gap to aim at, for example 1/1000000")
    weight = None if penalty is None else to_penalty(penalty, choice=False)
    method = _Method(data, weight)
    reason = Message(f"the limit of {rounds} rounds is reached")
    try:
        with time_limited(time_limit):
            for number in range(rounds):
                check()
                state = f"gap {Real.rational(method.gap).decimal(2)}" if method.rounds else ""
                (progress or silent)(Stage("rounds", done=number, total=rounds, proved=state))
                if method.step():
                    reason = Message("no new direction is violated; the directions are known to the digits that columns have")
                    break
                if method.gap <= goal:
                    reason = Message("the gap is reached")
                    break
    except LimitReached as stop:
        reason = message_of(stop)
    answer: Interpolation | Optimum | None = None
    if exact:
        answer = interpolate(data, progress=progress) if weight is None else solve(data, weight, progress=progress)
    return CuttingPlane(
        penalty=weight, rounds=tuple(method.rounds), bounds=method.bounds(str(reason)), exact=answer, reason=str(reason)
    )


@dataclass(frozen=True, slots=True)
class _Point:
    """A feasible dual point with its trees, for the problem whose rows are kept."""

    theta: Vector
    trees: tuple[Tree, Tree]


class _Method:
    """The state between two rounds: columns, the best dual point, the best network."""

    def __init__(self, data: Dataset, penalty: Fraction | None) -> None:
        self.data, self.penalty, self.level = data, penalty, penalty or Fraction(1)
        self.fit = nearest_fit(data) if penalty is None else data.y
        self.rows = deciding_rows(data) if penalty is None else tuple(range(data.n))
        if not self.rows or not any(self.fit):
            self.rows = tuple(range(data.n))
        self.kept = Dataset([data.X[i] for i in self.rows], [self.fit[i] for i in self.rows])
        self.network = repaired(data, self.fit, Network([], [])) if penalty is None else Network([], [])
        self.upper = self._cost(self.network)
        starts = _pairs(self.network)  # of exactly these directions, so that they give the targets
        self.columns: list[Column] = [self._column(1 if a > 0 else -1, _shortened(w)) for w, a in starts]
        zero = (ZERO,) * self.kept.n
        self.point, self.lower = _Point(zero, ((Leaf(),), (Leaf(),))), ZERO
        self.rounds: list[CuttingRound] = []

    @property
    def gap(self) -> Fraction:
        return (self.upper - self.lower) / self.upper if self.upper else ZERO

    def _cost(self, network: Network) -> Fraction:
        return cost(network) if self.penalty is None else network.objective(self.data, self.penalty)

    def _column(self, sign: int, direction: Vector) -> Column:
        """Return the column of a direction of at most length 1."""
        outputs = tuple(sign * max(dot(row, direction), ZERO) for row in self.kept.X)
        return Column(sign=sign, direction=direction, outputs=outputs)

    def step(self) -> bool:
        """Make a round; return whether no direction is new."""
        if not any(self.fit):
            return True
        y = self.kept.y
        amounts, theta = cheapest(self.columns, y) if self.penalty is None else regularised(self.columns, y, self.level)
        self._improve_network(amounts)
        theta = tuple(dyadic(entry, _FINE) for entry in theta)
        ends = [support(Form.of(self.kept.hyperplanes, theta, sign, dimension=self.kept.d)) for sign in (1, -1)]
        square = max(end.square for end in ends)
        self._improve_point(theta, square, (ends[0], ends[1]))
        known = {(column.sign, column.direction) for column in self.columns}
        added = []
        for sign, end in zip((1, -1), ends, strict=True):
            if end.square > self.level**2:
                columns = [self._column(sign, _rounded(vector)) for vector in end.maximisers]
                added += [column for column in columns if (column.sign, column.direction) not in known]
        self.rounds.append(
            CuttingRound(
                columns=len(self.columns),
                theta=self._whole(theta),
                violation=Real.of_radical(RadicalSum.root(square)),
                lower=self.lower,
                upper=self.upper,
                added=tuple((column.sign, column.direction) for column in added),
            )
        )
        self.columns += added
        return not added

    def _whole(self, theta: Vector) -> Vector:
        known = dict(zip(self.rows, theta, strict=True))
        return tuple(known.get(row, ZERO) for row in range(self.data.n))

    def _improve_network(self, amounts: Vector) -> None:
        hidden, output = [], []
        for column, amount in zip(self.columns, amounts, strict=True):
            if amount:
                scale = root_below(amount, _FINE) or amount
                hidden.append(tuple(scale * entry for entry in column.direction))
                output.append(column.sign * amount / scale)
        network = Network(hidden, output)
        value = self._cost(network)
        if value < self.upper:
            self.upper, self.network = value, network

    def _improve_point(self, theta: Vector, square: Fraction, ends: tuple[Support, Support]) -> None:
        """Shrink a dual point until it is feasible, and, of the regularised problem, to its best multiple."""
        share = self.level / max(root_above(square, _FINE), self.level)
        if self.penalty is not None:
            share = max(ZERO, min(share, SQUARED.dual_factor(theta, self.kept.y)))
        point = tuple(share * entry for entry in theta)
        lower = dot(point, self.kept.y) if self.penalty is None else SQUARED.dual_value(point, self.kept.y)
        if lower > self.lower:
            self.lower = lower
            self.point = _Point(point, (_shrunk(ends[0].tree, share), _shrunk(ends[1].tree, share)))

    def bounds(self, reason: str) -> Interpolation | BoundProof:
        theta, (positive, negative) = self._whole(self.point.theta), self.point.trees
        if self.penalty is None:
            dual = DualPoint(theta=theta, positive=positive, negative=negative)
            return bounded(self.data, self.fit, dual, self.network, reason=reason, digits=30, rows=self.rows, produced_by=NOTES)
        return BoundProof(
            data=self.data,
            penalty=self.penalty,
            residual=theta,
            positive=positive,
            negative=negative,
            lower=self.lower,
            network=self.network,
            upper=self.upper,
            produced_by=NOTES,
        )


def _shortened(vector: Vector) -> Vector:
    """Return a vector of the same direction, exactly, and at most length 1."""
    length = root_above(dot(vector, vector), _FINE)
    return tuple(entry / length for entry in vector)


def _rounded(vector: Vector) -> Vector:
    """Return short rational numbers near the unit vector of this direction, of at most length 1."""
    return tuple(dyadic(entry * (1 - Fraction(1, 1 << _BITS)), _BITS + 8) for entry in _shortened(vector))


def _pairs(network: Network) -> list[tuple[Vector, Fraction]]:
    return list(zip(network.hidden, network.output, strict=True))


def _shrunk(tree: Tree, share: Fraction) -> Tree:
    """Return the tree of a multiple of the dual point: the multipliers of its leaves are multiplied, too."""
    return tuple(
        Leaf(rho=tuple((h, share * value) for h, value in node.rho if share), slope=node.slope)
        if isinstance(node, Leaf)
        else node
        for node in tree
    )
