"""Neurons that are tight on a whole segment without an amount of their own (P11 of CERTIFICATE.md).

Of a tie the identities of the segment say ``s P X'D theta = b ray / |ray|`` with an integer vector ``ray``, P the projector on
its basis. With the span V of the features of blocks and opposites, optimal networks are those whose ties have amounts x >= 0 with
``sum x f`` in V. Weights show which ties can have an amount; a linear function that is 0 on V and not negative on all f shows
which cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.evidence.path import PathBlock, Segment, TieNeuron
from reluexact.geometry.signs import sign_of
from reluexact.model.dataset import Dataset
from reluexact.model.program import Program
from reluexact.numbers.linalg import dot, rank
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.types import IntVector, Vector
from reluexact.prove.neurons import tight_direction
from reluexact.prove.path.identities import PathIdentities
from reluexact.prove.path.match import same_span
from reluexact.prove.path.system import check_walls, images
from reluexact.prove.unproved import Unproved

ZERO = Fraction(0)


def check_ties(program: Program, segment: Segment, identities: PathIdentities) -> None:
    """Prove that the ties of a segment are tight, and which of them optimal networks use; raises Unproved."""
    data = program.data
    for index, tie in enumerate(segment.ties):
        if not is_tie(program, tie, identities):
            raise Unproved(f"P11: tie {index} is not proved to be tight")
        if tie.weight < 0:
            raise Unproved(f"P11: the weight of tie {index} is negative")
    if segment.ties:
        _check_weights(data, segment)
        _check_apart(data, segment)
        dimension(data, segment)


def is_tie(program: Program, tie: TieNeuron, identities: PathIdentities) -> bool:
    """Say whether a neuron has the direction of its ray and the length of the penalty by the identities, and lies on its face."""
    if tie.sign not in (-1, 1) or not tie.basis or any(len(line) != program.data.d for line in (tie.ray, *tie.basis)):
        return False
    if not any(tie.ray) or tuple(sign_of(dot(normal, tie.ray)) for normal in program.hyperplanes.normals) != tie.gate:
        return False
    check_walls(program.data, tie.gate, tie.basis, "a tie")
    length = RadicalSum.root(Fraction(1, dot(tie.ray, tie.ray)))
    for line, entry in zip(tight_direction(program, tie.face, tie.basis), tie.ray, strict=True):
        value = identities.exact(line)
        if value is None or value.constant or value.drift or (value.root - length.scaled(Fraction(entry))).sign() != 0:
            return False
    return True


def feature(data: Dataset, tie: TieNeuron) -> Vector:
    """Return ``sign D X ray`` of a tie."""
    heights = (dot(row, tie.ray) for row in data.X)
    return tuple(tie.sign * height if height > 0 else ZERO for height in heights)


def span(data: Dataset, blocks: Sequence[PathBlock], lineality: Sequence[IntVector], *, rays: bool) -> list[Vector]:
    """Return ``X L`` and ``D X B`` of the blocks, or of those on rays only: what spans less, or more, than the features do."""
    found = [tuple(dot(row, vector) for row in data.X) for vector in lineality]
    return found + [on for block in blocks if not rays or len(block.basis) == 1 for on, _ in images(data, block)]


def _check_weights(data: Dataset, segment: Segment) -> None:
    """Prove that small multiples of the weights can be added to the network of the blocks."""
    total = [ZERO] * data.n
    for tie in segment.ties:
        total = [a + tie.weight * b for a, b in zip(total, feature(data, tie), strict=True)]
    less = span(data, segment.blocks, segment.lineality, rays=True)
    if rank([*less, total]) > rank(less):
        raise Unproved("P11: the weights of the ties are not proved to be paid by the blocks")


def _check_apart(data: Dataset, segment: Segment) -> None:
    """Prove that idle ties have no amount in any optimal network."""
    if all(tie.weight for tie in segment.ties):
        return
    more = span(data, segment.blocks, segment.lineality, rays=False)
    if len(segment.apart) != data.n or any(dot(segment.apart, line) for line in more):
        raise Unproved("P11: what sets the idle ties apart is not 0 on all that blocks add to the fit")
    for index, tie in enumerate(segment.ties):
        if sign_of(dot(segment.apart, feature(data, tie))) != (0 if tie.weight else 1):
            raise Unproved(f"P11: tie {index} is not set apart, or is one that optimal networks use")


def dimension(data: Dataset, segment: Segment) -> int:
    """Return the dimension of the set of optimal networks; raises Unproved where ties leave it open."""
    pairs = sum(block.paired for block in segment.blocks) - len(segment.lineality)
    features = [feature(data, tie) for tie in segment.ties if tie.weight]
    if not features:
        return pairs
    ranks = []
    for rays in (True, False):
        known = span(data, segment.blocks, segment.lineality, rays=rays)
        ranks.append(rank([*known, *features]) - rank(known))
    if ranks[0] != ranks[1]:
        raise Unproved("P11: the rank of the features of the ties is not proved")
    return pairs + len(features) - ranks[0]


def check_watched(segment: Segment, end: str, other: Segment) -> None:
    """Prove that the ties beyond an event are tight on this side, too, or are watched and reach the penalty at the event."""
    watched = [segment.watched[item.index] for item in segment.at_end(end) if item.what == "watched"]
    for index, tie in enumerate(other.ties):
        seen = any(one.face == tie.face and same_span(one.basis, tie.basis) for one in watched)
        if tie.face not in segment.optimal and not seen:
            raise Unproved(f"tie {index} is not watched on the other side of the event")
