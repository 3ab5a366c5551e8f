"""Kind `optimal-set`, all optimal networks: O1 to O9 and S1 to S6."""

from __future__ import annotations

from ..document import Item
from ..network.o1_structure import CLAIM
from ..polytope.s1_amounts import s1_polytope
from ..polytope.s4_vertices import check_set, s6_total
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
    check_set(polytope, [dimension, vertices, fewest, most], labels, "optimal", lines)
    s6_total(polytope, total)
