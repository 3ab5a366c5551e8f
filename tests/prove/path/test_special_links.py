"""Links at which more vanishes than one quantity: followers, crossings, dependent walls, spans of two sizes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

import pytest
from paths import TESTS

import reluexact as rx
from reluexact.evidence.path import Vanishing
from reluexact.evidence.path_events import turn_between
from reluexact.prove.path.link import check_link
from reluexact.prove.path.segment import check_structure
from reluexact.prove.unproved import Unproved


@pytest.fixture(scope="module")
def paths():
    names = ("spans", "follower", "cross", "dependent", "pairing-ends")
    return {name: rx.load(TESTS / "good" / f"path-{name}.json") for name in names}


def sides(path, place):
    """Return the segments above and below a link, proved but for their trees, and the link."""
    upper, lower = (check_structure(path.data, segment) for segment in path.evidence.segments[place : place + 2])
    return upper, lower, path.evidence.links[place]


def also(proved, *items):
    """Let more vanish in a proved segment."""
    return check_structure(
        proved.program.data, replace(proved.segment, vanishing=(*proved.segment.vanishing, *items), positive=(), negative=())
    )


def test_what_happens_is_told(paths):
    told = {name: [[event.event for event in point.events] for point in path.breakpoints] for name, path in paths.items()}
    assert told == {
        "spans": [["enters"], ["enters"], ["enters"], ["meets"]],
        "follower": [["enters"]],
        "cross": [["enters"], ["crosses"]],
        "dependent": [["enters"]] * 4 + [["meets", "meets"]],
        "pairing-ends": [["enters"]] * 3 + [["pairs"], ["unpairs"]],
    }
    assert paths["cross"].breakpoints[1].events[0].neuron.gate == (1, 1, 1, 1)
    assert paths["cross"].pieces[2].neurons[0].gate == (1, -1, 1, 1)


def test_a_follower_is_zero_on_the_poorer_side(paths):
    upper, lower, link = sides(paths["spans"], 2)
    turn = turn_between(upper.segment, lower.segment)
    assert [item.what for item in turn.leaders] == ["amount"]
    assert [item.what for item in turn.followers] == ["gate"]
    check_link(upper, lower, link)
    upper, lower, link = sides(paths["spans"], 4)
    check_link(upper, lower, link)
    gate = Vanishing(end="high", what="gate", index=0, hyperplane=1)
    with pytest.raises(Unproved, match="once, towards the high end"):  # it is negative nowhere on the segment
        also(lower, gate)


def test_what_is_almost_zero_does_not_follow(paths):
    path = paths["follower"]
    check_link(*sides(path, 0))
    data = rx.Dataset(path.data.X, [path.data.y[0] + F(1, 2**200), *path.data.y[1:]])
    upper, lower = (check_structure(data, segment) for segment in path.evidence.segments[:2])
    with pytest.raises(Unproved, match="the tau of 0 is not proved to vanish with the event"):
        check_link(upper, lower, path.evidence.links[0])


def test_a_neuron_crosses_a_wall_only_where_its_kink_is_zero(paths):
    upper, lower, link = sides(paths["cross"], 4)
    check_link(upper, lower, link)
    with pytest.raises(Unproved, match="the link is cross"):
        check_link(upper, lower, replace(link, kind="meet"))
    data = rx.Dataset(paths["cross"].data.X, [*paths["cross"].data.y[:1], F(1, 2**200), *paths["cross"].data.y[2:]])
    upper, lower = (check_structure(data, known.segment) for known in (upper, lower))
    with pytest.raises(Unproved, match="kink of wall 1"):
        check_link(upper, lower, link)


def test_multipliers_of_dependent_walls_are_named_with_the_others(paths):
    upper, lower, link = sides(paths["dependent"], 4)
    check_link(upper, lower, link)
    (item,) = lower.segment.at_end("high")
    assert (item.hyperplane, item.side, item.others) == (4, "off", ((5, "on"),))
    swapped = replace(item, hyperplane=5, side="on", others=((4, "off"),))
    check_link(upper, check_structure(lower.program.data, replace(lower.segment, vanishing=(swapped,))), link)
    for others, why in (((), "not unique"), (((1, "on"),), "on its walls"), (((5, "up"),), "on its walls")):
        with pytest.raises(Unproved, match=why):
            check_structure(lower.program.data, replace(lower.segment, vanishing=(replace(item, others=others),)))


def test_a_span_has_to_hold_what_the_rows_reach(paths):
    upper, lower, link = sides(paths["spans"], 5)
    check_link(upper, lower, link)
    above, below = (segment.segment.blocks[2].basis for segment in (upper, lower))
    assert len(above) == len(below) == 2  # neither lies in the other
    assert link.kind == "meet"
