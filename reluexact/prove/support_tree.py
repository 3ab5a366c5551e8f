"""The maximum of ``l.u + sum_h k_h (n_h.u)+`` over unit vectors u, exactly, with all maximisers and the tree that proves it.

Branch and bound in rational numbers. Where every hyperplane with k_h > 0 is decided the function is concave on the cone, so the
shortest vector of the dual problem is the projection that the maximum is the length of, and the only maximiser points along it:
``max {f(u) : u in K, |u| <= 1} = min |l + sum_on k_h n_h + sum_und s_h k_h n_h + sum_j rho_j sigma_j n_j|`` over rho >= 0 and
slopes s_h in [0, 1] of the undecided hyperplanes. Where positive kinks are left undecided each of them takes the slope 1/2 and
costs ``k_h |n_h| / 2`` at most.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from reluexact.budget import check
from reluexact.errors import Limit, LimitReached, Message
from reluexact.evidence.tree import Leaf, Multipliers, Node, Split, Tree
from reluexact.geometry.shortest import Range, shortest
from reluexact.geometry.signs import Sides
from reluexact.numbers.linalg import dot
from reluexact.numbers.roots import root_above
from reluexact.numbers.types import Vector
from reluexact.prove.form import Form

_BITS = 80
_MARGIN = 1 - Fraction(1, 1 << 40)
ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The greatest value on unit vectors is the root of ``square``; the maximisers are vectors of this squared length.

    They are sorted; there is none when the square is 0, for then no direction is seen more than another.
    """

    square: Fraction
    maximisers: tuple[Vector, ...]
    tree: Tree


def support(form: Form, *, limit: int = 200_000) -> Support:
    """Return the maximum over unit vectors; raises LimitReached when the tree needs more than ``limit`` nodes.

    >>> one = Fraction(1)
    >>> found = support(Form(normals=((one, one), (one, -one)), kinks=(one, 2 * one), linear=(0 * one, one)))
    >>> found.square, [[str(entry) for entry in vector] for vector in found.maximisers]
    (Fraction(9, 1), [['3', '0']])
    """
    search = _Search(form, limit)
    tree = search.visit((), form.linear)
    found = Support(square=search.square, maximisers=tuple(sorted(search.best)), tree=tree)
    fault = support_fault(form, found)
    if fault is not None:
        raise ArithmeticError(f"the tree of the support function does not hold: {fault}")
    return found


class _Search:
    """The best value that a direction reached so far, and the vectors that reach it."""

    def __init__(self, form: Form, limit: int) -> None:
        self.form, self.limit, self.count = form, limit, 0
        self.square, self.best = ZERO, set[Vector]()
        self.lengths = [root_above(dot(normal, normal), _BITS) for normal in form.normals]
        weights = [kink * length for kink, length in zip(form.kinks, self.lengths, strict=True)]
        self.order = sorted((h for h, kink in enumerate(form.kinks) if kink > 0), key=lambda h: (-weights[h], h))

    def visit(self, sides: Sides, base: Vector) -> Tree:
        """Return the tree of a cone; ``base``: the linear part and the pieces of the hyperplanes that are on."""
        check()
        self.count += 1
        if self.count > self.limit:
            stop = Limit(counted="nodes", value=self.limit, reached=self.count, argument="limit")
            raise LimitReached(Message(f"the tree of the support function has more than {self.limit} nodes", limit=stop))
        known = dict(sides)
        undecided = [h for h in self.order if h not in known]
        leaf, vector, slack = self._bound(known, base, undecided)
        self._reached(vector)
        if not undecided or below(dot(vector, vector), slack, self.square * _MARGIN):
            return (leaf,)
        first = undecided[0]
        on = tuple(a + self.form.kinks[first] * b for a, b in zip(base, self.form.normals[first], strict=True))
        node: Node = Split(first)
        return (node, *self.visit((*sides, (first, 1)), on), *self.visit((*sides, (first, -1)), base))

    def _bound(self, known: dict[int, int], base: Vector, undecided: list[int]) -> tuple[Leaf, Vector, Fraction]:
        form = self.form
        concave = [h for h, kink in enumerate(form.kinks) if kink < 0 and h not in known]
        rows = [tuple(side * entry for entry in form.normals[h]) for h, side in known.items()]
        rows += [tuple(form.kinks[h] * entry for entry in form.normals[h]) for h in concave]
        ranges: list[Range] = [(ZERO, None)] * len(known) + [(ZERO, ONE)] * len(concave)
        offset = base
        for h in undecided:
            offset = tuple(a + HALF * form.kinks[h] * b for a, b in zip(offset, form.normals[h], strict=True))
        slack = sum((HALF * form.kinks[h] * self.lengths[h] for h in undecided), ZERO)
        found = shortest(rows, offset, ranges)
        cut = len(known)
        slopes = [*zip(concave, found.coefficients[cut:], strict=True), *((h, HALF) for h in undecided)]
        leaf = Leaf(rho=_kept(zip(known, found.coefficients[:cut], strict=True)), slope=_kept(slopes))
        return leaf, found.vector, slack

    def _reached(self, vector: Vector) -> None:
        """Take note of the value at a direction."""
        value = self.form.value(vector)
        if value <= 0:
            return
        length = dot(vector, vector)
        square = value * value / length
        if square > self.square:
            self.square, self.best = square, set()
        if square == self.square:
            self.best.add(tuple(value / length * entry for entry in vector))


