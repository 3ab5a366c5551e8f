"""Choosing among all optimal networks: proved minima of linear and convex quadratic criteria over the whole polytope.

Mishkin & Pilanci 2023 tune within the optimal set in the same way, with a float solver.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from reluexact.claims.optimal_set import AmountSystem, OptimalSet
from reluexact.claims.real import Real
from reluexact.claims.selection import Selection
from reluexact.claims.status import Status
from reluexact.errors import InputError
from reluexact.exact.rational import Floats
from reluexact.exact.scalar import Scalar, Undecided, scalar_dot
from reluexact.geometry.simplex import maximum
from reluexact.search.optimal.quadratic import Quadratic, minimise
from reluexact.training.dataset import Dataset, require_dataset
from reluexact.training.entries import vector

ZERO = Scalar.of(0)
Found = tuple[Scalar, tuple[Scalar, ...], bool | None]


def least_norm(best: OptimalSet) -> Selection:
    """Choose the amounts of least Euclidean norm; the value is the sum of their squares.

    It spreads the weight over many neurons: the opposite of a sparse network.

    >>> from reluexact.search.optimal.optimal_set import optimal_set
    >>> from reluexact.search.solve import solve
    >>> toy = Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
    >>> least_norm(optimal_set(solve(toy, penalty="1/10"))).amounts
    (19/60, 19/60, 19/60)
    """
    system = _system(best)
    identity = tuple(tuple(Scalar.of(int(j == k)) for k in range(len(best.neurons))) for j in range(len(best.neurons)))
    return _answer("the sum of the squared amounts", lambda: _least_squares(system, identity, (ZERO,) * len(best.neurons), 1))


def least_loss(best: OptimalSet, validation: Dataset) -> Selection:
    """Choose an optimal network of least squared error on other data; the value is ``1/2 |prediction - y|^2``.

    validation: rows with as many columns as the training data (with the column of ones when there is a bias).
    """
    require_dataset(validation)
    if validation.d != best.optimum.data.d:
        raise InputError(
            f"the validation data has {validation.d} columns, the training data {best.optimum.data.d}; did you mean bias=True?"
        )
    rows = tuple(tuple(_output(neuron.sign, row, neuron.direction) for neuron in best.neurons) for row in validation.X)
    targets = tuple(Scalar.of(target) for target in validation.y)
    system = _system(best)
    return _answer("half the squared error on the validation data", lambda: _least_squares(system, rows, targets, Fraction(1, 2)))


def extreme(best: OptimalSet, direction: object, *, floats: Floats = None) -> Selection:
    """Choose the optimal network that is farthest in a direction: the greatest ``direction . amounts``.

    direction: one number per optimal neuron. The minimum is the extreme of the opposite direction.
    """
    weights = vector(direction, "direction", floats=floats)
    if len(weights) != len(best.neurons):
        raise InputError(f"direction has {len(weights)} entries, expected {len(best.neurons)}, one per optimal neuron")
    system = _system(best)
    return _answer(
        "the inner product with the direction", lambda: _farthest(system, tuple(Scalar.of(weight) for weight in weights))
    )


def _system(best: OptimalSet) -> AmountSystem:
    if best.system is None:
        raise InputError(f"the polytope of amounts is not known: {best.reason}")
    return best.system


def _answer(criterion: str, work: Callable[[], Found | None]) -> Selection:
    """Turn what was found into a claim."""
    try:
        found, reason = work(), "no proposal of active neurons passed the proof"
    except Undecided as problem:
        found, reason = None, str(problem)
    if found is None:
        return Selection(status=Status.UNDECIDED, reason=reason, criterion=criterion, value=None, amounts=(), unique=None)
    value, amounts, unique = found
    reals = tuple(map(Real.of_scalar, amounts))
    return Selection(
        status=Status.PROVED, reason="", criterion=criterion, value=Real.of_scalar(value), amounts=reals, unique=unique
    )


def _least_squares(
    system: AmountSystem, rows: Sequence[tuple[Scalar, ...]], targets: tuple[Scalar, ...], factor: Fraction | int
) -> Found | None:
    """Minimise ``|rows amounts - targets|^2``; the value is ``factor`` times that."""
    origin, columns = _affine(system)
    shift = [target - scalar_dot(row, origin) for row, target in zip(rows, targets, strict=True)]
    table = [tuple(scalar_dot(row, column) for row in rows) for column in columns]
    hessian = tuple(tuple(scalar_dot(left, right) for right in table) for left in table)
    found = minimise(system.polytope, Quadratic(hessian=hessian, linear=tuple(scalar_dot(left, tuple(shift)) for left in table)))
    if found is None:
        return None
    amounts = system.amounts(found.point)
    errors = [scalar_dot(row, amounts) - target for row, target in zip(rows, targets, strict=True)]
    return scalar_dot(tuple(errors), tuple(errors)) * Scalar.of(factor), amounts, found.unique


def _farthest(system: AmountSystem, weights: tuple[Scalar, ...]) -> Found | None:
    """Maximise ``weights . amounts`` by the exact simplex method."""
    origin, columns = _affine(system)
    best = maximum(system.polytope, tuple(scalar_dot(weights, column) for column in columns))
    if best is None or not best.attained:
        return None
    return best.value + scalar_dot(weights, origin), system.amounts(best.at.point), None


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
