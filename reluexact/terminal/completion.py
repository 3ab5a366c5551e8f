"""What a shell may offer for a word that is being typed: columns of the file on the command line, losses, words of a list."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from shlex import quote

import typer

from reluexact.terminal.reading import SIGNS

Offer = Callable[[typer.Context, str], list[str]]


def words(known: Iterable[str]) -> Offer:
    """Return what offers words of a list.

    >>> words(["paper", "planted", "near"])(None, "pa")
    ['paper']
    """

    def offer(context: typer.Context, incomplete: str) -> list[str]:
        return [word for word in known if word.startswith(incomplete)]

    return offer


def losses(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the losses without a parameter: parentheses would have to be quoted."""
    from reluexact.model.losses import NAMED

    return [name for name in NAMED if name.startswith(incomplete)]


def columns(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the columns of the csv file that is named before."""
    return [name for name in _names(context) if name.startswith(incomplete)]


def column_list(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the columns that may follow in a list A,B,..."""
    before, comma, last = incomplete.rpartition(",")
    taken = before.split(",")
    return [f"{before}{comma}{name}" for name in _names(context) if name.startswith(last) and name not in taken]


def _names(context: typer.Context) -> list[str]:
    """Return the columns of the file that a shell takes as they are; none where it has no line of names that can be read."""
    separators = {".csv": ",", ".tsv": "\t"}
    # an option that still waits for its value leaves the arguments of the command unread, in `args`
    named = (context.params.get("statement"), context.params.get("file"), *context.args)
    file = next((Path(name) for name in named if name and Path(name).suffix.lower() in separators), None)
    if file is None:
        return []
    sep = context.params.get("sep") or separators[file.suffix.lower()]
    try:
        with file.open(encoding=context.params.get("encoding") or "utf-8-sig", newline="") as lines:
            cells = next(csv.reader([lines.readline()], strict=True, delimiter=SIGNS.get(sep, sep)), [])
    except (OSError, ValueError, LookupError, TypeError, csv.Error):  # no such file, encoding or separator, or no text
        return []
    return [name for name in map(str.strip, cells) if name and quote(name) == name and "," not in name]
