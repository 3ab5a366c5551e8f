"""How the function that connects the dots turns, and where other functions cost as little; everything is rational."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from reluexact.numbers.types import Vector

ZERO = Fraction(0)


def slopes_of(places: Vector, fit: Vector) -> Vector:
    """Return the slopes between neighbouring places."""
    return tuple((b - a) / (q - p) for a, b, p, q in zip(fit, fit[1:], places, places[1:], strict=False))


def turns_of(slopes: Vector, skip: Fraction | None) -> Vector:
    """Return the change of slope at each place; at the first and the last one, what a function may turn there at no cost.

    skip: the coefficient of the skip connection; None where its slope costs nothing, and so does no turn outside of the data.

    >>> [str(turn) for turn in turns_of((Fraction(3), Fraction(5), Fraction(4)), Fraction(0))]
    ['2', '2', '-1', '-2']
    """
    inner = [after - before for before, after in pairwise(slopes)]
    room = ZERO if skip is None or not slopes else steepness(slopes[0] - skip, inner)
    return (room, *inner, -room)


def steepness(slope: Fraction, turns: list[Fraction]) -> Fraction:
    """Return the slope that all pieces share, beyond what kinks can turn: what a network pays for beside its kinks.

    slope: that of the first piece, without the skip connection.

    >>> [str(steepness(Fraction(5), list(map(Fraction, turns)))) for turns in ([], [-2, 7], [-7, 1])]
    ['5', '3', '0']
    """
    falls = -sum((turn for turn in turns if turn < 0), ZERO)
    rises = sum((turn for turn in turns if turn > 0), ZERO)
    return max(ZERO, slope - falls) + min(ZERO, slope + rises)


def band(places: Vector, fit: Vector, skip: Fraction | None, place: Fraction) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest value at a place, between the first and the last, of the interpolants of least cost.

    Between two places that turn to the same side the function may go anywhere between the line from dot to dot and the lines that
    come from beyond both; elsewhere it is the line from dot to dot.

    >>> F = Fraction
    >>> tuple(map(str, band(tuple(map(F, range(5))), tuple(map(F, (0, 0, 1, 3, 6))), None, F(3, 2))))
    ('0', '1/2')
    """
    if place in places:
        value = fit[places.index(place)]
        return value, value
    slopes = slopes_of(places, fit)
    turns = turns_of(slopes, skip)
    k = sum(other < place for other in places) - 1
    chord = fit[k] + slopes[k] * (place - places[k])
    if turns[k] * turns[k + 1] <= 0:
        return chord, chord
    before = fit[k] + (slopes[k] - turns[k]) * (place - places[k])
    after = fit[k + 1] + (slopes[k] + turns[k + 1]) * (place - places[k + 1])
    return (max(before, after), chord) if turns[k] > 0 else (chord, min(before, after))


def dimension(places: Vector, fit: Vector, skip: Fraction | None) -> int:
    """Return the dimension of the amounts of optimal networks whose neurons, to the right or to the left, have kinks in places.

    Such networks compute the function from dot to dot. At each place that turns the amounts to both sides have a known sum; what
    those to the left have in all is known where the slope costs something, and where a network pays for the slope itself, the two
    neurons that have all places on one side share it.

    >>> line = tuple(map(Fraction, range(4))), tuple(map(Fraction, (0, 1, 0, 1)))
    >>> dimension(*line, None), dimension(*line, Fraction(0))
    (2, 1)
    """
    slopes = slopes_of(places, fit)
    turns = turns_of(slopes, skip)
    count = sum(turn != 0 for turn in turns[1:-1])
    if skip is None:
        return count
    if turns[0]:
        return 1
    left = skip - slopes[0] if slopes else ZERO
    falls, rises = (sum((abs(turn) for turn in turns[1:-1] if turn * sign > 0), ZERO) for sign in (-1, 1))
    return count - 1 if -falls < left < rises else 0
