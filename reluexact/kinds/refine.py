"""More digits of numbers and claims, from the evidence that they hold; all of it is proved again over a smaller box."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from reluexact.errors import InputError, LimitReached
from reluexact.evidence.network import ProvedNetwork
from reluexact.kinds.minimum_network.find import amount_at_places
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.find import refined_set
from reluexact.kinds.optimal_set.find_vertices import amount_at_vertex
from reluexact.kinds.optimal_set.vertex import AmountAtPlaces, AmountAtVertex
from reluexact.kinds.optimum.assemble import refined_optimum
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_assemble import refined_problem_optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.sensitivity.claim import Derivative, Sensitivity
from reluexact.kinds.sensitivity.find import refined_sensitivity
from reluexact.kinds.sensitivity.numbers import DerivativeOf, derivative_at
from reluexact.kinds.solution_path.origin import EventPenalty
from reluexact.model.misplaced import named
from reluexact.numbers.arithmetic import Combination, Operation
from reluexact.numbers.intervals import Interval
from reluexact.numbers.rational import to_count
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.numbers.types import Bounds
from reluexact.prove.assemble import value_bounds
from reluexact.prove.certified import CertifiedPoint, refined_box
from reluexact.prove.identities import residual_forms
from reluexact.prove.origin import Objective
from reluexact.prove.rebuild import rebuilt
from reluexact.prove.value import dual_value

C = TypeVar("C")
Proved = CertifiedPoint | ProvedNetwork


def refine(claim: C, digits: int) -> C:
    """Return the same number, or the same claim with its numbers, to so many decimals.

    Optima are proved again over a smaller box, an OptimalSet with its own, so that they can be saved and checked as before; of
    other claims the numbers of their own are refined. Raises LimitReached for a number of which no evidence gives more digits,
    and InputError for what has none.

    >>> from reluexact import Dataset, solve
    >>> optimum = solve(Dataset(X=[[1, 0], [1, 1]], y=[1, 3]), penalty=1, digits=5)
    >>> finer = refine(optimum.value, 100)
    >>> finer.high - finer.low <= Fraction(1, 10**100), refine(optimum, 40).digits
    (True, 40)
    """
    count = to_count(digits, where="digits")
    refined: object
    if isinstance(claim, Real):
        refined = _real(claim, count)
    elif isinstance(claim, Optimum):
        refined = refined_optimum(claim, to_count(count, where="digits", most=MAX_DIGITS))
    elif isinstance(claim, ProblemOptimum):
        refined = refined_problem_optimum(claim, to_count(count, where="digits", most=MAX_DIGITS))
    elif isinstance(claim, Sensitivity):
        refined = refined_sensitivity(claim, to_count(count, where="digits", most=MAX_DIGITS))
    elif isinstance(claim, Derivative):
        raise InputError("refine: pass a number of the derivative, or the sensitivity that it is of")
    elif isinstance(claim, OptimalSet):
        refined = _set(claim, to_count(count, where="digits", most=MAX_DIGITS))
    elif is_dataclass(claim) and not isinstance(claim, type) and _has_numbers(claim):
        refined = _parts(claim, count)
    else:
        raise InputError(f"refine: {named(claim)} has no digits; pass a claim or a number of one")
    return refined  # type: ignore[return-value]  # each branch returns what it was given, finer


def _real(value: Real, digits: int) -> Real:
    stored = value.stored(digits)
    if stored is not None:
        return stored
    low, high = _enclosed(value.origin, digits)
    return replace(value, low=max(low, value.low), high=min(high, value.high))


def _enclosed(origin: object, digits: int) -> Bounds:
    """Return bounds at most 10^-digits apart of the number with this origin."""
    if isinstance(origin, Combination | Operation | EventPenalty):
        return origin.enclosed(digits)
    if isinstance(origin, Objective):
        return _finer(origin.point, digits, 32, _objective)
    if isinstance(origin, AmountAtVertex):
        return _finer(origin.point, digits, 64, lambda point, bits: amount_at_vertex(origin, point.refined(bits)))
    if isinstance(origin, AmountAtPlaces):
        return _finer(origin.point, digits, 64, lambda point, bits: amount_at_places(origin, point.refined(bits)))
    if isinstance(origin, DerivativeOf):
        return _finer(origin.point, digits, 64, lambda _, bits: derivative_at(origin, bits))
    raise LimitReached(f"nothing computes more digits of a number from {named(origin)}")


def _objective(point: CertifiedPoint, bits: int) -> Interval:
    if point.kkt.program.problem is not None:
        value = dual_value(point.refined(bits))
        return Interval(low=value.low, high=value.high)
    return value_bounds(residual_forms(point.kkt, refined_box(point.kkt, point.box, bits)))


class _Bounds(Protocol):
    @property
    def low(self) -> Fraction: ...
    @property
    def high(self) -> Fraction: ...


def _finer(proved: Proved, digits: int, spare: int, number: Callable[[CertifiedPoint, int], _Bounds]) -> Bounds:
    """Enclose a number of a proved network over smaller and smaller boxes (around one solution: each holds just one)."""
    point = rebuilt(proved) if isinstance(proved, ProvedNetwork) else proved
    bits, goal = max(point.bits, 10 * digits // 3) + spare, Fraction(1, 10**digits)
    while True:
        bounds = number(point, bits)
        if bounds.high - bounds.low <= goal:
            return bounds.low, bounds.high
        bits += max(64, bits // 2)


def _set(best: OptimalSet, digits: int) -> OptimalSet:
    """Refine the optimum of a set, then the amounts of its vertices."""
    finer = refined_set(best, refined_optimum(best.optimum, digits))
    return replace(finer, vertices=tuple(_parts(vertex, digits) for vertex in finer.vertices))


def _has_numbers(claim: Any) -> bool:
    """Say whether a claim has numbers of its own (not only claims that have)."""
    values = [getattr(claim, field.name) for field in fields(claim)]
    return any(
        isinstance(value, Real) or (isinstance(value, tuple) and any(isinstance(e, Real) for e in value)) for value in values
    )


def _parts(claim: Any, digits: int) -> Any:
    """Refine the numbers of a claim itself, also those in tuples; claims inside of it stay as they are."""
    parts: dict[str, object] = {}
    for field in fields(claim):
        value = getattr(claim, field.name)
        if isinstance(value, Real):
            parts[field.name] = _real(value, digits)
        elif isinstance(value, tuple) and value and all(isinstance(entry, Real) for entry in value):
            parts[field.name] = tuple(_real(entry, digits) for entry in value)
    return replace(claim, **parts)
