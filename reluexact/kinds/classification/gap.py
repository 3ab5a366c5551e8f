"""How far a network is from the proved optimum, and from balance: what is shown before its class."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from reluexact.errors import Argument, Cure, InputError, LimitReached, Message
from reluexact.evidence.status import Status
from reluexact.numbers.linalg import dot
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.real import Real
from reluexact.terminal.text import exact, magnitude, proved, rounded

if TYPE_CHECKING:
    from reluexact.kinds.classification.claim import Classification
    from reluexact.kinds.optimum.claim import Optimum
    from reluexact.model.network import Network

PLACES = 12
FEW, MOST_DIGITS = 8, 300
"""Digits of a small gap, and of the optimal value for its sake."""
ROUNDING = Fraction(1, 10**4)
"""Networks that are balanced, or optimal, up to this share get the advice for rounded ones; it decides nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """An objective beside the optimal value, both as exact bounds; optimum: None where the network is a global minimum.

    value: that of the optimum, with enough digits to tell it from the objective.
    """

    objective: Real
    optimum: Optimum | None
    value: Real

    @classmethod
    def between(cls, objective: Real, optimum: Optimum | None) -> Gap:
        """Return the gap of a network; where it is small, more digits of the optimal value are computed."""
        value = objective if optimum is None else optimum.value
        digits = FEW if optimum is not None and optimum.status is Status.PROVED else MOST_DIGITS
        with suppress(LimitReached):
            while digits < MOST_DIGITS and value.high - value.low > (objective.high - value.low) / 10**FEW:
                digits = min(2 * digits, MOST_DIGITS)
                value = value.refined(digits)
        return cls(objective=objective, optimum=optimum, value=value)

    @property
    def low(self) -> Fraction:
        """Return what the objective exceeds the optimal value by at least."""
        return Fraction(0) if self.optimum is None else max(Fraction(0), self.objective.low - self.value.high)

    @property
    def high(self) -> Fraction:
        """Return what the objective exceeds the optimal value by at most."""
        return Fraction(0) if self.optimum is None else max(Fraction(0), self.objective.high - self.value.low)

    @property
    def share(self) -> Fraction:
        """Return which share of the objective the gap is at most."""
        return self.high / self.objective.low if self.objective.low else Fraction(0)

    def pairs(self) -> list[tuple[str, str]]:
        """Return objective, optimum and gap for people."""
        short = exact(self.objective.low) if self.objective.is_rational else None
        lines: list[tuple[str, str]] = [("objective", f"{short} (exactly)" if short else proved(self.objective, PLACES))]
        best = self.optimum
        if best is None:
            return [*lines, ("optimum", "the same: the network is a global minimum"), ("gap", "0")]
        if best.status is Status.PROVED:
            short = exact(best.value.low) if best.value.is_rational else None
            lines.append(("optimum", f"{f'{short} (exactly)' if short else proved(best.value, PLACES)}, PROVED"))
        else:
            ends = f"from {rounded(best.lower, PLACES, floor)} to {rounded(best.upper, PLACES, ceil)}, proved bounds"
            lines.append(("optimum", Message(f"{ends}; UNDECIDED: ", best.reason)))
        return [*lines, ("gap", self._words(best))]

    def _words(self, best: Optimum) -> str:
        share = f"{magnitude(self.share)} of the objective"
        if best.status is not Status.PROVED:
            return f"at most {rounded(self.high, PLACES, ceil)} above the optimum, {share}"
        text = proved(Real(low=self.low, high=self.high), PLACES)
        return f"{f'at most {magnitude(self.high)}' if text.startswith('[') else text} above the optimum, {share}"

    def document(self) -> dict[str, object]:
        """Return the optimum and the gap with exact bounds."""
        best = self.optimum
        value, status = self.value, "PROVED" if best is None else best.status.name
        ends = {"low": format_fraction(value.low), "high": format_fraction(value.high)}
        return {
            "optimum": {"status": status, "reason": "" if best is None else best.reason, **ends},
            "gap": {"low": format_fraction(self.low), "high": format_fraction(self.high)},
        }


def imbalance(network: Network) -> Fraction:
    """Return the greatest share by which |w|^2 and a^2 of a neuron differ.

    >>> from reluexact.model.network import Network
    >>> imbalance(Network([[3, 4], [2, 0]], [5, 1]))
    Fraction(3, 4)
    """
    shares = [Fraction(0)]
    for weights, amount in zip(network.hidden, network.output, strict=True):
        square = dot(weights, weights)
        shares.append(abs(square - amount**2) / max(square, amount**2, key=abs) if square or amount else Fraction(0))
    return max(shares)


def balance_words(network: Network) -> Message:
    """Say whether a network is balanced, else how far it is from that and what cures rounding."""
    share = imbalance(network)
    if not share:
        return Message("balanced")
    text = f"not balanced: |w|^2 and a^2 of a neuron differ by {magnitude(share)} of the greater"
    return Message(text) if share > ROUNDING else Message(text, *_cures(network))


def kind_words(found: Classification, gap: Gap) -> Message:
    """Say what a network is; one that is not stationary but next to the optimum, or to balance, may be so by rounding."""
    if found.clarke.status is not Status.REFUTED:
        return Message(found.summary)
    near = gap.optimum is not None and gap.optimum.status is Status.PROVED and gap.share <= ROUNDING
    if not near and not 0 < imbalance(found.network) <= ROUNDING:
        return Message(found.summary)
    return Message(found.summary, *_cures(found.network))


def _cures(network: Network) -> tuple[Cure, ...]:
    """Return what undoes rounding."""
    from reluexact.model.symmetries import balanced

    snap = Cure(Argument("snap", "1/1000000"), " takes the exact stationary network next to it")
    uneven = imbalance(network) and balanced(network) is not None
    cures = (Cure(Argument("balance"), " makes it balanced"), snap) if uneven else (snap,)
    return (Cure(*cures[0].parts, mark=", a matter of rounding; "), *cures[1:])


def rebalanced(network: Network) -> Network:
    """Return the balanced network of the same function; raises InputError where its weights are not rational."""
    from reluexact.model.symmetries import balanced

    found = balanced(network)
    if found is None:
        text = "the balanced network of the same function has irrational weights, which no file holds"
        raise InputError(Message(text, Cure("take the exact stationary network next to it by ", Argument("snap", "1/1000000"))))
    return found
