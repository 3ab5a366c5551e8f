"""Follow a central path in high precision, so that zero amounts, touched walls and live neurons stand apart by tens of orders.

Nothing here is proved; it only helps to find a structure where floats cannot see it (cells that miss being tight by 10^-7).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import flint

from reluexact.budget import check
from reluexact.numbers.ball import ball, midpoint
from reluexact.numbers.types import Matrix, Vector

CENTERED = 2**27
"""A point counts as central when Newton's decrement is below mu^2 over this number."""

FIRST_STEPS = 400
"""The way from a start anywhere in the cones to the path may take so many steps."""

MOST_STEPS = 100
STEPS_PER_DIGIT = 12
"""The path is given up after so many steps of Newton's method per digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierProblem:
    """Minimise ``1/2 z'Gz - moments.z + penalty sum_k |z_k|`` over blocks of equal size with ``a.z_k >= 0`` for a block's rows a.

    gram: (N, N). moments: (N,). size: entries per block. cones: for each block its rows. start: strictly inside all cones.
    """

    gram: Matrix
    moments: Vector
    penalty: Fraction
    size: int
    cones: tuple[Matrix, ...]
    start: Vector


def follow(
    problem: BarrierProblem, digits: int, bits: int, steps: int | None = None, *, first: int = 0
) -> tuple[Vector, int] | None:
    """Return the point of the central path at ``mu = 10^-digits`` and the digits reached; None when it breaks down.

    The path begins at ``mu = 10^-first``: from far below the length of the blocks it takes many steps to get there.

    The smoothed problem is ``... + penalty sum sqrt(|z_k|^2 + mu^2) - mu min(1, penalty) sum log(a.z_k)``: what it leaves of a
    dead block then depends on how far below the penalty its cell is, not on the penalty.

    >>> one = BarrierProblem(gram=((Fraction(1),),), moments=(Fraction(3),), penalty=Fraction(1), size=1,
    ...     cones=(((Fraction(1),),),), start=(Fraction(1),))
    >>> point, digits = follow(one, 30, 300)
    >>> digits, abs(point[0] - 2) < Fraction(1, 10**29)
    (30, True)
    """
    with flint.ctx.workprec(bits):
        path = _Path(problem)
        reached, rate, used = first, 1, 0
        point = path.start
        while used <= (STEPS_PER_DIGIT * digits if steps is None else steps):
            fresh, spent = path.center(point, flint.arb(10) ** -reached, MOST_STEPS if reached > first else FIRST_STEPS)
            used += spent if reached > first else 0
            if fresh is None:
                return None
            if reached >= digits:
                return tuple(midpoint(entry) for entry in fresh), reached
            rate = min(2 * rate, 8) if spent <= 4 else max(rate // 2, 1) if spent > 8 else rate
            rate = min(rate, digits - reached)
            point = path.predict(fresh, flint.arb(10) ** -reached, flint.arb(10) ** -(reached + rate))
            reached += rate
    return None


class _Path:
    """The problem as balls of the current precision; only midpoints are used."""

    def __init__(self, problem: BarrierProblem) -> None:
        self.size = problem.size
        self.count = len(problem.cones)
        self.gram = flint.arb_mat([[ball(entry).mid() for entry in row] for row in problem.gram])
        self.table = self.gram.tolist()
        self.moments = [ball(entry).mid() for entry in problem.moments]
        self.penalty = ball(problem.penalty).mid()
        self.unit = ball(min(Fraction(1), problem.penalty)).mid()
        self.cones = [[[ball(entry).mid() for entry in row] for row in cone] for cone in problem.cones]
        self.start = [ball(entry).mid() for entry in problem.start]

    def center(self, point: list[flint.arb], mu: flint.arb, steps: int) -> tuple[list[flint.arb] | None, int]:
        """Minimise the smoothed problem by damped Newton; return the point and the number of steps."""
        for step_count in range(steps):
            check()
            gradient, hessian = self._derivatives(point, mu)
            column = flint.arb_mat(len(point), 1, gradient)
            try:
                step = [entry.mid() for entry in hessian.mid().solve(column.mid(), algorithm="approx").entries()]
            except ZeroDivisionError:
                return None, step_count
            decrement = sum((a * b for a, b in zip(gradient, step, strict=True)), flint.arb(0)).mid()
            if not decrement.is_finite():
                return None, step_count
            moved = self._move(point, step, mu, decrement)
            small = mu * mu * self.unit
            if moved is None:
                return (point, step_count) if decrement < small else (None, step_count)
            point = moved
            if decrement < small / CENTERED:
                return point, step_count + 1
        return None, steps

    def predict(self, point: list[flint.arb], mu: flint.arb, goal: flint.arb) -> list[flint.arb]:
        """Follow the tangent of the path from ``mu`` towards ``goal``, no farther than all cones allow."""
        _, hessian = self._derivatives(point, mu)
        rate = [flint.arb(0)] * len(point)
        for block, row_slacks in enumerate(self._slacks(point)):
            first = block * self.size
            part = point[first : first + self.size]
            length = sum((z * z for z in part), mu * mu).sqrt().mid()
            for i, z in enumerate(part):
                rate[first + i] += self.penalty * mu * z / length**3
            for row, slack in zip(self.cones[block], row_slacks, strict=True):
                for i, a in enumerate(row):
                    rate[first + i] += self.unit * a / slack
        column = flint.arb_mat(len(point), 1, [entry.mid() for entry in rate])
        try:
            tangent = hessian.mid().solve(column, algorithm="approx").entries()
        except ZeroDivisionError:
            return point
        size = mu - goal
        for _ in range(40):
            check()
            trial = [(a - size * b).mid() for a, b in zip(point, tangent, strict=True)]
            if all(entry.is_finite() for entry in trial) and all(slack > 0 for row in self._slacks(trial) for slack in row):
                return trial
            size = size / 2
        return point

    def _move(self, point: list[flint.arb], step: list[flint.arb], mu: flint.arb, decrement: flint.arb) -> list[flint.arb] | None:
        before = self._value(point, mu)
        size = flint.arb(1)
        for _ in range(60):
            check()
            trial = [(a - size * b).mid() for a, b in zip(point, step, strict=True)]
            after = self._value(trial, mu)
            if after is not None and before is not None and (after - before).mid() <= -size * decrement / 10:
                return trial
            size = size / 2
        return None

    def _slacks(self, point: list[flint.arb]) -> list[list[flint.arb]]:
        slacks = []
        for block, cone in enumerate(self.cones):
            part = point[block * self.size : (block + 1) * self.size]
            slacks.append([sum((a * b for a, b in zip(row, part, strict=True)), flint.arb(0)).mid() for row in cone])
        return slacks

    def _value(self, point: list[flint.arb], mu: flint.arb) -> flint.arb | None:
        slacks = self._slacks(point)
        if any(not slack > 0 for row in slacks for slack in row):
            return None
        pull = (self.gram * flint.arb_mat(len(point), 1, point)).entries()
        total = sum((z * (g / 2 - m) for z, g, m in zip(point, pull, self.moments, strict=True)), flint.arb(0))
        for block in range(self.count):
            part = point[block * self.size : (block + 1) * self.size]
            total += self.penalty * sum((z * z for z in part), mu * mu).sqrt()
        return (total - mu * self.unit * sum((slack.log() for row in slacks for slack in row), flint.arb(0))).mid()

    def _derivatives(self, point: list[flint.arb], mu: flint.arb) -> tuple[list[flint.arb], flint.arb_mat]:
        pull = (self.gram * flint.arb_mat(len(point), 1, point)).entries()
        gradient = [(g - m).mid() for g, m in zip(pull, self.moments, strict=True)]
        hessian = [list(row) for row in self.table]
        for block, row_slacks in enumerate(self._slacks(point)):
            first = block * self.size
            part = point[first : first + self.size]
            length = sum((z * z for z in part), mu * mu).sqrt().mid()
            pressure, cube = self.penalty / length, self.penalty / length**3
            for i, z in enumerate(part):
                gradient[first + i] += pressure * z
                hessian[first + i][first + i] += pressure
                for j, other in enumerate(part):
                    hessian[first + i][first + j] -= cube * z * other
            for row, slack in zip(self.cones[block], row_slacks, strict=True):
                force, curve = mu * self.unit / slack, mu * self.unit / (slack * slack)
                for i, a in enumerate(row):
                    gradient[first + i] -= force * a
                    for j, b in enumerate(row):
                        hessian[first + i][first + j] += curve * a * b
        return [entry.mid() for entry in gradient], flint.arb_mat(hessian)
