"""One instance of the bank: a problem, proved bounds of its minimum, and the certificate that proves them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from reluexact.errors import InputError
from reluexact.kinds.bank.archive import certificate_of, problem_of
from reluexact.public import Tabular

if TYPE_CHECKING:
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.network import Network
    from reluexact.model.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class BankInstance(Tabular):
    """A problem whose minimum is proved, or close bounds of it.

    name, group ("paper", "planted", "near", "random", "problem", "real"), about: what it is and where it comes from. kind: of
    its certificate. rows, features, parts: its sizes, and what differs from the short form. low, high: proved bounds of the
    minimum over networks of every width, equal where it is known to be rational. dimension, fewest: of the set of optimal
    networks, and the fewest neurons of one, where the certificate says so.
    """

    name: str
    group: str
    about: str
    kind: str
    rows: int
    features: int
    parts: tuple[str, ...]
    low: Fraction
    high: Fraction
    dimension: int | None
    fewest: int | None

    @property
    def loss(self) -> str:
        """Return the name of its loss.

        >>> from reluexact import bank_instance
        >>> bank_instance("hat").loss, bank_instance("labels-hinge-none").loss
        ('squared', 'hinge')
        """
        return next((part.removeprefix("loss ") for part in self.parts if part.startswith("loss ")), "squared")

    @property
    def problem(self) -> Problem:
        """Return the problem that the certificate states."""
        return problem_of(self.name)

    @property
    def certificate(self) -> bytes:
        """Return the certificate, as ``reluexact check`` takes it."""
        return certificate_of(self.name)

    @property
    def claim(self) -> Any:
        """Return the claim of the certificate, as ``rx.load`` does, after the checker has accepted it."""
        from reluexact.kinds.files import read

        return read(self.certificate, f"{self.name}.json")

    def excess(self, network: Network | BiasedNetwork) -> tuple[Fraction, Fraction]:
        """Return proved bounds of what the objective of a network is above the minimum; InputError where it does not fit.

        >>> from reluexact import BiasedNetwork, bank_instance
        >>> toy = bank_instance("toy-1")
        >>> toy.excess(BiasedNetwork([], []))
        (Fraction(1, 4), Fraction(1, 4))
        """
        objective = self.problem.objective(fitting(network, self.problem))
        return max(Fraction(0), objective - self.high), objective - self.low


def fitting(network: Network | BiasedNetwork, problem: Problem) -> Network | BiasedNetwork:
    """Return the network as the problem has it: hidden biases that are penalised are the last hidden weights.

    >>> from reluexact import BiasedNetwork, bank_instance
    >>> hat = bank_instance("hat").problem
    >>> fitting(BiasedNetwork([[1]], [2], hidden_bias=[3]), hat).hidden
    ((Fraction(1, 1), Fraction(3, 1)),)
    """
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.network import Network
    from reluexact.model.problem import PENALISED

    if isinstance(network, Network):
        return network
    if not isinstance(network, BiasedNetwork):
        raise InputError(f"network: a {type(network).__name__} is no network; give a Network or a BiasedNetwork")
    if problem.hidden_bias != PENALISED or network.inputs != problem.data.d - 1:
        return network
    hidden = [(*row, bias) for row, bias in zip(network.hidden, network.hidden_bias, strict=True)]
    skip = (*network.skip, Fraction(0)) if network.skip else ()
    return BiasedNetwork(hidden, network.output, output_bias=network.output_bias, skip=skip)
