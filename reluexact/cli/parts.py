"""The options of an extended problem, given to every command about a problem in one place."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import typer

from reluexact.terminal.parts import OPTIONS, Parts, parameters

Command = Callable[..., None]


def _said(context: typer.Context) -> tuple[str, ...]:
    """Return the options that stand on the command line."""
    sources = {name: context.get_parameter_source(name) for name in OPTIONS}
    return tuple(name for name, source in sources.items() if source is not None and source.name == "COMMANDLINE")


def with_parts(name: str, command: Command) -> Command:
    """Return a command with the options of :mod:`reluexact.terminal.parts`; one that has no penalty or bias stays as it is.

    A command with a parameter ``parts`` gets them, those that its kind does not serve are refused by name. Every other serves
    today's short form alone: a penalised hidden bias is its ``--bias``.
    """
    signature = inspect.signature(command, eval_str=True)
    takes = "parts" in signature.parameters
    if not takes and not {"bias", "penalty"} <= set(signature.parameters):
        return command

    def require(options: Mapping[str, str]) -> None:
        if options:
            from reluexact.kinds.carries import require_served

            require_served(name, options)

    @wraps(command)
    def extended(**given: Any) -> None:
        parts = Parts(**{option: given.pop(option) for option in OPTIONS}, said=_said(given.pop("context")), require=require)
        require(parts.given)
        if takes:
            command(**given, parts=parts)
        else:
            command(**given | {"bias": given["bias"] or parts.hidden_bias == "penalised"})

    own = [entry for entry in signature.parameters.values() if entry.name != "parts"]
    place = next(k for k, entry in enumerate(own) if entry.name == "bias") + 1
    added = [entry.replace(kind=inspect.Parameter.POSITIONAL_OR_KEYWORD) for entry in parameters()]
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    extended.__signature__ = inspect.Signature([context, *own[:place], *added, *own[place:]])  # type: ignore[attr-defined]
    return extended
