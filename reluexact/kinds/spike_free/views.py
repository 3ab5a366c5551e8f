"""What ``reluexact spike-free`` shows: names with values, the JSON object."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.spike_free.claim import AllOnes, SpikeFree
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import PLACES, data_json, named_data
from reluexact.terminal.text import proved, real_json

_WORDS = {Status.PROVED: "the optimal value", Status.REFUTED: "above the optimal value", Status.UNDECIDED: "an upper bound"}


def spike_pairs(found: SpikeFree, best: AllOnes | None, missing: str, name: str) -> list[tuple[str, str]]:
    """Return what is shown; ``missing``: why there is no value of neurons that see all rows."""
    pairs = [("data", named_data(found.data, name)), ("status", f"{found.status.name}: {found.reason}")]
    if found.direction:
        pairs.append(("direction", f"({', '.join(map(format_fraction, found.direction))})"))
    if best is not None:
        pairs.append(("all ones", f"{proved(best.value, PLACES)}, {_WORDS[best.optimal]}"))
    elif missing:
        pairs.append(("all ones", missing))
    return pairs


def spike_json(found: SpikeFree, best: AllOnes | None) -> dict[str, object]:
    """Return everything that is known."""
    return {
        "data": data_json(found.data),
        "kind": "spike-free",
        "status": found.status.name,
        "reason": found.reason,
        "direction": [format_fraction(entry) for entry in found.direction],
        "all_ones": None if best is None else {"value": real_json(best.value, PLACES), "optimal": best.optimal.name},
    }
