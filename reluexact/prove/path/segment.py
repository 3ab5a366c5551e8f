"""The obligations of a segment: on it, the optimum has this structure for every penalty where what vanishes is positive.

Proved on the whole interval ``low .. high``: one solution of the equations in the tube (O3); all amounts positive and the pairs
divided (O4, O6), gates of the right sign (O5), multipliers of tight leaves fit for their sides (O7), all other directions below
the penalty (O8, O9) - but for the quantities that are named as vanishing. Each of these is monotone and changes its sign once,
so it is positive on one side of one penalty b*; there everything holds, and the solution is the global optimum: theta is
unique, so its tight neurons are the blocks, the opposites of pairs, and the ties (:mod:`reluexact.prove.path.ties`), and no
other. What the interval holds beyond b* is no optimum; there the solution is but the continuation of an analytic curve.

Trees: for a fixed unit direction u the value ``sum theta_i (x_i.u)+`` is linear in theta. theta(t), cut at a degree q, and b(t)
are averages of their control points, with the same weights; so a leaf that bounds the value by b at all of these does so for all
t. The rest of theta is covered by the margin: an entry moves the value by at most ``|x_i|`` times its own change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from reluexact.evidence.path import PathBlock, Segment
from reluexact.evidence.tree import TightLeaf, Tree
from reluexact.geometry.hyperplanes import Hyperplanes
from reluexact.model.dataset import Dataset
from reluexact.model.program import Program, make_program
from reluexact.numbers.curves import control_points
from reluexact.numbers.linalg import absolute_sum, dot, matmul
from reluexact.numbers.tube import Tube, tube_fault
from reluexact.numbers.types import Vector
from reluexact.prove.form import Form
from reluexact.prove.o7_tight_leaf import TightLeafCheck
from reluexact.prove.path.forms import Quantities, SegmentForms, judges
from reluexact.prove.path.identities import PathIdentities, path_identities
from reluexact.prove.path.residual import Curve, PathResidual
from reluexact.prove.path.system import Line, PathSystem, check_walls, path_system
from reluexact.prove.path.ties import check_ties
from reluexact.prove.tree_check import check_along
from reluexact.prove.unproved import Unproved

ZERO = Fraction(0)
GRID_BITS = 56
"""Residuals at control points are rounded to so many bits, relative to the penalty, before trees are checked with them."""


@dataclass(frozen=True, kw_only=True)
class ProvedSegment:
    """A segment of which everything but the trees is proved, with what that took."""

    program: Program
    segment: Segment
    path: PathSystem
    tube: Tube
    residual: PathResidual
    identities: PathIdentities
    forms: SegmentForms
    judge: dict[int, TightLeafCheck]
    quantities: Quantities


@dataclass(frozen=True, kw_only=True)
class TreePoints:
    """Where trees are checked: pairs of residual and penalty, the penalty less what the rest of the curve may add to a bound."""

    hyperplanes: Hyperplanes
    dimension: int
    points: tuple[tuple[Vector, Fraction], ...]

    def forms(self, sign: int) -> tuple[tuple[Form, Fraction], ...]:
        """Return the form of one sign at every point, and what it must not exceed."""
        return self._positive if sign > 0 else self._negative

    @cached_property
    def _positive(self) -> tuple[tuple[Form, Fraction], ...]:
        return tuple((Form.of(self.hyperplanes, theta, 1, dimension=self.dimension), bound) for theta, bound in self.points)

    @cached_property
    def _negative(self) -> tuple[tuple[Form, Fraction], ...]:
        return tuple(
            (replace(form, kinks=tuple(-kink for kink in form.kinks), linear=tuple(-entry for entry in form.linear)), bound)
            for form, bound in self._positive
        )


def check_segment(data: Dataset, segment: Segment) -> ProvedSegment:
    """Prove a segment; raises Unproved."""
    proved = check_structure(data, segment)
    points = tree_points(proved.residual)
    for sign, tree in ((1, segment.positive), (-1, segment.negative)):
        fault = tree_fault(proved, points, sign, tree)
        if fault is not None:
            raise Unproved(fault)
    return proved


def check_structure(data: Dataset, segment: Segment) -> ProvedSegment:
    """Prove a segment without its trees; raises Unproved."""
    if not 0 < segment.low <= segment.high or (segment.low == segment.high and not segment.drift):
        raise Unproved("a segment lies between two positive penalties")
    line = Line.between(segment.low, segment.high, segment.drift)
    return check_on(path_system(data, segment.blocks, segment.lineality, line), segment)


def check_on(path: PathSystem, segment: Segment) -> ProvedSegment:
    """Do the same where the equations of the segment are set up."""
    data, line = path.data, path.line
    names = ("coefficients", "unique", "radius", "slope", "preconditioner")
    tube = Tube(**{name: getattr(segment, name) for name in names})
    fault = tube_fault(path.system, tube)
    if fault is not None:
        raise Unproved(f"O3: {fault}")
    residual, identities = PathResidual(path=path, tube=tube), path_identities(path)
    forms = SegmentForms(residual=residual, identities=identities)
    program = make_program(data, line.middle)
    judge = judges(program, segment, forms)
    quantities = Quantities(program=program, segment=segment, residual=residual, judge=judge)
    _check_faces(data, segment)
    _check_gates(program, segment, residual)
    _check_amounts(segment, residual)
    check_ties(program, segment, identities)
    _check_vanishing(segment, quantities)
    _check_watched(segment, quantities)
    forms.positive += [(quantities.excess(item), ZERO) for item in segment.vanishing if item.what == "tau"]
    forms.heights += [quantities.height(item) for item in segment.vanishing if item.what == "gate"]
    return ProvedSegment(
        program=program,
        segment=segment,
        path=path,
        tube=tube,
        residual=residual,
        identities=identities,
        forms=forms,
        judge=judge,
        quantities=quantities,
    )


def _check_faces(data: Dataset, segment: Segment) -> None:
    faces = [place.face for place in segment.tight]
    if len(set(faces)) != len(faces):
        raise Unproved("O2: two neurons share a face")
    for index, neuron in enumerate(segment.watched):
        if neuron.sign not in (-1, 1) or len(neuron.gate) != len(data.hyperplanes) or not neuron.basis:
            raise Unproved(f"O2: watched neuron {index} is no neuron of these data")
        check_walls(data, neuron.gate, neuron.basis, f"watched neuron {index}")


def _vanishes(segment: Segment, what: str, index: int, hyperplane: int | None = None) -> bool:
    return any((item.what, item.index, item.hyperplane) == (what, index, hyperplane) for item in segment.vanishing)


def _check_gates(program: Program, segment: Segment, residual: PathResidual) -> None:
    """O5: the signs of all control points of every wall off the face."""
    layout = residual.path.layout
    for index, block in enumerate(segment.blocks):
        places = layout.nu(index)
        if len(block.basis) == 1 and residual.unknowns[places[0]].sign != 1:
            raise Unproved(f"O5: the vector of block {index}, which has no other, is not proved to point its way")
        walls = [wall for wall, gate in enumerate(block.gate) if gate and not _vanishes(segment, "gate", index, wall)]
        if not walls:
            continue
        heights = [[dot(program.hyperplanes.normals[wall], vector) for vector in block.basis] for wall in walls]
        points = matmul(heights, [residual.unknowns[place].points for place in places])
        radius = [residual.unknowns[place].spread for place in places]
        for wall, line, row in zip(walls, heights, points, strict=True):
            spread = dot([abs(entry) for entry in line], radius)
            if min(block.gate[wall] * entry for entry in row) <= spread:
                raise Unproved(f"O5: the side of block {index} on wall {wall} is not proved")


def _check_amounts(segment: Segment, residual: PathResidual) -> None:
    """O4 and O6: beta is positive, and ``0 < p < beta`` for pairs."""
    for index, block in enumerate(segment.blocks):
        beta = residual.unknowns[residual.path.layout.beta(index)]
        if _vanishes(segment, "amount", index):
            if block.paired and (block.hang is not None or not 0 < block.share < 1):
                raise Unproved(f"O6: the amount of block {index} vanishes, but not with both of its parts")
            continue
        if beta.sign != 1:
            raise Unproved(f"O4: the amount of block {index} is not proved positive")
        if block.paired:
            _check_parts(segment, residual, index, block)


def _check_parts(segment: Segment, residual: PathResidual, index: int, block: PathBlock) -> None:
    """O6 for one pair: one of its parts is a positive multiple of a slack that vanishes, or both are positive throughout."""
    layout = residual.path.layout
    part = layout.row(layout.partner(index))
    rest = [-entry for entry in part]
    rest[layout.beta(index)] += 1
    hanging = block.hang is not None and _vanishes(segment, "slack", block.hang)
    if hanging and not ((block.share == 0 and block.slack > 0) or (block.share == 1 and block.slack < 0)):
        raise Unproved(f"O6: no part of block {index} vanishes with the slack that it hangs on")
    for kept, row in ((hanging and block.share == 0, part), (hanging and block.share == 1, rest)):
        if not kept and residual.of_row(row).sign != 1:
            raise Unproved(f"O6: the parts of the pair of block {index} are not proved positive")


def _check_vanishing(segment: Segment, quantities: Quantities) -> None:
    """Prove that what vanishes passes once through 0, at its end: its derivative has one sign, its ends have two."""
    if len(set(segment.vanishing)) < len(segment.vanishing):
        raise Unproved("a quantity is named twice")
    for item in segment.vanishing:
        side = {"low": 1, "high": -1}.get(item.end)
        curve: Curve = quantities.of(item)
        ends = (curve.end_sign(-1), curve.end_sign(1))
        if side is None or curve.slope_sign != side or ends != (-side, side):
            raise Unproved(f"the {item.what} of {item.index} is not proved to pass through 0 once, towards the {item.end} end")
        if item.what == "slack" and all(block.hang != item.index for block in segment.blocks):
            raise Unproved("nothing hangs on the slack that vanishes")


def _check_watched(segment: Segment, quantities: Quantities) -> None:
    """Prove ``|v| < b`` for watched neurons: a norm is convex, so at the control points of v."""
    for index in range(len(segment.watched)):
        if _vanishes(segment, "watched", index):
            continue
        pull = quantities.pull(index)
        spread = sum((entry.spread for entry in pull), ZERO)
        degree = max(2, *(len(entry.coefficients) for entry in pull)) - 1
        lines = [control_points(entry.coefficients, degree) for entry in pull]
        for penalty, *point in zip(quantities.residual.penalties(degree), *lines, strict=True):
            room = penalty - spread
            if room <= 0 or dot(point, point) >= room * room:
                raise Unproved(f"watched neuron {index} is not proved to stay below the penalty")


def tree_points(residual: PathResidual) -> TreePoints:
    """Return the control points for trees; residuals are rounded, which their margins cover."""
    points, spread = residual.cut
    penalties = residual.penalties(residual.cut_degree)
    lengths = [absolute_sum(row) for row in residual.path.data.X]
    total = sum(lengths, ZERO) or Fraction(1)
    fine = Fraction(1, 1 << max(0, GRID_BITS + (total / min(penalties)).__ceil__().bit_length()))
    margin = dot(lengths, [entry + fine for entry in spread]) + Fraction(1, 2**512)
    rounded = [tuple(round(entry / fine) * fine for entry in point) for point in points]
    hyperplanes = residual.path.data.hyperplanes
    width = residual.path.data.d
    return TreePoints(
        hyperplanes=hyperplanes,
        dimension=width,
        points=tuple((point, (b - margin) // fine * fine) for point, b in zip(rounded, penalties, strict=True)),
    )


def tree_fault(proved: ProvedSegment, where: TreePoints, sign: int, tree: Tree) -> str | None:
    """Check the tree of one sign at all control points; return None when it holds."""
    known: dict[tuple[TightLeaf, tuple[int, ...]], str | None] = {}
    judge = proved.judge[sign]

    def tight(leaf: TightLeaf, sides: Sequence[int]) -> str | None:
        key = (leaf, tuple(sides))
        if key not in known:
            known[key] = _tight_fault(judge, leaf, sides, len(proved.segment.tight))
        return known[key]

    fault = check_along(where.forms(sign), tree, tight=tight)
    return None if fault is None else f"node {fault[0]} of the tree of sign {sign}: {fault[1]}"


def _tight_fault(judge: TightLeafCheck, leaf: TightLeaf, sides: Sequence[int], count: int) -> str | None:
    if not 0 <= leaf.neuron < count:
        return f"O7: there is no neuron {leaf.neuron}"
    try:
        judge.check(leaf, {hyperplane: side for hyperplane, side in enumerate(sides) if side})
    except Unproved as problem:
        return str(problem)
    return None
