"""Numbers in words."""

from __future__ import annotations

from decimal import ROUND_CEILING
from fractions import Fraction

from reluexact.checker.quantities import decimal, interval_text


def test_values_in_words():
    assert interval_text(Fraction(1, 3), Fraction(2, 3)) == "[0.333333333333333333333333333333, 0.666666666666666666666666666667]"
    assert interval_text(Fraction(-1, 3), Fraction(5)) == "[-0.333333333333333333333333333334, 5]"
    assert decimal(Fraction(10**40 + 1), ROUND_CEILING) == "1.00000000000000000000000000001E+40"
