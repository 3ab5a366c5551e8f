"""Counts of any size as short text; Python itself refuses to write very long integers."""

from __future__ import annotations

from collections.abc import Sequence

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


def counted(number: int, noun: str, several: str = "") -> str:
    """Write a number of things; ``several`` is the plural where it is no noun with an s.

    >>> counted(1, "row"), counted(2, "row"), counted(0, "entry", "entries")
    ('1 row', '2 rows', '0 entries')
    """
    return f"{count_text(number)} {noun if number == 1 else several or noun + 's'}"


def listed(numbers: Sequence[object], most: int = 12) -> str:
    """Write a few things, separated by commas, and how many there are where they are many.

    >>> listed([0, 2]), listed(range(30), most=3), listed([])
    ('0, 2', '0, 1, 2, ... (30)', 'none')
    """
    shown = ", ".join(map(str, numbers[:most])) or "none"
    return shown if len(numbers) <= most else f"{shown}, ... ({len(numbers)})"
