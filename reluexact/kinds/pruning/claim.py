"""A network with neurons removed, and the steps that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import InputError
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.network import Network
from reluexact.model.symmetries import neuron_norms, radical_total, without_zeros
from reluexact.numbers.counts import counted, listed
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.rational import to_fraction
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector
from reluexact.public import Tabular


@dataclass(frozen=True, slots=True, kw_only=True)
class PruneStep:
    """One step: neuron j of ``network`` is scaled by 1 - beta_j / beta_k >= 0, where beta_k > 0 is the largest entry.

    network: before the step. null_vector: beta, scaled so that the numbers beta_j a_j of an exact step are coprime integers.
    factor: t = 1 / beta_k. removed: the positions in ``network`` of the neurons whose scale is 0.
    """

    network: Network
    null_vector: Vector
    factor: Fraction
    removed: tuple[int, ...]

    def __repr__(self) -> str:
        """Show the sizes."""
        return f"PruneStep({counted(self.network.width, 'neuron')}, without {listed(self.removed)})"

    @property
    def slope(self) -> RadicalSum:
        """Return the sum of beta_j |w_j| |a_j|; the sum of all |w_j| |a_j| falls by factor * slope."""
        pairs = zip(neuron_norms(self.network), self.null_vector, strict=True)
        return radical_total([norm.scaled(entry) for norm, entry in pairs if entry])

    @property
    def scales(self) -> Vector:
        """Return 1 - factor * beta_j for every neuron."""
        return tuple(1 - self.factor * entry for entry in self.null_vector)

    @property
    def after(self) -> Network:
        """Return the network after the step, without the removed neurons."""
        return without_zeros(self._at(self.factor))[0]

    def at(self, time: object) -> Network:
        """Return the network at a time from 0 to ``factor`` on the straight line of output weights; all neurons keep their place.

        >>> from reluexact import Dataset, prune
        >>> step = prune(Network([[1], [2]], [1, 1]), Dataset([[1]], [3])).steps[0]
        >>> step.at(0) == step.network, step.at(step.factor).output
        (True, (Fraction(0, 1), Fraction(3, 2)))
        """
        t = to_fraction(time, where="time", choice=False)
        if not 0 <= t <= self.factor:
            raise InputError(f"time: {t} is not between 0 and the step's factor {self.factor}")
        return self._at(t)

    def _at(self, t: Fraction) -> Network:
        amounts = [a * (1 - t * entry) for a, entry in zip(self.network.output, self.null_vector, strict=True)]
        return Network(self.network.hidden, amounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned(Tabular):
    """A network with independent features, and the steps that led to it.

    kept: the neurons of the given network that are left, by index. objectives: after balancing, at the start and after every
    step; None when no penalty was given.
    """

    network: Network
    steps: tuple[PruneStep, ...]
    kept: tuple[int, ...]
    objectives: tuple[RadicalSum, ...] | None

    def __repr__(self) -> str:
        """Show the sizes."""
        return f"Pruned({counted(self.network.width, 'neuron')} kept: {listed(self.kept)}; {counted(len(self.steps), 'step')})"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrunedParts:
    """A network of a problem with other losses or parts: its features and the free columns are independent.

    kept: the neurons of the given network that are left, by index. Their output weights and the free part of the linear part may
    be others than those of the given network, its outputs on the data are not, and the balanced objective is not greater.
    """

    network: BiasedNetwork
    kept: tuple[int, ...]

    def __repr__(self) -> str:
        """Show the sizes."""
        return f"PrunedParts({counted(self.network.width, 'neuron')} kept: {listed(self.kept)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproximateStep:
    """One step of the heuristic, and what it did to the fit.

    neuron: the position of the neuron with the lowest score, the one that the others were asked to replace. residual: squared
    distance of its feature from their span; when it is 0 the step is exact. fit_error: squared distance of the new fit from that
    of the given network. loss: 1/2 |fit - y|^2. objective: after balancing, None when no penalty was given.
    """

    step: PruneStep
    neuron: int
    residual: Fraction
    fit_error: Fraction
    loss: Fraction
    objective: RadicalSum | None

    def __repr__(self) -> str:
        """Show the sizes."""
        what = "exact" if self.exact else f"loss {Real.rational(self.loss)!r}"
        return f"ApproximateStep({counted(self.step.network.width, 'neuron')}, without {listed(self.step.removed)}, {what})"

    @property
    def exact(self) -> bool:
        """Say whether the step kept the fit."""
        return not self.residual


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproximatelyPruned(Tabular):
    """A network of at most the width that was asked for; its fit need not be that of the given network."""

    network: Network
    steps: tuple[ApproximateStep, ...]
    kept: tuple[int, ...]

    def __repr__(self) -> str:
        """Show the sizes."""
        kept = f"{counted(self.network.width, 'neuron')} kept: {listed(self.kept)}"
        return f"ApproximatelyPruned({kept}; {counted(len(self.steps), 'step')})"
