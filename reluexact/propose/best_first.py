"""How far a form exceeds its bound, from above and below: a branch tree whose worst cone is always split next.

Wherever it is stopped, the worst open cone says by what the form has to be divided for its bound to hold, and the relaxations of
all cones are the leaves of the tree that shows it. Floats search; the tree is for :mod:`reluexact.prove.tree_check` to judge.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from heapq import heappop, heappush

from reluexact.budget import check
from reluexact.evidence.tree import Node, Tree
from reluexact.propose.tree.branching import ROUNDING, Branching, climb
from reluexact.propose.tree.leaf import Cone, leaf, relax, root
from reluexact.propose.tree.projection import Shortest
from reluexact.propose.tree.search import pruned
from reluexact.prove.form import Form

_MOST_NUMBERS = 1 << 22
"""Numbers in the arrays of all open cones together, beyond which none is split: 32 MB."""
_ARRAYS = 9
_CLOSE = 2.0**-40
_APART = 2.0**-38


@dataclass(frozen=True, slots=True)
class _Open:
    """A cone with its relaxation, which is a leaf of the tree; ``is_final``: it cannot be split."""

    cone: Cone
    answer: Shortest
    value: float
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class _Parted:
    """The nodes that part a cone (bounds, and a split if any), which of them decide a hyperplane, and what lies below them."""

    nodes: tuple[Node, ...]
    decided: frozenset[int]
    below: tuple[int, ...]


class BestFirst(Branching):
    """One search; it goes on where it stopped.

    low: a value, as a multiple of the bound, that the form reaches at some unit vector.

    >>> one, zero = Fraction(1), Fraction(0)
    >>> search = BestFirst(Form(normals=((one, zero), (zero, one)), kinks=(3 * one, 4 * one), linear=(zero, zero)), one)
    >>> while search.improve():
    ...     pass
    >>> round(search.low, 6), round(search.high, 6)
    (5.0, 5.0)
    """

    def __init__(self, form: Form, bound: Fraction) -> None:
        """Begin with the whole space as one cone."""
        super().__init__(form, bound, limit=0, progress=None)
        self.low = self.good = 0.0
        self._kinks = form.kinks
        self._parts: list[_Open | _Parted] = []
        self._waiting: list[tuple[float, int]] = []
        self._final = 0.0
        self._join(self._relaxed(root(self.scaled, 0.0, 0)))

    @property
    def high(self) -> float:
        """Return a multiple of the bound that the form nowhere exceeds on unit vectors, as far as floats can tell."""
        return max(self.low, self._final, -self._waiting[0][0] if self._waiting else 0.0)

    @property
    def is_full(self) -> bool:
        """Say whether there is no room for more cones."""
        return (len(self._parts) - self.visited) * _ARRAYS * len(self.normals) > _MOST_NUMBERS

    def improve(self) -> bool:
        """Split the worst cone; say whether there was one that is worth it, and room."""
        self.good = max(self.low, self._final) * (1.0 + _CLOSE) + ROUNDING * self.scaled.size
        if not self._waiting or self.is_full or self.high <= self.good:
            return False
        check()
        number = self._waiting[0][1]
        worst = self._parts[number]
        if isinstance(worst, _Open):
            halves = self._halves(worst)
            heappop(self._waiting)
            below = tuple(range(len(self._parts), len(self._parts) + len(halves)))
            self._parts[number] = _Parted(tuple(self.nodes), frozenset(self.deciding), below)
            self.visited += 1
            for half in halves:
                self._join(half)
        return True

    def tree(self, factor: float) -> Tree:
        """Return the tree that shows the bound of the form divided by a factor, which is greater than ``high``."""
        scaled = replace(self.scaled, kinks=self.scaled.kinks / factor, linear=self.scaled.linear / factor)
        nodes: list[Node] = []
        deciding: set[int] = set()
        waiting = [0]
        while waiting:
            part = self._parts[waiting.pop()]
            if isinstance(part, _Open):
                nodes.append(leaf(scaled, part.cone, part.answer.coefficients / factor, 1.0 - part.value / factor))
            else:
                deciding |= {len(nodes) + place for place in part.decided}
                nodes += part.nodes
                waiting += reversed(part.below)
        return pruned(nodes, self._kinks, deciding)

    def _halves(self, worst: _Open) -> list[_Open]:
        """Return what the worst cone is parted into, after its bounds are tightened: itself where nothing is left to split."""
        self.nodes, self.stack, self.deciding = [], [], set()
        cone, answer, value = self.tightened(worst.cone, worst.answer, worst.value)
        if value > self.good and cone.slack.any():
            self.split(cone, self.widest(cone, answer, cone.slack > 0.0), answer)
        return [self._relaxed(half) for half in reversed(self.stack)] or [_Open(cone, answer, value, is_final=True)]

    def _relaxed(self, cone: Cone) -> _Open:
        return _Open(cone, *relax(self.scaled, cone, enough=self.good))

    def _join(self, part: _Open) -> None:
        """Add a cone; where it shows a greater value than is known, climb from there."""
        direction = part.answer.vector / (part.answer.length or 1.0)
        if part.value > self.low and self.scaled.value(direction) > self.low:
            self.low = max(self.low, climb(self.scaled, direction)[1])
        if part.is_final:
            self._final = max(self._final, part.value)
        elif part.value > self.low:
            heappush(self._waiting, (-part.value, len(self._parts)))
        self._parts.append(part)


class Pair:
    """The searches for both signs of one dual point.

    >>> forms = [Form(normals=((Fraction(1),),), kinks=(Fraction(k),), linear=(Fraction(0),)) for k in (2, -2)]
    >>> pair = Pair(forms, Fraction(1))
    >>> while pair.improve(limit=9):
    ...     pass
    >>> round(pair.factor, 6), [len(tree) for tree in pair.trees()]
    (2.0, [1, 1])
    """

    def __init__(self, forms: Iterable[Form], bound: Fraction) -> None:
        """Begin with one cone for each form."""
        self._searches = tuple(BestFirst(form, bound) for form in forms)

    @property
    def low(self) -> float:
        """Return a value, as a multiple of the bound, that one of the forms reaches."""
        return max(search.low for search in self._searches)

    @property
    def factor(self) -> float:
        """Return by what the forms have to be divided, at least 1; a little more than what floats tell."""
        blur = max(ROUNDING * search.scaled.size for search in self._searches)
        return max(1.0, *(search.high for search in self._searches)) * (1.0 + _APART + blur)

    @property
    def is_full(self) -> bool:
        """Say whether there is no room for more cones."""
        return any(search.is_full for search in self._searches)

    def improve(self, limit: int) -> bool:
        """Split the worst cone of both; False where nothing is left to do, or ``limit`` cones of its sign were split."""
        worst = max(self._searches, key=lambda search: search.high)
        return worst.high > 1.0 and worst.visited < limit and worst.improve()

    def trees(self) -> list[Tree]:
        """Return the trees that show the bound of the forms divided by ``factor``."""
        return [search.tree(self.factor) for search in self._searches]
