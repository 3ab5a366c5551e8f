"""Paths with neurons that are tight on a whole interval without an amount of their own, against fresh solves."""

import json
import random
from fractions import Fraction

import pytest

import reluexact as rx
from reluexact import checker
from reluexact.kinds.solution_path.certificate import from_document, to_document

TOY = ([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1])
SETS = {
    "the toy": TOY,
    "scaled": ([[6, 0, 0, 0], [-3, 3, 3, 3]], [2, 2]),
    "permuted": ([[1, -1, 1, 1], [0, 2, 0, 0]], [1, 1]),
    "of the other sign": ([[2, 0, 0, 0], [-1, 1, 1, 1]], [-1, -1]),
    "a row twice": ([[2, 0, 0, 0], [-1, 1, 1, 1], [2, 0, 0, 0]], [1, 2, 3]),
    "other targets": ([[2, 0, 0, 0], [-1, 1, 1, 1]], [2, 3]),
    "rows of three columns": ([[-3, 0, 3], [1, -1, 0]], [1, 3]),
    "rows of other lengths": ([[-3, 0, 3], [0, 2, -2]], [-1, -2]),
    "two ties, one after the other": ([[3, -3, 0], [0, 3, 3], [-1, 0, -1]], [-3, -2, -1]),
    "beside a row of its own": ([[0, 3, 3], [0, 3, -3], [2, -2, 0]], [-2, 2, 2]),
}


@pytest.fixture(scope="module", params=SETS.values(), ids=SETS)
def path(request):
    return rx.solution_path(rx.Dataset(*request.param), share="1/25")


def test_the_path_is_complete_and_has_a_certificate(path):
    assert path.status is rx.Status.PROVED, path.reason
    assert max(piece.dimension for piece in path.pieces) > 0
    assert all(not neuron.idle for piece in path.pieces for neuron in piece.neurons)
    text = json.dumps(to_document(path))
    report = checker.check_document(text)
    assert report.verified, report.reason
    assert from_document(json.loads(text)) == path


@pytest.mark.slow
def test_it_agrees_with_fresh_solves_at_random_penalties(path):
    rng = random.Random(7)
    top = path.breakpoints[0].penalty
    for piece in path.pieces:
        high = Fraction(3, 2) * top.low if piece.high is None else piece.high.low
        for _ in range(2):
            b = piece.low.high + (high - piece.low.high) * Fraction(rng.randint(1, 9999), 10000)
            fresh, found = rx.solve(path.data, b, digits=40), path.at(b, digits=40)
            assert abs(fresh.value.middle - found.value.middle) < Fraction(1, 10**40)
            assert {(one.sign, one.gate) for one in fresh.neurons} == {(one.sign, one.gate) for one in piece.neurons}
            assert [(one.sign, one.gate) for one in found.neurons] == [(one.sign, one.gate) for one in fresh.neurons]
            assert rx.optimal_set(fresh).dimension == piece.dimension


def test_all_neurons_of_an_event_are_named(path):
    for point, above, below in zip(path.breakpoints, path.pieces, path.pieces[1:], strict=False):
        before, after = ({(one.sign, one.gate) for one in piece.neurons} for piece in (above, below))
        for name, change in (("enters", after - before), ("leaves", before - after)):
            assert {(e.neuron.sign, e.neuron.gate) for e in point.events if e.event == name} == change
        assert point.jump == below.dimension - above.dimension
        assert point.settled is (not above.neurons or point.jump == 0)
    assert len(path.continuity) == len(path.pieces) + sum(not point.settled for point in path.breakpoints)


def test_the_pictures_have_a_line_for_every_neuron(tmp_path):
    rx.plot(rx.solution_path(rx.Dataset(*TOY), share="1/5"), tmp_path / "toy.svg")
    assert (tmp_path / "toy.svg").stat().st_size > 0


def test_folds_whose_optimal_networks_predict_different_things_are_left_open():
    """The rows outside of the last fold are the toy: its optimal networks have different values at the row in it."""
    data = rx.Dataset([[2, 0, 0, 0], [-1, 1, 1, 1], [1, 1, 0, 0]], [1, 1, 1])
    found = rx.cross_validate(data, "1/2", folds=[0, 0, 1])
    assert found.status is rx.Status.UNDECIDED
    with pytest.raises(rx.InputError, match="gap"):
        found.error_at("3/4")
