"""Networks that are images of each other: proved to have the same objective although it is known by enclosures only.

A proved network minimises ``1/2 |y - A z|^2 + b sum_k |B_k z_k|`` over all z: its equations E1 and E2 say that the gradient
vanishes, and the function is convex. So the value is a function of the inner products of A, of A with y, and of the bases B_k;
when those of two networks agree up to the order of the neurons and the signs of the z_k, the values are equal. Data that is
symmetric under x -> -x, or under an exchange of features, gives such networks.
"""

from __future__ import annotations

from fractions import Fraction

from reluexact.numbers.linalg import dot
from reluexact.prove.structure import Kkt

_MOST = 8
"""Neurons up to which an order is looked for."""


def same_value(first: Kkt, second: Kkt) -> bool:
    """Say whether two networks on the same data are known to have the same objective in this way (False: not known)."""
    count = len(first.bases)
    if first.lineality or second.lineality or len(second.bases) != count or count > _MOST:
        return False
    return _Order(first, second).extends(())


class _Order:
    """The search for an order of the second network's neurons, each with a sign."""

    def __init__(self, first: Kkt, second: Kkt) -> None:
        self.first, self.second = first, second

    def extends(self, chosen: tuple[tuple[int, int], ...]) -> bool:
        """Say whether the (neuron, sign) pairs for the first network's first neurons can be completed."""
        if len(chosen) == len(self.first.bases):
            return True
        taken = {block for block, _ in chosen}
        return any(
            self._fits((*chosen, (block, sign))) and self.extends((*chosen, (block, sign)))
            for block in range(len(self.second.bases))
            if block not in taken
            for sign in (1, -1)
        )

    def _fits(self, chosen: tuple[tuple[int, int], ...]) -> bool:
        """Compare the inner products of the last neuron with the target and with those before it, and its basis."""
        last = len(chosen) - 1
        block, sign = chosen[-1]
        ours, theirs = self.first.bases[last], self.second.bases[block]
        if [[dot(a, b) for b in ours] for a in ours] != [[dot(a, b) for b in theirs] for a in theirs]:
            return False
        y = self.first.program.data.y
        left, right = _columns(self.first, last), _columns(self.second, block)
        if [dot(column, y) for column in left] != [sign * dot(column, y) for column in right]:
            return False
        for place, (other, mark) in enumerate(chosen):
            products = [[dot(a, b) for b in _columns(self.first, place)] for a in left]
            if products != [[sign * mark * dot(a, b) for b in _columns(self.second, other)] for a in right]:
                return False
        return True


def _columns(kkt: Kkt, block: int) -> list[tuple[Fraction, ...]]:
    """Return the columns of A of one neuron."""
    return [kkt.design[position] for position in kkt.omega(block)]
