"""Proposes how the amounts of the pairs divide between their neurons; :mod:`reluexact.prove.split` proves or refuses it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from reluexact.numbers.types import Vector
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import LinearProgram
from reluexact.propose.types import Floats
from reluexact.prove.neurons import Unproved
from reluexact.prove.split import ProposedShares

AT_END = 1e-7


def propose_shares(pairs: list[int], columns: dict[int, Vector], target: Vector) -> ProposedShares:
    """Propose shares as far from 0 and 1 as possible, by a linear program; raises Unproved where it has no solution.

    >>> one = Fraction(1)
    >>> found = propose_shares([0, 1], {0: (one,), 1: (-one,)}, (Fraction(0),))
    >>> found.independent, found.between
    ((0,), None)
    """
    table = _table(pairs, columns)
    scale = np.maximum(np.abs(table).max(axis=1, initial=0.0), 1e-300)
    count = len(pairs)
    ones = np.ones((count, 1))
    with np.errstate(all="ignore"):
        right = np.array([float(value) for value in target]) / scale
    if not (np.isfinite(table).all() and np.isfinite(right).all()):
        raise Unproved("O6: the split of the pairs is out of the range of floats; scale the data")
    program = LinearProgram(
        cost=np.append(np.zeros(count), -1.0),
        rows=np.vstack([np.hstack([-np.eye(count), ones]), np.hstack([np.eye(count), ones])]),
        limits=np.concatenate([np.zeros(count), np.ones(count)]),
        equations=np.hstack([table / scale[:, None], np.zeros((len(target), 1))]),
        right=right,
        bounds=[(-1.0, 2.0)] * count + [(None, 0.5)],
    )
    answer = engine("linear", "highs-ds").solve(program)
    if answer is None or answer.point[-1] < -AT_END:
        raise Unproved("O6: the pairs cannot be split with positive amounts")
    shares = answer.point[:-1].tolist()
    between = tuple(block for block, share in zip(pairs, shares, strict=True) if AT_END < share < 1 - AT_END)
    return ProposedShares(
        shares={block: Fraction(share) for block, share in zip(pairs, shares, strict=True)},
        independent=_independent(pairs, table),
        between=None if answer.point[-1] > AT_END else between,
    )


def _table(pairs: list[int], columns: dict[int, Vector]) -> Floats:
    return np.array([[float(entry) for entry in columns[block]] for block in pairs]).T


def _independent(pairs: list[int], table: Floats) -> tuple[int, ...]:
    """Choose pairs with well independent directions, as many as there are free directions where possible."""
    rest = table / np.maximum(np.abs(table).max(axis=1, initial=0.0), 1e-300)[:, None]
    order: list[int] = []
    for _ in range(len(rest)):
        sizes = np.linalg.norm(rest, axis=0)
        best = int(np.argmax(sizes))
        if sizes[best] <= 1e-9:
            break
        order.append(best)
        unit = rest[:, best] / sizes[best]
        rest = rest - np.outer(unit, unit @ rest)
        rest[:, order] = 0
    return tuple(sorted(pairs[index] for index in order))
