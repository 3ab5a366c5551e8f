"""Whether the free columns of a linear part separate the labels: then the logistic loss falls forever and has no minimum."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.errors import Argument, InputError, Message
from reluexact.geometry.polytope import BoundedSystem, independent_rows_only
from reluexact.geometry.simplex import maximum
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.types import Rationals

ZERO, ONE = Fraction(0), Fraction(1)


def require_attained(columns: Sequence[Rationals], labels: Rationals, *, skip: bool) -> None:
    """Raise InputError where the free columns separate the labels; ``skip``: those of a skip connection are among them.

    >>> require_attained([[ONE] * 2], [ONE, ONE], skip=False)
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: y: all labels are 1, so that with the loss logistic the minimum is not attained (a free output \
bias grows forever); say output_bias=penalised
    """
    if not separated(columns, labels):
        return
    if skip:
        text = "y: with the loss logistic the minimum is not attained when a free skip connection separates the labels; say "
        raise InputError(Message(text, Argument("skip", "penalised")))
    alike = f"y: all labels are {labels[0]}, so that with the loss logistic the minimum is not attained "
    raise InputError(Message(alike, "(a free output bias grows forever); say ", Argument("output_bias", "penalised")))


def separated(columns: Sequence[Rationals], labels: Rationals) -> bool:
    """Say whether some g has ``y_i (G g)_i >= 0`` for all rows i, not 0 for all of them; G has these columns.

    There is none exactly if ``sum_i mu_i y_i G_i = 0`` for some ``mu > 0`` (Stiemke 1915); the simplex method finds the mu of
    sum 1 with the greatest least entry.

    >>> labels = [Fraction(-1), Fraction(1), Fraction(1)]
    >>> separated([[ONE] * 3], labels), separated([[ONE] * 3, [ZERO, ONE, ONE]], labels)
    (False, True)
    """
    if not columns:
        return False
    if len(columns) == 1:
        signs = {(entry > 0) == (y > 0) for entry, y in zip(columns[0], labels, strict=True) if entry}
        return len(signs) == 1
    rows = [[y * entry for entry in row] for row, y in zip(zip(*columns, strict=True), labels, strict=True)]
    least = [sum(entries, ZERO) for entries in zip(*rows, strict=True)]
    equations = [[*row, ONE] for row in rows] + [[*least, Fraction(len(rows))]]
    system = independent_rows_only(
        BoundedSystem.of(equations, [*([ZERO] * len(columns)), ONE], [None] * len(equations)), consistent=False
    )
    best = None if system is None else maximum(system, [Scalar.of(k == len(rows)) for k in range(len(equations))])
    return best is None or best.value.sign() <= 0
