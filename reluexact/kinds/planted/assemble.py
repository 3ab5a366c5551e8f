"""From rows and seats to an instance: amounts, linear part, fit, targets, and what is known of the optimal set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.kinds.planted.claim import Planted, PlantedNeuron
from reluexact.kinds.planted.draws import Draws
from reluexact.kinds.planted.margins import labelled, shrunk
from reluexact.kinds.planted.plan import CORNER, PAIRED, Plan
from reluexact.kinds.planted.proof import Solution, held_rows, proved
from reluexact.kinds.planted.rows import Draft, Seat, mirrored
from reluexact.kinds.planted.targets import scale, targets
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.dataset import Dataset
from reluexact.model.problem import FREE, NONE, PENALISED, Problem
from reluexact.numbers.linalg import dot, kernel, rank
from reluexact.numbers.roots import rational_root
from reluexact.numbers.types import Matrix, Vector

ZERO, ONE = Fraction(0), Fraction(1)
Couple = tuple[PlantedNeuron, Fraction | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """The linear part of the planted network."""

    output_bias: Fraction
    skip: Vector


def instance(plan: Plan, draft: Draft, attempts: int, limit: int) -> Planted | None:
    """Return the instance of a draft, None when its directions are not exactly the optimal ones."""
    factor = scale(plan.loss, [t for _, t in draft.rows])
    theta, penalty = tuple(factor * t for _, t in draft.rows), factor * draft.penalty
    X = tuple(x for x, _ in draft.rows)
    if plan.margin and not all(theta):  # a row without a sign has no label
        return None
    couples = _couples(plan, draft)
    couples = shrunk(couples, X) if plan.margin else couples
    sides = [side for one, other in couples for side in (one, *_opposite(one, other))]
    linear = _linear(plan, X, theta, penalty, draft.draws)
    fit = tuple(_output(x, sides, linear) for x in X)
    if plan.margin:
        found = labelled(plan.loss, X, theta, fit)
        theta, fit = found.theta, found.fit
        problem = _problem(plan, found.X, found.y, penalty, found.weights)
    else:
        problem = _problem(plan, X, _targets(plan, X, fit, theta, draft.draws), penalty)
    network = _network(sides, linear)
    point = Solution(theta=theta, fit=fit, neurons=tuple(couples))
    optimum = proved(problem, point, limit)
    value = problem.objective(network)
    if optimum is None or optimum.value.as_fraction() != value or len(optimum.neurons) != len(sides):
        return None
    dimension = _dimension(problem, point, sides)
    if dimension and plan.margin and not plan.closed:  # too few rows at the end of the margin hold the amounts
        return None
    return Planted(
        problem=problem,
        network=network,
        value=value,
        theta=theta,
        neurons=tuple(sides),
        nearly=tuple(_neuron(seat, ZERO) for seat in draft.seats if seat.short),
        dimension=dimension,
        fewest=network.width if not dimension or _is_corner(plan, problem, point) else None,
        optimum=optimum,
        attempts=attempts,
    )


def _is_corner(plan: Plan, problem: Problem, point: Solution) -> bool:
    """Say whether a corner has the fewest neurons: every optimum has all its fits, and no free skip connection is at hand."""
    return plan.shape == CORNER and plan.skip != FREE and len(held_rows(problem, point)) == problem.data.n


def _couples(plan: Plan, draft: Draft) -> list[Couple]:
    """Return the neurons with amounts, and those of their opposites; mirror images have the same."""
    seats = [seat for seat in draft.seats if not seat.short]
    amounts = [(draft.draws.square(), draft.draws.square()) for _ in seats]
    if plan.symmetric:
        amounts[1::2] = amounts[::2]
    if not plan.closed:
        return [(_neuron(seat, amount), None) for seat, (amount, _) in zip(seats, amounts, strict=True)]
    if plan.shape == PAIRED:
        return [(_neuron(seat, one), other) for seat, (one, other) in zip(seats, amounts, strict=True)]
    sides = _corner(seats)
    return [
        (_neuron(seat, one if side > 0 else ZERO), ZERO if side > 0 else one)
        for seat, (one, _), side in zip(seats, amounts, sides, strict=True)
    ]


def _corner(seats: Sequence[Seat]) -> list[int]:
    """Return which side of each pair carries all of its weight, such that weight can be moved away from all of them at once."""
    columns = [tuple(seat.sign * entry for entry in seat.direction) for seat in seats]
    basis = kernel(tuple(zip(*columns, strict=True)), width=len(seats))
    moves = [sum((Fraction(3**k) * vector[j] for k, vector in enumerate(basis)), ZERO) for j in range(len(seats))]
    return [-1 if move > 0 else 1 for move in moves]


def _neuron(seat: Seat, amount: Fraction) -> PlantedNeuron:
    return PlantedNeuron(sign=seat.sign, direction=seat.direction, amount=amount, short=seat.short, bias=seat.bias)


def _opposite(one: PlantedNeuron, amount: Fraction | None) -> tuple[PlantedNeuron, ...]:
    if amount is None:
        return ()
    return (PlantedNeuron(sign=one.sign, direction=tuple(-entry for entry in one.direction), amount=amount),)


def _linear(plan: Plan, X: Matrix, theta: Vector, penalty: Fraction, draws: Draws) -> Linear:
    """Return the linear part: what theta asks for where it is penalised, anything where it is free."""
    bias = sum(theta, ZERO) / penalty if plan.output_bias == PENALISED else ZERO
    bias = Fraction(draws.between(-5, 5), 20 if plan.margin else 1) if plan.output_bias == FREE else bias
    if plan.skip == NONE:
        return Linear(output_bias=bias, skip=())
    if plan.skip == FREE:
        through = [Fraction(draws.between(-3, 3)) for _ in range(plan.features)]
    else:
        through = [dot([x[j] for x in X], theta) / penalty for j in range(plan.features)]
    return Linear(output_bias=bias, skip=(*through, *([ZERO] * plan.bias)))


def _output(x: Vector, sides: Sequence[PlantedNeuron], linear: Linear) -> Fraction:
    values = [side.sign * side.amount * side.value(x) for side in sides]
    return sum(values, linear.output_bias) + (dot(x, linear.skip) if linear.skip else ZERO)


def _targets(plan: Plan, X: Matrix, fit: Vector, theta: Vector, draws: Draws) -> Vector:
    """Return the targets, the same for mirror images."""
    drawn = targets(plan.loss, fit, theta, draws)
    if not plan.symmetric:
        return drawn
    known: dict[tuple[Vector, Fraction], Fraction] = {}
    return tuple(known.setdefault((min(x, mirrored(x)), t), target) for x, t, target in zip(X, theta, drawn, strict=True))


def _problem(plan: Plan, X: Matrix, y: Vector, penalty: Fraction, weights: Vector | None = None) -> Problem:
    rows = [x[: plan.features] for x in X]
    data = Dataset(rows, y, bias=plan.bias)
    hidden = plan.hidden_bias if plan.spline else NONE  # a penalised one is a column of the data
    return Problem(data, penalty, plan.loss, plan.output_bias, hidden, plan.skip, weights)


def _network(sides: Sequence[PlantedNeuron], linear: Linear) -> BiasedNetwork:
    """Return the balanced network of the amounts, which are squares."""
    used = [(side, rational_root(side.amount) or ZERO) for side in sides if side.amount]
    hidden = [[root * entry for entry in side.direction] for side, root in used]
    return BiasedNetwork(
        hidden,
        [side.sign * root for side, root in used],
        hidden_bias=[root * side.bias for side, root in used],
        output_bias=linear.output_bias,
        skip=linear.skip,
    )


def _dimension(problem: Problem, point: Solution, sides: Sequence[PlantedNeuron]) -> int:
    """Return the dimension of the set of optimal amounts and free linear parts: some optimum uses every neuron.

    The fits of the held rows, and the penalised linear part, are those of every optimum; nothing else is (9.6 of the dual).
    """
    rows = [problem.data.X[i] for i in held_rows(problem, point)]
    columns = [[side.value(x) for x in rows] for side in sides]
    columns += [[part.column[i] for i in held_rows(problem, point)] for part in problem.linear if not part.ridge]
    return len(columns) - (rank(columns) if rows else 0)
