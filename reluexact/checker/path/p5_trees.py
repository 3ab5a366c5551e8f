"""P5: on a whole segment no direction exceeds the penalty, and only its neurons attain it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from operator import mul

from ..document import Item
from ..linear import ROUND, norm_up, whole_numbers
from ..network.o7_tight_leaves import o7_leaf
from ..quantities import Matrix
from ..trees import Cone, Tree, fits_leaf, read_leaf, walk
from ..walls import Profile, make_profile
from .flows import together
from .polynomials import size
from .segment import Segment

MOST = 6
"""The greatest degree of the curve of the residual at whose control points trees are checked."""


@dataclass(frozen=True, slots=True)
class Control:
    """A control point of the residual, as a function over walls for one sign, and the limit for a good leaf at it."""

    profile: Profile
    limit: Fraction


def p5_trees(segment: Segment) -> None:
    """P5: the leaves of both trees cover R^d; they are tight, or good at every control point."""
    residuals, limits = p5_controls(segment)
    for name, sign in (("positive", 1), ("negative", -1)):
        profiles = [make_profile(segment.problem, segment.walls, theta, sign) for theta in residuals]
        controls = [Control(profile, limit) for profile, limit in zip(profiles, limits, strict=True)]
        leaf = partial(p5_leaf, segment=segment, sign=sign, controls=controls)
        duty = "P5" if min(limits) > 0 else "P5 (the tube is too wide)"
        walk(Tree(segment.evidence[name], segment.walls, profiles[0], "P5", duty, leaf))


def p5_controls(segment: Segment) -> tuple[Matrix, list[Fraction]]:
    """Return the control points of theta, and for each the penalty less what the errors may add."""
    columns, flows, degree = segment.columns, segment.flows, max(1, min(MOST, segment.degree))
    cut = [curve[: degree + 1] for curve in flows.curve]
    errors = [error + size(curve[degree + 1 :]) for error, curve in zip(flows.errors, flows.curve, strict=True)]
    points, unit, penalties = together(cut, segment.penalty, degree)
    rows = list(zip(*columns.design, strict=True)) if columns.design else [()] * len(columns.base)
    residuals = [
        [
            Fraction(base * unit - sum(map(mul, row, point)), columns.unit * unit)
            for base, row in zip(columns.base, rows, strict=True)
        ]
        for point in points
    ]
    widths, under = whole_numbers(errors)
    loss = Fraction(0)
    for row, x in zip(rows, segment.problem.X, strict=True):
        numbers, scale = whole_numbers(x)
        radius = sum(abs(entry) * width for entry, width in zip(row, widths, strict=True))
        loss += Fraction(radius * norm_up(numbers, scale), columns.unit * under << ROUND)
    return residuals, [b - loss for b in penalties]


def p5_leaf(tree: Tree, node: Item, cone: Cone, segment: Segment, sign: int, controls: list[Control]) -> None:
    """Check a leaf: tight (O7b), or good at every control point, where there may be a leaf for each."""
    if node.has("neuron"):
        o7_leaf(segment, segment.views[-1], sign, node, cone.side)
        return
    on = [wall for wall, side in enumerate(cone.side) if side > 0]
    if node.has("points"):
        (points,) = node.fields("points")
        nodes = points.entries(len(controls))
        leaves = [read_leaf(tree, one, cone) for one in nodes]
    else:
        nodes, leaves = [node] * len(controls), [read_leaf(tree, node, cone)] * len(controls)
    for control, one, leaf in zip(controls, nodes, leaves, strict=True):
        pieces = (control.profile.pieces[wall] for wall in on)
        base = [sum(entries) for entries in zip(control.profile.linear, *pieces, strict=True)]
        here = replace(tree, profile=control.profile)
        fits_leaf(here, one, Cone(cone.side, cone.hi, cone.lo, base), leaf, control.limit, strict=True)
