"""Messages of the library in the words of the command line: arguments of Python become options of the command that runs.

The options are read off the command. Where it has no option for an argument, a message is worded without one: advice that needs
the option is left out, and only the value of a limit is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from types import MappingProxyType
from typing import Protocol

from reluexact.messages import Message

OTHER_NAMES = MappingProxyType({"columns": "only", "map": "jobs", "start": "network", "tolerance": "snap"})
"""Arguments of public functions that the option for them has another name than."""

_RUNNING: ContextVar[Mapping[str, str]] = ContextVar("options of the command that runs", default=MappingProxyType({}))

_EXPLAIN: ContextVar[bool] = ContextVar("whether the columns of tables are explained", default=False)


class Parameter(Protocol):
    """What is read of a parameter of a command: its name in Python and its spellings on the command line."""

    name: str | None
    opts: list[str]


def explain_tables(wanted: bool) -> None:
    """Say below each table that follows what its columns are (``--explain``)."""
    _EXPLAIN.set(wanted)


def tables_are_explained() -> bool:
    """Return whether each table is followed by what its columns are."""
    return _EXPLAIN.get()


def options_of(parameters: Iterable[Parameter]) -> dict[str, str]:
    """Return the option of each argument that a command has one for.

    >>> from types import SimpleNamespace as P
    >>> options_of([P(name="limit", opts=["--limit"]), P(name="neurons", opts=["--width"]), P(name="file", opts=["file"])])
    {'limit': '--limit', 'neurons': '--width', 'width': '--width'}
    """
    found = {}
    for parameter in parameters:
        option = _longest(parameter.opts)
        if parameter.name is not None and option:
            found[parameter.name] = option
            found[option.lstrip("-").replace("-", "_")] = option
    return found | {argument: found[name] for argument, name in OTHER_NAMES.items() if argument not in found and name in found}


def _longest(spellings: Sequence[str]) -> str:
    return max((text for text in spellings if text.startswith("--")), key=len, default="")


def speak_of(parameters: Iterable[Parameter]) -> None:
    """Word what follows with the options of this command."""
    _RUNNING.set(options_of(parameters))


def spelled(text: str) -> str:
    """Return a text as the command that runs words it; text that is no message stays as it is."""
    return text.spelled(_RUNNING.get().get) if isinstance(text, Message) else text
