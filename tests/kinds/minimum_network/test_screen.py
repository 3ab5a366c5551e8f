"""The filter of the fewest-neurons search drops nothing that can be a solution: against exact rational arithmetic.

The instances lie near the resolution of floats: entries that differ by 2^-50, sums that cancel, enclosures whose true numbers are
at their ends, and functionals chosen badly.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluexact.geometry.polytope import BoundedSystem
from reluexact.kinds.minimum_network.fewest import screen
from reluexact.kinds.minimum_network.fewest.fixed import MOST_ERROR, ROUNDED, SUM_BITS, Table
from reluexact.kinds.minimum_network.fewest.screen import _matching, _meets, _values, subset_sums, unscreened
from reluexact.kinds.minimum_network.fewest.steps import make_steps
from reluexact.kinds.minimum_network.fewest.sums import Effort, fewest_by_sums
from reluexact.numbers.linalg import dot
from reluexact.numbers.scalar import Scalar

SIGNS = st.sampled_from((-1, 0, 1))


PAIRS, SINGLES = st.integers(0, 6), st.integers(0, 4)


@st.composite
def systems(draw, *, pairs=PAIRS, singles=SINGLES):
    """Return a system with a planted point, how many of its shares are between the bounds, and these."""
    size = draw(st.sampled_from((9, 2**26, 2**50, 2**53 + 1, 2**80)))
    rows, count, free = draw(st.integers(1, 3)), draw(pairs), draw(singles)
    if count + free < 1:
        count = 1
    base = [draw(st.lists(st.integers(-size, size), min_size=rows, max_size=rows)) for _ in range(count + free)]
    if draw(st.booleans()):  # all columns nearly the same: the steps differ in the last bits of a float
        base = [[entry + draw(st.integers(-2, 2)) for entry in base[0]] for _ in base]
    columns = [[Fraction(entry, size) for entry in column] for column in base]
    for column in columns[count:]:
        column[0] = abs(column[0]) + 1
    upper = [Fraction(draw(st.integers(1, 2**20)), draw(st.integers(1, 2**20))) for _ in range(count)]
    chosen = tuple(sorted(draw(st.sets(st.integers(0, count + free - 1), max_size=rows - 1))))
    ends = [draw(st.booleans()) for _ in range(count)]
    inner = st.fractions(Fraction(1, 2**12), 1 - Fraction(1, 2**12), max_denominator=2**16)
    x = [
        (upper[j] if j < count else Fraction(3)) * draw(inner)
        if j in chosen
        else (upper[j] * ends[j] if j < count else Fraction(0))
        for j in range(count + free)
    ]
    right = [sum((a * column[i] for a, column in zip(x, columns, strict=True)), Fraction(0)) for i in range(rows)]
    return BoundedSystem.of(columns, right, [*upper, *[None] * free]), chosen


def moved(draw, steps):
    """Pretend that the enclosures are wide and the true numbers, which had the solution, lie anywhere in them."""
    bits = draw(st.integers(0, 140))
    integers, errors = [], []
    for row, error in zip(steps.integers, steps.errors, strict=True):
        shifts = [draw(SIGNS) * 2**bits for _ in row]
        integers.append(tuple(entry + shift for entry, shift in zip(row, shifts, strict=True)))
        errors.append(error + max(map(abs, shifts), default=0))
    floats = np.array([[float(Fraction(entry, 2**160)) for entry in row] for row in integers])
    return replace(steps, integers=tuple(integers), errors=tuple(errors), floats=floats)


@pytest.mark.parametrize("small", [2**10, 1])
@settings(max_examples=200)
@given(data=st.data())
def test_no_solution_is_dropped(data, small):
    system, chosen = data.draw(systems())
    steps = make_steps(system)
    if steps is None or len(steps.right) < len(chosen) or (len(chosen) and not steps.independent(chosen)):
        return
    if data.draw(st.booleans()):
        steps = moved(data.draw, steps)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screen, "SMALL", small)
        assert chosen in set(unscreened(steps, len(chosen)))


@settings(max_examples=100)
@given(data=st.data())
def test_no_solution_is_dropped_without_pairs(data):
    system, chosen = data.draw(systems(pairs=st.just(0), singles=st.integers(1, 6)))
    steps = make_steps(system)
    if steps is None or not chosen or not steps.independent(chosen):
        return
    if data.draw(st.booleans()):
        steps = moved(data.draw, steps)
    assert chosen in set(unscreened(steps, len(chosen)))


@settings(max_examples=100)
@given(data=st.data())
def test_bad_functionals_drop_nothing(data):
    """Whatever floats choose, also nonsense: the integers decide."""
    system, chosen = data.draw(systems())
    steps = make_steps(system)
    if steps is None or (len(chosen) and not steps.independent(chosen)):
        return
    entries = st.floats(allow_nan=True, allow_infinity=True)

    def wild(tables, width):
        return np.array([[data.draw(entries) for _ in range(width)]] * len(tables)).reshape(len(tables), width)

    with pytest.MonkeyPatch.context() as patch, np.errstate(all="ignore"):
        patch.setattr(screen, "vanishing_on", wild)
        assert chosen in set(unscreened(steps, len(chosen)))


@settings(max_examples=40)
@given(data=st.data())
def test_fewest_by_sums_against_all_choices(data):
    """Brute force over every set of fractional shares and every choice of the others, in Fractions."""
    system, _ = data.draw(systems(pairs=st.integers(1, 4), singles=st.integers(0, 2)))
    steps = make_steps(system)
    if steps is None:
        return
    most = len(steps.right)
    found = fewest_by_sums(steps, Effort(10**9), most)
    assert not found.reason
    pairs = [j for j, bounded in enumerate(steps.bounded) if bounded]
    least = most
    sets = [chosen for count in range(most) for chosen in combinations(range(len(steps.steps)), count)]
    for chosen in sets:
        others = [j for j in pairs if j not in chosen]
        for states in product((False, True), repeat=len(others)):
            ones = [j for j, on in zip(others, states, strict=True) if on]
            if len(chosen) < least and steps.settle(chosen, ones) is not None:
                least = len(chosen)
    assert found.fewer == least
    assert (found.point is not None) == (least < most)


def table_of(rows, errors, system_width):
    """Return the fixed-point table of a system whose integers are given."""
    dummy = make_steps(BoundedSystem.of([[1] * 1], [1], [1]))
    integers = tuple(map(tuple, rows))
    steps = replace(dummy, integers=integers, errors=tuple(errors), right=(Scalar.of(1),) * system_width)
    return Table.of(steps)


@settings(max_examples=150)
@given(data=st.data())
def test_values_are_exact_up_to_rounding(data):
    width, count = data.draw(st.integers(1, 9)), data.draw(st.integers(1, 9))
    size = 2 ** data.draw(st.sampled_from((3, 40, 50, 51, 160, 161)))
    entry = st.one_of(st.integers(-size, size), st.sampled_from((-size, size, size - 1, 0)))
    rows = [data.draw(st.lists(entry, min_size=width, max_size=width)) for _ in range(count)]
    table = table_of(rows, [0] * count, width)
    most = 2 ** (2 * table.limb)
    part = st.one_of(st.integers(-most, most), st.sampled_from((-most, most, most - 1)))
    g = [data.draw(st.lists(part, min_size=width, max_size=width)) for _ in range(3)]
    entries = (table.high.astype(object) * 2**table.limb + table.low).tolist()
    cut = max(0, max(abs(x).bit_length() for row in rows for x in row) - 2 * table.limb)
    for row, ours, error in zip(rows, entries, table.errors.tolist(), strict=True):
        assert all(abs(x - entry * 2**cut) <= error * 2**cut for x, entry in zip(row, ours, strict=True))
    values = table.values(np.array(g, dtype=np.int64)).tolist()
    for functional, line in zip(g, values, strict=True):
        true = [Fraction(dot(functional, row)) / Fraction(2) ** table.drop for row in entries]
        assert all(0 <= exact - value < ROUNDED for exact, value in zip(true, line, strict=True))
        assert sum(map(abs, line)) <= 2**SUM_BITS + ROUNDED * count


def test_the_widest_numbers_do_not_overflow():
    """All entries at their limits, for widths up to thousands, against Python's integers."""
    for width in (1, 2, 31, 32, 127, 1023, 1024, 5000):
        rows = [[sign * (2**161 - 1)] * width for sign in (1, -1)] * 3
        table = table_of(rows, [1] * 6, width)
        most = 2 ** (2 * table.limb)
        for g in ([most] * width, [-most] * width, [most - 1, *[-most] * (width - 1)]):
            values = table.values(np.array([g], dtype=np.int64))[0].tolist()
            for value, high, low in zip(values, table.high.tolist(), table.low.tolist(), strict=True):
                exact = sum(a * (h * 2**table.limb + rest) for a, h, rest in zip(g, high, low, strict=True))
                assert 0 <= Fraction(exact) / 2**table.drop - value < ROUNDED
            assert sum(map(abs, values)) <= 2**SUM_BITS + ROUNDED * 6


