"""The one registry of float solvers: which engines there are for which kind of program. They propose; nothing trusts them.

A new engine is a class with ``name`` and ``solve`` (see :class:`program.Engine`) in a file of its own, and a line in ENGINES.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, overload

from reluexact.errors import InputError
from reluexact.propose.engines.clarabel import Clarabel, ClarabelQuadratic
from reluexact.propose.engines.clarabel_training import ClarabelTraining
from reluexact.propose.engines.program import (
    ConicAnswer,
    ConicEngine,
    ConicProgram,
    Engine,
    LeastSquares,
    LeastSquaresAnswer,
    LinearAnswer,
    LinearProgram,
    MixedIntegerAnswer,
    MixedIntegerProgram,
    QuadraticAnswer,
    QuadraticProgram,
    TrainingAnswer,
    TrainingProgram,
)
from reluexact.propose.engines.scip import Scip, ScipMixedInteger
from reluexact.propose.engines.scipy import Highs, NonNegative

__all__ = ["ENGINES", "ConicAnswer", "ConicEngine", "ConicProgram", "engine"]

ENGINES: dict[str, dict[str, Callable[[], Any]]] = {
    "conic": {"clarabel": Clarabel, "scip": Scip},
    "training": {"clarabel": ClarabelTraining},
    "linear": {"highs": Highs, "highs-ds": lambda: Highs("highs-ds"), "highs-fine": lambda: Highs("highs-ds", 1e-10)},
    "quadratic": {"clarabel": ClarabelQuadratic},
    "least-squares": {"scipy": NonNegative},
    "mixed-integer": {"scip": ScipMixedInteger},
}
"""Per kind of program the engines by name, the default first; calling one loads its package."""


@overload
def engine(kind: Literal["conic"], name: str | None = None) -> ConicEngine: ...
@overload
def engine(kind: Literal["training"], name: str | None = None) -> Engine[TrainingProgram, TrainingAnswer]: ...
@overload
def engine(kind: Literal["linear"], name: str | None = None) -> Engine[LinearProgram, LinearAnswer]: ...
@overload
def engine(kind: Literal["quadratic"], name: str | None = None) -> Engine[QuadraticProgram, QuadraticAnswer]: ...
@overload
def engine(kind: Literal["least-squares"], name: str | None = None) -> Engine[LeastSquares, LeastSquaresAnswer]: ...
@overload
def engine(kind: Literal["mixed-integer"], name: str | None = None) -> Engine[MixedIntegerProgram, MixedIntegerAnswer]: ...
def engine(kind: str, name: str | None = None) -> Any:
    """Return an engine for a kind of program, the default one without a name.

    Raises InputError for an unknown kind or engine, MissingDependency where its package is not installed.

    >>> engine("conic").name, engine("linear", "highs-ds").name
    ('clarabel', 'highs-ds')
    >>> engine("conic", "abacus")
    Traceback (most recent call last):
    reluexact.errors.InputError: unknown engine 'abacus'; choose one of clarabel, scip
    """
    engines = _chosen(ENGINES, kind, "kind of program")
    return (next(iter(engines.values())) if name is None else _chosen(engines, name, "engine"))()


def _chosen(table: Mapping[str, Any], name: object, what: str) -> Any:
    if not isinstance(name, str) or name not in table:
        raise InputError(f"unknown {what} {name!r}; choose one of {', '.join(sorted(table))}")
    return table[name]
