"""A mixed-integer program proposes a network with few neurons; its answer is only where exact arithmetic looks.

Indicator constraints are used, not large factors: with these, floats report neurons as off that carry a little.
"""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.propose.engines import engine
from reluexact.propose.engines.program import Constraint, Implication, Linear, MixedIntegerProgram
from reluexact.propose.types import Floats

NODES = 1_000
"""Branch-and-bound nodes; a limit in seconds would make the result depend on the machine."""

Proposal = tuple[tuple[int, ...], tuple[int, ...]]


def proposed(steps: Floats, bounded: Sequence[bool], nodes: int = NODES) -> Proposal | None:
    """Return which variables an engine puts between their bounds and which at the upper one; None when it finds no solution.

    steps: one row per variable, the right-hand side last. bounded: whether it has an upper bound.
    """
    count = len(bounded)
    zero = range(count, 2 * count)  # 1: the share is 0
    one = {j: 2 * count + k for k, j in enumerate(j for j, flag in enumerate(bounded) if flag)}  # 1: it is 1
    constraints: list[Constraint] = []
    for j in range(count):
        constraints.append(Implication(zero[j], ((j, 1.0),), 0.0))
        if j in one:
            constraints.append(Implication(one[j], ((j, -1.0),), -1.0))
    for column, total in zip(steps[:-1].T.tolist(), steps[-1].tolist(), strict=True):
        constraints.append(Linear(tuple((j, entry) for j, entry in enumerate(column) if entry), total, total))
    program = MixedIntegerProgram(
        cost=tuple((k, -1.0) for k in (*zero, *one.values())),
        bounds=[(0.0, 1.0)] * (2 * count + len(one)),
        binary=frozenset((*zero, *one.values())),
        constraints=constraints,
        nodes=nodes,
    )
    answer = engine("mixed-integer").solve(program)
    if answer is None or answer.point is None:
        return None
    ones = tuple(j for j, k in one.items() if answer.point[k] > 0.5)
    between = tuple(j for j in range(count) if answer.point[zero[j]] < 0.5 and j not in ones)
    return between, ones
