"""The shapes of exact data, each defined once: what a function takes or returns when its annotation names one of these.

A vector is a tuple, so that it can be hashed and compared; functions that accept any sequence say ``Sequence`` themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Number = Fraction | int
"""A rational number where integers are welcome as they are."""

Vector = tuple[Fraction, ...]
"""A rational vector."""

Matrix = tuple[Vector, ...]
"""A rational matrix, row by row; all rows have the same length."""

IntVector = tuple[int, ...]
"""An integer vector."""

Rationals = Sequence[Fraction]
"""A rational vector that is only read: a list will do."""

Rows = Sequence[Sequence[Number]]
"""A rational matrix that is only read, row by row."""

Bounds = tuple[Fraction, Fraction]
"""A number known to lie between the two."""