def _kept(pairs: Iterable[tuple[int, Fraction]]) -> Multipliers:
    return tuple(sorted((h, value) for h, value in pairs if value))


def below(left: Fraction, slack: Fraction, right: Fraction) -> bool:
    """Say whether ``sqrt(left) + slack < sqrt(right)``, exactly, for numbers >= 0.

    >>> below(Fraction(2), Fraction(1), Fraction(6)), below(Fraction(4), Fraction(1), Fraction(9))
    (True, False)
    """
    rest = right - left - slack * slack
    return rest > 0 and rest * rest > 4 * slack * slack * left


def support_fault(form: Form, claim: Support) -> str | None:
    """Return None when the claim holds, all maximisers included, else what is wrong.

    A leaf bounds the function by ``|v| + e``. It is either less than the maximum, or e is 0 and v a maximiser: on the cone
    ``f(u) <= v.u <= |v|``, with equality for one direction only.
    """
    square = claim.square
    for vector in claim.maximisers:
        if not square or dot(vector, vector) != square or form.value(vector) != square:
            return "a maximiser does not reach the value"
    stack: list[tuple[Sides, Vector]] = [((), form.linear)]
    for position, node in enumerate(claim.tree):
        if not stack:
            return "the tree has more nodes than it needs"
        sides, base = stack.pop()
        if isinstance(node, Split):
            if node.hyperplane in dict(sides):
                return f"node {position}: decided already"
            on = tuple(a + form.kinks[node.hyperplane] * b for a, b in zip(base, form.normals[node.hyperplane], strict=True))
            stack += [((*sides, (node.hyperplane, -1)), base), ((*sides, (node.hyperplane, 1)), on)]
        elif not isinstance(node, Leaf) or not _holds(form, claim, node, dict(sides), base):
            return f"node {position}: the leaf's bound is too large"
    return "the tree ends too early" if stack else None


def _holds(form: Form, claim: Support, leaf: Leaf, known: dict[int, int], base: Vector) -> bool:
    vector, slopes, slack = base, dict(leaf.slope), ZERO
    for h, factor in leaf.rho:
        if h not in known or factor < 0:
            return False
        vector = tuple(a + known[h] * factor * b for a, b in zip(vector, form.normals[h], strict=True))
    for h, kink in enumerate(form.kinks):
        if h in known or not kink:
            continue
        part, normal = slopes.get(h, ZERO), form.normals[h]
        vector = tuple(a + part * kink * b for a, b in zip(vector, normal, strict=True))
        slack += max(ZERO, (1 - part) * kink, part * kink) * root_above(dot(normal, normal), _BITS)
    left = dot(vector, vector)
    if not slack and left == claim.square:
        return not left or vector in claim.maximisers
    return below(left, slack, claim.square)
