"""What is shown of bounds of the optimal value: names with values, and the JSON object."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import bounds_pairs, data_json, data_pairs, problem_json, problem_pairs
from reluexact.terminal.text import magnitude

if TYPE_CHECKING:
    from reluexact.evidence.bound import BoundProof
    from reluexact.evidence.problem_bound import ProblemBound


def bound_pairs(proof: BoundProof | ProblemBound, goal: Fraction, name: str) -> list[tuple[str, str]]:
    """Return all lines about a bound."""
    problem = getattr(proof, "problem", None)
    pairs = data_pairs(proof.data, proof.penalty, name) if problem is None else problem_pairs(problem, name)
    status = "PROVED, for networks of every width"
    if proof.gap > goal:
        status = f"UNDECIDED: the bounds are proved, but wider than the relative gap {magnitude(goal)} that was aimed at"
    return [*pairs, ("status", status), *bounds_pairs(proof.lower, proof.upper, 30)]


def bound_json(proof: BoundProof | ProblemBound, goal: Fraction) -> dict[str, object]:
    """Return everything that is known of a bound."""
    problem = getattr(proof, "problem", None)
    return {
        "data": data_json(proof.data),
        "penalty": format_fraction(proof.penalty),
        **({} if problem is None else {"problem": problem_json(problem)}),
        "kind": "bound",
        "status": "PROVED" if proof.gap <= goal else "UNDECIDED",
        "lower": format_fraction(proof.lower),
        "upper": format_fraction(proof.upper),
        "gap": format_fraction(proof.gap),
        "network": proof.network.to_lists(),
    }
