"""Edges and lengths of polytopes that are drawn."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from reluexact.pictures.picture import Canvas
from reluexact.pictures.polytope import Drawn, polytope


def cube(dimension):
    """A cube in a space of one dimension more, by its vertices and facets."""
    corners = list(product((0, 1), repeat=dimension))
    facets = [
        (f"x{axis} = {end}", frozenset(v for v, corner in enumerate(corners) if corner[axis] == end))
        for axis in range(dimension)
        for end in (0, 1)
    ]
    places = [(*map(float, corner), float(sum(corner))) for corner in corners]
    names = ["".join(map(str, corner)) for corner in corners]
    return Drawn(
        title="a cube", dimension=dimension, vertices=places, names=names, facets=facets, chosen=frozenset({0}), why="the first"
    )


@pytest.mark.parametrize(("dimension", "edges"), [(1, 1), (2, 4), (3, 12)])
def test_the_edges_of_a_cube(dimension, edges):
    axes = polytope(cube(dimension), Canvas())
    lines = [line for line in axes.lines if line.get_linestyle() in ("-", "--") and len(line.get_xdata()) == 2]
    assert len(lines) == edges
    assert len([line for line in lines if line.get_linestyle() == "--"]) == (3 if dimension == 3 else 0)


def test_a_polygon_is_true_to_length():
    drawn = cube(2)
    axes = polytope(drawn, Canvas())
    lines = [np.array(line.get_xydata()) for line in axes.lines if line.get_linestyle() == "-" and len(line.get_xdata()) == 2]
    lengths = sorted(float(np.hypot(*(line[1] - line[0]))) for line in lines)
    assert lengths == pytest.approx([2**0.5] * 4)
    assert {text.get_text() for text in axes.texts} >= set(drawn.names)
