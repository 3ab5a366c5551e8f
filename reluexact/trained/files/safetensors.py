"""safetensors files: eight bytes that say how long the header is, a header in JSON, and the numbers."""

from __future__ import annotations

import json
from math import prod
from typing import Any

from reluexact.errors import InputError
from reluexact.model.unique_keys import unique
from reluexact.trained.files.numbers import WIDTHS, decoded

KINDS = {"F64": "f8", "F32": "f4", "F16": "f2", "BF16": "bf16"}
HEADER = 100_000_000
"""The longest header that the format allows."""
CURE = "write it by safetensors, as safetensors.torch.save_file(model.state_dict(), file)"


def safetensors_state(content: bytes, name: str) -> dict[str, Any]:
    """Return the arrays of a file by name; InputError for one that is truncated, foreign, or claims more bytes than it has.

    >>> header = b'{"w":{"dtype":"F16","shape":[1,2],"data_offsets":[0,4]}}'
    >>> safetensors_state(len(header).to_bytes(8, "little") + header + bytes.fromhex("003c00c0"), "a")["w"].tolist()
    [[1.0, -2.0]]
    """
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(HEADER, len(content) - 8):
        raise InputError(f"{name}: this is no whole file of safetensors; {CURE}")
    try:
        header = json.loads(content[8 : 8 + length], object_pairs_hook=unique)
        entries = {key: entry for key, entry in header.items() if key != "__metadata__"}
        return {key: _array(entry, content[8 + length :], f"{name}: {key}") for key, entry in entries.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{name}: its header is damaged ({error}); {CURE}") from None


def _array(entry: Any, buffer: bytes, where: str) -> Any:
    kind, shape, (start, end) = entry["dtype"], entry["shape"], entry["data_offsets"]
    if any(type(number) is not int or number < 0 for number in (*shape, start, end)):
        raise ValueError(f"{where}: shape and offsets")
    if kind not in KINDS:
        return decoded(b"", str(kind), where)
    if not start <= end <= len(buffer) or prod(shape) * WIDTHS[KINDS[kind]] != end - start or not prod(shape):
        raise InputError(f"{where}: it claims {prod(shape)} numbers at bytes {start} to {end} of {len(buffer)}; {CURE}")
    return decoded(buffer[start:end], KINDS[kind], where).reshape(shape)
