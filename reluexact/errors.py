"""What can go wrong, one class per thing that a caller can do about it.

Every message says what is wrong, where, and what cures it. All classes survive pickling, because they may cross a process border.
"""

from __future__ import annotations

from reluexact.messages import Argument, Cure, Limit, Message, fixed, limit_of, message_of

__all__ = [
    "Argument",
    "CertificateError",
    "Cure",
    "InputError",
    "Limit",
    "LimitReached",
    "Message",
    "MissingDependency",
    "ReluExactError",
    "WorkersLost",
    "fixed",
    "limit_of",
    "message_of",
]


class ReluExactError(Exception):
    """Base of every error that reluexact raises on purpose."""

    @property
    def message(self) -> Message:
        """Return the text with its parts, as it was raised."""
        return message_of(self)


class InputError(ReluExactError, ValueError):
    """The caller's data or option cannot be used; the message names the place and the cure."""


class LimitReached(ReluExactError):
    """A limit that the caller set, or a documented default, stopped the work before it was done.

    ``stopped_by`` is the limit of the message. ``count`` and ``limit`` are its two numbers: what is needed or was reached, and
    what is allowed. ``bounds`` are the best bounds of the optimal value that are proved, a claim as that of
    :func:`reluexact.prove_bound`; None where the work was not about it.

    >>> str(LimitReached(count=10, limit=5))
    'stopped by a limit: 10 needed or reached, 5 allowed'
    >>> stop = LimitReached(Message("too many cells", Cure("raise ", Argument("limit")), limit=Limit(counted="cells", value=5)))
    >>> str(stop), stop.limit, stop.stopped_by.argument
    ('too many cells; raise limit=', 5, 'limit')
    """

    def __init__(self, message: str = "", *, count: object = None, limit: object = None, bounds: object = None) -> None:
        super().__init__(message or f"stopped by a limit: {count} needed or reached, {limit} allowed")
        self.stopped_by = limit_of(message)
        if self.stopped_by is not None:
            count, limit = self.stopped_by.reached, self.stopped_by.value
        self.count = count
        self.limit = limit
        self.bounds = bounds


class WorkersLost(ReluExactError):
    """Workers of a ``map`` died, or the program that hands out their work is gone; the cause is what it said.

    ``bounds`` are the best bounds of the optimal value that are proved by then, as those of LimitReached.
    """

    def __init__(self, message: str, bounds: object = None) -> None:
        super().__init__(message)
        self.bounds = bounds

    def __reduce__(self) -> tuple[type[WorkersLost], tuple[object, ...]]:
        return type(self), (self.args[0], self.bounds)


class CertificateError(ReluExactError):
    """A certificate is malformed or does not prove its statement; ``path`` points into the document.

    >>> str(CertificateError("$.evidence.residual[3]", "expected a rational string, got 0.5"))
    '$.evidence.residual[3]: expected a rational string, got 0.5'
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class MissingDependency(ReluExactError):
    """An optional part is not installed.

    >>> str(MissingDependency("dask", "pip install 'reluexact[dask]'"))
    "dask is not installed; the cure is: pip install 'reluexact[dask]'"
    """

    def __init__(self, package: str, cure: str) -> None:
        super().__init__(package, cure)
        self.package = package
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.package} is not installed; the cure is: {self.cure}"
