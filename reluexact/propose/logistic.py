"""Restricted programs with the logistic loss: Newton's method, each step of which is a program with parabolas as losses.

A step goes to the optimum of the program whose losses are replaced by their parabolas at the present fit, or as far in that
direction as the objective falls (Lee, Sun & Saunders 2014, proximal Newton-type methods).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from reluexact.model.logistic import LogisticRow
from reluexact.propose.engines.program import Engine, RowLoss, TrainingAnswer, TrainingProgram
from reluexact.propose.types import Floats

_STEPS = 60
_HALVINGS = 40
_CLOSED = 1e-12
"""The dual point is that of the parabolas; as a share of the greatest slope, how near it is to the slopes at the end."""
_FLATTEST = (2.0**-60, 2.0**-30)
"""The least curvature of a parabola, in units of the loss's own greatest one; the second where the first leads to nothing."""
_ENOUGH = 1e-4
"""The share of the promised decrease that a step has to bring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogisticLosses:
    """For each of n rows ``weight log(1 + exp(-factor f))``."""

    weight: Floats
    factor: Floats

    @staticmethod
    def of(rows: Sequence[LogisticRow], money: Fraction, height: Fraction) -> LogisticLosses:
        """Return the losses of rows in units: of the objective, and of fits."""
        weight = np.array([float(row.weight / money) for row in rows])
        return LogisticLosses(weight=weight, factor=np.array([float(row.label * height) for row in rows]))

    def value(self, fit: Floats) -> float:
        """Return the sum of the losses."""
        return float(self.weight @ np.logaddexp(0.0, -self.factor * fit))

    def theta(self, fit: Floats) -> Floats:
        """Return minus the slopes.

        >>> LogisticLosses(weight=np.array([2.0]), factor=np.array([-1.0])).theta(np.zeros(1)).tolist()
        [-1.0]
        """
        return np.asarray(self.weight * self.factor * np.exp(-np.logaddexp(0.0, self.factor * fit)))

    def parabolas(self, fit: Floats, flattest: float) -> tuple[RowLoss, ...]:
        """Return the losses to second order at a fit, bent by at least a share of the greatest bend of each."""
        share = np.exp(-np.logaddexp(0.0, self.factor * fit))
        bend = self.weight * self.factor**2 * np.maximum(share * (1.0 - share), flattest / 4.0)
        table = zip(fit.tolist(), (bend / 2).tolist(), (-self.theta(fit)).tolist(), strict=True)
        return tuple(RowLoss(anchor=anchor, steps=((0, math.inf, curve, steep),)) for anchor, curve, steep in table)


@dataclass(frozen=True, slots=True)
class _Point:
    weights: Floats
    linear: Floats

    def fit(self, program: TrainingProgram) -> Floats:
        """Return the fit (n)."""
        total = program.linear @ self.linear
        for features, weights in zip(program.features, self.weights, strict=True):
            total = total + features @ weights
        return np.asarray(total)

    def cost(self, program: TrainingProgram) -> float:
        """Return the objective without the losses."""
        lengths = float(np.linalg.norm(self.weights, axis=1).sum()) if len(self.weights) else 0.0
        return program.penalty * lengths + float(program.ridge @ self.linear**2) / 2.0

    def towards(self, other: _Point, share: float) -> _Point:
        """Return a point on the way to another."""
        weights = self.weights + share * (other.weights - self.weights)
        return _Point(weights, self.linear + share * (other.linear - self.linear))


class LogisticTraining:
    """Solves programs one after another, each from where the last one ended: blocks that join follow those that were there."""

    def __init__(self, solver: Engine[TrainingProgram, TrainingAnswer], losses: LogisticLosses) -> None:
        """Take the engine for programs with parabolas."""
        self._solver, self._losses = solver, losses
        self._last: _Point | None = None

    @property
    def name(self) -> str:
        """Return the name of the engine."""
        return self._solver.name

    def solve(self, program: TrainingProgram) -> TrainingAnswer | None:
        """Return the point whose parabolas are nearest to the losses; None when the engine finds none."""
        point, best, least = self._start(program), None, math.inf
        for _ in range(_STEPS):
            step = None
            for flattest in _FLATTEST:
                answer = self._parabolic(program, point.fit(program), flattest)
                if answer is None:
                    continue
                goal = _Point(answer.weights, answer.linear)
                slopes = self._losses.theta(goal.fit(program))
                off = float(np.abs(answer.theta - slopes).max() / np.abs(slopes).max())
                if off < least:
                    best, least = answer, off
                step = goal if off <= _CLOSED else self._step(program, point, goal)
                if step is not None:
                    break
            if step is None:
                break
            point = step
            if least <= _CLOSED:
                break
        self._last = point
        return best

    def _parabolic(self, program: TrainingProgram, fit: Floats, flattest: float) -> TrainingAnswer | None:
        """Solve the program with the parabolas at a fit, in units in which the greatest slope there is 1."""
        unit = float(np.abs(self._losses.theta(fit)).max()) or 1.0
        losses = replace(self._losses, weight=self._losses.weight / unit)
        scaled = replace(
            program, losses=losses.parabolas(fit, flattest), penalty=program.penalty / unit, ridge=program.ridge / unit
        )
        answer = self._solver.solve(scaled)
        return None if answer is None else replace(answer, theta=answer.theta * unit)

    def _start(self, program: TrainingProgram) -> _Point:
        count, lines = len(program.features), len(program.ridge)
        d = program.features[0].shape[1] if count else 0
        weights, linear = np.zeros((count, d)), np.zeros(lines)
        if self._last is not None and 0 < len(self._last.weights) <= count:
            weights[: len(self._last.weights)] = self._last.weights
        if self._last is not None:
            linear = self._last.linear
        return _Point(weights, linear)

    def _step(self, program: TrainingProgram, point: _Point, goal: _Point) -> _Point | None:
        """Return a better point on the way to a goal, None when there is none."""
        fit, cost = point.fit(program), point.cost(program)
        start = self._losses.value(fit) + cost
        promised = -float(self._losses.theta(fit) @ (goal.fit(program) - fit)) + goal.cost(program) - cost
        share = 1.0
        for _ in range(_HALVINGS):
            near = point.towards(goal, share)
            if self._losses.value(near.fit(program)) + near.cost(program) <= start + _ENOUGH * share * promised:
                return near
            share /= 2.0
        return None
