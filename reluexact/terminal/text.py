"""Exact numbers as text for people; nothing here decides anything."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from reluexact.errors import limit_of
from reluexact.numbers.decimals import rounded_text
from reluexact.numbers.rational import format_fraction

if TYPE_CHECKING:
    from reluexact.numbers.real import Real

SHORT, FEW = 24, 6
"""Characters of rational numbers that are not shown as decimals; digits of numbers that are small for the places shown."""


def fixed(scaled: int, places: int) -> str:
    """Write the number ``scaled / 10^places``.

    >>> fixed(-1234, 2), fixed(5, 3), fixed(7, 0)
    ('-12.34', '0.005', '7')
    """
    digits = format_fraction(abs(scaled)).zfill(places + 1)
    sign = "-" if scaled < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def exact(value: Fraction) -> str | None:
    """Return a short decimal or quotient that is exactly the number, or None when there is none.

    >>> exact(Fraction(93, 5)), exact(Fraction(1, 3)), exact(Fraction(1, 7**40))
    ('18.6', '1/3', None)
    """
    twos, fives, rest = 0, 0, value.denominator
    while rest % 2 == 0 and twos <= SHORT:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0 and fives <= SHORT:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    terminates = rest == 1 and places <= SHORT
    text = fixed(int(value * 10**places), places) if terminates else format_fraction(value)
    return text if len(text) <= SHORT else None


def rounded(value: Fraction, places: int, how: Callable[[Fraction], int] = round) -> str:
    """Round a rational number to ``places`` decimals, or leave it exact when that is as short; ``how`` may be floor or ceil.

    >>> rounded(Fraction(2, 3), 4), rounded(Fraction(1, 4), 4), rounded(Fraction(2, 3), 4, floor)
    ('0.6667', '0.25', '0.6666')
    """
    short = exact(value)
    if short is not None and "/" not in short and len(short.partition(".")[2]) <= places:
        return short
    return fixed(how(value * 10**places), places)


def proved(value: Real, places: int) -> str:
    """Return the number with at most ``places`` decimals, all of them proved; else the interval that is known.

    A number that is 0 only because so few places are shown is written with some digits of its own.

    >>> from reluexact.numbers.real import Real
    >>> proved(Real.rational(Fraction(1, 3)), 5), proved(Real(low=Fraction(1, 3), high=Fraction(334, 1000)), 5)
    ('0.33333', '0.33')
    >>> proved(Real(low=Fraction(1, 3), high=Fraction(5, 3)), 1), proved(Real(low=Fraction(0), high=Fraction(1, 5)), 2)
    ('[0.3, 1.7]', '[0.00, 0.20]')
    >>> proved(Real.rational(Fraction(1, 3 * 10**9)), 5)
    '3.33333e-10'
    """
    if value.is_rational:
        return rounded(value.low, places) if not value.low or round(value.low * 10**places) else rounded_text(value.low, FEW)
    for count in range(places, -1, -1):
        low, high = round(value.low * 10**count), round(value.high * 10**count)
        if low == high != 0:
            return fixed(low, count)
    for digits in range(FEW, 0, -1):
        text = rounded_text(value.low, digits)
        if value.low > 0 < value.high and text == rounded_text(value.high, digits):
            return text
    scale = 10**places
    return f"[{fixed(floor(value.low * scale), places)}, {fixed(ceil(value.high * scale), places)}]"


def real_json(value: Real, places: int) -> dict[str, str]:
    """Return a real number as a JSON object: its exact rational bounds and its proved decimals."""
    return {"low": format_fraction(value.low), "high": format_fraction(value.high), "decimal": proved(value, places)}


def magnitude(value: Fraction) -> str:
    """Write the size of a small number with two digits, rounded up, whatever its exponent.

    >>> magnitude(Fraction(1, 3 * 10**400)), magnitude(Fraction(0)), magnitude(Fraction(99999, 100))
    ('3.4e-401', '0', '1.0e+3')
    """
    if not value:
        return "0"
    exponent = 0
    while value >= 10:
        value, exponent = value / 10, exponent + 1
    while value < 1:
        value, exponent = value * 10, exponent - 1
    tenths = ceil(value * 10)
    if tenths == 100:
        tenths, exponent = 10, exponent + 1
    return f"{fixed(tenths, 1)}e{exponent:+d}"


def printable(name: str) -> str:
    """Write a name from a file so that it cannot steer a terminal.

    >>> printable("speed"), len(printable("a" + chr(27) + "b"))
    ('speed', 6)
    """
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in name)


def plural(count: int, noun: str) -> str:
    """Write a number of things.

    >>> plural(1, "row"), plural(2, "row")
    ('1 row', '2 rows')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def limit_json(reason: str) -> dict[str, object] | None:
    """Return the limit that a reason is about: what is counted, how many are allowed, how many are needed at least.

    >>> from reluexact.errors import Limit, Message
    >>> limit_json(Message("too many", limit=Limit(counted="nodes", value=5, reached=6)))
    {'counted': 'nodes', 'allowed': 5, 'reached': 6}
    >>> limit_json("") is None
    True
    """
    limit = limit_of(reason)
    return None if limit is None else {"counted": limit.counted, "allowed": limit.value, "reached": limit.reached}
