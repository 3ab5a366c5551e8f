"""Is a network stationary, where the problem has another loss or other parts than rx.classify takes? Exactly, neuron by neuron.

Where every row's loss L_i is differentiable at its fit, the objective along a direction has the one-sided derivative that
:mod:`reluexact.kinds.classification.neuron` states, with theta_i = -L_i'(f_i) in the place of the residual: neuron by neuron
``(b a - theta.(Xw + c)+) da - pull(dw, dc)``, where

    pull(h) = (a sum_{on} theta_i (x_i, 1) - b (w, 0)).h + a sum_{on the hyperplane} theta_i ((x_i, 1).h)+

with a column of ones beside X for a free bias, and ``(ridge g_k - G_k.theta) dg_k`` for the linear part. What follows for local
minima is argued in :mod:`reluexact.kinds.classification.find`: balanced, the objective is on each product of closed cells a
convex function of the vectors |a_j| (w_j, c_j) and of the linear part, whatever convex loss it has, as long as no w_j is 0.
"""

from __future__ import annotations

from fractions import Fraction

from reluexact.errors import LimitReached, Message
from reluexact.evidence.status import Status
from reluexact.geometry.hyperplanes import hyperplanes
from reluexact.geometry.signs import signs_of, zeros
from reluexact.kinds.classification.claim import Property
from reluexact.kinds.classification.clarke import nearest
from reluexact.kinds.classification.directional import steepest
from reluexact.kinds.classification.neuron import Surroundings
from reluexact.kinds.judgement.claim import Judgement
from reluexact.kinds.judgement.exact import own_dual_point
from reluexact.kinds.judgement.explanation import Stationarity
from reluexact.kinds.judgement.neurons import root_bounds
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.logistic import Logistic
from reluexact.model.problem import NONE, Problem
from reluexact.numbers.linalg import dot
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector
from reluexact.prove.form import Form

ZERO, ONE = Fraction(0), Fraction(1)


def stationarity_of(found: Judgement, *, limit: int) -> Stationarity:
    """Decide what kind of point the network of a judgement is; raises LimitReached where its loss has no slope.

    >>> from reluexact.kinds.judgement.find import judge
    >>> from reluexact.model.dataset import Dataset
    >>> problem = Problem(Dataset([[1], [2]], [1, 2]), "1/10", output_bias="free")
    >>> stationarity_of(judge(BiasedNetwork([], [], output_bias="3/2"), problem), limit=100).summary
    'local minimum among networks of width 0, not global'
    >>> stationarity_of(judge(BiasedNetwork([[1]], [1]), problem), limit=100).summary
    'not stationary'
    """
    problem, network = found.problem, found.network
    theta = own_dual_point(problem, network)
    if theta is None:
        raise LimitReached(Message(_no_slope(problem)))
    nears = surroundings_of(problem, network, theta)
    slopes = [near.output_slope for near in nears] + _linear_slopes(problem, network, theta)
    shortest = [nearest(near, limit) for near in nears]
    low, high = (
        sum((getattr(one, end) for one in shortest), sum((slope * slope for slope in slopes), ZERO)) for end in ("lower", "upper")
    )
    clarke = _answer(True if not high else False if low else None, "how near to 0 its subgradients come")
    directional = _answer(_is_directional(nears, slopes, limit), "its one-sided derivatives")
    best = _answer(found.is_optimal, "the excess, of which bounds are proved")
    local = _answer(_is_local(network, directional, best), "a neuron without hidden weights, or what is open above")
    return Stationarity(
        properties=(
            ("global minimum", best),
            ("local minimum", local),
            ("directionally stationary", directional),
            ("Clarke-stationary", clarke),
        ),
        distance=Real(low=root_bounds(low)[0], high=root_bounds(high)[1]),
        width=network.width,
    )


def _no_slope(problem: Problem) -> str:
    if isinstance(problem.loss, Logistic):
        return "the slopes of the logistic loss are no rational numbers, so whether the network is stationary is not decided"
    return f"the loss {problem.loss.name} has a kink at a fit of the network, so whether it is stationary is not decided"


def _answer(holds: bool | None, about: str) -> Property:
    status = Status.UNDECIDED if holds is None else Status.PROVED if holds else Status.REFUTED
    return Property(status=status, reason=f"{'open' if holds is None else 'decided'} by {about}")


def surroundings_of(problem: Problem, network: BiasedNetwork, theta: Vector) -> tuple[Surroundings, ...]:
    """Return what pulls every neuron; a free hidden bias is one more weight, which costs nothing."""
    ones = (ONE,) if problem.free_bias else ()
    rows = [(*row, *ones) for row in problem.data.X]
    return tuple(_surroundings(problem, network, rows, theta, j) for j in range(network.width))


def _surroundings(problem: Problem, network: BiasedNetwork, rows: list[Vector], theta: Vector, index: int) -> Surroundings:
    beside = (network.hidden_bias[index],) if problem.free_bias else ()
    weights, amount = (*network.hidden[index], *beside), network.output[index]
    heights = [dot(row, weights) for row in rows]
    gate = signs_of(heights)
    touching = zeros(gate)
    planes = hyperplanes(tuple(rows[i] for i in touching))
    bend = Form.of(planes, tuple(amount * theta[i] for i in touching), 1, dimension=len(weights))
    cost = (*network.hidden[index], *(ZERO for _ in beside))
    linear = [base - problem.penalty * w for base, w in zip(bend.linear, cost, strict=True)]
    on = [i for i, value in enumerate(gate) if value > 0]
    for i in on:
        linear = [a + amount * theta[i] * x for a, x in zip(linear, rows[i], strict=True)]
    return Surroundings(
        index=index,
        weights=weights,
        amount=amount,
        gate=gate,
        touching=touching,
        hyperplanes=planes,
        pull=Form(normals=bend.normals, kinks=bend.kinks, linear=tuple(linear)),
        output_slope=problem.penalty * amount - sum((theta[i] * heights[i] for i in on), ZERO),
    )


def _linear_slopes(problem: Problem, network: BiasedNetwork, theta: Vector) -> list[Fraction]:
    """Return the derivatives along the coefficients of the linear part."""
    values = [network.output_bias] if problem.output_bias != NONE else []
    if problem.skip != NONE:
        values += [network.skip[j] if network.skip else ZERO for j in problem.features]
    return [part.ridge * g - dot(part.column, theta) for part, g in zip(problem.linear, values, strict=True)]


def _is_directional(nears: tuple[Surroundings, ...], slopes: list[Fraction], limit: int) -> bool | None:
    if any(slopes):
        return False
    answer: bool | None = True
    for near in nears:
        try:
            if steepest(near, limit).square:
                return False
        except LimitReached:
            answer = None
    return answer


def _is_local(network: BiasedNetwork, directional: Property, best: Property) -> bool | None:
    """Say whether no network of the same width nearby is better."""
    if best.status is Status.PROVED:
        return True
    if directional.status is not Status.PROVED:
        return False if directional.status is Status.REFUTED else None
    neurons = list(zip(network.hidden, network.hidden_bias, network.output, strict=True))
    if all(any(weights) for weights, _, _ in neurons):
        return True
    zero = any(not (any(weights) or bias or amount) for weights, bias, amount in neurons)
    return False if zero and best.status is Status.REFUTED else None
