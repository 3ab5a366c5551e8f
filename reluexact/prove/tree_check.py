"""Verify a branch tree of kind ``bound`` in integer arithmetic (CERTIFICATE.md, "Trees"); no floats, nothing of the search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from reluexact.budget import check
from reluexact.evidence.tree import Leaf, Multipliers, PointwiseLeaf, Split, Tighten, TightLeaf, Tree
from reluexact.geometry.signs import Sides
from reluexact.numbers.roots import ceil_root
from reluexact.prove.form import Form

_NORM_BITS = 64

Fault = tuple[int, str]
"""Position in the tree and what is wrong there."""

TightCheck = Callable[[TightLeaf, Sequence[int]], str | None]


@dataclass(frozen=True, slots=True)
class _Cone:
    """Sides per hyperplane (+1, -1, 0) and bounds of ``normal.u`` in multiples of 2^-64.

    base: for each point the linear part and the kinks that are on, in the units of the point.
    """

    sides: list[int]
    top: list[int]
    bottom: list[int]
    base: list[list[int]]


@dataclass(frozen=True, slots=True)
class _Point:
    """A form and its bound in integers: kinks / weight, linear / (scale weight) with the scale of the normals."""

    kinks: list[int]
    linear: list[int]
    weight: int
    bound: Fraction

    @classmethod
    def of(cls, form: Form, bound: Fraction, scale: int) -> _Point:
        weight = lcm(1, *(k.denominator for k in form.kinks), *((v * scale).denominator for v in form.linear))
        kinks = [kink.numerator * (weight // kink.denominator) for kink in form.kinks]
        return cls(kinks=kinks, linear=[int(entry * scale * weight) for entry in form.linear], weight=weight, bound=bound)


def check_tree(form: Form, bound: Fraction, tree: Tree, *, tight: TightCheck | None = None, start: Sides = ()) -> Fault | None:
    """Return None when the tree proves ``form.value(u) <= bound |u|`` for every u, else the first fault found.

    ``tight(leaf, sides)`` judges tight leaves (kind ``optimum``): None when proved, else what is wrong; sides are -1, 0, 1
    per hyperplane. ``start``: hyperplanes that are decided from the outset; then this cone is meant by "every u".

    >>> one = Fraction(1)
    >>> line = Form(normals=((one,),), kinks=(2 * one,), linear=(-one,))
    >>> check_tree(line, one, (Split(0), Leaf(), Leaf()))
    >>> check_tree(line, Fraction(1, 2), (Split(0), Leaf(), Leaf()))
    (1, 'the bound of the leaf is too large')
    >>> check_tree(line, one, (Split(0), Leaf()))
    (2, 'the tree ends too early')
    """
    return check_along(((form, bound),), tree, tight=tight, start=start)


def check_along(
    points: Sequence[tuple[Form, Fraction]], tree: Tree, *, tight: TightCheck | None = None, start: Sides = ()
) -> Fault | None:
    """Check one tree for several forms with their bounds, which have the same normals; see :func:`check_tree`.

    A leaf has to hold for all of them; a :class:`PointwiseLeaf` has one for each.
    """
    return _Check(points, tight).run(tree, start)


class _Check:
    """The forms over common denominators: normals / scale, the rest as in :class:`_Point`."""

    def __init__(self, points: Sequence[tuple[Form, Fraction]], tight: TightCheck | None) -> None:
        self.tight, normals = tight, points[0][0].normals
        self.scale = lcm(1, *(entry.denominator for row in normals for entry in row))
        self.normals = [[int(entry * self.scale) for entry in row] for row in normals]
        self.points = [_Point.of(form, bound, self.scale) for form, bound in points]

    def run(self, tree: Tree, start: Sides) -> Fault | None:
        """Walk the tree in prefix order with the cones still to come on a stack."""
        norms = [_norm(row, self.scale) for row in self.normals]
        cone = _Cone([0] * len(self.normals), norms, norms, [point.linear for point in self.points])
        for hyperplane, side in start:
            cone = self._decided(cone, hyperplane, side)
        stack = [cone]
        for position, node in enumerate(tree):
            check()
            if not stack:
                return position, "the tree has more nodes than it needs"
            cone = stack.pop()
            if isinstance(node, Split):
                fault = self._split(cone, node, stack)
            elif isinstance(node, Tighten):
                fault = self._tighten(cone, node, stack)
            elif isinstance(node, TightLeaf):
                fault = self.tight(node, cone.sides) if self.tight else "a tight leaf has no place in a tree of kind bound"
            elif isinstance(node, PointwiseLeaf):
                fault = self._pointwise(cone, node)
            else:
                fault = self._leaf(cone, node, self.points, cone.base)
            if fault is not None:
                return position, fault
        return (len(tree), "the tree ends too early") if stack else None

    def _decided(self, cone: _Cone, hyperplane: int, side: int) -> _Cone:
        """Return the cone with one more decided hyperplane."""
        sides, base = cone.sides.copy(), cone.base
        sides[hyperplane] = side
        if side > 0:
            normal = self.normals[hyperplane]
            kinks = [point.kinks[hyperplane] for point in self.points]
            base = [[a + kink * b for a, b in zip(line, normal, strict=True)] for line, kink in zip(base, kinks, strict=True)]
        return _Cone(sides, cone.top, cone.bottom, base)

    def _split(self, cone: _Cone, node: Split, stack: list[_Cone]) -> str | None:
        if not 0 <= node.hyperplane < len(self.normals):
            return "there is no such wall"
        if cone.sides[node.hyperplane]:
            return "the wall is decided already"
        stack += [self._decided(cone, node.hyperplane, side) for side in (-1, 1)]
        return None

    def _tighten(self, cone: _Cone, node: Tighten, stack: list[_Cone]) -> str | None:
        if not 0 <= node.hyperplane < len(self.normals) or node.side not in ("hi", "lo"):
            return "there is no such wall or side"
        if cone.sides[node.hyperplane]:
            return "the wall is decided already"
        fault = self._multipliers(cone, node.rho, decided=True)
        if fault is not None:
            return fault
        sign = 1 if node.side == "hi" else -1
        common = lcm(1, *(value.denominator for _, value in node.rho))
        vector = [sign * common * entry for entry in self.normals[node.hyperplane]]
        self._push(vector, cone, node.rho, common)
        if not any(vector):
            stack.append(self._decided(cone, node.hyperplane, -sign))
            return None
        new = _norm(vector, self.scale * common)
        bounds = (cone.top if sign > 0 else cone.bottom).copy()
        bounds[node.hyperplane] = min(bounds[node.hyperplane], new)
        top, bottom = (bounds, cone.bottom) if sign > 0 else (cone.top, bounds)
        stack.append(_Cone(cone.sides, top, bottom, cone.base))
        return None

    def _pointwise(self, cone: _Cone, node: PointwiseLeaf) -> str | None:
        if len(node.leaves) != len(self.points):
            return "a pointwise leaf has one leaf for each point"
        ends = zip(node.leaves, self.points, cone.base, strict=True)
        return next(filter(None, (self._leaf(cone, leaf, [point], [base]) for leaf, point, base in ends)), None)

    def _leaf(self, cone: _Cone, node: Leaf, points: Sequence[_Point], bases: Sequence[list[int]]) -> str | None:
        fault = self._multipliers(cone, node.rho, decided=True) or self._multipliers(cone, node.slope, decided=False)
        if fault is not None:
            return fault
        common = lcm(1, *(value.denominator for _, value in (*node.rho, *node.slope)))
        slopes = {hyperplane: value.numerator * (common // value.denominator) for hyperplane, value in node.slope}
        push = [0] * len(bases[0])
        self._push(push, cone, node.rho, common)
        open_parts = [(hyperplane, slopes.get(hyperplane, 0)) for hyperplane, side in enumerate(cone.sides) if not side]
        for point, base in zip(points, bases, strict=True):
            vector, slack = [common * a + point.weight * b for a, b in zip(base, push, strict=True)], 0
            for hyperplane, part in open_parts:
                kink = point.kinks[hyperplane]
                if kink > 0 or part:
                    slack += max(0, (common - part) * kink * cone.top[hyperplane], part * kink * cone.bottom[hyperplane])
                if part:
                    vector = [a + part * kink * b for a, b in zip(vector, self.normals[hyperplane], strict=True)]
            under = point.bound.denominator << _NORM_BITS
            room = (point.bound.numerator * common * point.weight << _NORM_BITS) - slack * point.bound.denominator
            if room < 0 or sum(entry * entry for entry in vector) * under * under > (room * self.scale) ** 2:
                return "the bound of the leaf is too large"
        return None

    def _multipliers(self, cone: _Cone, entries: Multipliers, *, decided: bool) -> str | None:
        """Check that the hyperplanes exist, ascend, are decided or not as they should be, and carry no negative multipliers."""
        last = -1
        for hyperplane, value in entries:
            if not last < hyperplane < len(self.normals):
                return "walls must exist and ascend"
            if bool(cone.sides[hyperplane]) != decided:
                return "a multiplier belongs to a decided wall, a slope to an undecided one"
            if decided and value < 0:
                return "a multiplier is negative"
            last = hyperplane
        return None

    def _push(self, vector: list[int], cone: _Cone, rho: Multipliers, factor: int) -> None:
        """Add ``factor * sum rho_j sigma_j n_j`` to the vector in place; all denominators divide the factor."""
        for hyperplane, value in rho:
            amount = value.numerator * (factor // value.denominator) * cone.sides[hyperplane]
            for j, entry in enumerate(self.normals[hyperplane]):
                vector[j] += amount * entry


def _norm(vector: Sequence[int], denominator: int) -> int:
    """Return the length of ``vector / denominator`` in multiples of 2^-64, rounded up."""
    square = sum(entry * entry for entry in vector) << 2 * _NORM_BITS
    over = denominator * denominator
    return ceil_root(-(-square // over))
