"""Proved networks to go to: the optimum of a sub-sampled program, each minimal representation of it, and the global optimum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reluexact.evidence.network import NetworkEvidence, OptimumEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.kinds.descent_path.piece import PathNetwork
from reluexact.kinds.descent_path.waypoint import PathNeuron
from reluexact.kinds.optimal_set.find import in_box
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.subsampled.find import SampledOptimum, judged, sampled_optimum
from reluexact.numbers.intervals import Interval
from reluexact.numbers.real import Real
from reluexact.propose.columns import Columns
from reluexact.prove.assemble import assemble_neurons, assemble_value, network_evidence
from reluexact.prove.certified import CertifiedPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A proved network with its verdicts on the columns, and how it reads as a claim."""

    optimum: SampledOptimum
    neurons: tuple[Neuron, ...]
    value: Real
    residual: tuple[Real, ...]
    evidence: NetworkEvidence
    is_global: bool

    def network(self, vertex: Vertex) -> PathNetwork:
        """Return one minimal representation as a claim."""
        return PathNetwork(
            neurons=self.neurons,
            value=self.value,
            residual=self.residual,
            support=vertex.support,
            label=(vertex.basis, vertex.at_upper),
            is_global=self.is_global,
            evidence=self.evidence,
        )

    def held(self, vertex: Vertex, k: int) -> PathNeuron:
        """Return neuron k of a minimal representation as the content of a slot."""
        return held(self.neurons, vertex, k)


def held(neurons: Sequence[Neuron], vertex: Vertex, k: int) -> PathNeuron:
    """Return neuron k of a minimal representation as the content of a slot."""
    neuron, amount = neurons[k], vertex.amounts[k]
    return PathNeuron(
        sign=neuron.sign,
        vector=tuple(_product(entry, amount) for entry in neuron.direction),
        amount=amount,
        gate=neuron.gate,
        index=k,
    )


def _product(first: Real, second: Real) -> Real:
    ends = Interval(low=first.low, high=first.high) * Interval(low=second.low, high=second.high)
    return Real.rational(ends.low) if ends.low == ends.high else Real(low=ends.low, high=ends.high)


def sampled_target(every: Columns, mask: int, *, bits: int, limit: int) -> Target:
    """Return the optimum of the program with the columns of a set; raises Unproved."""
    optimum = sampled_optimum(every, mask, bits=bits, limit=limit)
    found = optimum.found
    value, residual = assemble_value(found)
    return Target(
        optimum=optimum,
        neurons=assemble_neurons(found),
        value=value,
        residual=residual,
        evidence=network_evidence(found),
        is_global=False,
    )


def global_target(every: Columns, optimum: Optimum, found: CertifiedPoint) -> Target:
    """Judge the columns at the global optimum; raises Unproved."""
    best = judged(every, found, 0)
    optimum = in_box(optimum, best.found)  # finer, where the minimal representations needed it
    if not isinstance(optimum.evidence, OptimumEvidence):
        raise TypeError("a proved optimum has the evidence of one")
    return Target(
        optimum=best,
        neurons=optimum.neurons,
        value=optimum.value,
        residual=optimum.residual,
        evidence=replace(optimum.evidence, dependences=best.found.dependences),
        is_global=True,
    )


def middle(value: Real) -> Fraction:
    """Return the middle of an enclosure, to order what is not decided by it."""
    return (value.low + value.high) / 2
