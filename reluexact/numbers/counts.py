"""Counts of any size as short text; Python itself refuses to write very long integers."""

from __future__ import annotations

from reluexact.numbers.rational import whole_text

LONGEST = 15
"""Counts of more digits are written as powers of two, or cut to three digits."""


def count_text(number: int) -> str:
    """Write a count: exactly while it is short or a power of two, else cut to its first three digits.

    >>> count_text(4096), count_text(2**200), count_text(3 * 2**200), count_text(0)
    ('4,096', '2^200', '4.82e60', '0')
    """
    if number < 10**LONGEST:
        return f"{number:,}"
    if not number & (number - 1):
        return f"2^{number.bit_length() - 1}"
    digits = whole_text(number)
    return f"{digits[0]}.{digits[1:3]}e{len(digits) - 1}"
