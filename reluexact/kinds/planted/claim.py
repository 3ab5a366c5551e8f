"""An instance whose optimum was known before its targets were."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from os import PathLike
from typing import TYPE_CHECKING

from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Rationals, Vector
from reluexact.public import Pictured, Tabular, public

if TYPE_CHECKING:
    from reluexact.kinds.optimum.claim import Optimum
    from reluexact.kinds.optimum.problem_claim import ProblemOptimum


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedNeuron(Tabular):
    """A neuron of the planted network: sign of its output, direction of length 1, amount ``|w| |a|`` (may be 0), free bias.

    short: 0 for a neuron that is optimal; for one that nearly is, the relative distance of ``|theta.(Xu)+|`` from the penalty.
    """

    sign: int
    direction: Vector
    amount: Fraction
    short: Fraction = Fraction(0)
    bias: Fraction = Fraction(0)

    def value(self, x: Rationals) -> Fraction:
        """Return ``(x.u + bias)+`` for a row."""
        return max(Fraction(0), dot(x, self.direction) + self.bias)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Planted(Tabular, Pictured):
    """A problem with rational data, its exact optimum, and the proof of both.

    problem: data, penalty, loss and parts. network: an optimal network, rational. value: the optimal value, a rational number,
    ``problem.objective(network)``. theta: the optimal dual point (n), the residual for the squared loss. neurons: all directions
    that optimal networks use. nearly: directions that no optimal network uses, although they miss the penalty by little only.
    dimension: of the set of optimal networks, as a polytope of amounts; 0: unique. fewest: the fewest neurons of an optimal
    network, None where it was not planted. optimum: the claim of ``rx.solve``, PROVED from the planted structure, with its
    certificate. attempts: how many draws had no proof before this one.
    """

    problem: Problem
    network: BiasedNetwork
    value: Fraction
    theta: Vector
    neurons: tuple[PlantedNeuron, ...]
    nearly: tuple[PlantedNeuron, ...]
    dimension: int
    fewest: int | None
    optimum: Optimum | ProblemOptimum
    attempts: int

    @property
    def data(self) -> Dataset:
        """Return the data of the problem."""
        return self.problem.data

    @property
    def penalty(self) -> Fraction:
        """Return the penalty of the problem."""
        return self.problem.penalty

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate of the optimum, after the checker has accepted it; see :func:`reluexact.kinds.files.save`."""
        public("save")(self.optimum, path)

    def __repr__(self) -> str:
        """Show the sizes and what is known."""
        d = len(self.problem.features)
        known = f"value {self.value}, dimension {self.dimension}"
        return f"Planted({self.data.n} rows, {d} features, {len(self.neurons)} optimal neurons, {known})"
