"""The section of a paper on the optimal networks of each width."""

from __future__ import annotations

from reluexact.kinds.connectivity.staircase import Staircase
from reluexact.tex.text import escape, table


def section(stairs: Staircase) -> str:
    """Return the section."""
    rows = [[str(step.width), escape(step.text), step.proof] for step in stairs.steps]
    caption = r"The optimal networks of each width, as a subset of the space of weights\label{tab:widths}."
    body = table(["width", "optimal networks", "proved by"], rows, "rll", caption=caption)
    return (
        "\\section{The optimal networks of one width}\nWith order and splitting of neurons counted, the optimal networks of width"
        f" $m$ form a set whose components change with $m$ \\cite{{kim25}}: see Table~\\ref{{tab:widths}}.\n{body}"
    )
