"""The search for the proof of a segment of the solution path: its curve with radii, and its trees.

What passes is proved by :mod:`reluexact.prove.path.segment` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reluexact.budget import listener
from reluexact.evidence.path import PathBlock, Segment, TieNeuron, TightPlace, Vanishing, WatchedNeuron
from reluexact.evidence.tree import Tree
from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import dot
from reluexact.numbers.tube import Tube
from reluexact.numbers.tube_search import find_tube
from reluexact.numbers.types import IntVector, Vector
from reluexact.propose.tree.cover import Covered, Open
from reluexact.propose.tree.path_cover import Earlier, path_cover
from reluexact.prove.form import Form, TightCone
from reluexact.prove.neurons import tight_direction
from reluexact.prove.path.segment import ProvedSegment, TreePoints, check_on, tree_fault, tree_points
from reluexact.prove.path.system import Line, PathSystem, path_system
from reluexact.prove.unproved import Unproved
from reluexact.search.proof import MissingNeuron

BITS = 160
SPARE_BITS = 96
DEGREES = (6, 8, 10, 12, 16)
"""Of the curve in the penalty, in the order in which they are tried."""
ALIKE = Fraction(9, 8)
"""Trees are grown from those of another segment where the penalties in the middle are not further apart than by this factor."""
TINY = Fraction(1, 1 << 20)
"""Kinks that are somewhere greater than this share of the penalty are not asked whether they are at most 0."""
SMALL = 1 << 14
"""By so much a radius should be smaller than that of uniqueness where segments are linked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentStructure:
    """The structure that a segment is proposed to have; as in :class:`reluexact.evidence.path.Segment`."""

    blocks: tuple[PathBlock, ...] = ()
    lineality: tuple[IntVector, ...] = ()
    watched: tuple[WatchedNeuron, ...] = ()
    vanishing: tuple[Vanishing, ...] = ()
    ties: tuple[TieNeuron, ...] = ()
    apart: Vector = ()


def prove_segment(
    data: Dataset,
    structure: SegmentStructure,
    low: Fraction,
    high: Fraction,
    *,
    start: Sequence[Fraction],
    degree: int | None = None,
    bits: int = BITS,
    drift: Vector = (),
    limit: int = 200_000,
) -> Segment:
    """Return the evidence of :func:`proved_segment` alone."""
    found = proved_segment(data, structure, low, high, start=start, degree=degree, bits=bits, drift=drift, limit=limit)
    return found.segment


def proved_segment(
    data: Dataset,
    structure: SegmentStructure,
    low: Fraction,
    high: Fraction,
    *,
    start: Sequence[Fraction],
    degree: int | None = None,
    bits: int = BITS,
    drift: Vector = (),
    near: Segment | None = None,
    limit: int = 200_000,
) -> ProvedSegment:
    """Prove that the optimum has the structure on ``low .. high``, where what vanishes is positive; raises Unproved.

    start: the unknowns near the middle of the interval. degree: of the curve in the penalty; None: it is chosen. near: a proved
    segment whose trees are like those to be found. MissingNeuron says what direction comes too near the penalty: a neuron enters,
    or should be watched, or the interval is too long.
    """
    line = Line.between(low, high, drift)
    path = path_system(data, structure.blocks, structure.lineality, line)
    middle = path.system.newton(start, Fraction(0), bits + SPARE_BITS)
    tube = (
        None if middle is None else _tube(path, middle, (degree,) if degree else DEGREES, bits, linked=bool(structure.vanishing))
    )
    if middle is None or tube is None:
        raise Unproved("O3: no tube round the curve of the proposed structure")
    segment = _segment(structure, line, tube)
    proved = check_on(path, segment)
    theta = path.residual(middle, Fraction(0))
    where = tree_points(proved.residual)
    positive, negative = (_tree(proved, where, theta, sign, near, limit) for sign in (1, -1))
    return replace(proved, segment=replace(segment, positive=positive, negative=negative))


