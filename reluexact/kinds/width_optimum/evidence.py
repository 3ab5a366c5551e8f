"""The evidence of an optimum of a width, verified in rational numbers (CERTIFICATE.md, W2 to W4); no floats."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.region import Region, parts, whole
from reluexact.kinds.width_optimum.claim import DualPoint, SplitRegion, WidthEvidence
from reluexact.model.loss import SQUARED
from reluexact.model.program import Program
from reluexact.prove.form import Form
from reluexact.prove.tree_check import check_tree


def fault_of(program: Program, width: int, evidence: WidthEvidence, lower: Fraction) -> str | None:
    """Return None when the evidence shows every network of at most ``width`` neurons to cost at least ``lower``, else a fault."""
    for number, point in enumerate(evidence.points):
        fault = _fault_of_point(program, point, lower)
        if fault is not None:
            return f"point {number}: {fault}"
    stack = [whole(width, positive) for positive in range(width + 1)]
    for node in evidence.tree:
        if not stack:
            return "the tree has more nodes than it needs"
        assignment = stack.pop()
        if isinstance(node, SplitRegion):
            region, _ = assignment[node.place]
            if any(hyperplane == node.hyperplane for hyperplane, _ in region.sides):
                return "a wall is decided twice"
            stack.extend(reversed(parts(assignment, node.place, node.hyperplane)))
        elif not all(covered(evidence.points[node.point], region) for region, _ in assignment):
            return "a dual point is not known to be feasible on a region"
    return "the tree ends too early" if stack else None


def covered(point: DualPoint, region: Region) -> bool:
    """Say whether the point is shown to be feasible on a region."""
    return any(region.within(covering.region) for covering in point.coverings)


def _fault_of_point(program: Program, point: DualPoint, lower: Fraction) -> str | None:
    if SQUARED.dual_value(point.residual, program.data.y) < lower:
        return "its dual value is too small"
    for covering in point.coverings:
        region = covering.region
        form = Form.of(program.hyperplanes, point.residual, region.sign, dimension=program.data.d)
        fault = check_tree(form, program.penalty, covering.tree, start=region.sides)
        if fault is not None:
            return f"tree of a region, node {fault[0]}: {fault[1]}"
    return None
