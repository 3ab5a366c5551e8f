"""What the settings of other programs mean: the one table, a function per program, each measured by tests that train.

Every function returns the :class:`Terms` of a data set, of the rows that were trained on. The names of its arguments are those of
the program. What has no objective is refused, with the problem that comes nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset
from reluexact.model.entries import vector
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.types import Vector
from reluexact.trained.settings.batches import mean_inverse
from reluexact.trained.settings.losses import KERAS, OPTAX, SCNN, SKLEARN, TORCH, scaled_loss
from reluexact.trained.settings.terms import MEAN, SUM, Terms, epoch, name_of, number, product, switch

ALL, WEIGHTS = "all", "weights"
AUTO = 200
"""The most rows in a batch of scikit-learn's ``batch_size="auto"``."""

EARLY_STOP = "L-BFGS stops at a relative decrease of 2.2e-9 whatever tol is: not stationary to more than some digits"

COUPLED = ("sgd", "adam", "adamax", "adagrad", "adadelta", "rmsprop", "nadam", "radam")
"""Optimisers of PyTorch that add ``weight_decay p`` to the gradient; the last two and adam have an option that does not."""
DECOUPLED = ("adamw", "muon", "adafactor")
WITHOUT_DECAY = ("lbfgs", "rprop")
SKLEARN_DEFAULTS = {"alpha": "1/10000", "solver": "adam"}
TORCH_DEFAULTS = {"adamw": "1/100", "muon": "1/10"}
KERAS_DEFAULTS = {"adamw": "1/250", "muon": "1/250"}
OPTAX_DEFAULTS = {"adamw": "1/10000", "adamaxw": "1/10000", "nadamw": "1/10000", "lion": "1/1000"}
"""The decay of optimisers that decay by default."""
OPTAX_COUPLED = ("sgd", "adam", "adagrad", "rmsprop", "adamax", "nadam", "radam", "amsgrad", "adabelief", "yogi")
"""Optimisers of optax without a decay of their own, which take what stands before them for the gradient."""
OPTAX_DECOUPLED = ("adamw", "adamaxw", "nadamw", "lion")


def sklearn(
    data: Dataset,
    *,
    alpha: object = None,
    solver: str | None = None,
    batch_size: object = "auto",
    shuffle: bool = True,
    loss: str = "squared_error",
    sample_weight: object = None,
) -> Terms:
    """scikit-learn's MLPRegressor and MLPClassifier: ``alpha`` is divided by the rows of each batch, biases cost nothing.

    lbfgs sees all rows at once: b = alpha. sgd and adam: b = alpha n mean_k(1/B_k), B_k the sizes of an epoch's batches.
    Without alpha or solver its own defaults are meant, which is a remark.
    """
    given = {"alpha": alpha, "solver": solver}
    unsaid = [f"{name}={value}" for name, value in SKLEARN_DEFAULTS.items() if given[name] is None]
    assumed = (f"not given, so the defaults of scikit-learn are meant: {', '.join(unsaid)}",) if unsaid else ()
    alpha, solver = alpha if alpha is not None else SKLEARN_DEFAULTS["alpha"], solver or SKLEARN_DEFAULTS["solver"]
    scaled, penalty = scaled_loss(SKLEARN, loss, 1, "scikit-learn"), number(alpha, "alpha")
    weights = _weights(sample_weight, data)
    if solver not in ("lbfgs", "sgd", "adam"):
        raise InputError(f"solver: {solver!r} is none of scikit-learn's; say 'lbfgs', 'sgd' or 'adam'")
    size = None if solver == "lbfgs" else min(AUTO, data.n) if batch_size == "auto" else batch_size
    over = epoch(data, size, shuffle)
    divisor, decay = over.divisor, penalty * mean_inverse(over.sizes)
    if weights is not None:
        if len(over.sizes) > 1:
            raise InputError(
                "sample_weight: each mini-batch is divided by the sum of its own weights, so that training has no objective; the "
                f"nearest is rx.Problem with these weights and the penalty {format_fraction(decay * sum(weights))}"
            )
        divisor, decay = sum(weights, Fraction(0)), penalty / sum(weights)
    return Terms(
        trainer=f"scikit-learn, {solver}",
        scaled=scaled,
        divisor=divisor,
        decay=decay,
        biases=False,
        weights=weights or over.weights,
        remarks=(*assumed, *((EARLY_STOP,) if solver == "lbfgs" else over.remarks)),
    )