def _segment(structure: SegmentStructure, line: Line, tube: Tube) -> Segment:
    """Return the segment without its trees."""
    return Segment(
        low=line.penalty(Fraction(-1)),
        high=line.penalty(Fraction(1)),
        blocks=structure.blocks,
        lineality=structure.lineality,
        watched=structure.watched,
        coefficients=tube.coefficients,
        unique=tube.unique,
        radius=tube.radius,
        slope=tube.slope,
        preconditioner=tube.preconditioner,
        vanishing=structure.vanishing,
        positive=(),
        negative=(),
        drift=line.drift,
        ties=structure.ties,
        apart=structure.apart,
    )


def _tube(path: PathSystem, middle: Vector, degrees: Sequence[int], bits: int, *, linked: bool) -> Tube | None:
    """Return a tube of the first degree that has one; where events are linked, one whose radii are small beside unique."""
    series = path.system.taylor(middle, degrees[-1], bits + SPARE_BITS)
    if series is None:
        return None
    for degree in degrees:
        tube = find_tube(path.system, series[: degree + 1], degree, bits)
        fits = tube is not None and all(r * SMALL <= u for r, u in zip(tube.radius, tube.unique, strict=True))
        if tube is not None and (fits or not linked or len(degrees) == 1):
            return tube
    return None


def _stands(segment: Segment, place: TightPlace) -> tuple[tuple[int, int], ...]:
    """Return the dependent walls of a block one of whose multipliers vanishes while the others stand on their bounds."""
    for item in segment.vanishing:
        if item.hyperplane is not None and item.others and (place.kind, place.index) == ("block", item.index):
            return tuple((wall, 1 if side == "on" else -1) for wall, side in ((item.hyperplane, item.side), *item.others))
    return ()


def _free(segment: Segment, place: TightPlace) -> tuple[tuple[int, int], ...]:
    """Return the walls that a block meets or has left together, with its sides; none where it is one alone."""
    if place.kind != "block":
        return ()
    items = [item for item in segment.vanishing if (item.what, item.index) == ("gate", place.index)]
    walls = [item.hyperplane for item in items if item.hyperplane is not None]
    together = len(walls) > 1 and len({item.end for item in items}) == 1
    return tuple((wall, place.face.gate[wall]) for wall in walls) if together else ()


def _tree(proved: ProvedSegment, where: TreePoints, theta: Vector, sign: int, near: Segment | None, limit: int) -> Tree:
    """Find the tree of one sign, and prove it."""
    program, width = proved.program, proved.program.data.d
    middle = Form.of(program.hyperplanes, theta, sign, dimension=width)
    penalty = proved.path.line.middle
    tight = [
        TightCone(
            neuron=index,
            direction=tuple(dot(line, theta) / penalty for line in tight_direction(program, place.face, place.basis)),
            gate=tuple(0 if wall in dict(_free(proved.segment, place)) else side for wall, side in enumerate(place.face.gate)),
            stands=_stands(proved.segment, place),
            free=_free(proved.segment, place),
        )
        for index, place in enumerate(proved.segment.tight)
        if place.face.sign == sign
    ]
    judge = proved.judge[sign]
    forms = where.forms(sign)
    tiny = penalty * TINY
    flagged = {item.hyperplane for item in proved.segment.vanishing}  # beyond the event a kink may have the other sign
    kinks = enumerate(zip(*(form.kinks for form, _ in forms), strict=True))
    low = [wall for wall, values in kinks if max(values) < tiny or wall in flagged]
    settled = {wall for wall in low if judge.kink_sign(wall) in (-1, 0)}
    earlier = None
    if near is not None:
        before = (near.low + near.high) / 2
        if max(before, penalty) < ALIKE * min(before, penalty):
            earlier = Earlier(near.positive if sign > 0 else near.negative, before)
    found = path_cover((middle, penalty), forms, tight=tight, settled=settled, earlier=earlier, limit=limit, progress=listener())
    if not isinstance(found, Covered):
        reason = found.reason if isinstance(found, Open) else "a direction reaches the penalty or comes too near"
        raise MissingNeuron(f"O8: {reason} (value {found.value:.12g})", sign, found.direction)
    fault = tree_fault(proved, where, sign, found.tree)
    if fault is not None:
        raise Unproved(fault)
    return found.tree
