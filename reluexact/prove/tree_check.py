"""Verify a branch tree of kind ``bound`` in integer arithmetic (CERTIFICATE.md, "Trees"); no floats, nothing of the search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from reluexact.budget import check
from reluexact.evidence.tree import Leaf, Multipliers, Split, Tighten, TightLeaf, Tree
from reluexact.geometry.signs import Sides
from reluexact.numbers.roots import ceil_root
from reluexact.prove.form import Form

_NORM_BITS = 64

Fault = tuple[int, str]
"""Position in the tree and what is wrong there."""

TightCheck = Callable[[TightLeaf, Sequence[int]], str | None]


@dataclass(frozen=True, slots=True)
class _Cone:
    """Sides per hyperplane (+1, -1, 0) and bounds of ``normal.u`` in multiples of 2^-64."""

    sides: list[int]
    top: list[int]
    bottom: list[int]


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
    return _Check(form, bound, tight).run(tree, start)


class _Check:
    """The form over common denominators: normals / scale, kinks and linear / weight, both with integer numerators."""

    def __init__(self, form: Form, bound: Fraction, tight: TightCheck | None) -> None:
        self.bound, self.tight = bound, tight
        self.scale = lcm(1, *(entry.denominator for row in form.normals for entry in row))
        self.normals = [[int(entry * self.scale) for entry in row] for row in form.normals]
        self.weight = lcm(1, *(k.denominator for k in form.kinks), *((v * self.scale).denominator for v in form.linear))
        self.kinks = [int(kink * self.weight) for kink in form.kinks]
        self.linear = [int(entry * self.scale * self.weight) for entry in form.linear]

    def run(self, tree: Tree, start: Sides) -> Fault | None:
        """Walk the tree in prefix order with the cones still to come on a stack."""
        norms, sides = [_norm(row, self.scale) for row in self.normals], [0] * len(self.normals)
        for hyperplane, side in start:
            sides[hyperplane] = side
        stack = [_Cone(sides, norms, norms)]
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
            else:
                fault = self._leaf(cone, node)
            if fault is not None:
                return position, fault
        return (len(tree), "the tree ends too early") if stack else None

    def _split(self, cone: _Cone, node: Split, stack: list[_Cone]) -> str | None:
        if not 0 <= node.hyperplane < len(self.normals):
            return "there is no such wall"
        if cone.sides[node.hyperplane]:
            return "the wall is decided already"
        for side in (-1, 1):
            sides = cone.sides.copy()
            sides[node.hyperplane] = side
            stack.append(_Cone(sides, cone.top, cone.bottom))
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
            sides = cone.sides.copy()
            sides[node.hyperplane] = -sign
            stack.append(_Cone(sides, cone.top, cone.bottom))
            return None
        new = _norm(vector, self.scale * common)
        bounds = (cone.top if sign > 0 else cone.bottom).copy()
        bounds[node.hyperplane] = min(bounds[node.hyperplane], new)
        stack.append(_Cone(cone.sides, bounds, cone.bottom) if sign > 0 else _Cone(cone.sides, cone.top, bounds))
        return None

    def _leaf(self, cone: _Cone, node: Leaf) -> str | None:
        fault = self._multipliers(cone, node.rho, decided=True) or self._multipliers(cone, node.slope, decided=False)
        if fault is not None:
            return fault
        common = lcm(1, *(value.denominator for _, value in (*node.rho, *node.slope)))
        slopes = {hyperplane: value.numerator * (common // value.denominator) for hyperplane, value in node.slope}
        vector = [common * entry for entry in self.linear]
        slack = 0
        for hyperplane, (kink, normal) in enumerate(zip(self.kinks, self.normals, strict=True)):
            part = slopes.get(hyperplane, 0) if not cone.sides[hyperplane] else common if cone.sides[hyperplane] > 0 else 0
            if part and kink:
                vector = [a + part * kink * b for a, b in zip(vector, normal, strict=True)]
            if not cone.sides[hyperplane]:
                slack += max(0, (common - part) * kink * cone.top[hyperplane], part * kink * cone.bottom[hyperplane])
        self._push(vector, cone, node.rho, common * self.weight)
        room = self.bound - Fraction(slack, common * self.weight << _NORM_BITS)
        square = Fraction(sum(entry * entry for entry in vector), (self.scale * self.weight * common) ** 2)
        return None if room >= 0 and square <= room * room else "the bound of the leaf is too large"

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
