"""The losses: what their names mean, and that values, slopes and conjugates fit together exactly, on random functions too."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reluexact as rx
from reluexact.model.convex import Convex
from reluexact.model.loss import SQUARED
from reluexact.model.losses import squared, to_loss

NUMBER = st.fractions(min_value=-8, max_value=8, max_denominator=6)
POSITIVE = st.fractions(min_value=Fraction(1, 6), max_value=8, max_denominator=6)
NAMES = (
    "squared",
    "absolute",
    "huber(1)",
    "huber(3/2)",
    "quantile(1/4)",
    "quantile(1/2)",
    "epsilon_insensitive(1/3)",
    "hinge",
    "squared_hinge",
)


@st.composite
def convex_pieces(draw):
    """Return (breakpoints, pieces) of a random convex function that is bounded below."""
    points = sorted(draw(st.sets(NUMBER, max_size=3)))
    curvatures = [draw(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(2)])) for _ in range(len(points) + 1)]
    jumps = [draw(st.sampled_from([Fraction(0), Fraction(1), Fraction(5, 3)])) for _ in points]
    pieces = [(curvatures[0], draw(NUMBER), draw(NUMBER))]
    for point, curvature, jump in zip(points, curvatures[1:], jumps, strict=True):
        q, slope, constant = pieces[-1]
        value, steep = (q * point + slope) * point + constant, 2 * q * point + slope + jump
        line = steep - 2 * curvature * point
        pieces.append((curvature, line, value - (curvature * point + line) * point))
    shift = draw(NUMBER)
    first, last = pieces[0], pieces[-1]
    low, high = (None if first[0] else first[1]), (None if last[0] else last[1])
    tilt = shift if high is None else min(high, shift)
    tilt = tilt if low is None else max(low, tilt)  # a slope that is there
    return points, [(q, slope - tilt, constant) for q, slope, constant in pieces]


@st.composite
def losses(draw):
    if draw(st.booleans()):
        return to_loss(draw(st.sampled_from(NAMES)))
    return rx.PiecewiseQuadratic(*draw(convex_pieces()), of=draw(st.sampled_from(["difference", "margin"])))


@st.composite
def row_losses(draw):
    loss = draw(losses())
    target = draw(st.sampled_from([Fraction(-1), Fraction(1)])) if loss.of == "margin" else draw(NUMBER)
    return loss.of_fit(target, draw(POSITIVE))


@given(row_losses(), NUMBER, NUMBER)
def test_fenchels_inequality_with_equality_at_the_slopes(loss, fit, slope):
    conjugate = loss.conjugate()
    left, right = loss.slopes(fit)
    is_slope = left <= slope <= right
    dual = conjugate.value(slope)
    if dual is None:
        assert not is_slope
        return
    gap = loss.value(fit) + dual - fit * slope
    assert gap >= 0
    assert (gap == 0) is is_slope
    low, high = conjugate.slopes(slope)
    assert is_slope is ((low is None or low <= fit) and (high is None or fit <= high))
    for end in (left, right):
        assert loss.value(fit) + conjugate.value(end) == fit * end


@given(row_losses())
def test_the_conjugate_of_the_conjugate_is_the_loss(loss):
    assert loss.conjugate().conjugate() == loss


@given(row_losses(), NUMBER, NUMBER, st.fractions(min_value=0, max_value=1, max_denominator=6))
def test_loss_and_conjugate_are_convex(loss, one, two, share):
    for function in (loss, loss.conjugate()):
        ends = function.value(one), function.value(two)
        if None not in ends:
            between = function.value(share * one + (1 - share) * two)
            assert between is not None
            assert between <= share * ends[0] + (1 - share) * ends[1]


@given(NUMBER, NUMBER)
def test_the_scalings(f, y):
    t, u = f - y, y - f
    expected = {
        "squared": t * t / 2,
        "absolute": abs(t),
        "huber(3/2)": t * t / 2 if abs(t) <= Fraction(3, 2) else Fraction(3, 2) * abs(t) - Fraction(9, 8),
        "quantile(1/4)": max(u / 4, -3 * u / 4),
        "epsilon_insensitive(1/3)": max(Fraction(0), abs(t) - Fraction(1, 3)),
    }
    for name, value in expected.items():
        assert to_loss(name).value(f, y) == value
    for label in (-1, 1):
        assert rx.hinge.value(f, label) == max(0, 1 - label * f)
        assert rx.squared_hinge.value(f, label) == Fraction(max(0, 1 - label * f)) ** 2 / 2
    assert 2 * to_loss("quantile(1/2)").value(f, y) == rx.absolute.value(f, y)
    assert rx.huber(100).value(f, y) == rx.squared.value(f, y)


@given(NUMBER, NUMBER, NUMBER)
def test_the_squared_loss_is_todays(f, y, slope):
    row = squared.of_fit(y)
    assert row.value(f) == SQUARED.value([f], [y])
    assert row.slopes(f) == (f - y, f - y)
    assert row.conjugate().value(slope) == SQUARED.conjugate([slope], [y])


@pytest.mark.parametrize("name", NAMES)
def test_names_lead_back(name):
    loss = to_loss(name)
    assert to_loss(loss.name) == loss
    assert loss.name == name
    assert repr(loss) == name


def test_equal_functions_are_equal():
    assert rx.PiecewiseQuadratic([3], [("1/2", 0, 0), ("1/2", 0, 0)]) == rx.squared
    assert rx.PiecewiseQuadratic([0], [(0, "-1/2", 0), (0, "1/2", 0)]).name == "quantile(1/2)"
    own = rx.PiecewiseQuadratic([0], [(0, 0, 0), (1, 0, 0)])
    assert own.name == "piecewise"
    assert eval(repr(own), {"PiecewiseQuadratic": rx.PiecewiseQuadratic}) == own
    assert rx.PiecewiseQuadratic([0], [(0, -1, 0), (0, 1, 0)], of="margin") != rx.absolute


@pytest.mark.parametrize(
    ("breakpoints", "pieces", "of", "words"),
    [
        ([0, 0], [(0, 0, 0)] * 3, "difference", "does not lie above"),
        ([0], [(0, 0, 0), (0, 0, 1)], "difference", "do not meet"),
        ([0], [(0, 0, 0), (-1, 0, 0)], "difference", "bends down"),
        ([0], [(0, 1, 0), (0, -1, 0)], "difference", "the slope falls"),
        ([], [(0, 1, 0)], "difference", "not bounded below"),
        ([0], [(0, -2, 0), (0, -1, 0)], "difference", "not bounded below"),
        ([0], [(0, 0, 0)], "difference", "one piece"),
        ([], [(0, 0)], "difference", "one piece"),
        ([], [(0, 0, 0)], "quotient", "of is 'quotient'"),
    ],
)
def test_what_is_no_loss_is_refused(breakpoints, pieces, of, words):
    with pytest.raises(rx.InputError, match=words):
        rx.PiecewiseQuadratic(breakpoints, pieces, of)


@pytest.mark.parametrize(
    "text", ["", "cubed", "huber", "huber()", "huber(0)", "huber(-1)", "quantile(1)", "squared(1)", 7, None, "quantile(a)"]
)
def test_what_names_no_loss_is_refused(text):
    with pytest.raises(rx.InputError):
        to_loss(text)


def test_a_loss_without_slopes_has_a_conjugate_at_one_point():
    flat = Convex(None, None, (), ((Fraction(0), Fraction(2), Fraction(-5)),))
    assert flat.conjugate().value(Fraction(2)) == 5
    assert flat.conjugate().value(Fraction(1)) is None
    assert flat.conjugate().conjugate() == flat


def test_labels_are_wanted_by_margin_losses():
    with pytest.raises(rx.InputError, match="-1 or 1"):
        rx.hinge.value(0, 2)
