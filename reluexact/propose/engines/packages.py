"""What every engine shares about the package behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reluexact.errors import MissingDependency


@contextmanager
def needed(package: str) -> Iterator[None]:
    """Turn the ImportError of a missing package into MissingDependency, which has the cure.

    >>> with needed("abacus"):
    ...     import abacus
    Traceback (most recent call last):
    reluexact.errors.MissingDependency: abacus is not installed; the cure is: pip install abacus
    """
    try:
        yield
    except ImportError as error:
        raise MissingDependency(package, f"pip install {package}") from error
