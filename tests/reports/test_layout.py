"""Where nodes of a graph stand: as their values and widths say, and never over one another."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from reluexact.reports.layout import LEAST, SIZE, layout

NODES = st.lists(st.tuples(st.integers(0, 40).map(float), st.integers(0, 4)), min_size=1, max_size=40)


@given(NODES)
def test_no_two_nodes_overlap_and_all_lie_inside(nodes):
    plan = layout(nodes)
    for (x, y), (u, v) in combinations(plan.places, 2):
        assert abs(x - u) >= SIZE - 0.1 or abs(y - v) >= SIZE - 0.1
    assert plan.width >= LEAST
    assert all(0 < x < plan.width and 0 < y < plan.height for x, y in plan.places)


@given(NODES)
def test_heights_follow_the_values_and_columns_the_widths(nodes):
    plan = layout(nodes)
    for (value, width), (x, y) in zip(nodes, plan.places, strict=True):
        for (other, wider), (u, v) in zip(nodes, plan.places, strict=True):
            assert (value < other) <= (y > v)
            assert (width < wider) <= (x < u)
    assert [width for _, width in plan.columns] == sorted({width for _, width in nodes})


def test_equal_values_stand_on_one_level_and_ticks_end_at_the_extremes():
    plan = layout([(3.0, 1), (3.0, 1), (1.0, 2)])
    assert plan.places[0][1] == plan.places[1][1]
    assert [value for _, value in plan.levels][:: len(plan.levels) - 1] == [1.0, 3.0]
    assert layout([(2.0, 0)]).places[0][1] == plan.places[2][1]
