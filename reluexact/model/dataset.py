"""The data of a training problem: exact, immutable, checked once at the door."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from fractions import Fraction
from os import PathLike
from typing import Literal

from reluexact.errors import Argument, InputError, Message
from reluexact.geometry.hyperplanes import Hyperplanes, hyperplanes
from reluexact.model.entries import digest_of, matrix, vector, written
from reluexact.model.files.reading import Format, Reading
from reluexact.model.files.stated import Stated, ends_in_ones
from reluexact.model.files.table import Table, table_of
from reluexact.model.labels import BIAS_NAME, checked_names
from reluexact.model.misplaced import data_of, misplaced
from reluexact.model.readers import Place, read_table
from reluexact.model.remarks import remarks_on
from reluexact.model.scaled_copies import Entry, Scaled, ScaledCopies
from reluexact.numbers.counts import counted, listed
from reluexact.numbers.rational import Floats
from reluexact.numbers.types import Matrix, Vector
from reluexact.public import Tabular

FEW, SHORT = 24, 100
"""Data (and networks) of at most so many numbers show themselves entry by entry, in a text of at most so many characters."""


class _Derived:
    """Room for what follows from the data; no field, so that comparing, hashing and pickling a data set do not see it."""

    __slots__ = ("_hyperplanes",)
    _hyperplanes: Hyperplanes


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Dataset(_Derived, Tabular):
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
    remarks: tuple[Message, ...] = field(compare=False, repr=False)
    """What was left out when the data was read, and what is peculiar about it, such as a constant column."""
    copies: ScaledCopies | None = field(compare=False, repr=False)
    """Which rows of ``given`` these are scaled copies of, where they stand for rows with weights; else None."""
    origin: Dataset | None = field(compare=False, repr=False)

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
                f"y has {counted(len(targets), 'value')} but X has {counted(len(rows), 'row')}; give one target per row"
            )
        labels = checked_names(names, len(rows[0]), bias, target_name)
        if bias:
            rows = tuple((*row, Fraction(1)) for row in rows)
        object.__setattr__(self, "X", rows)
        object.__setattr__(self, "y", targets)
        object.__setattr__(self, "names", labels)
        object.__setattr__(self, "target_name", target_name)
        object.__setattr__(self, "digest", digest_of(rows, targets))
        object.__setattr__(self, "remarks", remarks_on(rows, targets, labels, bias))
        object.__setattr__(self, "copies", None)
        object.__setattr__(self, "origin", None)

    @property
    def n(self) -> int:
        """Return the number of rows."""
        return len(self.X)

    @property
    def d(self) -> int:
        """Return the number of columns, the bias included."""
        return len(self.X[0])

    @property
    def has_bias(self) -> bool:
        """Say whether the last of several columns is a column of ones.

        >>> Dataset(X=[[2], [3]], y=[1, 1], bias=True).has_bias, Dataset(X=[[1], [1]], y=[1, 1]).has_bias
        (True, False)
        """
        return self.d > 1 and all(row[-1] == 1 for row in self.X)

    @property
    def given(self) -> Dataset:
        """Return the data that people gave: those with weights for scaled copies of rows, else the data itself."""
        return self if self.origin is None else self.origin

    def per_row(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Return entries, one per row, as one per row of ``given``: what copies of a row have in common, such as gates."""
        return tuple(entries) if self.copies is None else self.copies.of_rows(entries)

    def row_of(self, row: int) -> int:
        """Return which row of ``given`` a row stands for."""
        return row if self.copies is None else self.copies.rows[row]

    def unscaled(self, values: Sequence[Scaled]) -> tuple[Scaled, ...]:
        """Return values, one per row, that scale with the row, such as fit and residual, as those of the rows of ``given``."""
        return tuple(values) if self.copies is None else self.copies.unscaled(values)

    def standing_for(self, given: Dataset, copies: ScaledCopies) -> Dataset:
        """Return this data set as what stands for another one, whose rows have weights."""
        found = copy(self)
        object.__setattr__(found, "copies", copies)
        object.__setattr__(found, "origin", given)
        object.__setattr__(found, "remarks", (*given.remarks, copies.remark()))
        return found

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
        path: Place,
        *,
        target: str | None = None,
        features: Sequence[str] | None = None,
        bias: bool = False,
        floats: Floats = None,
        format: Format | None = None,
        sep: str | None = None,
        decimal: Literal[".", ","] | None = None,
        encoding: str | None = None,
        header: bool | None = None,
        drop_missing: bool = False,
    ) -> Dataset:
        r"""Read a file; a penalty that stands in it is left aside (``rx.Problem.read`` reads it, and loss and parts).

        The end of its name says what it is, or ``format``: csv, tsv, json, npz, npy, parquet, feather. ``path`` may be a file
        that is open for reading bytes. Where there are columns, the target is the last one and the features are all others,
        unless they are named; an index that R or pandas wrote is none of them. A json file is
        ``{"X": [[...], ...], "y": [...]}``; its numbers are the decimals that are written there. An npz file has arrays X and y;
        the columns of an npy file are called x1, x2, ...

        For csv: ``sep`` separates the values (a comma), ``decimal`` is "." or ",", ``encoding`` UTF-8, and ``header=False`` says
        that the first line is data already. ``drop_missing=True`` leaves out the rows without a value (empty, NA, NaN, NULL, ...)
        in a column that is used. What was left out is said in ``remarks``. Raises InputError with line and column, or entry.

        >>> from io import BytesIO
        >>> Dataset.read(BytesIO(b"a;y\n1,5;2"), format="csv", sep=";", decimal=",").X
        ((Fraction(3, 2),),)
        """
        reading = Reading(
            floats=floats, format=format, sep=sep, decimal=decimal, encoding=encoding, header=header, drop_missing=drop_missing
        )
        return read_problem(path, target=target, features=features, bias=bias, reading=reading)[0]

    @classmethod
    def from_frame(
        cls,
        frame: object,
        *,
        target: str | None = None,
        features: Sequence[str] | None = None,
        bias: bool = False,
        floats: Floats = None,
        drop_missing: bool = False,
    ) -> Dataset:
        """Return the data of a frame of pandas or polars, or of a table of pyarrow; the arguments are those of :meth:`read`.

        Integers, decimals, Fractions and text are exact; ``floats`` says how float columns are read. The index of pandas is no
        column. Needs pyarrow: ``pip install 'reluexact[arrow]'``.

        >>> from fractions import Fraction
        >>> from pandas import DataFrame
        >>> Dataset.from_frame(DataFrame({"a": [1, 2], "b": ["2.5", Fraction(1, 3)]}), target="b").y
        (Fraction(5, 2), Fraction(1, 3))
        """
        from reluexact.model.files.arrow import raw_frame

        reading = Reading(floats=floats, drop_missing=drop_missing)
        return _of_table(table_of(raw_frame(frame, "frame", reading), target, features, reading), bias, "frame")

    def __repr__(self) -> str:
        """Show small data as they are made, others by their sizes and their digest."""
        if self.copies is None and self.n * self.d <= FEW and all(name == f"x{j + 1}" for j, name in enumerate(self.names)):
            text = f"Dataset([{', '.join(map(written, self.X))}], {written(self.y)})"
            if len(text) <= SHORT:
                return text
        columns = f"{counted(self.d, 'column')}: {listed(self.names, 6)}"
        rows = counted(self.n, "row") if self.copies is None else f"{self.n} scaled copies of {counted(self.given.n, 'row')}"
        return f"Dataset({rows}, {columns}; target {self.target_name}; digest {self.digest[:12]})"


