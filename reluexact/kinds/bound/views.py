"""What is shown of bounds of the optimal value: names with values, and the JSON object."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from reluexact.errors import Message
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import bounds_pairs, data_json, data_pairs
from reluexact.terminal.text import magnitude

if TYPE_CHECKING:
    from reluexact.evidence.bound import BoundProof


def bound_pairs(proof: BoundProof, goal: Fraction, name: str, reason: str = "") -> list[tuple[str, str]]:
    """Return all lines about a bound; ``reason``: why the proof stopped before its goal, if it did."""
    pairs = data_pairs(proof.data, proof.penalty, name)
    status: str = "PROVED, for networks of every width"
    if proof.gap > goal:
        status = f"UNDECIDED: the bounds are proved, but wider than the relative gap {magnitude(goal)} that was aimed at"
    if reason:
        status = Message("UNDECIDED: ", reason, " (the bounds are proved)")
    return [*pairs, ("status", status), *bounds_pairs(proof.lower, proof.upper, 30)]


def bound_json(proof: BoundProof, goal: Fraction, reason: str = "") -> dict[str, object]:
    """Return everything that is known of a bound."""
    return {
        "data": data_json(proof.data),
        "penalty": format_fraction(proof.penalty),
        "kind": "bound",
        "status": "PROVED" if proof.gap <= goal else "UNDECIDED",
        "lower": format_fraction(proof.lower),
        "upper": format_fraction(proof.upper),
        "gap": format_fraction(proof.gap),
        "reason": reason,
        "network": proof.network.to_lists(),
    }
