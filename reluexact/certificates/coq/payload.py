"""Pack the evidence of a certificate of the kind ``bound`` for Coq; ``proofs/theories/Payload.v`` describes the stream."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from reluexact.certificates.coq.evidence import Evidence, Node, Split, Tighten, reached_bounds

WORD = 60
"""Bits in one integer of Coq's kernel."""

View = tuple[int | None, Sequence[Node]]
"""A tree and the row that is its pivot; None: for the rows as they are."""

_DIGIT = 30
_PLAIN, _POWER, _LONG = 120, 126, 127
_LENGTH = 7
_LARGEST_SHIFT = (1 << 12) - 1


def pack(evidence: Evidence, X: Sequence[Sequence[Fraction]], denominators: Iterable[int]) -> tuple[int, ...]:
    """Return the stream, cut into words of 60 bits; the denominators are those of rows, targets, hidden and output weights.

    >>> pack(Evidence(residual=(Fraction(1, 2),), positive=(), negative=()), [[Fraction(1)]], [1, 1, 1, 1])
    (36240731119108192, 216172782113783808)
    """
    pieces = _head(evidence.residual, len(X), denominators)
    for nodes in (evidence.positive, evidence.negative):
        pieces += _tree(X, nodes)
    return _words(pieces)


def pack_views(
    theta: Sequence[Fraction], sides: Iterable[Sequence[View]], X: Sequence[Sequence[Fraction]], denominators: Iterable[int]
) -> tuple[int, ...]:
    """Return the stream for the problem with any loss: for both signs the trees, each with its pivot.

    The denominators are those of the inputs of neurons and linear part, and of hidden and output weights.

    >>> pack_views([Fraction(1, 2)], [[(None, ())], []], [[Fraction(1)]], [1, 1, 1, 1]) == pack_views([Fraction(1, 2)],
    ...     [[(None, ())], []], [[Fraction(2)]], [1, 1, 1, 1])
    True
    """
    pieces = _head(theta, len(X), denominators)
    for views in sides:
        pieces.append(_number(len(views)))
        for pivot, nodes in views:
            pieces.append(_number(0 if pivot is None else pivot + 1))
            origin = [Fraction(0)] * len(X[0]) if pivot is None or pivot >= len(X) else X[pivot]
            pieces += _tree([[a - o for a, o in zip(row, origin, strict=True)] for row in X], nodes)
    return _words(pieces)


def _head(theta: Sequence[Fraction], rows: int, denominators: Iterable[int]) -> list[str]:
    common = lcm(*(value.denominator for value in theta))
    numbers = [_signed(_whole(value, common)) for value in theta]
    return [_field(_width(rows), 6), *map(_number, denominators), _number(common), _number(len(theta)), *numbers]


def _width(rows: int) -> int:
    """Return the bits of a wall's name."""
    return (rows + 1).bit_length()


def _tree(X: Sequence[Sequence[Fraction]], nodes: Sequence[Node]) -> list[str]:
    rows, bounds = len(X), reached_bounds(X, nodes)
    pairs = zip(reversed(nodes), reversed(bounds), strict=True)
    return [_number(len(nodes)), *(_node(node, bound, rows, _width(rows)) for node, bound in pairs)]


def _words(pieces: Iterable[str]) -> tuple[int, ...]:
    stream = "".join(pieces)
    words = (stream[start : start + WORD] for start in range(0, len(stream), WORD))
    return tuple(int(word.ljust(WORD, "0"), 2) for word in words)


def _whole(value: Fraction, common: int) -> int:
    return value.numerator * (common // value.denominator)


def _field(value: int, width: int) -> str:
    return format(value, f"0{width}b")


def _number(value: int) -> str:
    length = value.bit_length()
    if value and value == 1 << (length - 1) and length > 12 and length <= _LARGEST_SHIFT:
        return _field(_POWER, _LENGTH) + _field(length - 1, 12)
    if length <= _PLAIN:
        return _field(length, _LENGTH) + (_field(value, length) if length else "")
    count = -(-length // _DIGIT)
    return _field(_LONG, _LENGTH) + _field(count, _DIGIT) + _field(value, count * _DIGIT)


def _signed(value: int) -> str:
    return ("1" if value < 0 else "0") + _number(abs(value))


def _node(node: Node, bound: int, rows: int, width: int) -> str:
    if isinstance(node, Split):
        return _field(0, 2) + _name(node.wall, rows, width)
    if isinstance(node, Tighten):
        common = _common(node.rho)
        kind = _field(1 if node.upper else 2, 2)
        place = kind + _name(node.wall, rows, width)
        return place + _number(bound) + _number(common) + _entries(node.rho, common, rows, width)
    common = _common((*node.rho, *node.slope))
    lists = (_entries(entries, common, rows, width) for entries in (node.rho, node.slope))
    return _field(3, 2) + _number(common) + "".join(lists)


def _name(wall: int, rows: int, width: int) -> str:
    """Write a row, counted from 1; a row that there is not stands for no wall at all."""
    return _field(min(wall, rows) + 1, width)


def _common(entries: Sequence[tuple[int, Fraction]]) -> int:
    return lcm(*(value.denominator for _, value in entries))


def _entries(entries: Iterable[tuple[int, Fraction]], common: int, rows: int, width: int) -> str:
    pairs = [_name(wall, rows, width) + _signed(_whole(value, common)) for wall, value in entries]
    return _number(len(pairs)) + "".join(pairs)
