"""The options that say how a file is to be read: one list of them, which commands about data take as one argument."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from reluexact.model.files.reading import Reading

__all__ = ["Reading", "with_reading"]

_PANEL = "How the file is read"
SIGNS = {"tab": "\t", r"\t": "\t", "comma": ",", "semicolon": ";", "blank": " "}


_Floats = Annotated[
    str | None,
    typer.Option(
        metavar="HOW",
        help="decimal: a float stands for the shortest decimal that reads back as it; binary: for the stored number.",
        rich_help_panel=_PANEL,
    ),
]
_DropMissing = Annotated[
    bool,
    typer.Option(
        "--drop-missing",
        metavar=" ",
        help="Leave out rows without a value (empty, NA, NaN, NULL, ...) in a column that is used.",
        rich_help_panel=_PANEL,
    ),
]
_Header = Annotated[
    bool | None,
    typer.Option(
        "--header/--no-header",
        metavar=" ",
        help="Whether the first line of a csv file has names; without, the columns are x1, x2, ...",
        rich_help_panel=_PANEL,
    ),
]
_Sep = Annotated[
    str | None,
    typer.Option(metavar="SIGN", help="What separates the values of a csv file: ',' ';' tab ...", rich_help_panel=_PANEL),
]
_Decimal = Annotated[
    str | None, typer.Option(metavar="MARK", help="The decimal mark of a csv file: . or ,", rich_help_panel=_PANEL)
]
_Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="That of a csv or json file. [default: utf-8]", rich_help_panel=_PANEL)
]
_Format = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="csv, tsv, json, npz, npy, parquet or feather. [default: by the name of FILE]",
        rich_help_panel=_PANEL,
    ),
]


def _options(
    floats: _Floats = None,
    drop_missing: _DropMissing = False,
    header: _Header = None,
    sep: _Sep = None,
    decimal: _Decimal = None,
    encoding: _Encoding = None,
    format: _Format = None,
) -> Reading:
    """Return what they say."""
    return Reading(
        floats=floats,  # type: ignore[arg-type]  # checked there
        format=format,
        sep=None if sep is None else SIGNS.get(sep, sep),
        decimal=decimal,
        encoding=encoding,
        header=header,
        drop_missing=drop_missing,
    )


def with_reading(command: Callable[..., None]) -> Callable[..., None]:
    r"""Give a command these options; it takes what they say as its argument ``reading``.

    >>> def command(file: str, reading: object, quiet: bool = False) -> None:
    ...     print(repr(reading.sep), quiet)
    >>> list(inspect.signature(with_reading(command)).parameters)[:4]
    ['file', 'floats', 'drop_missing', 'header']
    >>> with_reading(command)(file="data.csv", sep="tab")
    '\t' False
    """
    own = inspect.signature(command, eval_str=True).parameters.values()
    options = list(inspect.signature(_options, eval_str=True).parameters.values())
    shown = [new for old in own for new in (options if old.name == "reading" else [old])]

    @wraps(command)
    def wrapper(**given: Any) -> None:
        said = {option.name: given.pop(option.name) for option in options if option.name in given}
        command(**given, reading=_options(**said))

    wrapper.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {one.name: one.annotation for one in shown}
    return wrapper
