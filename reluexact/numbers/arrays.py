"""Numbers and arrays of numpy, as callers give them: recognised and read without loading numpy for those who give none."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType


def is_truth_value(value: object) -> bool:
    """Say whether a value is a truth value of Python or numpy.

    >>> import numpy
    >>> is_truth_value(False), is_truth_value(numpy.True_), is_truth_value(1)
    (True, True, False)
    """
    return isinstance(value, bool) or is_numpy(value, "bool_")


def is_numpy(value: object, kind: str) -> bool:
    """Say whether a value is an instance of a class of numpy; where numpy is not loaded, nothing is.

    >>> import numpy
    >>> is_numpy(numpy.float32(2), "floating"), is_numpy(2.0, "floating")
    (True, False)
    """
    return isinstance(value, getattr(sys.modules.get("numpy"), kind, ()))


def numpy() -> ModuleType:
    """Return numpy, loaded on use."""
    return import_module("numpy")
