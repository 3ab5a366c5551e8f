"""The best linear part of a problem without any neuron, exactly: floats say on which pieces the rows lie, algebra the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import LimitReached, Message
from reluexact.model.convex import Convex, Ends
from reluexact.model.problem import Problem
from reluexact.numbers.linalg import dot, independent_rows, rank, solve
from reluexact.numbers.types import Vector
from reluexact.propose.training import Prepared, propose_linear

_NEAR = tuple(Fraction(1, 10**k) for k in (9, 7, 5, 3))
"""How near to a kink a fit is tried there, as a share of the greatest target; the equations decide."""
_BITS = 60
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearOptimum:
    """An optimum without neurons: linear part, its fit, one dual point theta, and all of them.

    slack: the rows where theta is an interval, ``ends`` for every row: the dual points are the theta between their ends with
    ``G_k.theta = pull_k`` for every column. unique: theta is the only one.
    """

    linear: Vector
    fit: Vector
    theta: Vector
    ends: tuple[Ends, ...]
    slack: tuple[int, ...]
    pull: Vector
    unique: bool
    value: Fraction


def linear_optimum(prepared: Prepared) -> LinearOptimum:
    """Return the optimum; raises LimitReached where floats do not tell on which pieces the rows lie.

    >>> from reluexact.model.dataset import Dataset
    >>> absolute = Problem(Dataset([[1], [2], [4]], [1, 9, 5]), 1, loss="absolute", output_bias="free")
    >>> best = linear_optimum(Prepared(absolute))           # the median
    >>> best.linear, best.theta, best.unique
    ((Fraction(5, 1),), (Fraction(-1, 1), Fraction(1, 1), Fraction(0, 1)), True)
    """
    problem = prepared.problem
    proposed = propose_linear(prepared)
    if proposed is not None:
        for near in _NEAR:
            found = _exactly(problem, *proposed, near)
            if found is not None:
                return found
    raise LimitReached(Message("the best linear part is not found exactly; rescale the data"))


def _exactly(problem: Problem, linear: Vector, theta: Vector, near: Fraction) -> LinearOptimum | None:
    """Solve the equations of the pieces that are near, and check everything."""
    rows = [[part.column[i] for part in problem.linear] for i in range(problem.data.n)]
    scale = max(map(abs, problem.data.y)) or Fraction(1)
    at: dict[int, Fraction] = {}
    lines: list[list[Fraction]] = []
    right: list[Fraction] = []
    for i, (row, loss) in enumerate(zip(rows, problem.row_losses, strict=True)):
        kink = _kink(loss, dot(row, linear), near * scale)
        if kink is not None:
            at[i] = kink
    places = {i: len(linear) + k for k, i in enumerate(at)}
    for i, kink in at.items():
        lines.append([*rows[i], *([ZERO] * len(at))])
        right.append(kink)
    for k, part in enumerate(problem.linear):
        line, constant = [ZERO] * (len(linear) + len(at)), ZERO
        line[k] -= part.ridge
        for i, (row, loss) in enumerate(zip(rows, problem.row_losses, strict=True)):
            if i in at:
                line[places[i]] += row[k]
                continue
            q, steep = _piece(loss, dot(row, linear))
            constant += row[k] * steep
            for j, entry in enumerate(row):
                line[j] -= row[k] * 2 * q * entry
        lines.append(line)
        right.append(constant)
    start = [_short(g) for g in linear] + [_short(theta[i]) for i in at]
    point = adjusted(start, lines, right)
    return None if point is None else _checked(problem, rows, point[: len(linear)], {i: point[places[i]] for i in at})


def _checked(
    problem: Problem, rows: Sequence[Sequence[Fraction]], linear: Vector, inner: dict[int, Fraction]
) -> LinearOptimum | None:
    """Return the optimum if all conditions hold exactly: theta between the slopes, the columns balanced."""
    fit = tuple(dot(row, linear) for row in rows)
    slopes = [loss.slopes(f) for loss, f in zip(problem.row_losses, fit, strict=True)]
    ends = tuple((None if high is None else -high, None if low is None else -low) for low, high in slopes)
    theta = []
    for i, (low, high) in enumerate(ends):
        if low is None or high is None:
            return None
        theta.append(min(max(inner.get(i, low), low), high) if low < high else low)
    pull = tuple(part.ridge * g for part, g in zip(problem.linear, linear, strict=True))
    if any(dot(part.column, theta) != p for part, p in zip(problem.linear, pull, strict=True)):
        return None
    slack = tuple(i for i, (low, high) in enumerate(ends) if low != high)
    seen = [rows[i] for i in slack] if problem.linear else []
    squares = sum((p * g for p, g in zip(pull, linear, strict=True)), ZERO) / 2
    return LinearOptimum(
        linear=linear,
        fit=fit,
        theta=tuple(theta),
        ends=ends,
        slack=slack,
        pull=pull,
        unique=not slack or (bool(seen) and rank(seen) == len(slack)),
        value=problem.loss_value(fit) + squares,
    )


def adjusted(start: Sequence[Fraction], lines: Sequence[Sequence[Fraction]], right: Sequence[Fraction]) -> Vector | None:
    """Change as few entries as possible, the first ones first, so that ``lines x = right``; None where this has no solution.

    >>> adjusted([Fraction(1), Fraction(1)], [[Fraction(2), Fraction(1)]], [Fraction(5)])
    (Fraction(2, 1), Fraction(1, 1))
    """
    point = list(start)
    missing = [r - dot(line, point) for line, r in zip(lines, right, strict=True)]
    if any(missing):
        columns = [list(column) for column in zip(*lines, strict=True)]
        chosen = independent_rows(columns) if columns else ()
        if not chosen:
            return None
        square = [[columns[k][j] for k in chosen] for j in range(len(lines))]
        kept = independent_rows(square)
        change = solve([square[j] for j in kept], [missing[j] for j in kept])
        if change is None:
            return None
        for k, step in zip(chosen, change, strict=True):
            point[k] += step
    return tuple(point) if all(dot(line, point) == r for line, r in zip(lines, right, strict=True)) else None


def _kink(loss: Convex, fit: Fraction, near: Fraction) -> Fraction | None:
    """Return the breakpoint near a fit at which the slope jumps, None for none."""
    for point in loss.breakpoints:
        left, right = loss.slopes(point)
        if left != right and abs(fit - point) <= near:
            return point
    return None


def _piece(loss: Convex, fit: Fraction) -> tuple[Fraction, Fraction]:
    """Return (q, l) of the piece that a fit lies on."""
    q, steep, _ = loss.pieces[sum(fit > point for point in loss.breakpoints)]
    return q, steep


def _short(value: Fraction) -> Fraction:
    """Round to about 60 significant bits."""
    bits = max(0, _BITS - (value.numerator.bit_length() - value.denominator.bit_length()))
    return Fraction(round(value * (1 << bits)), 1 << bits)
