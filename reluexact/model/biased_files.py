"""Files of networks with biases and a skip connection; :mod:`reluexact.model.network_files` has their forms, and reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from os import PathLike
from typing import Any

from reluexact.model.network_files import archive, nearest, suffix_of
from reluexact.numbers.rational import parse_fraction

Texts = Mapping[str, Any]
"""The parts of a network as lists of texts."""


def encoded_parts(parts: Texts, path: str | PathLike[str]) -> bytes:
    """Return the file of a network, given by its lists of texts; the same bytes for the same network.

    >>> parts = {"hidden": [["1"]], "hidden_bias": ["-1/2"], "output": ["2"], "output_bias": "1", "skip": []}
    >>> encoded_parts(parts, "network.csv").decode().split()
    ['w1,hidden_bias,output', '1,-1/2,2', '0,1,']
    """
    suffix = suffix_of(path)
    if suffix == ".json":
        return (json.dumps(dict(parts)) + "\n").encode("ascii")
    if suffix == ".npz":
        return archive({name: _floats(part, name, str(path)) for name, part in parts.items()})
    size = len(parts["hidden"][0]) if parts["hidden"] else len(parts["skip"])
    lines: list[Sequence[str]] = [[*(f"w{j + 1}" for j in range(size)), "hidden_bias", "output"]]
    for row, bias, amount in zip(parts["hidden"], parts["hidden_bias"], parts["output"], strict=True):
        lines.append([*row, bias, amount])
    lines.append([*(parts["skip"] or ["0"] * size), parts["output_bias"], ""])
    return "".join(",".join(line) + "\n" for line in lines).encode("ascii")


def _floats(part: Any, place: str, name: str) -> Any:
    """Return numbers, or lists of them, as floats."""
    if isinstance(part, str):
        return nearest(parse_fraction(part), place, name)
    return [_floats(entry, f"{place}[{j}]", name) for j, entry in enumerate(part)]
