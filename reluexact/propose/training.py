"""Propose the optimum of a problem with any loss and linear part by column generation, in floats; nothing here is trusted.

A block is a sign, a cell of one view (:mod:`reluexact.model.pivots`) and a vector in that cell. A restricted program over a few
blocks gives a dual point, pricing finds what it violates in every view, this joins, and so on until nothing is violated.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.budget import check, tell
from reluexact.geometry.column import Column
from reluexact.model.convex import Convex, slope
from reluexact.model.dataset import Dataset
from reluexact.model.logistic import LogisticRow
from reluexact.model.losses import PiecewiseQuadratic
from reluexact.model.pivots import View, views
from reluexact.model.problem import FREE, NONE, Problem
from reluexact.numbers.types import Rationals, Vector
from reluexact.progress import Progress, Stage
from reluexact.propose.candidates import pricing_for
from reluexact.propose.engines import engine as engine_of
from reluexact.propose.engines.program import Engine, RowLoss, TrainingAnswer, TrainingProgram
from reluexact.propose.logistic import LogisticLosses, LogisticTraining
from reluexact.propose.pricing import Priced, Pricing, facets
from reluexact.propose.types import Floats
from reluexact.propose.view import FloatView, binary_exponent

_MAX_ROUNDS = 200
_ACCURACY = 1e-9
_HOLD = 2.0**-40
"""The least ridge, in the units of :class:`Prepared`, where the loss is flat at one end."""
Block = tuple[int, Column]
"""The position of a view, and a column of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingCandidate:
    """A proposed optimum: the dual point theta (n), blocks with their vectors (d numbers each), the linear part (K).

    excess: the greatest ``|theta.(Xw + c)+| / (penalty |w|)``, as far as the pricing can see.
    """

    theta: tuple[float, ...]
    blocks: tuple[Block, ...]
    weights: tuple[tuple[float, ...], ...]
    linear: tuple[Fraction, ...]
    excess: float
    rounds: int


