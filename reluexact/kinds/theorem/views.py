"""What ``reluexact theorem`` shows: names with values, the table of neurons, the JSON object."""

from __future__ import annotations

from reluexact.errors import Message
from reluexact.kinds.optimum.views import neuron_grid, neuron_json
from reluexact.kinds.theorem.claim import Condition, Theorem
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import data_json, named_data
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import exact, proved, real_json


def theorem_pairs(found: Theorem, name: str, digits: int = 30) -> list[tuple[str, str]]:
    """Return the lines above the table."""
    pairs = [("data", named_data(found.data, name)), ("penalty", format_fraction(found.penalty))]
    pairs += [("fails", Message(_failure(condition))) for condition in found.conditions if not condition.holds]
    if found.value is None:
        return [*pairs, ("status", "UNDECIDED: no theorem of this list gives the optimum; solve finds and proves it")]
    short = exact(found.value.low) if found.value.is_rational else None
    value = f"{short} (exactly)" if short else proved(found.value, digits)
    proof = ("status", "PROVED, for networks of every width")
    return [*pairs, ("theorem", f"{found.name}: {found.source}"), proof, ("value", value)]


def _failure(condition: Condition) -> str:
    return f"{condition.theorem}: {condition.reason}"


def theorem_grids(found: Theorem) -> list[Grid]:
    """Return the table of the neurons."""
    return [neuron_grid(found)] if found.neurons else []


def theorem_json(found: Theorem, digits: int) -> dict[str, object]:
    """Return the answer as an object."""
    return {
        "status": "PROVED" if found.applies else "UNDECIDED",
        "data": data_json(found.data),
        "penalty": format_fraction(found.penalty),
        "theorem": found.name,
        "source": found.source or None,
        "conditions": [{"theorem": c.theorem, "holds": c.holds, "reason": c.reason} for c in found.conditions],
        "value": None if found.value is None else real_json(found.value, digits),
        "neurons": [neuron_json(found.data, neuron) for neuron in found.neurons],
        "residual": [real_json(rest, digits) for rest in found.residual],
    }
