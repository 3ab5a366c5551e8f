"""Where output goes: results to stdout (text or JSON) and to a file, progress and remarks to stderr."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from reluexact.errors import InputError
from reluexact.progress import Progress, Stage, Unseen
from reluexact.public import Pictured, public
from reluexact.terminal.streams import complain, speaking
from reluexact.terminal.wording import spelled, tables_are_explained

if TYPE_CHECKING:
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.network import Network
    from reluexact.terminal.bar import Bar, Lines

Pairs = Sequence[tuple[str, str]]


UNLIMITED = 100_000
"""The width of lines that do not go to a terminal."""


def check_place(out: Path, option: str, source: Path | None) -> None:
    """Raise InputError unless the file of an option can be written; ``source`` is the data file, which must stay."""
    if str(out) == "-":
        raise InputError(f"{option} -: name a file; results go to stdout by themselves, as JSON with --json")
    if source is not None and out.exists() and source.exists() and out.samefile(source):
        raise InputError(f"{option} {out}: this is the data file itself; name another file")
    goal = out.resolve()  # a link stays a link
    if goal.is_dir():
        raise InputError(f"{option} {out}: this is a folder; name a file in it")
    advice = ", or use --json for stdout" if option == "--out" else ""
    if out.exists() and not out.is_file():
        raise InputError(f"{option} {out}: this is a device or a pipe; name a file{advice}")
    name = _stream(goal)
    if name:
        raise InputError(f"{option} {out}: {name} goes to this very file; name another one{advice}")
    if not goal.parent.is_dir():
        raise InputError(f"{option} {out}: there is no folder {goal.parent}; make it first")
    if not os.access(goal.parent, os.W_OK):
        raise InputError(f"{option} {out}: the folder {goal.parent} cannot be written to; choose another place")


def _stream(goal: Path) -> str:
    """Name the standard stream that is redirected to a file; empty when none is. Replacing that file would lose the stream."""
    for number, name in ((1, "stdout"), (2, "stderr")):
        try:
            if os.path.samestat(os.fstat(number), goal.stat()):
                return name
        except OSError:  # there is no such file yet, or the stream is closed
            continue
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """The output options of one call."""

    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    out: Path | None = None
    source: Path | None = None
    remarks: list[str] = field(default_factory=list)
    """What was said about the data, for the JSON output."""

    def __post_init__(self) -> None:
        """Find out before any work is done whether the file to write has a place."""
        if self.out is not None:
            check_place(self.out, "--out", self.source)

    @contextmanager
    def working(self, stage: str, known: Callable[[str], str] = str) -> Iterator[Progress]:
        """Show the stage of the work on a terminal, or on request line by line; when it is interrupted, say how far it got.

        known: returns what is known then, given what the work last said is proved.
        """
        console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        started, stages, proved = monotonic(), [Stage(stage)], [""]
        bar = self._bar(console, stages[0])

        def report(text: str) -> None:
            stages[0] = text if isinstance(text, Stage) else Stage(text)
            proved[0] = stages[0].proved or proved[0]
            if bar is not None:
                bar.show(stages[0])

        try:
            with nullcontext() if bar is None else bar.shown:
                yield Unseen(report) if bar is None else report
        except KeyboardInterrupt:
            facts = spelled(known(proved[0]))
            at = f"interrupted after {monotonic() - started:.1f} s at: {stages[0].removesuffix(f'; {proved[0]}')}"
            complain(f"{at}; {facts}\n" if facts else f"{at}\n")
            raise typer.Exit(130) from None

    def heed(self, remarks: Sequence[str]) -> None:
        """Say what is peculiar about the data."""
        self.remarks.extend(remarks)
        for text in remarks:
            self.remark(f"remark: {spelled(text)}")

    def remark(self, text: str) -> None:
        """Write a line to stderr."""
        if not self.quiet:
            complain(text + "\n")

    def write_network(self, network: Network | BiasedNetwork, place: Path | None) -> None:
        """Write a network to the file of ``--network-out``, when there is one; as floats where the file holds nothing else."""
        if place is None:
            return
        written = network.rounded() if place.suffix.lower() == ".npz" else network
        written.save(place.resolve())
        self.remark(f"written: {place} ({place.stat().st_size:,} bytes)")
        if written != network:
            self.remark(f"remark: {place} holds the nearest floats, another network than the exact one; .json and .csv are exact")

    def write_document(self, text: str | None, place: Path | None) -> None:
        """Write a LaTeX document into the file of ``--latex``, when there is one."""
        from reluexact.certificates.files import write_text

        if text is not None and place is not None:
            write_text(text, place.resolve())
            self.remark(f"written: {place} ({place.stat().st_size:,} bytes)")

    def write_plot(self, claim: Pictured, place: Path | None, view: str | None = None) -> None:
        """Draw a claim into the file of ``--plot``, when there is one; ``view``: that of ``--view``."""
        if place is not None:
            public("plot")(claim, place.resolve(), view=view)
            self.remark(f"written: {place}")

    def show(
        self,
        document: Mapping[str, object],
        pairs: Pairs,
        grids: Sequence[Grid] = (),
        *,
        lines: Sequence[str] = (),
        stored: bytes | InputError | None = None,
    ) -> None:
        """Write ``stored`` (else the document) to the file, if one is asked for, and the result to stdout in any case.

        stored: the certificate, or why there is none, which is raised after the result is shown.
        """
        from reluexact.certificates.document import to_bytes

        failure = stored if isinstance(stored, InputError) else None
        if self.out is not None and not isinstance(stored, InputError):
            try:
                self._write(to_bytes(document) if stored is None else stored)
            except InputError as error:
                failure = error
        if self.as_json:
            print_json(document if self.source is None else {**document, "remarks": self.remarks})
        else:
            show_text(pairs, grids, lines=lines)
        if failure is not None:
            raise failure

    def leave(self, document: Mapping[str, object], stored: bytes | InputError | None) -> None:
        """Write what an interrupt leaves: the certificate to the file, the JSON object to stdout, each if asked for."""
        try:
            if isinstance(stored, bytes):
                self._write(stored)
        finally:
            if self.as_json:
                print_json(document)

    def _bar(self, console: Console, stage: Stage) -> Bar | Lines | None:
        """Return what shows the progress; None for nothing."""
        if self.quiet or not (console.is_terminal or self.verbose):
            return None
        from reluexact.terminal.bar import Bar, Lines

        return Bar(console, stage) if console.is_terminal else Lines(complain, stage)

    def _write(self, content: bytes) -> None:
        from reluexact.certificates.files import write_bytes

        if self.out is not None:
            write_bytes(content, self.out.resolve())
            self.remark(f"written: {self.out} ({self.out.stat().st_size:,} bytes)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of texts under headings; the columns named in ``left`` are justified to the left.

    legend: what ``--explain`` says of each column; empty for one that is explained together with the next one.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: tuple[str, ...] = ()
    legend: tuple[str, ...] = ()

    def explained(self) -> Pairs:
        """Return the headings with their meanings.

        >>> Grid(headings=("neuron", "x", "bias"), rows=(), legend=("its number", "", "the direction")).explained()
        [('neuron', 'its number'), ('x, bias', 'the direction')]
        """
        pairs, names = [], []
        for heading, meaning in zip(self.headings, self.legend, strict=False):
            names.append(heading)
            if meaning:
                pairs.append((", ".join(filter(None, names)), meaning))
                names = []
        return pairs


class _Page(Console):
    """A console that leaves a closed pipe to the application."""

    def on_broken_pipe(self) -> None:
        """Hand the error on; rich itself would exit with the code of a crash."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def print_json(document: Mapping[str, object]) -> None:
    """Print one JSON object."""
    with speaking():
        sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=True) + "\n")


