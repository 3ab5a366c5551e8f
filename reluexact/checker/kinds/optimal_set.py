"""Kind `optimal-set`, all optimal networks: O1 to O9 and S1 to S6."""

from __future__ import annotations

from ..document import LARGE, Item
from ..network.o1_structure import CLAIM
from ..polytope.s1_amounts import s1_polytope
from ..polytope.s2_labels import all_vertices, support
from ..polytope.s4_vertices import s4_vertices, s5_dimension, s6_total
from ..problem import Problem
from .optimum import EVIDENCE, prove_optimum


def check_optimal_set(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check O1-O9 and S1-S6: every optimal network."""
    *optimum, dimension, total, vertices, fewest, most = claim.fields(
        *CLAIM, "dimension", "total", "vertices", "min_width", "max_vertex_width"
    )
    *parts, labels = evidence.fields(*EVIDENCE, "labels")
    proof = prove_optimum(problem, optimum, parts, lines)
    polytope = s1_polytope(proof)
    points = all_vertices(polytope, labels)
    corners = len(vertices.entries())
    lines.append(
        f"all optimal networks: a polytope of dimension {dimension.index(LARGE)} with "
        f"{corners} {'vertex' if corners == 1 else 'vertices'}"
    )
    lines.append(f"neurons of a vertex: at least {fewest.index(LARGE)}, at most {most.index(LARGE)}")
    s4_vertices(polytope, points, vertices)
    if s5_dimension(polytope, points) != dimension.value:
        raise dimension.reject("S5: this is not proved to be the dimension")
    s6_total(polytope, total)
    widths = [len(support(polytope, point)) for point in points]
    for item, width in ((fewest, min(widths)), (most, max(widths))):
        if item.value != width:
            raise item.reject(f"S6: the number is {width}")
