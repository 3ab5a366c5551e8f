"""A positive rational number as a sum of squares of rational numbers, at most four (Lagrange 1770), few where that is known.

p/q is a sum of k squares of rational numbers exactly when the integer pq is a sum of k of integers (for k <= 3: Davenport and
Cassels, Serre, A Course in Arithmetic, IV). Two squares need the primes of pq (Fermat; Hardy & Wright 1979, Thm 366), three are
missing exactly at 4^a (8b + 7) (Legendre, Gauss). Every answer is checked by its sum; nothing here depends on chance or time.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpz

from reluexact.numbers.roots import floor_root, integer_root

MOST_BITS = 128
"""An integer without small primes is factored up to this size; beyond it its primes are known only if it is one."""

_SMALL = tuple(p for p in range(2, 1000) if all(p % k for k in range(2, p)))

Roots = tuple[int, ...]


def fewest_squares(value: Fraction) -> tuple[Fraction, ...]:
    """Return positive rational numbers, the greatest first, whose squares sum to a positive number.

    There are as few as possible, unless a factor of more than 128 bits hides that two are enough; then there are three or four.

    >>> fewest_squares(Fraction(9, 4)), fewest_squares(Fraction(1, 2))
    ((Fraction(3, 2),), (Fraction(1, 2), Fraction(1, 2)))
    >>> fewest_squares(Fraction(3)), fewest_squares(Fraction(7))
    ((Fraction(1, 1), Fraction(1, 1), Fraction(1, 1)), (Fraction(2, 1), Fraction(1, 1), Fraction(1, 1), Fraction(1, 1)))
    """
    if value <= 0:
        raise ValueError("only a positive number is a sum of squares of some numbers that are not 0")
    whole = value.numerator * value.denominator
    scale = 1
    while whole % 4 == 0:
        whole, scale = whole // 4, 2 * scale
    roots = _one(whole) or _two(whole) or _three(whole) or _four(whole)
    if sum(root * root for root in roots) != whole:
        raise ArithmeticError("the squares do not add up; please report the number")
    return tuple(Fraction(root * scale, value.denominator) for root in sorted(roots, reverse=True))


def _one(whole: int) -> Roots:
    root = integer_root(whole)
    return () if root is None else (root,)


def _two(whole: int) -> Roots:
    """Return two integers whose squares sum to a positive integer that is no square; nothing where none are found."""
    primes = _primes(whole)
    if primes is None or any(power % 2 and prime % 4 == 3 for prime, power in primes):
        return ()
    scale, real, imaginary = 1, 1, 0  # scale (real + i imaginary), whose squared absolute value is the product so far
    for prime, power in primes:
        scale *= prime ** (power // 2)
        if power % 2:
            a, b = _of_prime(prime)
            real, imaginary = real * a - imaginary * b, real * b + imaginary * a
    return (scale * abs(real), scale * abs(imaginary)) if real and imaginary else ()


def _three(whole: int) -> Roots:
    """Return three integers, none 0, for an integer that 4 does not divide and that is no sum of two; nothing for 8b + 7."""
    if whole % 8 == 7:
        return ()
    for first in range(floor_root(whole), 0, -1):
        rest = whole - first * first
        roots = (_one(rest) or _two(rest)) if rest else ()
        if roots:
            return (first, *roots)
    raise ArithmeticError("a sum of three squares was not found; please report the number")


def _four(whole: int) -> Roots:
    """Return four integers for 8b + 7: less an odd square, it is a sum of three."""
    first = floor_root(whole)
    first -= 1 - first % 2
    rest = whole - first * first
    return (first, *(_one(rest) or _two(rest) or _three(rest)))


def _primes(whole: int) -> list[tuple[int, int]] | None:
    """Return the primes with their powers; None where they are not known."""
    found = []
    for prime in _SMALL:
        power = 0
        while whole % prime == 0:
            whole, power = whole // prime, power + 1
        if power:
            found.append((prime, power))
    if whole == 1:
        return found
    root = integer_root(whole)
    if root is not None:
        rest = _primes(root)
        return None if rest is None else [*found, *((prime, 2 * power) for prime, power in rest)]
    if whole.bit_length() <= MOST_BITS:
        return [*found, *((int(prime), int(power)) for prime, power in fmpz(whole).factor())]
    return [*found, (whole, 1)] if fmpz(whole).is_probable_prime() else None


def _of_prime(prime: int) -> tuple[int, int]:
    """Return a and b with ``a^2 + b^2 = prime`` for 2 and a prime 4k + 1: Euclid's algorithm from a root of -1 (Cornacchia)."""
    if prime == 2:
        return 1, 1
    root = next(r for r in (pow(base, (prime - 1) // 4, prime) for base in range(2, prime)) if r * r % prime == prime - 1)
    a, b, most = prime, root, floor_root(prime)
    while b > most:
        a, b = b, a % b
    return b, floor_root(prime - b * b)
