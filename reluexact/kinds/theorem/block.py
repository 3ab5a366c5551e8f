"""One group of rows that neurons of one sign and direction serve alone: its amount, direction and share of the value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.evidence.neuron import Neuron
from reluexact.numbers.linalg import dot
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Scalar

ZERO = Scalar.of(0)
HALF = Scalar.of(Fraction(1, 2))
BITS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What a group of rows adds to the optimum: its neuron (None: it has none), and (row, y - fit) of its rows."""

    neuron: Neuron | None
    residual: tuple[tuple[int, Scalar], ...]
    value: Scalar


def scalar(value: Fraction | int | RadicalSum) -> Scalar:
    """Return an exactly known number as finely as this kind computes."""
    return Scalar.of(value, BITS)


def root(value: Fraction) -> Scalar:
    """Return a square root."""
    return scalar(RadicalSum.root(value))


def silent(rows: Sequence[int], y: Sequence[Fraction]) -> Block:
    """Return the block of rows for which no neuron pays: half of their squared targets.

    >>> silent([1], [Fraction(3), Fraction(2)]).value.rational
    Fraction(2, 1)
    """
    return Block(
        neuron=None,
        residual=tuple((i, scalar(y[i])) for i in rows),
        value=scalar(sum((y[i] ** 2 for i in rows), Fraction(0)) / 2),
    )


def served(
    rows: Sequence[int],
    y: Sequence[Fraction],
    X: Sequence[Sequence[Fraction]],
    *,
    sign: int,
    coefficients: Sequence[Scalar],
    vectors: Sequence[int],
    amount: Scalar,
    penalty: Fraction,
) -> Block:
    """Return the block of a neuron whose direction is the combination of the rows ``vectors`` with ``coefficients``.

    Its output at a row is sign * amount * (x.u)+; its signs are those of the inner products with the combination.
    """
    direction = tuple(_sum(c * scalar(X[k][j]) for c, k in zip(coefficients, vectors, strict=True)) for j in range(len(X[0])))
    inner = [_sum(c * scalar(dot(x, X[k])) for c, k in zip(coefficients, vectors, strict=True)) for x in X]
    factor = amount if sign > 0 else -amount
    residual = tuple((i, scalar(y[i]) - factor * inner[i]) for i in rows)
    neuron = Neuron(
        sign=sign,
        direction=tuple(map(Real.of_scalar, direction)),
        gate=tuple(product.sign() for product in inner),
        partner=None,
        positive=True,
        amount=Real.of_scalar(amount),
    )
    loss = HALF * _sum(rest * rest for _, rest in residual)
    return Block(neuron=neuron, residual=residual, value=loss + scalar(penalty) * amount)


def joined(blocks: Sequence[Block], rows: int) -> tuple[Real, tuple[Neuron, ...], tuple[Real, ...]]:
    """Return the value, the neurons and the residual of blocks that share out all rows."""
    residual = dict(entry for block in blocks for entry in block.residual)
    neurons = tuple(block.neuron for block in blocks if block.neuron is not None)
    value = Real.of_scalar(_sum(block.value for block in blocks))
    return value, neurons, tuple(Real.of_scalar(residual[i]) for i in range(rows))


def _sum(numbers: Iterable[Scalar]) -> Scalar:
    total = scalar(0)
    for number in numbers:
        total = total + number
    return total
