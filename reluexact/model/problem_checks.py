"""What a problem refuses: a minimum that is not attained, weights that are not positive, networks that do not fit."""

from __future__ import annotations

from collections.abc import Iterable

from reluexact.errors import Argument, Cure, InputError, Message
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.entries import vector
from reluexact.numbers.counts import counted, listed
from reluexact.numbers.rational import Floats, format_fraction
from reluexact.numbers.types import Vector


def require_minimum(free_output: bool, bias: bool) -> None:
    """Raise InputError for a free hidden bias where the minimum is not attained, or the data has a bias, too."""
    if not free_output:
        text = (
            "hidden_bias: the minimum is not attained when the hidden bias is free and the output bias is not (a neuron without "
            "weights tends to a free output bias); say "
        )
        raise InputError(Message(text, Argument("output_bias", "free")))
    if bias:
        text = "hidden_bias: the data has a bias column, which is penalised; make it without "
        raise InputError(Message(text, Argument("bias", True)))


def checked_weights(weights: object, rows: int, floats: Floats) -> Vector | None:
    """Return row weights > 0, None where all are 1."""
    given = vector(weights, "weights", floats=floats)
    if len(given) != rows:
        raise InputError(f"weights: {len(given)} for {rows} rows; give one weight per row")
    for i, weight in enumerate(given):
        if weight <= 0:
            raise InputError(f"weights[{i}]: {format_fraction(weight)} is not positive; leave a row out to give it no weight")
    return None if all(weight == 1 for weight in given) else given


def require_parts(
    network: BiasedNetwork, names: tuple[str, ...], parts: Iterable[tuple[str, bool, bool]], has: tuple[str, ...]
) -> None:
    """Raise InputError unless a network reads the columns ``names``, and uses no part that is not there.

    parts: the name of each, whether it is there, whether the network uses it. has: the parts of the problem, in words.
    """
    if network.inputs not in (0, len(names)):
        text = f"network: it reads {counted(network.inputs, 'column')}, but the problem has {len(names)} ({', '.join(names)})"
        raise InputError(Message(text, Cure("did you mean ", Argument("bias", True), "?")))
    for name, allowed, used in parts:
        if used and not allowed:
            raise InputError(f"network: it has {name}, which this problem has not; its parts are {listed(has)}")
