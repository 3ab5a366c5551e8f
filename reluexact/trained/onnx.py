"""Networks in ONNX files, which hold the graph and its weights, and no settings."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path
from typing import Any

from reluexact.errors import InputError
from reluexact.model.misplaced import named
from reluexact.numbers.rational import Floats
from reluexact.trained.claim import Trained
from reluexact.trained.files.onnx_graph import Chain, load_model, two_layers
from reluexact.trained.layers import Layers, layers, rows_of, trained

ROUNDED = "the file has weights of 32 bits, and scikit-learn trains with 64: its network is that of training, rounded"


def from_onnx(model: Any, X: object, y: object = None, *, trainer: str, floats: Floats = "binary", **settings: Any) -> Trained:
    """Return the network of an ONNX file as it computes, and the problem of the settings that it was trained with.

    model: the name of a file, or a loaded model. Its graph is what skl2onnx and torch.onnx write for one hidden layer of ReLUs:
    Gemm, or MatMul and Add, then Relu, then the same again, with Identity, Cast and Reshape anywhere; of a classifier the network
    before its sigmoid, with the logistic loss alone. A Cast of its input is not made: X is the data as the network read it.
    Weights in a second file beside it are read, too. ``trainer`` names whose settings follow:
    "sklearn" with ``alpha=``, ``solver=``, ...; "torch" with ``weight_decay=``, ...; "keras" with ``l2=``, ...; see
    :mod:`reluexact.trained.settings.table`. Needs the package onnx: ``pip install 'reluexact[onnx]'``. Raises InputError.
    """
    data = rows_of(X, y, floats)
    if isinstance(model, str | PathLike):
        found, name = load_model(model), Path(fspath(model)).name
    elif hasattr(model, "graph"):
        found, name = model, "model"
    else:
        raise InputError(f"model: {named(model)} is no ONNX model and no name of a file")
    chain = chain_of(found, name)
    parts = two_layers(chain)
    rounded = trainer == "sklearn" and parts[0].dtype.itemsize < 8
    claim = trained(layers(*parts, inputs_first=True), data, trainer, "", *([ROUNDED] if rounded else []), **settings)
    chain.require_logistic(claim.problem.loss.name)
    return claim


def onnx_layers(file: Path, loss: str) -> Layers:
    """Return the layers of an ONNX file for a problem with this loss; InputError where it gives what the loss does not take."""
    chain = chain_of(load_model(file), file.name)
    chain.require_logistic(loss)
    return layers(*two_layers(chain), inputs_first=True)


def chain_of(model: Any, name: str) -> Chain:
    """Return the steps of a loaded model."""
    if not model.opset_import:
        raise InputError(f"{name}: it names no set of operators, as every whole ONNX model does; export the network again")
    return Chain(model, name)
