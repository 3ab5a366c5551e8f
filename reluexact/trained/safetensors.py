"""Networks in safetensors files, which hold weights by name, and no settings."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any

from reluexact.model.network import content_of
from reluexact.numbers.rational import Floats
from reluexact.trained.claim import Trained
from reluexact.trained.files.safetensors import safetensors_state
from reluexact.trained.layers import rows_of, trained
from reluexact.trained.states import layers_of_state


def from_safetensors(
    path: str | PathLike[str], X: object, y: object = None, *, trainer: str = "torch", floats: Floats = "binary", **settings: Any
) -> Trained:
    """Return the network of a safetensors file as it computes, and the problem of the settings that it was trained with.

    The file has the weights of two layers by name, ``A.weight`` (m x d) and ``B.weight`` (1 x m), and perhaps their biases, as
    PyTorch keeps them; that a ReLU stands between them is taken for granted. ``trainer`` names whose settings follow: "torch"
    with ``weight_decay=`` and more, see :mod:`reluexact.trained.settings.table`. Raises InputError.
    """
    data = rows_of(X, y, floats)
    content, name = content_of(path), Path(path).name
    return trained(layers_of_state(safetensors_state(content, name), name), data, trainer, "", **settings)
