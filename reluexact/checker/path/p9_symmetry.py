"""P9: several flagged quantities vanish together: a symmetry maps the solution to itself, or their zeros are known exactly."""

from __future__ import annotations

from dataclasses import dataclass

from ..document import Item
from ..linear import dot, left_inverse
from ..quantities import ONE, Matrix
from ..radicals import Constant, plus
from .polynomials import combine, size
from .segment import Flag, Segment


@dataclass(frozen=True, slots=True)
class Motion:
    """Where rows, blocks and unknowns s go, and the images of the normals' space: an orthogonal matrix and a sign."""

    rows: list[int]
    matrix: Matrix
    sign: int
    blocks: list[int]
    slacks: dict[int, int]


def p9_symmetry(segment: Segment, flags: list[Flag], item: Item) -> None:
    """P9: the maps, and zeros that are known exactly, connect all flagged quantities."""
    motions = [p9_motion(segment, entry) for entry in item.entries()]
    wanted = {flag[1:4] for flag in flags}
    reached, waiting = {flags[0][1:4]}, [flags[0][1:4]]
    while waiting:
        quantity = waiting.pop()
        others = {moved(segment, motion, quantity) for motion in motions}
        others |= {other for other in wanted - reached if same_zero(segment, quantity, other)}
        waiting += sorted(others - reached)
        reached |= others
    if not reached >= wanted:
        raise item.reject("P9: the flagged quantities are not proved to vanish together")


