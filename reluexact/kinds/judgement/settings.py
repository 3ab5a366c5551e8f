"""The settings of a trainer as they stand on the command line, and the problem that they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from reluexact.errors import InputError

if TYPE_CHECKING:
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.dataset import Dataset
    from reluexact.trained.claim import Trained

WORDS: Mapping[str, bool | None] = {"true": True, "yes": True, "false": False, "no": False, "none": None}


def named_settings(given: Iterable[str], options: Mapping[str, str | None]) -> dict[str, object]:
    """Return settings by their names; ``given``: texts such as "solver=lbfgs", ``options``: those with options of their own.

    >>> named_settings(["solver=lbfgs", "batch_size=20", "shuffle=no"], {"alpha": "1e-3", "l2": None})
    {'alpha': '1e-3', 'solver': 'lbfgs', 'batch_size': 20, 'shuffle': False}
    """
    found: dict[str, object] = {name: value for name, value in options.items() if value is not None}
    for text in given:
        name, mark, value = text.partition("=")
        name = name.strip().replace("-", "_")
        if not mark or not name:
            raise InputError(f"--setting: {text!r} has no name; write NAME=VALUE, such as solver=lbfgs")
        if name in found:
            raise InputError(f"--setting: {name} is given twice; say it once")
        found[name] = _value(name, value.strip())
    return found


def _value(name: str, text: str) -> object:
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    return int(text) if name == "batch_size" and text.isdecimal() else text


def trained_by(network: BiasedNetwork, data: Dataset, trainer: str, settings: Mapping[str, object]) -> Trained:
    """Return the network with the problem that the settings of its trainer mean."""
    from reluexact.trained.claim import Trained
    from reluexact.trained.settings import meaning

    found = meaning(data, trainer, **settings)  # type: ignore[arg-type]
    return Trained(network=network, problem=found.problem, constant=found.constant, trainer=found.trainer, remarks=found.remarks)
