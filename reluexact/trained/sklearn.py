"""Networks of scikit-learn: MLPRegressor, and MLPClassifier with two classes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset
from reluexact.model.entries import flat, vector
from reluexact.model.misplaced import named
from reluexact.numbers.arrays import numpy
from reluexact.numbers.counts import counted, listed
from reluexact.numbers.rational import Floats, to_index
from reluexact.numbers.types import Vector
from reluexact.trained.claim import Trained
from reluexact.trained.layers import chosen, layers, rows_of, trained
from reluexact.trained.recorded import require_recorded_loss, require_same_names
from reluexact.trained.settings.batches import batch_sizes
from reluexact.trained.settings.losses import ONE_PER_CLASS
from reluexact.trained.settings.table import AUTO

NEEDED = ("coefs_", "intercepts_", "solver", "alpha", "activation", "out_activation_")


def from_sklearn(
    model: Any,
    X: object,
    y: object = None,
    *,
    sample_weight: object = None,
    rows: Sequence[int] | None = None,
    batch_size: object = None,
    floats: Floats = "binary",
) -> Trained:
    """Return a fitted MLPRegressor or MLPClassifier (two classes) as it computes, and the problem of its settings.

    X, y: what it was fitted to, also a Dataset; floats are the numbers that the machine stores, as its training saw them, unless
    ``floats="decimal"``. Settings such as alpha are the decimals that are written. sample_weight: as in ``fit``; rows without
    weight are left out. batch_size: sizes of the chunks where ``partial_fit`` was called, which the model does not record.
    rows: with early stopping, the indices of the rows that were trained on; found where random_state is an integer.

    scikit-learn penalises the weights of both layers and no intercept: b = alpha with lbfgs, alpha n mean(1/B_k) with
    mini-batches of B_k rows (:mod:`reluexact.trained.settings.table`). Raises InputError for what has no such problem.

    >>> from sklearn.neural_network import MLPRegressor
    >>> X, y = [[0.0], [1.0], [2.0], [3.0]], [0.0, 1.0, 0.0, 2.0]
    >>> model = MLPRegressor(hidden_layer_sizes=3, solver="lbfgs", alpha=0.1, random_state=0).fit(X, y)
    >>> network, problem = from_sklearn(model, X, y)
    >>> problem, network.width
    (Problem(4 rows, penalty 1/10, output_bias free, hidden_bias free), 3)
    >>> abs(float(problem.objective(network)) / 4 - float(model.loss_)) < 10**-9
    True
    """
    _require(model)
    require_same_names(model, X)
    signs = _signed(model, X, y)
    data = rows_of(X if signs is None else _features(X), y if signs is None else signs, floats)
    weights = None if sample_weight is None else vector(flat(sample_weight), "sample_weight", floats="binary")
    if weights is not None and len(weights) != data.n:
        raise InputError(f"sample_weight: {len(weights)} for {data.n} rows; give one per row")
    kept, remarks = _rows(model, data, rows, weights)
    if batch_size is None and model.solver != "lbfgs":
        _require_recorded(model, len(kept))
    size = model.batch_size if batch_size is None else batch_size
    if weights is not None and not all(weights[i] for i in kept):
        kept, size = _weighted(model, kept, weights, size), None
        remarks.append("rows without weight are left out")
    if len(kept) < data.n:
        data, weights = chosen(data, kept), weights and tuple(weights[i] for i in kept)
    found = trained(
        layers(model.coefs_[0], model.intercepts_[0], model.coefs_[1], model.intercepts_[1], inputs_first=True),
        data,
        "sklearn",
        f"scikit-learn {_version()} {type(model).__name__}, {model.solver}".replace("  ", " "),
        *remarks,
        alpha=model.alpha,
        solver=model.solver,
        batch_size=size,
        shuffle=bool(model.shuffle),
        loss="log_loss" if signs is not None else getattr(model, "loss", "squared_error"),
        sample_weight=weights,
    )
    return require_recorded_loss(found, float(model.loss_)) if model.solver == "lbfgs" else found


def _version() -> str:
    return str(getattr(sys.modules.get("sklearn"), "__version__", ""))


def _require(model: Any) -> None:
    """Raise InputError for what is no network of one hidden layer of ReLUs with one output."""
    if hasattr(model, "steps") or hasattr(model, "regressor_"):
        raise InputError(
            f"model: {named(model)} transforms the data; give the network in it and the X and y that it was fitted to, as in "
            "from_sklearn(pipe[-1], pipe[:-1].transform(X), y)"
        )
    if hasattr(model, "best_estimator_"):
        raise InputError(f"model: {named(model)} chose a model; give its best_estimator_, which was fitted to X and y as a whole")
    if hasattr(model, "estimators_") and hasattr(model, "classes_"):
        raise InputError(
            f"model: {named(model)} has a network for each class; judge each of them on its class against the others, as in "
            "[from_sklearn(one, X, y == c) for one, c in zip(model.estimators_, model.classes_)]"
        )
    if hasattr(model, "hidden_layer_sizes") and not hasattr(model, "coefs_"):
        raise InputError(f"model: {named(model)} that is not fitted yet; call model.fit(X, y)")
    if not all(hasattr(model, name) for name in NEEDED):
        raise InputError(f"model: {named(model)} is no fitted MLPRegressor or MLPClassifier")
    if len(model.coefs_) != 2:
        raise InputError(f"model: {len(model.coefs_) - 1} hidden layers; networks with one are judged here")
    if model.activation != "relu":
        raise InputError(f"model: its activation is {model.activation!r}; networks of ReLUs are judged here")
    outputs = model.coefs_[1].shape[1]
    if outputs > 1 and model.solver == "lbfgs" and model.out_activation_ == "identity":
        raise InputError(
            f"model: with lbfgs and {outputs} targets scikit-learn divides the loss by {outputs}, but not its gradient, so the "
            "network minimises nothing; fit one network per target"
        )
    if model.out_activation_ not in ("identity", "logistic") or outputs > 1:
        what = f"{outputs} outputs" if outputs > 1 else f"the output activation {model.out_activation_!r}"
        cure = f"; {ONE_PER_CLASS}" if outputs > 1 and model.out_activation_ == "softmax" else ""
        raise InputError(f"model: it has {what}; regression on one target and two classes are judged here{cure}")


def _signed(model: Any, X: object, y: object) -> list[int] | None:
    """Return the classes of a classifier as -1 and 1, its second class being 1; None for regression."""
    if model.out_activation_ != "logistic":
        return None
    classes = list(model.classes_)
    if len(classes) != 2:
        raise InputError(
            f"model: it was fitted to {counted(len(classes), 'class', 'classes')} ({listed(classes)}); two are judged here"
        )
    labels: Any = list(X.y) if isinstance(X, Dataset) else flat(y)
    if labels is None:
        raise InputError("y: give the targets beside X, or a Dataset")
    if getattr(labels, "ndim", 1) != 1 or isinstance(labels, str) or not hasattr(labels, "__len__"):
        raise InputError(f"y: {named(y)} is no list of targets; give one column with a class for each row")
    signs = [1 if label == classes[1] else -1 if label == classes[0] else 0 for label in labels]
    if 0 in signs:
        other = signs.index(0)
        raise InputError(f"y[{other}]: {labels[other]} is no class of the model; its classes are {listed(classes)}")
    return signs


def _features(X: object) -> object:
    return X.X if isinstance(X, Dataset) else X


def _rows(model: Any, data: Dataset, rows: Sequence[int] | None, weights: Vector | None) -> tuple[list[int], list[str]]:
    """Return the rows that were trained on, and remarks about the others."""
    kept, remarks = list(range(data.n)), []
    if rows is not None:
        if isinstance(rows, str) or not hasattr(rows, "__len__"):
            raise InputError(f"rows: {named(rows)} is no list; give different indices from 0 to {data.n - 1}")
        kept = [i for i in map(to_index, rows) if i is not None and 0 <= i < data.n]
        if not kept or len(set(kept)) != len(rows):
            raise InputError(f"rows: give different indices from 0 to {data.n - 1}")
    elif getattr(model, "early_stopping", False) and model.solver != "lbfgs":
        kept = _split(model, data, weights)
    if len(kept) < data.n:
        remarks.append(f"early stopping: {data.n - len(kept)} rows of validation are left out, and the best weights are judged")
    return kept, remarks


def _weighted(model: Any, seen: list[int], weights: Vector, batch_size: object) -> list[int]:
    """Return the rows with a weight; InputError where training cut mini-batches out of them and those without."""
    kept, n = [i for i in seen if weights[i]], len(seen)
    if not kept:
        raise InputError("sample_weight: no row has a weight; give the rows of training with theirs")
    if model.solver != "lbfgs" and len(batch_sizes(n, min(AUTO, n) if batch_size == "auto" else batch_size)) > 1:
        raise InputError(
            "sample_weight: each mini-batch is divided by the sum of its own weights, so that training has no objective; fit "
            "without the rows of weight 0, or with all rows in one batch"
        )
    return kept


def _split(model: Any, data: Dataset, weights: Vector | None) -> list[int]:
    """Return the rows that early stopping trained on: split as scikit-learn does, and accepted if the recorded score comes out.

    The generator of ``random_state`` first makes the initial weights, a number for each, then splits.
    """
    from sklearn.model_selection import train_test_split

    cure = "give the indices of the rows that were trained on as rows="
    seed = to_index(model.random_state)
    if seed is None:
        raise InputError(
            f"rows: early stopping left out rows that the model does not record (random_state is no integer); {cure}"
        )
    np = numpy()
    draws = np.random.RandomState(seed)
    draws.random_sample(sum(part.size for part in (*model.coefs_, *model.intercepts_)))
    X, y = np.array([[float(x) for x in row] for row in data.X]), np.array([float(t) for t in data.y])
    labels = hasattr(model, "classes_")
    kept, left = train_test_split(
        np.arange(data.n),
        random_state=draws,
        test_size=model.validation_fraction,
        stratify=(y > 0).astype(int) if labels else None,
    )
    targets = np.where(y[left] > 0, model.classes_[1], model.classes_[0]) if labels else y[left]
    kind = model.coefs_[0].dtype
    shares = None if weights is None else np.array([float(weight) for weight in weights])[left].astype(kind)
    if model.score(X[left].astype(kind), targets, shares) != model.best_validation_score_:
        raise InputError(f"rows: early stopping left out rows that random_state={seed} does not give again; {cure}")
    return sorted(int(i) for i in kept)


def _require_recorded(model: Any, n: int) -> None:
    """Raise InputError where the rows that training saw are not those of whole epochs over these."""
    seen, epochs = getattr(model, "t_", 0), model.n_iter_
    if seen != epochs * n:
        raise InputError(
            f"batch_size: training saw {seen} rows in {epochs} epochs, not {epochs} times the {n} rows; after partial_fit or "
            "with warm_start give the sizes of the batches as batch_size=, which are not recorded; else the X and y of fit"
        )
