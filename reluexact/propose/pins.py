"""What theta is for the rows whose fit at a breakpoint follows from that of other rows, so that the equations leave it open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

import numpy as np

from reluexact.geometry.column import Face
from reluexact.model.law import BreakLaw, Law
from reluexact.numbers.linalg import independent_rows
from reluexact.numbers.types import Vector
from reluexact.propose.extended_start import extended_start
from reluexact.propose.row_places import RowGuess
from reluexact.propose.types import Floats
from reluexact.prove.structure import Kkt, build_kkt, tie_form
from reluexact.prove.unproved import Unproved

_BITS, _NEAR, _SMALL = 20, 1e-5, 60


def pinned(kkt: Kkt, guess: RowGuess) -> Iterator[Kkt]:
    """Yield the system with theta pinned in such rows, then, where there are ties on rays, with theta that follows from them.

    Pinned are rather rows whose theta is an end of what it may be, or near a small fraction: there the number itself is known.
    """
    laws, scale = kkt.program.laws(guess.places), float(np.abs(guess.theta).max(initial=0.0))
    pins = {row: _pin(laws[row], float(guess.theta[row]), scale) for row, _ in kkt.affine.levels}
    rows = sorted(pins, key=lambda row: (pins[row].denominator <= _SMALL, row))
    design = {row: tuple(column[row] for column in kkt.design) for row in rows}
    free = [rows[place] for place in independent_rows([design[row] for row in rows])] if rows else []
    left = {row: pins[row] for row in rows if row not in free}
    if not left:
        yield kkt
        return
    yield build_kkt(kkt.program, replace(kkt.structure, pins=tuple(sorted(left.items()))))
    ties = _rays(kkt)
    if ties:
        order = [*free, *left]
        wide = [(*design[row], *(form[row] for _, form in ties)) for row in order]
        known = independent_rows(wide)
        used = [place - len(kkt.design) for place in independent_rows([*zip(*(wide[k] for k in known), strict=True)])]
        faces = [ties[place][0] for place in used if place >= 0]
        tied = dict(zip((order[k] for k in known if order[k] not in free), faces, strict=True))
        rest = tuple(sorted((row, value) for row, value in left.items() if row not in tied))
        yield build_kkt(kkt.program, replace(kkt.structure, pins=rest, tied=tuple(sorted(tied.items()))))


def pinned_anew(kkt: Kkt, point: Vector) -> Iterator[tuple[Kkt, Sequence[float]]]:
    """Yield the system with other pins, those that it needs, and a start near a point."""
    structure = kkt.structure
    fit, theta = (_floats(values) for values in (kkt.fit(point), kkt.residual(point)))
    weights = [_floats(kkt.weights(block, point)) for block in range(len(structure.blocks))]
    guess = RowGuess(places=structure.places, fit=fit, theta=theta)
    for system in pinned(build_kkt(kkt.program, replace(structure, pins=(), tied=())), guess):
        start = extended_start(system, [vector / np.linalg.norm(vector) for vector in weights], guess)
        if start is not None and (system.structure.pins or system.structure.tied):
            yield system, start


def _floats(values: Sequence[Fraction]) -> Floats:
    return np.array([float(value) for value in values])


def _pin(law: Law, theta: float, scale: float) -> Fraction:
    """Return a value near a theta: an end of what it may be, a small fraction, or a number with few digits."""
    if not isinstance(law, BreakLaw):
        return Fraction(0)
    near = _NEAR * float(law.high - law.low)
    for end in (law.low, law.high):
        if abs(theta - float(end)) <= near:
            return end
    small = Fraction(theta).limit_denominator(_SMALL)
    value = small if abs(theta - float(small)) <= _NEAR * scale else Fraction(round(theta * 2**_BITS), 2**_BITS)
    return min(max(value, law.low), law.high)


def _rays(kkt: Kkt) -> tuple[tuple[Face, Vector], ...]:
    """Return the ties on rays, with ``s D X B``."""
    found = []
    for face in kkt.structure.ties:
        with suppress(Unproved):
            found.append((face, tie_form(kkt.program, face)[0]))
    return tuple(found)
