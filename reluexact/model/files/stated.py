"""What a json or npz file says of its problem beside X, y and the penalty: loss, biases, skip connection, weights of the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reluexact.errors import InputError
from reluexact.model.entries import vector
from reluexact.numbers.rational import Floats
from reluexact.numbers.types import Matrix, Vector

PARTS = ("loss", "weights", "hidden_bias", "output_bias", "skip")
"""The names under which these stand."""
_WORDS = ("hidden_bias", "output_bias", "skip")
_LOSS = 'a name, such as "huber(1)", or an object with breakpoints and pieces'


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Loss and parts as :class:`reluexact.model.problem.Problem` takes them, which checks them.

    loss: a name, or the breakpoints, the pieces and what it is of. weights: None where all are 1.
    """

    loss: str | Mapping[str, Any] = "squared"
    weights: Vector | None = None
    hidden_bias: str = "none"
    output_bias: str = "none"
    skip: str = "none"

    def described(self) -> tuple[str, ...]:
        """Return what differs from the short form, a penalised hidden bias included.

        >>> Stated(loss="hinge", skip="free", hidden_bias="penalised").described()
        ('loss hinge', 'hidden_bias penalised', 'skip free')
        """
        loss = self.loss if isinstance(self.loss, str) else "piecewise"
        parts = (("loss", loss, "squared"), *((name, getattr(self, name), "none") for name in _WORDS))
        words = tuple(f"{name} {value}" for name, value, usual in parts if value != usual)
        return (*words, *(("weights",) if self.weights else ()))

    def as_arguments(self) -> dict[str, Any]:
        """Return them by the names of the arguments of a problem."""
        return {name: getattr(self, name) for name in PARTS}

    def is_short(self, rows: Matrix) -> bool:
        """Say whether data and penalty are all of the problem: a penalised hidden bias is a last column of ones."""
        there = self.described()
        return not there or (there == ("hidden_bias penalised",) and ends_in_ones(rows))


SHORT = Stated()
"""What is meant where a file says nothing."""


def ends_in_ones(rows: Matrix) -> bool:
    """Say whether the last column is one of ones.

    >>> ends_in_ones(((2, 1), (3, 1)))
    True
    """
    return all(row[-1] == 1 for row in rows)


def stated_of(document: Mapping[str, object], rows: int, floats: Floats) -> Stated | None:
    """Return what a file states of its problem; None where it has none of these names; InputError for what is none of it."""
    if not any(name in document for name in PARTS):
        return None
    found: dict[str, Any] = {name: _word(document[name], name) for name in _WORDS if name in document}
    if "loss" in document:
        found["loss"] = _loss(document["loss"])
    if document.get("weights") is not None:
        weights = vector(document["weights"], "weights", floats=floats)
        if len(weights) != rows:
            raise InputError(f"weights: {len(weights)} for {rows} rows; give one number > 0 per row")
        found["weights"] = None if all(weight == 1 for weight in weights) else weights
    return Stated(**found)


def _word(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise InputError(f"{name}: {value!r}; say 'none', 'free' or 'penalised'")
    return str(value)


def _loss(value: object) -> str | Mapping[str, Any]:
    """Return a loss by its name, or as certificates state it."""
    if isinstance(value, Mapping):
        if isinstance(value.get("function"), str):
            return str(value["function"])
        if {"breakpoints", "pieces"} <= set(value):
            return value
    if not isinstance(value, str):
        raise InputError(f"loss: {value!r} is no loss; it is {_LOSS}")
    return str(value)
