"""How far a network is from the proved optimum, and from balance: what is shown before its class."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from reluexact.errors import Argument, Cure, InputError, Message
from reluexact.evidence.status import Status
from reluexact.numbers.linalg import dot
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.real import Real
from reluexact.terminal.text import exact, magnitude, proved, rounded

if TYPE_CHECKING:
    from reluexact.kinds.optimum.claim import Optimum
    from reluexact.model.network import Network

PLACES = 12
ROUNDING = Fraction(1, 10**4)
"""Networks that are balanced up to this share get the advice for rounded ones; it decides nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """An objective beside the optimal value, both as exact bounds; optimum: None where the network is a global minimum."""

    objective: Real
    optimum: Optimum | None

    @property
    def low(self) -> Fraction:
        """Return what the objective exceeds the optimal value by at least."""
        return Fraction(0) if self.optimum is None else max(Fraction(0), self.objective.low - self.optimum.value.high)

    @property
    def high(self) -> Fraction:
        """Return what the objective exceeds the optimal value by at most."""
        return Fraction(0) if self.optimum is None else max(Fraction(0), self.objective.high - self.optimum.value.low)

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
        share = self.high / self.objective.low if self.objective.low else Fraction(0)
        if best.status is Status.PROVED:
            text = proved(Real(low=self.low, high=self.high), PLACES)
            return f"{text} above the optimum, {magnitude(share)} of the objective"
        return f"at most {rounded(self.high, PLACES, ceil)} above the optimum, {magnitude(share)} of the objective"

    def document(self) -> dict[str, object]:
        """Return the optimum and the gap with exact bounds."""
        best = self.optimum
        value, status = (self.objective, "PROVED") if best is None else (best.value, best.status.name)
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
    from reluexact.model.symmetries import balanced

    share = imbalance(network)
    if not share:
        return Message("balanced")
    text = f"not balanced: |w|^2 and a^2 of a neuron differ by {magnitude(share)} of the greater"
    if share > ROUNDING:
        return Message(text)
    snap = Cure(Argument("snap", "1/1000000"), " takes the exact stationary network next to it")
    cures = (Cure(Argument("balance"), " makes it exact"), snap) if balanced(network) is not None else (snap,)
    first = Cure(*cures[0].parts, mark=", a matter of rounding; ")
    return Message(text, first, *cures[1:])


def rebalanced(network: Network) -> Network:
    """Return the balanced network of the same function; raises InputError where its weights are not rational."""
    from reluexact.model.symmetries import balanced

    found = balanced(network)
    if found is None:
        text = "the balanced network of the same function has irrational weights, which no file holds"
        raise InputError(Message(text, Cure("take the exact stationary network next to it by ", Argument("snap", "1/1000000"))))
    return found
