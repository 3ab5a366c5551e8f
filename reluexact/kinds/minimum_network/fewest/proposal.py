"""A mixed-integer program proposes a network with few neurons; its answer is only where exact arithmetic looks.

Indicator constraints are used, not large factors: with these, floats report neurons as off that carry a little.
"""

from __future__ import annotations

from reluexact.kinds.minimum_network.fewest.steps import Steps
from reluexact.numbers.scalar import Undecided
from reluexact.numbers.scalar_vectors import ScalarVector
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import Constraint, Implication, Linear, MixedIntegerProgram

NODES = 1_000
"""Branch-and-bound nodes; a limit in seconds would make the result depend on the machine."""

Proposal = tuple[tuple[int, ...], tuple[int, ...]]


def proposed(steps: Steps, nodes: int = NODES) -> Proposal | None:
    """Return which variables an engine puts between their bounds and which at the upper one; None when it finds no solution."""
    count = len(steps.steps)
    zero = range(count, 2 * count)  # 1: the share is 0
    one = {j: 2 * count + k for k, j in enumerate(j for j, bounded in enumerate(steps.bounded) if bounded)}  # 1: it is 1
    constraints: list[Constraint] = []
    for j in range(count):
        constraints.append(Implication(zero[j], ((j, 1.0),), 0.0))
        if j in one:
            constraints.append(Implication(one[j], ((j, -1.0),), -1.0))
    for column, total in zip(steps.floats[:-1].T.tolist(), steps.floats[-1].tolist(), strict=True):
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


def confirmed(steps: Steps, proposal: Proposal | None) -> ScalarVector | None:
    """Return an exact solution with these variables between their bounds, or fewer; None when there is none, or it stays open."""
    if proposal is None:
        return None
    try:
        return steps.settle(*proposal) or steps.on_face(*proposal)
    except Undecided:
        return None
