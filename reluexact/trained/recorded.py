"""What a trainer recorded, against what its network and the given rows make: a guard against rows and columns that are others."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from typing import Any

from reluexact.errors import InputError
from reluexact.trained.claim import Trained

CLOSE = Fraction(1, 10**6)
"""Floats of one sum in two orders differ by less than this share; it decides no more than that rows are asked for again."""


def require_same_names(model: Any, X: object) -> None:
    """Raise InputError where a frame has its columns in another order than the one that a model was fitted to."""
    fitted, given = getattr(model, "feature_names_in_", None), getattr(X, "columns", None)
    if fitted is None or given is None or [*map(str, fitted)] == [*map(str, given)]:
        return
    raise InputError(
        f"X: its columns are {', '.join(map(str, given))}, but the model was fitted to {', '.join(map(str, fitted))}"
    )


def require_recorded_loss(found: Trained, recorded: float) -> Trained:
    """Return what was read; InputError unless the trainer recorded about the loss that it has on these rows."""
    own, known = found.own_loss, Fraction(recorded) if isfinite(recorded) else None
    if known is not None and abs(own - known) > CLOSE * max(abs(own), abs(known), CLOSE):
        raise InputError(
            f"X, y: on these rows the loss of the model is {float(own):.6g}, but training ended with {recorded:.6g}; give the "
            "rows that it was fitted to, all of them, with their columns in the same order (and sample_weight, if there was one)"
        )
    return found