@settings(max_examples=150)
@given(data=st.data())
def test_sums_of_true_numbers_miss_by_at_most_the_slack(data):
    """The true steps lie anywhere within their errors, the chosen shares anywhere in [0, 1]; the worst case is at the ends."""
    width, count = data.draw(st.integers(1, 4)), data.draw(st.integers(2, 7))
    size = 2**160
    wide = 2 ** data.draw(st.integers(0, 130))
    true = [data.draw(st.lists(st.integers(-size // 8, size // 8), min_size=width, max_size=width)) for _ in range(count)]
    k = data.draw(st.integers(0, min(2, count)))
    ones = [j for j in range(k, count) if data.draw(st.booleans())]
    shares = {m: data.draw(st.sampled_from((0, 1))) for m in range(k)} | dict.fromkeys(ones, 1)
    right = [sum(t * true[j][i] for j, t in shares.items()) for i in range(width)]
    rows = [[entry + data.draw(SIGNS) * wide for entry in row] for row in (*true, right)]
    table = table_of(rows, [wide] * (count + 1), width)
    if table is None:
        assert wide * (count + 1) * 2 > MOST_ERROR
        return
    most = 2 ** (2 * table.limb)
    g = np.array([data.draw(st.lists(st.integers(-most, most), min_size=width, max_size=width))], dtype=np.int64)
    chosen, others = np.arange(k)[None, :], np.arange(k, count)[None, :]
    values, total, slack = _values(table, g, chosen, others)
    reached = sum(int(values[0, j - k]) for j in ones)
    assert abs(reached - int(total[0])) <= int(slack[0])


def test_the_slack_is_used_up():
    """Enclosures whose ends add up: a slack without the errors of the steps would drop the solution."""
    wide, size = 2**120, 2**159
    true = [[size // 3], [size // 5], [size // 7]]
    right = [true[0][0] + true[2][0]]
    rows = [[true[0][0] - wide], true[1], [true[2][0] - wide], [right[0] + wide]]
    table = table_of(rows, [wide] * 4, 1)
    g = np.array([[2 ** (2 * table.limb)]], dtype=np.int64)
    values, total, slack = _values(table, g, np.zeros((1, 0), dtype=np.intp), np.arange(3)[None, :])
    miss = abs(int(values[0, 0] + values[0, 2]) - int(total[0]))
    assert miss <= int(slack[0]) < 2 * miss
    assert _matching(values, total, slack).tolist() == [True]
    assert _matching(values, total, slack // 2).tolist() == [False]


def test_errors_too_large_exclude_nothing():
    system = BoundedSystem.of([[3], [5], [7]], [11], [1, 1, 1])
    steps = replace(make_steps(system), errors=(2**150,) * 4)
    assert Table.of(steps) is None
    assert set(unscreened(steps, 0)) == {()}


def test_the_errors_of_the_chosen_shares_count():
    """A chosen step that the functional seems to miss may not be missed by the true one."""
    wide, size = 2**120, 2**159
    chosen, other = [wide, size // 3], [size // 5, size // 7]
    right = [a + b for a, b in zip(chosen, other, strict=True)]
    table = table_of([[0, chosen[1]], other, right], [wide, 0, 0], 2)
    g = np.array([[2 ** (2 * table.limb), 0]], dtype=np.int64)
    values, total, slack = _values(table, g, np.zeros((1, 1), dtype=np.intp), np.ones((1, 1), dtype=np.intp))
    miss = abs(int(values[0, 0]) - int(total[0]))
    assert miss <= int(slack[0]) < 2 * miss


@pytest.mark.parametrize(
    "floats", [[np.nan, 5.0], [np.nan, 1e308], [np.inf, -np.inf], [0.0, 0.0], [5e-324, -1e-310], [-3.0, 2.0]]
)
def test_functionals_of_any_floats_have_their_size(floats):
    table = table_of([[1, 2], [3, 4]], [0, 0], 2)
    with np.errstate(all="ignore"):
        g = table.integral(np.array([floats]))
    assert (np.abs(g) <= 2 ** (2 * table.limb)).all()
    assert np.abs(table.integral(np.array([[-3.0, 2.0]]))).max() == 2 ** (2 * table.limb)


@pytest.mark.parametrize("bits", [0, 8, 18])
@pytest.mark.parametrize("lost", [8, 12, 60])
def test_a_tiny_share_without_pairs(bits, lost):
    """Where the largest share is tiny, what is not known of the right-hand side weighs all the more."""
    system = BoundedSystem.of([[1, 0], [1, Fraction(7, 23)], [1, 2]], [3, Fraction(21, 23)], [None] * 3)
    steps = make_steps(system)
    right = [entry >> bits for entry in steps.integers[-1]]
    wide = right[1] >> lost
    shifted = (right[0] + wide, right[1] - wide)
    loose = replace(
        steps,
        integers=(*steps.integers[:-1], shifted),
        errors=(*steps.errors[:-1], wide + 1),
        floats=np.vstack([steps.floats[:-1], [entry / 2.0**160 for entry in shifted]]),
    )
    assert screen._ratio(loose, 1) is not None
    assert (1,) in set(unscreened(loose, 1))


def test_the_filter_excludes_what_a_float_cannot_see():
    """Sums that miss by 2^-46 of their size are told apart; those that meet are kept."""
    base = [[Fraction(1) + Fraction(3 * j * j, 2**30)] for j in range(8)]
    near = sum((column[0] for column in base[:4]), Fraction(0))
    for gap, expected in ((Fraction(0), {()}), (Fraction(1, 2**38), set())):
        steps = make_steps(BoundedSystem.of(base, [near + gap], [1] * 8))
        assert set(unscreened(steps, 0)) == expected


@settings(max_examples=200)
@given(
    values=st.lists(st.integers(-(2**54), 2**54), min_size=2, max_size=9),
    slack=st.one_of(st.integers(0, 9), st.integers(0, 2**58)),
    pick=st.integers(0, 2**9 - 1),
    off=st.integers(-2, 2),
    ends=st.sampled_from((0, -1, 1)),
)
def test_matching_against_all_subsets(values, slack, pick, off, ends):
    """Sums that meet the slack exactly, or miss it by one or two."""
    sums = subset_sums(np.array(values, dtype=np.int64)).tolist()
    right = sums[pick % len(sums)] + ends * slack + (off if ends else 0)
    expected = any(abs(total - right) <= slack for total in sums) or slack > screen.MOST_SLACK
    row = np.array([values], dtype=np.int64)
    arguments = row, np.array([right], dtype=np.int64), np.array([slack], dtype=np.int64)
    for small in (2**10, 1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(screen, "SMALL", small)
            assert _matching(*arguments).tolist() == [expected]


@given(
    first=st.lists(st.integers(-(2**58), 2**58), min_size=1, max_size=20),
    lowest=st.lists(st.integers(-(2**58), 2**58), min_size=1, max_size=20),
    width=st.integers(0, 2**58),
    near=st.integers(-1, 1),
)
def test_buckets_against_all_pairs(first, lowest, width, near):
    lowest = [*lowest, first[0] - width + near]
    expected = any(low <= value <= low + width for value in first for low in lowest)
    assert _meets(np.array(first), np.array(lowest), width) is expected


def test_errors_are_rounded_up():
    table = table_of([[2**160 + 2**109], [-(2**160) - 2**109]], [0, 2**111 + 1], 1)
    assert table.errors.tolist() == [1, 3]
