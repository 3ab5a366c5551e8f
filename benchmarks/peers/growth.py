"""The plot of the growth: CPU seconds against the size, one panel for each section; the same figures give the same bytes."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from measure import DONE, TIME
from peers.figures import Figures
from peers.sections import OURS, SECTIONS, Section

COLOURS = {
    OURS: "#c0392b",
    "z3": "#2c7fb8",
    "SCIP": "#31a354",
    "cvxpy + Clarabel": "#756bb1",
    "pyscnn": "#d95f0e",
    "Adam": "#636363",
}
OTHER = "#8c6d31"


def draw(figures: Figures, file: Path) -> None:
    """Write the plot as SVG, without a date or a random name."""
    mpl.rcdefaults()
    with mpl.rc_context({"svg.hashsalt": "reluexact", "font.size": 9}):
        drawing = Drawing(figsize=(10, 7), layout="constrained")
        for axes, section in zip(drawing.subplots(2, 2).flat, SECTIONS, strict=True):
            _panel(axes, figures, section)
        drawing.savefig(file, format="svg", metadata={"Date": None, "Creator": None})


def _panel(axes: Axes, figures: Figures, section: Section) -> None:
    for peer in section.peers:
        rows = [(figures.scale(section, size), figures.run(section, peer.name, size)) for size in section.sizes]
        shown = sorted((scale, run.seconds) for scale, run in rows if scale and run and run.status == DONE)
        ended = [(scale, run.seconds) for scale, run in rows if scale and run and run.status == TIME]
        colour = COLOURS.get(peer.name, OTHER)
        axes.plot(*zip(*shown, strict=True) if shown else ([], []), marker="o", markersize=3, color=colour, label=peer.name)
        axes.plot(*zip(*ended, strict=True) if ended else ([], []), marker="x", linestyle="", color=colour)
    axes.set(xscale="log", yscale="log", title=section.title, xlabel=section.axis, ylabel="CPU seconds (x: gave up)")
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