def torch(
    data: Dataset,
    *,
    weight_decay: object = None,
    l2: object = 0,
    optimizer: str = "sgd",
    decoupled: bool = False,
    loss: str = "mse",
    delta: object = 1,
    reduction: str = MEAN,
    batch_size: object = None,
    shuffle: bool = True,
    penalised: str = ALL,
) -> Terms:
    """PyTorch: coupled weight decay adds ``weight_decay/2 |p|^2`` to the loss of each batch, over ``penalised`` parameters.

    ``l2``: what the training loop adds, ``l2 |p|^2``. Mean of the squared errors: b = n (weight_decay + 2 l2) / 2; biases, too,
    unless ``penalised="weights"``. ``decoupled``: as the option ``decoupled_weight_decay`` of Adam, NAdam and RAdam.
    """
    scaled, over = scaled_loss(TORCH, loss, delta, "PyTorch"), epoch(data, batch_size, shuffle, reduction)
    name, added = name_of(optimizer, "optimizer"), number(l2, "l2")
    decay = _decay(weight_decay, name, TORCH_DEFAULTS)
    if penalised not in (ALL, WEIGHTS):
        raise InputError(f"penalised: {penalised!r}; say 'all' (parameters) or 'weights' (the biases cost nothing)")
    if name == "asgd" or (decay and name not in (*COUPLED, *DECOUPLED, *WITHOUT_DECAY)):
        known = ", ".join((*COUPLED, *DECOUPLED, *WITHOUT_DECAY))
        raise InputError(f"optimizer: what the weight decay of {optimizer!r} does is not known here; known are {known}")
    if (switch(decoupled, "decoupled") or name in DECOUPLED) and decay:
        _refuse_decoupled(optimizer, over.divisor * scaled.times * decay)
    if decay and name in WITHOUT_DECAY:
        raise InputError(f"weight_decay: {optimizer} has none; l2= is what the training loop adds to the loss, l2 |p|^2")
    return Terms(
        trainer=f"PyTorch, {optimizer}",
        scaled=scaled,
        divisor=over.divisor,
        decay=decay + 2 * added,
        biases=penalised == ALL,
        weights=over.weights,
        remarks=over.remarks,
    )


def keras(
    data: Dataset,
    *,
    l2: object = 0,
    optimizer: str = "adam",
    weight_decay: object = None,
    momentum: object = 0,
    loss: str = "mse",
    delta: object = 1,
    reduction: str = "sum_over_batch_size",
    batch_size: object = 32,
    shuffle: bool = True,
    sample_weight: object = None,
    penalised: str = WEIGHTS,
) -> Terms:
    """Keras: ``regularizers.L2(l2)`` adds ``l2 |p|^2`` to the loss of each batch, for kernels, or biases, too (``penalised``).

    Mean of the squared errors: b = n l2. SGD's ``weight_decay`` acts beside the momentum m, on all parameters: b = n w (1-m) / 2.
    """
    scaled, mean = scaled_loss(KERAS, loss, delta, "Keras"), reduction == "sum_over_batch_size"
    over, weights = epoch(data, batch_size, shuffle, MEAN if mean else reduction), _weights(sample_weight, data)
    name, added, inertia = name_of(optimizer, "optimizer"), number(l2, "l2"), number(momentum, "momentum")
    decay = _decay(weight_decay, name, KERAS_DEFAULTS)
    if decay and name != "sgd":
        _refuse_decoupled(optimizer, over.divisor * scaled.times * decay)
    if penalised not in (ALL, WEIGHTS):
        raise InputError(f"penalised: {penalised!r}; say 'all' (kernels and biases) or 'weights' (kernels)")
    if decay and added and penalised == WEIGHTS:
        raise InputError(
            "weight_decay: it acts on the biases, too, and l2 does not; a problem penalises all that it penalises equally. Leave "
            "one of the two out, or exclude the biases from the decay"
        )
    if inertia >= 1:
        raise InputError(f"momentum: {momentum} is no momentum; give a number below 1")
    return Terms(
        trainer=f"Keras, {optimizer}",
        scaled=scaled,
        divisor=over.divisor,
        decay=2 * added + decay * (1 - inertia),
        biases=penalised == ALL or bool(decay),
        weights=product(over.weights, weights),
        remarks=over.remarks,
    )


def scnn(data: Dataset, *, lam: object, unitize_data: bool = True) -> Terms:
    """pyscnn: ``NeuronGL1(lam)`` beside ``1/(2n) sum r^2``, b = n lam, with ``unitize_data=False`` (columns as given)."""
    penalty = number(lam, "lam")
    if switch(unitize_data, "unitize_data"):
        raise InputError(
            "unitize_data: by default pyscnn divides the columns by their norms and penalises the weights of these, so that "
            "on the given features no penalty makes its network optimal; train with unitize_data=False, or divide the columns by "
            f"hand: then the penalty is {format_fraction(data.n * penalty)}"
        )
    scaled = scaled_loss(SCNN, "squared", 1, "pyscnn")
    return Terms(trainer="pyscnn", scaled=scaled, divisor=Fraction(data.n), decay=penalty, biases=True)


