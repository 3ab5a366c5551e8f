"""Closing an assignment: a rational dual point, feasible on its regions by exact trees, whose value is high enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from reluexact.errors import LimitReached
from reluexact.evidence.region import Region
from reluexact.evidence.tree import Leaf
from reluexact.kinds.width_optimum.claim import Covering, DualPoint
from reluexact.model.loss import SQUARED
from reluexact.model.program import Program
from reluexact.numbers.types import Vector
from reluexact.propose.tree.cover import TIE, Covered, cover
from reluexact.propose.tree.leaf import dyadic
from reluexact.prove.form import Form
from reluexact.prove.tree_check import check_tree
from reluexact.search.bound import rounded

ROUGH = ((12, 24), (20, 36), (30, 48), (38, 60))
"""How much a proposed dual point is shrunk, and how finely it is rounded (bits); the first that is good enough is taken."""

TREE_LIMIT = 200_000


def maximal(regions: Iterable[Region]) -> list[Region]:
    """Return the regions that lie within no other."""
    distinct = list(dict.fromkeys(regions))
    return [one for one in distinct if not any(one != other and one.within(other) for other in distinct)]


def coverings(program: Program, theta: Vector, regions: Iterable[Region], tie: Fraction = TIE) -> tuple[Covering, ...] | None:
    """Return exact trees that show the point to be feasible on the regions, None when one is not found."""
    found = []
    for region in maximal(regions):
        form = Form.of(program.hyperplanes, theta, region.sign, dimension=program.data.d)
        try:
            answer = cover(form, program.penalty, start=region.sides, tie=tie, limit=TREE_LIMIT)
        except LimitReached:
            return None
        if not isinstance(answer, Covered) or check_tree(form, program.penalty, answer.tree, start=region.sides) is not None:
            return None
        found.append(Covering(region=region, tree=answer.tree))
    return tuple(found)


def rough_point(program: Program, theta: Sequence[float], regions: Sequence[Region], goal: Fraction | None) -> DualPoint | None:
    """Return a short dual point near a proposed one with a value of at least ``goal``; None when there is none.

    Without a goal the finest of the points that are feasible is wanted.
    """
    exact = tuple(Fraction(value) for value in theta)
    for shrink, bits in ROUGH if goal is not None else tuple(reversed(ROUGH)):
        point = rounded(tuple(t * (1 - Fraction(1, 1 << shrink)) for t in exact), bits)
        if goal is not None and SQUARED.dual_value(point, program.data.y) < goal:
            continue
        trees = coverings(program, point, regions)
        if trees is not None:
            return DualPoint(residual=point, coverings=trees)
    return None


def zero_point(program: Program, regions: Sequence[Region]) -> DualPoint:
    """Return the dual point 0, which is feasible everywhere and gives the bound 0."""
    trees = tuple(Covering(region=region, tree=(Leaf(),)) for region in maximal(regions))
    return DualPoint(residual=(Fraction(0),) * program.data.n, coverings=trees)


def fine_residual(program: Program, middle: Vector, digits: int) -> tuple[Vector, Fraction]:
    """Return a proved residual shrunk by a share that costs less than 10^-(digits + 1) of the dual value, and that share."""
    along = sum((abs(y * t) for y, t in zip(program.data.y, middle, strict=True)), Fraction(1))
    bits = (10 ** (digits + 1) * (int(along) + 1)).bit_length()
    share = Fraction(1, 1 << bits)
    weight = 1 + sum((abs(entry) for row in program.data.X for entry in row), Fraction(0)) / program.penalty
    spare = 8 + int(weight * (1 + max(map(abs, middle), default=Fraction(0)))).bit_length()
    return tuple(dyadic(t * (1 - share), bits + spare) for t in middle), share
