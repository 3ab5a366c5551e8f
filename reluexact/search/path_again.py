"""Where floats lose the path: the optimum a little below, found from nothing, is where it goes on."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from reluexact.evidence.path import PathBlock
from reluexact.model.program import make_program
from reluexact.progress import silent
from reluexact.propose.candidates import propose
from reluexact.propose.path.pairing import Place, shape_of, shares_again, unknowns
from reluexact.propose.path.trace import Lost, Tracer
from reluexact.propose.path.walk import Stretch, continued
from reluexact.propose.start import float_vector
from reluexact.prove.certified import CertifiedOptimum
from reluexact.prove.directions import near_direction
from reluexact.search.proof import prove
from reluexact.search.structure_search import StructureSearch

STEP = Fraction(1, 10**5)
TRIES = 5
_ROUNDS, _LIMIT, _BITS = 300, 20_000, 100


def begin_again(tracer: Tracer, high: Fraction, low: Fraction) -> Stretch | None:
    """Return the structure at the first penalty below ``high`` from which the path can be followed; None where there is none."""
    step = STEP
    for _ in range(TRIES):
        penalty = Fraction(float(high * (1 - step)))
        if penalty <= low:
            return None
        found = _optimum(tracer, penalty)
        if found is not None:
            try:
                return _stretch(tracer, found, float(penalty), float(low))
            except Lost:
                pass  # further down, then
        step *= 10
    return None


def _optimum(tracer: Tracer, penalty: Fraction) -> CertifiedOptimum | None:
    program = make_program(tracer.program.data, penalty)
    candidate = propose(program.data, penalty, pricing=tracer.pricing, rounds=_ROUNDS)
    return StructureSearch(prove, program, candidate, tracer.pricing, _BITS, _LIMIT, [], silent).run(quick=True)


def _stretch(tracer: Tracer, found: CertifiedOptimum, penalty: float, low: float) -> Stretch:
    """Follow the path from a proved optimum."""
    if found.kkt.structure.ties:
        raise Lost("a neuron without weight is tight here")
    known = _places(found, penalty)
    shape = shape_of(tracer.program, (place.block for place in known))
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
        k = neuron.block
        amount = float(found.box.midpoint[found.kkt.amount(k)]) / penalty
        block = PathBlock(
            sign=neuron.face.sign, gate=neuron.face.gate, basis=neuron.basis, paired=neuron.role == "pair", share=Fraction(0)
        )
        block = replace(block, share=Fraction(1, 2)) if block.paired else block
        vector = penalty * np.array(float_vector(near_direction(found.kkt, found.box, neuron)))
        places.append(Place(block=block, vector=vector, amount=amount, partner=shares.get(k, 0.0) * amount))
    return places
