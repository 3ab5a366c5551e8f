"""Derivatives of a proved optimum, from the linearised KKT equations at its solution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from reluexact.errors import InputError
from reluexact.kinds.optimum.certified import certified_point
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.plain import plain_optimum
from reluexact.kinds.sensitivity.claim import Derivative, Sensitivity
from reluexact.kinds.sensitivity.numbers import PARTS, DerivativeOf, Part, given_row
from reluexact.model.calls import alone
from reluexact.model.problem import Problem
from reluexact.numbers.rational import to_count
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.numbers.scalar import Scalar, Undecided
from reluexact.progress import Progress, Stage, silent
from reluexact.prove.derivatives import Change, Moves, moves, value_move
from reluexact.prove.linearized import Linearized
from reluexact.prove.smooth import Smoothness
from reluexact.search.path_stay import stays

Row = tuple[tuple[int, Fraction], ...]
CHOICES = ("none", "penalty", "all")
LEFT_OUT = "it was not asked for"
CALL = "sensitivity(solve(data, penalty))"


@alone(CALL)
def sensitivity(
    optimum: Optimum | ProblemOptimum | Problem,
    *,
    digits: int = 30,
    entries: bool = True,
    intervals: Literal["none", "penalty", "all"] = "none",
    progress: Progress | None = None,
) -> Sensitivity:
    """Return the derivatives of a proved optimum in the penalty, in every target and in every entry of X.

    optimum: the answer of ``solve``, PROVED; row weights carry over (then rows are those with weights). digits: decimals of the
    derivatives that are proved at once; more come on demand from each number. entries: with False only the value has derivatives
    in X; there are n times d of them. intervals: for ``penalty``, or for it and the targets (``all``), on which intervals the
    structure stays, proved (seconds each for a hundred rows).

    Derivatives follow from the implicit function theorem at the proved solution (Mishkin & Pilanci 2023, "Optimal Sets and
    Solution Paths of ReLU Networks", the sensitivity of minimal networks; walls turn with their rows). They are exact where the
    solution is known exactly, else enclosed. The value has the derivatives sum of amounts in the penalty and theta_i in y_i;
    where the solution itself has a kink, its derivative is None with the reason. Raises InputError for an optimum that is not
    PROVED.

    >>> from reluexact import Dataset, solve
    >>> found = sensitivity(solve(Dataset(X=[[-1, 1], [1, 1]], y=[1, 1]), penalty="1/10"))
    >>> found.penalty.value, found.penalty.weights
    (19/20, ((0, -1/2),))
    >>> found.targets[0].value, found.targets[0].weights, found.entries[0][1].value
    (1/20, ((-19/40, 1/2),), -19/400)
    >>> low, high = sensitivity(found.optimum, intervals="penalty").penalty.stays    # the neuron stays for penalties below 2
    >>> low < Fraction(1, 50), Fraction(39, 20) < high < 2
    (True, True)
    """
    count = to_count(digits, where="digits", most=MAX_DIGITS)
    if intervals not in CHOICES:
        raise InputError(f"intervals: {intervals!r} is none of {', '.join(CHOICES)}")
    plain, report = plain_optimum(optimum, "sensitivity", progress=progress), progress or silent
    point = certified_point(plain)
    report(Stage("derivatives"))
    bits = max(point.bits, 10 * count // 3 + 64)
    while True:
        system = Linearized(point.refined(bits))
        try:
            found = _assembled(plain, system, count, entries=entries)
        except Undecided:
            found = None
        if found is not None and _fine(found, Fraction(1, 10**count)):
            return found if intervals == "none" else _with_intervals(found, system, report, targets=intervals == "all")
        bits += bits // 2


def refined_sensitivity(known: Sensitivity, digits: int) -> Sensitivity:
    """Return the same derivatives to so many decimals; the intervals stay as they are."""
    if digits <= known.digits:
        return known
    asked = known.entries[0][0].reason != LEFT_OUT
    finer = sensitivity(known.optimum, digits=digits, entries=asked)
    pairs = zip(finer.targets, known.targets, strict=True)
    targets = tuple(replace(target, stays=before.stays) for target, before in pairs)
    return replace(finer, penalty=replace(finer.penalty, stays=known.penalty.stays), targets=targets)


def _with_intervals(found: Sensitivity, system: Linearized, report: Progress, *, targets: bool) -> Sensitivity:
    """Add how far the structure stays, where it stays at all."""
    known = [found.penalty, *(found.targets if targets else ())]
    rows: list[Row] = [(), *(given_row(system, i) for i in range(len(found.targets)))]
    done = []
    for count, (derivative, places) in enumerate(zip(known, rows, strict=False)):
        report(Stage("intervals", done=count, total=len(known)))
        done.append(derivative if derivative.reason else replace(derivative, stays=stays(system.point, places)))
    return replace(found, penalty=done[0], targets=tuple(done[1:]) or found.targets)


def _assembled(optimum: Optimum, system: Linearized, digits: int, *, entries: bool) -> Sensitivity:
    data = optimum.data.given
    rows = [given_row(system, i) for i in range(data.n)]
    changes = [Change(), *(Change(row) for row in rows), *(Change(row, j) for row in rows for j in range(data.d))]
    smooth = Smoothness(system)
    reasons = [smooth.reason(change) if entries or change.column is None else LEFT_OUT for change in changes]
    answers = iter(moves(system, [change for change, reason in zip(changes, reasons, strict=True) if not reason]))
    found = [
        _derivative(smooth, data.n, change, next(answers), name) if not reason else _none(smooth, change, reason, name)
        for change, reason, name in zip(changes, reasons, _names(data.n, data.d), strict=False)
    ]
    first, targets, rest = found[0], found[1 : data.n + 1], found[data.n + 1 :]
    return Sensitivity(
        optimum=optimum,
        penalty=first,
        targets=tuple(targets),
        entries=tuple(tuple(rest[i : i + data.d]) for i in range(0, len(rest), data.d)),
        features=system.features,
        matrix=tuple(tuple(map(Real.of_scalar, row)) for row in system.matrix),
        push=tuple(Real.of_scalar(entry) for block in system.blocks for entry in block.along)
        + (Real.rational(0),) * len(system.lineality),
        digits=digits,
    )


def _names(n: int, d: int) -> Iterator[str]:
    yield "penalty"
    yield from (f"y[{i}]" for i in range(n))
    yield from (f"X[{i}][{j}]" for i in range(n) for j in range(d))


def _value(smooth: Smoothness, change: Change) -> tuple[Real | None, str]:
    reason = smooth.value_reason(change)
    if reason:
        return None, reason
    origin = DerivativeOf(point=smooth.system.point, change=change, part=("value", 0, 0))
    return Real.of_scalar(value_move(smooth.system, change), origin), ""


def _none(smooth: Smoothness, change: Change, reason: str, name: str) -> Derivative:
    value, why = _value(smooth, change)
    return Derivative(of=name, value=value, fit=None, reason=reason, value_reason=why)


def _derivative(smooth: Smoothness, n: int, change: Change, moved: Moves, name: str) -> Derivative:
    system = smooth.system

    def real(part: Part) -> Real:
        number: Scalar = PARTS[part[0]](system, moved, *part[1:])
        return Real.of_scalar(number, DerivativeOf(point=system.point, change=change, part=part))

    value, why = _value(smooth, change)
    neurons, d = system.point.neurons, system.point.kkt.program.data.d
    known = [neuron.role == "free" or moved.partners is not None for neuron in neurons]
    places = range(len(neurons))
    return Derivative(
        of=name,
        value=value,
        fit=tuple(real(("fit", i, 0)) for i in range(n)),
        directions=tuple(tuple(real(("direction", k, j)) for j in range(d)) for k in places),
        amounts=tuple(real(("amount", k, 0)) if known[k] else None for k in places),
        weights=tuple(tuple(real(("weight", k, j)) for j in range(d)) if known[k] else None for k in places),
        totals=tuple(real(("total", k, 0)) for k in places),
        value_reason=why,
    )


def _fine(found: Sensitivity, goal: Fraction) -> bool:
    """Say whether all enclosures are as narrow as asked."""
    return all(
        number is None or number.radical is not None or number.high - number.low <= goal
        for known in (found.penalty, *found.targets, *(entry for row in found.entries for entry in row))
        for group in ((known.value,), known.fit or (), *known.directions, known.amounts, *known.weights, known.totals)
        for number in group or ()
    )