def write_lines(lines: Iterable[str]) -> None:
    """Write lines to stdout while they come."""
    with speaking():
        for text in lines:
            sys.stdout.write(text)


def show_text(pairs: Pairs, grids: Sequence[Grid] = (), *, lines: Sequence[str] = ()) -> None:
    """Print names with their values, grids, lines. Long values are never broken; only a terminal limits the width of a grid."""
    console = _Page(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else UNLIMITED)
    with speaking():
        _show_pairs(console, pairs)
        for grid in grids:
            console.print()
            _show_grid(console, grid)
            if tables_are_explained() and grid.legend:
                console.print()
                _show_pairs(console, grid.explained())
        for line in lines:
            console.print(spelled(line), soft_wrap=True)


def _show_pairs(console: Console, pairs: Pairs) -> None:
    indent = max((len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        console.print(f"{name:<{indent}}  {spelled(value)}".rstrip(), soft_wrap=True)


def _show_grid(console: Console, grid: Grid) -> None:
    """Print a table, or one block of lines per row where the terminal is too narrow for it."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in grid.headings:
        table.add_column(heading, justify="left" if heading in grid.left else "right")
    for row in grid.rows:
        table.add_row(*map(spelled, row))
    if console.measure(table, options=console.options.update(width=UNLIMITED)).maximum <= console.width:
        console.print(table)
        return
    for index, row in enumerate(grid.rows):
        if index:
            console.print()
        _show_pairs(console, [(heading, cell) for heading, cell in zip(grid.headings, row, strict=True) if cell])
