"""Exact pruning for every loss and part: fewer neurons, the same outputs on the data, and no greater objective.

Where ``sum_j e_j (X w_j + c_j)+ + sum_k f_k G_k = 0``, G_k the free columns of the linear part, output weights a_j - t e_j and
coefficients g_k - t f_k give the same outputs for every t, so the same loss, whatever it is. The penalty of balanced neurons, b
times the sum of |w_j| |a_j|, changes by -t sum_j sign(a_j) e_j |w_j| b, as long as no output weight changes its sign; what the
linear part costs does not change. So the sign of (e, f) is taken with that sum >= 0, decided exactly, and t where the first
neurons are gone, as in :mod:`reluexact.kinds.pruning.find`, which has the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.kinds.pruning.claim import PrunedParts
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.network import Network
from reluexact.model.problem import NONE, Problem
from reluexact.model.symmetries import neuron_norms, radical_total
from reluexact.numbers.linalg import dot, kernel
from reluexact.numbers.types import Vector

ZERO = Fraction(0)


def prune_parts(problem: Problem, network: BiasedNetwork) -> PrunedParts:
    """Remove neurons until the features of the others and the free columns are independent; the last ones are taken in first.

    >>> from reluexact.model.dataset import Dataset
    >>> data = Dataset([[0], [1], [2]], [0, 1, -1])
    >>> problem = Problem(data, 1, "absolute", output_bias="free", hidden_bias="free")
    >>> network = BiasedNetwork([[1], [2], [1]], [1, 1, 1], hidden_bias=[0, -2, 5])
    >>> found = prune_parts(problem, network)       # on these rows x + 5 is (x)+ and a constant, which is free
    >>> found, found.network.predict(data.X) == network.predict(data.X)
    (PrunedParts(2 neurons kept: 1, 2), True)
    """
    state = _State(problem, network)
    taken: list[int] = []
    for neuron in reversed(range(network.width)):
        if not state.amounts[neuron]:
            continue
        taken.append(neuron)
        null = kernel(list(zip(*(*state.free, *(state.gates[j] for j in taken)), strict=True)))
        if null:
            state.step(taken, null[0])
            taken = [j for j in taken if state.amounts[j]]
    return state.found()


class _State:
    """The amounts and the linear part on the way; a neuron that fires nowhere has no amount from the start."""

    def __init__(self, problem: Problem, network: BiasedNetwork) -> None:
        self.problem, self.network = problem, network
        heights = [
            [dot(row, weights) + bias for row in problem.data.X]
            for weights, bias in zip(network.hidden, network.hidden_bias, strict=True)
        ]
        self.gates = [tuple(max(ZERO, height) for height in column) for column in heights]
        self.amounts = [a if any(gate) else ZERO for a, gate in zip(network.output, self.gates, strict=True)]
        self.places, self.free = _independent(problem)
        self.coefficients = [ZERO] * len(problem.linear)

    def step(self, taken: list[int], null: Vector) -> None:
        """Go along a null vector of the free columns and the gates of the neurons taken in, until the first are gone."""
        f, e = null[: len(self.free)], null[len(self.free) :]
        amounts = [self.amounts[j] for j in taken]
        shares = [entry / a for entry, a in zip(e, amounts, strict=True)]
        norms = neuron_norms(Network([self.network.hidden[j] for j in taken], amounts))
        slope = radical_total([norm.scaled(share) for norm, share in zip(norms, shares, strict=True)]).sign()
        if slope < 0 or (not slope and max(shares) < -min(shares)):
            f, e, shares = _negative(f), _negative(e), list(_negative(shares))
        time = 1 / max(shares)
        for j, entry in zip(taken, e, strict=True):
            self.amounts[j] -= time * entry
        for k, entry in zip(self.places, f, strict=True):
            self.coefficients[k] -= time * entry

    def found(self) -> PrunedParts:
        """Return the network of what is left."""
        network, kept = self.network, tuple(j for j, a in enumerate(self.amounts) if a)
        added = list(self.coefficients)
        output_bias = network.output_bias + (added.pop(0) if self.problem.output_bias != NONE else ZERO)
        skip = list(network.skip or [ZERO] * self.problem.data.d) if any(added) else list(network.skip)
        for place, value in zip(self.problem.features, added, strict=False):
            if value:
                skip[place] += value
        pruned = BiasedNetwork(
            [network.hidden[j] for j in kept],
            [self.amounts[j] for j in kept],
            hidden_bias=[network.hidden_bias[j] for j in kept],
            output_bias=output_bias,
            skip=skip,
        )
        return PrunedParts(network=pruned, kept=kept)


def _independent(problem: Problem) -> tuple[list[int], list[Vector]]:
    """Return independent free columns that span all of them, and their places in the linear part."""
    places: list[int] = []
    columns: list[Vector] = []
    for place, part in enumerate(problem.linear):
        if not part.ridge and not kernel(list(zip(*columns, part.column, strict=True))):
            places.append(place)
            columns.append(part.column)
    return places, columns


def _negative(values: Sequence[Fraction]) -> Vector:
    return tuple(-value for value in values)
