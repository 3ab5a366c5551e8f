"""The one door through which a caller's numbers become exact: nothing else in the package calls ``Fraction`` on them.

Accepted: integers (Python's, numpy's), ``Fraction`` and other ``numbers.Rational``, numbers of a claim that are known to be
rational, finite ``Decimal``, and text: ``"7"``,
``"-5/3"``, ``"2.4"``, ``".5"``, ``"1.5e-3"``, with ASCII digits and an optional sign; blanks round the text are allowed, inside
it they are not, and neither are underscores. Floats are refused, unless the caller says which exact number a float stands for:
``floats="binary"`` the number that the machine stores, ``floats="decimal"`` the shortest decimal that reads back as the same
float. Booleans are refused.

Numerator and denominator may have up to ``MAX_DIGITS`` digits; exponents are compared with that bound before anything is
computed.
"""

from __future__ import annotations

import math
import operator
import re
import reprlib
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import Any, Literal

from reluexact.errors import Argument, Cure, InputError, Message
from reluexact.numbers.arrays import is_numpy, is_truth_value, numpy

Floats = Literal["binary", "decimal"] | None

MAX_DIGITS = 4000
"""Below the 4,300 digits at which Python itself refuses to turn text into an integer and back."""

_BOUND = 10**MAX_DIGITS
_CHUNK = 600  # Python lets nobody set its own limit on digits below 640
_MAX_TEXT = 2 * MAX_DIGITS + 20
_QUOTIENT = re.compile(r"([+-]?)([0-9]+)/([0-9]+)")
_CHOICE = Cure(
    "say ",
    Argument("floats", '"decimal"'),
    " (shortest decimal) or ",
    Argument("floats", '"binary"'),
    " (stored value)",
    mark=", or ",
)
_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?")
_CURE = "write an integer, a quotient like '5/3' or a decimal like '2.4'"


def to_fraction(value: object, *, where: str = "", floats: Floats = None, choice: bool = True) -> Fraction:
    """Return the rational number that a caller's value stands for, made of Python integers.

    ``where`` names the place in messages; ``choice`` says whether the caller's caller may pass ``floats``, so that no message
    advises what cannot be done. Raises InputError for everything that is not exactly one rational number.

    >>> to_fraction("2.4"), to_fraction("-1.5e-1"), to_fraction(" 5/3 ")
    (Fraction(12, 5), Fraction(-3, 20), Fraction(5, 3))
    >>> to_fraction(0.1, floats="decimal")
    Fraction(1, 10)
    >>> to_fraction(0.1, where="X[0][1]")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: X[0][1]: the float 0.1 is not exact; give text such as '0.1', or say floats="decimal" (shortest \
decimal) or floats="binary" (stored value)
    >>> to_fraction("1e999999")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: value: '1e999999' has more than 4000 digits; scale the data
    """
    place = where or "value"
    if is_truth_value(value):
        raise InputError(f"{place}: {value} is a truth value, not a number; write 1 or 0")
    if isinstance(value, Rational) and not is_numpy(value, "timedelta64"):  # which numpy calls a signed integer
        return _quotient(operator.index(value.numerator), operator.index(value.denominator), place, type(value))
    if isinstance(value, str):
        return _from_text(str(value), place)
    if isinstance(value, float) or is_numpy(value, "floating"):
        return _from_float(value, place, floats, choice)
    if isinstance(value, Decimal):
        return _from_decimal(value, place)
    if callable(getattr(type(value), "as_fraction", None)):
        return _from_real(value, place)
    raise InputError(f"{place}: {_shown(value)} ({type(value).__name__}) is not a rational number; {_CURE}")


