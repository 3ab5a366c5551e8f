"""The path from a proved optimum downwards, where floats have lost it above."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from reluexact.evidence.path import PathBlock
from reluexact.propose.path.pairing import Place, shape_of, shares_again, unknowns
from reluexact.propose.path.trace import Lost, Tracer
from reluexact.propose.path.walk import Stretch, continued
from reluexact.propose.start import float_vector
from reluexact.prove.certified import CertifiedOptimum
from reluexact.prove.directions import near_direction


def stretch_from(tracer: Tracer, found: CertifiedOptimum, low: Fraction) -> Stretch:
    """Follow the path from a proved optimum; raises Lost."""
    if found.kkt.structure.ties:
        raise Lost("a neuron without weight is tight here")
    penalty = float(found.kkt.program.penalty)
    known = _places(found, penalty)
    shape = shape_of(place.block for place in known)
    smooth = tracer.smooth(shape)
    start = unknowns(tracer, shape, known, [0.0] * len(shape.lineality))
    if any(place.block.paired for place in known):
        again = shares_again(tracer, smooth, known, ending=False)
        if again is None:
            raise Lost("the pairs cannot be divided here")
        smooth, start = tracer.smooth(again[0]), again[1]
    return continued(tracer, smooth, start, (penalty, None), low)


def _places(found: CertifiedOptimum, penalty: float) -> list[Place]:
    """Return the blocks of a proved optimum with their values."""
    places = []
    shares = {block: float((ends.low + ends.high) / 2) for block, ends in found.split.fractions}
    for neuron in found.neurons:
        if neuron.role not in ("free", "pair") or neuron.block is None:
            continue
        k, paired = neuron.block, neuron.role == "pair"
        amount = float(found.box.midpoint[found.kkt.amount(k)]) / penalty
        share = Fraction(1, 2) if paired else Fraction(0)
        block = PathBlock(sign=neuron.face.sign, gate=neuron.face.gate, basis=neuron.basis, paired=paired, share=share)
        vector = penalty * np.array(float_vector(near_direction(found.kkt, found.box, neuron)))
        places.append(Place(block=block, vector=vector, amount=amount, partner=shares.get(k, 0.0) * amount))
    return places