class Prepared:
    """A problem with its views, their pricing, and everything in powers of two near 1.

    Units: rows of X by 2^width, fits by 2^height, the objective by 2^money.
    """

    def __init__(
        self, problem: Problem, like: Prepared | None = None, *, pricing: Callable[[Dataset], Pricing] = pricing_for
    ) -> None:
        """Prepare; ``like``: a problem with the same data and hidden bias, of which views and pricing are taken over."""
        self.problem = problem
        self.views: tuple[View, ...] = views(problem) if like is None else like.views
        self.pricing: tuple[Pricing, ...] = (
            tuple(pricing(_in_time(view).data) for view in self.views) if like is None else like.pricing
        )
        floats = [FloatView.of(_in_time(view).data) for view in self.views]
        self.normals, self.bases = [view.normals for view in floats], [view.basis for view in floats]
        self.hyperplane = [view.hyperplane for view in floats]
        self.width = max(view.exponent for view in floats)
        self.length = [np.ldexp(view.length, view.exponent - self.width) for view in floats]
        self.height = binary_exponent(max(map(abs, problem.data.y)), where="y")
        start = problem.loss_value([Fraction(0)] * problem.data.n)
        self.money = binary_exponent(start, where="the loss")
        binary_exponent(problem.penalty, where="the penalty")
        self.losses, self.logistic = self._losses()
        self.penalty = float(problem.penalty * _two(self.height - self.width - self.money))
        self.shift, self.linear, self.grid = self._linear()
        ridges = [
            part.ridge * _two(2 * (self.height - e) - self.money) for part, e in zip(problem.linear, self.grid, strict=True)
        ]
        self.ridge = np.array([float(ridge) for ridge in ridges])
        if self._flat():  # separable rows leave a free column without bounds, and the solver astray
            self.ridge = np.maximum(self.ridge, _HOLD)

    def _losses(self) -> tuple[tuple[RowLoss, ...], LogisticLosses | None]:
        """Return the losses of the rows, piecewise or all of them logistic."""
        rows = self.problem.row_functions
        smooth = [row for row in rows if isinstance(row, LogisticRow)]
        if smooth:
            return (), LogisticLosses.of(smooth, _two(self.money), _two(self.height))
        scaled = [loss.composed(_two(-self.money), _two(self.height), Fraction(0)) for loss in self.problem.row_losses]
        return tuple(map(row_loss, scaled)), None

    def _flat(self) -> bool:
        """Say whether a piecewise loss is flat at one end."""
        loss = self.problem.loss
        return isinstance(loss, PiecewiseQuadratic) and any(not q and not k for q, k, _ in (loss.pieces[0], loss.pieces[-1]))

    def solver(self, engine: str | None = None) -> Engine[TrainingProgram, TrainingAnswer]:
        """Return an engine for :meth:`program`; raises InputError for an unknown one."""
        found = engine_of("training", engine)
        return found if self.logistic is None else LogisticTraining(found, self.logistic)

    def _linear(self) -> tuple[tuple[Fraction, ...], Floats, tuple[int, ...]]:
        """Return what is taken off each column (a free output bias makes up for it), the columns, and their exponents."""
        parts = self.problem.linear
        central = self.problem.output_bias == FREE
        shift = [part.column[len(part.column) // 2] if central and k else Fraction(0) for k, part in enumerate(parts)]
        moved = [[entry - s for entry in part.column] for part, s in zip(parts, shift, strict=True)]
        grid = tuple(binary_exponent(max(map(abs, column)), where="X") for column in moved)
        columns = [[float(entry * _two(-e)) for entry in column] for column, e in zip(moved, grid, strict=True)]
        return tuple(shift), np.array(columns).reshape(len(parts), self.problem.data.n).T, grid

    def block(self, block: Block) -> tuple[Floats, Floats]:
        """Return the features (n x d) and the cone (hyperplanes x d) of a block."""
        place, column = block
        normals, hyperplane, length = self.normals[place], self.hyperplane[place], self.length[place]
        cell = np.array(column.cell, dtype=bool)
        scan = self.pricing[place]
        known = getattr(scan, "facets", None)
        walls = list(known(column.cell) if known else facets(normals, column.cell))
        oriented = np.where(cell[walls, None], 1.0, -1.0) * normals[walls]
        if not len(normals):
            return np.zeros((len(length), self.problem.data.d)), oriented.reshape(0, self.problem.data.d)
        active = np.where(hyperplane >= 0, (cell[hyperplane] == (length > 0.0)) * length, 0.0)
        return column.sign * active[:, None] * normals[hyperplane], oriented

    def feature(self, block: Block, direction: Floats) -> Floats:
        """Return what a neuron with this direction adds to the fits, times its sign, whatever cell the direction lies in."""
        place, column = block
        heights = self.normals[place] @ direction
        inner = np.where(self.hyperplane[place] >= 0, heights[self.hyperplane[place]] if len(heights) else 0.0, 0.0)
        return np.asarray(column.sign * np.maximum(inner * self.length[place], 0.0))

    def program(self, blocks: Sequence[tuple[Floats, Floats]]) -> TrainingProgram:
        """Return the restricted program over these blocks."""
        return TrainingProgram(
            losses=self.losses,
            penalty=self.penalty,
            features=tuple(features for features, _ in blocks),
            cones=tuple(cone for _, cone in blocks),
            linear=self.linear,
            ridge=self.ridge,
        )

    def to_weights(self, blocks: Sequence[Block], weights: Floats) -> Floats:
        """Return the vectors of blocks in the units and the coordinates of the problem."""
        scaled = np.ldexp(weights, self.height - self.width)
        bases = [self.bases[place] for place, _ in blocks]
        rows = [row if basis is None else row @ basis.table for basis, row in zip(bases, scaled, strict=True)]
        return np.array(rows).reshape(scaled.shape)

    def to_theta(self, theta: Floats) -> Floats:
        """Return a dual point in the units of the problem."""
        return np.asarray(np.ldexp(theta, self.money - self.height))

    def to_linear(self, linear: Floats) -> tuple[Fraction, ...]:
        """Return the linear part in the units of the problem."""
        values = [Fraction(float(g)) * _two(self.height - e) for g, e in zip(linear, self.grid, strict=True)]
        off = sum((g * s for g, s in zip(values, self.shift, strict=True)), Fraction(0))
        return tuple(g - off if off and not k else g for k, g in enumerate(values))

    def violated(self, theta: Floats, level: float, count: int) -> list[tuple[int, Priced]]:
        """Return at most ``count`` columns of the views with ``h > level``, best first."""
        found: list[tuple[int, Priced]] = []
        exact = [Fraction(value) for value in theta.tolist()]
        for place, (view, pricing) in enumerate(zip(self.views, self.pricing, strict=True)):
            signs = view.signs(exact)
            check()
            best = pricing.violated(theta, level, count) if signs else []
            found += [(place, priced) for priced in best if priced.column.sign in signs]
        found.sort(key=lambda entry: (-entry[1].value, entry[0], -entry[1].column.sign, entry[1].column.cell))
        return found[:count]

    def highest(self, theta: Rationals, level: Fraction) -> Fraction:
        """Return the greatest ``|theta.(Xw + c)+| / |w|`` above a level that pricing finds, 0 for none."""
        top = self.violated(np.array([float(t) for t in theta]), float(level), 1)
        return Fraction(top[0][1].value) if top else Fraction(0)


def without_views(problem: Problem) -> Problem:
    """Return the problem without hidden biases: for restricted programs whose features say where the kinks are."""
    return Problem(problem.data, problem.penalty, problem.loss, problem.output_bias, NONE, problem.skip, problem.weights)


def propose_linear(prepared: Prepared) -> tuple[Vector, Vector] | None:
    """Return the best linear part without any neuron and its dual point, floats as rationals; None when the solver finds none."""
    answer = prepared.solver().solve(prepared.program([]))
    if answer is None:
        return None
    return prepared.to_linear(answer.linear), tuple(Fraction(t) for t in prepared.to_theta(answer.theta).tolist())


def propose_training(
    prepared: Prepared,
    *,
    engine: str = "clarabel",
    start: Sequence[Block] = (),
    progress: Progress | None = None,
    rounds: int = _MAX_ROUNDS,
) -> TrainingCandidate | None:
    """Return a candidate for the optimum; None when the solver finds no point. Numerical trouble shows in ``excess``.

    Raises InputError for an unknown engine and MissingDependency where it is not installed.

    >>> from reluexact.model.dataset import Dataset
    >>> problem = Problem(Dataset([[1], [2]], [1, 2]), 1, loss="absolute")
    >>> candidate = propose_training(Prepared(problem))
    >>> round(candidate.weights[0][0], 6), round(candidate.excess, 6)
    (1.0, 1.0)
    """
    solver = prepared.solver(engine)
    blocks: dict[Block, tuple[Floats, Floats]] = {block: prepared.block(block) for block in start}
    limit = float(prepared.problem.penalty)
    best: TrainingCandidate | None = None
    for done in range(1, rounds + 1):
        check()
        answer = solver.solve(prepared.program(list(blocks.values())))
        if answer is None:
            return best
        theta = prepared.to_theta(answer.theta)
        top = prepared.violated(theta, limit * (1.0 - _ACCURACY), 4 * prepared.problem.data.d + 8)
        excess = top[0][1].value / limit if top else 1.0
        candidate = TrainingCandidate(
            theta=tuple(theta.tolist()),
            blocks=tuple(blocks),
            weights=tuple(map(tuple, prepared.to_weights(tuple(blocks), answer.weights).tolist())),
            linear=prepared.to_linear(answer.linear),
            excess=excess,
            rounds=done,
        )
        best = candidate if best is None or excess <= best.excess else best
        tell((prepared, candidate))
        if progress is not None:
            progress(Stage(f"column generation, {len(blocks)} columns, the penalty is exceeded by {excess - 1:.0e}", done=done))
        fresh = [(place, priced.column) for place, priced in top if priced.value > limit * (1.0 + _ACCURACY)]
        new = {block: prepared.block(block) for block in fresh if block not in blocks}
        if not new:
            return candidate
        blocks |= new
    return best


def row_loss(loss: Convex) -> RowLoss:
    """Return a function of one number as steps from its middle breakpoint.

    >>> from reluexact.model.losses import absolute
    >>> row_loss(absolute.function)
    RowLoss(anchor=0.0, steps=((1, inf, 0.0, 1.0), (-1, inf, 0.0, 1.0)))
    """
    points, pieces = loss.breakpoints, loss.pieces
    if not points:
        q, k, _ = pieces[0]
        return RowLoss(anchor=0.0, steps=((0, math.inf, float(q), float(k)),))
    middle = len(points) // 2
    steps = []
    for place in range(middle + 1, len(pieces)):
        length = float(points[place] - points[place - 1]) if place < len(points) else math.inf
        steps.append((1, length, float(pieces[place][0]), float(slope(pieces[place], points[place - 1]))))
    for place in range(middle, -1, -1):
        length = float(points[place] - points[place - 1]) if place else math.inf
        steps.append((-1, length, float(pieces[place][0]), -float(slope(pieces[place], points[place]))))
    return RowLoss(anchor=float(points[middle]), steps=tuple(steps))


def _in_time(view: View) -> View:
    check()
    return view


def _two(exponent: int) -> Fraction:
    return Fraction(2) ** exponent


def fit_and_theta(prepared: Prepared, candidate: TrainingCandidate) -> tuple[Floats, Floats]:
    """Return the fit (n) of a proposed network and its dual point (n)."""
    problem = prepared.problem
    fit = np.zeros(problem.data.n)
    for (place, column), weights in zip(candidate.blocks, candidate.weights, strict=True):
        rows = np.array([[float(entry) for entry in row] for row in prepared.views[place].data.X])
        fit += column.sign * np.maximum(rows @ np.array(weights), 0.0)
    for part, coefficient in zip(problem.linear, candidate.linear, strict=True):
        fit += float(coefficient) * np.array([float(entry) for entry in part.column])
    return fit, np.array(candidate.theta)
