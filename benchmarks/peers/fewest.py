"""Fewest neurons of the systems of ``minimum.py``: this project, z3 and SCIP."""

from __future__ import annotations

from typing import Any

import minimum
from peers.task import Task

from reluexact.geometry.polytope import BoundedSystem
from reluexact.kinds.minimum_network.fewest.system import fewest

NEVER = 1e6


def _system(pairs: int, rows: int) -> minimum.System:
    """Return a system with a point that has fewer shares between their bounds than a generic vertex has."""
    return minimum.paired(pairs, rows, rows - 1, 0)


def ours(pairs: int, rows: int) -> Task:
    system = BoundedSystem.of(*_system(pairs, rows))

    def score(found: Any) -> dict[str, Any]:
        return {
            "count": found.upper if found.lower == found.upper else None,
            "scale": pairs,
            "proved": found.lower == found.upper,
        }

    return Task(lambda: fewest(system), score)


def z3_optimiser(pairs: int, rows: int) -> Task:
    import z3  # noqa: F401

    system = _system(pairs, rows)
    return Task(lambda: minimum.by_z3(system, NEVER), lambda count: {"count": count, "proved": count is not None})


def scip(pairs: int, rows: int) -> Task:
    system = _system(pairs, rows)
    return Task(
        lambda: minimum.by_scip(system, factors=False, nodes=-1)[0], lambda count: {"count": count, "proved": count is not None}
    )
