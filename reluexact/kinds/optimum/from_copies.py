"""The optimum of a problem with row weights from that of its scaled copies: one network is optimal for both, proved for each."""

from __future__ import annotations

from dataclasses import replace

from reluexact.errors import LimitReached
from reluexact.kinds.optimum.assemble import bits_for
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_assemble import fine_enough_problem, problem_optimum_of
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.problem import Problem
from reluexact.model.program import program_of
from reluexact.prove.neurons import Unproved
from reluexact.prove.structure import build_kkt
from reluexact.search.problem_proof import prove_problem


def weighted_optimum(problem: Problem, copies: Optimum, *, digits: int, limit: int) -> ProblemOptimum | None:
    """Prove the structure of the optimum of scaled copies (``rx.without_weights``) for the weights; None where that fails.

    Copies have the hyperplanes of their rows, in their order and with their sides, so faces, bases and unknowns of the two
    systems are the same.

    >>> from reluexact.kinds.optimum.find import solve
    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.row_weights import without_weights
    >>> problem = Problem(Dataset([[1], [2]], [1, 2]), 1, weights=[2, 3])
    >>> plain = without_weights(problem)
    >>> weighted_optimum(problem, solve(plain.data, plain.penalty), digits=30, limit=1000)
    ProblemOptimum(PROVED, value=27/28, 1 optimal neuron)
    """
    point = copies.point
    if point is None:
        return None
    known = point.kkt
    structure = replace(known.structure, spans=known.bases, places=(0,) * problem.data.n)  # the squared loss is one piece
    kkt = build_kkt(program_of(problem), structure, known.lineality)
    try:
        proof = prove_problem(kkt, point.box.midpoint, bits=bits_for(problem.data, digits), limit=limit)
    except (Unproved, LimitReached):
        return None
    return problem_optimum_of(problem, fine_enough_problem(proof, digits), digits=digits, produced_by=copies.produced_by)
