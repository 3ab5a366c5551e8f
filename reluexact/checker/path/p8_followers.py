"""P8e: what vanishes at an event because it is 0 at every solution of the poorer side."""

from __future__ import annotations

from collections.abc import Sequence

from ..document import Item
from ..linear import dot
from ..network.o5_directions import pull_weights
from ..radicals import Form
from .p3_signs import tau_form
from .segment import Flag, Segment

FOLLOWERS = {"amount": ("gate", "tau"), "slack": ("tau",), "gate": ("tau",)}
"""What may vanish beside an amount, a slack or a gate."""


def p8_followers(
    rich: Segment, poor: Segment, what: str, flags: Sequence[tuple[Item, Flag]], item: Item
) -> list[tuple[Item, Flag]]:
    """P8e: check what is flagged on the richer side beside the quantities of the event; return these."""
    leaders = [(entry, flag) for entry, flag in flags if flag[1] == what]
    if not leaders or any(flag[1] not in (what, *FOLLOWERS[what]) for _, flag in flags):
        raise item.reject(f"P8: the richer side must have flagged quantities {what} at its end, and nothing else")
    gone = {flag[2] for _, flag in leaders if what == "amount"}
    for entry, flag in flags:
        if flag[1] == what:
            continue
        if flag[1] == "gate" and flag[2] not in gone:
            raise entry.reject("P8: a gate that vanishes with an amount is one of its block")
        form = gate_form(rich, poor, flag) if flag[1] == "gate" else tau_form(rich, poor, flag)
        if form is None or poor.known(form) != {}:
            raise entry.reject("P8: the quantity is not proved to be 0 on the poorer side")
    return leaders


def gate_form(rich: Segment, poor: Segment, flag: Flag) -> Form:
    """Return ``n_h.(s P X'D theta)`` of a neuron of the richer side, theta that of the poorer side."""
    rows = pull_weights(rich, rich.neurons[flag[2]])
    return poor.form([dot(rich.walls.normals[flag[3]], column) for column in zip(*rows, strict=True)])
