"""The data of a training problem: exact, immutable, checked once at the door."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from os import PathLike
from pathlib import Path

from reluexact.errors import Argument, InputError, Message
from reluexact.geometry.hyperplanes import Hyperplanes, hyperplanes
from reluexact.model.entries import matrix, vector
from reluexact.model.readers import read_table
from reluexact.numbers.rational import Floats, format_fraction
from reluexact.numbers.types import Matrix, Vector

BIAS_NAME = "bias"


class _Derived:
    """Room for what follows from the data; no field, so that comparing, hashing and pickling a data set do not see it."""

    __slots__ = ("_hyperplanes",)
    _hyperplanes: Hyperplanes


@dataclass(frozen=True, slots=True, init=False)
class Dataset(_Derived):
    """Rows X (n x d) with targets y (n), all Fractions; n >= 1 and d >= 1.

    ``X`` and ``y`` are lists, tuples or numpy arrays of whatever :func:`reluexact.numbers.rational.to_fraction` takes; ``floats``
    tells it how to read floats. ``bias=True`` appends a column of ones. ``names`` are the names of the columns of X.
    Two data sets are equal when X and y are; names are labels only. Bad input raises InputError.

    >>> data = Dataset(X=[[1], ["2.5"]], y=[1, "1/3"], bias=True)
    >>> data.X
    ((Fraction(1, 1), Fraction(1, 1)), (Fraction(5, 2), Fraction(1, 1)))
    >>> data.n, data.d, data.names, data.target_name
    (2, 2, ('x1', 'bias'), 'y')
    >>> Dataset(X=[[1], [2]], y=[1, 2, 3])
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: y has 3 values but X has 2 rows; give one target per row
    """

    X: Matrix
    y: Vector
    names: tuple[str, ...] = field(compare=False)
    target_name: str = field(compare=False)
    digest: str = field(compare=False)
    """sha256, in hexadecimal, of the text ``{"X":[["1",...],...],"y":["1/3",...]}`` without blanks."""

    def __init__(
        self,
        X: object,
        y: object,
        bias: bool = False,
        *,
        floats: Floats = None,
        names: Sequence[str] | None = None,
        target_name: str = "y",
    ) -> None:
        if not isinstance(bias, bool):
            raise InputError(
                Message(f"bias: {bias!r} is not True or False; ", Argument("bias", True), " appends a column of ones to X")
            )
        rows, targets = matrix(X, "X", floats=floats), vector(y, "y", floats=floats)
        if not rows:
            raise InputError("X is empty; give at least one row")
        if len(targets) != len(rows):
            raise InputError(
                f"y has {_count(len(targets), 'value')} but X has {_count(len(rows), 'row')}; give one target per row"
            )
        labels = _checked_names(names, len(rows[0]), bias, target_name)
        if bias:
            rows = tuple((*row, Fraction(1)) for row in rows)
        object.__setattr__(self, "X", rows)
        object.__setattr__(self, "y", targets)
        object.__setattr__(self, "names", labels)
        object.__setattr__(self, "target_name", target_name)
        object.__setattr__(self, "digest", _digest(rows, targets))

    @property
    def n(self) -> int:
        """Return the number of rows."""
        return len(self.X)

    @property
    def d(self) -> int:
        """Return the number of columns, the bias included."""
        return len(self.X[0])

    @property
    def hyperplanes(self) -> Hyperplanes:
        """Return the hyperplanes of the rows of X, grouped when they are first asked for.

        >>> Dataset(X=[[1, 2], [0, 0], [-2, -4]], y=[1, 1, 1]).hyperplanes.hyperplane_of
        (0, None, 0)
        """
        try:
            return self._hyperplanes
        except AttributeError:
            object.__setattr__(self, "_hyperplanes", hyperplanes(self.X))
        return self._hyperplanes

    @classmethod
    def read(
        cls,
        path: str | PathLike[str],
        *,
        target: str | None = None,
        features: Sequence[str] | None = None,
        bias: bool = False,
        floats: Floats = None,
    ) -> Dataset:
        """Read a .csv, .json or .npz file; a penalty that stands in the file is left aside (see :func:`read_problem`).

        A csv file has one line of column names; the target is the last column and the features are all others unless named. A
        json file is ``{"X": [[...], ...], "y": [...]}``; its numbers are read as the decimals that are written there. An npz file
        has arrays X and y. Raises InputError with the line and the column, or the entry.
        """
        return read_problem(path, target=target, features=features, bias=bias, floats=floats)[0]


def require_dataset(data: object) -> Dataset:
    """Return a data set that a caller gave, or say how to make one.

    >>> require_dataset([[1]])
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: data: a list is not a Dataset; make one with Dataset(X, y) or Dataset.read(path)
    """
    if hasattr(data, "is_plain"):
        raise InputError(
            "data: give a Dataset, and the penalty beside it; a Problem is for rx.solve, rx.bound and rx.max_penalty"
        )
    if not isinstance(data, Dataset):
        raise InputError(f"data: a {type(data).__name__} is not a Dataset; make one with Dataset(X, y) or Dataset.read(path)")
    return data


def read_problem(
    path: str | PathLike[str],
    *,
    target: str | None = None,
    features: Sequence[str] | None = None,
    bias: bool = False,
    floats: Floats = None,
) -> tuple[Dataset, Fraction | None]:
    """Read a file as :meth:`Dataset.read` does, and the penalty when the file (json or npz) has one."""
    table = read_table(path, target=target, features=features, floats=floats)
    try:
        data = Dataset(table.X, table.y, bias, names=table.names, target_name=table.target_name)
    except InputError as error:
        raise InputError(Message(f"{Path(path).name}: ", error.message)) from None
    return data, table.penalty


def _checked_names(names: Sequence[str] | None, columns: int, bias: bool, target_name: str) -> tuple[str, ...]:
    if names is None:
        names = [f"x{j + 1}" for j in range(columns)]
    if (
        not isinstance(names, Sequence)
        or isinstance(names, str)
        or not all(isinstance(name, str) for name in (*names, target_name))
    ):
        raise InputError("names: give a list of texts, one per column of X, and target_name as one text")
    labels = tuple(names)
    if len(labels) != columns:
        raise InputError(f"names: {_count(len(labels), 'name')} for {_count(columns, 'column')} of X; give one name per column")
    if bias:
        labels = (*labels, BIAS_NAME)
    for j, label in enumerate(labels):
        if label in labels[:j]:
            text = f"names: {label!r} names two columns of X; rename one ("
            raise InputError(Message(text, Argument("bias", True), f" adds a column {BIAS_NAME!r})"))
    return labels


def _digest(rows: Matrix, targets: Vector) -> str:
    document = {"X": [[format_fraction(x) for x in row] for row in rows], "y": [format_fraction(t) for t in targets]}
    return hashlib.sha256(json.dumps(document, separators=(",", ":")).encode("ascii")).hexdigest()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