def to_penalty(value: object, *, where: str = "penalty", floats: Floats = None, choice: bool = True) -> Fraction:
    """Return a penalty as a positive rational number.

    >>> to_penalty("1/2")
    Fraction(1, 2)
    >>> to_penalty(0)
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: penalty: '0' is not positive; the objective needs a penalty > 0
    """
    penalty = to_fraction(value, where=where, floats=floats, choice=choice)
    if penalty <= 0:
        raise InputError(f"{where}: {_shown(format_fraction(penalty))} is not positive; the objective needs a penalty > 0")
    return penalty


def to_gap(value: object, *, where: str = "gap") -> Fraction:
    """Return a share of an objective, a rational number >= 0; floats stand for their shortest decimal.

    >>> to_gap(0.001)
    Fraction(1, 1000)
    """
    gap = to_fraction(value, where=where, floats="decimal")
    if gap < 0:
        raise InputError(f"{where}: {_shown(format_fraction(gap))} is negative; give a share of the objective, as 1/1000 or 0")
    return gap


def to_count(value: object, *, where: str, most: int | None = None) -> int:
    """Return an integer >= 1 (and at most ``most``) that a caller gave as an option.

    >>> to_count(5, where="limit")
    5
    >>> to_count("5", where="limit")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: limit: '5' is not an integer from 1 on
    """
    count = to_index(value)
    if count is None or count < 1 or (most is not None and count > most):
        raise InputError(f"{where}: {_shown(value)} is not an integer from 1 {'on' if most is None else f'to {most}'}")
    return count


def to_index(value: object) -> int | None:
    """Return an integer of Python or numpy as Python's, None for anything else (truth values, too).

    >>> import numpy
    >>> to_index(numpy.int64(3)), to_index(True), to_index(2.0)
    (3, None, None)
    """
    if is_truth_value(value):
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        return None


def format_fraction(value: Fraction | int) -> str:
    """Return the one text of a rational number: lowest terms, the denominator positive and not 1; any length.

    >>> format_fraction(Fraction(10, -6)), format_fraction(Fraction(4)), format_fraction(0)
    ('-5/3', '4', '0')
    """
    top, bottom = value.numerator, value.denominator
    text = ("-" if top < 0 else "") + whole_text(abs(top))
    return text if bottom == 1 else f"{text}/{whole_text(bottom)}"


def parse_fraction(text: str) -> Fraction:
    """Return the number of a text that :func:`format_fraction` wrote, of any length; for texts that are checked already.

    >>> parse_fraction("-5/3"), parse_fraction(format_fraction(10**5000)) == 10**5000
    (Fraction(-5, 3), True)
    """
    top, _, bottom = text.removeprefix("-").partition("/")
    value = Fraction(_integer(top), _integer(bottom) if bottom else 1)
    return -value if text.startswith("-") else value


def _from_text(text: str, place: str) -> Fraction:
    """Read one number; the pattern and the lengths are settled before any arithmetic."""
    body = text.strip(" \t\r\n")
    if len(body) > _MAX_TEXT:
        raise _too_long(place, _shown(text))
    if not body:
        raise InputError(f"{place}: the value is empty; {_CURE}")
    if match := _QUOTIENT.fullmatch(body):
        sign, top, bottom = match.groups()
        if max(len(top), len(bottom)) > MAX_DIGITS:
            raise _too_long(place, _shown(text))
        if not bottom.strip("0"):
            raise InputError(f"{place}: {_shown(text)} divides by zero; {_CURE}")
        return Fraction(_integer(top), _integer(bottom)) * (-1 if sign == "-" else 1)
    match = _DECIMAL.fullmatch(body)
    if not match or not (match[2] or match[3]):
        raise InputError(f"{place}: {_shown(text)} is not a number; {_CURE}")
    sign, whole, decimals, exponent = (group or "" for group in match.groups())
    shift = _exponent(exponent) - len(decimals)
    return _scaled(sign == "-", whole + decimals, shift, place, _shown(text))


