"""The coefficients of the linear part of the network that a proof gives: output bias and skip connection."""

from __future__ import annotations

from fractions import Fraction

from reluexact.numbers.intervals import Interval
from reluexact.numbers.scalar import Scalar
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.o6_pairs import linear_coordinates


def linear_part(proof: CertifiedPoint) -> tuple[Scalar, ...]:
    """Return the coefficients g, in the order of the problem's linear columns.

    A pair is one block in the system; what moving a share of its amount to the opposite neuron takes from the fit is a linear
    function, and free columns of the linear part give it back where the system has no c for it.
    """
    kkt, shares = proof.kkt, dict(proof.split.fractions)
    shifts = {position: Scalar.of(0) for position in kkt.linear}
    for block, share in shares.items():
        sign = kkt.structure.blocks[block].sign
        for position, line in linear_coordinates(kkt, block).items():
            row = [Fraction(0)] * len(kkt.design)
            for place, entry in zip(kkt.omega(block), line, strict=True):
                row[place] = sign * entry
            shifts[position] = shifts[position] + proof.scalar(tuple(row)) * _scalar(share, proof.bits)
    return tuple(proof.unknown(position) + shifts[position] for position in kkt.linear)


def _scalar(share: Interval, bits: int) -> Scalar:
    return Scalar.of(share.low) if share.low == share.high else Scalar.enclosed(share.low, share.high, bits)
