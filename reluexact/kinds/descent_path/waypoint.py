"""Networks on a way down, slot by slot, and the point between two of them.

After balancing a neuron (w, a) is known by its sign and the vector v = |a| w: it adds ``sign (X v)+`` to the fit and |v| to the
sum of norms, so the objective is ``1/2 |y - sum sign (X v)+|^2 + penalty sum |v|``. Weights with these vectors are
``w = v / sqrt(|v|)`` and ``a = sign sqrt(|v|)``, which depend continuously on v, at v = 0, too: an empty slot is a zero neuron,
and it may take either sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from reluexact.geometry.signs import Signs
from reluexact.model.loss import SQUARED
from reluexact.numbers.intervals import Interval
from reluexact.numbers.real import Real
from reluexact.numbers.roots import rational_root, root_above, root_below

BITS = 192
"""Square roots of intervals are rounded outward to multiples of 2^-BITS (relative to the unit of the data)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathNeuron:
    """The content of a slot.

    sign: of the output weight. vector: v = |a| w of the balanced network. amount: |v|. gate: the signs (-1, 0, 1) of ``x_i . v``,
    one per row of X, exactly. index: its place among the neurons of the network that the last piece led to, None before that.
    """

    sign: int
    vector: tuple[Real, ...]
    amount: Real
    gate: Signs
    index: int | None = None


Slots = tuple[PathNeuron | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waypoint:
    """A balanced network: its slots in order (None: a zero neuron), its residual y - fit, its objective."""

    slots: Slots
    residual: tuple[Real, ...] = field(repr=False)
    value: Real

    @property
    def width(self) -> int:
        """Return the number of slots."""
        return len(self.slots)

    @property
    def held(self) -> tuple[int, ...]:
        """Return the slots that hold a neuron."""
        return tuple(i for i, neuron in enumerate(self.slots) if neuron is not None)


def between(first: PathNeuron | None, second: PathNeuron | None, share: Fraction) -> list[Interval]:
    """Enclose ``(1 - share) v + share v'`` for the vectors of one slot at both ends; an empty slot counts as 0.

    >>> left = PathNeuron(sign=1, vector=(Real.rational(1), Real.rational(0)), amount=Real.rational(1), gate=(1,))
    >>> [entry.low for entry in between(left, None, Fraction(1, 4))]
    [Fraction(3, 4), Fraction(0, 1)]
    """
    parts = [(neuron.vector, weight) for neuron, weight in ((first, 1 - share), (second, share)) if neuron is not None and weight]
    if not parts:
        return []
    return [
        Interval(
            low=sum((vector[j].low * weight for vector, weight in parts), Fraction(0)),
            high=sum((vector[j].high * weight for vector, weight in parts), Fraction(0)),
        )
        for j in range(len(parts[0][0]))
    ]


def amount_between(first: PathNeuron | None, second: PathNeuron | None, share: Fraction) -> Interval:
    """Enclose the length of :func:`between`."""
    one = [(neuron.amount, weight) for neuron, weight in ((first, 1 - share), (second, share)) if neuron is not None and weight]
    if len(one) < 2:
        return Interval(low=one[0][0].low * one[0][1], high=one[0][0].high * one[0][1]) if one else ZERO
    return length(between(first, second, share))


def length(vector: Sequence[Interval]) -> Interval:
    """Enclose the length of a vector.

    >>> length([Interval(low=Fraction(3), high=Fraction(3)), Interval(low=Fraction(-4), high=Fraction(-4))])
    Interval(low=Fraction(5, 1), high=Fraction(5, 1))
    """
    low = high = Fraction(0)
    for entry in vector:
        least = max(entry.low, -entry.high, Fraction(0))
        low, high = low + least**2, high + max(-entry.low, entry.high) ** 2
    return Interval(low=root(low, up=False), high=root(high, up=True))


def root(value: Fraction, *, up: bool) -> Fraction:
    """Round the square root of a number >= 0 up or down to a multiple of 2^-BITS; the root of a square is exact.

    >>> root(Fraction(9, 4), up=False), root(Fraction(2), up=True) ** 2 > 2
    (Fraction(3, 2), True)
    """
    exact = rational_root(value)
    if exact is not None:
        return exact
    return root_above(value, BITS) if up else root_below(value, BITS)


ZERO = Interval(low=Fraction(0), high=Fraction(0))


def loss_between(first: Waypoint, second: Waypoint, share: Fraction) -> Interval:
    """Enclose the loss at the residual ``(1 - share) r + share r'`` between those of two networks."""
    rest = 1 - share
    return SQUARED.enclosure(
        [
            Interval(low=rest * a.low + share * b.low, high=rest * a.high + share * b.high)
            for a, b in zip(first.residual, second.residual, strict=True)
        ]
    )
