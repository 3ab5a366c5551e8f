"""The programs that engines solve and what they answer, in floats: pure data, one pair of records per kind.

An answer of None means that the engine found no point. Nothing here is trusted: whoever asks proves what it needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeVar

import numpy as np

from reluexact.errors import InputError

Bound = tuple[float | None, float | None]
"""The least and the greatest value of a variable; None for none."""
Terms = tuple[tuple[int, float], ...]
"""A sum of variables times factors: (variable, factor) each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConicProgram:
    """The restricted convex program: per block a matrix ``features`` (m x d) and a matrix ``cones`` (hyperplanes x d).

    minimise  1/2 |target - sum_k features_k w_k|^2 + penalty * sum_k |w_k|   over  cones_k w_k >= 0
    """

    target: np.ndarray
    penalty: float
    features: tuple[np.ndarray, ...]
    cones: tuple[np.ndarray, ...]

    def reduced(self) -> tuple[ConicProgram, np.ndarray | None]:
        """Rotate away residual coordinates that no feature reaches; the basis (m x rank) leads back.

        The part of the target outside the basis only adds a constant to the objective.
        """
        width = sum(block.shape[1] for block in self.features)
        if len(self.target) <= width:
            return self, None
        basis = np.linalg.qr(np.hstack(self.features))[0]
        return (
            ConicProgram(
                target=basis.T @ self.target,
                penalty=self.penalty,
                features=tuple(basis.T @ block for block in self.features),
                cones=self.cones,
            ),
            basis,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConicAnswer:
    """Approximate optimum: ``weights`` (blocks x d), the ``residual`` (m) of the dual, and the engine's own word for it."""

    weights: np.ndarray
    residual: np.ndarray
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLoss:
    """A convex piecewise linear-quadratic function of one fit, as steps from an anchor.

    ``fit = anchor + sum direction_k p_k`` with ``0 <= p_k <= length_k`` (p_k free where direction is 0, which counts as 1) costs
    ``sum quadratic_k p_k^2 + linear_k p_k``; length is inf for a step without end.
    """

    anchor: float
    steps: tuple[tuple[int, float, float, float], ...]
    """(direction, length, quadratic, linear)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingProgram:
    """The restricted program of a problem with any loss: n rows, blocks of features (n x d) with cones (hyperplanes x d).

    minimise  sum_i loss_i(f_i) + penalty * sum_k |w_k| + 1/2 sum_j ridge_j g_j^2   over  cones_k w_k >= 0,
    where  f = sum_k features_k w_k + linear g  (linear: n x K)
    """

    losses: tuple[RowLoss, ...]
    penalty: float
    features: tuple[np.ndarray, ...]
    cones: tuple[np.ndarray, ...]
    linear: np.ndarray
    ridge: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingAnswer:
    """Approximate optimum: ``weights`` (blocks x d), ``linear`` (K), and ``theta`` (n), minus the slopes of the losses."""

    weights: np.ndarray
    linear: np.ndarray
    theta: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearProgram:
    """minimise ``cost.x`` over ``rows x <= limits``, ``equations x = right`` and the bounds, one per variable."""

    cost: np.ndarray
    rows: np.ndarray
    limits: np.ndarray
    bounds: Sequence[Bound]
    equations: np.ndarray | None = None
    right: np.ndarray | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearAnswer:
    """A point, and by how much the optimum would change per unit of each limit (not positive)."""

    point: np.ndarray
    marginals: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class QuadraticProgram:
    """minimise ``x.hessian x / 2 + cost.x`` over ``equations x = right`` and ``0 <= x <= upper``; inf for no upper bound."""

    hessian: np.ndarray
    cost: np.ndarray
    equations: np.ndarray
    right: np.ndarray
    upper: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class QuadraticAnswer:
    """A point, with ``hessian x + cost = equations' multipliers + lower - upper`` for the (not negative) prices of the bounds."""

    point: np.ndarray
    multipliers: np.ndarray
    lower: np.ndarray
    upper: np.ndarray


@dataclass(frozen=True, slots=True)
class LeastSquares:
    """minimise ``|matrix x - target|`` over ``x >= 0``."""

    matrix: np.ndarray
    target: np.ndarray


@dataclass(frozen=True, slots=True)
class LeastSquaresAnswer:
    """A point and the length of its error."""

    point: np.ndarray
    error: float


@dataclass(frozen=True, slots=True)
class Linear:
    """``low <= terms <= high``; None for no bound, the same number twice for an equation."""

    terms: Terms
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Implication:
    """``terms <= right`` where the binary variable ``switch`` is 1."""

    switch: int
    terms: Terms
    right: float


@dataclass(frozen=True, slots=True)
class Length:
    """``sqrt(sum of (variable + shift)^2) <= bound``, a variable with a shift itself: (variable, shift) each."""

    parts: Terms
    bound: tuple[int, float]


Constraint = Linear | Implication | Length


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedIntegerProgram:
    """minimise ``cost`` over the bounds, one per variable, and the constraints; the variables in ``binary`` are 0 or 1.

    nodes, seconds: limits of the search; one in seconds makes the answer depend on the machine. tolerance: of feasibility,
    None for the engine's own.
    """

    cost: Terms
    bounds: Sequence[Bound]
    binary: frozenset[int]
    constraints: Sequence[Constraint]
    nodes: int | None = None
    seconds: float | None = None
    tolerance: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedIntegerAnswer:
    """The best point (None: none found), the engine's bounds of the optimum, its word for the end, and the nodes it took."""

    point: np.ndarray | None
    lower: float
    upper: float
    status: str
    nodes: int


P = TypeVar("P", contravariant=True)
A = TypeVar("A", covariant=True)


class Engine(Protocol[P, A]):
    """A solver of one kind of program."""

    @property
    def name(self) -> str:
        """Return what the solver is called, for records of who proposed."""
        ...

    def solve(self, program: P) -> A | None:
        """Return the best point found, None when there is none; raises InputError for numbers that are no floats."""
        ...


class ConicEngine(Engine[ConicProgram, ConicAnswer], Protocol):
    """A solver of the restricted program; ``accuracy`` is the relative accuracy of h that it can be expected to reach."""

    accuracy: float


def require_finite(what: str, *arrays: object) -> None:
    """Raise InputError unless all numbers are finite floats: solvers may hang, or crash, on others.

    >>> require_finite("the linear program", np.array([1.0, np.nan]))
    Traceback (most recent call last):
    reluexact.errors.InputError: the linear program has numbers out of the range of floats: rescale the data
    """
    if not all(np.isfinite(np.asarray(array, dtype=float)).all() for array in arrays):
        raise InputError(f"{what} has numbers out of the range of floats: rescale the data")


def to_floats(values: Iterable[Fraction], *, where: str) -> list[float]:
    """Round exact numbers to floats; raises InputError for those that are too large.

    >>> to_floats([Fraction(1, 2)], where="the fit"), to_floats([Fraction(10) ** 400], where="the fit")
    Traceback (most recent call last):
    reluexact.errors.InputError: the fit has numbers out of the range of floats: rescale the data
    """
    try:
        return [float(value) for value in values]
    except OverflowError:
        raise InputError(f"{where} has numbers out of the range of floats: rescale the data") from None
