"""Choosing among all optimal networks: proved minima of linear and convex quadratic criteria over the whole polytope.

Mishkin & Pilanci 2023 tune within the optimal set in the same way, with a float solver.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from reluexact.errors import Argument, Cure, InputError, Message, message_of
from reluexact.evidence.status import Status
from reluexact.geometry.phase_one import feasible_point
from reluexact.geometry.simplex import maximum
from reluexact.kinds.optimal_set.claim import OptimalSet, require_set
from reluexact.kinds.optimal_set.system import AmountSystem
from reluexact.kinds.selection.claim import Selection
from reluexact.kinds.selection.quadratic import Quadratic, minimise
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.model.entries import vector
from reluexact.model.loss import SQUARED
from reluexact.numbers.rational import Floats
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Scalar, Undecided
from reluexact.numbers.scalar_vectors import scalar_dot

ZERO = Scalar.of(0)
Measure = Callable[[Sequence[Scalar], Sequence[Scalar]], Scalar]
Found = tuple[Scalar, tuple[Scalar, ...], bool | None]


def least_norm(best: OptimalSet) -> Selection:
    """Choose the amounts of least Euclidean norm; the value is the sum of their squares.

    It spreads the weight over many neurons: the opposite of a sparse network.

    >>> from reluexact.kinds.optimal_set.find import optimal_set
    >>> from reluexact.kinds.optimum.find import solve
    >>> toy = Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
    >>> least_norm(optimal_set(solve(toy, penalty="1/10"))).amounts
    (19/60, 19/60, 19/60)
    """
    require_set(best)
    system = _system(best)
    identity = tuple(tuple(Scalar.of(int(j == k)) for k in range(len(best.neurons))) for j in range(len(best.neurons)))
    return _answer(
        "the sum of the squared amounts", lambda: _least_squares(system, identity, (ZERO,) * len(best.neurons), _square)
    )


def least_loss(best: OptimalSet, validation: Dataset) -> Selection:
    """Choose an optimal network of least squared error on other data; the value is ``1/2 |prediction - y|^2``.

    validation: rows with as many columns as the training data (with the column of ones when there is a bias). Where all
    freedom is that of pairs {u, -u}, all optimal networks are one function, and the amounts of the first vertex are given.
    """
    require_set(best)
    require_dataset(validation, "least_loss(best, Dataset(X, y))")
    if validation.d != best.optimum.data.d:
        text = f"the validation data has {validation.d} columns, the training data {best.optimum.data.d}"
        raise InputError(Message(text, Cure("did you mean ", Argument("bias", True), "?")))
    rows = tuple(tuple(_output(neuron.sign, row, neuron.direction) for neuron in best.neurons) for row in validation.X)
    targets = tuple(Scalar.of(target) for target in validation.y)
    system, criterion = _system(best), "half the squared error on the validation data"
    if _one_function(system):
        return _answer(criterion, lambda: _any_network(best, system, rows, targets))
    return _answer(criterion, lambda: _least_squares(system, rows, targets, SQUARED.scalar_value))


def extreme(best: OptimalSet, direction: object, *, floats: Floats = None) -> Selection:
    """Choose the optimal network that is farthest in a direction: the greatest ``direction . amounts``.

    direction: one number per optimal neuron. The minimum is the extreme of the opposite direction.
    """
    require_set(best)
    weights = vector(direction, "direction", floats=floats)
    if len(weights) != len(best.neurons):
        raise InputError(f"direction has {len(weights)} entries, expected {len(best.neurons)}, one per optimal neuron")
    system = _system(best)
    return _answer(
        "the inner product with the direction", lambda: _farthest(best, system, tuple(Scalar.of(weight) for weight in weights))
    )


def _system(best: OptimalSet) -> AmountSystem:
    if best.system is None:
        raise InputError(Message("the polytope of amounts is not known: ", best.reason))
    return best.system


def _answer(criterion: str, work: Callable[[], Found | None]) -> Selection:
    """Turn what was found into a claim."""
    try:
        found, reason = work(), Message("no proposal of active neurons passed the proof")
    except Undecided as problem:
        found, reason = None, message_of(problem)
    if found is None:
        return Selection(status=Status.UNDECIDED, reason=reason, criterion=criterion, value=None, amounts=(), unique=None)
    value, amounts, unique = found
    reals = tuple(map(Real.of_scalar, amounts))
    return Selection(
        status=Status.PROVED, reason="", criterion=criterion, value=Real.of_scalar(value), amounts=reals, unique=unique
    )


def _least_squares(
    system: AmountSystem, rows: Sequence[tuple[Scalar, ...]], targets: tuple[Scalar, ...], measure: Measure
) -> Found | None:
    """Minimise ``|rows amounts - targets|^2``; ``measure`` gives the value that is shown for it, a multiple."""
    origin, columns = _affine(system)
    shift = [target - scalar_dot(row, origin) for row, target in zip(rows, targets, strict=True)]
    table = [tuple(scalar_dot(row, column) for row in rows) for column in columns]
    hessian = tuple(tuple(scalar_dot(left, right) for right in table) for left in table)
    found = minimise(system.polytope, Quadratic(hessian=hessian, linear=tuple(scalar_dot(left, tuple(shift)) for left in table)))
    if found is None:
        return None
    amounts = system.amounts(found.point)
    return measure([scalar_dot(row, amounts) for row in rows], targets), amounts, found.unique


def _square(left: Sequence[Scalar], right: Sequence[Scalar]) -> Scalar:
    """Return ``|left - right|^2``."""
    errors = tuple(a - b for a, b in zip(left, right, strict=True))
    return scalar_dot(errors, errors)


def _one_function(system: AmountSystem) -> bool:
    """Say whether every variable is the share of a partner in a pair whose total is fixed.

    Then all optimal networks are the same function of the inputs, not only on the training data: shares x_j change the output at
    x by ``x . sum_j x_j s_j w_j`` times -1, and the equations of the system fix that sum.
    """
    shares = {reading.variable for reading in system.readings if reading.complement}
    return shares == set(range(len(system.polytope.columns)))


def _any_network(
    best: OptimalSet, system: AmountSystem, rows: Sequence[tuple[Scalar, ...]], targets: tuple[Scalar, ...]
) -> Found | None:
    """Evaluate a criterion that is constant on the polytope, at its first vertex."""
    if best.vertices:
        amounts = tuple(amount.scalar for amount in best.vertices[0].amounts)
    else:
        start = feasible_point(system.polytope)
        if start is None:
            return None
        amounts = system.amounts(start.point)
    return SQUARED.scalar_value([scalar_dot(row, amounts) for row in rows], targets), amounts, best.p_unique


def _farthest(best: OptimalSet, system: AmountSystem, weights: tuple[Scalar, ...]) -> Found | None:
    """Maximise ``weights . amounts`` by the exact simplex method."""
    origin, _ = _affine(system)
    found = maximum(system.polytope, tuple(_gain(system, weights, j) for j in range(len(system.polytope.columns))))
    if found is None or not found.attained:
        raise Undecided("two vertices are equally far as far as the enclosures tell")
    return found.value + scalar_dot(weights, origin), system.amounts(found.at.point), _reached_once(best, weights)


def _gain(system: AmountSystem, weights: tuple[Scalar, ...], variable: int) -> Scalar:
    """Return how fast ``weights . amounts`` grows with a variable; partners share one scale, so 0 comes out as 0."""
    total, scale = ZERO, ZERO
    for weight, reading in zip(weights, system.readings, strict=True):
        if reading.variable == variable:
            total, scale = total - weight if reading.complement else total + weight, reading.scale
    return total * scale


def _reached_once(best: OptimalSet, weights: tuple[Scalar, ...]) -> bool | None:
    """Say whether one vertex alone is farthest; None where that is left open."""
    heights = [scalar_dot(weights, tuple(amount.scalar for amount in vertex.amounts)) for vertex in best.vertices]
    if not heights:
        return None
    top = max(heights, key=lambda height: height.low)
    rest = [height for height in heights if height is not top]
    if all(height.high < top.low for height in rest):
        return True
    try:
        signs = [(top - height).sign() for height in rest]
    except Undecided:
        return None
    return True if min(signs) > 0 else False if min(signs) == 0 else None


def _affine(system: AmountSystem) -> tuple[tuple[Scalar, ...], list[tuple[Scalar, ...]]]:
    """Return the amounts at x = 0 and how they change with every variable."""
    size = len(system.polytope.columns)
    columns = [[ZERO] * len(system.readings) for _ in range(size)]
    for k, reading in enumerate(system.readings):
        if reading.variable is not None:
            columns[reading.variable][k] = -reading.scale if reading.complement else reading.scale
    return system.amounts((ZERO,) * size), [tuple(column) for column in columns]


def _output(sign: int, row: Sequence[Fraction], direction: Sequence[Real]) -> Scalar:
    """Return ``sign (row.u)+``; the sign of row.u need not be known."""
    height = scalar_dot(tuple(map(Scalar.of, row)), tuple(entry.scalar for entry in direction))
    if height.exact is not None or height.rational is not None:
        height = height if height.sign() > 0 else ZERO
    elif height.low < 0:
        height = Scalar.enclosed(Fraction(0), max(height.high, Fraction(0)), height.bits)
    return Scalar.of(sign) * height
