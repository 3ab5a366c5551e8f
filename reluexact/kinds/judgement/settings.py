"""The settings of a trainer as they stand on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reluexact.errors import InputError
from reluexact.trained.settings import TRAINERS, described

EXAMPLES = {"solver": "lbfgs", "optimizer": "adam", "loss": "huber", "batch_size": "20", "shuffle": "no", "reduction": "sum"}
EXAMPLES |= dict.fromkeys(("alpha", "weight_decay", "l2", "lam"), "0.01")
WORDS: Mapping[str, bool | None] = {"true": True, "yes": True, "false": False, "no": False, "none": None}


def help_of_settings() -> str:
    """Return what ``--help`` says of the settings of every trainer, of the one table of them."""
    trainers = "; ".join(f"{name}: {described(name)}" for name in TRAINERS)
    return f"Any other setting; repeat it for more. Their names, and what is meant without them: {trainers}."


def named_settings(given: Iterable[str], options: Mapping[str, str | None]) -> dict[str, object]:
    """Return settings by their names; ``given``: texts such as "solver=lbfgs", ``options``: those with options of their own.

    >>> named_settings(["solver=lbfgs", "batch_size=20", "shuffle=no"], {"alpha": "1/1000", "l2": None})
    {'alpha': '1/1000', 'solver': 'lbfgs', 'batch_size': 20, 'shuffle': False}
    """
    found: dict[str, object] = {name: value for name, value in options.items() if value is not None}
    for text in given:
        name, mark, value = text.partition("=")
        name = name.strip().replace("-", "_")
        if not mark or not name:
            word = name if name.isidentifier() else "solver"
            lacks = "value" if name and not mark else "name"
            raise InputError(
                f"--setting: {text!r} has no {lacks}; write NAME=VALUE, such as {word}={EXAMPLES.get(word, 'VALUE')}"
            )
        if name in found:
            raise InputError(f"--setting: {name} is given twice; say it once")
        found[name] = _value(name, value.strip())
    return found


def _value(name: str, text: str) -> object:
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    return int(text) if name == "batch_size" and text.isdecimal() else text
