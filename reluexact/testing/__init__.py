"""Tests of solvers that others wrote, against proved optima: ``rx.testing``.

:func:`assert_optimal` fails with the reasons why a network is above the optimum, :func:`shrink` makes an instance on which
something fails small, and the plugin of pytest gives every instance of the bank to a test that asks for ``reluexact_instance``.
Loading this loads nothing else.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reluexact.testing.optimality import NotDecided, NotOptimal, assert_optimal
    from reluexact.testing.shrinking import shrink

__all__ = ["NotDecided", "NotOptimal", "assert_optimal", "shrink"]

_HOMES = {
    "NotDecided": "reluexact.testing.optimality",
    "NotOptimal": "reluexact.testing.optimality",
    "assert_optimal": "reluexact.testing.optimality",
    "shrink": "reluexact.testing.shrinking",
}


def __getattr__(name: str) -> object:
    """Import a name when it is used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'reluexact.testing' has no attribute {name!r}")
    found: object = getattr(__import__(_HOMES[name], fromlist=(name,)), name)
    return found


def __dir__() -> list[str]:
    """List what there is to use."""
    return __all__
