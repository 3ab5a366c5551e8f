"""The solution path: hand-checked cases, fresh solves, events that nearly coincide, symmetric data."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from pathlib import Path

import pytest

import reluexact as rx
from reluexact.errors import InputError, LimitReached
from reluexact.propose.path.trace import Lost
from reluexact.search.path_pieces import SegmentSearch

EXAMPLES = Path(__file__).parents[3] / "examples" / "data"
DIAGONAL = rx.Dataset([[1, 0], [0, 1]], [3, -1])
PAIRING = rx.Dataset([[-2, 1], [-1, 1], [0, 1], [1, 1], [2, 1]], [1, -1, 2, 0, 1])


def test_two_points_break_at_five_where_the_neuron_enters():
    path = rx.solution_path(rx.Dataset([[1], [2]], [1, 2]), low="1/100")
    assert path.status is rx.Status.PROVED
    assert not path.gaps
    assert [point.penalty for point in path.breakpoints] == [5]
    assert [event.event for event in path.breakpoints[0].events] == ["enters"]
    assert [(piece.high, piece.low) for piece in path.pieces] == [(None, 5), (5, Fraction(1, 100))]
    assert path.value(1) == Fraction(9, 10)  # (25 - (5 - b)^2) / 10


def test_the_diagonal_data_have_the_values_and_breakpoints_that_a_hand_finds():
    path = rx.solution_path(DIAGONAL, low="1/4")
    assert [point.penalty for point in path.breakpoints] == [3, 1]
    assert [path.value(b) for b in ("1/2", 1, 2, 3, 17)] == [Fraction(7, 4), 3, Fraction(9, 2), 5, 5]
    assert [path.slope(b) for b in ("1/2", 2, 5)] == [3, 1, 0]  # 3 + 1 - 2 b, then 3 - b
    assert [len(piece.neurons) for piece in path.pieces] == [0, 1, 2]
    assert all(piece.unique and piece.fewest == len(piece.neurons) for piece in path.pieces)


def test_below_the_path_and_at_a_breakpoint_the_optimum_is_solved():
    path = rx.solution_path(DIAGONAL, low=2)
    for b in (3, 2, 1):
        assert path.at(b) == rx.solve(DIAGONAL, b)
    with pytest.raises(InputError, match="no inner point of a piece"):
        path.piece(3)
    assert path.piece(2) is path.piece("5/2") is path.pieces[-1]


def test_the_optimum_on_the_path_is_that_of_a_fresh_solve():
    rng = random.Random(7)
    for seed in (0, 1, 2, 4):
        own = random.Random(seed)
        rows = [[own.randint(-4, 4), own.randint(-4, 4)] for _ in range(6)]
        data = rx.Dataset(rows, [own.randint(-5, 5) for _ in rows])
        path = rx.solution_path(data, share="1/10")
        top = float(path.breakpoints[0].penalty)
        assert path.status is rx.Status.PROVED, (seed, path.reason)
        for _ in range(3):
            b = Fraction(rng.uniform(top / 10, top)).limit_denominator(1000)
            assert path.at(b) == rx.solve(data, b), (seed, b)


def test_the_value_is_concave_and_grows_by_the_amounts():
    path = rx.solution_path(PAIRING, share="1/10")
    places = [path.low + Fraction(k, 9) * (3 - path.low) for k in range(10)]
    values = [path.value(b) for b in places]
    rises = [right - left for left, right in itertools.pairwise(values)]
    assert all(rise > 0 for rise in rises)
    assert all(later < earlier for earlier, later in itertools.pairwise(rises))
    step = Fraction(1, 10**8)
    rate = (path.value(1 + step) - path.value(1 - step)) / (2 * step)
    assert -Fraction(1, 10**6) < rate - path.slope(1) < Fraction(1, 10**6)


def test_events_a_billionth_of_a_thousandth_apart_are_told_apart():
    apart = Fraction(1, 10**12)
    path = rx.solution_path(rx.Dataset([[1, 0], [0, 1]], [1, -1 - apart]), low="1/2")
    assert path.status is rx.Status.PROVED, path.reason
    assert [point.penalty for point in path.breakpoints] == [1 + apart, 1]
    assert [event.neuron.sign for point in path.breakpoints for event in point.events] == [-1, 1]


def test_events_at_one_penalty_are_one_breakpoint():
    path = rx.solution_path(rx.Dataset([[1, 0], [0, 1]], [1, -1]), low="1/2")
    assert path.status is rx.Status.PROVED, path.reason
    assert [point.penalty for point in path.breakpoints] == [1]
    assert [event.event for event in path.breakpoints[0].events] == ["enters", "enters"]


@pytest.mark.parametrize(
    ("rows", "targets"),
    [
        ([[-2, 1], [-1, 1], [1, 1], [2, 1]], [-2, -1, 1, 2]),
        ([[1, 2], [2, 1], [-1, -2], [-2, -1]], [3, 1, -3, -1]),
        ([[1, 2], [2, 1], [1, 1]], [3, -3, 0]),
    ],
)
def test_symmetries_that_turn_the_signs_of_the_targets_join_events(rows, targets, tmp_path):
    data = rx.Dataset(rows, targets)
    path = rx.solution_path(data, share="1/8")
    assert path.status is rx.Status.PROVED, path.reason
    assert [[event.event for event in point.events] for point in path.breakpoints] == [["enters", "enters"]]
    assert sorted(event.neuron.sign for event in path.breakpoints[0].events) == [-1, 1]
    assert [symmetry.sign for link in path.evidence.links for symmetry in link.symmetries] == [-1]
    b = path.breakpoints[0].penalty.low * Fraction(2, 5)
    assert path.at(b) == rx.solve(data, b)
    path.save(tmp_path / "path.json")
    assert rx.load(tmp_path / "path.json") == path


def test_symmetries_and_exact_zeros_join_events_together(tmp_path):
    data = rx.Dataset([[1, 2], [2, 1], [3, 0], [0, 3]], [3, -3, 1, -1])
    path = rx.solution_path(data, share="1/4")
    assert path.status is rx.Status.PROVED, path.reason
    assert [len(point.events) for point in path.breakpoints] == [4]
    path.save(tmp_path / "path.json")
    assert rx.load(tmp_path / "path.json") == path
    assert path.at("3/4") == rx.solve(data, "3/4")


def test_pairs_begin_and_the_optimal_set_grows():
    path = rx.solution_path(PAIRING, share="1/20")
    assert path.status is rx.Status.PROVED, path.reason
    names = [point.events[0].event for point in path.breakpoints]
    assert names == ["enters", "enters", "enters", "leaves", "meets", "enters", "enters", "leaves", "pairs", "enters"]
    assert [piece.dimension for piece in path.pieces] == [0] * 10 + [1]
    last = path.optimal_set("1/5")
    assert last.dimension == 1
    assert path.pieces[-1].pairs == 3
    assert path.continuity[-1][2] == "continuous: dimension 1"
    assert path.at("1/5") == rx.solve(PAIRING, "1/5")


@pytest.mark.parametrize(
    ("rows", "targets", "penalty"),
    [  # the neuron that is beyond the penalty a little below lies on a hyperplane where it enters
        ([[1, -3], [3, -2], [-3, 0], [-1, -3], [0, -1], [-1, -3]], [1, 1, 3, -2, -3, -1], 7),
        ([[-2, 3, 3], [1, -3, -1], [3, -1, 2]], [1, 2, -1], None),
    ],
)
def test_a_neuron_that_enters_on_a_hyperplane_is_not_taken_for_one_beside_it(rows, targets, penalty):
    data = rx.Dataset(rows, targets)
    path = rx.solution_path(data, share="1/10")
    assert path.status is rx.Status.PROVED, path.reason
    assert penalty is None or penalty in [point.penalty for point in path.breakpoints]
    for piece in path.pieces[1:]:
        b = (3 * piece.low.low + piece.high.low) / 4
        assert path.at(b) == rx.solve(data, b)


def test_a_neuron_may_enter_opposite_to_another_one_by_chance():
    data = rx.Dataset([[-1, 1], [3, -2], [0, 0], [1, 0], [1, -1]], [3, 2, 0, -2, -3])
    path = rx.solution_path(data, low=1)
    assert path.status is rx.Status.PROVED, path.reason
    assert [point.penalty * point.penalty for point in path.breakpoints] == [18, 2]
    assert path.pieces[-1].dimension == 0
    assert path.at("5/4") == rx.solve(data, "5/4")


def test_breakpoints_have_as_many_digits_as_are_asked_for():
    path = rx.solution_path(PAIRING, share="1/10")
    point = path.breakpoints[4].penalty
    finer = rx.refine(point, 60)
    assert finer.high - finer.low <= Fraction(1, 10**60)
    assert point.low <= finer.low <= finer.high <= point.high
    above, below = (rx.solve(PAIRING, round(finer.middle * 10**12 + side) / Fraction(10**12)) for side in (5, -5))
    assert {neuron.gate.count(0) for neuron in above.neurons} != {neuron.gate.count(0) for neuron in below.neurons}


def test_anscombe_with_bias_goes_down_to_a_thousandth():
    data = rx.Dataset.read(EXAMPLES / "anscombe1.csv", bias=True)
    path = rx.solution_path(data, share="1/1000")
    assert path.status is rx.Status.PROVED
    assert len(path.breakpoints) == 1
    assert path.breakpoints[0].penalty == rx.max_penalty(data)
    b = Fraction(17, 2)
    assert path.at(b) == rx.solve(data, b)


@pytest.mark.slow
def test_motorcycle_goes_down_to_a_fiftieth():
    path = rx.solution_path(rx.Dataset.read(EXAMPLES / "motorcycle.csv", bias=True), share="1/50")
    assert path.status is rx.Status.PROVED
    assert [point.events[0].event for point in path.breakpoints] == ["enters", "enters", *["parts", "meets"] * 2, "parts"]
    for b in (1217, 1300, "1349.5", 5000, 70000):
        assert path.at(b) == rx.solve(path.data, b)


def test_a_path_that_ends_early_says_why_and_what_it_has_is_proved():
    path = rx.solution_path(PAIRING, share="1/20", limit=1)
    assert path.status is rx.Status.UNDECIDED
    assert path.reason
    with pytest.raises(LimitReached):
        rx.solution_path(rx.Dataset.read(EXAMPLES / "motorcycle.csv", bias=True), share="1/50", time_limit="1/1000")


CROSSING = rx.Dataset([[2, -1], [-1, -2], [-3, -3], [-1, 3], [1, -1], [-1, -1], [3, 3]], [0, -2, -2, -2, 0, 3, -3])
"""A neuron crosses the hyperplane of a row whose target is 0, at 2.73."""


def test_a_neuron_crosses_a_hyperplane():
    path = rx.solution_path(CROSSING, share="1/8")
    assert path.status is rx.Status.PROVED
    assert [point.events[0].event for point in path.breakpoints] == ["enters", "enters", "crosses"]
    for b in ("2.734", "2.732", "2.5"):
        assert path.at(b) == rx.solve(CROSSING, b)


def test_a_gap_is_short_though_the_path_is_found_again_far_below(tmp_path, monkeypatch):
    monkeypatch.setattr("reluexact.propose.path.events.crossed", lambda *arguments: None)
    path = rx.solution_path(CROSSING, share="1/8")
    assert len(path.gaps) == 1
    for low, high in path.gaps:
        assert 0 < high - low < high / 10**4
    path.save(tmp_path / "path.json")
    assert rx.load(tmp_path / "path.json") == path
    for b in ("2.734", "2.732", "2.5"):
        assert path.at(b) == rx.solve(CROSSING, b)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"low": 3}, "the zero network is optimal from the penalty 3 on"),
        ({"low": 0}, "low"),
        ({"share": 2}, "does not lie between 0 and 1"),
        ({"low": 1, "share": "1/2"}, "give one of the two"),
    ],
)
def test_options_that_make_no_sense_are_named(options, words):
    with pytest.raises(InputError, match=words):
        rx.solution_path(DIAGONAL, **options)


def test_data_without_a_path_are_refused():
    with pytest.raises(InputError, match="no path"):
        rx.solution_path(rx.Dataset([[1], [2]], [0, 0]))


def raising(problem):
    def raise_it(*_):
        raise problem

    return raise_it


def test_where_the_first_event_cannot_be_told_the_answer_is_undecided_and_not_an_error_of_the_input(tmp_path, monkeypatch):
    data = rx.Dataset([[0, 0, 1], [0, 1, 1], [1, -1, 1], [0, 1, 0]], [-3, 3, 1, -3])
    monkeypatch.setattr("reluexact.search.path.first", raising(Lost("several events at one penalty cannot be located")))
    monkeypatch.setattr("reluexact.search.path.begin_again", lambda *_: None)
    path = rx.solution_path(data, low="1/10")
    assert path.status is rx.Status.UNDECIDED
    assert "several events at one penalty cannot be located" in path.reason
    assert Fraction(212, 100) < path.low < Fraction(213, 100)
    assert [piece.high for piece in path.pieces] == [None]
    assert path.value(3) == 14
    path.save(tmp_path / "path.json")
    report = rx.check(tmp_path / "path.json")
    assert report.verified
    assert "the optimum for every penalty from 2.12" in report.lines[1]  # no fraction of 150 digits
    assert len(report.lines[1]) < 120


def test_the_progress_says_how_far_down_the_path_is():
    stages = []
    rx.solution_path(DIAGONAL, low="1/4", progress=stages.append)
    words = [str(stage) for stage in stages if stage.startswith("path")]
    assert len(words) == 2  # one for each piece but the last
    assert all(text.endswith(f"; down to the penalty {low}") for text, low in zip(words, ("3.00000", "1.00000"), strict=True)), (
        words
    )


def test_the_lowest_penalty_may_be_a_breakpoint():
    data = rx.Dataset(X=[[1, 0], [0, 1]], y=[3, -1])
    path = rx.solution_path(data, low=1)
    assert path.status is rx.Status.PROVED
    assert [point.penalty for point in path.breakpoints] == [3, 1]
    assert path.low < 1
    assert path.at(1).value == rx.solve(data, 1).value == 3


def test_a_penalty_beyond_floats_is_refused_as_by_solve():
    path = rx.solution_path(rx.Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2")
    with pytest.raises(InputError, match="too extreme"):
        path.at("1e3000")


def test_a_path_whose_start_is_not_proved_is_none(monkeypatch):
    cover, calls = SegmentSearch.cover, []

    def nothing_first(self, piece, beyond):
        calls.append(piece)
        return iter(()) if len(calls) == 1 else cover(self, piece, beyond)

    monkeypatch.setattr(SegmentSearch, "cover", nothing_first)
    with pytest.raises(InputError, match="nothing is proved above the greatest penalty"):
        rx.solution_path(rx.Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2")
    assert calls


def test_the_least_norm_path_is_the_optimum_where_that_is_unique():
    path = rx.solution_path(DIAGONAL, low="1/4")
    for b, amounts in ((2, (1,)), (1, (2,)), ("1/2", (Fraction(5, 2), Fraction(1, 2)))):
        found = path.least_norm(b)
        support = [amount for amount in found.amounts if amount != 0]
        assert found.status is rx.Status.PROVED
        assert tuple(support) == amounts
    with pytest.raises(InputError, match="pass rx.solution_path"):
        rx.least_norm_on_path(DIAGONAL, 2)


@pytest.mark.slow
def test_the_least_norm_path_is_least_and_continuous_where_pairs_begin():
    path = rx.solution_path(PAIRING, share="1/30")
    piece = path.pieces[-1]
    assert piece.dimension == 1
    inside = (piece.low.middle + piece.high.middle) / 2
    best, found = path.optimal_set(inside), path.least_norm(inside)
    assert found.unique
    for vertex in best.vertices:
        assert found.value < sum((amount * amount for amount in vertex.amounts[1:]), vertex.amounts[0] * vertex.amounts[0])
    step, top = Fraction(1, 10**7), piece.high.middle  # two neurons enter and make three pairs
    below = path.least_norm(top - step)
    above = path.least_norm(top + step)
    near = dict(zip([(one.sign, one.gate) for one in path.at(top + step).neurons], above.amounts, strict=True))
    for neuron, amount in zip(path.at(top - step).neurons, below.amounts, strict=True):
        before = float(near.get((neuron.sign, neuron.gate), 0))
        assert abs(float(amount) - before) < 1e-4