def same_zero(segment: Segment, one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    """Say whether two amounts are known to be multiples of c0 + c1 b with the same zero, or two gates multiples of each other."""
    if one[:2] == other[:2] and one[0] == "gate":
        a, b = ([dot(segment.walls.normals[h], vector) for vector in segment.neurons[one[1]].basis] for h in (one[2], other[2]))
        return all(x * v == y * u for x, u in zip(a, b, strict=True) for y, v in zip(a, b, strict=True))
    (a0, a1), (b0, b1) = exact_amount(segment, one), exact_amount(segment, other)
    if not a1 or not b1:
        return False
    return not plus(segment.radicals.times(a0, b1), -ONE, segment.radicals.times(b0, a1))


def exact_amount(segment: Segment, quantity: tuple[str, int, int]) -> tuple[Constant, Constant]:
    """Return c0 and c1 where omega = beta nu of a block of one basis vector is c0 + c1 b by the identities, else nothing."""
    what, index, _ = quantity
    if what != "amount" or len(segment.neurons[index].basis) > 1:
        return {}, {}
    constant = segment.known(segment.unknown(segment.blocks[index], [ONE])) or {}
    return {q: v for q, v in constant.items() if q > 0}, {-q: v for q, v in constant.items() if q < 0}


def moved(segment: Segment, motion: Motion, quantity: tuple[str, int, int]) -> tuple[str, int, int]:
    """Return the flagged quantity that another one is mapped to."""
    what, index, wall = quantity
    if what == "slack":
        return what, motion.slacks.get(index, index), wall
    place = wall if wall < 0 else segment.walls.wall_of[motion.rows[segment.walls.heads[wall]]]
    return what, motion.blocks[index], place


def p9_motion(segment: Segment, item: Item) -> Motion:
    """P9: one symmetry of data and structure, under which the curve stays where the solution is alone."""
    rows_item, matrix_item, sign_item = item.fields("rows", "matrix", "sign")
    X, y, sign = segment.problem.X, segment.problem.y, sign_item.sign("P9: ")
    rows = [entry.index(len(X)) for entry in rows_item.entries(len(X))]
    matrix = [entry.vector(len(X[0])) for entry in matrix_item.entries(len(X[0]))]
    if len(set(rows)) < len(X):
        raise rows_item.reject("P9: a permutation of the rows is expected here")
    if any(dot(a, b) != (i == j) for i, a in enumerate(matrix) for j, b in enumerate(matrix)):
        raise matrix_item.reject("P9: the matrix is not orthogonal")
    for i, place in enumerate(rows):
        if [dot(line, X[i]) for line in matrix] != list(X[place]) or y[place] != sign * y[i]:
            raise item.reject(f"P9: row {i} and its target are not mapped to row {place} and its target")
    blocks = [p9_block(segment, k, rows, matrix, sign, item) for k in range(segment.count)]
    slacks: dict[int, int] = {}
    for k, other in enumerate(blocks):
        a, b = segment.parts[k].hang, segment.parts[other].hang
        if a >= 0 and slacks.setdefault(a, b) != b:
            raise item.reject("P9: the unknowns s are not mapped to each other")
    if len(set(blocks)) < len(blocks) or sorted(slacks) != sorted(slacks.values()) or len(slacks) < len(segment.lineality):
        raise item.reject("P9: the blocks or the unknowns s are not mapped to each other")
    motion = Motion(rows, matrix, sign, blocks, slacks)
    p9_lineality(segment, motion, item)
    p9_invariant(segment, motion, item)
    return motion


def p9_block(segment: Segment, k: int, rows: list[int], matrix: Matrix, sign: int, item: Item) -> int:
    """Return the block that block k is mapped to."""
    neuron, letters = segment.neurons[k], [""] * len(rows)
    for place, letter in zip(rows, neuron.gate, strict=True):
        letters[place] = letter
    for other in range(segment.count):
        block = segment.neurons[other]
        if (block.sign, block.gate) == (sign * neuron.sign, "".join(letters)):
            a, b = segment.parts[k], segment.parts[other]
            if (a.paired, a.share, a.slack) != (b.paired, b.share, b.slack):
                raise item.reject(f"P9: block {k} and its image do not share their amounts in the same way")
            if len(block.basis) != len(neuron.basis) or coordinates(segment, k, other, matrix) is None:
                raise item.reject(f"P9: the span of block {k} is not mapped to that of its image")
            return other
    raise item.reject(f"P9: block {k} is mapped to no block")


def coordinates(segment: Segment, k: int, other: int, matrix: Matrix) -> Matrix | None:
    """Return Q B_k in the basis of another block, one row for each vector of that; None when it is not in its span."""
    target = segment.neurons[other].basis
    images = [[dot(line, vector) for line in matrix] for vector in segment.neurons[k].basis]
    table = [[dot(row, image) for image in images] for row in left_inverse(target) or []]
    for column, image in enumerate(images):
        parts = [row[column] for row in table]
        if any(entry != dot(parts, (vector[i] for vector in target)) for i, entry in enumerate(image)):
            return None
    return table


def p9_lineality(segment: Segment, motion: Motion, item: Item) -> None:
    """Demand that the span of X L is kept by the permutation of the rows."""
    images = [[dot(row, vector) for row in segment.problem.X] for vector in segment.lineality]
    dual = left_inverse(images) or []
    for image in images:
        turned = [image[place] for place in motion.rows]
        parts = [dot(row, turned) for row in dual]
        if any(entry != dot(parts, (other[i] for other in images)) for i, entry in enumerate(turned)):
            raise item.reject("P9: the span of the lineality is not kept")


def p9_invariant(segment: Segment, motion: Motion, item: Item) -> None:
    """Demand that the image of the tube lies where the solution is alone: so the solution is its own image."""
    image = {segment.beta(other): [(segment.beta(k), ONE)] for k, other in enumerate(motion.blocks)}
    image |= {segment.s(other): [(segment.s(j), ONE)] for j, other in motion.slacks.items()}
    for k, other in enumerate(motion.blocks):
        mine = segment.block_places(k, segment.blocks[k])
        theirs = segment.block_places(other, segment.blocks[other])
        for place, row in zip(theirs, coordinates(segment, k, other, motion.matrix) or [], strict=True):
            image[place] = list(zip(mine, row, strict=True))
    for place, pairs in image.items():
        gap = size(combine([(ONE, segment.polynomial(pairs)), (-ONE, segment.curve[place])]))
        if gap + segment.spread(pairs, segment.radii) > segment.unique[place]:
            raise item.reject("P9: the solution is not proved to be mapped to itself")