LOSSES: Mapping[str, tuple[str, ...]] = {
    "sklearn": tuple(SKLEARN),
    "torch": tuple(TORCH),
    "keras": tuple(KERAS),
    "scnn": tuple(SCNN),
    "optax": tuple(OPTAX),
}
"""The losses of each program, by the names that they have there."""


def optax(
    data: Dataset,
    *,
    weight_decay: object = None,
    place: str = "before",
    l2: object = 0,
    optimizer: str = "sgd",
    loss: str = "squared_error",
    delta: object = 1,
    reduction: str = MEAN,
    batch_size: object = None,
    shuffle: bool = True,
    penalised: str = ALL,
) -> Terms:
    """optax: ``chain(add_decayed_weights(weight_decay), sgd(...))`` adds ``weight_decay p`` to the gradient of each batch.

    So before the optimiser it is that of ``weight_decay/2 |p|^2``, over ``penalised`` parameters (its mask). Mean of the squared
    errors: b = n (weight_decay + 2 l2) / 2, ``l2``: what the loss adds, ``l2 |p|^2``. Behind it, weights grow.
    """
    scaled, over = scaled_loss(OPTAX, loss, delta, "optax"), epoch(data, batch_size, shuffle, reduction)
    name, added = name_of(optimizer, "optimizer"), number(l2, "l2")
    decay = _decay(weight_decay, name, OPTAX_DEFAULTS)
    if penalised not in (ALL, WEIGHTS):
        raise InputError(f"penalised: {penalised!r}; say 'all' (parameters) or 'weights' (a mask leaves the biases out)")
    if decay:
        _require_before(optimizer, place, decay, over.divisor * scaled.times * decay)
    return Terms(
        trainer=f"optax, {optimizer}",
        scaled=scaled,
        divisor=over.divisor,
        decay=decay + 2 * added,
        biases=penalised == ALL,
        weights=over.weights,
        remarks=over.remarks,
    )


def _require_before(optimizer: str, place: str, decay: Fraction, penalty: Fraction) -> None:
    """Raise InputError unless a decay of optax stands before an optimiser that takes it for a part of the gradient."""
    name = optimizer.lower()
    if name in OPTAX_DECOUPLED:
        _refuse_decoupled(optimizer, penalty)
    if name not in OPTAX_COUPLED:
        known = ", ".join((*OPTAX_COUPLED, *OPTAX_DECOUPLED))
        raise InputError(f"optimizer: what weight decay with {optimizer!r} does is not known here; known are {known}")
    if place not in ("before", "after"):
        raise InputError(
            f"place: {place!r}; say where add_decayed_weights stands in optax.chain, 'before' the optimizer or 'after'"
        )
    if place == "after":
        raise InputError(
            f"place: behind {optimizer}, whose updates are subtracted already, add_decayed_weights adds {format_fraction(decay)} "
            "times the weights to them: they grow, and nothing is minimised; before it, the penalty is "
            f"{format_fraction(penalty)} in rx.Problem"
        )


TRAINERS: Mapping[str, Callable[..., Terms]] = {
    "sklearn": sklearn,
    "torch": torch,
    "keras": keras,
    "scnn": scnn,
    "optax": optax,
}


def _weights(sample_weight: object, data: Dataset) -> Vector | None:
    """Return the weights of rows, None where all are 1."""
    if sample_weight is None:
        return None
    weights = vector(sample_weight, "sample_weight", floats="binary")
    if len(weights) != data.n:
        raise InputError(f"sample_weight: {len(weights)} for {data.n} rows; give one per row")
    if min(weights) <= 0:
        raise InputError("sample_weight: a weight is not positive; leave the row out to give it no weight")
    return None if all(weight == 1 for weight in weights) else weights


def _decay(weight_decay: object, optimizer: str, defaults: Mapping[str, str]) -> Fraction:
    """Return the weight decay that was given, or what the optimiser takes by default."""
    return number(defaults.get(optimizer, 0) if weight_decay is None else weight_decay, "weight_decay")


def _refuse_decoupled(optimizer: str, penalty: Fraction) -> None:
    raise InputError(
        f"weight_decay: {optimizer} shrinks the parameters beside its scaled gradient (decoupled decay), so it tends to what is "
        f"stationary for no objective; the nearest is that of coupled decay, penalty {format_fraction(penalty)} in rx.Problem"
    )


__all__ = ["ALL", "MEAN", "SUM", "TRAINERS", "WEIGHTS"]
