"""The files of one call: each that is written has a place, and none is another one's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reluexact.errors import InputError
from reluexact.terminal.screen import check_place

Files = Mapping[str, Path | None]


def check_files(source: Path, *, written: Files, read: Files | None = None) -> None:
    """Raise InputError, before any work is done, unless all files of these options can be written and differ from one another.

    source: the data file. A picture (``--plot``) must have the name of one, and so must a network (``--network-out``).
    """
    from reluexact.model.network_files import suffix_of
    from reluexact.pictures.picture import format_of

    taken = {place.resolve(): option for option, place in (read or {}).items() if place is not None}
    for option, place in written.items():
        if place is None:
            continue
        check_place(place, option, source)
        other = taken.setdefault(place.resolve(), option)
        if other != option:
            raise InputError(f"{other} and {option} name the same file; name two")
        if option == "--plot":
            format_of(place)
        if option == "--network-out":
            suffix_of(place)


def check_view(plot: Path | None, view: str | None) -> None:
    """Raise InputError for ``--view`` without ``--plot``.

    >>> check_view(None, "arrangement")
    Traceback (most recent call last):
    reluexact.errors.InputError: --view chooses what --plot draws; add --plot FILE, or leave it out
    """
    if view is not None and plot is None:
        raise InputError("--view chooses what --plot draws; add --plot FILE, or leave it out")
