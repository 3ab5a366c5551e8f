"""Formulas of paths of optimal networks, and of the optimal networks width by width."""

from __future__ import annotations

from fractions import Fraction

from latex_tools import katex_faults
from small_problems import whole

from reluexact.kinds.connectivity.find import staircase
from reluexact.kinds.connectivity.find_path import path


def test_a_staircase_a_path_and_that_there_is_none():
    best = whole("toy")
    formulas = [
        staircase(best).latex(),
        path(best, best.vertices[0], best.vertices[1], width=3).latex(),
        path(best, best.vertices[0], best.vertices[1], width=2).latex(),
    ]
    assert formulas[0].startswith(r"\begin{array}{rl}m & \text{optimal networks of width }m\\ 0 & ")
    assert r"\text{PROVED: " in formulas[1]
    assert r"REFUTED" in formulas[2]
    assert katex_faults(formulas) == []


def test_a_path_is_written_at_the_times_that_it_takes():
    best = whole("toy")
    found = path(best, best.vertices[0], best.vertices[1], width=3)
    pieces, text = len(found.pieces), found.latex()
    assert pieces == 2
    assert [part in text for part in (r"t=0&:", r"t=\frac{1}{2}&:", r"t=1&:", "t=2&:")] == [True, True, True, False]
    middle = found.at(Fraction(1, 2))
    shown = text.split(r"t=\frac{1}{2}&:\;")[1].split(r"\\")[0]
    for slot in middle.slots:
        assert slot.neuron is None or f"[{slot.neuron + 1}]" in shown
    assert "counted from 1" in text
    assert katex_faults([text]) == []
