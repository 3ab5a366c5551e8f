"""Bounds of the optimal value with any relative gap: from floats where they suffice, else from the proved optimum."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.bound import BoundProof
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.numbers.rational import to_count, to_fraction
from reluexact.numbers.real import MAX_DIGITS
from reluexact.progress import Progress
from reluexact.propose.basis import even_coordinates
from reluexact.search.bound import prove_bound as bound_from_floats

GUARD_DIGITS = 12


def prove_bound(
    data: Dataset,
    penalty: object,
    *,
    gap: object = Fraction(1, 10**12),
    engine: str = "clarabel",
    limit: int = 200_000,
    progress: Progress | None = None,
) -> BoundProof:
    """Prove rational bounds of the optimal value with a relative ``gap`` as small as asked; the gap reached is in the result.

    Floats reach about twelve digits. For less the optimum itself is proved and its residual and network are taken with more
    digits; when that stays undecided, the bounds from floats are returned, so compare ``gap`` with what was asked.

    >>> proof = prove_bound(Dataset(X=[[1], [2]], y=[1, 2]), 1, gap=Fraction(1, 10**40))
    >>> proof.lower <= Fraction(9, 10) <= proof.upper, proof.gap <= Fraction(1, 10**40)
    (True, True)
    """
    require_dataset(data)
    to_count(limit, where="limit")
    goal = to_fraction(gap, where="gap", choice=False)
    rough = bound_from_floats(data, penalty, gap=goal, engine=engine, limit=limit, progress=progress)
    if rough.gap <= goal:
        return rough
    digits = GUARD_DIGITS + len(str(int(1 / (goal * min(rough.upper, Fraction(1))))))
    optimum = solve(data, penalty, digits=min(digits, MAX_DIGITS), engine=engine, limit=limit)
    if optimum.status is not Status.PROVED:
        return rough
    residual = [(entry.low + entry.high) / 2 for entry in optimum.residual]
    with even_coordinates():
        return bound_from_floats(
            data, penalty, gap=goal, residual=residual, network=optimum.network, limit=limit, progress=progress
        )
