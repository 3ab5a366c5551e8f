"""What a network exceeds the optimal value by, as the kind `judgement` of both versions claims it: J2, J3."""

from __future__ import annotations

from decimal import ROUND_FLOOR
from fractions import Fraction

from .document import Item
from .quantities import decimal, interval_text


def state_judgement(lines: list[str], width: int, objective: Item, excess: Item) -> None:
    """Say in words what is claimed."""
    low, high = (item.number() for item in excess.fields("low", "high"))
    neurons = "1 hidden neuron" if width == 1 else f"{width} hidden neurons"
    lines.append(f"claim (judgement): a network of {neurons}, objective {decimal(objective.number(), ROUND_FLOOR)}")
    lines.append(f"its objective exceeds p* by a number in {interval_text(low, high)}")


def j2_j3_excess(below: Fraction, above: Fraction, excess: Item, lower: Fraction, upper: Fraction | None) -> None:
    """J2: ``high`` reaches from a lower bound of p*; J3: ``low`` is 0, or reaches from an upper bound of p*.

    below, above: bounds of the objective of the network; lower, upper: bounds of p*, the upper one None where none is known.
    """
    low_item, high_item = excess.fields("low", "high")
    low, high = low_item.number(), high_item.number()
    if high < above - lower:
        raise high_item.reject("J2: the network may be further above the optimal value")
    if low < 0:
        raise low_item.reject("J3: no network is below the optimal value; 0 is the least that is claimed")
    if low and (upper is None or low > below - upper):
        raise low_item.reject("J3: the network may be nearer to the optimal value")