def require_dataset(data: object, call: str = "") -> Dataset:
    """Return a data set that a caller gave, or say how to make one; ``call`` shows the right call.

    >>> require_dataset([[1]])
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: data: a list is not a Dataset; make one with Dataset(X, y) or Dataset.read(path)
    """
    if hasattr(data, "is_plain"):
        raise InputError("data: a Problem has data and a penalty; give its .data here, or where a penalty is asked for it alone")
    if not isinstance(data, Dataset):
        raise misplaced("data", data, "a Dataset", *data_of(data, call))
    return data


def read_problem(
    path: Place,
    *,
    target: str | None = None,
    features: Sequence[str] | None = None,
    bias: bool = False,
    reading: Reading | None = None,
) -> tuple[Dataset, Fraction | None]:
    """Read a file as :meth:`Dataset.read` does, and the penalty when the file (json or npz) has one."""
    data, penalty, stated = read_stated(path, target=target, features=features, bias=bias, reading=reading)
    if stated is not None and not stated.is_short(data.X):
        has = ", ".join(stated.described())
        raise InputError(
            f"{_called(path)}: it states a problem ({has}), not data alone; rx.Problem.read({_called(path)!r}) reads it"
        )
    return data, penalty


def read_stated(
    path: Place,
    *,
    target: str | None = None,
    features: Sequence[str] | None = None,
    bias: bool = False,
    reading: Reading | None = None,
) -> tuple[Dataset, Fraction | None, Stated | None]:
    """Read data and penalty as :func:`read_problem` does, and loss and parts of the problem where the file (json, npz) has them.

    The column of ones of a penalised hidden bias is named as such.
    """
    table = read_table(path, target=target, features=features, reading=reading)
    stated, names = table.stated, table.names
    if stated is not None and bias:
        fault = f'{_called(path)}: it states the parts of its problem; write "hidden_bias": "penalised" into it in the place of '
        raise InputError(Message(fault, Argument("bias", True)))
    if stated is not None and stated.hidden_bias == "penalised" and table.X and ends_in_ones(table.X):
        names = (*(f"x{j + 1}" for j in range(len(table.X[0]) - 1)), BIAS_NAME)
    return _of_table(replace(table, names=names), bias, _called(path)), table.penalty, stated


def _called(path: Place) -> str:
    return str(path) if isinstance(path, str | PathLike) else "the open file"


def _of_table(table: Table, bias: bool, name: str) -> Dataset:
    try:
        data = Dataset(table.X, table.y, bias, names=table.names, target_name=table.target_name)
    except InputError as error:
        raise InputError(Message(f"{name}: ", error.message)) from None
    object.__setattr__(data, "remarks", (*table.remarks, *data.remarks))
    return data
