"""The optimal value as a quadratic function of the penalty, where the residual is known exactly on a segment.

At an optimum ``fit . theta = b sum of amounts``, so the value ``1/2 |theta|^2 + b sum of amounts`` is
``y . theta - 1/2 |theta|^2``. Where every neuron lies on a ray, theta is affine in the penalty b, and the value is
``c_0 + c_1 b + c_2 b^2``.
"""

from __future__ import annotations

from fractions import Fraction

from reluexact.numbers.radicals import RadicalSum
from reluexact.prove.path.segment import ProvedSegment

ONE, HALF = Fraction(1), Fraction(1, 2)


def closed_value(proved: ProvedSegment) -> tuple[RadicalSum, RadicalSum, RadicalSum] | None:
    """Return c_0, c_1 and c_2; None where an entry of the residual is not known exactly, and for targets that move."""
    data = proved.program.data
    if proved.segment.drift:
        return None
    total = [RadicalSum(), RadicalSum(), RadicalSum()]
    for i, y in enumerate(data.y):
        entry = proved.identities.exact([Fraction(int(i == j)) for j in range(data.n)])
        if entry is None:
            return None
        total[0] += RadicalSum.rational(y * entry.constant - HALF * entry.constant**2)
        total[1] += entry.root.scaled(y - entry.constant)
        total[2] -= (entry.root * entry.root).scaled(HALF)
    return total[0], total[1], total[2]
