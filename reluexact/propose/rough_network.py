"""A good network in little time, for when nothing complete is known yet: column generation that enumerates nothing.

Where there are many rows, or a free hidden bias, which has a view for every row, float ascent finds the next neurons and where
their kinks lie. Nothing is proved here; what the network is worth says its exact objective.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import numpy as np

from reluexact.budget import check
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.problem import Problem
from reluexact.numbers.types import Vector
from reluexact.propose.basis import even_coordinates
from reluexact.propose.biased_network import proposed_biased_network, split_linear
from reluexact.propose.local_search import LocalSearch
from reluexact.propose.training import Prepared, propose_training, without_views
from reluexact.propose.types import Floats

_ROUNDS, _STEPS, _STARTS, _NEW = 25, 12, 32, 24
_CLOSE, _FAR = 1e-7, 1.2
_FEW, _MUCH, _LEAST = 200, 5_000, 4
"""Numbers in X up to which cells are described by their walls, and from which on there are fewer rounds, but so many."""
_DROPS = (0.0, 1e-9, 1e-6, 1e-3)
"""Neurons whose amount is at most this share of the greatest are left out; the best choice counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Neuron:
    """A neuron ``sign (x.direction - kink)+`` in units near 1; the direction has length 1."""

    sign: int
    direction: Floats
    kink: float


