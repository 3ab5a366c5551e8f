"""What is shown of a cross-validation: names with values, and the JSON object."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.numbers.decimals import rounded_text
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import PLACES, data_json, named_data
from reluexact.terminal.text import exact, proved, real_json

if TYPE_CHECKING:
    from reluexact.kinds.cross_validation.claim import CrossValidation

DIGITS = 9


def cross_validation_pairs(found: CrossValidation, name: str) -> list[tuple[str, str]]:
    """Return the lines that are shown."""
    decided = found.status is Status.PROVED
    status = "PROVED: every penalty of least error lies in these intervals"
    pairs = [("data", named_data(found.data, name)), ("folds", _folds(found))]
    pairs.append(("penalties", f"all from {exact(found.low) or format_fraction(found.low)} on"))
    pairs.append(("status", status if decided else Message(f"{found.status.name}: ", found.reason)))
    pairs += [("best penalty" if not k else "", _part(*part)) for k, part in enumerate(found.best)]
    if found.best[0][0] == found.low:
        pairs.append(("", "the lowest penalty is among them: lower ones, which are not looked at, may be better"))
    return [*pairs, ("error", f"{proved(found.error, PLACES)}, the mean squared error of predictions")]


def _folds(found: CrossValidation) -> str:
    count = max(found.folds) + 1
    return f"{count}, one for each row (leave-one-out)" if count == len(found.folds) else str(count)


def _part(low: Fraction, high: Fraction | None) -> str:
    if high is None:
        return f"from {rounded_text(low, DIGITS)} on"
    return f"{rounded_text(low, DIGITS)} to {rounded_text(high, DIGITS)}"


def cross_validation_json(found: CrossValidation) -> dict[str, object]:
    """Return everything that is known."""
    return {
        "data": data_json(found.data),
        "kind": "cross-validation",
        "status": found.status.name,
        "reason": found.reason,
        "folds": list(found.folds),
        "low": format_fraction(found.low),
        "best": [[format_fraction(low), None if high is None else format_fraction(high)] for low, high in found.best],
        "error": real_json(found.error, PLACES),
    }
