"""Trees over the hyperplanes round a neuron, whose leaves cover all directions: what shows answers about a neuron to the checker.

Hyperplanes are as in :class:`reluexact.kinds.classification.neuron.Surroundings`, trees as in :mod:`reluexact.evidence.tree`,
with leaves of any kind. Only sides that are cells become leaves: a hyperplane that the decided ones put on one side is tightened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from reluexact.evidence.tree import Leaf, Split, Tighten
from reluexact.geometry.shortest import Range, shortest
from reluexact.kinds.classification.cells import cells
from reluexact.kinds.classification.claim import Blocked, Piece
from reluexact.kinds.classification.clarke import hull_point, nearest
from reluexact.kinds.classification.neuron import Surroundings
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Vector

Decided = Mapping[int, bool]
"""Hyperplanes with their sides, True: on."""
T = TypeVar("T")

ZERO = Fraction(0)


def inside(near: Surroundings, sides: Decided) -> Vector:
    """Return a direction strictly inside a cell of some hyperplanes: the point nearest to 0 of the hull of the normals, signed.

    >>> from reluexact.kinds.classification.neuron import surroundings
    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.network import Network
    >>> data = Dataset([[0, 1], [1, -1]], [2, 2])
    >>> near = surroundings(Network([[1, 0]], [1]), data, Fraction(1), (Fraction(2), Fraction(1)))[0]
    >>> [str(entry) for entry in inside(near, {0: False})]
    ['0', '-1']
    """
    if not sides:
        return (ZERO,) * len(near.weights)
    return hull_point([_signed(near, hyperplane, on) for hyperplane, on in sides.items()])[1]


def grow(
    near: Surroundings, chosen: Sequence[int], limit: int, leaf: Callable[[Decided], T | None]
) -> tuple[Split | Tighten | T, ...]:
    """Grow a tree: ``leaf`` gives what closes the cone of decided walls, or None to decide one more; raises LimitReached."""
    first = leaf({})
    if first is not None:
        return (first,)
    nodes: list[Split | Tighten | T] = []
    stack = [(dict[int, bool](), cells(near, chosen, limit))]
    while stack:
        decided, sides = stack.pop()
        found = leaf(decided)
        if found is not None:
            nodes.append(found)
            continue
        place = len(decided)
        hyperplane = chosen[place]
        parts = [(on, tuple(one for one in sides if one[place] is on)) for on in (False, True)]
        parts = [(on, some) for on, some in parts if some]
        nodes.append(Split(hyperplane) if len(parts) > 1 else _tighten(near, decided, hyperplane, on=parts[0][0]))
        stack += [({**decided, hyperplane: on}, some) for on, some in parts]
    return tuple(nodes)


def _signed(near: Surroundings, hyperplane: int, on: bool) -> Vector:
    normal = near.pull.normals[hyperplane]
    return normal if on else tuple(-entry for entry in normal)


def _tighten(near: Surroundings, decided: Decided, hyperplane: int, *, on: bool) -> Tighten:
    """Return multipliers with ``g n + sum rho_j sigma_j n_j = 0``: on the cone the hyperplane is on this side alone (Farkas)."""
    bounds: list[Range] = [(ZERO, None)] * len(decided)
    found = shortest([_signed(near, other, side) for other, side in decided.items()], _signed(near, hyperplane, not on), bounds)
    if found.square:
        raise ArithmeticError("no multipliers show the side of a wall that all cells agree on")
    rho = tuple(sorted((other, value) for other, value in zip(decided, found.coefficients, strict=True) if value))
    return Tighten(hyperplane, "lo" if on else "hi", rho)


def pieces_tree(near: Surroundings, pieces: Sequence[Piece], limit: int) -> tuple[Split | Tighten | Leaf, ...]:
    """Return the tree that shows the pull to be at most 0 in all directions, from the pieces of a neuron."""
    upwards = [hyperplane for hyperplane, kink in enumerate(near.pull.kinks) if kink > 0]
    known = {tuple(side > 0 for _, side in sorted(piece.sides)): piece for piece in pieces}
    rows = sorted((near.hyperplane_row(hyperplane), hyperplane) for hyperplane in upwards)

    def leaf(decided: Decided) -> Leaf | None:
        if len(decided) < len(upwards):
            return None
        numbers = dict(known[tuple(decided[hyperplane] for _, hyperplane in rows)].coefficients)
        rho, slope = [], []
        for hyperplane, kink in enumerate(near.pull.kinks):
            value = numbers.get(near.hyperplane_row(hyperplane), ZERO)
            if hyperplane in decided:
                rho.append((hyperplane, value - kink if decided[hyperplane] else -value))
            elif kink:
                slope.append((hyperplane, value / kink))
        return Leaf(rho=tuple((w, q) for w, q in rho if q), slope=tuple((w, q) for w, q in slope if q))

    return grow(near, upwards, limit, leaf)


def blocked_tree(near: Surroundings, blocked: Blocked, limit: int) -> tuple[Split | Tighten | Vector, ...]:
    """Return the tree whose leaves are directions of descent, each in all closed cells of its cone."""
    normals = near.pull.normals
    products = [[dot(normal, direction) for normal in normals] for direction in blocked.directions]
    chosen = [hyperplane for hyperplane in range(len(normals)) if any(values[hyperplane] for values in products)]

    def leaf(decided: Decided) -> Vector | None:
        for direction, values in zip(blocked.directions, products, strict=True):
            if all(_agrees(value, decided.get(hyperplane)) for hyperplane, value in enumerate(values)):
                return direction
        return None

    return grow(
        near, chosen, max(limit, 2), leaf
    )  # where normals are independent, two sides of one hyperplane were found without a list


def _agrees(value: Fraction, side: bool | None) -> bool:
    return not value or (side is not None and side is (value > 0))


def separation(near: Surroundings, limit: int) -> tuple[Vector, tuple[Split | Tighten | Leaf, ...]] | None:
    """Return a direction that all Clarke gradients of the pull meet with positive products, and the tree that shows it.

    None: 0 is one of them, or the limit is met.
    """
    found = nearest(near, limit)
    if not found.lower:
        return None
    bending = [hyperplane for hyperplane, kink in enumerate(near.pull.kinks) if kink]
    gains = {hyperplane: near.pull.kinks[hyperplane] * dot(near.pull.normals[hyperplane], found.vector) for hyperplane in bending}
    base = dot(near.pull.linear, found.vector)

    def leaf(decided: Decided) -> Leaf | None:
        low = base + sum((gain if decided.get(hyperplane, gain < 0) else ZERO for hyperplane, gain in gains.items()), ZERO)
        return Leaf() if low > 0 else None

    return found.vector, grow(near, bending, limit, leaf)
