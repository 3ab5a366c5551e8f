"""Pairs of opposite neurons on the path: how their amounts divide, where pairing begins; in floats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reluexact.evidence.path import PathBlock
from reluexact.geometry.column import Face
from reluexact.model.program import Program, span_basis
from reluexact.numbers.types import IntVector
from reluexact.propose.path.candidates import Watched
from reluexact.propose.path.shape import Shape
from reluexact.propose.path.smooth import Smooth
from reluexact.propose.shares import propose_shares
from reluexact.propose.types import Floats
from reluexact.prove.neurons import Unproved
from reluexact.prove.structure import complete_face

if TYPE_CHECKING:
    from reluexact.propose.path.trace import Tracer

_GRID = 2**10
_LEAST = 1e-3
_NEAR = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A block with its values: ``b u``, its amount over b, and its partner's."""

    block: PathBlock
    vector: Floats
    amount: float
    partner: float


def places(smooth: Smooth, z: Floats) -> list[Place]:
    """Return the values of every block."""
    return [
        Place(block=block, vector=smooth.vector(k, z), amount=float(z[smooth.amount(k)]), partner=smooth.partner(k, z))
        for k, block in enumerate(smooth.shape.blocks)
    ]


def shape_of(blocks: Iterable[PathBlock]) -> Shape:
    """Return the shape of blocks; its lineality is a basis of what the pairs span."""
    known = tuple(blocks)
    return Shape.of(known, span_basis(vector for block in known if block.paired for vector in block.basis))


def unknowns(tracer: Tracer, shape: Shape, known: Sequence[Place], slacks: Sequence[float] | Floats) -> Floats:
    """Return the unknowns of a shape from the values of its blocks."""
    smooth, by_face = tracer.smooth(shape), {place.block.face: place for place in known}
    ordered = [by_face[block.face] for block in shape.blocks]
    vectors = [block.basis.T @ place.vector for block, place in zip(smooth.blocks, ordered, strict=True)]
    return np.concatenate([*vectors, np.array([place.amount for place in ordered]), np.array(slacks, dtype=float)])


def hanging(
    tracer: Tracer, known: Sequence[Place], neurons: Sequence[Watched]
) -> tuple[list[Place], list[tuple[Face, tuple[IntVector, ...]]]]:
    """Pair every block whose opposite is there, or is one of the neurons; return the places, and the neurons that are new.

    Pairs with a new side hang on the number 0; every other pair has a number of its own.
    """
    new = {neuron.face for neuron in neurons}
    by_face = {place.block.face: place for place in known}
    after: list[Place] = []
    fresh: list[tuple[Face, tuple[IntVector, ...]]] = []
    own = 0
    for place in known:
        face, opposite = place.block.face, place.block.face.opposite()
        if opposite in by_face:
            if min(face, opposite, key=lambda one: one.order) != face:
                continue
            own += 1
            other = by_face[opposite]
            basis = complete_face(tracer.program, face, whole=True)[1]
            block = PathBlock(sign=face.sign, gate=face.gate, basis=basis, paired=True, slack=Fraction(1), hang=own)
            after.append(replace(place, block=block, amount=place.amount + other.amount, partner=other.amount))
        elif opposite in new:
            fresh.append((opposite, complete_face(tracer.program, opposite, whole=False)[1]))
            after.append(_hung(tracer.program, place))
        else:
            after.append(place)
    return after, fresh


def _hung(program: Program, place: Place) -> Place:
    """Return the pair of a neuron whose opposite has the amount ``s_0``, which begins with 0."""
    face = place.block.face
    first = min(face, face.opposite(), key=lambda one: one.order)
    basis = complete_face(program, first, whole=True)[1]
    if first == face:
        block = PathBlock(sign=face.sign, gate=first.gate, basis=basis, paired=True, slack=Fraction(1), hang=0)
        return replace(place, block=block, partner=0.0)
    block = PathBlock(sign=face.sign, gate=first.gate, basis=basis, paired=True, share=Fraction(1), slack=Fraction(-1), hang=0)
    return Place(block=block, vector=-place.vector, amount=place.amount, partner=place.amount)


def shares_again(tracer: Tracer, smooth: Smooth, known: Sequence[Place], *, ending: bool) -> tuple[Shape, Floats] | None:
    """Divide the amounts of the pairs as evenly as possible; where they hardly can be divided, let those at an end hang together.

    None where they cannot be divided at all, and where they hardly can but are not to hang together (``ending``).
    """
    pairs = [k for k, place in enumerate(known) if place.block.paired]
    frame = np.linalg.qr(np.array(smooth.shape.lineality, dtype=float).T)[0]
    columns = {k: tuple(_fraction(x) for x in -known[k].block.sign * known[k].amount * frame.T @ known[k].vector) for k in pairs}
    total = np.sum([-known[k].block.sign * known[k].partner * frame.T @ known[k].vector for k in pairs], axis=0)
    try:
        found = propose_shares(pairs, columns, tuple(_fraction(x) for x in total.tolist()))
    except Unproved:
        return None
    shares = {k: float(share) for k, share in found.shares.items()}
    margin = min(min(share, 1 - share) for share in shares.values())
    if margin >= _LEAST:
        after, slacks = _even(known, shares, found.independent)
    elif ending:
        after, slacks = _ending(known, shares, margin)
    else:
        return None
    if len(slacks) != len(smooth.shape.lineality):
        return None
    below = Shape.of((place.block for place in after), smooth.shape.lineality)
    return below, unknowns(tracer, below, after, slacks)


def _even(known: Sequence[Place], shares: dict[int, float], independent: Sequence[int]) -> tuple[list[Place], list[float]]:
    """Give as many pairs as needed a number of their own, and the others a fixed share."""
    after: list[Place] = []
    slacks: list[float] = []
    for k, place in enumerate(known):
        block = place.block
        if k in independent:
            block = replace(block, share=Fraction(0), slack=Fraction(1), hang=len(slacks))
            slacks.append(shares[k] * place.amount)
        elif block.paired:
            block = replace(block, share=Fraction(round(shares[k] * _GRID), _GRID), slack=Fraction(0), hang=None)
        after.append(replace(place, block=block))
    return after, slacks


def _ending(known: Sequence[Place], shares: dict[int, float], margin: float) -> tuple[list[Place], list[float]]:
    """Let the pairs near an end hang on the number 0, each other one on its own."""
    near = 2 * margin + _NEAR
    top = max(place.amount for place in known)
    after: list[Place] = []
    slacks = [max(margin, _NEAR) * top]
    for k, place in enumerate(known):
        block = place.block
        if not block.paired:
            pass
        elif near < shares[k] < 1 - near:
            block = replace(block, share=Fraction(0), slack=Fraction(1), hang=len(slacks))
            slacks.append(shares[k] * place.amount)
        else:
            part = Fraction(max(1, round(place.amount / top * _GRID)), _GRID)
            low = shares[k] < 1 / 2
            block = replace(block, share=Fraction(0 if low else 1), slack=part if low else -part, hang=0)
        after.append(replace(place, block=block))
    return after, slacks


def _fraction(value: float) -> Fraction:
    return Fraction(float(value))
