"""Pack the evidence of a certificate of the kind ``bound`` for Coq; ``proofs/theories/Payload.v`` describes the stream."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from reluexact.certificates.coq.evidence import Evidence, Node, Split, Tighten, reached_bounds

WORD = 60
"""Bits in one integer of Coq's kernel."""

_DIGIT = 30
_PLAIN, _POWER, _LONG = 120, 126, 127
_LENGTH = 7
_LARGEST_SHIFT = (1 << 12) - 1


def pack(evidence: Evidence, X: Sequence[Sequence[Fraction]], denominators: Iterable[int]) -> tuple[int, ...]:
    """Return the stream, cut into words of 60 bits; the denominators are those of rows, targets, hidden and output weights.

    >>> pack(Evidence(residual=(Fraction(1, 2),), positive=(), negative=()), [[Fraction(1)]], [1, 1, 1, 1])
    (36240731119108192, 216172782113783808)
    """
    rows = len(X)
    width = (rows + 1).bit_length()
    pieces = [_field(width, 6), *map(_number, denominators)]
    common = lcm(*(value.denominator for value in evidence.residual))
    pieces += [_number(common), _number(len(evidence.residual))]
    pieces += [_signed(_whole(value, common)) for value in evidence.residual]
    for nodes in (evidence.positive, evidence.negative):
        pieces.append(_number(len(nodes)))
        bounds = reached_bounds(X, nodes)
        pieces += [_node(node, bound, rows, width) for node, bound in zip(reversed(nodes), reversed(bounds), strict=True)]
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
