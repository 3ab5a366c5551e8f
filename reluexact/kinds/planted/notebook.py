"""What notebooks show of a planted problem."""

from __future__ import annotations

from reluexact.kinds.optimum import notebook as optimum
from reluexact.kinds.page import Page, page_by_class
from reluexact.kinds.planted.claim import Planted, PlantedNeuron
from reluexact.numbers.rational import format_fraction


def page(claim: object) -> Page:
    """Show what was planted, and the optimum."""
    return page_by_class(claim, {Planted: _planted, PlantedNeuron: _neuron})


def _planted(known: Planted) -> Page:
    pairs, tables = optimum.page(known.optimum)
    return [("planted", repr(known)), *pairs], tables


def _neuron(neuron: PlantedNeuron) -> Page:
    return [
        ("sign", "+" if neuron.sign > 0 else "-"),
        ("direction", ", ".join(map(format_fraction, neuron.direction))),
        ("bias", format_fraction(neuron.bias)),
        ("amount", format_fraction(neuron.amount)),
    ], []
