"""The losses of a problem: one class for all convex and piecewise linear-quadratic ones, the logistic loss, and their names.

A loss is a function p of one number, and says of which: of the difference ``f - y`` of fit and target (regression), or of the
margin ``y f`` (classification, y = -1 or 1). The scalings, stated here and nowhere else:

    squared                      1/2 (f - y)^2
    absolute                     |f - y|
    huber(D)                     1/2 (f - y)^2 where |f - y| <= D, else D |f - y| - D^2 / 2
    quantile(T)                  T (y - f) where f <= y, else (1 - T) (f - y);  quantile(1/2) is half of absolute
    epsilon_insensitive(E)       max(0, |f - y| - E)
    hinge                        max(0, 1 - y f)
    squared_hinge                1/2 max(0, 1 - y f)^2
    logistic                     log(1 + exp(-y f))

Every loss is bounded below. A piecewise one then attains its minimum, and so does the training problem (Rockafellar & Wets 1998,
11.16); with the logistic loss it does unless a free linear part separates the labels (:mod:`reluexact.model.separable`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from reluexact.errors import InputError
from reluexact.model.convex import ZERO, Convex, Piece, evaluate, merged, slope
from reluexact.model.entries import matrix, vector
from reluexact.model.logistic import Logistic, LogisticRow, logistic
from reluexact.model.margin import MARGIN, label
from reluexact.numbers.rational import format_fraction, to_fraction
from reluexact.numbers.types import Vector

DIFFERENCE = "difference"
HALF, ONE = Fraction(1, 2), Fraction(1)


@dataclass(frozen=True, slots=True, init=False)
class PiecewiseQuadratic:
    """A convex loss p that is ``q t^2 + l t + c`` between neighbouring breakpoints, of ``t = f - y`` or of ``t = y f``.

    ``pieces`` has one (q, l, c) more than there are ``breakpoints``; ``of`` is "difference" or "margin". All numbers are exact
    (integers, Fractions, text). Raises InputError where the function jumps, bends down, or is not bounded below.

    >>> PiecewiseQuadratic(breakpoints=[0], pieces=[(0, -1, 0), (0, 1, 0)])
    absolute
    >>> loss = PiecewiseQuadratic([0], [(0, 0, 0), ("1/2", 0, 0)])      # too great a fit alone costs
    >>> loss.name, loss.value(fit=3, target=1), loss.value(fit=0, target=1)
    ('piecewise', Fraction(2, 1), Fraction(0, 1))
    >>> PiecewiseQuadratic([0], [(0, 1, 0), (0, -1, 0)])
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: loss: the slope falls from 1 to -1 at the breakpoint 0, so it is not convex
    """

    breakpoints: Vector
    pieces: tuple[Piece, ...]
    of: str

    def __init__(self, breakpoints: object, pieces: object, of: str = DIFFERENCE) -> None:
        points, table = vector(breakpoints, "loss: breakpoints"), matrix(pieces, "loss: pieces")
        if not isinstance(of, str) or of not in (DIFFERENCE, MARGIN):
            raise InputError(f"loss: of is {of!r}; say 'difference' (of f - y) or 'margin' (of y f)")
        if len(table) != len(points) + 1 or any(len(row) != 3 for row in table):
            raise InputError("loss: give one piece (q, l, c) more than there are breakpoints")
        coefficients: list[Piece] = [(row[0], row[1], row[2]) for row in table]
        _require_convex(points, coefficients)
        function = merged(None, None, list(points), coefficients)
        object.__setattr__(self, "breakpoints", function.breakpoints)
        object.__setattr__(self, "pieces", function.pieces)
        object.__setattr__(self, "of", of)

    @property
    def function(self) -> Convex:
        """Return p as a function of one number."""
        return Convex(None, None, self.breakpoints, self.pieces)

    def of_fit(self, target: Fraction, weight: Fraction = ONE) -> Convex:
        """Return the loss of one row as a function of its fit, times the weight of the row.

        >>> hinge.of_fit(Fraction(-1), Fraction(2)).pieces[1]       # 2 max(0, 1 + f)
        (Fraction(0, 1), Fraction(2, 1), Fraction(2, 1))
        """
        if self.of == MARGIN:
            return self.function.composed(weight, target, ZERO)
        return self.function.composed(weight, ONE, -target)

    def value(self, fit: object, target: object) -> Fraction:
        """Return the loss of one row."""
        value = self.of_fit(self.checked(to_fraction(target, where="target"), "target")).value(to_fraction(fit, where="fit"))
        return ZERO if value is None else value

    def checked(self, target: Fraction, where: str) -> Fraction:
        """Return a target that this loss can have, else raise InputError."""
        return label(target, where, self.name) if self.of == MARGIN else target

    @property
    def name(self) -> str:
        """Return the name, with its parameter, as :func:`to_loss` reads it; "piecewise" for a loss that has none.

        >>> huber("1/2").name, squared_hinge.name
        ('huber(1/2)', 'squared_hinge')
        """
        for name, loss in NAMED.items():
            if loss == self:
                return name
        if self.of == DIFFERENCE and self.breakpoints:
            last = self.breakpoints[-1]
            for name, (make, _) in FAMILIES.items():
                for parameter in (last, 1 - self.pieces[-1][1]):
                    if _is(make, parameter, self):
                        return f"{name}({format_fraction(parameter)})"
        return "piecewise"

    def __repr__(self) -> str:
        """Show the name, or the pieces."""
        if self.name != "piecewise":
            return self.name
        points = [format_fraction(point) for point in self.breakpoints]
        pieces = [tuple(format_fraction(entry) for entry in piece) for piece in self.pieces]
        return f"PiecewiseQuadratic({points}, {pieces}, of={self.of!r})"


def _require_convex(points: Vector, pieces: Sequence[Piece]) -> None:
    for before, after in pairwise(points):
        if after <= before:
            raise InputError(f"loss: the breakpoint {format_fraction(after)} does not lie above the one before it")
    for piece in pieces:
        if piece[0] < 0:
            raise InputError(f"loss: the piece with q = {format_fraction(piece[0])} bends down, so it is not convex")
    for point, left, right in zip(points, pieces, pieces[1:], strict=False):
        if evaluate(left, point) != evaluate(right, point):
            raise InputError(f"loss: the pieces do not meet at the breakpoint {format_fraction(point)}")
        if slope(left, point) > slope(right, point):
            steep = f"from {format_fraction(slope(left, point))} to {format_fraction(slope(right, point))}"
            raise InputError(f"loss: the slope falls {steep} at the breakpoint {format_fraction(point)}, so it is not convex")
    first, last = pieces[0], pieces[-1]
    if (not first[0] and first[1] > 0) or (not last[0] and last[1] < 0):
        raise InputError("loss: it is not bounded below, so that training has no minimum; let the outer pieces rise outwards")


squared = PiecewiseQuadratic([], [(HALF, 0, 0)])
"""``1/2 (f - y)^2``, today's loss (:data:`reluexact.model.loss.SQUARED`) in this form."""

