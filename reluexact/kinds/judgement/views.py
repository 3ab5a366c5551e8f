"""What is shown of a judgement: names with values, and the JSON object."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.real import Real
from reluexact.terminal.problem import data_json, problem_json, problem_pairs
from reluexact.terminal.text import exact, magnitude, plural, proved, real_json, rounded

if TYPE_CHECKING:
    from reluexact.kinds.judgement.claim import Excess, Judgement

PLACES = 12
SHARE = 8
Pairs = list[tuple[str, str]]


def judgement_pairs(found: Judgement, name: str, network: str, most: Fraction | None = None) -> Pairs:
    """Return all lines about a judgement; ``name``, ``network``: of the files, ``most``: the share that is allowed."""
    size = plural(found.network.width, "neuron")
    trained = [("trainer", found.trainer), ("its loss", _loss(found))] if found.trainer else []
    pairs = [
        *problem_pairs(found.problem, name),
        ("network", f"{network}: {size}" if network else size),
        *trained,
        ("objective", exact_or_proved(Real.rational(found.objective))),
        ("optimum", f"{exact_or_proved(found.optimum)}, over networks of every width"),
        ("excess", excess_words(found)),
    ]
    if found.reason:
        pairs.append(("stopped", Message(found.reason, "; the bounds are proved")))
    return pairs if most is None else [*pairs, ("verdict", verdict_words(found, most))]


def exact_or_proved(value: Real) -> str:
    """Write a number: exactly where that is short, else with the digits that are proved."""
    short = exact(value.low) if value.is_rational else None
    return f"{short} (exactly)" if short else proved(value, PLACES)


def excess_words(found: Judgement) -> str:
    """Say how far the network is above the optimum."""
    if found.is_optimal:
        return "0: the network is a global optimum, PROVED"
    text, share = amount_words(found.excess), found.relative
    words = f"{text} above the optimum; of the objective: {share_words(share)}"
    return words if found.is_optimal is False else f"{words}; whether it is 0 is not decided"


def amount_words(excess: Excess) -> str:
    """Write an excess with its proved digits, else both bounds; the upper one alone where the lower one says nothing."""
    text = proved(Real(low=excess.low, high=excess.high), PLACES)
    if not text.startswith("["):
        return text
    return f"at most {magnitude(excess.high)}" if excess.low < Fraction(1, 10**SHARE) else _between(excess)


def share_words(share: Excess) -> str:
    """Write a share with its proved digits; what is small as a power of ten."""
    if share.high < Fraction(1, 10**4):
        return f"at most {magnitude(share.high)}"
    text = proved(Real(low=share.low, high=share.high), SHARE)
    return _between(share) if text.startswith("[") else text


def _between(bounds: Excess) -> str:
    return f"{rounded(bounds.low, SHARE, floor)} to {rounded(bounds.high, SHARE, ceil)}"


def verdict_words(found: Judgement, most: Fraction) -> str:
    """Say whether the excess is within a share of the objective."""
    limit = exact(most) or magnitude(most)
    return {
        Status.PROVED: f"PROVED: the excess is at most {limit} of the objective",
        Status.REFUTED: f"REFUTED: the excess is more than {limit} of the objective",
        Status.UNDECIDED: f"UNDECIDED: the bounds do not tell whether the excess is at most {limit} of the objective",
    }[found.within(most)]


def _loss(found: Judgement) -> str:
    value = rounded(found.objective / found.constant, PLACES)
    return f"{value}, times {exact(found.constant) or format_fraction(found.constant)} the objective"


def judgement_json(found: Judgement, most: Fraction | None = None) -> dict[str, object]:
    """Return everything that is known, exact numbers as text."""
    decided = {} if most is None else {"max_gap": format_fraction(most), "status": found.within(most).name}
    trained = {"trainer": found.trainer, "constant": format_fraction(found.constant)} if found.trainer else {}
    return {
        "kind": "judgement",
        "data": data_json(found.data),
        "penalty": format_fraction(found.penalty),
        "problem": problem_json(found.problem),
        "network": found.network.to_lists(),
        **trained,
        "objective": format_fraction(found.objective),
        "optimum": real_json(found.optimum, PLACES),
        "excess": excess_json(found.excess),
        "relative": excess_json(found.relative),
        "is_optimal": found.is_optimal,
        "reason": found.reason,
        **decided,
    }


def excess_json(excess: Excess) -> dict[str, str]:
    """Return the exact bounds and the proved decimals."""
    return real_json(Real(low=excess.low, high=excess.high), PLACES)
