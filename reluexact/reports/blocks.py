"""What a report is made of, as plain data: sections of blocks. The templates write each kind of block in one way.

Texts are plain, or messages, which the page words; the templates escape them. A ``Markup`` is what this package made itself, from
numbers or after parsing it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from markupsafe import Markup

from reluexact.evidence.status import Status
from reluexact.terminal.screen import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph."""

    kind: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names with their values."""

    kind: ClassVar[str] = "facts"
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings; columns in ``left`` (places) hold words. legend: what columns mean. more: what is left out.

    folded: it is closed until somebody opens it.
    """

    kind: ClassVar[str] = "table"
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: tuple[int, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    more: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A displayed formula in MathML; label: what it is, for those who do not see it."""

    kind: ClassVar[str] = "formula"
    label: str
    math: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in SVG with its caption; the picture has title and description of its own."""

    kind: ClassVar[str] = "picture"
    svg: Markup
    caption: str
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """Lines for a shell."""

    kind: ClassVar[str] = "commands"
    intro: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A certificate: of which claim, its size and digest; ``href`` is a data: link, empty where it is not in the page."""

    kind: ClassVar[str] = "download"
    title: str
    name: str
    size: int
    digest: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """What is UNDECIDED: the place (id of a section), its title, and the reason."""

    kind: ClassVar[str] = "open"
    place: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A node in the picture of the graph, in its units: where it is, its mark, and what is read out."""

    index: int
    x: str
    y: str
    mark: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a click on a node shows: facts, the value as a formula, tables, and the nodes that a step leads to and from."""

    index: int
    title: str
    facts: tuple[tuple[str, str], ...]
    math: Markup | None
    tables: tuple[Table, ...]
    down: tuple[int, ...]
    up: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The graph of stationary points: dots, lines between them, ticks (place, text) of both axes, and the sheets.

    below: where the numbers of neurons stand.
    """

    kind: ClassVar[str] = "network"
    width: str
    height: str
    below: str
    description: str
    caption: str
    dots: tuple[Dot, ...]
    lines: tuple[tuple[str, str, str, str], ...]
    heights: tuple[tuple[str, str], ...]
    widths: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]


Block = Text | Facts | Table | Formula | Picture | Commands | Download | Open | Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section; ``id`` names it in links, ``short`` in the list of sections.

    status: None where there is nothing to prove; reason: of UNDECIDED.
    """

    id: str
    title: str
    short: str = ""
    status: Status | None = None
    reason: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def word(self) -> str:
        """Return what its badge says."""
        return "" if self.status is None else self.status.name


def table_of(grid: Grid, caption: str, *, folded: bool = False) -> Table:
    """Return a table of the terminal as one of a page.

    >>> table_of(Grid(headings=("neuron", "kind"), rows=(("0", "new"),), left=("kind",)), "neurons").left
    (1,)
    """
    return Table(
        caption=caption,
        headings=grid.headings,
        rows=grid.rows,
        left=tuple(place for place, heading in enumerate(grid.headings) if heading in grid.left),
        legend=tuple(grid.explained()),
        folded=folded,
    )


def from_one(grid: Grid) -> Grid:
    """Count neurons and vertices from 1, as formulas do.

    >>> from_one(Grid(headings=("neuron", "pair", "vertex 0"), rows=(("0", "with 1", "7"), ("1", "", "5")))).rows
    (('1', 'with 2', '7'), ('2', '', '5'))
    """
    numbered = [place for place, heading in enumerate(grid.headings) if heading in ("neuron", "pair")]
    rows = tuple(tuple(_raised(cell) if place in numbered else cell for place, cell in enumerate(row)) for row in grid.rows)
    headings = tuple(_raised(heading) if heading.startswith("vertex ") else heading for heading in grid.headings)
    return replace(grid, headings=headings, rows=rows, legend=tuple(text.replace("from 0", "from 1") for text in grid.legend))


def _raised(text: str) -> str:
    """Return a text with the number at its end one greater."""
    return re.sub(r"\d+$", lambda found: str(int(found[0]) + 1), text)


def facts_of(pairs: Sequence[tuple[str, str]], *, without: Sequence[str] = ()) -> Facts:
    """Return names with their values, but for some names.

    >>> facts_of([("data", "x"), ("value", "2")], without=["data"]).pairs
    (('value', '2'),)
    """
    return Facts(pairs=tuple((name, text) for name, text in pairs if name not in without))
