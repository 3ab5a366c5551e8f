"""A good network of few neurons next to a wide one: the smallest neurons are taken away, and the others are fitted anew.

Every fit is a descent of the objective in floats: ``|w|`` is majorised by ``|w|^2 / (2 |v|) + |v| / 2`` at the vector v of the
last step, the rows on which a neuron is active are those of that step, and what is left is a linear system. Nothing here is
trusted; what a network is worth says its exact objective.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.budget import check
from reluexact.geometry.column import Column
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.propose import loss
from reluexact.propose.candidates import Candidate
from reluexact.propose.network import proposed_network
from reluexact.propose.types import Floats

_STAGES = 8
"""In so many stages neurons are taken away."""
_STEPS, _WORK = 40, 4e9
"""Steps of a fit at most, and multiplications that all of its steps may take."""
_SMALL, _SLOW, _SHORTEST = 1e-9, 1e-7, 2.0**-20


def narrowed(data: Dataset, penalty: Fraction, network: Network, width: int) -> Network:
    """Return a network of at most ``width`` neurons; the given one, balanced and fitted anew, where it is narrow enough.

    >>> data = Dataset(X=[[1, 0], [0, 1], [1, 1]], y=[3, 1, 4])
    >>> wide = Network([[1, 0], [0, 1]], [3, 1])
    >>> network = narrowed(data, Fraction(1), wide, 1)
    >>> network.width, round(float(network.objective(data, 1)), 6), float(Network([[1, 0]], [3]).objective(data, 1))
    (1, 2.938858, 6.0)
    """
    neurons = _Neurons.of(data, network)
    fit = _Fit(data, penalty)
    for stage in range(_STAGES, 0, -1):
        surplus = max(0, len(neurons.signs) - width)
        neurons = fit.fitted(neurons.greatest(len(neurons.signs) - -(-surplus // stage)))
        if not surplus:
            break
    return fit.network(neurons)


@dataclass(frozen=True, slots=True)
class _Neurons:
    """Signs (k,) and vectors (k x d): neuron ``sign * (x.vector)+`` costs the penalty times the length of its vector."""

    signs: Floats
    vectors: Floats

    @classmethod
    def of(cls, data: Dataset, network: Network) -> _Neurons:
        """Return the neurons of a network that have weights."""
        pairs = [(weight, row) for weight, row in zip(network.output, network.hidden, strict=True) if weight and any(row)]
        signs = np.array([1.0 if weight > 0 else -1.0 for weight, _ in pairs])
        vectors = np.array([[float(abs(weight) * entry) for entry in row] for weight, row in pairs])
        return cls(signs, vectors.reshape(len(pairs), data.d))

    @property
    def lengths(self) -> Floats:
        """Return the lengths of the vectors."""
        return np.asarray(np.linalg.norm(self.vectors, axis=1))

    def greatest(self, count: int) -> _Neurons:
        """Return so many of them, the longest vectors."""
        kept = np.sort(np.argsort(-self.lengths, kind="stable")[:count])
        return _Neurons(self.signs[kept], self.vectors[kept])


class _Fit:
    """Fits on one data set."""

    def __init__(self, data: Dataset, penalty: Fraction) -> None:
        self._data, self._exact, self._penalty = data, penalty, float(penalty)
        self._rows = np.array([[float(entry) for entry in row] for row in data.X]).reshape(data.n, data.d)
        self._targets = np.array([float(value) for value in data.y])

    def fitted(self, neurons: _Neurons) -> _Neurons:
        """Descend until nothing is gained to speak of; neurons that vanish are left out."""
        value = self._value(neurons)
        steps = int(min(_STEPS, max(2.0, _WORK / (1.0 + neurons.vectors.size) ** 3)))
        for _ in range(steps):
            check()
            neurons = neurons.greatest(int((neurons.lengths > _SMALL * neurons.lengths.max(initial=0.0)).sum()))
            if not len(neurons.signs):
                break
            moved, lower = self._step(neurons, value)
            if not lower < value * (1.0 - _SLOW):
                break
            neurons, value = moved, lower
        return neurons

    def network(self, neurons: _Neurons) -> Network:
        """Return the balanced network in rational numbers."""
        cells = neurons.vectors @ self._rows.T > 0.0
        signs = neurons.signs.astype(int).tolist()
        candidate = Candidate(
            residual=tuple((self._targets - self._fit(neurons)).tolist()),
            columns=tuple(Column(sign=sign, cell=tuple(cell)) for sign, cell in zip(signs, cells.tolist(), strict=True)),
            weights=tuple(map(tuple, neurons.vectors.tolist())),
            value=self._value(neurons),
            gap=1.0,
            rounds=0,
        )
        return proposed_network(self._data, self._exact, candidate)

    def _step(self, neurons: _Neurons, value: float) -> tuple[_Neurons, float]:
        """Return the neurons after the longest step of those tried that lowers the objective, and their value."""
        count, d = neurons.vectors.shape
        active = (self._rows @ neurons.vectors.T > 0.0) * neurons.signs
        table = (active[:, :, None] * self._rows[:, None, :]).reshape(len(self._rows), count * d)
        ridge = np.repeat(self._penalty / neurons.lengths, d)
        try:
            goal = np.linalg.solve(table.T @ table + np.diag(ridge), table.T @ self._targets).reshape(count, d)
        except np.linalg.LinAlgError:
            return neurons, value
        share = 1.0
        while share >= _SHORTEST:
            moved = _Neurons(neurons.signs, neurons.vectors + share * (goal - neurons.vectors))
            lower = self._value(moved)
            if lower < value:
                return moved, lower
            share /= 4.0
        return neurons, value

    def _fit(self, neurons: _Neurons) -> Floats:
        return np.asarray(np.maximum(self._rows @ neurons.vectors.T, 0.0) @ neurons.signs)

    def _value(self, neurons: _Neurons) -> float:
        return loss.value(self._targets - self._fit(neurons)) + self._penalty * float(neurons.lengths.sum())
