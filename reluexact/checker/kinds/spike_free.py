"""Kind `spike-free`, whether outputs of neurons are outputs of linear maps that are not longer: F1 to F3."""

from __future__ import annotations

from ..document import Item
from ..linear import dot
from ..problem import Problem
from ..quantities import ZERO
from ..walls import make_walls


def check_spike_free(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check F1-F3: X is spike-free, or one u shows that it is not."""
    if problem.penalty != 1:
        raise claim.reject("F1: the penalty is 1, which plays no role")
    (item,) = claim.fields("direction")
    if item.value is None:
        lines.append("claim (spike-free): for every u there is a z with (Xu)+ = Xz and |z| <= |u|")
        f2_inverse(problem, *evidence.fields("inverse"))
        return
    lines.append("claim (not spike-free): no z with |z| <= |u| has (Xu)+ = Xz, for the direction u")
    f3_separation(problem, item, *evidence.fields("separating"))


def f2_inverse(problem: Problem, item: Item) -> None:
    """F2: no factor is negative, H is the inverse of the Gram matrix of the walls, and no entry off its diagonal is positive."""
    walls = make_walls(problem.X)
    if any(factor < 0 for factor in walls.factor):
        raise item.reject("F2: a row is a negative multiple of another one")
    size = len(walls.heads)
    lines = [line.vector(size) for line in item.entries(size)]
    gram = [[dot(a, b) for b in walls.normals] for a in walls.normals]
    for i, line in enumerate(lines):
        if [dot(line, column) for column in gram] != [i == j for j in range(size)]:
            raise item.reject("F2: this is not the inverse of the Gram matrix of the walls")
        if any(entry > 0 for j, entry in enumerate(line) if j != i):
            raise item.reject("F2: an entry off the diagonal is positive")


def f3_separation(problem: Problem, item: Item, separating: Item) -> None:
    """F3: ``v.(Xu)+ > |X'v| |u|``."""
    u, v = item.vector(len(problem.X[0])), separating.vector(len(problem.y))
    seen = dot(v, [max(ZERO, dot(row, u)) for row in problem.X])
    pull = [dot(v, column) for column in zip(*problem.X, strict=True)]
    if seen <= 0 or seen * seen <= dot(pull, pull) * dot(u, u):
        raise separating.reject("F3: the vector does not separate the outputs of u from those of linear maps")
