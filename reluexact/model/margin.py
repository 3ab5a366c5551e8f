"""Losses of the margin ``y f``: the word for them, and the labels that they want."""

from __future__ import annotations

from fractions import Fraction

from reluexact.errors import InputError
from reluexact.numbers.rational import format_fraction

MARGIN = "margin"


def label(target: Fraction, where: str, loss: str) -> Fraction:
    """Return a target that is -1 or 1, else raise InputError."""
    if abs(target) != 1:
        raise InputError(f"{where}: {format_fraction(target)} is no label; the loss {loss} wants -1 or 1")
    return target
