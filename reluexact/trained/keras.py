"""Networks of Keras: a model of two Dense layers, or its weights."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from reluexact.errors import InputError
from reluexact.model.misplaced import named
from reluexact.numbers.arrays import numpy
from reluexact.numbers.rational import Floats, to_fraction
from reluexact.trained.claim import Trained
from reluexact.trained.layers import Layers, layers, rows_of, trained
from reluexact.trained.settings.table import ALL, WEIGHTS

HARMLESS = ("InputLayer", "Flatten", "Reshape", "Identity")
SAYS = ("l2", "penalised")


def from_keras(model: Any, X: object, y: object = None, *, floats: Floats = "binary", **settings: Any) -> Trained:
    """Return a network of Keras as it computes, and the problem of the settings that it was trained with.

    model: Dense(m, "relu", kernel_regularizer=L2(l)), Dense(1, kernel_regularizer=L2(l)), perhaps compiled, or the arrays of
    ``model.get_weights()`` beside ``l2=``. The model says its regularizers; loss, reduction and optimizer, too, if it is compiled
    and they are not given: ``loss`` ("mse", "mae", "huber" with ``delta=``, "hinge", "squared_hinge", "binary_crossentropy" of
    logits or of a sigmoid), ``reduction``, ``optimizer``, ``weight_decay``, ``momentum``. ``batch_size``, ``shuffle`` and
    ``sample_weight`` are those of ``fit``. X, y: the rows of training, without the rows of validation; also a Dataset.

    With the mean of the squared errors b = n l, at any batch size, for what has the regularizer: biases cost nothing unless they
    have one, too. Raises InputError for what has no such problem, as AdamW, dropout, and regularizers that differ.

    >>> weights = [[[1.0, -2.0]], [0.5, 0.0], [[3.0], [1.0]], [0.0]]
    >>> network, problem = from_keras(weights, [[1.0], [2.0]], [1.0, 2.0], l2="1/100")
    >>> network
    BiasedNetwork([[1], [-2]], [3, 1], hidden_bias=['1/2', 0])
    >>> problem
    Problem(2 rows, penalty 1/50, output_bias free, hidden_bias free)
    """
    data = rows_of(X, y, floats)
    if hasattr(model, "layers"):
        for name in SAYS:
            if name in settings:
                raise InputError(f"{name}: the regularizers of the model say it; leave it out, or give model.get_weights()")
        found, said = _of_model(model)
        settings = {**_of_compilation(model, said.pop("probability")), **settings, **said}
    elif isinstance(model, list | tuple):
        found = _of_weights(model)
    else:
        raise InputError(f"model: {named(model)} is no model of Keras; give one, or its model.get_weights()")
    version = getattr(sys.modules.get("keras"), "__version__", "")
    says = f"Keras {version}, {settings.get('optimizer', 'adam')}".replace(" ,", ",")
    return trained(found, data, "keras", says, **settings)


def _of_weights(weights: list[Any] | tuple[Any, ...]) -> Layers:
    """Return the layers of kernels and biases in the order in which Keras lists them."""
    parts = [numpy().asarray(part) for part in weights]
    kernels = [i for i, part in enumerate(parts) if part.ndim == 2]
    if len(kernels) != 2 or kernels[0] != 0 or len(parts) > 4 or kernels[1] not in (1, 2) or len(parts) - kernels[1] > 2:
        shapes = ", ".join(str(part.shape) for part in parts)
        raise InputError(f"model: weights of the shapes {shapes}; two Dense layers have kernel, bias, kernel, bias")
    second = kernels[1]
    beside = parts[1] if second == 2 else None
    return layers(parts[0], beside, parts[second], parts[second + 1] if len(parts) > second + 1 else None, inputs_first=True)


def _of_model(model: Any) -> tuple[Layers, dict[str, Any]]:
    """Return the layers of a model, and what its regularizers say."""
    dense = [layer for layer in model.layers if type(layer).__name__ not in HARMLESS]
    between = [layer for layer in dense if type(layer).__name__ in ("ReLU", "Activation")]
    dense = [layer for layer in dense if layer not in between]
    for layer in dense:
        if type(layer).__name__ == "Dropout":
            raise InputError("model: Dropout draws another network for each batch; the nearest problem is the one without it")
    kinds = [type(layer).__name__ for layer in dense]
    if kinds != ["Dense", "Dense"]:
        raise InputError(f"model: its layers are {', '.join(kinds) or 'none'}; networks of two Dense layers are judged here")
    first, second = dense
    activations = [_activation(layer) for layer in (first, *between, second)]
    told = [name for name in activations if name != "linear"]
    if told not in (["relu"], ["relu", "sigmoid"]) or _activation(second) == "relu":
        names = ", ".join(told) or "none"
        raise InputError(f"model: its activations are {names}; networks with one hidden layer of ReLUs are judged here")
    arrays = [(_numbers(layer.kernel), _numbers(layer.bias) if layer.use_bias else None) for layer in (first, second)]
    return layers(*arrays[0], *arrays[1], inputs_first=True), {**_regularizers(first, second), "probability": "sigmoid" in told}


def _activation(layer: Any) -> str:
    if type(layer).__name__ == "ReLU":
        plain = not layer.negative_slope and layer.max_value is None and not layer.threshold
        return "relu" if plain else "another ReLU"
    return str(getattr(layer.activation, "__name__", layer.activation))


def _numbers(variable: Any) -> Any:
    """Return the numbers of a variable; those of bfloat16 are numbers of float32 as well."""
    array = numpy().asarray(variable.numpy() if hasattr(variable, "numpy") else variable)
    return array.astype("float32") if array.dtype.name == "bfloat16" else array


def _regularizers(first: Any, second: Any) -> dict[str, Any]:
    """Return what the regularizers of kernels and biases say, if a problem says it, too."""
    kernels = {_strength(layer, "kernel_regularizer") for layer in (first, second)}
    biases = {_strength(layer, "bias_regularizer") for layer in (first, second) if layer.use_bias}
    if len(kernels) > 1 or not (biases <= kernels or biases == {0}):
        raise InputError(
            "model: its regularizers differ; a problem penalises the kernels of both layers equally, biases so or not. Scaling "
            "the weights of a neuron shows that with l_1 and l_2 the nearest has the penalty of the root of l_1 l_2"
        )
    for layer in (first, second):
        if any(getattr(layer, name, None) for name in ("activity_regularizer", "kernel_constraint", "bias_constraint")):
            raise InputError(f"model: {layer.name} has a constraint or penalises its outputs; no problem here says that")
    return {"l2": kernels.pop(), "penalised": WEIGHTS if biases <= {Fraction(0)} else ALL}


def _strength(layer: Any, name: str) -> Fraction:
    """Return l of ``L2(l)``, 0 for none; the float of Keras is the decimal that people write."""
    regularizer = getattr(layer, name)
    if regularizer is None:
        return Fraction(0)
    kind = type(regularizer).__name__
    if kind not in ("L2", "L1L2") or float(getattr(regularizer, "l1", 0)):
        raise InputError(f"model: {layer.name} has the {name} {kind}; the penalty of a problem is L2")
    return to_fraction(float(regularizer.l2), where=name, floats="decimal")


def _of_compilation(model: Any, probability: bool) -> dict[str, Any]:
    """Return what a compiled model says of loss and optimizer."""
    found: dict[str, Any] = {}
    optimizer, loss = getattr(model, "optimizer", None), getattr(model, "loss", None)
    if optimizer is not None:
        found |= _of_optimizer(getattr(optimizer, "inner_optimizer", optimizer))
    if getattr(getattr(model, "_compile_loss", None), "_user_loss_weights", None) is not None:
        raise InputError("model: it is compiled with loss_weights=, which scale the loss and not the penalty; leave them out")
    if loss is not None:
        found |= _of_loss(loss, probability)
    elif probability:
        raise InputError("model: it ends in a sigmoid; only the binary cross-entropy makes a problem of it, so say loss=")
    return found


def _of_optimizer(optimizer: Any) -> dict[str, Any]:
    found = {"optimizer": type(optimizer).__name__, "momentum": getattr(optimizer, "momentum", 0)}
    found["weight_decay"] = getattr(optimizer, "weight_decay", None) or getattr(optimizer, "adam_weight_decay", None) or 0
    if found["weight_decay"] and getattr(optimizer, "_exclude_from_weight_decay", None):
        raise InputError("optimizer: its decay leaves variables out; give its settings by name, and what is penalised")
    if any(getattr(optimizer, f"{part}_regularization_strength", 0) for part in ("l1", "l2", "l2_shrinkage")):
        raise InputError(f"optimizer: {found['optimizer']} has penalties of its own, which no problem here says")
    return found


def _of_loss(loss: Any, probability: bool) -> dict[str, Any]:
    name = loss if isinstance(loss, str) else getattr(loss, "__name__", type(loss).__name__)
    found = {"loss": name, "reduction": getattr(loss, "reduction", "sum_over_batch_size")}
    options: Mapping[str, Any] = getattr(loss, "_fn_kwargs", {})  # Huber.get_config() of Keras 3.15 leaves out its delta
    if "delta" in options:
        found["delta"] = options["delta"]
    crossed = name.lower().replace("_", "") == "binarycrossentropy"
    if probability != (crossed and not options.get("from_logits", False)):
        raise InputError("loss: a sigmoid belongs to a binary cross-entropy with from_logits=False, and to nothing else here")
    if options.get("label_smoothing"):
        raise InputError("loss: label smoothing mixes the labels; no problem here says that")
    return found