absolute = PiecewiseQuadratic([0], [(0, -1, 0), (0, 1, 0)])
hinge = PiecewiseQuadratic([1], [(0, -1, 1), (0, 0, 0)], MARGIN)
squared_hinge = PiecewiseQuadratic([1], [(HALF, -1, HALF), (0, 0, 0)], MARGIN)


def huber(delta: object) -> PiecewiseQuadratic:
    """Return ``1/2 (f - y)^2`` for errors up to delta > 0, ``delta |f - y| - delta^2 / 2`` beyond (Huber 1964).

    >>> huber(1).value(fit=3, target=0)
    Fraction(5, 2)
    """
    d = to_fraction(delta, where="huber: delta", choice=False)
    if d <= 0:
        raise InputError(f"huber: delta is {format_fraction(d)}; give a number > 0")
    return PiecewiseQuadratic([-d, d], [(0, -d, -d * d / 2), (HALF, 0, 0), (0, d, -d * d / 2)])


def quantile(tau: object) -> PiecewiseQuadratic:
    """Return the check function of Koenker & Bassett (1978), 0 < tau < 1: a greater tau lifts the fit.

    >>> quantile("9/10").value(fit=0, target=1), quantile("9/10").value(fit=1, target=0)
    (Fraction(9, 10), Fraction(1, 10))
    """
    t = to_fraction(tau, where="quantile: tau", choice=False)
    if not 0 < t < 1:
        raise InputError(f"quantile: tau is {format_fraction(t)}; give a number between 0 and 1")
    return PiecewiseQuadratic([0], [(0, -t, 0), (0, 1 - t, 0)])


