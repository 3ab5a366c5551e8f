"""Networks that commands read from files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from reluexact.errors import InputError, Message

if TYPE_CHECKING:
    from reluexact.model.network import Network


def read_network(file: Path) -> Network:
    """Read a network, or the network of a result of ``solve --json``; numbers are taken exactly as they are written."""
    from reluexact.model.network import Network

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError(f"{file}: cannot be read ({reason}); give a .json file with the network") from None
    try:
        document = json.loads(text, parse_float=str, parse_int=str, parse_constant=_no_constant)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f'{file.name}: this is not JSON ({error}); write {{"hidden": [[...]], "output": [...]}}') from None
    if isinstance(document, dict) and isinstance(document.get("network"), dict):
        document = document["network"]
    try:
        return Network.from_lists(document)
    except InputError as error:
        raise InputError(Message(f"{file.name}: ", error.message)) from None


def _no_constant(name: str) -> str:
    raise InputError(f"the network has the number {name}; only finite numbers are exact")