def _from_float(value: Any, place: str, floats: Floats, choice: bool) -> Fraction:
    # numpy's own formatter for its other widths: the shortest text depends on the width
    is_double = isinstance(value, float)
    text = repr(float(value)) if is_double else numpy().format_float_scientific(value, unique=True)
    if not (math.isfinite(value) if is_double else numpy().isfinite(value)):
        raise InputError(f"{place}: {text} is not a finite number; drop the row or fill the value in")
    if floats == "binary":
        top, bottom = value.as_integer_ratio()
        return _quotient(top, bottom, place, type(value))
    if floats == "decimal":
        return _from_text(text, place)
    if floats is not None:
        raise InputError(f"floats: {_shown(floats)} is no way to read floats; say 'decimal' or 'binary'")
    advice = f"{place}: the float {text} is not exact; give text such as '{text}'"
    raise InputError(Message(advice, _CHOICE) if choice else advice)


def _from_decimal(value: Decimal, place: str) -> Fraction:
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise InputError(f"{place}: {value} is not a finite number; drop the row or fill the value in")
    return _scaled(bool(sign), "".join(map(str, digits)), exponent, place, _shown(value))


def _from_real(value: Any, place: str) -> Fraction:
    """Read a number of a claim, which may be irrational."""
    known = value.as_fraction()
    if known is None:
        raise InputError(f"{place}: {_shown(value)} is not known to be rational; round it, for example value.decimal(20)")
    return _quotient(known.numerator, known.denominator, place, type(value))


def _quotient(top: int, bottom: int, place: str, kind: type) -> Fraction:
    if abs(top) >= _BOUND or bottom >= _BOUND:
        raise _too_long(place, f"a number of type {kind.__name__}")
    return Fraction(top, bottom)


def _exponent(text: str) -> int:
    """Read an exponent; one that is out of every bound is cut to a value that is still out of bounds."""
    digits = text.lstrip("+-").lstrip("0")
    size = int(digits or "0") if len(digits) < len(str(_MAX_TEXT)) + 1 else 10 * _MAX_TEXT
    return -size if text.startswith("-") else size


def _scaled(negative: bool, digits: str, shift: int, place: str, shown: str) -> Fraction:
    """Return the number +-digits * 10**shift once its length is known to be allowed."""
    significant = digits.lstrip("0")
    if len(digits) > MAX_DIGITS or (significant and not -MAX_DIGITS < shift <= MAX_DIGITS - len(significant)):
        raise _too_long(place, shown)
    if not significant:
        return Fraction(0)
    magnitude = _integer(significant)
    result = Fraction(magnitude * 10**shift) if shift >= 0 else Fraction(magnitude, 10**-shift)
    return -result if negative else result


def _integer(digits: str) -> int:
    """Read a bounded string of digits, whatever limit on digits the process has set."""
    total = 0
    for start in range(0, len(digits), _CHUNK):
        chunk = digits[start : start + _CHUNK]
        total = total * 10 ** len(chunk) + int(chunk)
    return total


def whole_text(number: int) -> str:
    """Write a non-negative integer of any length, whatever limit on digits the process has set."""
    if number < 10**_CHUNK:
        return str(number)
    half = int(number.bit_length() * math.log10(2)) // 2
    top, bottom = divmod(number, 10**half)
    return whole_text(top) + whole_text(bottom).zfill(half)


def _shown(value: object) -> str:
    try:
        return reprlib.repr(value)
    except ValueError:  # an integer inside is too long for Python to write
        return f"a {type(value).__name__}"


def _too_long(place: str, shown: str) -> InputError:
    return InputError(f"{place}: {shown} has more than {MAX_DIGITS} digits; scale the data")


def near(value: Fraction, bits: int) -> Fraction:
    """Round to a multiple of 2^-bits unless the number is short already.

    >>> near(Fraction(1, 3), 8), near(Fraction(1, 3), 4)
    (Fraction(1, 3), Fraction(5, 16))
    """
    return value if value.denominator.bit_length() <= bits // 4 else Fraction(round(value * (1 << bits)), 1 << bits)
