"""Arrays of floats from bytes: the formats that weights are stored in, offset and strides minded, nothing rounded."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from reluexact.errors import InputError
from reluexact.numbers.arrays import numpy

WIDTHS = {"f8": 8, "f4": 4, "f2": 2, "bf16": 2}
"""The formats, and how many bytes a number takes; bf16 is the upper half of an f4."""
REPEATED = 2**20
"""The most numbers of a view that repeats those of a smaller buffer, as ``expand`` does with strides of 0."""


def decoded(content: bytes, kind: str, where: str, *, order: str = "<") -> Any:
    """Return the numbers of a whole buffer as a flat array; ``order``: < for little-endian.

    >>> decoded(bytes.fromhex("c03f"), "bf16", "w").tolist(), decoded(bytes.fromhex("003c"), "f2", "w").tolist()
    ([1.5], [1.0])
    """
    if kind not in WIDTHS:
        known = "float64, float32, float16 and bfloat16"
        raise InputError(f"{where}: its numbers are of type {kind}; weights are read as {known}")
    if len(content) % WIDTHS[kind]:
        raise InputError(f"{where}: {len(content)} bytes are no whole number of {kind}; save the weights again")
    np = numpy()
    if kind != "bf16":
        return np.frombuffer(content, dtype=f"{order}{kind}")
    upper = np.frombuffer(content, dtype=f"{order}u2").astype("u4")
    return (upper << 16).view("f4")


def viewed(buffer: Any, offset: int, size: Sequence[int], strides: Sequence[int], where: str) -> Any:
    """Return the array that offset, size and strides (all in numbers, none negative) cut out of a flat buffer.

    >>> viewed(numpy().arange(6), 1, (2, 2), (1, 2), "w").tolist()
    [[1, 3], [2, 4]]
    >>> viewed(numpy().arange(2), 0, (2, 2), (0, 1), "w").tolist()
    [[0, 1], [0, 1]]
    """
    steps = [stride if k > 1 else 0 for k, stride in zip(size, strides, strict=True)]
    last = offset + sum((k - 1) * step for k, step in zip(size, steps, strict=True))
    if not 0 < prod(size) <= max(len(buffer), REPEATED) or last >= len(buffer):
        raise InputError(f"{where}: it claims {prod(size)} numbers of the {len(buffer)} that are there; save the weights again")
    np = numpy()
    places = np.full(tuple(size), offset, dtype="i8")
    for axis, (k, step) in enumerate(zip(size, steps, strict=True)):
        places += (np.arange(k) * step).reshape([-1 if other == axis else 1 for other in range(len(size))])
    return buffer[places]
