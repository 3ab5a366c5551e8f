"""Real numbers as sympy expressions and as LaTeX formulas; every digit that is printed is proved."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import reduce
from math import gcd

import sympy

from reluexact.model.misplaced import misplaced
from reluexact.numbers.decimals import magnitude, rounded_text
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.real import Real

DIGITS = 12
"""Significant digits of an irrational number in a formula, unless asked otherwise."""

PLACES = 8
"""Digits of numbers in the tables of a document."""

SHORT = 12
"""A rational number of more characters than this is printed as a decimal, and a closed form of more terms by its digits."""

MOST_TERMS = 3
LOWEST, HIGHEST = -4, 9
"""Decimal exponents outside of this range are written as powers of ten."""


def rational_expression(value: Fraction | int) -> sympy.Expr:
    """Return a rational number of sympy.

    >>> rational_expression(Fraction(2, 6))
    1/3
    """
    exact = Fraction(value)
    return sympy.Rational(exact.numerator, exact.denominator)


def radical_expression(value: RadicalSum) -> sympy.Expr:
    """Return a sum of square roots in sympy.

    >>> radical_expression(RadicalSum.root(Fraction(1, 2)))
    sqrt(2)/2
    """
    terms = [rational_expression(factor) * sympy.sqrt(radicand) for radicand, factor in value.terms]
    return sympy.Add(*terms)


def real_expression(value: Real) -> sympy.Expr | None:
    """Return the exact number in sympy when it is known to be a sum of square roots, else None.

    >>> real_expression(Real.rational(Fraction(1, 3))), real_expression(Real(low=Fraction(1), high=Fraction(2)))
    (1/3, None)
    """
    if not isinstance(value, Real):
        raise misplaced("value", value, "a Real", "pass a number of a claim, such as optimum.value")
    if value.is_rational:
        return rational_expression(value.low)
    return None if value.radical is None else radical_expression(value.radical)


def rational_latex(value: Fraction | int, digits: int = DIGITS) -> str:
    r"""Write a rational number: exactly when that is short, else by its leading digits.

    >>> rational_latex(Fraction(-3, 2)), rational_latex(Fraction(39, 400)), rational_latex(Fraction(1, 10**30 + 1))
    ('-\\frac{3}{2}', '\\frac{39}{400}', '9.99999999999\\ldots\\cdot 10^{-31}')
    """
    exact = Fraction(value)
    top, bottom = format_fraction(Fraction(abs(exact.numerator))), format_fraction(Fraction(exact.denominator))
    if len(top) + len(bottom) <= SHORT:
        text = top if bottom == "1" else rf"\frac{{{top}}}{{{bottom}}}"
        return f"-{text}" if exact < 0 else text
    return digits_latex(exact, exact, digits)


def decimal_latex(value: Fraction) -> str:
    r"""Write a rational number as a terminating decimal where it is a short one, else as a quotient.

    >>> decimal_latex(Fraction(93, 5)), decimal_latex(Fraction(1, 3))
    ('18.6', '\\frac{1}{3}')
    """
    for places in range(SHORT):
        scaled = value * 10**places
        if scaled.denominator == 1:
            text = _plain(rounded_text(value, max(magnitude(value), 0) + places + 1)) if value else "0"
            return text if len(text) <= SHORT else rational_latex(value)
    return rational_latex(value)


def radical_latex(value: RadicalSum) -> str | None:
    r"""Write a sum of few square roots with short coefficients, else return None.

    >>> radical_latex(RadicalSum(((1, Fraction(1)), (2, Fraction(-1, 2)))))
    '1-\\frac{1}{\\sqrt{2}}'
    """
    if not value.terms:
        return "0"
    if len(value.terms) > MOST_TERMS:
        return None
    parts = [_term(radicand, factor) for radicand, factor in value.terms]
    if any(part is None for part in parts):
        return None
    text = "".join(f"{'-' if factor < 0 else '+'}{part}" for part, (_, factor) in zip(parts, value.terms, strict=True))
    return text.removeprefix("+")


def _term(radicand: int, factor: Fraction) -> str | None:
    top, bottom, root = abs(factor.numerator), factor.denominator, format_fraction(Fraction(radicand))
    if len(str(top)) + len(str(bottom)) + len(root) > SHORT:
        return None
    if radicand == 1:
        return str(top) if bottom == 1 else rf"\frac{{{top}}}{{{bottom}}}"
    common = gcd(bottom, radicand)
    if common == radicand:  # 5 sqrt(40829) / 40829 reads better as 5 / sqrt(40829)
        rest = "" if bottom == radicand else str(bottom // radicand)
        return rf"\frac{{{top}}}{{{rest}\sqrt{{{root}}}}}"
    upper = rf"{'' if top == 1 else top}\sqrt{{{root}}}"
    return upper if bottom == 1 else rf"\frac{{{upper}}}{{{bottom}}}"


def real_latex(value: Real, digits: int = DIGITS) -> str:
    r"""Write a real number: exactly when that is short, else with proved digits and dots, else as an enclosure.

    >>> real_latex(Real.of_radical(RadicalSum.root(Fraction(2)))), real_latex(Real(low=Fraction(1, 3), high=Fraction(34, 100)))
    ('\\sqrt{2}', '0.3\\ldots')
    >>> real_latex(Real(low=Fraction(-1), high=Fraction(2)))
    '0.5\\pm 1.5'
    """
    if value.is_rational:
        return rational_latex(value.low, digits)
    exact = None if value.radical is None else radical_latex(value.radical)
    return digits_latex(value.low, value.high, digits) if exact is None else exact


def inline_latex(value: Real, digits: int = DIGITS) -> str:
    r"""Write a real number without a fraction bar, as a line of a table needs it.

    >>> inline_latex(Real.rational(Fraction(-1, 3))), inline_latex(Real.of_radical(RadicalSum.root(Fraction(1, 1025))))
    ('-1/3', '1/(5\\sqrt{41})')
    """
    exact = RadicalSum.rational(value.low) if value.is_rational else value.radical
    if exact is None or len(exact.terms) != 1:
        return real_latex(value, digits)
    found = re.fullmatch(r"(-?)\\frac\{(.+)\}\{(\d*)(\\sqrt\{\d+\})?\}", real_latex(value, digits))
    if found is None:
        return real_latex(value, digits)
    sign, top, factor, root = found.groups()
    bottom = f"({factor}{root})" if factor and root else factor or root
    return f"{sign}{top}/{bottom}"


def number_latex(value: Real, digits: int = DIGITS) -> str:
    """Write a real number by its digits alone, as tables need it; short rational numbers stay exact decimals."""
    if value.is_rational:
        text = decimal_latex(value.low)
        return digits_latex(value.low, value.low, digits) if "frac" in text else text
    return digits_latex(value.low, value.high, digits)


def digits_latex(low: Fraction, high: Fraction, digits: int) -> str:
    r"""Write the leading digits, cut off, that all numbers between the bounds share; the middle and the radius if there are none.

    >>> digits_latex(Fraction(2, 3), Fraction(2, 3), 5), digits_latex(Fraction(-1, 7**9), Fraction(-1, 7**9), 3)
    ('0.66666\\ldots', '-2.47\\ldots\\cdot 10^{-8}')
    """
    if low == high == 0:
        return "0"
    for count in range(digits, 0, -1):
        texts = {_cut(end, count) for end in (low, high)}
        if len(texts) == 1:
            return texts.pop()
    middle, radius = (low + high) / 2, (high - low) / 2
    places = magnitude(radius)
    if abs(middle) <= radius / 10:
        return rf"0\pm {_scientific(radius + abs(middle), 2)}"
    accuracy = max(magnitude(middle) - places + 2, 1)
    shown = rounded_text(middle, accuracy)
    return rf"{_plain(shown)}\pm {_scientific(radius + abs(middle - Fraction(shown)), 2)}"


def _cut(value: Fraction, digits: int) -> str:
    """Write ``digits`` significant digits, cut off towards 0, with dots unless this is all."""
    if not value:
        return "0"
    exponent = magnitude(value)
    unit = Fraction(10) ** (exponent - digits + 1)
    cut = (abs(value) // unit) * unit
    rest = "" if cut == abs(value) else r"\ldots"
    sign = "-" if value < 0 else ""
    if LOWEST <= exponent <= HIGHEST and digits > exponent:
        return f"{sign}{_plain(rounded_text(cut, digits), keep=bool(rest))}{rest}"
    return rf"{sign}{_plain(rounded_text(cut / Fraction(10) ** exponent, digits), keep=bool(rest))}{rest}\cdot 10^{{{exponent}}}"


def _scientific(value: Fraction, digits: int) -> str:
    """Write a positive number with few digits, rounded up."""
    exponent = magnitude(value)
    unit = Fraction(10) ** (exponent - digits + 1)
    rounded = -(-value // unit) * unit
    exponent = magnitude(rounded)
    if -2 <= exponent <= 3:
        return _plain(rounded_text(rounded, digits))
    return rf"{_plain(rounded_text(rounded / Fraction(10) ** exponent, digits))}\cdot 10^{{{exponent}}}"


def _plain(text: str, *, keep: bool = False) -> str:
    """Turn the exponent notation of a short text into LaTeX, and drop zeros at the end unless more digits follow."""
    body, mark, exponent = text.partition("e")
    if "." in body and not mark and not keep:
        body = body.rstrip("0").rstrip(".")
    return rf"{body}\cdot 10^{{{int(exponent)}}}" if mark else body


def vector_latex(entries: tuple[Real, ...], digits: int = DIGITS, *, inline: bool = False) -> str:
    r"""Write a vector as a row; an integer vector divided by its length where it is one, with a slash when it is ``inline``.

    >>> half = Real.of_radical(RadicalSum.root(Fraction(1, 2)))
    >>> vector_latex((half, half)), vector_latex((Real.rational(0), Real.rational(1)))
    ('\\tfrac{1}{\\sqrt{2}}\\,(1,\\,1)', '(0,\\,1)')
    """
    ray = ray_of(entries)
    if ray is not None:
        square, whole = sum(entry * entry for entry in ray), r",\,".join(map(str, ray))
        if square == 1:
            return f"({whole})"
        root = RadicalSum.root(Fraction(square)).as_fraction()
        length = rf"\sqrt{{{square}}}" if root is None else str(root)
        return f"({whole})/{length}" if inline else rf"\tfrac{{1}}{{{length}}}\,({whole})"
    return "(" + r",\,".join(real_latex(entry, digits) for entry in entries) + ")"


def ray_of(entries: tuple[Real, ...]) -> tuple[int, ...] | None:
    """Return the short coprime integer vector of which a unit vector is the multiple, None when it is not known to be one.

    A vector of another length is none.

    >>> root = RadicalSum.root(Fraction(1, 5))
    >>> ray_of((Real.of_radical(root.scaled(Fraction(-2))), Real.of_radical(root)))
    (-2, 1)
    >>> ray_of((Real.rational(1), Real.rational(2)))
    """
    if any(entry.radical is None for entry in entries):
        return None
    exact = [entry.radical or RadicalSum() for entry in entries]
    radicands = {radicand for entry in exact for radicand, _ in entry.terms}
    if len(radicands) != 1:
        return None
    factors = [entry.terms[0][1] if entry.terms else Fraction(0) for entry in exact]
    if sum(factor * factor for factor in factors) * radicands.pop() != 1:
        return None
    scale = reduce(lambda a, b: a * b // gcd(a, b), (factor.denominator for factor in factors), 1)
    whole = [int(factor * scale) for factor in factors]
    common = gcd(*whole)
    ray = tuple(entry // common for entry in whole)
    return ray if all(abs(entry) < 10**6 for entry in ray) else None
