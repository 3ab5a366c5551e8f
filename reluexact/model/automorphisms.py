"""The symmetries of a problem: orthogonal maps of the features that permute the rows of X and keep the targets or turn all signs.

Rows that are positive multiples of one another act as one: only the sums of the squares of the multiples, and of the multiples
times targets, matter. Zero rows do not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import islice

from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import dot, independent_rows, inverse, matmul, primitive, transpose
from reluexact.numbers.types import IntVector, Matrix, Vector

MOST_NODES, MOST_FOUND = 5_000, 200
"""The search for symmetries ends after so many steps, or with so many symmetries."""

MOST_RAYS = 60
"""Data with more different rows are not searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Automorphism:
    """A symmetry: the row i goes to a positive multiple of the row ``onto[i]``, and its target to that of the other times a sign.

    sign: of the targets. turn: the map of the features, orthogonal on the row space of X; directions that no row sees go to 0.
    still: linear forms, n entries each, that vanish at the optimal residual.
    """

    onto: tuple[int, ...]
    sign: int
    turn: Matrix
    still: tuple[Vector, ...]


@lru_cache(maxsize=8)
def automorphisms(data: Dataset) -> tuple[Automorphism, ...]:
    """Return symmetries other than the identity, first those that keep the signs of the targets; at most MOST_FOUND.

    >>> [(found.onto, found.sign) for found in automorphisms(Dataset([[1, 0], [0, 1], [-1, 0]], [1, 2, 1]))]
    [((2, 1, 0), 1)]
    >>> [(found.onto, found.sign) for found in automorphisms(Dataset([[1], [-1]], [1, -1]))]
    [((1, 0), -1)]
    """
    rays = _Rays(data)
    if len(rays) > MOST_RAYS:
        return ()
    moving = (
        rays.automorphism(onto, sign)
        for sign in (1, -1)
        for onto in rays.permutations(sign)
        if sign < 0 or onto != list(range(len(onto)))
    )
    return tuple(islice(moving, MOST_FOUND))


class _Rays:
    """The rows of X up to positive multiples, with what stands for their targets."""

    def __init__(self, data: Dataset) -> None:
        self._of_row: list[int | None] = []
        self._first: list[int] = []
        self._factors: list[dict[int, Fraction]] = []
        self._normals: list[IntVector] = []
        sums: list[tuple[Fraction, Fraction]] = []
        places: dict[IntVector, int] = {}
        for i, (row, target) in enumerate(zip(data.X, data.y, strict=True)):
            if not any(row):
                self._of_row.append(None)
                continue
            normal = primitive(row)
            if dot(normal, row) < 0:
                normal = tuple(-entry for entry in normal)
            if normal not in places:
                places[normal] = len(places)
                self._normals.append(normal)
                self._first.append(i)
                self._factors.append({})
                sums.append((Fraction(0), Fraction(0)))
            place = places[normal]
            factor = Fraction(dot(normal, row), dot(normal, normal))
            square, moment = sums[place]
            sums[place] = (square + factor * factor, moment + factor * target)
            self._of_row.append(place)
            self._factors[place][i] = factor
        self._sums = sums

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._normals)

    @cached_property
    def _gram(self) -> list[list[Fraction]]:
        return [[dot(left, right) for right in self._normals] for left in self._normals]

    @cached_property
    def _kinds(self) -> list[list[Fraction]]:
        """Return for each ray what does not change when it is moved."""
        return [sorted(line) for line in self._gram]

    def permutations(self, sign: int) -> Iterator[list[int]]:
        """Yield the permutations that keep all inner products and sums."""
        count, nodes = len(self._normals), 0
        choices = [[j for j in range(count) if self._alike(i, j, sign)] for i in range(count)]
        chosen: list[int] = []
        left: list[Iterator[int]] = [iter(choices[0])] if count else []
        while left and nodes < MOST_NODES:
            nodes += 1
            i = len(left) - 1
            del chosen[i:]
            j = next((j for j in left[-1] if self._fits(chosen, i, j)), None)
            if j is None:
                left.pop()
                continue
            chosen.append(j)
            if i + 1 == count:
                yield list(chosen)
            else:
                left.append(iter(choices[i + 1]))

    def _alike(self, i: int, j: int, sign: int) -> bool:
        (square, moment), (other, goal) = self._sums[i], self._sums[j]
        return square == other and moment == sign * goal and self._kinds[i] == self._kinds[j]

    def _fits(self, chosen: list[int], i: int, j: int) -> bool:
        return j not in chosen and all(self._gram[i][k] == self._gram[j][image] for k, image in enumerate(chosen))

    def automorphism(self, onto: list[int], sign: int) -> Automorphism:
        """Return the symmetry that a permutation of the rays is."""
        rows = [i if place is None else self._first[onto[place]] for i, place in enumerate(self._of_row)]
        base = independent_rows(self._normals)
        images, chosen = [self._normals[onto[k]] for k in base], [self._normals[k] for k in base]
        turn = matmul(transpose(images), matmul(inverse(matmul(chosen, transpose(chosen))), chosen))
        still = [self._still(place, image, sign) for place, image in enumerate(onto)]
        return Automorphism(onto=tuple(rows), sign=sign, turn=turn, still=tuple(form for form in still if any(form)))

    def _still(self, place: int, image: int, sign: int) -> Vector:
        """Return the pull of a ray minus that of its image."""
        form = [Fraction(0)] * len(self._of_row)
        for factors, times in ((self._factors[place], 1), (self._factors[image], -sign)):
            for i, factor in factors.items():
                form[i] += times * factor
        return tuple(form)
