"""The fits that two-layer networks of some width have, and a network for each of them: exact.

They form a linear space R: fits add up, and times any number they are fits. Since ``(t)+ = (t + |t|) / 2`` it lies in the span of
the columns of X and, for every hyperplane of rows, the vector of ``|c_i|`` where ``x_i = c_i normal``; and it holds these: ``Xw``
is ``(Xw)+ - (-Xw)+``, and near a point u of a hyperplane that lies on no other one ``(X(u + e normal))+ + (X(u - e normal))+ -
2 (Xu)+`` is ``e |normal|^2`` times that vector. So every target can be met unless rows are zero or multiples of one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.numbers.linalg import dot, independent_rows, kernel, solve, transpose
from reluexact.numbers.roots import root_below
from reluexact.numbers.types import Vector

ZERO, ONE = Fraction(0), Fraction(1)
_BITS = 64
Neuron = tuple[Vector, Fraction]
"""Hidden weights and output weight."""


def nearest_fit(data: Dataset) -> Vector:
    """Return the fit of least squared error: the projection of y onto R; y itself where a network interpolates.

    >>> [str(entry) for entry in nearest_fit(Dataset([[1], [1], [0]], [1, 2, 5]))]
    ['3/2', '3/2', '0']
    """
    planes, y = data.hyperplanes, data.y
    sums: dict[tuple[int, bool], tuple[Fraction, Fraction]] = {}
    for plane, factor, target in zip(planes.hyperplane_of, planes.factor, y, strict=True):
        if plane is not None:
            along, square = sums.get((plane, factor > 0), (ZERO, ZERO))
            sums[plane, factor > 0] = along + abs(factor) * target, square + factor * factor
    shares = {side: along / square for side, (along, square) in sums.items()}
    both = [plane for plane in range(len(planes)) if (plane, False) in sums]
    across = kernel(transpose([planes.normals[plane] for plane in both])) if both else ()
    if across:
        ups, downs = ([1 / sums[plane, side][1] for plane in both] for side in (True, False))
        apart = [shares[plane, True] - shares[plane, False] for plane in both]
        weights = [up + down for up, down in zip(ups, downs, strict=True)]
        gram = [
            [sum((a * w * b for a, w, b in zip(one, weights, other, strict=True)), ZERO) for other in across] for one in across
        ]
        factors = solve(gram, [dot(one, apart) for one in across]) or ()
        for place, plane in enumerate(both):
            move = sum((f * one[place] for f, one in zip(factors, across, strict=True)), ZERO)
            shares[plane, True] -= move * ups[place]
            shares[plane, False] += move * downs[place]
    return tuple(
        ZERO if plane is None else abs(factor) * shares[plane, factor > 0]
        for plane, factor in zip(planes.hyperplane_of, planes.factor, strict=True)
    )


def deciding_rows(data: Dataset) -> tuple[int, ...]:
    """Return rows, as few as possible, whose outputs determine all: of every hyperplane the first, and some opposite ones.

    >>> deciding_rows(Dataset([[1, 0], [2, 0], [-1, 0], [0, 1], [0, 0]], [1, 2, 3, 4, 0]))
    (0, 2, 3)
    """
    planes = data.hyperplanes
    opposite: dict[int, int] = {}
    for row, (plane, factor) in enumerate(zip(planes.hyperplane_of, planes.factor, strict=True)):
        if plane is not None and factor < 0:
            opposite.setdefault(plane, row)
    both = sorted(opposite)
    needed = independent_rows([planes.normals[plane] for plane in both]) if both else ()
    return tuple(sorted([*planes.rows, *(opposite[both[place]] for place in needed)]))


def network_of_fit(data: Dataset, fit: Sequence[Fraction]) -> Network:
    """Return a network whose outputs are a fit in R, exactly; it is not the cheapest one.

    >>> data = Dataset([[1, 1], [2, 1], [-2, -1]], [1, 5, 7])
    >>> network_of_fit(data, data.y).predict(data.X) == data.y
    True
    """
    planes = data.hyperplanes
    both = {plane: row for row, plane in enumerate(planes.hyperplane_of) if plane is not None and planes.factor[row] < 0}
    apart = [(fit[planes.rows[plane]] + fit[row] / planes.factor[row]) / 2 for plane, row in both.items()]
    line = solve([planes.normals[plane] for plane in both], apart) if both else None
    neurons: list[Neuron] = []
    if line is not None and any(line):
        neurons += [(line, ONE), (tuple(-entry for entry in line), -ONE)]
    for plane, normal in enumerate(planes.normals):
        share = fit[planes.rows[plane]] - (ZERO if line is None else dot(normal, line))
        if share:
            neurons += _kink(data, plane, share)
    made = [_balanced(hidden, output) for hidden, output in neurons if any(hidden)]
    return Network([hidden for hidden, _ in made], [output for _, output in made])


def cost(network: Network) -> Fraction:
    """Return ``1/2 sum (|w|^2 + a^2)``, which is the sum of ``|w| |a|`` where the network is balanced, and more elsewhere."""
    return sum((dot(w, w) + a * a for w, a in zip(network.hidden, network.output, strict=True)), ZERO) / 2


def _kink(data: Dataset, plane: int, share: Fraction) -> list[Neuron]:
    """Return three neurons with the outputs ``share |c_i|`` on the rows ``c_i normal`` of a hyperplane, and 0 elsewhere."""
    normals = data.hyperplanes.normals
    normal = normals[plane]
    square, others = dot(normal, normal), [other for place, other in enumerate(normals) if place != plane]
    start = 0
    while True:  # a moment curve meets each other hyperplane in fewer than d points
        start += 1
        curve = tuple(Fraction(start**j) for j in range(data.d))
        lift = dot(normal, curve) / square
        point = tuple(entry - lift * up for entry, up in zip(curve, normal, strict=True))
        heights = [abs(dot(other, point)) for other in others]
        if all(heights):
            break
    slopes = [abs(dot(other, normal)) for other in others]
    step = min((height / (2 * slope) for height, slope in zip(heights, slopes, strict=True) if slope), default=ONE)
    size = share / (step * square)
    above, below = (tuple(p + side * step * up for p, up in zip(point, normal, strict=True)) for side in (1, -1))
    return [(above, size), (below, size), (point, -2 * size)]


def _balanced(hidden: Vector, output: Fraction) -> Neuron:
    """Return the neuron with weights of nearly equal length that computes the same."""
    ratio = dot(hidden, hidden) / (output * output)
    shift = (ratio.numerator.bit_length() - ratio.denominator.bit_length()) // 4
    near = root_below(root_below(ratio / Fraction(2) ** (4 * shift), _BITS), _BITS) * Fraction(2) ** shift
    return tuple(entry / near for entry in hidden), output * near
