"""A feasible point of a bounded system, or a proof that there is none: phase 1 of the simplex method in exact real numbers.

There are no artificial variables: with enclosures nobody could decide that one is 0. The sum of infeasibilities falls, from any
nonsingular basis on. It runs on the lexicographically perturbed bounds of :mod:`reluexact.geometry.tableau`, where every step
improves strictly, so no label comes back and the method ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from reluexact.budget import check
from reluexact.errors import InputError
from reluexact.geometry.elimination import ONE, ZERO, eliminate
from reluexact.geometry.polytope import BasicPoint, BoundedSystem, Label, basic_point
from reluexact.geometry.tableau import Tableaus, edge_key, engine, nonbasic, without
from reluexact.numbers.scalar import Scalar, Undecided

Break = tuple[list[Scalar], Scalar, Label]
"""A distance by powers of the infinitesimal, the positive rate at which it is covered, and the label at its end."""
Wrong = tuple[list[int], list[int]]
"""The positions of the basic variables below their lower bound, and of those above their upper bound."""


def feasible_point(system: BoundedSystem) -> BasicPoint | None:
    """Return a vertex of the polytope; None: proved to be empty. The equations must be independent.

    >>> system = BoundedSystem.of([[1], [1]], [3], [1, 1])
    >>> feasible_point(system) is None
    True
    """
    label = feasible_label(system)
    return None if label is None else basic_point(system, *label)


def feasible_label(system: BoundedSystem) -> Label | None:
    """Return the label of a vertex of the perturbed polytope; None: proved to be empty.

    >>> feasible_label(BoundedSystem.of([[1], [1]], [1], [None, None]))
    ((0,), ())
    """
    return _start(system)


@lru_cache(maxsize=4)
def _start(system: BoundedSystem) -> Label | None:
    solver = engine(system)
    if solver.ask(Tableaus.negative_width):
        return None
    label: Label = (solver.ask(_any_basis), ())
    guess = _guess(system, label)
    if guess != label and solver.ask(lambda level: level.tableau(guess[0])) is None:
        guess = label
    final, feasible = solver.ask(lambda level: _phase_one(level, guess))
    return final if feasible else None


def _guess(system: BoundedSystem, label: Label) -> Label:
    """Return where phase 1 ends for the middles of all enclosures: a proposal, found without doubt about any sign."""
    if all(number.low == number.high for number in system.numbers()):
        return label
    middles = Tableaus(system.mapped(lambda number: Scalar.of(number.middle)))
    if middles.negative_width() or middles.tableau(label[0]) is None:
        return label
    return _phase_one(middles, label)[0]


def _any_basis(level: Tableaus) -> tuple[int, ...]:
    rows = level.system.rows()
    pivots = eliminate(rows, range(level.size))
    if len(pivots) < len(rows):
        raise InputError("the equations are dependent; pass the system through independent_rows_only first")
    return tuple(sorted(column for _, column in pivots))


def lowest(rate: Scalar, bound: Scalar | None) -> Scalar | None:
    """Return a lower bound, exact where the sign is known, of ``rate x`` for ``0 <= x <= bound``; None: minus infinity.

    >>> lowest(Scalar.of(-2), Scalar.of(3)).rational, lowest(Scalar.of(2), None).rational, lowest(Scalar.of(-1), None)
    (Fraction(-6, 1), Fraction(0, 1), None)
    """
    try:
        sign = rate.sign()
    except Undecided:
        if bound is None:
            raise
        return Scalar.of(min(rate.low, Fraction(0))) * bound
    if sign >= 0:
        return ZERO
    return None if bound is None else rate * bound


def improving(label: Label, gains: Sequence[Scalar]) -> int | None:
    """Return the nonbasic variable whose move off its bound surely gains most; None: proved that none gains.

    >>> improving(((0,), (2,)), (Scalar.of(9), Scalar.of(1), Scalar.of(-3)))
    2
    """
    best: tuple[Fraction, int] | None = None
    doubt: Undecided | None = None
    for j, gain in enumerate(gains):
        if j in label[0]:
            continue
        forward = -gain if j in label[1] else gain
        try:
            if forward.sign() > 0:
                best = min(best or (Fraction(0), j), (-abs(forward.middle), j))
        except Undecided as error:
            doubt = error
    if best is not None:
        return best[1]
    if doubt is not None:
        raise doubt
    return None


def _phase_one(level: Tableaus, label: Label) -> tuple[Label, bool]:
    """Return a feasible label and True, or a label whose equations prove that there is none and False."""
    while True:
        check()
        wrong = _infeasible(level, label)
        if not wrong[0] and not wrong[1]:
            return label, True
        rates = _infeasibility_rates(level, label, wrong)
        if _proves_empty(level, label, rates, wrong):
            return label, False
        j = improving(label, [-rate for rate in rates])
        if j is None:
            raise Undecided("phase 1 neither finds a point nor proves that there is none")
        label = _first_break(level, label, j, wrong)


def _infeasible(level: Tableaus, label: Label) -> Wrong:
    """Return the positions of the basic variables below their lower and above their upper bound."""
    values = level.values(label)
    below = [k for k, value in enumerate(values) if level.slack_sign(label, k, value, high=False) < 0]
    above = [
        k
        for k, i in enumerate(label[0])
        if level.system.upper[i] is not None and level.slack_sign(label, k, values[k], high=True) < 0
    ]
    return below, above


def _infeasibility_rates(level: Tableaus, label: Label, wrong: Wrong) -> list[Scalar]:
    """Return by how much the sum of infeasibilities grows with each nonbasic variable (0 for basic ones)."""
    rows = level.solved(label[0]).rows
    rates = [ZERO] * level.size
    for j in nonbasic(level.system, label):
        for k in wrong[0]:
            rates[j] = rates[j] + rows[k][j]
        for k in wrong[1]:
            rates[j] = rates[j] - rows[k][j]
    return rates


def _proves_empty(level: Tableaus, label: Label, rates: list[Scalar], wrong: Wrong) -> bool:
    """Say whether one combination of the equations cannot hold within the bounds (a Farkas proof).

    The rows below minus the rows above read: x_below - x_above + rates . x_nonbasic = their right-hand sides.
    """
    rows = level.solved(label[0]).rows
    distance = ZERO
    for k in wrong[0]:
        distance = distance - rows[k][-1]
    for k in wrong[1]:
        distance = distance + rows[k][-1] - level.system.bound(label[0][k])
    try:
        for j in nonbasic(level.system, label):
            least = lowest(rates[j], level.system.upper[j])
            if least is None:
                return False
            distance = distance + least
        return distance.sign() > 0
    except Undecided:
        return False


def _first_break(level: Tableaus, label: Label, j: int, wrong: Wrong) -> Label:
    """Move nonbasic j off its bound until the first basic variable reaches a bound, in the perturbed order."""
    down = j in label[1]
    key = edge_key(label, j)
    breaks: list[Break] = []
    for k, (i, row) in enumerate(zip(label[0], level.solved(label[0]).rows, strict=True)):
        rate = row[j] if down else -row[j]
        sign = rate.sign()
        high = (sign > 0) if k not in wrong[0] + wrong[1] else k in wrong[1]
        if not sign or (k in wrong[0] and sign < 0) or (k in wrong[1] and sign > 0) or (high and level.system.upper[i] is None):
            continue
        terms = level.slack_terms(label, k, high=high)
        distance = [-term for term in terms] if k in wrong[0] + wrong[1] else terms
        breaks.append((distance, rate if sign > 0 else -rate, without(key, i, high=high)))
    bound = level.system.upper[j]
    if bound is not None:
        width = [bound] + [ZERO] * (2 * level.size)
        width[1 + j] = width[1 + level.size + j] = ONE
        breaks.append((width, ONE, without(key, j, high=not down)))
    first = breaks[0]
    for other in breaks[1:]:
        first = other if _sooner(other, first) else first
    return first[2]


def _sooner(one: Break, other: Break) -> bool:
    """Say whether one distance divided by its rate is below another, comparing powers of the infinitesimal in turn."""
    for left, right in zip(one[0], other[0], strict=True):
        sign = (left * other[1] - right * one[1]).sign()
        if sign:
            return sign < 0
    raise ArithmeticError("two perturbed bounds are reached at once")
