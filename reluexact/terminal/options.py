"""Options that several commands share, and the reading of data by them."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import Argument, Cure, InputError, Message
from reluexact.terminal import completion

if TYPE_CHECKING:
    from reluexact.model.dataset import Dataset
    from reluexact.model.files.reading import Reading
    from reluexact.model.files.stated import Stated
    from reluexact.terminal.screen import Screen

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="The data: .csv, .tsv, .json, .npz, .npy, .parquet or .feather; - is stdin, with --format.",
        show_default=False,
    ),
]
Features = Annotated[
    str | None,
    typer.Option(
        metavar="A,B,...",
        help="Columns of a csv file to use as features. [default: all but the target]",
        autocompletion=completion.column_list,
    ),
]
Target = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Column of a csv file to predict. [default: the last]", autocompletion=completion.columns),
]
Bias = Annotated[bool, typer.Option("--bias", metavar=" ", help="Append a column of ones to the features.")]
Penalty = Annotated[
    str | None,
    typer.Option(metavar="B", help="Penalty > 0: 10, 0.5 or 1/3, read exactly. [default: that of the json or npz file]"),
]
JsonOutput = Annotated[bool, typer.Option("--json", metavar=" ", help="Print one JSON object; exact numbers as text.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", metavar=" ", help="No progress and no remarks on stderr.")]
Verbose = Annotated[
    bool,
    typer.Option("--verbose", "-v", metavar=" ", help="Without a terminal, too, say on stderr every 10 s how far the work is."),
]
TimeLimit = Annotated[
    str | None, typer.Option("--time-limit", metavar="SECONDS", help="Stop after so long, with what is proved by then.")
]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the result as JSON; the file is whole or unchanged.")
]

NetworkOut = Annotated[
    Path | None,
    typer.Option(
        "--network-out", metavar="FILE", help="Write the network: .json or .csv, both exact, or .npz, rounded to floats."
    ),
]

Plot = Annotated[
    Path | None,
    typer.Option("--plot", metavar="FILE", help="Draw the fit, with one feature the function: a .png, .svg or .pdf file."),
]


View = Annotated[
    str | None,
    typer.Option("--view", metavar="NAME", help="Which picture --plot draws, such as arrangement, polytope or neurons."),
]


class Engine(StrEnum):
    """The float solver that proposes."""

    CLARABEL = "clarabel"
    SCIP = "scip"


class Stdin:
    """The standard input, as a file that is open for reading bytes."""

    name = "stdin"

    def read(self) -> bytes:
        """Return all of it."""
        return sys.stdin.buffer.read()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where data comes from, as it stands on the command line."""

    file: Path
    features: str | None = None
    target: str | None = None
    bias: bool = False
    reading: Reading | None = None

    @property
    def name(self) -> str:
        """Return what the output calls it."""
        return "stdin" if str(self.file) == "-" else self.file.name

    def read(self, screen: Screen) -> Dataset:
        """Return the data set; what is peculiar about it is said on the screen."""
        data = self._read()[0]
        screen.heed(data.remarks)
        return data

    def read_alone(self, screen: Screen, why: str) -> Dataset:
        """Return the data set as :meth:`read` does; InputError, which says why, where the file states parts of a problem, too."""
        data, _, stated = self._read()
        if stated is not None and not stated.is_short(data.X):
            raise InputError(f"{self.name}: it states a problem ({', '.join(stated.described())}); {why}")
        screen.heed(data.remarks)
        return data

    def _read(self) -> tuple[Dataset, Fraction | None, Stated | None]:
        """Return the data set, and penalty and parts of the problem when the file has them."""
        from reluexact.model.dataset import read_stated

        names = column_names(self.features)
        if str(self.file) != "-":
            if self.file.is_dir():
                raise InputError(f"{self.file}: this is a folder; name a file in it")
            return read_stated(self.file, target=self.target, features=names, bias=self.bias, reading=self.reading)
        if self.reading is None or self.reading.format is None:
            cure = Cure("say, for example, ", Argument("format", "csv"))
            raise InputError(Message("stdin has no name that says what it is", cure))
        return read_stated(Stdin(), target=self.target, features=names, bias=self.bias, reading=self.reading)

    def read_problem(self, screen: Screen, penalty: str | None) -> tuple[Dataset, Fraction, Stated | None]:
        """Return the data set, as :meth:`read` does, the penalty of the command line or else that of the file, and its parts."""
        data, chosen, stated = self.unheeded(penalty)
        screen.heed(data.remarks)
        return data, chosen, stated

    def unheeded(self, penalty: str | None) -> tuple[Dataset, Fraction, Stated | None]:
        """Return the same as :meth:`read_problem` does, without a word of what is peculiar about the data."""
        from reluexact.numbers.rational import to_penalty

        given = None if penalty is None else to_penalty(penalty, where="--penalty")
        data, stored, stated = self._read()
        chosen = stored if given is None else given
        if chosen is None:
            raise InputError(f"{self.name} has no penalty; give --penalty, for example --penalty 1")
        return data, chosen, stated


def typed_options(features: str | None, target: str | None, weights: str | None, *, bias: bool) -> str:
    """Return the options that say how the data were read, as they are typed in a shell.

    >>> typed_options("a,b", None, None, bias=True)
    '--features a,b --bias'
    """
    given = (("--features", features), ("--target", target), ("--weights", weights))
    parts = [f"{option} {quote(value)}" for option, value in given if value is not None]
    return " ".join([*parts, *(["--bias"] if bias else [])])


def column_names(text: str | None) -> tuple[str, ...] | None:
    """Split names at commas, with the quotes of a csv file where a name has a comma.

    >>> column_names('width, "a,b"')
    ('width', 'a,b')
    """
    if text is None:
        return None
    try:
        records = list(csv.reader([text], strict=True, skipinitialspace=True))
    except csv.Error as error:
        raise InputError(f"--features: {error}; write names separated by commas") from None
    return tuple(name.strip() for record in records for name in record)


def read_certificate(file: Path) -> bytes:
    """Return the bytes of a certificate; raises InputError when it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}); give the path of a certificate") from None
