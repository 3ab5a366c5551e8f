"""From weights by name, as PyTorch and safetensors keep them, to two layers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reluexact.errors import InputError
from reluexact.numbers.counts import listed
from reluexact.trained.layers import Layers, layers

PREFIXES = ("_orig_mod.", "module.")
"""What torch.compile and DataParallel write before every name."""
SPLIT = ("parametrizations.", "weight_g", "weight_v")
SPLIT_CURE = "a parametrisation such as weight_norm splits the weights; remove it, as torch.nn.utils.parametrize does"


def layers_of_state(state: Mapping[str, Any], name: str, *, ordered: bool = False) -> Layers:
    """Return the layers of ``X.weight`` (m x d), perhaps ``X.bias``, and ``Y.weight`` (1 x m), perhaps ``Y.bias``.

    Which layer comes first is told by the shapes, and where both ways fit (both weights are 1 x 1) by numbers in the names, or by
    the order in the state where that is the order of the layers (``ordered``); else it is an InputError.

    >>> layers_of_state({"out.weight": [[5, 6]], "in.weight": [[1], [2]], "in.bias": [3, 4]}, "state").output
    (Fraction(5, 1), Fraction(6, 1))
    """
    if not all(isinstance(key, str) for key in state):
        other = next(key for key in state if not isinstance(key, str))
        raise InputError(f"{name}: the key {other!r} is no name; weights stand by name, as 0.weight and 2.weight")
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
    first, second = weights if ordered else sorted(weights, key=_numbers)
    one, two = (_shape(weights[key], f"{name}: {key}weight") for key in (first, second))
    if _follows(one, two) and _follows(two, one) and not ordered and not _numbered(first, second):
        raise InputError(
            f"{name}: {first}weight and {second}weight are both 1 x 1, so that nothing says which layer reads the data; give "
            "them names with numbers in the order of the layers, as 0.weight and 2.weight"
        )
    if not _follows(one, two):
        first, second = second, first
    return layers(weights[first], biases.get(first), weights[second], biases.get(second), inputs_first=False)


def _follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Say whether a layer of the second shape reads what one of the first shape gives, and has one output."""
    return len(before) == len(after) == 2 and after == (1, before[0])


def _numbers(prefix: str) -> list[int]:
    return [int(digits) for digits in re.findall("[0-9]+", prefix)]


def _numbered(first: str, second: str) -> bool:
    """Say whether two names differ in their numbers and in nothing else."""
    return re.sub("[0-9]+", "0", first) == re.sub("[0-9]+", "0", second) and _numbers(first) != _numbers(second)


def _shape(array: Any, where: str) -> tuple[int, ...]:
    try:
        return tuple(array.shape) if hasattr(array, "shape") else (len(array), len(array[0]))
    except (TypeError, IndexError, KeyError):
        raise InputError(f"{where}: it is no matrix; give a list of rows with at least one number, as [[1.0], [2.0]]") from None


def _short(key: str) -> str:
    for prefix in PREFIXES:
        key = key.removeprefix(prefix)
    return key
