"""Format specifications such as ``.5f``: as for Python's floats, but every digit is rounded correctly from a proved number."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Protocol

from reluexact.errors import InputError
from reluexact.numbers.decimals import magnitude
from reluexact.numbers.rational import whole_text

MOST = 3_000
"""The greatest precision."""

_SPEC = re.compile(
    r"(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<sign>[-+ ]?)(?P<zero>0?)(?P<width>[0-9]*)(?P<group>[,_]?)"
    r"(?:\.(?P<precision>[0-9]+))?(?P<type>[eEfFgG%]?)",
    re.DOTALL,
)


class Number(Protocol):
    """What a number has to offer to be written."""

    @property
    def low(self) -> Fraction:
        """Return the lower bound."""

    @property
    def high(self) -> Fraction:
        """Return the upper bound."""

    def refined(self, digits: int) -> Number:
        """Return the same number with bounds at most 10^-digits apart."""


def formatted(value: Number, spec: str) -> str:
    """Write a number by a format specification: ``[[fill]align][sign][0][width][,_][.precision][type]``, type one of eEfFgG%.

    A number that is rounded to 0 has no sign. Raises InputError for another specification.
    """
    match = _SPEC.fullmatch(spec)
    if match is None or len(match["width"]) > 4 or int(match["precision"] or 0) > MOST:
        raise InputError(f"format: {spec!r} is not understood; write for example '.5f', '.3e', 'g' or '>12.4f'")
    if not match["type"] and match["precision"] is None:
        negative, body = repr(value).startswith("-"), repr(value).removeprefix("-")
    else:
        negative, body = _body(value, match["type"] or "g", int(match["precision"] or 6 * (match["precision"] is None)))
        body = _grouped(body, match["group"]) if match["group"] else body
    sign = "-" if negative else match["sign"].replace("-", "")
    fill, align = match["fill"] or " ", match["align"] or ">"
    if match["zero"] and not match["align"]:
        fill, align = "0", "="
    missing = max(int(match["width"] or 0) - len(sign) - len(body), 0)
    if align == "=":
        return sign + fill * missing + body
    before = {"<": 0, ">": missing, "^": missing // 2}[align]
    return fill * before + sign + body + fill * (missing - before)


def _body(value: Number, kind: str, precision: int) -> tuple[bool, str]:
    """Return whether the rounded number is negative, and its text without the sign."""
    if kind in "fF%":
        shift = 2 if kind == "%" else 0
        number = _fixed(value, precision + shift)
        return number < 0, _plain(abs(number), precision) + "%" * (kind == "%")
    count = max(precision, 1) if kind in "gG" else precision + 1
    number, exponent = _significant(value, count)
    text = whole_text(abs(number)).zfill(count)
    if kind in "gG" and -4 <= exponent < count:
        return number < 0, _stripped(_plain(abs(number), count - 1 - exponent))
    mantissa = f"{text[0]}.{text[1:]}" if text[1:] else text
    mantissa = _stripped(mantissa) if kind in "gG" else mantissa
    body = f"{mantissa}e{'-' if exponent < 0 else '+'}{abs(exponent):02d}"
    return number < 0, body.upper() if kind in "EG" else body


def _fixed(value: Number, places: int) -> int:
    """Return the number times 10^places, rounded half to even."""
    scale, digits = 10**places, places + 2
    while True:
        low: int = round(value.low * scale)
        high: int = round(value.high * scale)
        if low == high:
            return low
        value, digits = value.refined(digits), 2 * digits


def _significant(value: Number, count: int) -> tuple[int, int]:
    """Return so many significant digits as an integer with its sign, and the exponent of the first one."""
    digits = count + 2
    while True:
        low, high = _digits(value.low, count), _digits(value.high, count)
        if low == high:
            return low
        value, digits = value.refined(digits), 2 * digits


def _digits(value: Fraction, count: int) -> tuple[int, int]:
    if not value:
        return 0, 0
    exponent = magnitude(value)
    number = round(value * Fraction(10) ** (count - 1 - exponent))
    return (number, exponent) if abs(number) < 10**count else (number // 10, exponent + 1)


def _plain(number: int, places: int) -> str:
    text = whole_text(number).zfill(places + 1)
    return f"{text[:-places]}.{text[-places:]}" if places else text


def _stripped(text: str) -> str:
    return text.rstrip("0").removesuffix(".") if "." in text else text


def _grouped(text: str, mark: str) -> str:
    whole = re.match(r"[0-9]*", text)
    size = len(whole[0]) if whole else 0
    return re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", mark, text[:size]) + text[size:]
