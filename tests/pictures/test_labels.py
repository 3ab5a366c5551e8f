"""Labels keep off one another and off points; and the test of overlaps finds overlaps."""

from __future__ import annotations

from itertools import combinations

from matplotlib.figure import Figure
from overlaps import outside, overlapping

from reluexact.pictures.labels import Mark, place_labels
from reluexact.pictures.palette import STYLES
from reluexact.pictures.panel import Panel


def panel():
    figure = Figure(figsize=(4, 3), dpi=100, layout="constrained")
    axes = figure.add_subplot()
    axes.set_xlim(0, 10)
    axes.set_ylim(0, 10)
    return Panel(axes, STYLES["light"])


def test_overlapping_texts_and_texts_beyond_the_edge_are_found():
    axes = panel().axes
    axes.text(5, 5, "one")
    axes.text(5.1, 5.1, "two")
    axes.text(9.9, 5, "a text that is far too long for what is left of the figure").set_in_layout(False)
    assert overlapping(axes.figure) == [("one", "two")]
    assert outside(axes.figure) == ["a text that is far too long for what is left of the figure"]


def test_crowded_labels_do_not_overlap_and_all_have_a_place():
    one = panel()
    marks = [Mark((5 + 0.2 * k, 5.0), f"node {k}") for k in range(6)]
    assert place_labels(one, marks) == 0
    assert sorted(text.get_text() for text in one.axes.texts if text.get_text()) == sorted(mark.text for mark in marks)
    assert overlapping(one.axes.figure) == []
    labels = [text for text in one.axes.texts if text.get_text()]
    points = [one.axes.transData.transform(mark.at) for mark in marks]
    assert not any(text.get_window_extent().contains(*point) for text in labels for point in points)
    assert all(a.xyann != b.xyann or a.xy != b.xy for a, b in combinations(labels, 2))


def test_labels_without_room_are_left_out_and_counted():
    one = panel()
    left_out = place_labels(one, [Mark((5.0, 5.0), f"{'long ' * 6}{k}") for k in range(80)])
    shown = [text for text in one.axes.texts if text.get_text()]
    assert left_out > 0
    assert len(shown) == 80 - left_out
    assert overlapping(one.axes.figure) == []


def test_every_point_is_kept_free():
    one = panel()
    place_labels(one, [Mark((5.0, 5.0), "here")], also=[(5.0, 5.6), (5.0, 5.4)])
    (label,) = (text for text in one.axes.texts if text.get_text())
    assert not label.get_window_extent().contains(*one.axes.transData.transform((5.0, 5.6)))


def test_texts_that_are_there_are_kept_clear():
    one = panel()
    one.axes.text(5.0, 5.5, "taken", ha="center")
    place_labels(one, [Mark((5.0, 5.0), "here")])
    assert overlapping(one.axes.figure) == []