def epsilon_insensitive(epsilon: object) -> PiecewiseQuadratic:
    """Return ``max(0, |f - y| - epsilon)``, epsilon > 0, the loss of support vector regression (Vapnik 1995).

    >>> epsilon_insensitive("1/2").value(fit=2, target=1)
    Fraction(1, 2)
    """
    e = to_fraction(epsilon, where="epsilon_insensitive: epsilon", choice=False)
    if e <= 0:
        raise InputError(f"epsilon_insensitive: epsilon is {format_fraction(e)}; give a number > 0 (absolute is the one with 0)")
    return PiecewiseQuadratic([-e, e], [(0, -1, -e), (0, 0, 0), (0, 1, -e)])


Loss = PiecewiseQuadratic | Logistic
"""What a problem can have."""

RowLoss = Convex | LogisticRow
"""The loss of one row, times its weight, as a function of its fit."""

NAMED: dict[str, Loss] = {
    "squared": squared,
    "absolute": absolute,
    "hinge": hinge,
    "squared_hinge": squared_hinge,
    "logistic": logistic,
}
"""The losses without a parameter, by name."""

FAMILIES: dict[str, tuple[Callable[[object], PiecewiseQuadratic], str]] = {
    "huber": (huber, "huber(1)"),
    "quantile": (quantile, "quantile(1/4)"),
    "epsilon_insensitive": (epsilon_insensitive, "epsilon_insensitive(1/10)"),
}
"""The losses with a parameter: how one is made, and an example."""

_CALL = re.compile(r"([a-z_]+)\s*(?:\((.*)\))?")


def to_loss(loss: object, where: str = "loss") -> Loss:
    """Return the loss that a caller means by a name, an object, or a mapping with breakpoints, pieces and what it is of.

    >>> to_loss("quantile(1/4)") == quantile("1/4")
    True
    >>> to_loss("huber")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: loss: 'huber' has a parameter; write for example huber(1)
    """
    if isinstance(loss, Loss):
        return loss
    if isinstance(loss, Mapping) and {"breakpoints", "pieces"} <= set(loss) <= {"breakpoints", "pieces", "of"}:
        return PiecewiseQuadratic(**loss)
    known = ", ".join([*NAMED, *(example for _, example in FAMILIES.values())])
    call = _CALL.fullmatch(loss.strip()) if isinstance(loss, str) else None
    name, parameter = call.groups() if call else ("", None)
    if name in NAMED:
        if parameter is not None:
            raise InputError(f"{where}: {name!r} has no parameter; write {name}")
        return NAMED[name]
    if name in FAMILIES:
        make, example = FAMILIES[name]
        if parameter is None:
            raise InputError(f"{where}: {name!r} has a parameter; write for example {example}")
        return make(parameter)
    raise InputError(f"{where}: {loss!r} is no loss; choose one of {known}, or make one with PiecewiseQuadratic")


def with_pieces(loss: RowLoss) -> Convex:
    """Return the loss of a row by its pieces; raises InputError for one that has none."""
    if isinstance(loss, LogisticRow):
        raise InputError("loss: logistic has no pieces; rx.prove_bound and rx.max_penalty take it")
    return loss


def _is(make: Callable[[object], PiecewiseQuadratic], parameter: Fraction, loss: PiecewiseQuadratic) -> bool:
    try:
        return make(parameter) == loss
    except InputError:
        return False
