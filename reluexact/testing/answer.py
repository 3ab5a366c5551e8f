"""What a solver under test may answer: a network of ours, or its weights as plain arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reluexact.errors import InputError
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.network import as_network

PARTS = ("hidden", "output", "hidden_bias", "output_bias", "skip")


def answered(network: object) -> object:
    """Return a network with the floats that are stored, from a pair (hidden, output) or a mapping with the parts; else as it is.

    An output bias may be a list or an array of one number.

    >>> answered(([[0.5]], [1.0])), answered({"hidden": [[1.0]], "output": [0.5], "output_bias": [0.25]})
    (Network([['1/2']], [1]), BiasedNetwork([[1]], ['1/2'], output_bias='1/4'))
    """
    if not isinstance(network, Mapping):
        return as_network(network, "binary")
    if not {"hidden", "output"} <= set(network) or not set(network) <= set(PARTS):
        raise InputError(f"network: give a mapping with hidden and output, and where it has them {', '.join(PARTS[2:])}")
    more: dict[str, Any] = {name: network[name] for name in PARTS[2:] if name in network}
    last: Any = more.get("output_bias")
    if getattr(last, "shape", None) == (1,) or (isinstance(last, list | tuple) and len(last) == 1):
        more["output_bias"] = last[0]  # as scikit-learn's intercepts_[1] is
    return BiasedNetwork(network["hidden"], network["output"], floats="binary", **more)
