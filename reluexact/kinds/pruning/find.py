"""Exact pruning: fewer neurons with the same fit on the data and no greater objective.

The features of a network are its neurons' shares of the fit, q_j = a_j (X w_j)+. When sum_j beta_j q_j = 0 for some beta != 0,
scaling neuron j by 1 - t beta_j changes no fit, and at t = 1 / max_j beta_j the first neurons are gone. Two points need care.

- The sign of beta matters. Scaling by 1 - beta_j / |beta_k| with the largest |beta_k| and beta_k < 0, as it was printed once,
  doubles neuron k and removes none. Here beta_k > 0 always.
- The sum of |w_j| |a_j| changes by -t sum_j beta_j |w_j| |a_j|. So beta is taken with a sum >= 0, decided exactly; in an optimal
  network the sum is 0, both signs are open, and they lead to different minimal networks.

The papers scale both layers by the square root of 1 - t beta_j. Here the output weight alone is scaled by 1 - t beta_j: the same
function and the same product |w_j| |a_j|, and rational weights stay rational.

Source: Mishkin, Pilanci, "Optimal Sets and Solution Paths of ReLU Networks" (ICML 2023), Algorithm 1. A minimal network in their
sense has independent features: no optimal network uses a proper subset of its neurons. It need not have the fewest neurons.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Literal, get_args

from reluexact.errors import InputError
from reluexact.kinds.pruning.claim import Pruned, PruneStep
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.model.problem import Problem, as_problem
from reluexact.model.row_weights import without_weights
from reluexact.model.symmetries import (
    balanced_objective,
    features,
    neuron_norms,
    radical_total,
    require_fitting,
    require_order,
    without_zeros,
)
from reluexact.numbers.linalg import dot, kernel, rank
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.rational import Floats, to_penalty
from reluexact.numbers.types import Matrix, Vector
from reluexact.progress import Progress, Stage, silent

Order = Literal["largest", "first", "last", "smallest", "random"]


def is_minimal(network: Network, data: Dataset) -> bool:
    """Say whether the features of the neurons are independent (a zero neuron counts as dependent).

    >>> is_minimal(Network([[1], [-1]], [1, 1]), Dataset([[1], [-1]], [0, 0]))
    True
    >>> is_minimal(Network([[1], [-1]], [1, 1]), Dataset([[1], [2]], [0, 0]))
    False
    """
    return rank(features(network, data)) == network.width


def prune(
    network: Network,
    data: Dataset | Problem,
    *,
    order: Order | Sequence[int] = "largest",
    seed: int = 0,
    penalty: object = None,
    floats: Floats = None,
    progress: Progress | None = None,
) -> Pruned:
    """Remove neurons until the features are independent: the fit on the data stays, sum |w_j| |a_j| never rises.

    At most n neurons are left, after at most (number of non-zero neurons) - (rank of the features) steps. For a network that is
    optimal after balancing, so is every network on the way.

    data: a data set, and the ``penalty`` if objectives are wanted, or a Problem, with row weights or without, which has both.
    ``order`` says which neurons should go first: "first" or "last" in the network; "smallest" |w_j| |a_j|; "random", drawn from
    ``seed`` alone; or all indices of the network, most wanted gone first. Starting with the least wanted, a neuron is taken in
    if its feature is independent of those taken in before. If not, there is one null vector, and of the signs that are open the
    one that removes a more wanted neuron is used. "largest" takes them in as "last" does, and its sign is the papers' rule: the
    largest |beta_k| goes, if that sign is open. What is taken in stays independent, so the numbers stay as short as those of a
    linear system of that size (an amount of more than 4000 digits is an InputError).

    >>> data = Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
    >>> third = Network([["1/2"] * 4, [1, 0, 0, 0], ["-1/2", "1/2", "1/2", "1/2"]], ["1/6"] * 3)
    >>> prune(third, data).kept, prune(third, data, order="last").kept
    ((1, 2), (0,))
    >>> [objective.as_fraction() for objective in prune(third, data, penalty=1).objectives]
    [Fraction(3, 4), Fraction(3, 4)]
    """
    data, weight = with_penalty(data, penalty, floats)
    network, data = require_fitting(network, data)
    rule = _checked_rule(order, network.width)
    pending = list(_wanted(rule, network, checked_seed(seed)))
    current, kept = without_zeros(network)
    columns = gates(network, data)
    taken: tuple[int, ...] = ()
    steps: list[PruneStep] = []
    stages = [network]
    report, first = progress or silent, len(pending)
    while pending:
        report(Stage("neurons looked at", done=first - len(pending), total=first))
        neuron = pending.pop()
        if neuron not in kept:
            continue
        taken = (*taken, neuron)
        null = kernel(list(zip(*(columns[j] for j in taken), strict=True)))
        if not null:
            continue
        step = _exact_step(current, [kept.index(j) for j in taken], null[0], largest=rule == "largest")
        steps.append(step)
        current, gone = step.after, {kept[k] for k in step.removed}
        kept, taken = tuple(j for j in kept if j not in gone), tuple(j for j in taken if j not in gone)
        stages.append(current)
    values = None if weight is None else tuple(balanced_objective(stage, data, weight) for stage in stages)
    return Pruned(network=current, steps=tuple(steps), kept=kept, objectives=values)


def with_penalty(data: Dataset | Problem, penalty: object, floats: Floats) -> tuple[Dataset, Fraction | None]:
    """Return the data and the penalty, where there is one; those of a problem are about scaled copies of rows with weights."""
    if isinstance(data, Problem):
        plain = without_weights(as_problem(data, penalty))
        return plain.data, plain.penalty
    return data, None if penalty is None else to_penalty(penalty, floats=floats)


def _checked_rule(order: object, width: int) -> str | tuple[int, ...]:
    if not isinstance(order, str):
        return require_order(order, width)
    if order not in get_args(Order):
        raise InputError(f"order: {order!r} is unknown; choose one of {', '.join(get_args(Order))}, or list the neurons")
    return order


def checked_seed(seed: object) -> int:
    """Return a seed that a caller gave."""
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise InputError(f"seed: {seed!r} is not an integer")
    return seed


def draw(key: str, neuron: int) -> bytes:
    """Return a random key that is the same on every machine and every version of Python."""
    return sha256(f"{key}:{neuron}".encode("ascii")).digest()


def _wanted(rule: str | tuple[int, ...], network: Network, seed: int) -> tuple[int, ...]:
    """Return all neurons, most wanted gone first."""
    if not isinstance(rule, str):
        return rule
    if rule == "smallest":
        return tuple(sorted(range(network.width), key=squared_norms(network).__getitem__))
    if rule == "random":
        return tuple(sorted(range(network.width), key=lambda j: draw(str(seed), j)))
    return tuple(range(network.width) if rule == "first" else reversed(range(network.width)))


def squared_norms(network: Network) -> Vector:
    """Return |w_j|^2 a_j^2 for every neuron."""
    pairs = zip(network.hidden, network.output, strict=True)
    return tuple(dot(weights, weights) * amount**2 for weights, amount in pairs)


def gates(network: Network, data: Dataset) -> Matrix:
    """Return (X w_j)+ for every neuron; without the output weights the numbers stay short."""
    return tuple(tuple(max(dot(row, weights), Fraction(0)) for row in data.X) for weights in network.hidden)


def _exact_step(network: Network, taken: list[int], null: Vector, *, largest: bool) -> PruneStep:
    """Return the step for a null vector of the gates of the neurons taken in, the most wanted last."""
    entries = [Fraction(0)] * network.width
    for k, entry in zip(taken, null, strict=True):
        entries[k] = entry / network.output[k]
    sign = _sign([norm.scaled(entry) for norm, entry in zip(neuron_norms(network), entries, strict=True) if entry])
    both = [step_along(network, tuple(s * entry for entry in entries)) for s in ((sign,) if sign else (1, -1))]
    if largest:
        return min(both, key=lambda step: (-max(step.null_vector), step.removed))
    return max(both, key=lambda step: max(taken.index(k) for k in step.removed))


def _sign(terms: list[RadicalSum]) -> int:
    """Return the sign of a sum; most are settled without gathering its square classes."""
    ends = [term.enclose(64) for term in terms]
    if sum(low for low, _ in ends) > 0:
        return 1
    if sum(high for _, high in ends) < 0:
        return -1
    return radical_total(terms).sign()


def step_along(network: Network, beta: Vector) -> PruneStep:
    """Return the step for a vector whose largest entry is positive."""
    peak = max(beta)
    removed = tuple(k for k, entry in enumerate(beta) if entry == peak)
    return PruneStep(network=network, null_vector=beta, factor=1 / peak, removed=removed)
