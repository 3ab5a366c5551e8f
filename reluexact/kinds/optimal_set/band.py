"""The lowest and the highest value that an optimal function has at a place."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.errors import InputError, LimitReached
from reluexact.evidence.neuron import Neuron
from reluexact.kinds.connectivity.placement import require_vertices
from reluexact.kinds.optimal_set.claim import OptimalSet, require_set
from reluexact.model.entries import matrix
from reluexact.numbers.combination import combination
from reluexact.numbers.rational import Floats
from reluexact.numbers.real import Real
from reluexact.numbers.types import Vector


def band(best: OptimalSet, row: object, *, floats: Floats = None) -> tuple[Real, Real]:
    """Return the least and the greatest output that optimal networks have at a row of features, proved.

    row: d numbers, without the last one where the data has a bias. The output at a row is linear in the amounts, so the ends are
    taken at vertices; between them every value is taken. Raises InputError where the vertices are not known.

    >>> from reluexact import Dataset, optimal_set, solve
    >>> toy = optimal_set(solve(Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1]), penalty=1))
    >>> band(toy, [2, 0, 0, 0]), band(toy, [1, 1, 1, 1])
    ((1/2, 1/2), (1/2, 1))
    """
    require_set(best)
    require_vertices(best)
    data = best.optimum.data.given
    (given,) = matrix([row], "row", floats=floats)
    if data.has_bias and len(given) == data.d - 1:
        given = (*given, Fraction(1))
    if len(given) != data.d:
        raise InputError(
            f"row: {len(given)} numbers given, but the data has {data.d - data.has_bias} features; give one for each"
        )
    values = vertex_values(best, given)
    return _end(values, 1), _end(values, -1)


def vertex_values(best: OptimalSet, row: Vector) -> tuple[Real, ...]:
    """Return the output of the network of every vertex at a row of all columns."""
    heights = [_height(row, neuron) for neuron in best.neurons]
    return tuple(
        sum((vertex.amounts[k] * heights[k] for k in vertex.support if heights[k].high or heights[k].low), Real.rational(0))
        for vertex in best.vertices
    )


def _height(row: Vector, neuron: Neuron) -> Real:
    """Return ``sign (x . u)+``; where the sign of x . u is out of reach, an enclosure that begins at 0."""
    along = combination(zip(row, neuron.direction, strict=True))
    try:
        active = along.compare(0)
    except LimitReached:
        low, high = Fraction(0), max(along.high, Fraction(0))
        return Real(low=low, high=high) if neuron.sign > 0 else Real(low=-high, high=low)
    if active <= 0:
        return Real.rational(0)
    return along if neuron.sign > 0 else -along


def _end(values: Sequence[Real], sign: int) -> Real:
    """Return the least of some numbers, or with sign -1 the greatest: one of them where that is decided, else its bounds."""
    first = min(values, key=lambda value: sign * value.middle)
    least = min(value.low if sign > 0 else -value.high for value in values)
    most = min(value.high if sign > 0 else -value.low for value in values)
    if (first.low, first.high) in {(least, most), (-most, -least)}:
        return first
    return Real(low=least, high=most) if sign > 0 else Real(low=-most, high=-least)
