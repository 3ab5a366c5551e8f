"""What scikit-learn hands over, as the exact numbers that it stands for; which ones, says ``floats``."""

from __future__ import annotations

from decimal import Decimal
from numbers import Number, Rational
from typing import Any

import numpy as np
from sklearn.utils.validation import check_array

from reluexact.model.entries import matrix, vector
from reluexact.numbers.rational import Floats
from reluexact.numbers.types import Matrix, Vector


def exact_rows(X: Any, floats: Floats) -> Matrix:
    """Return the entries of a validated array (n x d): numbers and text as written, truth values as 1 and 0.

    >>> exact_rows(np.array([[True], [False]]), None), exact_rows(np.array([[Decimal("0.5")], ["1/3"]], dtype=object), None)
    (((Fraction(1, 1),), (Fraction(0, 1),)), ((Fraction(1, 2),), (Fraction(1, 3),)))
    """
    return matrix(_readable(X), "X", floats=floats)


def exact_targets(y: Any, floats: Floats) -> Vector:
    """Return the entries of a validated array (n)."""
    return vector(_readable(y), "y", floats=floats)


def row_weights(sample_weight: Any, rows: int, floats: Floats) -> Vector | None:
    """Return one number >= 0 per row, None where all are 1; raises ValueError for what can be no weights of rows.

    >>> row_weights([1, 0.5], 2, "decimal"), row_weights(1, 2, None)
    ((Fraction(1, 1), Fraction(1, 2)), None)
    >>> row_weights([0, 0], 2, None)
    Traceback (most recent call last):
    ...
    ValueError: sample_weight: all weights are zero; sample weights must contain at least one non-zero number
    """
    if sample_weight is None:
        return None
    given = np.full(rows, sample_weight) if isinstance(sample_weight, Number) else sample_weight
    array = check_array(given, ensure_2d=False, dtype=None, input_name="sample_weight")
    if array.shape != (rows,):
        raise ValueError(f"sample_weight: its shape is {array.shape}, but X has {rows} rows; give one weight per row")
    weights = vector(_readable(array), "sample_weight", floats=floats)
    for i, weight in enumerate(weights):
        if weight < 0:
            raise ValueError(f"sample_weight[{i}]: {weight} is negative; weights are at least 0")
    if not any(weights):
        raise ValueError("sample_weight: all weights are zero; sample weights must contain at least one non-zero number")
    return None if all(weight == 1 for weight in weights) else weights


def _readable(array: Any) -> Any:
    """Return an array, or lists of entries, that the readers of numbers take."""
    if array.dtype.kind == "b":
        return array.astype(np.int8)
    if array.dtype.kind != "O":
        return array
    entries = np.array([_entry(entry) for entry in array.ravel()], dtype=object)
    return entries.reshape(array.shape).tolist()


def _entry(entry: Any) -> Any:
    """Return an exact number as it is, a truth value as an integer, and anything else as the float that it converts to."""
    if isinstance(entry, bool | np.bool_):
        return int(entry)
    if isinstance(entry, Rational | Decimal | str | float | np.floating):
        return entry
    return float(entry)
