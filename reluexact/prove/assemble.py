"""From a proof to the claim that users see: enclosures of value, residual, directions and amounts."""

from __future__ import annotations

from dataclasses import fields

from reluexact.evidence.network import NetworkEvidence, OptimumEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.model.loss import SQUARED
from reluexact.numbers.intervals import Interval
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real
from reluexact.prove.certified import CertifiedOptimum, CertifiedPoint
from reluexact.prove.directions import SPARE_BITS, partners, rounded, unit_direction
from reluexact.prove.identities import ResidualForms
from reluexact.prove.o6_pairs import SplitOfPairs, split_amounts
from reluexact.prove.origin import Objective
from reluexact.prove.positive import positive_somewhere
from reluexact.prove.value import dual_value


def value_bounds(forms: ResidualForms) -> Interval:
    """Enclose the dual value over the box of theta: at an optimum it is the objective."""
    return SQUARED.dual_enclosure(forms.midpoint, forms.radius, forms.kkt.program.data.y)


def exact_residual(forms: ResidualForms) -> tuple[RadicalSum, ...] | None:
    """Return theta in square roots when the identities determine all of it, else None."""
    values = []
    for i in range(forms.kkt.program.data.n):
        value = forms.reduced(*forms.kkt.pull_entry(i))
        if value is None:
            return None
        values.append(value)
    return tuple(values)


def assemble_value(proof: CertifiedPoint) -> tuple[Real, tuple[Real, ...]]:
    """Return the optimal value and the residual (for other losses than the squared one the dual point theta)."""
    if proof.kkt.program.problem is not None:
        return _assembled(proof)
    bounds = value_bounds(proof.forms)
    exact = exact_residual(proof.forms)
    bits = proof.bits
    if exact is not None:
        return Real.of_radical(_value(proof, exact)), tuple(Real.of_radical(entry, bits) for entry in exact)
    radius = proof.forms.radius
    residual = tuple(Real(low=middle - radius, high=middle + radius) for middle in proof.forms.midpoint)
    return Real(low=bounds.low, high=bounds.high, origin=Objective(point=proof)), residual


def _assembled(proof: CertifiedPoint) -> tuple[Real, tuple[Real, ...]]:
    theta = [proof.scalar(*proof.kkt.pull_entry(i)) for i in range(proof.kkt.program.data.n)]
    return Real.of_scalar(dual_value(proof), Objective(point=proof)), tuple(map(Real.of_scalar, theta))


def _value(proof: CertifiedPoint, theta: tuple[RadicalSum, ...]) -> RadicalSum:
    return SQUARED.radical_dual_value(theta, proof.kkt.program.data.y)


def assemble_neurons(proof: CertifiedPoint) -> tuple[Neuron, ...]:
    """Return the optimal neurons in the order of the proof."""
    amounts = split_amounts(proof.kkt, proof.box, proof.split)
    flags = positive_somewhere(proof)
    opposite = partners(proof.forms, proof.neurons)
    bits = proof.bits - SPARE_BITS
    result = []
    for neuron, flag, partner in zip(proof.neurons, flags, opposite, strict=True):
        amount = None
        if neuron.block is not None:
            inside = amounts[neuron.block][1 if neuron.role == "partner" else 0]
            amount = rounded(inside, bits)
        result.append(
            Neuron(
                sign=neuron.face.sign,
                direction=unit_direction(proof.kkt, proof.box, neuron),
                gate=proof.kkt.program.row_gates(neuron.face),
                partner=partner,
                positive=flag,
                amount=amount,
            )
        )
    return tuple(result)


def evidence_of(proof: CertifiedOptimum) -> OptimumEvidence:
    """Collect what the certificate of an optimum needs."""
    network = network_evidence(proof)
    parts = {field.name: getattr(network, field.name) for field in fields(network)}
    return OptimumEvidence(**parts, positive=proof.positive, negative=proof.negative)


def network_evidence(proof: CertifiedPoint) -> NetworkEvidence:
    """Collect what a certificate needs of a network; blocks are named by the index of their neuron in the claim."""
    index = {neuron.block: k for k, neuron in enumerate(proof.neurons) if neuron.role in ("free", "pair")}
    split: SplitOfPairs = proof.split
    return NetworkEvidence(
        roles=tuple(neuron.role for neuron in proof.neurons),
        bases=tuple(neuron.basis for neuron in proof.neurons),
        lineality=proof.kkt.lineality,
        midpoint=proof.box.midpoint,
        radius=proof.box.radius,
        preconditioner=proof.box.preconditioner,
        split_fixed=tuple(sorted((index[block], value) for block, value in split.fixed)),
        split_solve=tuple(sorted(index[block] for block in split.solve)),
        relations=proof.forms.relations,
        dependences=proof.dependences,
        ties=tuple((k, neuron.combination) for k, neuron in enumerate(proof.neurons) if neuron.combination is not None),
    )
