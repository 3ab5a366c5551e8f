"""A network that another program trained, with the problem that it was trained on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.problem import Problem
from reluexact.public import Tabular


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained(Tabular):
    """A network exactly as it computes, and the problem that its trainer's settings mean (``network, problem = trained``).

    ``problem.objective(network)`` is ``constant`` times the trainer's own loss over all rows, its penalty included, where that is
    averaged over the mini-batches of an epoch. trainer: which program with which method. remarks: what a reader of the numbers
    should know, such as that mini-batches have this objective in expectation.
    """

    network: BiasedNetwork
    problem: Problem
    constant: Fraction
    trainer: str
    remarks: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[BiasedNetwork | Problem]:
        """Give network and problem, for ``network, problem = rx.from_sklearn(model, X, y)``."""
        return iter((self.network, self.problem))

    @property
    def objective(self) -> Fraction:
        """Return the exact objective of the network; the logistic loss is rounded up."""
        return self.problem.objective(self.network)

    @property
    def own_loss(self) -> Fraction:
        """Return the trainer's own loss over all rows, its penalty included."""
        return self.objective / self.constant
