"""Networks of pyscnn, which trains by the convex program."""

from __future__ import annotations

from typing import Any

from reluexact.errors import InputError
from reluexact.model.misplaced import named
from reluexact.numbers.arrays import numpy
from reluexact.numbers.rational import Floats
from reluexact.trained.claim import Trained
from reluexact.trained.layers import Layers, layers, rows_of, trained

GATED = "ReLUs are judged here, and it has fixed gates; train ConvexReLU, with the formulation 'relu'"
CONVEX = "it is the convex program itself; train with return_convex=False to get its network"


def from_scnn(
    model: Any, X: object, y: object = None, *, lam: object, unitize_data: bool = True, floats: Floats = "binary"
) -> Trained:
    """Return a NonConvexReLU of pyscnn as it computes, and the problem that it was trained on.

    lam: the strength of NeuronGL1(lam). unitize_data: as ``scnn.optimize`` was called; only with False does the penalty act on
    weights of the features as they are given, b = n lam, else InputError. X, y: the rows of training, also a Dataset.
    A bias of the model is a column of ones: its weights are penalised.

    >>> class NonConvexReLU:
    ...     parameters, c = [[[1.0, 2.0]], [[3.0]]], 1
    >>> from_scnn(NonConvexReLU(), [[1, 2], [3, 4]], [1, 2], lam="1/10", unitize_data=False).problem
    Problem(2 rows, penalty 1/5)
    """
    data = rows_of(X, y, floats)
    kind = type(model).__name__
    if "Gated" in kind or kind == "ConvexReLU":
        raise InputError(f"model: {named(model)}; {GATED if 'Gated' in kind else CONVEX}")
    if kind != "NonConvexReLU":
        raise InputError(f"model: {named(model)} is no NonConvexReLU of pyscnn")
    parts = [numpy().asarray(part) for part in model.parameters]
    beside = parts[1] if len(parts) > 2 else None
    if parts[0].shape[0] == 0:  # all its blocks are zero
        found = Layers(hidden=(), hidden_bias=None if beside is None else (), output=(), output_bias=None)
    else:
        found = layers(parts[0], beside, parts[-1], None, inputs_first=False)
    return trained(found, data, "scnn", "pyscnn", lam=lam, unitize_data=unitize_data)
