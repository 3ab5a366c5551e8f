"""Functions of a data set: a call with X and y in its place is answered with the right one."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.model.problem import Problem

F = TypeVar("F", bound=Callable[..., Any])


def of_data(call: str) -> Callable[[F], F]:
    """Return a decorator: arguments that do not fit, of which the first is no data set, are an InputError that shows ``call``.

    >>> @of_data("size(Dataset(X, y))")
    ... def size(data, *, limit=1):
    ...     return data.n
    >>> size([[1], [2]], [1, 2])
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: data: a list is not a Dataset; make one with Dataset(X, y) or Dataset.read(path), as in \
size(Dataset(X, y))
    """

    def decorated(function: F) -> F:
        signature = inspect.signature(function)

        @wraps(function)
        def checked(*given: Any, **options: Any) -> Any:
            try:
                signature.bind(*given, **options)
            except TypeError:
                first = given[0] if given else options.get("X", options.get("data"))
                if first is not None and not isinstance(first, Dataset | Problem):
                    require_dataset(first, call)
            return function(*given, **options)  # which says itself what else does not fit

        return checked  # type: ignore[return-value]  # the same signature

    return decorated


def alone(call: str) -> Callable[[F], F]:
    """Return a decorator: a second argument beside the one that holds everything is an InputError that shows ``call``.

    >>> @alone("size(problem)")
    ... def size(problem, *, limit=1):
    ...     return problem
    >>> size([1], 2)
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: size takes a list alone, 2 arguments are given; data and penalty are in it already, as in \
size(problem)
    """

    def decorated(function: F) -> F:
        @wraps(function)
        def checked(*given: Any, **options: Any) -> Any:
            if len(given) > 1:
                raise InputError(
                    f"{function.__name__} takes a {type(given[0]).__name__} alone, {len(given)} arguments are given; "
                    f"data and penalty are in it already, as in {call}"
                )
            return function(*given, **options)

        return checked  # type: ignore[return-value]  # the same signature

    return decorated
