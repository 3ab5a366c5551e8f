"""The judgement as a page of Markdown, for whoever did not run it."""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.terminal.screen import Grid
from reluexact.terminal.wording import spelled


def page(title: str, pairs: Sequence[tuple[str, str]], grids: Sequence[Grid], lines: Sequence[str], command: str) -> str:
    """Return the page: what is proved, the tables with what their columns mean, the lines.

    >>> print(page("net", [("excess", "0")], [Grid(headings=("a",), rows=(("1",),))], ["", "one"], "reluexact check file"))
    # Judgement of net
    <BLANKLINE>
    | | |
    | --- | --- |
    | excess | 0 |
    <BLANKLINE>
    | a |
    | --- |
    | 1 |
    <BLANKLINE>
    * one
    <BLANKLINE>
    To check it: `reluexact check file`
    <BLANKLINE>
    """
    parts = [f"# Judgement of {title}", _table(("", ""), pairs)]
    for grid in grids:
        parts.append(_table(grid.headings, grid.rows))
        if grid.legend:
            parts.append("\n".join(f"* {name}: {text}" for name, text in grid.explained()))
    listed = "\n".join(f"* {spelled(line).strip()}" for line in lines if line.strip())
    parts += [listed] if listed else []
    parts += [f"To check it: `{command}`"] if command else []
    return "\n\n".join(parts) + "\n"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [_row(headings), f"|{' --- |' * len(headings)}", *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    texts = [spelled(cell).replace("|", "\\|") for cell in cells]
    return f"| {' | '.join(texts)} |" if any(texts) else f"|{' |' * len(texts)}"
