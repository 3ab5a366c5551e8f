"""Scalars: enclosures contain every possible result, exact values stay exact, and no sign is guessed."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluexact.numbers.ends import product, quotient_product
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import BITS, Scalar, Undecided
from reluexact.numbers.scalar_vectors import scalar_dot

F = Fraction
numbers = st.builds(Fraction, st.integers(-40, 40), st.sampled_from([1, 3, 7, 2**70]))
radicals = st.builds(
    lambda a, b, q: RadicalSum.rational(a) + RadicalSum.root(F(q)).scaled(b), numbers, numbers, st.sampled_from([2, 3, 8])
)
OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


@st.composite
def enclosed(draw):
    """Draw an enclosure, a point or a wide one, and a few numbers inside."""
    low, high = sorted((draw(numbers), draw(numbers)))
    if draw(st.booleans()):
        high = low
    middle = low + (high - low) * draw(st.fractions(0, 1))
    return Scalar.enclosed(low, high), (low, middle, high)


@pytest.mark.parametrize("operation", OPERATIONS)
@given(enclosed(), enclosed())
def test_enclosures_contain_every_result(operation, left, right):
    apply = OPERATIONS[operation]
    (a, inside), (b, others) = left, right
    if operation == "/" and b.low <= 0 <= b.high:
        with pytest.raises(ZeroDivisionError if b.low == b.high else Undecided):
            apply(a, b)
        return
    result = apply(a, b)
    values = [apply(x, y) for x in inside for y in others]
    assert result.low <= min(values)
    assert max(values) <= result.high
    slack = F(2, 2**192)
    assert result.low >= min(values) - slack
    assert max(values) + slack >= result.high
    if a.rational is not None and b.rational is not None:
        assert result.rational == values[0]


def test_products_of_intervals():
    """All of a few hundred pairs: below, above and around 0, with an end at 0, points."""
    intervals = [(low, low + width) for low in range(-4, 5) for width in (0, 1, 3, 4, 7)]
    for left in intervals:
        for right in intervals:
            ends = [a * b for a in left for b in right]
            assert product(*left, *right) == (min(ends), max(ends))
            a, p, b, q = quotient_product((left[0], 2, left[1], 3), (right[0], 1, right[1], 5))
            quotients = [x * y for x in (F(left[0], 2), F(left[1], 3)) for y in (F(right[0]), F(right[1], 5))]
            if F(left[0], 2) <= F(left[1], 3) and right[0] <= F(right[1], 5):
                assert (F(a, p), F(b, q), min(p, q) > 0) == (min(quotients), max(quotients), True)


def rounded_outward(values, bits):
    scale = 1 << bits
    return F(floor(min(values) * scale), scale), F(ceil(max(values) * scale), scale)


@st.composite
def on_grids(draw):
    """Draw an enclosure of some fineness: a point, a few grid steps, wide, with ends on the grid or off it."""
    bits, low = draw(st.sampled_from([1, 8, 192, 193, 400])), draw(numbers)
    width = draw(st.sampled_from([F(0), F(1, 2**bits), F(3, 2**bits), F(1, 3), F(50)]))
    low = draw(st.sampled_from([low, F(floor(low * 2**bits), 2**bits), -width / 2, -width, F(0)]))
    return Scalar.enclosed(low, low + width, bits)


@pytest.mark.parametrize("operation", OPERATIONS)
@given(on_grids(), on_grids())
def test_results_are_the_set_of_results_rounded_outward(operation, a, b):
    """The reference is arithmetic of Fractions: nothing is lost, and nothing more is added than the rounding."""
    apply = OPERATIONS[operation]
    if operation == "/" and b.low <= 0 <= b.high:
        return
    values = [apply(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    result, bits = apply(a, b), max(a.bits, b.bits)
    point = a.low == a.high and b.low == b.high
    if operation == "/" and b.low == b.high:  # multiplied by the inverse
        point = a.low == a.high
    assert (result.low, result.high) == ((values[0], values[0]) if point else rounded_outward(values, bits))
    assert result.bits == bits
    assert (result.rational is not None) == (result.low == result.high)
    assert result.middle == (result.low + result.high) / 2
    assert result == Scalar.enclosed(result.low, result.high, bits)
    assert hash(result) == hash(Scalar.enclosed(result.low, result.high, bits))


@given(on_grids(), st.lists(st.tuples(st.sampled_from("+-*/"), on_grids(), st.fractions(0, 1), st.booleans()), max_size=6))
def test_long_computations_never_lose_the_number(start, steps):
    number, value = start, start.low
    for operation, other, share, swapped in steps:
        inside = other.low + share * (other.high - other.low)
        pairs = ((other, number), (inside, value)) if swapped else ((number, other), (value, inside))
        if operation == "/" and pairs[0][1].low <= 0 <= pairs[0][1].high:
            continue
        number, value = (OPERATIONS[operation](*pair) for pair in pairs)
        assert number.low <= value <= number.high


@given(radicals, on_grids(), st.sampled_from(["+", "-", "*"]))
def test_a_square_root_with_an_enclosure(root, other, operation):
    """Only ends are left; they hold every result, and with the square root's value known twice as finely nothing sticks out."""
    result = OPERATIONS[operation](Scalar.of(root), other)
    low, high = root.enclose(2 * BITS)
    for end in (other.low, other.high):
        values = [OPERATIONS[operation](x, end) for x in (low, high)]
        assert result.low <= max(values)
        assert min(values) <= result.high
    if result.radical is not None:
        assert other.low == other.high
        assert result.radical == OPERATIONS[operation](root, RadicalSum.rational(other.low))


