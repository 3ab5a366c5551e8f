"""Neurons that meet and leave walls, and that leave: paths of small data, every link proved again, and faults planted in them."""

from dataclasses import replace
from fractions import Fraction as F
from itertools import pairwise

import pytest

import reluexact as rx
from reluexact.prove.path.chain import check_chain
from reluexact.prove.path.link import check_link
from reluexact.prove.path.segment import check_segment
from reluexact.prove.unproved import Unproved

CASES = {
    "meet and part": rx.Dataset(X=[[0, 6], [-3, 6], [7, -4], [7, 7]], y=[-2, -9, -9, 2]),
    "leave": rx.Dataset(X=[[-1, -3, 0], [3, 0, 0], [2, 0, 3], [-2, -3, 0]], y=[-3, 3, 0, 0]),
}


@pytest.fixture(scope="module", params=CASES)
def chain(request):
    data = CASES[request.param]
    top = rx.max_penalty(data)
    path = rx.solution_path(data, low=F(round(float(top.low)), 20))
    return data, [check_segment(data, segment) for segment in path.evidence.segments], path.evidence.links


def test_the_chain_is_proved(chain):
    _, segments, links = chain
    check_chain(segments, links)
    kinds = {link.kind for link in links}
    assert kinds >= {"enter", "meet"}
    assert kinds & {"part", "leave"}


def test_between_events_the_neurons_are_those_of_fresh_solves(chain):
    data, segments, _ = chain
    for known in segments:
        t = F(0)
        assert all(known.quantities.of(item).value(t) > 0 for item in known.segment.vanishing)
        fresh = rx.solve(data, known.path.line.penalty(t))
        faces = {(neuron.sign, data.hyperplanes.hyperplane_gates(neuron.gate)) for neuron in fresh.neurons}
        tight = [place for place in known.segment.tight if place.kind != "watched"]
        assert {(place.face.sign, place.face.gate) for place in tight} == faces
        for curve, theta in zip(known.residual.rows, fresh.residual, strict=True):
            assert theta.low - curve.spread <= curve.value(t) <= theta.high + curve.spread


def test_links_of_other_neighbours_are_refused(chain):
    _, segments, links = chain
    events = [k for k, link in enumerate(links) if link.kind != "same"]
    for k, other in pairwise(events):
        with pytest.raises(Unproved):
            check_link(segments[k], segments[k + 1], links[other])
        with pytest.raises(Unproved):
            check_link(segments[k], segments[other + 1], links[k])


def test_quantities_of_another_wall_or_side_are_refused(chain):
    data, segments, _ = chain
    tried = 0
    for known in segments:
        for place, item in enumerate(known.segment.vanishing):
            for fault in faults_of(item, known.segment):
                items = [*known.segment.vanishing]
                items[place] = fault
                tried += 1
                with pytest.raises(Unproved):
                    check_segment(data, replace(known.segment, vanishing=tuple(items)))
    assert tried


def faults_of(item, segment):
    """Yield quantities that do not vanish in the place of one that does."""
    yield replace(item, end={"low": "high", "high": "low"}[item.end])
    if item.what == "tau":
        yield replace(item, side={"on": "off", "off": "on"}[item.side])
    if item.what == "gate":
        gate = segment.blocks[item.index].gate
        yield from (replace(item, hyperplane=wall) for wall, side in enumerate(gate) if side and wall != item.hyperplane)
    if item.what == "amount":
        yield from (replace(item, index=k) for k in range(len(segment.blocks)) if k != item.index)
