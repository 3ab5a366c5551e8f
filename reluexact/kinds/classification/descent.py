"""Ways down from a network: exact directions of descent, short where they may be, and a better network on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.kinds.classification.claim import Descent, Violation
from reluexact.kinds.classification.neuron import Surroundings
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.numbers.decimals import magnitude
from reluexact.numbers.linalg import dot, primitive
from reluexact.numbers.types import Matrix, Vector

ZERO = Fraction(0)

_SHORT = 10**6
"""Integers up to this size are shown as they are; longer directions are rounded, and checked again."""

_DIGITS = (3, 6, 12, 24)
_HALVINGS = 20_000
_LONG_STEPS = 6
"""After so many steps that were too long, one is taken that crosses no hyperplane."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenNetwork:
    """The network, the problem, and what pulls each of its neurons."""

    network: Network
    data: Dataset
    penalty: Fraction
    objective: Fraction
    near: tuple[Surroundings, ...]

    def derivative(self, hidden: Sequence[Vector], output: Vector) -> Fraction:
        """Return the one-sided derivative of the objective along a direction in the space of all weights."""
        total = ZERO
        for one, move, change in zip(self.near, hidden, output, strict=True):
            total += one.output_slope * change - one.pull.value(move)
        return total

    def better(self, start: Network, hidden: Sequence[Vector], output: Vector) -> Network:
        """Return a network lower than this one on the ray from ``start``, along which the objective falls at first."""
        step, sure = self._step(start, hidden, output), self._before_hyperplanes(start, hidden)
        for trial in range(_HALVINGS):
            moved = Network(
                [[w + step * h for w, h in zip(row, move, strict=True)] for row, move in zip(start.hidden, hidden, strict=True)],
                [a + step * c for a, c in zip(start.output, output, strict=True)],
            )
            if moved.objective(self.data, self.penalty) < self.objective:
                return moved
            step = min(step / 2, sure) if trial == _LONG_STEPS else step / 2
        raise ArithmeticError("no step along a direction of descent is small enough")

    def _step(self, start: Network, hidden: Sequence[Vector], output: Vector) -> Fraction:
        """Return a power of 2 near the best step of a quadratic model; only how soon a step is found depends on it."""
        slope = -self.derivative(hidden[: len(self.near)], output[: len(self.near)])
        bend = self.penalty * sum((dot(move, move) for move in (*hidden, output)), ZERO)
        for row in self.data.X:
            change = ZERO
            for w, a, move, other in zip(start.hidden, start.output, hidden, output, strict=True):
                height = dot(row, w)
                if height > 0:
                    change += other * height + a * dot(row, move)
            bend += change * change
        return _power_of_two(slope / bend) if slope > 0 and bend else Fraction(1)

    def _before_hyperplanes(self, start: Network, hidden: Sequence[Vector]) -> Fraction:
        """Return a step, at most 1, before any row changes its side."""
        step = Fraction(1)
        for w, move in zip(start.hidden, hidden, strict=True):
            if any(move):
                for row in self.data.X:
                    height, change = dot(row, w), dot(row, move)
                    if height * change < 0:
                        step = min(step, -height / change)
        return _power_of_two(step) / 2


def _power_of_two(value: Fraction) -> Fraction:
    """Return a power of 2 within a factor 2 of a positive number."""
    return Fraction(2) ** (value.numerator.bit_length() - value.denominator.bit_length())


def descent(subject: GivenNetwork, moves: dict[int, tuple[Vector, Fraction]]) -> Descent:
    """Return the way down that moves the named neurons by (hidden, output); its derivative is negative.

    >>> from reluexact.kinds.classification.neuron import surroundings
    >>> data, network = Dataset([[1]], [1]), Network([[1]], [2])
    >>> subject = GivenNetwork(network=network, data=data, penalty=Fraction(1), objective=network.objective(data, 1),
    ...     near=surroundings(network, data, Fraction(1), (Fraction(-1),)))
    >>> found = descent(subject, {0: ((Fraction(-3),), Fraction(-3))})
    >>> found.hidden, found.output, found.derivative, found.better.output
    (((Fraction(-1, 1),),), (Fraction(-1, 1),), Fraction(-6, 1), (Fraction(3, 2),))
    """
    nothing = (ZERO,) * subject.data.d
    hidden = tuple(moves.get(j, (nothing, ZERO))[0] for j in range(subject.network.width))
    output = tuple(moves.get(j, (nothing, ZERO))[1] for j in range(subject.network.width))
    hidden, output = _shortened(subject, hidden, output)
    return Descent(
        hidden=hidden,
        output=output,
        derivative=subject.derivative(hidden, output),
        curvature=None,
        better=subject.better(subject.network, hidden, output),
    )


def _shortened(subject: GivenNetwork, hidden: Matrix, output: Vector) -> tuple[Matrix, Vector]:
    """Return a positive multiple with short numbers, or a rounded direction with most of the slope."""
    flat = [entry for row in hidden for entry in row] + list(output)
    whole = primitive(flat)
    if max(map(abs, whole)) <= _SHORT:
        return _unflattened(subject, [Fraction(entry) for entry in whole])
    scale = Fraction(10) ** -magnitude(max(map(abs, flat)))
    slope = subject.derivative(hidden, output) * scale
    for digits in _DIGITS:
        unit = 10**digits
        rounded = [Fraction(round(entry * scale * unit), unit) for entry in flat]
        candidate = _unflattened(subject, rounded)
        if subject.derivative(*candidate) <= slope / 2:
            return candidate
    return hidden, output


def _unflattened(subject: GivenNetwork, flat: Sequence[Fraction]) -> tuple[Matrix, Vector]:
    width, d = subject.network.width, subject.data.d
    rows = tuple(tuple(flat[j * d : (j + 1) * d]) for j in range(width))
    return rows, tuple(flat[width * d :])


def second_order(subject: GivenNetwork, slot: int, sign: int, direction: Vector, value: Fraction) -> Descent:
    """Return the way down that fills a zero neuron of a stationary network; ``value = sign r.(X direction)+ > b |direction|``.

    Along (t u, t c) the objective changes by ``t^2 (b (|u|^2 + c^2) / 2 - |c| value)`` and a term in t^4.
    """
    nothing = (ZERO,) * subject.data.d
    strength = value / subject.penalty
    hidden = tuple(direction if j == slot else nothing for j in range(subject.network.width))
    output = tuple(sign * strength if j == slot else ZERO for j in range(subject.network.width))
    curvature = subject.penalty * (dot(direction, direction) - strength * strength)
    better = subject.better(subject.network, hidden, output)
    return Descent(hidden=hidden, output=output, derivative=ZERO, curvature=curvature, better=better)


def violation(subject: GivenNetwork, sign: int, direction: Vector, value: Fraction) -> Violation:
    """Return the better network with one more neuron."""
    nothing = (ZERO,) * subject.data.d
    wider = Network([*subject.network.hidden, nothing], [*subject.network.output, ZERO])
    hidden = (*(nothing for _ in subject.network.hidden), direction)
    output = (*(ZERO for _ in subject.network.output), sign * value / subject.penalty)
    return Violation(sign=sign, direction=direction, value=value, better=subject.better(wider, hidden, output))
