"""A proved network as certificates write it: what is claimed of it, and why it exists (O1 to O9 of CERTIFICATE.md).

Directions and amounts are claimed on a grid of half the bits that the box has: the checker encloses them anew, with an interval
arithmetic of its own, and has to stay inside of what is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.certificates.document import Json, interval, sign_text, texts, wider
from reluexact.certificates.exact import exact_parts
from reluexact.certificates.trees import tree_nodes
from reluexact.evidence.network import NetworkEvidence, OptimumEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.real import Real

AMOUNT_BITS = 64
"""The grid of 2^-AMOUNT_BITS on which the amounts of vertices are claimed: there may be thousands of them."""


def network_claim(value: Real, residual: Sequence[Real], neurons: Sequence[Neuron], evidence: NetworkEvidence) -> Json:
    """Return the claim about a network: its objective, its residual, its neurons."""
    bits = grid_of(evidence)
    return {
        "value": interval(value),
        "residual": [interval(entry) for entry in residual],
        "neurons": [_neuron(neuron, role, bits) for neuron, role in zip(neurons, evidence.roles, strict=True)],
    }


def _neuron(neuron: Neuron, role: str, bits: int) -> Json:
    """Write a neuron; the format names partners only where the structure pairs them."""
    return {
        "sign": sign_text(neuron.sign),
        "gate": neuron.pattern,
        "direction": [wider(entry, bits) for entry in neuron.direction],
        "partner": neuron.partner if role in ("pair", "partner") else None,
        "amount": None if neuron.amount is None else wider(neuron.amount, bits),
    }


def network_evidence(evidence: NetworkEvidence) -> Json:
    """Return the part of the evidence that is about the network (O2 to O7a)."""
    return {
        "roles": list(evidence.roles),
        "bases": [[texts(vector) for vector in basis] for basis in evidence.bases],
        "lineality": [texts(vector) for vector in evidence.lineality],
        "system": {
            "midpoint": texts(evidence.midpoint),
            "radius": format_fraction(evidence.radius),
            "preconditioner": [texts(row) for row in evidence.preconditioner],
            **exact_parts(evidence),
        },
        "split": {
            "fraction": {str(neuron): format_fraction(value) for neuron, value in evidence.split_fixed},
            "solve": list(evidence.split_solve),
        },
    }


def optimum_evidence(evidence: OptimumEvidence, names: Sequence[int]) -> Json:
    """Return the evidence of a global optimum: the network, and the trees of both signs."""
    return {**network_evidence(evidence), **both_trees(evidence, names)}


def both_trees(evidence: OptimumEvidence, names: Sequence[int]) -> Json:
    """Return the trees of both signs."""
    return {"positive": tree_nodes(evidence.positive, names), "negative": tree_nodes(evidence.negative, names)}


def amounts_claim(support: Sequence[int], amounts: Sequence[Real], evidence: NetworkEvidence) -> Json:
    """Return a vertex of the amounts: its neurons and their amounts."""
    bits = amount_bits(evidence)
    return {"support": list(support), "amounts": [wider(amounts[k], bits) for k in support]}


def amount_bits(evidence: NetworkEvidence) -> int:
    """Return the bits of the grid on which amounts are claimed."""
    return min(grid_of(evidence), AMOUNT_BITS)


def grid_of(evidence: NetworkEvidence) -> int:
    """Return the bits of the grid on which directions are claimed."""
    return evidence.radius.denominator.bit_length() // 2
