"""What kind of point is a given network? Every answer is exact, because a rational network makes everything rational.

Let r = y - fit. Along a direction the objective has the one-sided derivative of :mod:`reluexact.kinds.classification.neuron`, a
sum over the neurons, so stationarity is decided neuron by neuron. Beyond that:

- A directionally stationary network without zero neurons is a local minimum among networks of its width. Near it, up to
  balancing, which only lowers the objective, a network is (v_j) = (|a_j| w_j) with objective 1/2 |y - sum s_j (X v_j)+|^2 + b
  sum |v_j|. On each product of closed cells round the neurons this is a convex function; it has no direction of descent there,
  so the network is its minimum on that product, and the products cover a neighbourhood.
- With a zero neuron, a directionally stationary network is a local minimum exactly when |r.(Xu)+| <= b |u| for all u: otherwise
  the zero neuron, moved along such a u, lowers the objective at second order. Then it is the global minimum, too.
- A stationary network is the global minimum over networks of every width exactly when |r.(Xu)+| <= b |u| for all u (weak
  duality).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.evidence.status import Status
from reluexact.kinds.classification.answers import Answers, Shown
from reluexact.kinds.classification.claim import Classification, Property
from reluexact.kinds.classification.clarke import Nearest, nearest
from reluexact.kinds.classification.descent import GivenNetwork
from reluexact.kinds.classification.neuron import surroundings
from reluexact.kinds.plain import plain_problem
from reluexact.model.dataset import Dataset
from reluexact.model.loss import SQUARED
from reluexact.model.network import Network, as_network, require_network
from reluexact.model.problem import Problem
from reluexact.model.symmetries import is_balanced, merged, require_fitting
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.rational import Floats, to_count
from reluexact.numbers.real import Real
from reluexact.numbers.seconds import time_limited
from reluexact.progress import Progress, Stage, silent

LIMIT = 200_000


def classify(
    network: object,
    data: Dataset | Problem,
    penalty: object = None,
    *,
    floats: Floats = None,
    limit: int = LIMIT,
    time_limit: object = None,
    progress: Progress | None = None,
) -> Classification:
    """Decide what kind of point a network is: Clarke, sub-sampled, directional, local, global.

    network: a Network, or a pair (hidden, output). data, penalty: a data set and a number > 0, or a Problem alone, with row
    weights or without; what the answer says of rows is then about ``found.data``, their scaled copies. floats: which exact
    numbers the floats of a pair or of the penalty stand for, as in Network. limit: nodes of a branch tree, and cells round a
    neuron; beyond it answers are UNDECIDED. time_limit: seconds; LimitReached when they are over.

    Networks that a float program found are stationary up to rounding only: then the answer is "not stationary", exactly,
    and ``distance`` says how far off they are.

    >>> data = Dataset([[0, 1], [1, -1]], [2, 2])
    >>> found = classify(Network([[1, 0]], [1]), data, 1)
    >>> found.summary
    'Clarke-stationary, an optimum of no sub-sampled program, not directionally stationary'
    >>> found.clarke.witness.gates, found.clarke.witness.concave
    (((Fraction(1, 2), Fraction(1, 1)),), ((0, 0),))
    >>> classify(Network([["6/5", "8/5"]], [2]), Dataset([[1, 0], [0, 1]], [3, 4]), 1).summary
    'global minimum, over networks of every width'
    """
    checked = require_network(as_network(network, floats))
    problem = plain_problem(data, penalty, "classification", floats=floats, choice=True)
    to_count(limit, where="limit")
    given, rows = require_fitting(checked, problem.data)
    with time_limited(time_limit):
        return decided(given, rows, problem.penalty, limit, report=progress or silent)


def decided(
    given: Network, rows: Dataset, weight: Fraction, limit: int, *, shown: Shown | None = None, report: Progress = silent
) -> Classification:
    """Decide about a network; ``shown``: what a certificate shows of the global minimum, which is not looked for then."""
    residual = SQUARED.residual(given.predict(rows.X), rows.y)
    objective, near = given.objective(rows, weight), surroundings(given, rows, weight, residual)
    subject = GivenNetwork(network=given, data=rows, penalty=weight, objective=objective, near=near)
    gradients = _gradients(subject, limit, report)
    answers = Answers(subject=subject, residual=residual, gradients=gradients, limit=limit)
    clarke = answers.clarke()
    directional = answers.directional(clarke)
    report(Stage("the dual bound"))
    global_minimum = answers.global_minimum(directional, shown)
    directional = _of_global_minimum(directional, global_minimum)
    return Classification(
        data=rows,
        penalty=weight,
        network=given,
        objective=subject.objective,
        residual=residual,
        limit=limit,
        balanced=is_balanced(given),
        merged=merged(given),
        zero_neurons=answers.zero_neurons,
        distance=_distance(subject, gradients),
        clarke=clarke,
        sub_sampled=answers.sub_sampled(directional),
        directional=directional,
        local_minimum=answers.local_minimum(directional, global_minimum),
        global_minimum=global_minimum,
    )


def _of_global_minimum(directional: Property, best: Property) -> Property:
    """Return what is known of the directional derivatives once the dual bound has spoken."""
    if best.status is Status.PROVED and directional.status is Status.UNDECIDED:
        return Property(status=Status.PROVED, reason="it is a global minimum")
    return directional


def _gradients(subject: GivenNetwork, limit: int, report: Progress) -> tuple[Nearest, ...]:
    """Return for every neuron the Clarke subgradient that is nearest to 0."""
    found = []
    for done, near in enumerate(subject.near):
        report(Stage("shortest Clarke subgradients", done=done, total=len(subject.near)))
        found.append(nearest(near, limit))
    return tuple(found)


def _distance(subject: GivenNetwork, gradients: Sequence[Nearest]) -> Real:
    """Return the length of the shortest Clarke subgradient, or an enclosure of it."""
    slopes = sum((one.output_slope**2 for one in subject.near), Fraction(0))
    low = slopes + sum((found.lower for found in gradients), Fraction(0))
    high = slopes + sum((found.upper for found in gradients), Fraction(0))
    if low == high:
        return Real.of_radical(RadicalSum.root(low))
    return Real(low=RadicalSum.root(low).enclose(160)[0], high=RadicalSum.root(high).enclose(160)[1])
