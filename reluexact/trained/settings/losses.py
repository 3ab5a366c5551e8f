"""What the losses of other programs are in the scaling of :mod:`reluexact.model.losses`, and which labels they want.

A loss of ours is ``times`` theirs: PyTorch's and Keras' squared error has no 1/2, scikit-learn's has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset
from reluexact.model.logistic import logistic
from reluexact.model.losses import Loss, absolute, hinge, huber, squared, squared_hinge
from reluexact.model.margin import MARGIN
from reluexact.numbers.rational import format_fraction, to_fraction

HALF, ONE = Fraction(1, 2), Fraction(1)
ZERO_ONE, SIGNS, EITHER, TWO = "0 and 1", "-1 and 1", "0 and 1, or -1 and 1", "two values"


ONE_PER_CLASS = (
    "train and judge one network for each class against the others, as the estimators_ of scikit-learn's OneVsRestClassifier are"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaled:
    """A loss of another program: ours is ``times`` it; ``labels``: which targets it takes for the two classes."""

    loss: Loss
    times: Fraction
    labels: str = SIGNS


def _fixed(loss: Loss, times: Fraction, labels: str = SIGNS) -> Callable[[Fraction], Scaled]:
    return lambda _: Scaled(loss=loss, times=times, labels=labels)


TORCH: Mapping[str, Callable[[Fraction], Scaled]] = {
    "mse": _fixed(squared, HALF),
    "l1": _fixed(absolute, ONE),
    "huber": lambda delta: Scaled(loss=huber(delta), times=ONE),
    "smooth_l1": lambda beta: Scaled(loss=huber(beta), times=beta),
    "bce_with_logits": _fixed(logistic, ONE, ZERO_ONE),
    "soft_margin": _fixed(logistic, ONE),
    "hinge": _fixed(hinge, ONE),
    "squared_hinge": _fixed(squared_hinge, HALF),
}
"""PyTorch; its hinge losses are those that people write, mean(relu(1 - y f)) and mean(relu(1 - y f)^2)."""

KERAS: Mapping[str, Callable[[Fraction], Scaled]] = {
    "mse": _fixed(squared, HALF),
    "mae": _fixed(absolute, ONE),
    "huber": lambda delta: Scaled(loss=huber(delta), times=ONE),
    "binary_crossentropy": _fixed(logistic, ONE, ZERO_ONE),
    "hinge": _fixed(hinge, ONE, EITHER),
    "squared_hinge": _fixed(squared_hinge, HALF, EITHER),
}
"""Keras; its binary cross-entropy is one of logits."""

OPTAX: Mapping[str, Callable[[Fraction], Scaled]] = {
    "squared_error": _fixed(squared, HALF),
    "l2_loss": _fixed(squared, ONE),
    "huber_loss": lambda delta: Scaled(loss=huber(delta), times=ONE),
    "sigmoid_binary_cross_entropy": _fixed(logistic, ONE, ZERO_ONE),
    "hinge_loss": _fixed(hinge, ONE),
}
"""optax; its squared error has no 1/2, its l2_loss has."""

SKLEARN: Mapping[str, Callable[[Fraction], Scaled]] = {
    "squared_error": _fixed(squared, ONE),
    "log_loss": _fixed(logistic, ONE, TWO),
}
SCNN: Mapping[str, Callable[[Fraction], Scaled]] = {"squared": _fixed(squared, ONE)}

ALIASES = {
    "MSELoss": "mse",
    "L1Loss": "l1",
    "HuberLoss": "huber",
    "SmoothL1Loss": "smooth_l1",
    "BCEWithLogitsLoss": "bce_with_logits",
    "SoftMarginLoss": "soft_margin",
    "mean_squared_error": "mse",
    "mean_absolute_error": "mae",
    "MeanSquaredError": "mse",
    "MeanAbsoluteError": "mae",
    "Huber": "huber",
    "Hinge": "hinge",
    "SquaredHinge": "squared_hinge",
    "BinaryCrossentropy": "binary_crossentropy",
}
"""Other spellings: the names of the classes, and Keras' long names."""


def scaled_loss(known: Mapping[str, Callable[[Fraction], Scaled]], loss: object, delta: object, trainer: str) -> Scaled:
    """Return what a loss of a trainer is; ``delta`` is where Huber's losses bend (PyTorch's smooth L1 loss: its beta).

    >>> scaled_loss(TORCH, "MSELoss", 1, "torch").times, scaled_loss(TORCH, "smooth_l1", "1/3", "torch").times
    (Fraction(1, 2), Fraction(1, 3))
    """
    name = ALIASES.get(loss, loss) if isinstance(loss, str) else loss
    if not isinstance(name, str) or name not in known:
        raise InputError(f"loss: {loss!r} of {trainer} has no problem here; those that have one are {', '.join(known)}")
    return known[name](to_fraction(delta, where="delta", floats="decimal"))


def with_signs(data: Dataset, scaled: Scaled) -> Dataset:
    """Return the data with the labels -1 and 1 where a loss of the margin reads others.

    >>> scaled = SKLEARN["log_loss"](ONE)
    >>> [str(y) for y in with_signs(Dataset([[1], [2]], [3, 5]), scaled).y]
    ['-1', '1']
    """
    if scaled.loss.of != MARGIN or scaled.labels == SIGNS:
        return data
    values = sorted(set(data.y))
    if scaled.labels == TWO and len(values) != 2:
        raise InputError(
            f"y: {len(values)} classes; one output tells two apart" + (f": {ONE_PER_CLASS}" if len(values) > 2 else "")
        )
    if scaled.labels == EITHER and all(abs(y) == 1 for y in values):
        return data
    if scaled.labels != TWO and not set(values) <= {0, 1}:
        other = next(y for y in values if y not in (0, 1))
        raise InputError(f"y: {format_fraction(other)} is no label; this loss wants {scaled.labels}")
    upper = values[-1] if scaled.labels == TWO else 1
    signs = [1 if y == upper else -1 for y in data.y]
    return Dataset(data.X, signs, names=data.names, target_name=data.target_name)
