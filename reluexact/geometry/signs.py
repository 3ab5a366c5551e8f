"""On which side of hyperplanes something lies: one notation for each use, and every conversion between them.

- A sign is -1, 0 or 1; 0 is on the hyperplane, 1 where ``normal.u > 0``.
- ``Signs``, one sign per hyperplane (or per row of X): where a vector lies. As text, one of ``- 0 +`` each.
- ``Cell``, one truth value per hyperplane, True for ``normal.u >= 0``: a closed cell of full dimension.
- ``Sides``, pairs (hyperplane, sign) without zeros: the closed cone on these sides of some hyperplanes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

Signs = tuple[int, ...]
Cell = tuple[bool, ...]
Sides = tuple[tuple[int, int], ...]
"""Ascending in the hyperplane; 1 for ``normal.u >= 0``, -1 for ``normal.u <= 0``."""

_LETTERS = "0+-"  # by sign: 0, 1, -1
_SIGNS = {letter: sign for sign, letter in ((-1, "-"), (0, "0"), (1, "+"))}


def sign_of(value: Fraction | int) -> int:
    """Return the sign of a number."""
    top = value.numerator
    return (top > 0) - (top < 0)


def signs_of(values: Iterable[Fraction | int]) -> Signs:
    """Return the signs of numbers.

    >>> signs_of([Fraction(1, 2), 0, -3])
    (1, 0, -1)
    """
    return tuple(map(sign_of, values))


def sign_text(signs: Iterable[int]) -> str:
    """Write signs, a letter each.

    >>> sign_text((1, 0, -1))
    '+0-'
    """
    return "".join([_LETTERS[sign] for sign in signs])


def signs_from_text(text: str) -> Signs:
    """Read what :func:`sign_text` writes; raises ValueError.

    >>> signs_from_text("+0-")
    (1, 0, -1)
    """
    try:
        return tuple([_SIGNS[letter] for letter in text])
    except KeyError as error:
        raise ValueError(f"{error.args[0]!r} is no sign; expected one of - 0 +") from None


def side_sign(on: bool) -> int:
    """Return the sign of a side: 1 for True, -1 for False."""
    return 1 if on else -1


def cell_signs(cell: Iterable[bool]) -> Signs:
    """Return the signs inside a cell.

    >>> cell_signs((True, False))
    (1, -1)
    """
    return tuple([1 if on else -1 for on in cell])


def opposite(signs: Iterable[int]) -> Signs:
    """Return the signs of the opposite vector."""
    return tuple([-sign for sign in signs])


def zeros(signs: Iterable[int]) -> tuple[int, ...]:
    """Return the hyperplanes that hold a vector with these signs.

    >>> zeros((1, 0, -1, 0))
    (1, 3)
    """
    return tuple([k for k, sign in enumerate(signs) if not sign])


def in_cell(signs: Sequence[int], cell: Cell) -> bool:
    """Say whether a closed cell holds vectors with these signs.

    >>> in_cell((0, -1), (True, False)), in_cell((1, 1), (True, False))
    (True, False)
    """
    return all(not sign or (sign > 0) == on for sign, on in zip(signs, cell, strict=True))


def share_a_cell(left: Sequence[int], right: Sequence[int]) -> bool:
    """Say whether no hyperplane parts two vectors with these signs: one closed cell holds both, and their sum.

    >>> share_a_cell((1, 0), (1, -1)), share_a_cell((1, 0), (-1, 0))
    (True, False)
    """
    return all(a * b >= 0 for a, b in zip(left, right, strict=True))
