"""The penalties of the least cross-validation error, proved over the whole path."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from reluexact.errors import Message
from reluexact.evidence.path import PathEvidence
from reluexact.evidence.status import Status
from reluexact.model.dataset import Dataset
from reluexact.numbers.counts import counted
from reluexact.numbers.decimals import rounded_text
from reluexact.numbers.real import Real
from reluexact.public import Pictured, Tabular, public

DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CrossValidation(Tabular, Pictured):
    """The cross-validation error as a function of the penalty, and where it is least.

    The error at a penalty is the mean over all rows of ``(y_i - f(x_i))^2``, f the optimum over the rows of other folds. folds:
    the fold of each row. low: the least penalty that is looked at. best: intervals of penalties (the end None: infinity) that
    hold every penalty of least error from ``low`` on; elsewhere the error is larger, proved. error: the least error.
    status: UNDECIDED with the reason where some path has gaps that may hold a better penalty. evidence: the paths of the folds.
    """

    data: Dataset
    folds: tuple[int, ...]
    low: Fraction
    status: Status
    reason: Message
    best: tuple[tuple[Fraction, Fraction | None], ...]
    error: Real
    evidence: tuple[PathEvidence, ...] = field(repr=False)

    @property
    def penalty(self) -> Fraction:
        """Return a penalty of nearly least error: inside of the first interval of ``best``."""
        low, high = self.best[0]
        return low if high is None else (low + high) / 2

    def error_at(self, penalty: object) -> Real:
        """Return the error at a penalty from ``low`` on, enclosed."""
        found: Real = public("cross_validation_error")(self, penalty)
        return found

    def __repr__(self) -> str:
        """Show the first interval and the error."""
        low, high = self.best[0]
        where = f"[{rounded_text(low, DIGITS)}, {'infinity' if high is None else rounded_text(high, DIGITS)}]"
        more = f" and {counted(len(self.best) - 1, 'interval')} more" if len(self.best) > 1 else ""
        return f"CrossValidation({self.status.name}, best penalty in {where}{more}, error={self.error!r})"
