"""The network of any file that ``judge`` is given: ours, or one that another program wrote; with the problem of its settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from reluexact.certificates.files import read_bytes
from reluexact.errors import InputError
from reluexact.kinds.networks import read_whole
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.dataset import Dataset
from reluexact.trained.claim import Trained
from reluexact.trained.layers import Layers, trained
from reluexact.trained.onnx import from_onnx, onnx_layers
from reluexact.trained.settings import settings_of
from reluexact.trained.states import layers_of_state

PICKLES = (".pkl", ".pickle", ".joblib")
WHAT = "give the file of a network"


def _safetensors(file: Path) -> Layers:
    from reluexact.trained.files.safetensors import safetensors_state

    return layers_of_state(safetensors_state(read_bytes(file, WHAT), file.name), file.name)


def _torch(file: Path) -> Layers:
    from reluexact.trained.files.torch_archive import torch_state

    return layers_of_state(torch_state(read_bytes(file, WHAT), file.name, None), file.name)


READERS: Mapping[str, Callable[[Path], Layers]] = {
    ".safetensors": _safetensors,
    ".pt": _torch,
    ".pth": _torch,
}
"""By the suffix of a file of weights that another program wrote."""


def _whole(file: Path) -> BiasedNetwork:
    """Return the network of a file of ours; InputError for a pickle, which is a program and is not run here."""
    if file.suffix.lower() in PICKLES or read_bytes(file, WHAT).startswith(b"\x80"):
        raise InputError(
            f"{file.name}: a pickle, as pickle and joblib write it, runs code when it is read, so it is not read here; in Python "
            "load the model and call rx.judge(rx.from_sklearn(model, X, y)), or export it as .onnx"
        )
    return read_whole(file)


def read_any(file: Path, loss: str) -> BiasedNetwork:
    """Return the network of a file, with its hidden biases beside the columns; ``loss``: that of the problem it is judged on."""
    suffix = file.suffix.lower()
    if suffix not in (*READERS, ".onnx"):
        return _whole(file)
    return (onnx_layers(file, loss) if suffix == ".onnx" else READERS[suffix](file)).network(bias_column=False)


def read_trained(file: Path, data: Dataset, trainer: str, settings: Mapping[str, object], *, bias: bool = False) -> Trained:
    """Return the network of a file with the problem that the settings of its trainer mean.

    Files of ours do not say whether layers have biases: they have, unless the settings ``hidden_bias`` and ``output_bias`` are
    false. bias: the last column of such a network is its hidden bias, as where it was found with ``--bias``.
    """
    settings_of(trainer)  # a name that is none is refused before the file is read
    suffix, chosen = file.suffix.lower(), dict[str, Any](settings)
    if bias and suffix in (".onnx", *READERS):
        raise InputError(
            f"--bias: {file.name} has its biases beside its weights, and the trainer says what they cost; leave it out"
        )
    if suffix == ".onnx":
        return from_onnx(file, data, trainer=trainer, **chosen)
    if suffix in READERS:
        return trained(READERS[suffix](file), data, trainer, "", **chosen)
    network = _bias_column(_whole(file), data, there=bias)
    first, last = (chosen.pop(name, True) is not False for name in ("hidden_bias", "output_bias"))
    found = Layers(
        hidden=network.hidden,
        hidden_bias=network.hidden_bias if first or any(network.hidden_bias) else None,
        output=network.output,
        output_bias=network.output_bias if last or network.output_bias else None,
    )
    return trained(found, data, trainer, "", **chosen)


def _bias_column(network: BiasedNetwork, data: Dataset, *, there: bool) -> BiasedNetwork:
    """Return a network with its last column of weights as its hidden bias, where it has such a column."""
    if not there:
        if network.inputs == data.d + 1 and not any(network.hidden_bias):
            raise InputError(
                f"the network reads {network.inputs} columns, and X has {data.d}: where the last one is a column of ones, as "
                "--network-out writes it after --bias, say --bias"
            )
        return network
    if network.inputs != data.d + 1 or any(network.hidden_bias) or network.skip:
        raise InputError(
            f"--bias: the network reads {network.inputs} columns beside its biases, and X has {data.d}; leave it out"
        )
    return BiasedNetwork(
        [row[:-1] for row in network.hidden],
        network.output,
        hidden_bias=[row[-1] for row in network.hidden],
        output_bias=network.output_bias,
    )
