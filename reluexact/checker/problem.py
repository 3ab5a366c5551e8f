"""The problem of a certificate, that of a problem file, and networks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from .document import MAX_DIGITS, Item, read_document, show, whole
from .quantities import Matrix, Vector

LOOSE_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+)|/0*([1-9][0-9]*))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Problem:
    """The data X (n rows, d columns), y and the penalty b > 0."""

    X: tuple[tuple[Fraction, ...], ...]
    y: tuple[Fraction, ...]
    penalty: Fraction


def o1_problem(item: Item) -> Problem:
    """O1, the problem: shapes fit, n >= 1, d >= 1, b > 0."""
    rows, targets, penalty = item.fields("X", "y", "penalty")
    X = [row.vector() for row in rows.entries()]
    if not X or not X[0]:
        raise rows.reject("O1: X has no rows or no columns")
    for row, values in zip(rows.entries(), X, strict=True):
        if len(values) != len(X[0]):
            raise row.reject(f"O1: the row has {len(values)} entries, the first row has {len(X[0])}")
    b = penalty.number()
    if b <= 0:
        raise penalty.reject("O1: the penalty must be positive")
    return Problem(tuple(map(tuple, X)), tuple(targets.vector(len(X))), b)


def loose_number(item: Item) -> Fraction:
    """Read a number of a problem file: a JSON integer, or a string such as "3", "-0.25" or "6/4"."""
    text = str(item.value) if type(item.value) is int else item.text()
    match = LOOSE_NUMBER.fullmatch(text)
    if match is None or len(text) > MAX_DIGITS:
        raise item.reject(f'an integer or a string such as "-0.25" or "5/3" is expected here, not {show(text)}')
    minus, top, places, bottom = match.groups(default="")
    value = Fraction(whole(top + places), whole(bottom) if bottom else 10 ** len(places))
    return -value if minus else value


def read_problem(text: str | bytes) -> Problem:
    """Read a problem file ``{"X", "y", "penalty"}``; raise :class:`Rejected` when it is malformed."""
    rows, targets, penalty = read_document(text).fields("X", "y", "penalty")
    X = tuple(tuple(loose_number(entry) for entry in row.entries()) for row in rows.entries())
    return Problem(X, tuple(loose_number(entry) for entry in targets.entries()), loose_number(penalty))


def read_network(problem: Problem, item: Item) -> tuple[Matrix, Vector]:
    """Read the weights ``{"hidden", "output"}`` of a network."""
    hidden, output_item = item.fields("hidden", "output")
    output = output_item.vector()
    return [row.vector(len(problem.X[0])) for row in hidden.entries(len(output))], output
