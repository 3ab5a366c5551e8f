"""How a proved optimum moves with its problem."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from reluexact.errors import InputError, Message
from reluexact.numbers.combination import combination
from reluexact.numbers.real import Real
from reluexact.numbers.types import Bounds
from reluexact.public import Formula, Pictured, Tabular

if TYPE_CHECKING:
    from reluexact.kinds.optimum.claim import Optimum

Reals = tuple[Real, ...]
ONE = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivative:
    """The derivative of an optimum in one number of its problem, which ``of`` names: ``penalty``, ``y[i]`` or ``X[i][j]``.

    value: of the optimal value. fit: of the fit of every row. Per neuron of the optimum: directions (d entries each), amounts
    ``|w| |a|``, weights (amount times direction, d entries each), totals (the amounts of a neuron and its partner). An amount,
    and the weights with it, is None where several networks are optimal that divide a total differently. Where ``reason`` is not
    empty the solution is not known to have a derivative: fit is None, the lists are empty; likewise value with ``value_reason``.
    stays: an interval of the number, the others fixed, on which the optimum has the same neurons on the same walls, proved; it
    ends short of where that changes. None where it was not asked for.
    """

    of: str
    value: Real | None
    fit: Reals | None
    directions: tuple[Reals, ...] = ()
    amounts: tuple[Real | None, ...] = ()
    weights: tuple[Reals | None, ...] = ()
    totals: Reals = ()
    reason: str = ""
    value_reason: str = ""
    stays: Bounds | None = None

    @property
    def residual(self) -> Reals | None:
        """Return the derivative of the residual, targets minus fit."""
        if self.fit is None:
            return None
        moved = self.of == f"y[{self.of[2:-1]}]"
        return tuple(
            combination([(-ONE, entry), (ONE, Real.rational(int(moved and self.of == f"y[{i}]")))])
            for i, entry in enumerate(self.fit)
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sensitivity(Tabular, Formula, Pictured):
    """The derivatives of a proved optimum: in the penalty, in every target (one per row), in every entry of X (rows of columns).

    features, matrix, push: the linear system behind them, ``J zeta = right``, with one column of ``features`` Z (n entries) per
    unknown zeta, the change of the weights within the spans of their faces and of the linear part of pairs: J = Z'Z +
    blockdiag(b/|w| B'(I - uu')B), right = Z'dy - push db.
    """

    optimum: Optimum
    penalty: Derivative
    targets: tuple[Derivative, ...]
    entries: tuple[tuple[Derivative, ...], ...]
    features: tuple[tuple[Fraction, ...], ...]
    matrix: tuple[Reals, ...]
    push: Reals
    digits: int

    @property
    def leverage(self) -> tuple[Real | None, ...]:
        """Return d fit_i / d y_i for every row, None where the fit has no derivative in that target.

        >>> from reluexact import Dataset, sensitivity, solve
        >>> found = sensitivity(solve(Dataset(X=[[-1, 1], [1, 1]], y=[1, 1]), penalty="1/10"))
        >>> found.leverage, found.degrees_of_freedom
        ((39/40, 39/40), 39/20)
        """
        return tuple(None if target.fit is None else target.fit[i] for i, target in enumerate(self.targets))

    @property
    def degrees_of_freedom(self) -> Real | None:
        """Return the sum of the leverages (Stein's degrees of freedom, up to the variance), None where one is missing."""
        known = [entry for entry in self.leverage if entry is not None]
        return combination([(ONE, entry) for entry in known]) if len(known) == len(self.targets) else None

    @property
    def hat(self) -> tuple[Reals, ...]:
        """Return the matrix d fit_i / d y_j; InputError where a target has no derivative."""
        columns = []
        for target in self.targets:
            if target.fit is None:
                raise InputError(Message(f"the fit has no derivative in {target.of}: ", target.reason))
            columns.append(target.fit)
        return tuple(zip(*columns, strict=True))

    def __repr__(self) -> str:
        """Show the derivative of the value in the penalty, and the degrees of freedom."""
        freedom = self.degrees_of_freedom
        what = f"degrees of freedom {freedom!r}" if freedom is not None else self.penalty.reason or "the fit has kinks in targets"
        return f"Sensitivity(d value / d penalty = {self.penalty.value!r}, {what})"
