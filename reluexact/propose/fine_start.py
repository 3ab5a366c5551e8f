"""A start for Newton's method where floats lose the problem: the smooth convex problem of a structure in high precision."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import flint

from reluexact.numbers.ball import ball, midpoint
from reluexact.numbers.linalg import dot, solve
from reluexact.numbers.roots import root_below
from reluexact.numbers.types import Vector
from reluexact.prove.structure import Kkt
from reluexact.prove.system import gram_matrix

_BITS = 320
_STEPS = 100
_SETTLED = 100
_COLLAPSED = 100


def start_from(kkt: Kkt, weights: Sequence[tuple[Vector | None, Vector | None]]) -> Vector | None:
    """Return a start to many digits from ``|a| w`` of every block and of its partner; None where one of them is not known.

    A partner -u gives its amount to its block, and its part of the linear function to the free unknowns.
    """
    totals: list[Vector] = []
    linear = (Fraction(0),) * kkt.program.data.d
    for paired, face, (own, other) in zip(kkt.structure.paired, kkt.structure.blocks, weights, strict=True):
        if own is None or (paired and other is None):
            return None
        totals.append(own if other is None else tuple(a - b for a, b in zip(own, other, strict=True)))
        linear = linear if other is None else tuple(a + face.sign * b for a, b in zip(linear, other, strict=True))
    return _unknowns(kkt, _omega(kkt, totals), _coordinates(kkt.lineality, linear))


def fine_start(kkt: Kkt, weights: Sequence[Vector], fit: Sequence[Fraction]) -> Vector | None:
    """Return the minimiser of a structure, from rough ``|a| w`` of every block and a rough fit; None where it has none."""
    omega = _omega(kkt, weights)
    rest = (
        [value - dot(omega, row[: len(omega)]) for value, row in zip(fit, zip(*kkt.design, strict=True), strict=True)]
        if kkt.design
        else list(fit)
    )
    linear = [kkt.design[position] for position in kkt.free]
    gram, moments = gram_matrix(tuple(linear), tuple(rest)) if linear else ([], ())
    free = solve(gram, moments) if linear else ()
    return None if free is None else _Smooth(kkt).minimise((*omega, *free))


class _Smooth:
    """``1/2 |y - design p|^2 + penalty sum_k |B_k omega_k|`` of p = (omega, c), as balls of which only midpoints are used."""

    def __init__(self, kkt: Kkt) -> None:
        self.kkt = kkt
        self.count = sum(len(basis) for basis in kkt.bases)
        columns = (*kkt.design[: self.count], *(kkt.design[position] for position in kkt.free))
        with flint.ctx.workprec(_BITS):
            gram, moments = gram_matrix(columns, kkt.program.data.y)
            self.table = [[ball(entry).mid() for entry in row] for row in gram]
            self.gram = flint.arb_mat(self.table)
            self.moments = [ball(entry).mid() for entry in moments]
            self.penalty = ball(kkt.program.penalty).mid()
            self.metrics = [
                [[ball(Fraction(dot(left, right))).mid() for right in basis] for left in basis] for basis in kkt.bases
            ]

    def minimise(self, start: Vector) -> Vector | None:
        """Return the unknowns of the system at the minimum: damped Newton; None when a block collapses or nothing is reached."""
        if not start:
            return ()
        with flint.ctx.workprec(_BITS):
            point = [ball(entry).mid() for entry in start]
            for _ in range(_STEPS):
                found = self._step(point)
                if found is None:
                    return None
                point, moved = found
                if moved < flint.arb(2) ** -_SETTLED:
                    values = tuple(midpoint(entry) for entry in point)
                    return _unknowns(self.kkt, values[: self.count], values[self.count :])
        return None

    def _step(self, point: list[flint.arb]) -> tuple[list[flint.arb], flint.arb] | None:
        """Return the next point and how far it is, relatively; None when a block collapses."""
        value, gradient, hessian = self._derivatives(point)
        try:
            step = flint.arb_mat(hessian).solve(flint.arb_mat(len(point), 1, gradient), algorithm="approx").entries()
        except ZeroDivisionError:
            return None
        slope = sum((a * b for a, b in zip(gradient, step, strict=True)), flint.arb(0)).mid()
        size = flint.arb(1)
        for _ in range(80):
            trial = [(a - size * b).mid() for a, b in zip(point, step, strict=True)]
            lengths = self._lengths(trial)
            if any(not entry.is_finite() for entry in trial):
                return None
            after = self._value(trial, lengths)
            if after <= value - size * slope / 10000 or abs(slope) < flint.arb(2) ** (-_BITS // 2) * abs(value):
                break
            size = size / 2
        longest = max(lengths, default=flint.arb(1))
        if any(length < flint.arb(2) ** -_COLLAPSED * longest for length in lengths):
            return None
        moved = [abs(b) / (abs(a) + abs(b)) if b != 0 else flint.arb(0) for a, b in zip(trial, step, strict=True)]
        return trial, max((entry.mid() for entry in moved), default=flint.arb(0))

    def _lengths(self, point: list[flint.arb]) -> list[flint.arb]:
        lengths, first = [], 0
        for metric in self.metrics:
            part = point[first : first + len(metric)]
            first += len(metric)
            square = sum(
                (a * m * b for a, row in zip(part, metric, strict=True) for b, m in zip(part, row, strict=True)), flint.arb(0)
            )
            lengths.append(abs(square.mid()).sqrt().mid())
        return lengths

    def _pull(self, point: list[flint.arb]) -> list[flint.arb]:
        return [entry.mid() for entry in (self.gram * flint.arb_mat(len(point), 1, point)).entries()]

    def _value(self, point: list[flint.arb], lengths: list[flint.arb]) -> flint.arb:
        pull = self._pull(point)
        total = sum((z * (g / 2 - m) for z, g, m in zip(point, pull, self.moments, strict=True)), flint.arb(0))
        return (total + self.penalty * sum(lengths, flint.arb(0))).mid()

    def _derivatives(self, point: list[flint.arb]) -> tuple[flint.arb, list[flint.arb], list[list[flint.arb]]]:
        lengths = self._lengths(point)
        gradient = [(g - m).mid() for g, m in zip(self._pull(point), self.moments, strict=True)]
        hessian = [list(row) for row in self.table]
        first = 0
        for metric, length in zip(self.metrics, lengths, strict=True):
            part = point[first : first + len(metric)]
            images = [sum((m * z for m, z in zip(row, part, strict=True)), flint.arb(0)).mid() for row in metric]
            for i, image in enumerate(images):
                gradient[first + i] = (gradient[first + i] + self.penalty * image / length).mid()
                for j, other in enumerate(images):
                    curve = self.penalty / length * (metric[i][j] - image * other / (length * length))
                    hessian[first + i][first + j] = (hessian[first + i][first + j] + curve).mid()
            first += len(metric)
        return self._value(point, lengths), gradient, hessian


def _omega(kkt: Kkt, weights: Sequence[Vector]) -> Vector:
    return tuple(entry for basis, weight in zip(kkt.bases, weights, strict=True) for entry in _coordinates(basis, weight))


def _unknowns(kkt: Kkt, omega: Vector, free: Vector) -> Vector:
    """Return z = (omega, amounts, c)."""
    squares = [dot(weight, weight) for weight in (kkt.weights(block, omega) for block in range(len(kkt.bases)))]
    return (*omega, *map(_root, squares), *free)


def _root(square: Fraction) -> Fraction:
    """Return the square root to many digits, however small it is."""
    return root_below(square, _BITS + max(0, square.denominator.bit_length() - square.numerator.bit_length()) // 2)


def _coordinates(basis: Sequence[Sequence[int]], vector: Sequence[Fraction]) -> Vector:
    """Return the coordinates of the point of the span nearest to a vector."""
    gram = [[Fraction(dot(left, right)) for right in basis] for left in basis]
    found = solve(gram, [dot(row, vector) for row in basis]) if basis else ()
    if found is None:
        raise ArithmeticError("a Gram matrix of independent vectors is singular")
    return found
