"""Square roots: neighbours on a grid, exact where they can be, and taken in one module of the package."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import reluexact
from reluexact.numbers.roots import ceil_root, floor_root, integer_root, rational_root, root_above, root_below, scaled_root

integers = st.one_of(st.integers(0, 2000), st.integers(0, 10**40), st.integers(0, 10**20).map(lambda root: root * root))
rationals = st.one_of(
    st.builds(Fraction, integers, st.integers(1, 10**20)), st.fractions(min_value=0).map(lambda root: root * root)
)


@given(integers)
def test_integers(value):
    low, high = floor_root(value), ceil_root(value)
    assert low**2 <= value < (low + 1) ** 2
    assert high**2 >= value
    assert high == 0 or (high - 1) ** 2 < value
    assert integer_root(value) == (low if low == high else None)


@given(rationals, st.integers(0, 200))
def test_rational_numbers(value, bits):
    step, low, high = Fraction(1, 1 << bits), root_below(value, bits), root_above(value, bits)
    assert low**2 <= value < (low + step) ** 2
    assert high**2 >= value
    assert high == 0 or (high - step) ** 2 < value
    exact = rational_root(value)
    assert exact is None or exact**2 == value
    if low == high:
        assert exact == low


@given(st.fractions(min_value=0))
def test_squares_have_their_root(root):
    assert rational_root(root * root) == root


@given(integers, st.integers(0, 200))
def test_scaled_roots(value, bits):
    low, high = scaled_root(value, bits)
    assert low**2 <= value << 2 * bits <= high**2
    assert high - low == (integer_root(value << 2 * bits) is None)


def test_no_other_module_takes_square_roots():
    folder = Path(reluexact.__file__).parent
    found = {str(path.relative_to(folder)) for path in folder.rglob("*.py") if "isqrt" in path.read_text(encoding="utf-8")}
    assert {name for name in found if not name.startswith("checker")} == {"numbers/roots.py"}
