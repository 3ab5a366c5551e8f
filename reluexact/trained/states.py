"""From weights by name, as PyTorch and safetensors keep them, to two layers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reluexact.errors import InputError
from reluexact.numbers.counts import listed
from reluexact.trained.layers import Layers, layers

PREFIXES = ("_orig_mod.", "module.")
"""What torch.compile and DataParallel write before every name."""
SPLIT = ("parametrizations.", "weight_g", "weight_v")
SPLIT_CURE = "a parametrisation such as weight_norm splits the weights; remove it, as torch.nn.utils.parametrize does"


def layers_of_state(state: Mapping[str, Any], name: str) -> Layers:
    """Return the layers of ``X.weight`` (m x d), perhaps ``X.bias``, and ``Y.weight`` (1 x m), perhaps ``Y.bias``.

    Which layer comes first is told by the shapes, and where both ways fit by the order in the state.

    >>> layers_of_state({"out.weight": [[5, 6]], "in.weight": [[1], [2]], "in.bias": [3, 4]}, "state").output
    (Fraction(5, 1), Fraction(6, 1))
    """
    known = {_short(key): value for key, value in state.items()}
    split = [key for key in known if any(part in key for part in SPLIT)]
    if split:
        raise InputError(f"{name}: {split[0]}: {SPLIT_CURE}")
    weights = {key.removesuffix("weight"): value for key, value in known.items() if key.rpartition(".")[2] == "weight"}
    biases = {key.removesuffix("bias"): value for key, value in known.items() if key.rpartition(".")[2] == "bias"}
    others = [key for key in known if key.rpartition(".")[2] not in ("weight", "bias")]
    if len(weights) != 2 or others or not set(biases) <= set(weights):
        raise InputError(
            f"{name}: its tensors are {listed(list(known), 8)}; a network with one hidden layer has two that end in weight, and "
            "perhaps their biases"
        )
    first, second = weights
    if not _follows(_shape(weights[first]), _shape(weights[second])):
        first, second = second, first
    return layers(weights[first], biases.get(first), weights[second], biases.get(second), inputs_first=False)


def _follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Say whether a layer of the second shape reads what one of the first shape gives, and has one output."""
    return len(before) == len(after) == 2 and after == (1, before[0])


def _shape(array: Any) -> tuple[int, ...]:
    return tuple(array.shape) if hasattr(array, "shape") else (len(array), len(array[0]))


def _short(key: str) -> str:
    for prefix in PREFIXES:
        key = key.removeprefix(prefix)
    return key
