"""The form that every trainer's objective has, and what an epoch of mini-batches makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset
from reluexact.numbers.arrays import is_truth_value
from reluexact.numbers.rational import to_fraction
from reluexact.numbers.types import Vector
from reluexact.trained.settings.batches import IN_EXPECTATION, batch_sizes, said
from reluexact.trained.settings.losses import Scaled

MEAN, SUM = "mean", "sum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A trainer minimises ``1/divisor sum_i o_i L(f_i, y_i) + decay/2 sum p^2``, and our loss l is ``times`` its L.

    Ours is that times ``divisor times``: the penalty b is ``divisor times decay``. The sum is over the weights of both layers,
    and over the biases where ``biases`` is true.
    """

    trainer: str
    scaled: Scaled
    divisor: Fraction
    decay: Fraction
    biases: bool
    weights: Vector | None = None
    remarks: tuple[str, ...] = ()

    @property
    def constant(self) -> Fraction:
        """Return what the trainer's objective is to be multiplied with."""
        return self.divisor * self.scaled.times

    @property
    def penalty(self) -> Fraction:
        """Return b."""
        return self.constant * self.decay


@dataclass(frozen=True, slots=True, kw_only=True)
class Epoch:
    """The average of the losses of an epoch's batches is ``1/divisor sum_i o_i L_i``; ``sizes`` are those of its batches."""

    sizes: tuple[int, ...]
    divisor: Fraction
    weights: Vector | None
    remarks: tuple[str, ...]


def epoch(data: Dataset, batch_size: object, shuffle: bool, reduction: str = MEAN) -> Epoch:
    """Return what an epoch minimises, where a batch reduces the losses of its rows to their mean or their sum.

    Shuffled, a row is in each batch equally often. In a fixed order, rows of a small last batch count more under the mean.

    >>> data = Dataset([[1], [2], [3]], [1, 2, 3])
    >>> epoch(data, 2, True).divisor, epoch(data, 2, True, "sum").divisor, epoch(data, 2, False).divisor
    (Fraction(3, 1), Fraction(2, 1), Fraction(4, 1))
    >>> [str(weight) for weight in epoch(data, 2, False).weights]
    ['1', '1', '2']
    """
    switch(shuffle, "shuffle")
    if reduction not in (MEAN, SUM):
        raise InputError(f"reduction: {reduction!r} is no number; say 'mean' or 'sum'")
    sizes = batch_sizes(data.n, batch_size)
    if len(sizes) == 1:
        return Epoch(sizes=sizes, divisor=Fraction(data.n if reduction == MEAN else 1), weights=None, remarks=())
    remark = IN_EXPECTATION if shuffle else "mini-batches in a fixed order: the objective is that of an epoch of small steps"
    remarks = (f"{said(sizes)}; {remark}",)
    if reduction == SUM:
        return Epoch(sizes=sizes, divisor=Fraction(len(sizes)), weights=None, remarks=remarks)
    most = max(sizes)
    if shuffle or min(sizes) == most:
        return Epoch(sizes=sizes, divisor=Fraction(data.n), weights=None, remarks=remarks)
    weights = tuple(Fraction(most, size) for size in sizes for _ in range(size))
    return Epoch(sizes=sizes, divisor=Fraction(most * len(sizes)), weights=weights, remarks=remarks)


def number(value: object, where: str) -> Fraction:
    """Return a setting that is a number >= 0; a float is the decimal that people write, 0.1 is 1/10."""
    found = to_fraction(value, where=where, floats="decimal")
    if found < 0:
        raise InputError(f"{where}: {value} is negative; it is a penalty")
    return found


def switch(value: object, where: str) -> bool:
    """Return a setting that is True or False.

    >>> switch("no", "shuffle")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: shuffle: 'no' is neither True nor False; say one of them
    """
    if not is_truth_value(value):
        raise InputError(f"{where}: {value!r} is neither True nor False; say one of them")
    return bool(value)


def name_of(value: object, where: str) -> str:
    """Return the name of an optimizer in small letters."""
    if not isinstance(value, str):
        raise InputError(f"{where}: {value!r} is no name; say it as a text, such as 'sgd'")
    return value.lower()


def product(weights: Vector | None, more: Vector | None) -> Vector | None:
    """Return the products of two weights per row."""
    if weights is None or more is None:
        return weights or more
    return tuple(a * b for a, b in zip(weights, more, strict=True))
