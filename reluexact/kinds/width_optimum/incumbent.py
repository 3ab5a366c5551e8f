"""A network of the width with proof: the optimum of the program on its columns, enclosed, and a rational network beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from reluexact.errors import Message, message_of
from reluexact.evidence.column import Above
from reluexact.evidence.neuron import Neuron
from reluexact.kinds.subsampled.find import SampledOptimum, sampled_optimum
from reluexact.kinds.subsampled.verdicts import Judge
from reluexact.model.network import Network
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Undecided
from reluexact.propose.network import proposed_network
from reluexact.propose.width.field import Field
from reluexact.prove.assemble import assemble_neurons, assemble_value
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.neurons import Unproved
from reluexact.prove.rounding import rational_network


@dataclass(frozen=True, slots=True, kw_only=True)
class Incumbent:
    """A rational network and its objective; ``found`` and ``value`` when it is a rounding of a proved optimum of few columns."""

    network: Network
    upper: Fraction
    found: CertifiedPoint | None = None
    value: Real | None = None
    neurons: tuple[Neuron, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prover:
    """Proves networks on columns of a field, with so many digits."""

    field: Field
    digits: int

    @property
    def bits(self) -> int:
        """Return how finely a structure is enclosed."""
        data = self.field.every.program.data
        size = sum((abs(entry) for row in data.X for entry in row), Fraction(0)) * (1 + sum(abs(t) for t in data.y))
        return 4 * self.digits + 96 + int(1 + size).bit_length()

    def incumbent(self, mask: int) -> Incumbent:
        """Return the optimum on a set of columns, with one neuron per column at most."""
        try:
            return self._proved(mask)
        except (Unproved, Undecided) as problem:
            return self._proposed(
                mask, Message("the network of the best columns has no exact description: ", message_of(problem))
            )

    def _proved(self, mask: int) -> Incumbent:
        found = self.optimum(mask)
        value, _ = assemble_value(found.found)
        neurons = self._neurons(found)
        program = self.field.every.program
        network = rational_network(neurons, 96 + 4 * self.digits)
        upper = network.objective(program.data, program.penalty)
        refined = value.refined(self.digits + 5)
        return Incumbent(network=network, upper=upper, found=found.found, value=refined, neurons=neurons)

    def optimum(self, mask: int) -> SampledOptimum:
        """Return the proved optimum of the program on a set of columns; raises Unproved."""
        sub = self.field.some(mask)
        return sampled_optimum(sub, sub.everything, bits=self.bits)

    def _neurons(self, found: SampledOptimum) -> tuple[Neuron, ...]:
        """Return the neurons of a minimal representation, each in a column of its own."""
        carried = [v for v in found.vertices if all(found.column_supports.classes[k] for k in v.support)]
        vertex = min(carried, key=lambda one: (len(one.support), one.support))
        listed = assemble_neurons(found.found)
        return tuple(
            replace(listed[k], amount=vertex.amounts[k].refined(2 * self.digits + 10), partner=None, positive=True)
            for k in vertex.support
        )

    def _proposed(self, mask: int, reason: str) -> Incumbent:
        program = self.field.every.program
        relaxed = self.field.relax(mask, self.field.every.chosen(mask))
        network = proposed_network(program.data, program.penalty, relaxed.candidate)
        return Incumbent(network=network, upper=network.objective(program.data, program.penalty), reason=reason)

    def feasible(self, found: CertifiedPoint, mask: int) -> bool:
        """Say whether the residual of a proved network is known to exceed the penalty on no column of a set."""
        sub = self.field.some(mask)
        judge = Judge(sub, found)
        try:
            return not any(isinstance(judge.verdict(index), Above) for index in range(len(sub)))
        except (Unproved, Undecided):
            return False
