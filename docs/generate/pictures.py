"""Pictures of the pages, drawn by the package when the site is built."""

from __future__ import annotations

import warnings
from pathlib import Path

import reluexact as rx

DATA = Path(__file__).parents[2] / "examples" / "data"


def motorcycle(file):
    """Draw the optimal function of the motorcycle data."""
    rx.plot(rx.solve(rx.Dataset.read(DATA / "motorcycle.csv", bias=True), 200), file)


def xor_graph(file):
    """Draw the stationary points of XOR."""
    rx.plot(rx.stationary_graph(rx.Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]), "1/10"), file)


PICTURES = {"motorcycle": motorcycle, "xor-graph": xor_graph}
"""file name -> who draws it."""


def write(folder):
    """Draw all pictures into a folder, as SVG."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # remarks on the data, which the pages do not show
            draw(folder / f"{name}.svg")
