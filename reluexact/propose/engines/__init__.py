"""Float solvers for the restricted convex program, one module each."""

from __future__ import annotations

from collections.abc import Callable

from reluexact.errors import InputError
from reluexact.propose.engines.clarabel import Clarabel
from reluexact.propose.engines.program import Engine, Program, Solution
from reluexact.propose.engines.scip import Scip

__all__ = ["ENGINES", "Engine", "Program", "Solution", "engine_named"]

ENGINES: dict[str, Callable[[], Engine]] = {"clarabel": Clarabel, "scip": Scip}


def engine_named(name: str) -> Engine:
    """Return the engine of that name; raises InputError for an unknown one, MissingDependency where it is not installed.

    >>> engine_named("clarabel").name
    'clarabel'
    >>> engine_named("abacus")
    Traceback (most recent call last):
    reluexact.errors.InputError: unknown engine 'abacus'; choose one of clarabel, scip
    """
    if not isinstance(name, str) or name not in ENGINES:
        raise InputError(f"unknown engine {name!r}; choose one of {', '.join(sorted(ENGINES))}")
    return ENGINES[name]()