@pytest.mark.parametrize("operation", OPERATIONS)
@given(radicals, radicals)
def test_square_roots_stay_exact(operation, left, right):
    apply = OPERATIONS[operation]
    if operation == "/":
        if right.sign() == 0:
            with pytest.raises(ZeroDivisionError):
                Scalar.of(left) / Scalar.of(right)
            return
        assert ((Scalar.of(left) / Scalar.of(right)) * Scalar.of(right) - Scalar.of(left)).sign() == 0
        return
    result = apply(Scalar.of(left), Scalar.of(right))
    assert result.radical == apply(left, right)
    assert result.sign() == apply(left, right).sign()
    assert (result.rational is None) == (apply(left, right).as_fraction() is None)


@given(enclosed())
def test_signs_are_proved_or_refused(drawn):
    number, inside = drawn
    signs = {(x > 0) - (x < 0) for x in inside}
    if number.low < 0 < number.high or (number.low != number.high and 0 in (number.low, number.high)):
        with pytest.raises(Undecided):
            number.sign()
    else:
        assert {number.sign()} == signs
    assert (-number).low == -number.high
    assert (-number).high == -number.low


@given(st.lists(st.tuples(numbers, numbers), max_size=5))
def test_inner_products(pairs):
    left, right = tuple(Scalar.of(a) for a, _ in pairs), tuple(Scalar.of(b) for _, b in pairs)
    assert scalar_dot(left, right).rational == sum(a * b for a, b in pairs)


def test_a_number_minus_itself_is_zero_only_when_it_is_known():
    root = RadicalSum.root(F(2))
    assert (Scalar.of(root) - Scalar.of(root)).rational == 0
    low, high = root.enclose(100)
    blurred = Scalar.enclosed(low, high)
    with pytest.raises(Undecided):
        (blurred - blurred).sign()
    assert (blurred * Scalar.of(0)).rational == 0


def test_mixed_operands():
    """Where one operand is only enclosed, the result is enclosed, and it contains the exact one."""
    root = RadicalSum.root(F(2))
    blurred = Scalar.enclosed(F(3) - F(1, 2**60), F(3) + F(1, 2**60))
    result = blurred * Scalar.of(root)
    assert result.radical is None
    low, high = root.enclose(200)
    assert result.low <= 3 * low <= 3 * high <= result.high
    assert result.high - result.low < F(1, 2**56)