def rough_network(problem: Problem) -> tuple[BiasedNetwork, Fraction]:
    """Return a network and its exact objective: at most that of the zero network. It takes the more rounds the smaller the data.

    >>> from reluexact.model.dataset import Dataset
    >>> network, objective = rough_network(Problem(Dataset([[1], [2]], [1, 2]), 1))
    >>> 0 <= objective - Fraction(9, 10) < Fraction(1, 10**6)
    True
    """
    best = BiasedNetwork([], []), problem.objective(BiasedNetwork([], []))
    entries = problem.data.n * problem.data.d
    if not problem.free_bias and entries <= _FEW:
        with even_coordinates():
            prepared = Prepared(problem, pricing=LocalSearch)
            candidate = propose_training(prepared, rounds=_ROUNDS)
            return best if candidate is None else proposed_biased_network(prepared, candidate)
    work = Generation(problem)
    work.run(max(_LEAST, min(_ROUNDS, _ROUNDS * _MUCH // entries)))
    return work.better(best)


class Generation:
    """The restricted programs, and the ascent that finds the next neurons.

    theta (n): the dual point of the last program, in the units of the problem; None where the solver found no point. is_far: it
    pulls at some neuron much more than that costs.

    >>> from reluexact.model.dataset import Dataset
    >>> work = Generation(Problem(Dataset([[1], [2]], [1, 2]), 1))
    >>> work.run(4)
    >>> [round(entry, 6) for entry in work.theta.tolist()]
    [0.2, 0.4]
    """

    def __init__(self, problem: Problem) -> None:
        """Begin with no neurons."""
        self._problem, self._free = problem, problem.free_bias
        self._prepared = Prepared(without_views(problem), pricing=LocalSearch)  # kinks are found here, not by views
        unit = Fraction(2) ** self._prepared.width
        self._rows = np.array([[float(entry / unit) for entry in row] for row in problem.data.X])
        random = np.random.RandomState(0).normal(size=(_STARTS, problem.data.d))  # a frozen stream: the same numbers for ever
        some = self._rows[np.unique(np.linspace(0, problem.data.n - 1, _STARTS).astype(int))]
        starts = np.vstack([some, -some, random])
        lengths = np.linalg.norm(starts, axis=1)
        self._starts = starts[lengths > 0.0] / lengths[lengths > 0.0, None]
        self._neurons: list[_Neuron] = []
        self._found: tuple[list[_Neuron], Floats, tuple[Fraction, ...]] | None = None
        self.theta: Floats | None = None
        self.is_far = True

    def join(self, sign: int, weights: Vector, bias: Fraction) -> None:
        """Let a neuron join; one without weights has no effect."""
        direction = np.array([float(w) for w in weights])
        length = float(np.linalg.norm(direction))
        if length:
            kink = float(-bias / Fraction(2) ** self._prepared.width) / length if self._free else 0.0
            self._neurons = _distinct([*self._neurons, _Neuron(sign=sign, direction=direction / length, kink=kink)])

    def run(self, rounds: int) -> None:
        """Solve so many programs at most; the last one without new neurons is the best that the ascent leads to."""
        for _ in range(rounds):
            check()
            features = [(self._feature(neuron)[:, None], np.ones((1, 1))) for neuron in self._neurons]
            answer = self._prepared.solver().solve(self._prepared.program(features))
            if answer is None:
                return
            amounts = np.maximum(answer.weights.reshape(-1), 0.0)
            self._found = list(self._neurons), amounts, self._prepared.to_linear(answer.linear)
            self.theta = self._prepared.to_theta(answer.theta)
            kept = [neuron for neuron, amount in zip(self._neurons, amounts, strict=True) if amount > _CLOSE * amounts.max()]
            fresh = self._ascend(answer.theta, kept)
            self.is_far = bool(fresh) and self._pull(answer.theta, fresh[0]) > _FAR
            self._neurons = kept + fresh
            if not fresh:
                return

    def better(self, best: tuple[BiasedNetwork, Fraction]) -> tuple[BiasedNetwork, Fraction]:
        """Return the better one of a network with its objective and the one that is found."""
        if self._found is None:
            return best
        for share in _DROPS:
            network = self._network(*self._found, share)
            value = self._problem.objective(network)
            if value < best[1]:
                best = network, value
        return best

    def _feature(self, neuron: _Neuron) -> Floats:
        return np.asarray(neuron.sign * np.maximum(self._rows @ neuron.direction - neuron.kink, 0.0))

    def _pull(self, theta: Floats, neuron: _Neuron) -> float:
        """Return how strongly a dual point pulls at a neuron, as a multiple of what it costs."""
        return float(theta @ self._feature(neuron)) / self._prepared.penalty

    def _ascend(self, theta: Floats, known: list[_Neuron]) -> list[_Neuron]:
        """Return neurons that exceed the penalty at a dual point, the highest first."""
        found: list[tuple[float, _Neuron]] = []
        for sign in (1, -1):
            pulls = sign * theta
            points = np.vstack([self._starts, *(neuron.direction[None] for neuron in known if neuron.sign == sign)])
            values, kinks, active = self._heights(points, pulls)
            for _ in range(_STEPS):
                gradients = (active * pulls[:, None]).T @ self._rows
                lengths = np.linalg.norm(gradients, axis=1)
                moved = np.where(lengths[:, None] > 0.0, gradients / np.where(lengths > 0.0, lengths, 1.0)[:, None], points)
                heights, places, on = self._heights(moved, pulls)
                better = heights > values
                if not better.any():
                    break
                points, values = np.where(better[:, None], moved, points), np.where(better, heights, values)
                kinks, active = np.where(better, places, kinks), np.where(better, on, active)
            found += [
                (float(values[k]), _Neuron(sign=sign, direction=points[k], kink=float(kinks[k])))
                for k in np.argsort(-values, kind="stable")
                if values[k] > self._prepared.penalty * (1.0 + _CLOSE)
            ]
        found.sort(key=lambda entry: -entry[0])
        return _distinct([neuron for _, neuron in found], _NEW)

    def _heights(self, points: Floats, pulls: Floats) -> tuple[Floats, Floats, Floats]:
        """Return for unit vectors (k) the greatest ``pulls.(rows u - kink)+``, its kink, and which rows are active (n x k)."""
        sides = self._rows @ points.T
        if not self._free:
            active = np.asarray(sides > 0.0, dtype=float)
            return (active * sides * pulls[:, None]).sum(axis=0), np.zeros(len(points)), active
        order = np.argsort(-sides, axis=0, kind="stable")
        sorted_sides, sorted_pulls = np.take_along_axis(sides, order, axis=0), pulls[order]
        values = np.cumsum(sorted_pulls * sorted_sides, axis=0) - sorted_sides * np.cumsum(sorted_pulls, axis=0)
        best = values.argmax(axis=0)
        kinks = sorted_sides[best, np.arange(len(points))]
        return values.max(axis=0), kinks, np.asarray(sides > kinks, dtype=float)

    def _network(self, neurons: list[_Neuron], amounts: Floats, linear: tuple[Fraction, ...], share: float) -> BiasedNetwork:
        """Return the balanced network in the units of the problem, without neurons of a small share."""
        kept = [k for k, amount in enumerate(amounts) if amount > share * amounts.max()]
        roots = [sqrt(float(np.ldexp(amounts[k], self._prepared.height - self._prepared.width))) for k in kept]
        unit = Fraction(2) ** self._prepared.width
        pairs = [(neurons[k], root) for k, root in zip(kept, roots, strict=True) if root]
        hidden = [[Fraction(root) * Fraction(entry) for entry in neuron.direction.tolist()] for neuron, root in pairs]
        biases = [-Fraction(root) * Fraction(neuron.kink) * unit for neuron, root in pairs] if self._free else []
        output = [neuron.sign * Fraction(root) for neuron, root in pairs]
        bias, skip = split_linear(self._problem, linear)
        return BiasedNetwork(hidden, output, hidden_bias=biases, output_bias=bias, skip=skip)


def _distinct(neurons: list[_Neuron], most: int | None = None) -> list[_Neuron]:
    """Return the first neurons, no two alike."""
    seen: dict[tuple[object, ...], _Neuron] = {}
    for neuron in neurons:
        seen.setdefault((neuron.sign, *np.round([*neuron.direction, neuron.kink], 7).tolist()), neuron)
        if len(seen) == most:
            break
    return list(seen.values())
