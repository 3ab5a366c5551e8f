"""Which tight neurons carry weight in some optimal network.

Every block does (the proof's network gives it a positive amount). A tie does exactly when its feature is a non-negative
combination that the others can make up for; that is decided by exact rank where the features are rational up to scale, or
refuted where enclosures show all features independent.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from reluexact.numbers.intervals import independent_columns
from reluexact.numbers.linalg import dot, rank
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.types import Vector
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.neurons import TightNeuron


def positive_somewhere(proof: CertifiedPoint) -> tuple[bool | None, ...]:
    """Return for every neuron True, False, or None where neither could be shown."""
    if not proof.kkt.bases:
        return (False,) * len(proof.neurons)  # the fit is 0, and the amounts add up to fit.theta / penalty
    if any(share in (0, 1) for _, share in proof.split.fixed):
        return _at_the_end(proof)
    ties = [neuron for neuron in proof.neurons if neuron.role == "tie"]
    if not ties:
        return (True,) * len(proof.neurons)
    if proof.kkt.program.problem is not None:  # other fits may be optimal, too, or a linear part may make up for a tie
        return tuple(True if neuron.role != "tie" else None for neuron in proof.neurons)
    if _independent(proof, ties):
        return tuple(neuron.role != "tie" for neuron in proof.neurons)
    span = _rational_span(proof)
    verdicts: list[bool | None] = []
    for neuron in proof.neurons:
        if neuron.role != "tie":
            verdicts.append(True)
            continue
        feature = _rational_feature(proof, neuron)
        inside = span is not None and feature is not None and rank((*span, feature)) == rank(span)
        verdicts.append(True if inside else None)
    return tuple(verdicts)


def _at_the_end(proof: CertifiedPoint) -> tuple[bool | None, ...]:
    """Judge a proof whose split leaves some partner or pair neuron without weight: only weight that is there is certain."""
    shares = dict(proof.split.fixed)
    return tuple(True if _weighs(neuron, shares) else None for neuron in proof.neurons)


def _weighs(neuron: TightNeuron, shares: Mapping[int, Fraction]) -> bool:
    """Say whether the network of the proof gives the neuron a positive amount."""
    if neuron.block is None:
        return False
    share = shares.get(neuron.block)
    return share is None or share != (1 if neuron.role == "pair" else 0)


def _independent(proof: CertifiedPoint, ties: list[TightNeuron]) -> bool:
    """Say whether enclosures show the features of blocks, free directions and ties to be independent."""
    kkt, box = proof.kkt, proof.box
    columns: list[Vector] = []
    spreads: list[Fraction] = []
    for block in range(len(kkt.bases)):
        parts = [(kkt.design[position], box.midpoint[position]) for position in kkt.omega(block)]
        columns.append(tuple(sum((c[i] * z for c, z in parts), Fraction(0)) for i in range(kkt.program.data.n)))
        spreads.append(box.spread * max(sum(abs(c[i]) for c, _ in parts) for i in range(kkt.program.data.n)))
    for position in kkt.free:
        columns.append(kkt.design[position])
        spreads.append(Fraction(0))
    for tie in ties:
        middle, spread = _approximate(proof, tie)
        columns.append(middle)
        spreads.append(spread)
    return independent_columns(columns, spreads)


def _approximate(proof: CertifiedPoint, tie: TightNeuron) -> tuple[Vector, Fraction]:
    """Enclose the feature of a tie, times b."""
    program, bits = proof.kkt.program, 128
    ends = [value.enclose(bits) for value in tie.constant or ()] or [(pull.low, pull.high) for pull in tie.enclosed or ()]
    middle = [(low + high) / 2 for low, high in ends]
    radius = max(((high - low) / 2 for low, high in ends), default=Fraction(0))
    on = set(program.on_rows(tie.face))
    feature = tuple(dot(row, middle) if i in on else Fraction(0) for i, row in enumerate(program.data.X))
    return feature, radius * max(sum(abs(entry) for entry in row) for row in program.data.X)


def _rational_span(proof: CertifiedPoint) -> tuple[Vector, ...] | None:
    """Return rational vectors with the span of the blocks' features and the free directions, None if a block is no ray."""
    kkt = proof.kkt
    if any(len(basis) != 1 for basis in kkt.bases):
        return None
    return tuple(kkt.design[kkt.omega(block)[0]] for block in range(len(kkt.bases))) + tuple(
        kkt.design[position] for position in kkt.free
    )


def _rational_feature(proof: CertifiedPoint, tie: TightNeuron) -> Vector | None:
    """Return a positive multiple of a tie's feature that is rational; None if no multiple of its direction is."""
    lead = next((value for value in tie.constant or () if value.sign()), None)
    if lead is None or len(lead.terms) != 1:
        return None
    unit = RadicalSum.root(Fraction(lead.terms[0][0]))
    direction = []
    for value in tie.constant or ():
        scaled = (value * unit).as_fraction()
        if scaled is None:
            return None
        direction.append(scaled)
    program = proof.kkt.program
    on = set(program.on_rows(tie.face))
    return tuple(dot(row, direction) if i in on else Fraction(0) for i, row in enumerate(program.data.X))
