"""Where floats lose the path: the optimum a little below, found from nothing, is where it goes on."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reluexact.model.program import make_program
from reluexact.progress import silent
from reluexact.propose.candidates import propose
from reluexact.propose.path.again import stretch_from
from reluexact.propose.path.trace import Lost, Tracer
from reluexact.propose.path.walk import Stretch
from reluexact.prove.certified import CertifiedOptimum
from reluexact.search.path_pieces import rounded_penalty
from reluexact.search.proof import prove
from reluexact.search.structure_search import StructureSearch

STEP = Fraction(1, 10**5)
TRIES = 5
_ROUNDS, _LIMIT, _BITS = 300, 20_000, 100


def begin_again(tracer: Tracer, high: Fraction, low: Fraction) -> tuple[Stretch, Fraction] | None:
    """Return the structure at the first penalty below ``high`` from which the path can be followed, and it, or None."""
    step = STEP
    for _ in range(TRIES):
        penalty = rounded_penalty(high * (1 - step))
        if penalty <= low:
            return None
        found = _optimum(tracer, penalty)
        if found is not None:
            try:
                return _climbed(tracer, stretch_from(tracer, found, low), high)
            except Lost:
                pass  # further down, then
        step *= 10
    return None


def _climbed(tracer: Tracer, known: Stretch, high: Fraction) -> tuple[Stretch, Fraction]:
    """Return a structure from as near ``high`` as floats see it."""
    penalty, z = tracer.climb(known.smooth, known.trail[0][1], known.trail[0][0], high)
    if penalty > known.trail[0][0]:
        known = replace(known, trail=((penalty, z), *known.trail))
    return known, rounded_penalty(Fraction(penalty))


def _optimum(tracer: Tracer, penalty: Fraction) -> CertifiedOptimum | None:
    program = make_program(tracer.program.data, penalty)
    candidate = propose(program.data, penalty, pricing=tracer.pricing, rounds=_ROUNDS)
    return StructureSearch(prove, program, candidate, tracer.pricing, _BITS, _LIMIT, [], silent).run(quick=True)
