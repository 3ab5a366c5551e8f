"""A rational network next to an irrational optimal one."""

from __future__ import annotations

from collections.abc import Iterable

from reluexact.evidence.neuron import Neuron
from reluexact.model.network import Network
from reluexact.numbers.rational import near
from reluexact.numbers.roots import rational_root, root_below


def rational_network(neurons: Iterable[Neuron], bits: int) -> Network:
    """Return the balanced network with these amounts and directions, weights rounded to multiples of 2^-bits.

    A neuron of amount t and direction u becomes hidden weights ``u sqrt(t)`` and output weight ``sign sqrt(t)``; amounts and
    directions are taken at the middle of their enclosures. Neurons without an amount are left out.
    """
    hidden, output = [], []
    for neuron in neurons:
        if neuron.amount is None:
            continue
        square = (neuron.amount.low + neuron.amount.high) / 2
        root = rational_root(square) or root_below(square, bits)
        middle = [(entry.low + entry.high) / 2 for entry in neuron.direction]
        hidden.append([near(entry * root, bits) for entry in middle])
        output.append(neuron.sign * root)
    return Network(hidden, output) if hidden else Network([], [])
