"""Networks of PyTorch: a module, a state_dict, or the file of one."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from copy import deepcopy
from fractions import Fraction
from os import PathLike
from pathlib import Path
from typing import Any

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset
from reluexact.model.misplaced import named
from reluexact.model.network import content_of
from reluexact.numbers.rational import Floats
from reluexact.numbers.types import Matrix
from reluexact.trained.claim import Trained
from reluexact.trained.files.torch_archive import torch_state
from reluexact.trained.layers import Layers, rows_of, trained
from reluexact.trained.settings.table import ALL, WEIGHTS
from reluexact.trained.states import layers_of_state

OTHER = "something else than the two layers of its weights with ReLU between them; such networks are judged here"
FACTORS = tuple(map(Fraction, ("-1/1000", "-1/8", "-1", "-30", "-1000", "1/1000", "1/8", "1", "30", "1000")))
LARGE = 10**100
TRIED = 8
"""The most rows, and the most neurons, that a module is tried on beside the rows of training."""


def from_torch(
    model: Any,
    X: object,
    y: object = None,
    *,
    optimizer: Any = "sgd",
    loss: Any = "mse",
    key: str | None = None,
    floats: Floats = "binary",
    **settings: Any,
) -> Trained:
    """Return a network of PyTorch as it computes, and the problem of the settings that it was trained with.

    model: a module Linear, ReLU, Linear, its state_dict, or the name of a file of ``torch.save``, of which nothing is executed;
    weights of every float type, with any strides. X, y: the rows of training, also a Dataset; y may be (n, 1), as the outputs
    are: with targets of shape (n,) PyTorch's losses compare all n^2 pairs, and no problem here says what they mean.

    optimizer: the object, which says the weight decay, or its name beside ``weight_decay=``. ``l2=``: what the loop adds to the
    loss, l2 |p|^2. loss: a module such as torch.nn.HuberLoss(), or "mse", "l1", "huber", "smooth_l1" (``delta=``),
    "bce_with_logits", "soft_margin", "hinge", "squared_hinge". ``reduction``, ``batch_size`` (all rows), ``shuffle``,
    ``penalised`` ("all" parameters or "weights"), ``decoupled``: see :func:`reluexact.trained.settings.table.torch`. key: the
    entry of a checkpoint that has the weights.

    PyTorch's coupled decay acts on all parameters, biases too: b = n weight_decay / 2 with the mean of the squared errors. Raises
    InputError for what has no such problem, as AdamW, dropout and other layers.

    >>> state = {"0.weight": [[1.0], [-2.0]], "0.bias": [0.5, 0.0], "2.weight": [[3.0, 1.0]], "2.bias": [0.0]}
    >>> network, problem = from_torch(state, [[1.0], [2.0]], [1.0, 2.0], optimizer="Adam", weight_decay=0.01)
    >>> network
    BiasedNetwork([[1, '1/2'], [-2, 0]], [3, 1])
    >>> problem
    Problem(2 rows, penalty 1/100, output_bias penalised, hidden_bias penalised)
    """
    data = rows_of(X, y, floats)
    if all(callable(getattr(model, name, None)) for name in ("state_dict", "modules")) and not isinstance(model, Mapping):
        found = _of_module(model, data)
    elif isinstance(model, Mapping):
        found = layers_of_state(model, "state_dict")
    elif isinstance(model, str | PathLike):
        found = layers_of_state(torch_state(content_of(model), Path(model).name, key), Path(model).name)
    else:
        raise InputError(f"model: {named(model)} is no module, no state_dict, and no name of a file")
    settings |= _of_loss(loss)
    if not isinstance(optimizer, str):
        settings |= _of_optimizer(optimizer, model, settings)
    name = optimizer if isinstance(optimizer, str) else type(optimizer).__name__
    version = getattr(sys.modules.get("torch"), "__version__", "")
    says = f"PyTorch {version}, {name}".replace(" ,", ",")
    return trained(found, data, "torch", says, optimizer=name, **settings)


def _of_module(model: Any, data: Dataset) -> Layers:
    """Return the layers of a module; InputError where it computes something else, which is tried in float64."""
    for part in model.modules():
        kind = type(part).__name__
        share = part.p if "Dropout" in kind and hasattr(part, "p") else 0
        if share:
            raise InputError(
                f"model: {kind}(p={share}) draws another network for each batch; no problem here has that objective, and "
                "the nearest is the one without it"
            )
        if type(part).__module__ == "torch.nn.modules.activation" and kind != "ReLU":
            raise InputError(f"model: it has {kind} in it, so it computes {OTHER}")
    if any(not parameter.requires_grad for parameter in model.parameters()):
        raise InputError("model: a parameter was not trained (requires_grad is False); problems are over all of them")
    found = layers_of_state(model.state_dict(), "model", ordered=True)
    if found.inputs != data.d or _same(model, found, data):
        return found
    turned = layers_of_state(dict(reversed(model.state_dict().items())), "model", ordered=True)  # differs for 1 x 1 alone
    if turned == found or not _same(model, turned, data):
        raise InputError(f"model: it computes {OTHER}")
    return turned


def _same(model: Any, found: Layers, data: Dataset) -> bool:
    """Say whether a module computes what its layers do where it is tried."""
    for rows in _trials(found, data):
        values = _tried(model, rows)
        exact = found.network(bias_column=False).predict(rows, as_floats=True)
        most = max(abs(value) for value in (*values, *exact))
        if len(values) != len(rows) or any(abs(a - b) * 2**20 > most for a, b in zip(values, exact, strict=True)):
            return False
    return True


def _trials(found: Layers, data: Dataset) -> Iterator[Matrix]:
    """Give the rows of training, and groups of other rows: multiples, and such that neurons are far on and far off.

    On the rows of training alone an activation such as ReLU6 may be as a ReLU, or as the identity.
    """
    yield data.X
    groups = [[[factor * x for x in row] for row in data.X[:TRIED]] for factor in FACTORS]
    biases = found.hidden_bias or (Fraction(0),) * len(found.hidden)
    ways = [(row, sum(w * w for w in row), bias) for row, bias in zip(found.hidden, biases, strict=True) if any(row)][:TRIED]
    for reach in FACTORS:
        groups.append([[(reach * (1 + abs(bias)) - bias) / square * w for w in row] for row, square, bias in ways])
    for group in groups:
        rows = tuple(tuple(Fraction(float(x)) for x in row) for row in group if max(map(abs, row)) < LARGE)
        if rows:
            yield rows


def _tried(model: Any, points: Matrix) -> list[float]:
    """Return what a copy of the module in float64 computes for the rows."""
    torch = sys.modules["torch"]
    try:
        rows = torch.tensor([[float(x) for x in row] for row in points], dtype=torch.float64)
        with torch.no_grad():
            values: list[float] = deepcopy(model).cpu().double().eval()(rows).reshape(-1).tolist()
    except (RuntimeError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
        reason = str(error).partition("\n")[0]
        raise InputError(f"model: it cannot be tried on X in float64 ({reason}); give model.state_dict()") from None
    return values


def _of_loss(loss: Any) -> dict[str, Any]:
    """Return the settings that the module of a loss says."""
    if isinstance(loss, str):
        return {"loss": loss}
    found: dict[str, Any] = {"loss": type(loss).__name__, "reduction": getattr(loss, "reduction", "mean")}
    for name in ("weight", "pos_weight"):
        if getattr(loss, name, None) is not None:
            raise InputError(f"loss: {found['loss']} with {name}= weighs rows; no problem is known for it here")
    for name in ("delta", "beta"):
        if hasattr(loss, name):
            found["delta"] = getattr(loss, name)
    return found


def _of_optimizer(optimizer: Any, model: Any, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that an optimizer says: its decay, whether it is decoupled, which parameters it acts on."""
    groups = getattr(optimizer, "param_groups", None)
    if groups is None:
        raise InputError(f"optimizer: {named(optimizer)} is no optimizer of PyTorch and no name of one")
    for name in ("weight_decay", "decoupled"):
        if name in settings:
            raise InputError(f"{name}: the optimizer says it already; leave it out, or give the name of the optimizer")
    if any(group.get("maximize") for group in groups):
        raise InputError("optimizer: it maximizes; problems are minimised")
    decays = {id(parameter): group.get("weight_decay", 0) for group in groups for parameter in group["params"]}
    decoupled = any(group.get("decoupled_weight_decay", False) for group in groups)
    if callable(getattr(model, "named_parameters", None)):
        decay, part = _of_parameters(model, decays)
    elif len(set(decays.values())) == 1:
        decay, part = next(iter(decays.values())), settings.get("penalised", ALL)
    else:
        raise InputError("optimizer: its groups have different weight decays; give the module, whose parameters they are")
    if decay and settings.get("penalised", part) != part:
        raise InputError(f"penalised: the weight decay of the optimizer acts on {part}; leave it out")
    return {"weight_decay": decay, "decoupled": decoupled, **({"penalised": part} if decay else {})}


def _of_parameters(model: Any, decays: Mapping[int, Any]) -> tuple[Any, str]:
    """Return the weight decay of the parameters of a module, and whether it acts on the biases, too."""
    parts: dict[bool, set[Any]] = {True: set(), False: set()}
    for label, parameter in model.named_parameters():
        if id(parameter) not in decays:
            raise InputError(f"optimizer: it does not train {label}; give the optimizer of this module")
        parts[label.endswith("bias")].add(decays[id(parameter)])
    weights, biases = parts[False], parts[True]
    if len(weights) > 1 or not (biases <= weights or biases == {0}):
        raise InputError(
            "optimizer: weight decays differ; a problem penalises the weights of both layers equally, biases so or not"
        )
    return next(iter(weights)), WEIGHTS if biases == {0} else ALL
