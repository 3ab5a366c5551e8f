"""Why a network is above the optimum: plain data; :mod:`reluexact.kinds.judgement.explain` finds it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.kinds.classification.claim import Classification, Property, summarised
from reluexact.kinds.judgement.claim import Excess, Judgement
from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.pruning.claim import Pruned, PrunedParts
from reluexact.kinds.sparsest_spline.claim import SparsestSpline
from reluexact.kinds.width_optimum.claim import WidthOptimum
from reluexact.model.biased_network import BiasedNetwork
from reluexact.numbers.real import Real
from reluexact.public import Pictured, Tabular

STEPS = ("balance", "merging", "amounts", "directions", "missing neurons")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step from the network to the optimum: the network after it, its exact objective, and by how much that is lower.

    balance: |w| = |a|, and neurons that do nothing left out. merging: neurons of one sign and one cell are one. amounts: the
    directions stay, amounts and linear part are chosen anew. directions: the neurons move within their cells. missing neurons:
    all the rest; its network is next to the optimum, or the best that is known, and its gain is what is left of the excess. The
    networks of ``amounts`` and ``directions`` are what floats find, so that a little of their gain may stand with a later step;
    every objective is exact. Where cones prove the bounds the directions stay.
    """

    name: str
    network: BiasedNetwork
    objective: Fraction
    gain: Excess

    def __repr__(self) -> str:
        """Show the gain."""
        return f"Step({self.name}: {Real(low=self.gain.low, high=self.gain.high)!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """One neuron against the dual optimum theta: ``tightness`` encloses ``s theta.(Xw + c)+ / (b |w|)``, which is at most 1.

    foreign: True where it is below 1, proved: no optimal network has a neuron of this direction; None where that is not decided.
    A neuron without hidden weights has the tightness 0; one that is 0 altogether is not foreign.
    """

    neuron: int
    sign: int
    tightness: Excess
    foreign: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The neuron of the optimum that helps this network most when it joins, with its best amount: the objective falls by gain.

    Where no optimum is proved it is one of the best network that is known.

    network: the given one with this neuron as the last.
    """

    sign: int
    weights: tuple[Fraction, ...]
    bias: Fraction
    gain: Fraction
    network: BiasedNetwork


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationarity:
    """What kind of point a network is; ``properties`` with their names, the strongest first, as in rx.Classification.

    distance: the length of the shortest Clarke subgradient, or an enclosure; 0 where the network is Clarke-stationary.
    """

    properties: tuple[tuple[str, Property], ...]
    distance: Real
    width: int

    @property
    def summary(self) -> str:
        """Return the strongest property that is proved, in words."""
        sampled = ("sub-sampled optimum", Property(status=Status.UNDECIDED, reason="not asked here"))
        return summarised((*self.properties, sampled), self.width)

    def __repr__(self) -> str:
        """Show the strongest property."""
        return f"Stationarity({self.summary})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation(Tabular, Pictured):
    """What is known of the reasons; a part that is None has its reason in ``reasons``, by its name.

    steps: they add up to the excess. fates: of all neurons. missing: None without a reason where no neuron of the optimum helps.
    stationarity: the classification, of other losses and parts a :class:`Stationarity`.
    fewest: the fewest neurons of an optimal network, with a free hidden bias the fewest kinks of its function, which bound them
    (:attr:`neurons`); width_optimum: the best network of this width, looked for where it has fewer neurons than that. pruned: by
    exact pruning of the merged network. fit_distance: the length of the difference from the optimal fit. weight_distance: bounds
    of that from the nearest optimal network of this width, neurons in any order (None above where no such network is at hand).
    """

    judgement: Judgement
    optimum: Optimum | ProblemOptimum | None = None
    steps: tuple[Step, ...] | None = None
    fates: tuple[Fate, ...] | None = None
    missing: Missing | None = None
    stationarity: Classification | Stationarity | None = None
    fewest: MinimumNetwork | SparsestSpline | None = None
    width_optimum: WidthOptimum | None = None
    pruned: Pruned | PrunedParts | None = None
    fit_distance: Real | None = None
    weight_distance: tuple[Fraction, Fraction | None] | None = None
    reasons: tuple[tuple[str, str], ...] = ()

    @property
    def width(self) -> int:
        """Return the number of neurons of the network."""
        return self.judgement.network.width

    @property
    def neurons(self) -> tuple[int, int] | None:
        """Return proved bounds of the fewest neurons of an optimal network: at most those of the optimum that is known."""
        if isinstance(self.fewest, MinimumNetwork):
            return self.fewest.lower, self.fewest.upper
        if self.fewest is not None:
            return self.fewest.neurons
        if self.optimum is None:
            return None
        return 0, sum(neuron.amount is not None and neuron.amount.high > 0 for neuron in self.optimum.neurons)

    @property
    def enough(self) -> bool | None:
        """Say whether an optimal network has as few neurons as this one; None where that is not known."""
        if self.neurons is None:
            return None
        low, high = self.neurons
        return True if self.width >= high else False if self.width < low else None

    @property
    def foreign(self) -> tuple[int, ...]:
        """Return the neurons that no optimal network has, proved."""
        return tuple(fate.neuron for fate in self.fates or () if fate.foreign)

    def reason(self, part: str) -> str:
        """Return why a part is None; empty where it is there."""
        return next((text for name, text in self.reasons if name == part), Message(""))

    def __repr__(self) -> str:
        """Show the steps."""
        steps = ", ".join(f"{step.name} {Real(low=step.gain.low, high=step.gain.high)!r}" for step in self.steps or ())
        return f"Explanation({steps or 'no steps'})"
