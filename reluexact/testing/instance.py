"""An instance taken apart, so that it can be made smaller piece by piece, and what small means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from reluexact.model.dataset import Dataset
from reluexact.model.losses import Loss
from reluexact.model.problem import NONE, PENALISED, Problem
from reluexact.numbers.types import Matrix, Vector

ROW, COLUMN, PART = 1000, 1000, 100
"""What a row, a column and a part count beside the bits of the numbers."""
_WRITABLE = 10**15


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A data set without its bias column, and where ``penalty`` is not None the rest of a problem; None: no such part."""

    X: Matrix
    y: Vector
    names: tuple[str, ...]
    target_name: str
    penalty: Fraction | None = None
    loss: Loss | None = None
    weights: Vector | None = None
    hidden_bias: str | None = None
    output_bias: str | None = None
    skip: str | None = None

    @classmethod
    def of(cls, instance: Dataset | Problem) -> Parts:
        """Take an instance apart.

        >>> Parts.of(Problem(Dataset([[1], [2]], [1, 2]), 1, hidden_bias="penalised")).made()
        Problem(2 rows, penalty 1, hidden_bias penalised)
        """
        data = instance if isinstance(instance, Dataset) else instance.data
        table: dict[str, Any] = {"X": data.X, "y": data.y, "names": data.names, "target_name": data.target_name}
        if isinstance(instance, Dataset):
            return cls(**table)
        of_problem = instance.hidden_bias == PENALISED and data.d > 1
        if of_problem:  # its column of ones belongs to the problem
            table |= {"X": tuple(row[:-1] for row in data.X), "names": data.names[:-1]}
        return cls(
            **table,
            penalty=instance.penalty,
            loss=instance.loss,
            weights=instance.weights,
            hidden_bias=PENALISED if of_problem else _there(instance.hidden_bias),
            output_bias=_there(instance.output_bias),
            skip=_there(instance.skip),
        )

    def made(self) -> Any:
        """Return the instance; raises InputError for one that there is not."""
        data = Dataset(self.X, self.y, names=self.names, target_name=self.target_name)
        if self.penalty is None or self.loss is None:
            return data
        return Problem(
            data,
            self.penalty,
            self.loss,
            output_bias=self.output_bias or NONE,
            hidden_bias=self.hidden_bias or NONE,
            skip=self.skip or NONE,
            weights=self.weights,
        )

    @property
    def size(self) -> int:
        """Return a whole number that is small for a small instance."""
        numbers = [*self.y, *(self.weights or ()), *(() if self.penalty is None else (self.penalty,))]
        bits = sum(map(number_size, numbers)) + sum(number_size(entry) for row in self.X for entry in row)
        parts = sum(part is not None for part in (self.weights, self.hidden_bias, self.output_bias, self.skip))
        return ROW * len(self.y) + COLUMN * len(self.names) + PART * parts + bits

    def with_(self, **changes: Any) -> Parts:
        """Return the parts with some of them changed."""
        return replace(self, **changes)

    def without_rows(self, rows: Iterable[int]) -> Parts:
        """Return the parts without some rows."""
        kept = [i for i in range(len(self.y)) if i not in set(rows)]
        weights = self.weights and tuple(self.weights[i] for i in kept)
        return replace(self, X=tuple(self.X[i] for i in kept), y=tuple(self.y[i] for i in kept), weights=weights)

    def without_columns(self, columns: Iterable[int]) -> Parts:
        """Return the parts without some columns."""
        kept = [j for j in range(len(self.names)) if j not in set(columns)]
        rows = tuple(tuple(row[j] for j in kept) for row in self.X)
        return replace(self, X=rows, names=tuple(self.names[j] for j in kept))

    def with_entry(self, name: str, place: int, value: Fraction) -> Parts:
        """Return the parts with one number of ``y`` or ``weights`` changed."""
        old: Vector = getattr(self, name)
        return self.with_(**{name: (*old[:place], value, *old[place + 1 :])})

    def with_feature(self, i: int, j: int, value: Fraction) -> Parts:
        """Return the parts with one number of X changed."""
        row = (*self.X[i][:j], value, *self.X[i][j + 1 :])
        return replace(self, X=(*self.X[:i], row, *self.X[i + 1 :]))

    def shortened(self, name: str, most: int) -> Parts:
        """Return the parts with all numbers of ``X``, ``y`` or ``weights`` near quotients with denominators up to ``most``."""
        if name == "X":
            return replace(self, X=tuple(tuple(entry.limit_denominator(most) for entry in row) for row in self.X))
        old: Vector = getattr(self, name) or ()
        return self.with_(**{name: tuple(entry.limit_denominator(most) for entry in old) or None})


def _there(part: str) -> str | None:
    return None if part == NONE else part


def number_size(value: Fraction) -> int:
    """Return the bits of a number: 0 for 0, 1 for 1, 2 for -1 and 1/2.

    >>> [number_size(Fraction(text)) for text in ("0", "1", "-1", "1/2", "3")]
    [0, 1, 2, 2, 2]
    """
    return value.numerator.bit_length() + value.denominator.bit_length() - 1 + (value < 0)


def simpler(value: Fraction) -> list[Fraction]:
    """Return shorter numbers to try in the place of one, the shortest first.

    >>> [str(other) for other in simpler(Fraction(-9, 4))]
    ['0', '1', '2', '3', '-1', '-3', '-2', '9/4']
    """
    whole = int(value)
    rough = [value.limit_denominator(most) for most in (1, 2, 10, 100, 1000, 10**6)]
    rough += [value.limit_denominator(max(1, value.denominator // 2)), Fraction(whole), -value]
    power = 1 << max(0, abs(whole).bit_length() - 1)
    tens = 10 ** (len(str(abs(whole))) - 1) if abs(whole) < _WRITABLE else 1
    steps = [Fraction(whole - whole % power), Fraction(whole // 2), Fraction(whole - whole % tens)]
    choice = {*map(Fraction, (0, 1, -1, whole - 1, whole + 1)), *rough, *steps}
    return sorted((other for other in {*choice, *map(abs, choice)} if number_size(other) < number_size(value)), key=_order)


def _order(value: Fraction) -> tuple[int, bool, Fraction]:
    return number_size(value), value < 0, value
