"""Check a certificate of reluexact with nothing but the standard library: ``python -I -S checker.py FILE``.

The file CERTIFICATE.md says what a certificate is; this program reads in its order: strict JSON, the statement, walls,
trees, the obligations B1-B3 (kind `bound`), O1-O9 (kind `optimum`), C (columns), S1-S6 and M1-M2 (kinds `optimal-set` and
`minimum-network`), W1-W4 (kind `width-optimum`), K1-K8 (kind `classification`), G1-G6 (kind `stationary`), D1-D7 (kind
`descent-path`), the verdict. All arithmetic is exact, in whole numbers and fractions; square roots are rounded outwards or
kept as radicals. Nothing is imported from the package.

Exit codes: 0 VERIFIED, 2 wrong usage or unreadable file, 3 REJECTED. Python's own 1 means that the checker itself is broken.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from functools import cached_property, partial
from itertools import combinations, pairwise
from math import comb, isqrt, lcm
from operator import mul
from pathlib import Path
from typing import Any

Vector = list[Fraction]
Matrix = list[Vector]
Interval = tuple[Fraction, Fraction]
Constant = dict[int, Fraction]
"""A sum of radicals, ``{q: v}`` for the sum of v sqrt(q): no v is 0, no quotient of two q is a square."""

MAX_BYTES = 512 << 20
MAX_DIGITS = 20_000
NUMBER = re.compile(r"(-?)(0|[1-9][0-9]*)(?:/([1-9][0-9]*))?", re.ASCII)
LOOSE_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+)|/0*([1-9][0-9]*))?", re.ASCII)
ROUND = 64  # norms are rounded up to multiples of 2^-ROUND
ZERO, ONE = Fraction(0), Fraction(1)


# ---------------------------------------------------------------------------------------------------- strict JSON reading


class Rejected(ValueError):
    """The certificate is false or malformed at `path` of the document."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path or "document", reason
        super().__init__(f"{self.path}: {reason}")


def whole(digits: str) -> int:
    """Convert digits of any length, in pieces that no limit of the interpreter refuses."""
    value = 0
    for start in range(0, len(digits), 500):
        piece = digits[start : start + 500]
        value = value * 10 ** len(piece) + int(piece)
    return value


@dataclass(frozen=True, slots=True)
class Item:
    """A JSON value and its place in the document."""

    value: object
    path: str

    def reject(self, reason: str) -> Rejected:
        """Return the exception that blames this value."""
        return Rejected(self.path, reason)

    def table(self) -> dict[str, Item]:
        """Read an object with any keys."""
        if not isinstance(self.value, dict):
            raise self.reject("an object is expected here")
        start = self.path and f"{self.path}."
        return {key: Item(value, f"{start}{show(key)}") for key, value in self.value.items()}

    def fields(self, *names: str) -> list[Item]:
        """Read an object with exactly these keys."""
        table = self.table()
        for name in names:
            if name not in table:
                raise self.reject(f"the key {name!r} is missing")
        for name, item in table.items():
            if name not in names:
                raise item.reject("unknown key")
        return [table[name] for name in names]

    def entries(self, length: int | None = None) -> list[Item]:
        """Read a list, of a given length if one is given."""
        if not isinstance(self.value, list):
            raise self.reject("a list is expected here")
        if length is not None and len(self.value) != length:
            raise self.reject(f"{length} entries are expected here, not {len(self.value)}")
        return [Item(value, f"{self.path}[{i}]") for i, value in enumerate(self.value)]

    def text(self) -> str:
        """Read a string."""
        if not isinstance(self.value, str):
            raise self.reject("a string is expected here")
        return self.value

    def number(self) -> Fraction:
        """Read a rational number in its one canonical spelling."""
        text = self.text()
        if len(text) > 2 * MAX_DIGITS:
            raise self.reject(f"a number of more than {MAX_DIGITS} digits")
        match = NUMBER.fullmatch(text)
        if match is None:
            raise self.reject(f'a number such as "0", "-7" or "5/3" is expected here, not {show(text)}')
        minus, top, bottom = match.groups(default="")
        if max(len(top), len(bottom)) > MAX_DIGITS:
            raise self.reject(f"a number of more than {MAX_DIGITS} digits")
        value = Fraction(whole(top), whole(bottom or "1"))
        if value.denominator != whole(bottom or "1") or bottom == "1" or (minus and not value):
            raise self.reject(f"the number {show(text)} is not in lowest terms")
        return -value if minus else value

    def vector(self, length: int | None = None) -> Vector:
        """Read a list of numbers."""
        return [item.number() for item in self.entries(length)]

    def box(self) -> Interval:
        """Read ``{"low", "high"}``."""
        low, high = (item.number() for item in self.fields("low", "high"))
        if low > high:
            raise self.reject("low is greater than high")
        return low, high

    def index(self, limit: int) -> int:
        """Read a JSON integer from 0 to limit - 1."""
        if type(self.value) is not int or not 0 <= self.value < limit:
            raise self.reject(f"an integer from 0 to {limit - 1} is expected here")
        return self.value


def show(text: str) -> str:
    """Quote a piece of the document, short and in ASCII."""
    return ascii(text if len(text) <= 40 else text[:40] + "...").strip("'")


def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Build an object; duplicate keys are refused."""
    table = dict(pairs)
    if len(table) != len(pairs):
        raise Rejected("document", f"duplicate key in the object with the keys {show(', '.join(key for key, _ in pairs))}")
    return table


def small_integer(text: str) -> int:
    """Read a JSON integer; these only count and index."""
    if len(text) > 18 or text == "-0":
        raise Rejected("document", f"the JSON integer {show(text)} is not one that counts or indexes")
    return int(text)


def no_float(text: str) -> object:
    """Refuse floats, NaN and Infinity."""
    raise Rejected("document", f'the JSON number {show(text)}: write numbers as strings such as "5/3"')


def read_document(text: str | bytes) -> Item:
    """Read strict JSON."""
    if len(text) > MAX_BYTES:
        raise Rejected("document", f"longer than {MAX_BYTES} bytes")
    try:
        decoded = text.decode("utf-8") if isinstance(text, bytes) else text
        value = json.loads(
            decoded, object_pairs_hook=unique, parse_int=small_integer, parse_float=no_float, parse_constant=no_float
        )
    except RecursionError:
        raise Rejected("document", "nested too deeply") from None
    except Rejected:
        raise
    except ValueError as error:
        raise Rejected("document", f"not JSON: {show(str(error))}") from None
    return Item(value, "")


# ------------------------------------------------------------------------------------------------- the statement, in words


@dataclass(frozen=True, slots=True)
class Problem:
    """The data X (n rows, d columns), y and the penalty b > 0."""

    X: tuple[tuple[Fraction, ...], ...]
    y: tuple[Fraction, ...]
    penalty: Fraction


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict; `lines` say in words what the certificate states, `digest` is the sha256 of the canonical statement."""

    verified: bool
    path: str
    reason: str
    kind: str
    digest: str
    lines: tuple[str, ...]


def o1_problem(item: Item) -> Problem:
    """O1, the problem: shapes fit, n >= 1, d >= 1, b > 0."""
    rows, targets, penalty = item.fields("X", "y", "penalty")
    X = [row.vector() for row in rows.entries()]
    if not X or not X[0]:
        raise rows.reject("O1: X has no rows or no columns")
    for row, values in zip(rows.entries(), X, strict=True):
        if len(values) != len(X[0]):
            raise row.reject(f"O1: the row has {len(values)} entries, the first row has {len(X[0])}")
    b = penalty.number()
    if b <= 0:
        raise penalty.reject("O1: the penalty must be positive")
    return Problem(tuple(map(tuple, X)), tuple(targets.vector(len(X))), b)


def loose_number(item: Item) -> Fraction:
    """Read a number of a problem file: a JSON integer, or a string such as "3", "-0.25" or "6/4"."""
    text = str(item.value) if type(item.value) is int else item.text()
    match = LOOSE_NUMBER.fullmatch(text)
    if match is None or len(text) > MAX_DIGITS:
        raise item.reject(f'an integer or a string such as "-0.25" or "5/3" is expected here, not {show(text)}')
    minus, top, places, bottom = match.groups(default="")
    value = Fraction(whole(top + places), whole(bottom) if bottom else 10 ** len(places))
    return -value if minus else value


def read_problem(text: str | bytes) -> Problem:
    """Read a problem file ``{"X", "y", "penalty"}``; raise :class:`Rejected` when it is malformed."""
    rows, targets, penalty = read_document(text).fields("X", "y", "penalty")
    X = tuple(tuple(loose_number(entry) for entry in row.entries()) for row in rows.entries())
    return Problem(X, tuple(loose_number(entry) for entry in targets.entries()), loose_number(penalty))


def decimal(value: Fraction, rounding: str) -> str:
    """Write a number with 30 significant digits."""
    return str(Context(prec=30, rounding=rounding).divide(Decimal(value.numerator), Decimal(value.denominator)))


def interval_text(low: Fraction, high: Fraction) -> str:
    """Write an interval in decimals, rounded outwards."""
    return f"[{decimal(low, ROUND_FLOOR)}, {decimal(high, ROUND_CEILING)}]"


# ------------------------------------------------------------------------------------------------------------ linear algebra


def dot(a: Iterable[Fraction], b: Iterable[Fraction]) -> Fraction:
    """Return the inner product."""
    return sum(map(mul, a, b), ZERO)


def inverse(matrix: Sequence[Vector]) -> Matrix | None:
    """Invert a square matrix by Gauss-Jordan; None when it is singular."""
    size = len(matrix)
    rows = [list(row) + [Fraction(i == j) for j in range(size)] for i, row in enumerate(matrix)]
    for i in range(size):
        pivot = next((j for j in range(i, size) if rows[j][i]), None)
        if pivot is None:
            return None
        rows[i], rows[pivot] = rows[pivot], rows[i]
        lead = rows[i][i]
        rows[i] = [entry / lead for entry in rows[i]]
        for j in range(size):
            if j != i and (factor := rows[j][i]):
                rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    return [row[size:] for row in rows]


def pivots(vectors: Iterable[Vector]) -> list[int]:
    """Return the positions of the vectors that are independent of those before them."""
    chosen: list[int] = []
    rows: list[tuple[int, Vector]] = []
    for position, vector in enumerate(vectors):
        for lead, row in rows:
            if factor := vector[lead]:
                vector = [a - factor * b for a, b in zip(vector, row, strict=True)]
        lead = next((j for j, entry in enumerate(vector) if entry), -1)
        if lead >= 0:
            chosen.append(position)
            rows.append((lead, [entry / vector[lead] for entry in vector]))
    return chosen


def left_inverse(vectors: Sequence[Sequence[Fraction]]) -> Matrix | None:
    """Return T with ``T v_j = e_j`` and T = 0 across the span of the vectors v_j; None when they are dependent."""
    gram = inverse([[dot(a, b) for b in vectors] for a in vectors])
    if gram is None:
        return None
    return [[dot(row, column) for column in zip(*vectors, strict=True)] for row in gram]


def whole_numbers(numbers: Iterable[Fraction]) -> tuple[list[int], int]:
    """Return whole numbers and the common denominator under them."""
    values = list(numbers)
    common = lcm(*(value.denominator for value in values))
    return [value.numerator * (common // value.denominator) for value in values], common


@dataclass(frozen=True, slots=True)
class BoxSolver:
    """The inverse Y of a middle matrix, `weights` = |Y| |Delta| for its spread Delta, and `bend` < 1, their largest row sum."""

    inverse: Matrix
    weights: Matrix
    bend: Fraction

    def solve(self, goal: Sequence[Interval]) -> list[Interval]:
        """Enclose the solutions for all matrices and all right-hand sides (middle, spread).

        With x = Y middle the error e satisfies |e| <= |Y| spread + |Y| |Delta| (|x| + |e|): one bound serves all entries.
        """
        x = [dot(row, (middle for middle, _ in goal)) for row in self.inverse]
        error = ZERO
        for row, weight in zip(self.inverse, self.weights, strict=True):
            error = max(error, dot(map(abs, row), (spread for _, spread in goal)) + dot(weight, map(abs, x)))
        return [(value - error / (1 - self.bend), value + error / (1 - self.bend)) for value in x]


def box_solver(columns: Sequence[Sequence[Interval]]) -> BoxSolver | None:
    """Prepare the system with these columns of (middle, spread); None when some matrix may be singular."""
    rows = list(zip(*columns, strict=True))
    solver = inverse([[middle for middle, _ in row] for row in rows]) if len(rows) == len(columns) else None
    if solver is None:
        return None
    weights = [[dot(map(abs, row), (spread for _, spread in column)) for column in columns] for row in solver]
    bend = max((sum(weight, ZERO) for weight in weights), default=ZERO)
    return BoxSolver(solver, weights, bend) if bend < 1 else None


def norm_up(vector: Iterable[int], denominator: int) -> int:
    """Return the norm of vector / denominator in multiples of 2^-ROUND, rounded up; an exact 0 stays 0."""
    square = sum(entry * entry for entry in vector) << 2 * ROUND
    quotient = -(-square // denominator**2)
    root = isqrt(quotient)
    return root + (root * root < quotient)


# --------------------------------------------------------------------------------------------------------- walls and trees


MAX_PENDING = 1 << 25
"""Sides of walls in the cones of a tree that wait to be visited."""


@dataclass(frozen=True, slots=True)
class Walls:
    """Classes of parallel rows; x_i = factor[i] normals[wall_of[i]], wall_of is -1 for a zero row."""

    heads: list[int]
    normals: list[tuple[Fraction, ...]]
    wall_of: list[int]
    factor: Vector
    names: dict[str, int]

    def named(self, name: str) -> int:
        """Return the position of the wall with this name, -1 if there is none."""
        return self.names.get(name, -1)


def make_walls(X: Sequence[tuple[Fraction, ...]]) -> Walls:
    """Group the rows of X into walls, each named by its first row."""
    seen: dict[tuple[Fraction, ...], int] = {}
    walls = Walls([], [], [], [], {})
    for index, row in enumerate(X):
        lead = next((entry for entry in row if entry), ZERO)
        if not lead:
            walls.wall_of.append(-1)
            walls.factor.append(ZERO)
            continue
        wall = seen.setdefault(tuple(entry / lead for entry in row), len(walls.heads))
        if wall == len(walls.heads):
            walls.names[str(index)] = wall
            walls.heads.append(index)
            walls.normals.append(row)
        walls.wall_of.append(wall)
        walls.factor.append(lead / next(entry for entry in walls.normals[wall] if entry))
    return walls


@dataclass(frozen=True, slots=True)
class Profile:
    """The function ``sign theta.(Xu)+ = l.u + sum_h k_h (n_h.u)+`` in whole numbers.

    `linear`, `normals` and `pieces` (k_h n_h) are multiples of 1/unit, `kinks` are multiples of 1/scale; `norms` are those of
    the normals in multiples of 2^-ROUND, rounded up.
    """

    unit: int
    scale: int
    linear: list[int]
    normals: list[list[int]]
    pieces: list[list[int]]
    kinks: list[int]
    norms: list[int]


def make_profile(problem: Problem, walls: Walls, theta: Sequence[Fraction], sign: int) -> Profile:
    """Compute kinks and linear part of theta for one sign."""
    return whole_profile(walls, *bent(problem.X, walls, [sign * value for value in theta]))


def bent(X: Sequence[tuple[Fraction, ...]], walls: Walls, theta: Sequence[Fraction]) -> tuple[Vector, Vector]:
    """Return the kinks and the linear part of ``theta.(Xu)+``."""
    kinks = [ZERO] * len(walls.heads)
    linear = [ZERO] * len(X[0])
    for row, wall, factor, value in zip(X, walls.wall_of, walls.factor, theta, strict=True):
        if factor:
            kinks[wall] += abs(factor) * value
        if factor < 0:
            linear = [entry + value * x for entry, x in zip(linear, row, strict=True)]
    return kinks, linear


def whole_profile(walls: Walls, kinks: Vector, linear: Vector) -> Profile:
    """Write a function with these kinks and this linear part in whole numbers."""
    vectors = [linear, *([k * x for x in n] for k, n in zip(kinks, walls.normals, strict=True)), *walls.normals]
    numbers, unit = whole_numbers(entry for vector in vectors for entry in vector)
    size, count = len(linear), len(kinks)
    cut = [numbers[i : i + size] for i in range(0, len(numbers), size)]
    whole_kinks, scale = whole_numbers(kinks)
    norms = [norm_up(normal, unit) for normal in cut[1 + count :]]
    return Profile(unit, scale, cut[0], cut[1 + count :], cut[1 : 1 + count], whole_kinks, norms)


@dataclass(frozen=True, slots=True)
class Cone:
    """A node's cone: side[h] is +1 (on), -1 (off) or 0 (undecided); -lo_h |u| <= n_h.u <= hi_h |u|, in multiples of 2^-ROUND.

    `base` is l plus the k_h n_h of the walls decided on, in the units of the profile.
    """

    side: list[int]
    hi: list[int]
    lo: list[int]
    base: list[int]


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree to be walked: where it stands, its function, the obligations of its shape and leaves, a leaf's test.

    `start`: walls that are decided at the root, with their sides.
    """

    root: Item
    walls: Walls
    profile: Profile
    shape: str
    duty: str
    leaf: Callable[[Tree, Item, Cone], None]
    start: tuple[tuple[int, int], ...] = ()


def multipliers(item: Item, walls: Walls, cone: Cone, decided: bool) -> dict[int, Fraction]:
    """Read a map from decided (or undecided) walls to numbers."""
    table: dict[int, Fraction] = {}
    for name, entry in item.table().items():
        wall = walls.named(name)
        if wall < 0 or bool(cone.side[wall]) is not decided:
            raise entry.reject(f"not the name of a wall that is {'decided' if decided else 'undecided'} here")
        table[wall] = entry.number()
        if decided and table[wall] < 0:
            raise entry.reject("the multiplier of a decided wall must not be negative")
    return table


def walk(tree: Tree) -> None:
    """Visit the nodes in prefix order; the leaves cover the root's cone, since every split covers both sides (O9, B1, W3)."""
    norms = tree.profile.norms
    stack = [Cone([0] * len(norms), norms, norms, tree.profile.linear)]
    for wall, side in tree.start:
        stack = [decide(tree, stack[0], wall, side)]
    for node in tree.root.entries():
        if not stack:
            raise node.reject(f"{tree.shape}: the tree is complete before this node")
        cone, kind = stack.pop(), node.table()
        if "split" in kind:
            stack.extend(split(tree, node, cone))
            if len(stack) * len(norms) > MAX_PENDING:
                raise node.reject(f"{tree.shape}: the tree is too deep for so many walls")
        elif "tighten" in kind:
            stack.append(tighten(tree, node, cone))
        else:
            tree.leaf(tree, node, cone)
    if stack:
        raise tree.root.reject(f"{tree.shape}: the tree ends with {len(stack)} sides left open")


def split(tree: Tree, node: Item, cone: Cone) -> list[Cone]:
    """Return the cones of the sides off and on, in this order."""
    (name,) = node.fields("split")
    wall = tree.walls.named(str(name.index(10**18)))
    if wall < 0 or cone.side[wall]:
        raise name.reject(f"{tree.shape}: not the name of a wall that is undecided here")
    return [decide(tree, cone, wall, side) for side in (-1, 1)]


def decide(tree: Tree, cone: Cone, wall: int, side: int) -> Cone:
    """Return the cone with one more wall decided."""
    decided = cone.side.copy()
    decided[wall] = side
    base = cone.base if side < 0 else [a + k for a, k in zip(cone.base, tree.profile.pieces[wall], strict=True)]
    return Cone(decided, cone.hi, cone.lo, base)


def tighten(tree: Tree, node: Item, cone: Cone) -> Cone:
    """Improve one bound: on the cone g n_h.u <= (g n_h + sum_j rho_j sigma_j n_j).u <= |...| |u|; a bound 0 decides the wall."""
    name, direction, rho_item = node.fields("tighten", "side", "rho")
    wall = tree.walls.named(str(name.index(10**18)))
    if wall < 0 or cone.side[wall]:
        raise name.reject(f"{tree.shape}: not the name of a wall that is undecided here")
    if direction.text() not in ("hi", "lo"):
        raise direction.reject('"hi" or "lo" is expected here')
    g, old = (1, cone.hi) if direction.value == "hi" else (-1, cone.lo)
    rho = multipliers(rho_item, tree.walls, cone, decided=True)
    factors, common = whole_numbers(rho.values())
    vector = [g * common * entry for entry in tree.profile.normals[wall]]
    for other, factor in zip(rho, factors, strict=True):
        vector = [a + factor * cone.side[other] * n for a, n in zip(vector, tree.profile.normals[other], strict=True)]
    if not any(vector):
        return decide(tree, cone, wall, -g)
    new = old.copy()
    new[wall] = min(old[wall], norm_up(vector, common * tree.profile.unit))
    return Cone(cone.side, new if g > 0 else cone.hi, new if g < 0 else cone.lo, cone.base)


def good_leaf(tree: Tree, node: Item, cone: Cone, limit: Fraction, strict: bool) -> None:
    """Demand ``|v| + e <= limit`` (or ``<``), that is ``e <= limit`` and ``|v|^2 <= (limit - e)^2``."""
    rho_item, slope_item = node.fields("rho", "slope")
    rho = multipliers(rho_item, tree.walls, cone, decided=True)
    slope = multipliers(slope_item, tree.walls, cone, decided=False)
    profile = tree.profile
    factors, common = whole_numbers((*rho.values(), *slope.values()))
    vector = [common * entry for entry in cone.base]
    for wall, factor in zip((*rho, *slope), factors, strict=True):
        side, step = cone.side[wall], (profile.normals if wall in rho else profile.pieces)[wall]
        vector = [a + (side or 1) * factor * entry for a, entry in zip(vector, step, strict=True)]
    slopes = dict(zip(slope, factors[len(rho) :], strict=True))
    slack = 0
    for wall, (side, kink) in enumerate(zip(cone.side, profile.kinks, strict=True)):
        if not side:
            part = slopes.get(wall, 0)
            slack += max(0, (common - part) * kink * cone.hi[wall], part * kink * cone.lo[wall])
    weight = limit.denominator * profile.scale << ROUND
    room = limit.numerator * (profile.scale << ROUND) * common - slack * limit.denominator
    left, right = sum(entry * entry for entry in vector) * weight**2, (room * profile.unit) ** 2
    if room < 0 or left > right or (strict and (room == 0 or left == right)):
        raise node.reject(
            f"{tree.duty}: the leaf's bound is not {'below' if strict else 'at most'} {'the penalty' if limit else '0'}"
        )


# -------------------------------------------------------------------------------------------------------------- kind `bound`


def check_bound(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check B1-B3: lower <= p* <= upper."""
    lower_item, upper_item, network = claim.fields("lower", "upper", "network")
    hidden, output = read_network(problem, network)
    lower, upper = lower_item.number(), upper_item.number()
    lines.append(f"claim (bound): p* lies in {interval_text(lower, upper)}")
    lines.append(f"a network of {len(output)} hidden neurons with an objective of at most {decimal(upper, ROUND_CEILING)}")
    residual, positive, negative = evidence.fields("residual", "positive", "negative")
    theta = residual.vector(len(problem.y))
    b1_trees(problem, theta, positive, negative)
    b2_lower(problem, theta, lower, lower_item)
    b3_upper(problem, hidden, output, upper, upper_item)


def read_network(problem: Problem, item: Item) -> tuple[Matrix, Vector]:
    """Read the weights ``{"hidden", "output"}``."""
    hidden, output_item = item.fields("hidden", "output")
    output = output_item.vector()
    return [row.vector(len(problem.X[0])) for row in hidden.entries(len(output))], output


def b1_trees(problem: Problem, theta: Vector, positive: Item, negative: Item) -> None:
    """B1: theta is dual feasible, ``s theta.(Xu)+ <= b |u|`` for every u and both signs."""
    walls = make_walls(problem.X)
    leaf = partial(good_leaf, limit=problem.penalty, strict=False)
    for root, sign in ((positive, 1), (negative, -1)):
        walk(Tree(root, walls, make_profile(problem, walls, theta, sign), "B1", "B1", leaf))


def b2_lower(problem: Problem, theta: Vector, lower: Fraction, item: Item) -> None:
    """B2, weak duality: ``lower <= y.theta - |theta|^2 / 2``."""
    if lower > dot(problem.y, theta) - dot(theta, theta) / 2:
        raise item.reject("B2: above the dual value of the residual")


def b3_upper(problem: Problem, hidden: Matrix, output: Vector, upper: Fraction, item: Item) -> None:
    """B3: the network's objective is at most `upper`."""
    if upper < residual_and_objective(problem, hidden, output)[1]:
        raise item.reject("B3: below the objective of the network")


def residual_and_objective(problem: Problem, hidden: Matrix, output: Vector) -> tuple[Vector, Fraction]:
    """Return y - fit and the objective of a network."""
    residual = []
    for row, target in zip(problem.X, problem.y, strict=True):
        fit = sum((a * max(ZERO, dot(row, w)) for w, a in zip(hidden, output, strict=True)), ZERO)
        residual.append(target - fit)
    weights = sum((dot(w, w) for w in hidden), ZERO) + dot(output, output)
    return residual, (dot(residual, residual) + problem.penalty * weights) / 2


# ------------------------------------------------------------------------------------------- sums of radicals, linear forms


class Radicals:
    """Square roots of positive integers up to rational factors; roots of different classes are independent over Q."""

    def __init__(self) -> None:
        self.classes = [1]

    def root(self, q: int) -> Constant:
        """Return sqrt(q) as a rational multiple of the root of its class."""
        for known in self.classes:
            product = isqrt(q * known)
            if product**2 == q * known:
                return {known: Fraction(product, known)}
        self.classes.append(q)
        return {q: ONE}

    def times(self, a: Constant, b: Constant) -> Constant:
        """Multiply two sums of radicals."""
        total: Constant = {}
        for p, v in a.items():
            for q, w in b.items():
                total = plus(total, v * w, self.root(p * q))
        return total


def plus(a: Constant, factor: Fraction, b: Constant) -> Constant:
    """Return a + factor b."""
    total = {q: a.get(q, ZERO) + factor * b.get(q, ZERO) for q in {**a, **b}}
    return {q: value for q, value in total.items() if value}


def enclose(constant: Constant, bits: int) -> Interval:
    """Enclose a sum of radicals, each root to 2^-bits."""
    low = high = ZERO
    for q, value in constant.items():
        root = isqrt(q << 2 * bits)
        ends = [value * Fraction(root + up, 1 << bits) for up in ((0, 1) if q > 1 else (0, 0))]
        low, high = low + min(ends), high + max(ends)
    return low, high


def sign_of(constant: Constant) -> int:
    """Return the exact sign: 0 only without any term, otherwise more digits decide it in the end."""
    bits = 64
    while constant:
        low, high = enclose(constant, bits)
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        bits *= 2
    return 0


def lies_in(constant: Constant, box: Interval) -> bool:
    """Decide exactly whether a sum of radicals lies between two rational numbers."""
    return sign_of(plus(constant, -box[0], {1: ONE})) >= 0 and sign_of(plus(constant, -box[1], {1: ONE})) <= 0


@dataclass(frozen=True, slots=True)
class Form:
    """A linear function of (omega, c) with rational coefficients and a sum of radicals as its constant."""

    coefficients: Vector
    constant: Constant

    def plus(self, factor: Fraction, other: Form) -> Form:
        """Return self + factor other."""
        pairs = zip(self.coefficients, other.coefficients, strict=True)
        return Form([a + factor * b for a, b in pairs], plus(self.constant, factor, other.constant))

    def times(self, factor: Fraction) -> Form:
        """Return factor self."""
        return Form([factor * entry for entry in self.coefficients], plus({}, factor, self.constant))


# ------------------------------------------------------------------------------------------------------------ kind `optimum`


@dataclass(frozen=True, slots=True)
class Neuron:
    """A neuron of the claim with its role and its basis B."""

    item: Item
    sign: int
    gate: str
    direction: list[Interval]
    partner: int | None
    amount: Interval | None
    role: str
    basis: Matrix


@dataclass(frozen=True)
class Proof:
    """A certificate of the kind `optimum`, read; the unknowns are (omega, t, c), theta = y - sum of columns times (omega, c)."""

    problem: Problem
    walls: Walls
    neurons: list[Neuron]
    lineality: Matrix
    evidence: dict[str, Item]
    midpoint: Vector
    radius: Fraction
    radicals: Radicals = field(default_factory=Radicals)
    taus: dict[tuple[Any, ...], dict[int, Form]] = field(default_factory=dict)
    decided: dict[tuple[Any, ...], bool] = field(default_factory=dict)

    @cached_property
    def blocks(self) -> dict[int, int]:
        """The neurons with unknowns of their own (index in the list), each with the place of its first omega."""
        chosen, place = {}, 0
        for k, neuron in enumerate(self.neurons):
            if neuron.role in ("free", "pair"):
                chosen[k] = place
                place += len(neuron.basis)
        return chosen

    @cached_property
    def omegas(self) -> int:
        """The number of unknowns omega."""
        return sum(len(self.neurons[k].basis) for k in self.blocks)

    @cached_property
    def linear_midpoint(self) -> Vector:
        """The midpoint without the t."""
        return self.midpoint[: self.omegas] + self.midpoint[self.omegas + len(self.blocks) :]

    def size(self, k: int) -> Interval:
        """Enclose t of the block of neuron k."""
        middle = self.midpoint[self.omegas + list(self.blocks).index(k)]
        return middle - self.radius, middle + self.radius

    def enclose_w(self, k: int) -> list[Interval]:
        """Enclose w = B omega of the block of neuron k."""
        basis, place = self.neurons[k].basis, self.blocks[k]
        middle = self.midpoint[place : place + len(basis)]
        ends = []
        for entries in zip(*basis, strict=True):
            spread = self.radius * sum(map(abs, entries), ZERO)
            ends.append((dot(entries, middle) - spread, dot(entries, middle) + spread))
        return ends

    @cached_property
    def columns(self) -> tuple[list[list[int]], list[int], int]:
        """The columns s_k D_k X B_k and X L, then y, as whole numbers over one denominator."""
        columns = [list(self.problem.y)]
        for neuron in (self.neurons[k] for k in self.blocks):
            gates = [neuron.sign * (gate == "+") for gate in neuron.gate]
            columns += [[g * dot(x, v) for g, x in zip(gates, self.problem.X, strict=True)] for v in neuron.basis]
        columns += [[dot(x, v) for x in self.problem.X] for v in self.lineality]
        numbers, unit = whole_numbers(entry for column in columns for entry in column)
        size = len(self.problem.y)
        cut = [numbers[i : i + size] for i in range(0, len(numbers), size)]
        return cut[1:], cut[0], unit

    def form(self, weights: Sequence[Fraction], constant: Fraction = ZERO) -> Form:
        """Write ``weights.theta + constant`` as a form."""
        columns, y, unit = self.columns
        factors, common = whole_numbers(weights)
        value = constant + Fraction(sum(map(mul, factors, y)), common * unit)
        coefficients = [Fraction(-sum(map(mul, factors, column)), common * unit) for column in columns]
        return Form(coefficients, {1: value} if value else {})

    def entry(self, i: int, sign: int = 1, constant: Fraction = ZERO) -> Form:
        """Write ``sign theta_i + constant`` as a form."""
        columns, y, unit = self.columns
        value = constant + Fraction(sign * y[i], unit)
        return Form([Fraction(-sign * column[i], unit) for column in columns], {1: value} if value else {})

    def unknown(self, place: int, factors: Sequence[Fraction]) -> Form:
        """Return the form of the entries of (omega, c) from a place on, times these factors."""
        size = self.omegas + len(self.lineality)
        return Form([ZERO] * place + list(factors) + [ZERO] * (size - place - len(factors)), {})

    def constant(self, value: Fraction) -> Form:
        """Return a constant as a form."""
        return Form(self.unknown(0, []).coefficients, {1: value} if value else {})

    def ball(self, form: Form) -> Interval:
        """Return the middle of a form on the box, and how far from it the form may be."""
        low, high = self.enclosure(form)
        return (low + high) / 2, (high - low) / 2

    def enclosure(self, form: Form) -> Interval:
        """Enclose a form on the box; exact unless there are radicals."""
        low, high = enclose(form.constant, 64 + self.radius.denominator.bit_length())
        pairs = [(factor, value) for factor, value in zip(form.coefficients, self.linear_midpoint, strict=True) if factor]
        middle = sum((factor * value for factor, value in pairs), ZERO)
        spread = self.radius * sum((abs(factor) for factor, _ in pairs), ZERO)
        return low + middle - spread, high + middle + spread

    @cached_property
    def identities(self) -> list[tuple[int, Form]]:
        """The known identities ``form = 0``, reduced: (pivot, form), no pivot in another form.

        E3, and for a block of one basis vector B: ``s B'X'D theta = b sqrt(B.B) sign(omega)``, from E1 and E2 with t > 0.
        A pivot always exists, since the forms are independent where O3 holds.
        """
        columns, _, unit = self.columns
        forms = [self.form([Fraction(entry, unit) for entry in column]) for column in columns]
        known = forms[self.omegas :]
        for k, place in self.blocks.items():
            basis = self.neurons[k].basis
            if len(basis) == 1:
                side = self.problem.penalty * (1 if self.midpoint[place] > 0 else -1)
                root = self.radicals.root(int(dot(basis[0], basis[0])))
                known.append(Form(forms[place].coefficients, plus(forms[place].constant, -side, root)))
        rows: list[tuple[int, Form]] = []
        for form in known:
            reduced = substitute(form, rows)
            pivot = next(j for j, entry in enumerate(reduced.coefficients) if entry)
            factor = 1 / reduced.coefficients[pivot]
            row = reduced.plus(factor - 1, reduced)
            rows = [(j, old.plus(-old.coefficients[pivot], row)) for j, old in rows]
            rows.append((pivot, row))
        return rows

    def reduce(self, form: Form) -> Form:
        """Eliminate with the known identities; at a point that is known exactly every form is."""
        if not self.radius:
            value = dot(form.coefficients, self.linear_midpoint)
            return Form([ZERO] * len(form.coefficients), plus(form.constant, value, {1: ONE}))
        return substitute(form, self.identities)

    def known(self, form: Form) -> Constant | None:
        """Return the constant that a form is known to be, None if it is not."""
        reduced = self.reduce(form)
        return None if any(reduced.coefficients) else reduced.constant

    def not_negative(self, form: Form) -> bool:
        """Prove ``form >= 0`` for every point of the box that satisfies the known identities."""
        low, high = self.enclosure(form)
        if low >= 0 or high < 0:
            return low >= 0
        reduced = self.reduce(form)
        if not any(reduced.coefficients):
            return sign_of(reduced.constant) >= 0
        return self.enclosure(reduced)[0] >= 0


def substitute(form: Form, rows: list[tuple[int, Form]]) -> Form:
    """Eliminate the pivots of reduced identities from a form."""
    for pivot, row in rows:
        if form.coefficients[pivot]:
            form = form.plus(-form.coefficients[pivot], row)
    return form


CLAIM = ("value", "residual", "neurons")
NETWORK = ("roles", "bases", "lineality", "system", "split")
EVIDENCE = (*NETWORK, "positive", "negative")


def check_optimum(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check O1-O9: the optimal value, residual and neurons."""
    prove_optimum(problem, claim.fields(*CLAIM), evidence.fields(*EVIDENCE), lines)


def prove_optimum(problem: Problem, claim: list[Item], evidence: list[Item], lines: list[str]) -> Proof:
    """Check O1-O9 and return what is then known."""
    value = claim[0].box()
    lines.append(f"claim (optimum): p* lies in {interval_text(*value)}")
    proof = prove_network(problem, claim, dict(zip(EVIDENCE, evidence, strict=True)))
    count, signs = len(proof.neurons), [neuron.sign for neuron in proof.neurons]
    pairs, active = (sum(n.role in roles for n in proof.neurons) for roles in (("pair",), ("free", "pair", "partner")))
    lines.append(
        f"the residual y - fit, and {'the only optimal neuron' if count == 1 else f'all {count} optimal neurons'}: "
        f"{signs.count(1)} of sign +, {signs.count(-1)} of sign -, {pairs} {'pair' if pairs == 1 else 'pairs'} of opposite "
        f"directions; an optimal network made of {active} of them"
    )
    o8_trees(proof)
    return proof


def prove_network(problem: Problem, claim: list[Item], evidence: dict[str, Item]) -> Proof:
    """Check O1-O7a: a network with these neurons, objective and residual theta exists, and s theta.(Xu)+ = b for its neurons.

    It is an optimum of the program of the columns (sign, closed cell) in which nothing exceeds b, if they hold its neurons.
    """
    value_item, residual_item, neurons_item = claim
    value, residual = value_item.box(), [item.box() for item in residual_item.entries(len(problem.y))]
    proof = o1_read(problem, neurons_item, evidence)
    o2_structure(proof)
    proof = o3_existence(proof)
    o4_positive(proof)
    o5_directions(proof)
    o6_pairs(proof)
    final_value(proof, value, value_item)
    for i, (low, high) in enumerate(residual):
        if not (proof.not_negative(proof.entry(i, constant=-low)) and proof.not_negative(proof.entry(i, -1, high))):
            raise residual_item.entries()[i].reject("the residual is not proved to lie in this box")
    return proof


def o1_read(problem: Problem, neurons_item: Item, evidence: dict[str, Item]) -> Proof:
    """O1, the rest: gates and boxes, roles and bases, the box of the unknowns."""
    parts = dict(evidence)
    items = neurons_item.entries()
    d, roles, bases = len(problem.X[0]), parts["roles"].entries(len(items)), parts["bases"].entries(len(items))
    neurons = [o1_neuron(problem, len(items), *three) for three in zip(items, roles, bases, strict=True)]
    lineality = [item.vector(d) for item in parts["lineality"].entries()]
    midpoint, radius_item, preconditioner = parts["system"].fields("midpoint", "radius", "preconditioner")
    size = sum(len(n.basis) + 1 for n in neurons if n.role in ("free", "pair")) + len(lineality)
    radius = radius_item.number()
    if radius <= 0:
        raise radius_item.reject("O1: the radius must be positive")
    parts["preconditioner"] = preconditioner
    return Proof(problem, make_walls(problem.X), neurons, lineality, parts, midpoint.vector(size), radius)


def o1_neuron(problem: Problem, count: int, item: Item, role_item: Item, basis_item: Item) -> Neuron:
    """O1, one neuron."""
    sign, gate, direction, partner, amount = item.fields("sign", "gate", "direction", "partner", "amount")
    role = role_item.text()
    if role not in ("free", "pair", "partner", "tie"):
        raise role_item.reject('O1: "free", "pair", "partner" or "tie" is expected here')
    if sign.text() not in ("+", "-"):
        raise sign.reject('O1: "+" or "-" is expected here')
    if re.fullmatch(r"[-+0]*", gate.text()) is None or len(gate.text()) != len(problem.X):
        raise gate.reject("O1: one of + - 0 for each row of X is expected here")
    if (partner.value is None) is not (role in ("free", "tie")):
        raise partner.reject(f"O1: a neuron of the role {role} has {'no' if role in ('free', 'tie') else 'a'} partner")
    if (amount.value is None) is not (role == "tie"):
        raise amount.reject("O1: the amount must be null for a tie, and for a tie only")
    d = len(problem.X[0])
    return Neuron(
        item=item,
        sign=1 if sign.value == "+" else -1,
        gate=gate.text(),
        direction=[box.box() for box in direction.entries(d)],
        partner=None if partner.value is None else partner.index(count),
        amount=None if amount.value is None else amount.box(),
        role=role,
        basis=[vector.vector(d) for vector in basis_item.entries()],
    )


def o2_structure(proof: Proof) -> None:
    """O2: bases and gates belong together, partners are mutual and opposite, no neuron is listed twice, L is independent."""
    if left_inverse([[dot(row, vector) for row in proof.problem.X] for vector in proof.lineality]) is None:
        raise proof.evidence["lineality"].reject("O2: the lineality is dependent modulo the kernel of X")
    seen: set[tuple[int, str]] = set()
    for k, neuron in enumerate(proof.neurons):
        item = proof.evidence["bases"].entries()[k]
        if not neuron.basis or left_inverse(neuron.basis) is None:
            raise item.reject("O2: the basis is empty or dependent")
        if any(entry.denominator > 1 for vector in neuron.basis for entry in vector):
            raise item.reject("O2: the basis is not integer")
        if (neuron.sign, neuron.gate) in seen:
            raise neuron.item.reject("O2: a neuron with the same sign and gate is listed before; there is only one")
        seen.add((neuron.sign, neuron.gate))
        o2_gates(proof, neuron)
        if neuron.partner is not None:
            o2_partner(neuron, k, proof.neurons[neuron.partner])


def o2_gates(proof: Proof, neuron: Neuron) -> None:
    """O2, gates: 0 exactly on the rows that vanish on the basis, the same within a wall."""
    walls = proof.walls
    for i, (row, gate) in enumerate(zip(proof.problem.X, neuron.gate, strict=True)):
        if (gate == "0") is any(dot(row, vector) for vector in neuron.basis):
            raise neuron.item.reject(f"O2: the gate of row {i} does not agree with the basis: 0 exactly where the row vanishes")
        head = neuron.gate[walls.heads[walls.wall_of[i]]] if walls.factor[i] else "0"
        if gate != (head if walls.factor[i] >= 0 else opposite(head)):
            raise neuron.item.reject(f"O2: the gate of row {i} does not agree with the first row of its wall")


def opposite(gate: str) -> str:
    """Turn a gate round."""
    return gate.translate({ord("+"): "-", ord("-"): "+"})


def o2_partner(neuron: Neuron, k: int, other: Neuron) -> None:
    """O2, partners: mutual, one of each role, same sign, opposite gates, same basis."""
    if other.partner != k or {neuron.role, other.role} != {"pair", "partner"}:
        raise neuron.item.reject("O2: the partners do not name each other as pair and partner")
    if (other.sign, other.gate, other.basis) != (neuron.sign, opposite(neuron.gate), neuron.basis):
        raise neuron.item.reject("O2: partners must have the same sign, opposite gates and the same basis")


def equations(proof: Proof) -> tuple[Vector, Matrix, Vector]:
    """Evaluate E1, E2, E3 at the midpoint: values, Jacobian, and for each row a number s.

    On the box the entries of the row differ from those at the midpoint by at most radius * s, all differences added up.
    E1 and E3 are written with the columns A of theta = y - A (omega, c): s_k B_k'X'D_k and L'X' are rows of A'.
    """
    columns, y, unit = proof.columns
    gram = [[Fraction(sum(map(mul, a, b)), unit**2) for b in columns] for a in columns]
    middle = proof.linear_midpoint
    pull = [Fraction(sum(map(mul, a, y)), unit**2) - dot(row, middle) for a, row in zip(columns, gram, strict=True)]
    omegas, blocks = proof.omegas, list(proof.blocks.items())
    first: list[tuple[Fraction, Vector, Fraction]] = []
    second: list[tuple[Fraction, Vector, Fraction]] = []
    for index, (k, place) in enumerate(blocks):
        basis, t = proof.neurons[k].basis, proof.midpoint[omegas + index]
        inner = [[dot(v, w) for w in basis] for v in basis]
        omega = proof.midpoint[place : place + len(basis)]
        marks = [Fraction(j == index) for j in range(len(blocks))]
        for a, row in enumerate(inner, start=place):
            padded = [ZERO] * place + row + [ZERO] * (len(columns) - place - len(basis))
            slopes = [-t * h - proof.problem.penalty * g for h, g in zip(gram[a], padded, strict=True)]
            jacobian = slopes[:omegas] + [pull[a] * mark for mark in marks] + slopes[omegas:]
            first.append((t * pull[a] - proof.problem.penalty * dot(row, omega), jacobian, 2 * sum(map(abs, gram[a]), ZERO)))
        padded = [ZERO] * place + [-2 * dot(row, omega) for row in inner] + [ZERO] * (omegas - place - len(basis))
        jacobian = padded + [2 * t * mark for mark in marks] + [ZERO] * (len(columns) - omegas)
        spread = 2 + 2 * sum((abs(entry) for row in inner for entry in row), ZERO)
        second.append((t * t - dot(omega, map(partial(dot, omega), inner)), jacobian, spread))
    third = [
        (pull[i], [-h for h in gram[i][:omegas]] + [ZERO] * len(blocks) + [-h for h in gram[i][omegas:]], ZERO)
        for i in range(omegas, len(columns))
    ]
    values, jacobian_rows, spreads = zip(*first, *second, *third, strict=True) if columns else ((), (), ())
    return list(values), list(jacobian_rows), list(spreads)


def o3_existence(proof: Proof) -> Proof:
    """O3: the midpoint is a solution exactly, and the box shrinks to it; or Krawczyk puts a solution into the box.

    Krawczyk: |Y F(m)| + radius (|I - Y J(m)| + radius |Y| s) < radius in every row.
    """
    item, size = proof.evidence["preconditioner"], len(proof.midpoint)
    numbers, under = whole_numbers(entry for row in item.entries(size) for entry in row.vector(size))
    values, jacobian, spreads = equations(proof)
    if not any(values):
        return replace(proof, radius=ZERO)
    slopes, scale = whole_numbers(entry for row in jacobian for entry in row)
    columns = [slopes[j::size] for j in range(size)]
    for i in range(size):
        row = numbers[i * size : (i + 1) * size]
        step = abs(sum(map(mul, row, values), ZERO)) / under
        unit = under * scale
        rest = Fraction(sum(abs(unit * (i == j) - sum(map(mul, row, column))) for j, column in enumerate(columns)), unit)
        bend = sum(map(mul, map(abs, row), spreads), ZERO) / under
        if step + proof.radius * (rest + proof.radius * bend) >= proof.radius:
            raise proof.evidence["system"].reject(f"O3: row {i} of the Krawczyk operator leaves the interior of the box")
    return proof


def o4_positive(proof: Proof) -> None:
    """O4: t_k > 0 on the box."""
    for k in proof.blocks:
        if proof.size(k)[0] <= 0:
            raise proof.evidence["system"].reject(f"O4: t of neuron {k} is not positive on the box")


def o5_directions(proof: Proof) -> None:
    """O5: gates are the signs of x_i.u, directions lie in their boxes; blocks first, the known identities need their signs."""
    for k in sorted(range(len(proof.neurons)), key=lambda k: (proof.neurons[k].role == "tie", k)):
        neuron = proof.neurons[k]
        if neuron.role == "tie":
            o5_tie(proof, neuron)
        elif neuron.role != "partner":
            o5_block(proof, k)


def o5_block(proof: Proof, k: int) -> None:
    """O5, one block and its partner: signs of x_i.B omega; the direction is w / t."""
    neuron, place = proof.neurons[k], proof.blocks[k]
    omega = proof.midpoint[place : place + len(neuron.basis)]
    for i, (row, gate) in enumerate(zip(proof.problem.X, neuron.gate, strict=True)):
        entries = [dot(row, vector) for vector in neuron.basis]
        middle = dot(entries, omega) * (1 if gate == "+" else -1)
        if gate != "0" and middle <= proof.radius * sum(map(abs, entries), ZERO):
            raise neuron.item.reject(f"O5: the gate of row {i} is not proved")
    if len(neuron.basis) == 1:
        (vector,) = neuron.basis
        root = proof.radicals.root(int(dot(vector, vector)))
        factor = (1 if omega[0] > 0 else -1) / dot(vector, vector)
        o5_constants(proof, neuron, [plus({}, factor * entry, root) for entry in vector])
        if neuron.partner is not None:
            o5_constants(proof, proof.neurons[neuron.partner], [plus({}, -factor * entry, root) for entry in vector])
        return
    t_low, t_high = proof.size(k)
    quotients = [(min(low / t_low, low / t_high), max(high / t_low, high / t_high)) for low, high in proof.enclose_w(k)]
    direction = [(max(low, -ONE), min(high, ONE)) for low, high in quotients]
    o5_boxes(neuron, direction)
    if neuron.partner is not None:
        o5_boxes(proof.neurons[neuron.partner], [(-high, -low) for low, high in direction])


def o5_boxes(neuron: Neuron, direction: list[Interval]) -> None:
    """O5, a direction known by enclosures."""
    for j, ((low, high), (claimed_low, claimed_high)) in enumerate(zip(direction, neuron.direction, strict=True)):
        if low < claimed_low or high > claimed_high:
            raise neuron.item.reject(f"O5: entry {j} of the direction is not proved to lie in its box")


def o5_constants(proof: Proof, neuron: Neuron, direction: list[Constant]) -> None:
    """O5, a direction known exactly."""
    for j, (constant, box) in enumerate(zip(direction, neuron.direction, strict=True)):
        if not lies_in(constant, box):
            raise neuron.item.reject(f"O5: entry {j} of the direction is not in its box")


def pull_weights(proof: Proof, neuron: Neuron) -> Matrix:
    """Return the d rows over theta of ``s P X'D theta``, P the orthogonal projector on the span of the basis."""
    dual = left_inverse(neuron.basis) or []
    images = []
    for row, gate in zip(proof.problem.X, neuron.gate, strict=True):
        parts = [neuron.sign * dot(row, vector) for vector in dual]
        images.append([dot(parts, entries) if gate == "+" else ZERO for entries in zip(*neuron.basis, strict=True)])
    return [list(column) for column in zip(*images, strict=True)]


def tie_direction(proof: Proof, neuron: Neuron) -> list[Constant]:
    """Return ``u = s P X'D theta / b`` of a tie."""
    u = []
    for weights in pull_weights(proof, neuron):
        constant = proof.known(proof.form(weights))
        if constant is None:
            raise neuron.item.reject("O7a: the direction of the tie is not known exactly")
        u.append(plus({}, 1 / proof.problem.penalty, constant))
    return u


def o5_tie(proof: Proof, neuron: Neuron) -> None:
    """O5 and O7a for a tie: b u = s P X'D theta is a known vector, of norm b exactly, with the signs of the gates."""
    u = tie_direction(proof, neuron)
    norm: Constant = {1: -ONE}
    for entry in u:
        norm = plus(norm, ONE, proof.radicals.times(entry, entry))
    if norm:
        raise neuron.item.reject("O7a: the tie is not tight")
    for i, (row, gate) in enumerate(zip(proof.problem.X, neuron.gate, strict=True)):
        product: Constant = {}
        for x, entry in zip(row, u, strict=True):
            product = plus(product, x, entry)
        if sign_of(product) != {"+": 1, "-": -1, "0": 0}[gate]:
            raise neuron.item.reject(f"O5: the gate of row {i} is not proved")
    o5_constants(proof, neuron, u)


def o6_coordinates(proof: Proof) -> dict[int, Matrix]:
    """O7a for pairs: return the coordinates e with ``X B_a = X L e`` of their basis vectors.

    With E3 this gives B'X'theta = 0, so a partner is as tight as its pair.
    """
    X = proof.problem.X
    images = [[dot(row, vector) for row in X] for vector in proof.lineality]
    dual, table = left_inverse(images) or [], {}
    for k, neuron in enumerate(proof.neurons):
        if neuron.role == "pair":
            targets = [[dot(row, vector) for row in X] for vector in neuron.basis]
            table[k] = [[dot(row, target) for row in dual] for target in targets]
            for target, parts in zip(targets, table[k], strict=True):
                if any(goal != dot(parts, (image[i] for image in images)) for i, goal in enumerate(target)):
                    raise neuron.item.reject("O7a: the pair is not in the span of the lineality")
    return table


def o6_split(proof: Proof, pairs: Iterable[int]) -> tuple[dict[int, Fraction], list[int]]:
    """Read the given fractions and the pairs to solve for; together they are all pairs, each once."""
    fraction_item, solve_item = proof.evidence["split"].fields("fraction", "solve")
    names, given = {str(k): k for k in pairs}, {}
    for name, item in fraction_item.table().items():
        if name not in names:
            raise item.reject("O6: not the index of a neuron of the role pair")
        given[names[name]] = item.number()
        if not 0 <= given[names[name]] <= 1:
            raise item.reject("O6: the fraction is not between 0 and 1")
    solve = [item.index(len(proof.neurons)) for item in solve_item.entries()]
    if sorted([*given, *solve]) != sorted(names.values()):
        raise proof.evidence["split"].reject("O6: each pair must be either given or solved for, once")
    return given, solve


def o6_pairs(proof: Proof) -> None:
    """O6: ``sum_pairs s_k phi_k E_k omega_k = -c`` has a solution with all phi in [0, 1] for every point of the box."""
    coordinates, item = o6_coordinates(proof), proof.evidence["split"]
    given, solve = o6_split(proof, coordinates)
    columns, rest = o6_columns(proof, coordinates)
    for k, phi in given.items():
        rest = [goal.plus(-phi, entry) for goal, entry in zip(rest, columns[k], strict=True)]
    fits = all(proof.known(goal) == {} for goal in rest) if not solve else len(solve) == len(rest)
    if not fits:
        raise item.reject(f"O6: {len(rest)} pairs must be solved for, or none if all fractions fit exactly")
    solver = box_solver([[proof.ball(entry) for entry in columns[k]] for k in solve])
    if solve and solver is None:
        raise item.reject("O6: the linear system is not proved to be regular")
    fractions = {k: (phi, phi) for k, phi in given.items()}
    if solver is not None:
        fractions.update(zip(solve, solver.solve([proof.ball(goal) for goal in rest]), strict=True))
    for k in solve:
        if fractions[k][0] < 0 or fractions[k][1] > 1:
            raise item.reject(f"O6: the fraction of pair {k} is not proved to lie between 0 and 1")
    o6_amounts(proof, fractions)


def o6_columns(proof: Proof, coordinates: dict[int, Matrix]) -> tuple[dict[int, list[Form]], list[Form]]:
    """Return ``s_k E_k omega_k`` for every pair, and -c, as forms."""
    rows = range(len(proof.lineality))
    columns = {
        k: [proof.unknown(proof.blocks[k], [proof.neurons[k].sign * part[j] for part in parts]) for j in rows]
        for k, parts in coordinates.items()
    }
    return columns, [proof.unknown(proof.omegas + j, [-ONE]) for j in rows]


def o6_amounts(proof: Proof, fractions: dict[int, Interval]) -> None:
    """O6, the amounts: t for free, (1 - phi) t for a pair, phi t for its partner."""
    for k in proof.blocks:
        low, high = proof.size(k)
        phi_low, phi_high = fractions.get(k, (ZERO, ZERO))
        parts = [(proof.neurons[k], (1 - phi_high) * low, (1 - phi_low) * high)]
        partner = proof.neurons[k].partner
        if partner is not None:
            parts.append((proof.neurons[partner], phi_low * low, phi_high * high))
        for neuron, least, most in parts:
            if neuron.amount is None or least < neuron.amount[0] or most > neuron.amount[1]:
                raise neuron.item.reject("O6: the amount is not proved to lie in its box")


def kink(proof: Proof, sign: int, wall: int) -> Vector:
    """Return the weights over theta of the kink of a wall."""
    pairs = zip(proof.walls.wall_of, proof.walls.factor, strict=True)
    return [sign * abs(factor) if other == wall else ZERO for other, factor in pairs]


def o7_multipliers(proof: Proof, neuron: Neuron, solve: list[int], fixed: dict[int, Fraction]) -> dict[int, Form] | None:
    """Solve for the tau_h; None when the normals are dependent or the equations are not proved to hold."""
    walls, zero = proof.walls, proof.form([ZERO] * len(proof.problem.y))
    target = pull_weights(proof, neuron)
    for i, (row, wall, factor) in enumerate(zip(proof.problem.X, walls.wall_of, walls.factor, strict=True)):
        outside_on = factor and neuron.gate[walls.heads[wall]] == "+"
        for j, entry in enumerate(target):
            part = row[j] if factor < 0 else ZERO
            entry[i] -= neuron.sign * (part + (abs(factor) * walls.normals[wall][j] if outside_on else ZERO))
    constants = [-sum((tau * walls.normals[wall][j] for wall, tau in fixed.items()), ZERO) for j in range(len(target))]
    dual = left_inverse([list(walls.normals[wall]) for wall in solve])
    if dual is None:
        return None
    taus = {}
    for wall, line in zip(solve, dual, strict=True):
        taus[wall] = proof.form([dot(line, entries) for entries in zip(*target, strict=True)], dot(line, constants))
    for j, constant in enumerate(constants):
        rest = proof.form(target[j], constant)
        for wall, tau in taus.items():
            rest = rest.plus(-walls.normals[wall][j], tau)
        if (any(rest.coefficients) or rest.constant) and proof.known(rest) != {}:
            return None
    for wall, tau_value in fixed.items():
        taus[wall] = zero.plus(tau_value, Form(zero.coefficients, {1: ONE}))
    return taus


def o7_leaf(proof: Proof, sign: int, node: Item, cone: Cone) -> None:
    """O7b: on the cone the function is at most b u_k.u, so neuron k alone reaches b there."""
    neuron_item, solve_item, fixed_item = node.fields("neuron", "solve", "fixed")
    k, walls = neuron_item.index(len(proof.neurons)), proof.walls
    neuron = proof.neurons[k]
    if neuron.sign != sign:
        raise neuron_item.reject("O7b: the neuron has the other sign")
    on_wall = {wall for wall, head in enumerate(walls.heads) if neuron.gate[head] == "0"}
    solve = [walls.named(str(item.index(10**18))) for item in solve_item.entries()]
    fixed = {walls.named(name): item.number() for name, item in fixed_item.table().items()}
    if not on_wall >= {*solve, *fixed} or len({*solve, *fixed}) < len(solve) + len(fixed):
        raise node.reject("O7b: solve and fixed must name walls with gate 0 of the neuron, each at most once")
    key = (k, tuple(solve), tuple(sorted(fixed.items())))
    if key not in proof.taus:
        taus = o7_multipliers(proof, neuron, solve, fixed)
        if taus is None:
            raise node.reject("O7b: the equations of the multipliers have no proved solution")
        proof.taus[key] = taus
    for wall, side in enumerate(cone.side):
        gate, name = neuron.gate[walls.heads[wall]], f"wall {walls.heads[wall]}"
        if gate != "0" and side and side != (1 if gate == "+" else -1):
            raise node.reject(f"O7b: {name} is decided to the side where the neuron is not")
        if gate != "0" and not side and not o7_sign(proof, ("kink", sign, wall)):
            raise node.reject(f"O7b: {name} is undecided, and its kink is not proved to be at most 0")
        if gate == "0" and side >= 0 and not o7_sign(proof, ("above", sign, wall, key)):
            raise node.reject(f"O7b: the multiplier of {name} is not proved to be at least its kink")
        if gate == "0" and side <= 0 and not o7_sign(proof, ("below", sign, wall, key)):
            raise node.reject(f"O7b: the multiplier of {name} is not proved to be at most 0")


def o7_sign(proof: Proof, question: tuple[Any, ...]) -> bool:
    """Decide once: is the kink at most 0, the multiplier above the kink, the multiplier below 0?"""
    if question not in proof.decided:
        what, sign, wall, *keys = question
        zero = proof.form([ZERO] * len(proof.problem.y))
        tau = proof.taus[keys[0]].get(wall, zero) if keys else zero
        form = zero.plus(-ONE, tau) if what == "below" else tau.plus(-ONE, proof.form(kink(proof, sign, wall)))
        proof.decided[question] = proof.not_negative(form)
    return proof.decided[question]


def o8_leaf(tree: Tree, node: Item, cone: Cone, proof: Proof, sign: int, limit: Fraction) -> None:
    """Check a leaf of the kind `optimum`: tight (O7b) or good (O8)."""
    if "neuron" in node.table():
        o7_leaf(proof, sign, node, cone)
    else:
        good_leaf(tree, node, cone, limit, strict=True)


def o8_middle(proof: Proof) -> tuple[Vector, Fraction]:
    """Return the middle residual, and the limit for a bound at it that holds for every theta of the box.

    The function of theta differs from the one of the middle residual by at most sum_i |theta_i - middle_i| |x_i| |u|: it is
    enough that the middle residual is good with the penalty less this sum.
    """
    middle, limit = [], proof.problem.penalty
    for i, row in enumerate(proof.problem.X):
        form = proof.entry(i)
        low, high = proof.enclosure(form)
        middle.append((low + high) / 2)
        numbers, unit = whole_numbers(row)
        limit -= (high - low) / 2 * Fraction(norm_up(numbers, unit), 1 << ROUND)
    return middle, limit


def o8_trees(proof: Proof) -> None:
    """O7b, O8, O9: the leaves cover R^d and are tight or strictly good for every theta of the box."""
    middle, limit = o8_middle(proof)
    for name, sign in (("positive", 1), ("negative", -1)):
        leaf = partial(o8_leaf, proof=proof, sign=sign, limit=limit)
        duty = "O8" if limit > 0 else "O8 (the box is too wide)"
        profile = make_profile(proof.problem, proof.walls, middle, sign)
        walk(Tree(proof.evidence[name], proof.walls, profile, "O9", duty, leaf))


def final_value(proof: Proof, claimed: Interval, item: Item) -> None:
    """Demand y.theta - |theta|^2 / 2 in its box: a quadratic function of gradient -A'A (omega, c), or known exactly."""
    columns, _, unit = proof.columns
    middle = proof.linear_midpoint
    forms = [proof.entry(i) for i in range(len(proof.problem.y))]
    theta = [sum(proof.enclosure(form), ZERO) / 2 for form in forms]
    spread = ZERO
    for a in columns:
        row = [Fraction(sum(map(mul, a, b)), unit**2) for b in columns]
        spread += abs(dot(row, middle)) + proof.radius * sum(map(abs, row), ZERO) / 2
    value, spread = dot(proof.problem.y, theta) - dot(theta, theta) / 2, spread * proof.radius
    if claimed[0] <= value - spread and value + spread <= claimed[1]:
        return
    exact: Constant = {}
    for target, form in zip(proof.problem.y, forms, strict=True):
        constant = proof.known(form)
        if constant is None:
            raise item.reject("the optimal value is not proved to lie in this box")
        exact = plus(exact, target, constant)
        exact = plus(exact, Fraction(-1, 2), proof.radicals.times(constant, constant))
    if not lies_in(exact, claimed):
        raise item.reject("the optimal value is not in this box")


# ------------------------------------------------------------------------------------------------- columns (sign, closed cell)

Column = tuple[int, list[int]]
"""A sign and the side, +1 or -1, of every wall."""

BELOW, ABOVE = -1, -2


def read_column(walls: Walls, sign: Item, gate: Item) -> Column:
    """Read a column: "+" or "-", and a cell as the signs of x_i.u inside, "0" for rows of zeros."""
    if sign.text() not in ("+", "-"):
        raise sign.reject('"+" or "-" is expected here')
    return 1 if sign.value == "+" else -1, read_cell(walls, gate)


def read_cell(walls: Walls, item: Item) -> list[int]:
    """Read a cell; whether there is such a cell is not looked at."""
    gate = item.text()
    if len(gate) != len(walls.wall_of) or re.fullmatch(r"[-+0]*", gate) is None:
        raise item.reject("one of + - 0 for each row of X is expected here")
    sides = [1 if gate[head] == "+" else -1 for head in walls.heads]
    for i, (wall, factor) in enumerate(zip(walls.wall_of, walls.factor, strict=True)):
        if gate[i] != ("0" if not factor else "+" if sides[wall] * factor > 0 else "-"):
            raise item.reject(f"row {i} is on no side, or not on that of the first row of its wall")
    return sides


def c_verdicts(proof: Proof, columns: Sequence[Column], items: Sequence[Item]) -> list[int]:
    """Check C: for every column the greatest value of s theta.(Xu)+ over unit vectors u of its closed cell, against b.

    Returns BELOW, ABOVE, or the index of the neuron that alone attains b there.
    """
    middle, limit = o8_middle(proof)
    leaf = partial(good_leaf, limit=limit, strict=True)
    trees = {
        sign: Tree(Item([], ""), proof.walls, make_profile(proof.problem, proof.walls, middle, sign), "C", "C", leaf)
        for sign in (1, -1)
    }
    return [c_verdict(proof, trees[sign], sign, sides, item, limit) for (sign, sides), item in zip(columns, items, strict=True)]


def c_verdict(proof: Proof, tree: Tree, sign: int, sides: list[int], item: Item, limit: Fraction) -> int:
    """C, one column: a good leaf, a tight leaf, or a direction that exceeds b."""
    base = tree.profile.linear
    for side, piece in zip(sides, tree.profile.pieces, strict=True):
        if side > 0:
            base = [a + k for a, k in zip(base, piece, strict=True)]
    none = [0] * len(sides)
    cone, kind = Cone(sides, none, none, base), item.table()
    if "neuron" in kind:
        o7_leaf(proof, sign, item, cone)
        return item.fields("neuron", "solve", "fixed")[0].index(len(proof.neurons))
    if "direction" in kind:
        c_above(proof, cone, tree.profile, item, limit)
        return ABOVE
    tree.leaf(tree, item, cone)
    return BELOW


def c_above(proof: Proof, cone: Cone, profile: Profile, item: Item, limit: Fraction) -> None:
    """C, a column that exceeds b: u of the closed cell with (value for the middle residual) - (b - limit) |u| > b |u|."""
    (direction,) = item.fields("direction")
    u = direction.vector(len(proof.problem.X[0]))
    for wall, side in enumerate(cone.side):
        if side * dot(proof.walls.normals[wall], u) < 0:
            raise direction.reject(f"C: the direction is not in the cell (wall {proof.walls.heads[wall]})")
    value = dot((Fraction(entry) for entry in cone.base), u) / profile.unit
    least = 2 * proof.problem.penalty - limit
    if value <= 0 or value * value <= least * least * dot(u, u):
        raise direction.reject("C: the direction does not exceed the penalty")


# -------------------------------------------------------------------------------- kinds `optimal-set` and `minimum-network`

Label = tuple[tuple[int, ...], tuple[int, ...]]
LARGE = 10**9
MAX_SUMS, MAX_HALF, MAX_MATCHES = 1 << 24, 1 << 21, 1 << 13


@dataclass(frozen=True, slots=True)
class Amount:
    """The amount of a neuron: length times x_variable, or times upper - x_variable (`rest`), or, without a variable, times total.

    The length is exact, or an enclosure on the box.
    """

    length: Constant | Interval
    total: Form
    variable: int = -1
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Features:
    """The features of neurons of known direction, and how those of ties depend on them.

    lengths: for each block and tie the vector v (a positive multiple of its direction; None: known on the box only), the amount
    of v in the network of O6, and |v|. known: the blocks with a known v. ties: for each tie its coefficients over the independent
    features, which are those of `known`, then X L, then some ties; no ties here when all are independent.
    """

    lengths: dict[int, tuple[Vector | None, Form, Constant | Interval]]
    known: list[int]
    ties: dict[int, Vector]


@dataclass(frozen=True)
class Polytope:
    """``{x : sum_j x_j columns[j] = right, 0 <= x_j <= upper_j}``: its points are the optimal networks, one amount per neuron."""

    proof: Proof
    columns: list[list[Form]]
    right: list[Form]
    upper: list[Form | None]
    amounts: list[Amount]
    solvers: dict[tuple[int, ...], Matrix | BoxSolver | None] = field(default_factory=dict)

    @cached_property
    def rational(self) -> list[Vector | None]:
        """The columns that are rational vectors, None for the others."""
        table = [[rational(entry) for entry in column] for column in self.columns]
        known = [[entry for entry in column if entry is not None] for column in table]
        return [column if len(column) == len(self.right) else None for column in known]

    @cached_property
    def full(self) -> list[list[Form]]:
        """The columns times their upper bounds, of which one is rational; empty where there is no bound."""
        table: list[list[Form]] = []
        for column, bound in zip(self.columns, self.upper, strict=True):
            factors = [rational(entry) for entry in column] if bound is not None else []
            pairs = zip(column, factors, strict=False)
            table.append([entry if factor is None or bound is None else bound.times(factor) for entry, factor in pairs])
        return table

    @cached_property
    def balls(self) -> tuple[list[list[Interval]], list[list[Interval]], list[Interval]]:
        """The columns, the full columns and the right-hand side as middles and spreads."""
        ball = self.proof.ball
        columns, full = ([[ball(entry) for entry in column] for column in table] for table in (self.columns, self.full))
        return columns, full, [ball(entry) for entry in self.right]


@dataclass(frozen=True, slots=True)
class Point:
    """The point of a label: its values, exact or enclosed, and the bounds (variable, is it the upper one) that are attained."""

    label: Label
    values: dict[int, Form | Interval]
    tight: set[tuple[int, bool]]


def rational(form: Form) -> Fraction | None:
    """Return the value of a form that is a rational constant, None for others."""
    return None if any(form.coefficients) or set(form.constant) - {1} else form.constant.get(1, ZERO)


def settled(proof: Proof, form: Form) -> Form:
    """Return a form with its value in its place when that is known to be rational."""
    constant = proof.known(form)
    return form if constant is None or set(constant) - {1} else Form([ZERO] * len(form.coefficients), constant)


def s1_length(proof: Proof, k: int) -> tuple[Vector | None, Form, Constant | Interval]:
    """S1: choose v for a block or a tie: the basis vector of a ray, a tie's direction up to a root, or w, if it is rational."""
    neuron, one, place = proof.neurons[k], proof.constant(ONE), proof.blocks.get(k, 0)
    if neuron.role == "tie":
        u, total = tie_direction(proof, neuron), one.times(ZERO)
        if len({q for entry in u for q in entry}) != 1:
            raise neuron.item.reject("S1: the direction of the tie is not a multiple of a rational vector")
        v = [sum(entry.values(), ZERO) for entry in u]
    elif len(neuron.basis) == 1:
        side = ONE if proof.midpoint[place] > 0 else -ONE
        v, total = [side * entry for entry in neuron.basis[0]], settled(proof, proof.unknown(place, [side]))
    else:
        found = [rational(settled(proof, proof.unknown(place + a, [ONE]))) for a in range(len(neuron.basis))]
        omega = [entry for entry in found if entry is not None]
        if len(omega) < len(found):
            return None, one, proof.size(k)
        v, total = [dot(omega, column) for column in zip(*neuron.basis, strict=True)], one
    square = dot(v, v)
    root = proof.radicals.root(square.numerator * square.denominator)
    return v, total, plus({}, Fraction(1, square.denominator), root)


def feature(proof: Proof, neuron: Neuron, vector: Sequence[Fraction]) -> Vector:
    """Return ``s D X v``."""
    return [
        neuron.sign * dot(row, vector) if gate == "+" else ZERO for row, gate in zip(proof.problem.X, neuron.gate, strict=True)
    ]


def s1_features(proof: Proof) -> Features:
    """S1, first part: features of blocks and X L are independent; ties depend on those known exactly, or not at all."""
    ties = [k for k, neuron in enumerate(proof.neurons) if neuron.role == "tie"]
    lengths = {k: s1_length(proof, k) for k in [*proof.blocks, *ties]}
    vectors = {k: vector for k, (vector, _, _) in lengths.items() if vector is not None}
    known = [k for k in proof.blocks if k in vectors]
    free = [[dot(row, vector) for row in proof.problem.X] for vector in proof.lineality]
    table = [feature(proof, proof.neurons[k], vectors[k]) for k in known] + free
    table += [feature(proof, proof.neurons[k], vectors[k]) for k in ties]
    chosen, first = pivots(table), len(known) + len(free)
    independent = [table[place] for place in chosen]
    if chosen[:first] != list(range(first)) or not s1_independent(
        proof, independent, [k for k in proof.blocks if k not in vectors]
    ):
        raise proof.evidence["roles"].reject("S1: the features are not proved to be independent")
    dual = left_inverse(independent) or []
    lines = {k: [dot(row, column) for row in dual] for k, column in zip(ties, table[first:], strict=True)}
    return Features(lengths, known, lines if len(chosen) < len(table) else {})


def s1_independent(proof: Proof, table: Matrix, blocks: list[int]) -> bool:
    """S1: the columns of the table and ``s_k D_k X B_k omega_k`` are independent for every omega of the box.

    T is a left inverse of nearby columns; the columns C(omega) are independent because |I - T C(omega)| < 1 in every row.
    """
    if not blocks:
        return True
    parts = [[(column, ONE, ZERO)] for column in table]
    for k in blocks:
        omega, basis = proof.midpoint[proof.blocks[k] :], proof.neurons[k].basis
        columns = [feature(proof, proof.neurons[k], vector) for vector in basis]
        parts.append([(column, value, proof.radius) for column, value in zip(columns, omega, strict=False)])
    near = []
    for part in parts:
        column = [sum((value * vector[i] for vector, value, _ in part), ZERO) for i in range(len(proof.problem.y))]
        size = max(map(abs, column)) or ONE
        near.append([Fraction(round(entry / size * (1 << ROUND))) * size for entry in column])
    for i, row in enumerate(left_inverse(near) or [[]]):
        total = ZERO if row else ONE
        for j, part in enumerate(parts if row else []):
            values = [(dot(row, vector), value, spread) for vector, value, spread in part]
            total += abs((i == j) - sum((factor * value for factor, value, _ in values), ZERO))
            total += sum((abs(factor) * spread for factor, _, spread in values), ZERO)
        if total >= 1:
            return False
    return True


def s1_share(proof: Proof, k: int, column: list[Form]) -> list[Form]:
    """S1: return what one unit of the partner adds to the equations of X L, for a pair k with the column ``s_k E_k omega_k``."""
    if len(proof.neurons[k].basis) > 1:
        return [settled(proof, entry.times(-ONE)) for entry in column]
    side = -1 if proof.midpoint[proof.blocks[k]] > 0 else 1
    return [proof.constant(side * entry.coefficients[proof.blocks[k]]) for entry in column]


@dataclass(frozen=True, slots=True)
class Draft:
    """A polytope in the making; a column maps equations to entries."""

    columns: list[dict[int, Form]] = field(default_factory=list)
    upper: list[Form | None] = field(default_factory=list)
    amounts: dict[int, Amount] = field(default_factory=dict)

    def add(self, k: int, amount: Amount, column: dict[int, Form], bound: Form | None = None) -> None:
        """Make the amount of neuron k a variable."""
        self.amounts[k] = replace(amount, variable=len(self.columns))
        self.columns.append(column)
        self.upper.append(bound)


def s1_polytope(proof: Proof) -> Polytope:
    """S1, second part: variables are the shares of partners of fixed pairs, and the amounts of all that ties can change."""
    features, draft = s1_features(proof), Draft()
    known, lines = len(features.known), features.ties
    shares, goals = o6_columns(proof, o6_coordinates(proof))
    moved = {place for line in lines.values() for place, entry in enumerate(line) if entry and place < known}
    right = {known + j: settled(proof, goal.times(-ONE)) for j, goal in enumerate(goals)}
    for k in sorted(features.lengths):
        _, total, length = features.lengths[k]
        amount, partner = Amount(length, total), proof.neurons[k].partner
        place = features.known.index(k) if k in features.known else -1
        share = {known + j: entry for j, entry in enumerate(s1_share(proof, k, shares.get(k, [])))} if partner is not None else {}
        draft.amounts[k] = amount
        if k in lines:
            draft.add(k, amount, dict(enumerate(map(proof.constant, lines[k]))))
        elif place in moved:
            right[place] = total
            draft.add(k, amount, {place: proof.constant(ONE)})
            if partner is not None:
                draft.add(partner, amount, {place: proof.constant(ONE)} | share)
        elif partner is not None:
            draft.add(partner, amount, share, total)
            draft.amounts[k] = replace(draft.amounts[partner], rest=True)
    rows = sorted(moved) + list(range(known, max([known + len(goals), *map(len, lines.values())])))
    return s1_rows(proof, draft, rows, right)


def s1_rows(proof: Proof, draft: Draft, rows: list[int], right: dict[int, Form]) -> Polytope:
    """S1, third part: of rational equations only independent ones are kept; the others follow, because O6 has a solution.

    Of more equations than variables as many are kept; S2 proves them independent, so their only solution is that of O6.
    """
    zero = proof.constant(ZERO)
    amounts = [draft.amounts[k] for k in range(len(proof.neurons))]
    full = Polytope(proof, [[c.get(i, zero) for i in rows] for c in draft.columns], [], draft.upper, amounts)
    table = [[rational(entry) for entry in line] for line in ([c.get(i, zero) for c in draft.columns] for i in rows)]
    known = [[entry for entry in line if entry is not None] for line in table]
    if all(len(line) == len(draft.columns) for line in known):
        rows = [rows[i] for i in pivots(known)]
    elif len(draft.columns) < len(rows):
        chosen = pivots([[sum(proof.enclosure(c.get(i, zero)), ZERO) for c in draft.columns] for i in rows])
        rows = [rows[i] for i in chosen] if len(chosen) == len(draft.columns) else rows
    columns = [[column.get(i, zero) for i in rows] for column in draft.columns]
    return replace(full, columns=columns, right=[right.get(i, zero) for i in rows])


def s2_label(polytope: Polytope, item: Item) -> Label:
    """S2, shape: ascending lists of variables, apart; a basis has as many as there are equations; upper bounds exist."""
    parts = []
    for part in item.entries(2):
        parts.append(tuple(entry.index(len(polytope.columns)) for entry in part.entries()))
        if any(i >= j for i, j in pairwise(parts[-1])):
            raise part.reject("S2: the variables are not in ascending order")
    basis, at_upper = parts
    if len(basis) != len(polytope.right):
        raise item.reject(f"S2: a basis has {len(polytope.right)} variables here")
    if {*basis} & {*at_upper} or any(polytope.upper[j] is None for j in at_upper):
        raise item.reject("S2: a variable at its upper bound is basic or has no upper bound")
    return basis, at_upper


def s2_values(polytope: Polytope, label: Label, item: Item) -> Sequence[Form | Interval]:
    """S2: solve for the basic variables: as forms when the basis is rational, enclosed otherwise."""
    basis, at_upper = label
    rows, found = range(len(polytope.right)), [polytope.rational[j] for j in basis]
    exact = [column for column in found if column is not None]
    columns, full, right = polytope.balls
    if basis not in polytope.solvers:
        by_rows = [[column[i] for column in exact] for i in rows]
        polytope.solvers[basis] = inverse(by_rows) if len(exact) == len(basis) else box_solver([columns[j] for j in basis])
    solver = polytope.solvers[basis]
    if solver is None:
        raise item.reject("S2: the columns of the basis are not proved to be independent")
    if isinstance(solver, BoxSolver):
        balls = [[right[i]] + [(-full[j][i][0], full[j][i][1]) for j in at_upper] for i in rows]
        return solver.solve([(sum((m for m, _ in line), ZERO), sum((s for _, s in line), ZERO)) for line in balls])
    goal = list(polytope.right)
    for j in at_upper:
        goal = [a.plus(-ONE, b) for a, b in zip(goal, polytope.full[j], strict=True)]
    return [combine(polytope.proof, row, goal) for row in solver]


def combine(proof: Proof, factors: Iterable[Fraction], forms: Iterable[Form]) -> Form:
    """Return a combination of forms."""
    total = proof.constant(ZERO)
    for factor, form in zip(factors, forms, strict=True):
        total = total.plus(factor, form) if factor else total
    return total


def s2_sign(proof: Proof, value: Form | Interval) -> int | None:
    """Return the sign of a number, None when it is not proved."""
    low, high = proof.enclosure(value) if isinstance(value, Form) else value
    if low > 0 or high < 0:
        return 1 if low > 0 else -1
    constant = proof.known(value) if isinstance(value, Form) else None
    return None if constant is None else sign_of(constant)


def minus(proof: Proof, bound: Form, value: Form | Interval) -> Form | Interval:
    """Return bound - value."""
    if isinstance(value, Form):
        return bound.plus(-ONE, value)
    low, high = proof.enclosure(bound)
    return low - value[1], high - value[0]


def s2_point(polytope: Polytope, item: Item, perturbed: bool = True) -> Point:
    """S2: the point of the label keeps the bounds; when a bound is attained, also when all bounds are moved outwards a little."""
    proof, label = polytope.proof, s2_label(polytope, item)
    basic = s2_values(polytope, label, item)
    point = Point(label, {}, set())
    for j, bound in enumerate(polytope.upper):
        if j not in label[0]:
            high = j in label[1]
            point.values[j] = bound if high and bound is not None else proof.constant(ZERO)
            point.tight.add((j, high))
    for place, (i, value) in enumerate(zip(label[0], basic, strict=True)):
        point.values[i] = value
        bound = polytope.upper[i]
        for high, gap in [(False, value)] if bound is None else [(False, value), (True, minus(proof, bound, value))]:
            sign = s2_sign(proof, gap)
            if sign is None or sign < 0 or (perturbed and not sign and not s2_outward(polytope, label, place, high)):
                raise item.reject(f"S2: variable {i} is not proved to keep its {'upper' if high else 'lower'} bound")
            if not sign:
                point.tight.add((i, high))
    return point


def s2_outward(polytope: Polytope, label: Label, place: int, high: bool) -> bool:
    """S2: a basic variable at a bound keeps it when lower bounds are -e^(j+1) and upper bounds u_j + e^(p+j+1), e small.

    Its distance is a polynomial in e: its own power has the coefficient 1; the first coefficient that is not 0 must be positive.
    """
    size, own, solver = len(polytope.columns), label[0][place], polytope.solvers[label[0]]
    if not isinstance(solver, list):
        return False
    for power in range(own + size * high):
        j = power % size
        if j not in label[0] and (j in label[1]) is (power >= size):
            sign = s2_sign(polytope.proof, combine(polytope.proof, solver[place], polytope.columns[j]))
            if sign is None or sign:
                return sign == (1 if high is (power >= size) else -1)
    return True


def s3_closed(labels: Sequence[Label], size: int, item: Item) -> None:
    """S3: there is a label, and every edge (the bounds of a label but one) is one of exactly two labels: these are all."""
    if not labels:
        raise item.reject("S3: there is no label")
    edges: dict[tuple[frozenset[int], frozenset[int]], int] = {}
    for basis, at_upper in labels:
        for j in {*range(size)} - {*basis}:
            key = frozenset((*basis, j)), frozenset(at_upper) - {j}
            edges[key] = edges.get(key, 0) + 1
    for place, (basis, at_upper) in enumerate(labels):
        if any(edges[frozenset((*basis, j)), frozenset(at_upper) - {j}] != 2 for j in {*range(size)} - {*basis}):
            raise item.entries()[place].reject("S3: an edge of this label is not one of exactly two labels")
    if len({*labels}) < len(labels):
        raise item.reject("S3: a label is listed twice")


def support(polytope: Polytope, point: Point) -> tuple[int, ...]:
    """Return the neurons with an amount that is not 0."""
    gone = [(a.variable < 0 and rational(a.total) == 0) or (a.variable, a.rest) in point.tight for a in polytope.amounts]
    return tuple(k for k, zero in enumerate(gone) if not zero)


def times(proof: Proof, length: Constant | Interval, value: Form | Interval, box: Interval) -> bool:
    """Prove that length times value lies in a box; both are positive."""
    bits = 64 + proof.radius.denominator.bit_length()
    lengths = enclose(length, bits) if isinstance(length, dict) else length
    values = proof.enclosure(value) if isinstance(value, Form) else value
    if box[0] <= lengths[0] * max(values[0], ZERO) and lengths[1] * values[1] <= box[1]:
        return True
    constant = proof.known(value) if isinstance(value, Form) else None
    return constant is not None and isinstance(length, dict) and lies_in(proof.radicals.times(length, constant), box)


def s4_network(polytope: Polytope, claim: Item) -> tuple[tuple[int, ...], list[Interval], Item]:
    """S4, reading: the neurons of a network, ascending, and a box for the amount of each."""
    support_item, amounts_item = claim.fields("support", "amounts")
    neurons = tuple(item.index(len(polytope.amounts)) for item in support_item.entries())
    if any(i >= j for i, j in pairwise(neurons)):
        raise support_item.reject("S4: the neurons are not in ascending order")
    return neurons, [item.box() for item in amounts_item.entries(len(neurons))], claim


def s4_amounts(polytope: Polytope, point: Point, neurons: tuple[int, ...], boxes: list[Interval], item: Item) -> None:
    """S4: the amounts at a point lie in the claimed boxes."""
    for place, (k, box) in enumerate(zip(neurons, boxes, strict=True)):
        amount = polytope.amounts[k]
        bound = polytope.upper[amount.variable] if amount.variable >= 0 else None
        value = point.values.get(amount.variable, amount.total)
        if amount.rest and bound is not None:
            value = minus(polytope.proof, bound, value)
        if not times(polytope.proof, amount.length, value, box):
            raise item.table()["amounts"].entries()[place].reject("S4: the amount is not proved to lie in this box")


def s4_vertices(polytope: Polytope, points: list[Point], item: Item) -> None:
    """S4: the claimed vertices are the points of the labels, each once (a vertex is known by its support)."""
    claimed = {}
    for vertex in item.entries():
        neurons, boxes, place = s4_network(polytope, vertex)
        if neurons in claimed:
            raise vertex.reject("S4: a vertex with this support is listed before; there is only one")
        claimed[neurons] = (boxes, place)
    found = set()
    for point in points:
        neurons = support(polytope, point)
        if neurons not in claimed:
            raise item.reject(f"S4: the vertex with the neurons {show(str([*neurons]))} is missing")
        found.add(neurons)
        s4_amounts(polytope, point, neurons, *claimed[neurons])
    for neurons, (_, vertex) in claimed.items():
        if neurons not in found:
            raise vertex.reject("S4: no vertex has this support")


def s5_dimension(polytope: Polytope, points: list[Point]) -> int | None:
    """S5: count the variables that are not at one bound at all vertices, less the rank of their columns; None: not proved."""
    stuck = set.intersection(*(point.tight for point in points))
    moving = [j for j in range(len(polytope.columns)) if not {(j, False), (j, True)} & stuck]
    columns = [column for j in moving if (column := polytope.rational[j]) is not None]
    if len(columns) == len(moving):
        return len(moving) - len(pivots(columns))
    whole = any({*point.label[0]} <= {*moving} for point in points)
    return len(moving) - len(polytope.right) if whole else None


def s6_total(polytope: Polytope, item: Item) -> None:
    """S6: the amounts of every optimal network add up to those of the network of O6, the t of the blocks."""
    proof, box, exact = polytope.proof, item.box(), Constant()
    ends = [proof.size(k) for k in proof.blocks]
    if box[0] <= sum((low for low, _ in ends), ZERO) and sum((high for _, high in ends), ZERO) <= box[1]:
        return
    for k in proof.blocks:
        amount = polytope.amounts[k]
        constant = proof.known(amount.total)
        if constant is None or not isinstance(amount.length, dict):
            raise item.reject("S6: the sum of the amounts is not proved to lie in this box")
        exact = plus(exact, ONE, proof.radicals.times(amount.length, constant))
    if not lies_in(exact, box):
        raise item.reject("S6: the sum of the amounts is not in this box")


def all_vertices(polytope: Polytope, item: Item) -> list[Point]:
    """S2, S3: return the points of the labels, which are all vertices."""
    points = [s2_point(polytope, label) for label in item.entries()]
    s3_closed([point.label for point in points], len(polytope.columns), item)
    return points


def check_optimal_set(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check O1-O9 and S1-S6: every optimal network."""
    *optimum, dimension, total, vertices, fewest, most = claim.fields(
        *CLAIM, "dimension", "total", "vertices", "min_width", "max_vertex_width"
    )
    *parts, labels = evidence.fields(*EVIDENCE, "labels")
    proof = prove_optimum(problem, optimum, parts, lines)
    polytope = s1_polytope(proof)
    points = all_vertices(polytope, labels)
    corners = len(vertices.entries())
    lines.append(
        f"all optimal networks: a polytope of dimension {dimension.index(LARGE)} with "
        f"{corners} {'vertex' if corners == 1 else 'vertices'}"
    )
    lines.append(f"neurons of a vertex: at least {fewest.index(LARGE)}, at most {most.index(LARGE)}")
    s4_vertices(polytope, points, vertices)
    if s5_dimension(polytope, points) != dimension.value:
        raise dimension.reject("S5: this is not proved to be the dimension")
    s6_total(polytope, total)
    widths = [len(support(polytope, point)) for point in points]
    for item, width in ((fewest, min(widths)), (most, max(widths))):
        if item.value != width:
            raise item.reject(f"S6: the number is {width}")


def check_minimum_network(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check O1-O9 and S1, S2, M1, M2: an optimal network with the fewest neurons."""
    *optimum, fewest, network = claim.fields(*CLAIM, "fewest", "network")
    *parts, label, minimum = evidence.fields(*EVIDENCE, "label", "minimum")
    proof = prove_optimum(problem, optimum, parts, lines)
    count = fewest.index(LARGE)
    lines.append(f"the fewest neurons of an optimal network: {count}")
    polytope = s1_polytope(proof)
    m1_network(polytope, s2_point(polytope, label, perturbed=False), network, count, fewest)
    checks = {"labels": m2_vertices, "sums": m2_sums, "tree": m2_tree}
    name = next((name for name in checks if name in minimum.table()), "labels")
    checks[name](polytope, minimum.fields(name)[0], count)


def m1_network(polytope: Polytope, point: Point, network: Item, count: int, fewest: Item) -> None:
    """M1: the claimed network is the point of the label and has so many neurons."""
    neurons, boxes, place = s4_network(polytope, network)
    if neurons != support(polytope, point):
        raise network.reject("M1: the network of the label has other neurons")
    s4_amounts(polytope, point, neurons, boxes, place)
    if len(neurons) != count:
        raise fewest.reject(f"M1: the network has {len(neurons)} neurons")


def m2_vertices(polytope: Polytope, labels: Item, count: int) -> None:
    """M2 by the list of all vertices: the fewest neurons are those of a vertex."""
    if min(len(support(polytope, point)) for point in all_vertices(polytope, labels)) < count:
        raise labels.reject("M2: a vertex has fewer neurons")


def m2_sums(polytope: Polytope, item: Item, count: int) -> None:
    """M2 by sums: at a vertex with fewer neurons, fewer than `size` shares are between their bounds, the others at one."""
    size, pairs = item.index(len(polytope.right) + 1), len(polytope.columns)
    if None in polytope.upper:
        raise item.reject("M2: sums need a polytope of pairs")
    if m2_count(polytope, frozenset()) + size < count:
        raise item.reject("M2: networks with fewer neurons are left out")
    between = min(size - 1, pairs)
    half = 1 << (pairs - max(between, 0) + 1) // 2
    if half > MAX_HALF or comb(pairs, max(between, 0)) * half > MAX_SUMS:
        raise item.reject(f"M2: more than {MAX_SUMS} sums, or {MAX_HALF} at once")
    budget = iter(range(MAX_MATCHES))
    for chosen in combinations(range(pairs), between) if size else ():
        if not m2_excluded(polytope, chosen, budget):
            raise item.reject(
                f"M2: a network with only the shares {[*chosen]} between their bounds is not proved to be impossible"
            )


def m2_excluded(polytope: Polytope, chosen: tuple[int, ...], budget: Iterator[int]) -> bool:
    """M2: no subset of the others, at their upper bounds, solves the equations together with any values of the chosen ones.

    A functional g that nearly vanishes on the columns of the chosen ones turns the equations into one sum of whole numbers,
    with an error that is known; the sums of one half of the others are matched with those of the other half. Each match is
    examined exactly; when there are more than the budget has, nothing is proved.
    """
    _, full, right = polytope.balls
    balls = [*full, right]
    middles = [[middle for middle, _ in ball] for ball in balls]
    basis = [middles[chosen[place]] for place in pivots(middles[j] for j in chosen)]
    g = start = [Fraction(1237, 1000) ** place for place in range(len(right))]
    readings = left_inverse(basis) or []
    for column, row in zip(basis, readings, strict=True):
        g = [a - dot(row, start) * b for a, b in zip(g, column, strict=True)]
    sizes = [dot(g, middle) for middle in middles]
    unit = max(map(abs, sizes)) / (1 << 2 * ROUND)
    if not unit:
        return False
    values = [round(size / unit) for size in sizes]
    slack = len(balls) + sum(abs(values[j]) for j in chosen) + -(-m2_blur(balls, g) // unit)
    others = [(value, 1 << j) for j, value in enumerate(values[:-1]) if j not in chosen]
    matches = m2_matches(others, values[-1] - slack, values[-1] + slack)
    independent = len(basis) == len(chosen)
    return all(independent and next(budget, -1) >= 0 and m2_misses(balls, subset, readings) for subset in matches)


def m2_blur(balls: list[list[Interval]], functional: Vector) -> Fraction:
    """M2: return the error of a functional of the equations, for all values from 0 to the upper bounds."""
    return sum((dot(map(abs, functional), (spread for _, spread in ball)) for ball in balls), ZERO)


def m2_matches(numbers: list[tuple[int, int]], low: int, high: int) -> Iterable[int]:
    """M2: yield the subsets, as sums of their marks, whose values add up to a number from low to high."""
    halves = []
    for part in (numbers[::2], numbers[1::2]):
        sums = [(0, 0)]
        for value, mark in part:
            sums += [(total + value, marks + mark) for total, marks in sums]
        halves.append(sorted(sums))
    first, second = halves
    end = len(second)
    for value, marks in first:
        while end and value + second[end - 1][0] > high:
            end -= 1
        place = end - 1
        while place >= 0 and value + second[place][0] >= low:
            yield marks + second[place][1]
            place -= 1


def m2_misses(balls: list[list[Interval]], subset: int, readings: Matrix) -> bool:
    """M2: with this subset at its upper bounds, one of the chosen shares would not lie between 0 and 1."""
    rest = [middle for middle, _ in balls[-1]]
    for j, ball in enumerate(balls[:-1]):
        if subset >> j & 1:
            rest = [a - middle for a, (middle, _) in zip(rest, ball, strict=True)]
    return any(not -m2_blur(balls, row) <= dot(row, rest) <= 1 + m2_blur(balls, row) for row in readings)


def m2_tree(polytope: Polytope, root: Item, count: int) -> None:
    """M2 by branching: at each branch a neuron is out (first subtree) or counted (second subtree)."""
    stack: list[tuple[frozenset[int], frozenset[int]]] = [(frozenset(), frozenset())]
    for node in root.entries():
        if not stack:
            raise node.reject("M2: the tree is complete before this node")
        (out, counted), kind = stack.pop(), node.table()
        if "branch" in kind:
            (name,) = node.fields("branch")
            k = name.index(len(polytope.amounts))
            stack += [(out, counted | {k}), (out | {k}, counted)]
        elif "farkas" in kind:
            (weights,) = node.fields("farkas")
            if not m2_infeasible(polytope, out, weights.vector(len(polytope.right))):
                raise node.reject("M2: the weights do not prove that there is no such optimal network")
        else:
            node.fields()
            if m2_count(polytope, counted) < count:
                raise node.reject("M2: this leaf counts fewer neurons")
    if stack:
        raise root.reject(f"M2: the tree ends with {len(stack)} sides left open")


def m2_count(polytope: Polytope, counted: frozenset[int]) -> int:
    """M2: count the neurons of a leaf, those that every optimal network has, and one of each fixed pair."""
    amounts, total = polytope.amounts, len(counted)
    total += sum(k not in counted and a.variable < 0 and rational(a.total) != 0 for k, a in enumerate(amounts))
    used = {amounts[k].variable for k in counted}
    return total + sum(a.rest and a.variable not in used for a in amounts)


def m2_infeasible(polytope: Polytope, out: frozenset[int], weights: Vector) -> bool:
    """M2: with the neurons of `out` gone, weights.(sum_j x_j columns[j] - right) < 0 for all x within their bounds."""
    proof, total = polytope.proof, combine(polytope.proof, (-w for w in weights), polytope.right)
    places = [(polytope.amounts[k].variable, polytope.amounts[k].rest) for k in out]
    if any(
        (j < 0 and rational(polytope.amounts[k].total) != 0) or (j, not rest) in places
        for k, (j, rest) in zip(out, places, strict=True)
    ):
        return True
    spare = ZERO
    for j, (column, full, bound) in enumerate(zip(polytope.columns, polytope.full, polytope.upper, strict=True)):
        if (j, True) in places:
            total = total.plus(ONE, combine(proof, weights, full))
        elif (j, False) not in places and bound is not None:
            spare += max(ZERO, proof.enclosure(combine(proof, weights, full))[1])
        elif (j, False) not in places and not proof.not_negative(combine(proof, (-w for w in weights), column)):
            return False
    return proof.enclosure(total)[1] + spare < 0


# ----------------------------------------------------------------------------------------------------- kind `width-optimum`

Region = tuple[int, frozenset[tuple[int, int]]]
"""Where a neuron may lie: its sign, and the walls that are decided there, with their sides."""
Assignment = dict[Region, int]
"""How many neurons lie in each region, in an order that the rules of splitting fix."""
MAX_REGIONS = 2**23


@dataclass(frozen=True, slots=True)
class Covering:
    """A residual is feasible on this region, if the tree is right."""

    region: Region
    tree: Item


def check_width_optimum(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check W1-W4: the least objective of a network of at most `width` neurons lies between low and high."""
    width_item, low_item, high_item, network = claim.fields("width", "low", "high", "network")
    tree, points = evidence.fields("tree", "points")
    width, low, high = width_item.index(10**18), low_item.number(), high_item.number()
    neurons = "1 neuron" if width == 1 else f"{width} neurons"
    lines.append(f"claim (width-optimum): the optimum over networks of at most {neurons} lies in {interval_text(low, high)}")
    w1_network(problem, network, width, high, high_item)
    walls = make_walls(problem.X)
    known = [w4_point(problem, walls, point, low) for point in points.entries()]
    w2_tree(walls, tree, width, [[covering.region for covering in coverings] for _, coverings in known])
    for theta, coverings in known:
        w3_feasible(problem, walls, theta, coverings)


def w1_network(problem: Problem, network: Item, width: int, high: Fraction, item: Item) -> None:
    """W1: the network has at most `width` neurons, and its objective is at most `high`."""
    hidden_item, output_item = network.fields("hidden", "output")
    output = output_item.vector()
    hidden = [row.vector(len(problem.X[0])) for row in hidden_item.entries(len(output))]
    if len(output) > width:
        raise output_item.reject(f"W1: the network has {len(output)} neurons")
    if high < residual_and_objective(problem, hidden, output)[1]:
        raise item.reject("W1: below the objective of the network")


def w4_point(problem: Problem, walls: Walls, item: Item, low: Fraction) -> tuple[Vector, list[Covering]]:
    """Read a dual point with its regions; W4, weak duality: ``low <= y.theta - |theta|^2 / 2``."""
    residual, coverings_item = item.fields("residual", "coverings")
    theta = residual.vector(len(problem.y))
    if low > dot(problem.y, theta) - dot(theta, theta) / 2:
        raise residual.reject("W4: the dual value of the residual is below the lower end of the claim")
    coverings = []
    for covering in coverings_item.entries():
        sign, on, off, tree = covering.fields("sign", "on", "off", "tree")
        if sign.text() not in ("+", "-"):
            raise sign.reject('"+" or "-" is expected here')
        sides: dict[int, int] = {}
        for names, side in ((on, 1), (off, -1)):
            for name in names.entries():
                wall = walls.named(str(name.index(10**18)))
                if wall < 0 or wall in sides:
                    raise name.reject("W3: not the name of a wall, or named twice")
                sides[wall] = side
        coverings.append(Covering((1 if sign.value == "+" else -1, frozenset(sides.items())), tree))
    return theta, coverings


def w2_tree(walls: Walls, root: Item, width: int, points: list[list[Region]]) -> None:
    """W2: the trees, one for each number of neurons of sign + from `width` to 0, cover all networks of the width."""
    roots, stack = iter(range(width, -1, -1)), list[Assignment]()
    room = MAX_REGIONS
    for node in root.entries():
        if not stack and (positive := next(roots, -1)) < 0:
            raise node.reject("W2: the tree is complete before this node")
        assignment = stack.pop() if stack else whole_space(width, positive)
        if "split" in node.table():
            stack += w2_split(walls, node, assignment)
            room -= sum(1 + len(sides) for part in stack[-2:] for _, sides in part)
        else:
            (number,) = node.fields("point")
            coverings = points[number.index(len(points))]
            room -= len(assignment) * sum(1 + len(cone) for _, cone in coverings)
            if room >= 0 and not all(any(s == sign and cone <= sides for s, cone in coverings) for sign, sides in assignment):
                raise number.reject("W2: the point is not known to be feasible on a region of this leaf")
        if room < 0:
            raise node.reject(f"W2: more than {MAX_REGIONS} regions to look at")
    if stack or next(roots, -1) >= 0:
        raise root.reject("W2: the tree ends before all networks are covered")


def whole_space(width: int, positive: int) -> Assignment:
    """Return the networks with so many neurons of sign +, and the rest of sign -, anywhere."""
    counts = {(sign, frozenset[tuple[int, int]]()): count for sign, count in ((1, positive), (-1, width - positive))}
    return {region: count for region, count in counts.items() if count}


def w2_split(walls: Walls, node: Item, assignment: Assignment) -> list[Assignment]:
    """W2: return the networks of which all neurons of a region are off, and those of which one of them is on.

    Neurons of one region are interchangeable, and so are those of equal regions, which are counted together.
    """
    name, place = node.fields("split", "region")
    region = list(assignment)[place.index(len(assignment))]
    wall = walls.named(str(name.index(10**18)))
    if wall < 0 or any(wall == known for known, _ in region[1]):
        raise name.reject("W2: not the name of a wall that is undecided in this region")
    count = assignment[region]
    off = {other: number for other, number in assignment.items() if other != region}
    on = {other: number - (other == region) for other, number in assignment.items() if other != region or number > 1}
    for table, side, number in ((on, 1, 1), (off, -1, count)):
        part = region[0], region[1] | {(wall, side)}
        table[part] = table.get(part, 0) + number
    return [off, on]


def w3_feasible(problem: Problem, walls: Walls, theta: Vector, coverings: list[Covering]) -> None:
    """W3: on each of its regions the residual is feasible, ``sign theta.(Xu)+ <= b |u|``."""
    leaf = partial(good_leaf, limit=problem.penalty, strict=False)
    profiles = {sign: make_profile(problem, walls, theta, sign) for sign in {covering.region[0] for covering in coverings}}
    for covering in coverings:
        sign, sides = covering.region
        walk(Tree(covering.tree, walls, profiles[sign], "W3", "W3", leaf, tuple(sorted(sides))))


# ----------------------------------------------------------------------------------------------------- kind `classification`

MAX_PULLS = 1 << 18
PROPERTIES = ("global_minimum", "local_minimum", "directional", "sub_sampled", "clarke")
"""Each implies the next, but the last two, which the third implies, do not imply one another."""


@dataclass(frozen=True, slots=True)
class Pull:
    """What a neuron (w, a) feels: along (h, c) the objective has the one-sided derivative ``slope c - pull(h)``.

    ``pull(h) = linear.h + sum_k kinks[k] (n_k.h)+``; `walls` are those of the rows with x_i.w = 0 alone, under the usual names.
    `excess` is |w|^2 - a^2, `zero` says that a = 0.
    """

    walls: Walls
    kinks: Vector
    linear: Vector
    slope: Fraction
    excess: Fraction
    zero: bool

    def tree(self, item: Item, duty: str, leaf: Callable[[Tree, Item, Cone], None]) -> None:
        """Walk a tree over the walls round the neuron."""
        walk(Tree(item, self.walls, whole_profile(self.walls, self.kinks, self.linear), duty, duty, leaf))

    def gradient(self, gates: Iterable[Fraction | int]) -> Vector:
        """Return ``linear + sum_k gates[k] kinks[k] n_k``."""
        total = list(self.linear)
        for gate, kink, normal in zip(gates, self.kinks, self.walls.normals, strict=True):
            if gate and kink:
                total = [entry + gate * kink * x for entry, x in zip(total, normal, strict=True)]
        return total

    def positive(self, direction: Vector) -> bool:
        """Decide whether the pull along a direction is positive."""
        return dot(self.gradient(dot(normal, direction) > 0 for normal in self.walls.normals), direction) > 0

    def sides(self, item: Item, chosen: Iterable[int]) -> list[int]:
        """Read a point off the chosen walls; return its sides, 0 for the other walls."""
        point, sides = item.vector(len(self.linear)), [0] * len(self.kinks)
        for wall in chosen:
            value = dot(self.walls.normals[wall], point)
            if not value:
                raise item.reject(f"the point lies on the wall {self.walls.heads[wall]}, not inside of a cell")
            sides[wall] = 1 if value > 0 else -1
        return sides


def make_pull(problem: Problem, theta: Vector, w: Vector, a: Fraction) -> Pull:
    """Compute the pull on one neuron."""
    heights = [dot(row, w) for row in problem.X]
    nothing = (ZERO,) * len(w)
    near = [nothing if height else row for row, height in zip(problem.X, heights, strict=True)]
    walls, forces = make_walls(near), [a * value for value in theta]
    kinks, linear = bent(near, walls, forces)
    linear = [entry - problem.penalty * x for entry, x in zip(linear, w, strict=True)]
    for row, height, force in zip(problem.X, heights, forces, strict=True):
        if height > 0:
            linear = [entry + force * x for entry, x in zip(linear, row, strict=True)]
    slope = problem.penalty * a - dot(theta, (max(ZERO, height) for height in heights))
    return Pull(walls, kinks, linear, slope, dot(w, w) - a * a, not a)


def check_classification(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check K1-K8: what is claimed of one network."""
    network, objective, claimed = claim.fields("network", "objective", "properties")
    hidden, output = read_network(problem, network)
    if len(output) * len(problem.X) > MAX_PULLS:
        raise network.reject(f"K1: more than {MAX_PULLS} pairs of a neuron and a row")
    theta, value = residual_and_objective(problem, hidden, output)
    if objective.number() != value:
        raise objective.reject("K1: this is not the objective of the network")
    answers = dict(zip(PROPERTIES, claimed.fields(*PROPERTIES), strict=True))
    for item in answers.values():
        if item.text() not in ("proved", "refuted", "undecided"):
            raise item.reject('"proved", "refuted" or "undecided" is expected here')
    lines.append(f"claim (classification): a network of {len(output)} hidden neurons, objective {decimal(value, ROUND_FLOOR)}")
    lines += [f"{name.replace('_', ' ')}: {item.value}" for name, item in answers.items()]
    pulls = [make_pull(problem, theta, w, a) for w, a in zip(hidden, output, strict=True)]
    known = dict.fromkeys(("clarke", "sub_sampled"), "refuted") if any(pull.slope or pull.excess for pull in pulls) else {}
    shown = k_checks(problem, theta, value, pulls)
    for (name, answer), item in zip(answers.items(), evidence.fields(*PROPERTIES), strict=True):
        if item.value is not None:
            if (name, answer.value) not in shown:
                raise item.reject("K8: nothing is expected here; it follows from other answers, or is not decided")
            shown[name, str(answer.value)](item)
            known[name] = str(answer.value)
    k8_implied(known, any(pull.zero for pull in pulls))
    for name, item in answers.items():
        if item.value not in ("undecided", known.get(name)):
            raise item.reject("K8: this does not follow from what is shown")


def k_checks(
    problem: Problem, theta: Vector, value: Fraction, pulls: list[Pull]
) -> dict[tuple[str, str], Callable[[Item], None]]:
    """Return what shows each answer; a local minimum is shown by other answers alone."""
    return {
        ("global_minimum", "proved"): partial(k7_dual, problem, theta, value),
        ("global_minimum", "refuted"): partial(k7_better, problem, value),
        ("local_minimum", "refuted"): partial(k6_second_order, problem, theta, pulls),
        ("directional", "proved"): partial(k3_pieces, pulls),
        ("directional", "refuted"): partial(k3_descent, pulls),
        ("sub_sampled", "proved"): partial(k5_columns, pulls),
        ("sub_sampled", "refuted"): partial(k5_blocked, pulls),
        ("clarke", "proved"): partial(k4_gates, pulls),
        ("clarke", "refuted"): partial(k4_separated, pulls),
    }


def k2_flat(pulls: list[Pull], item: Item, balanced: bool = False) -> None:
    """K2: the derivatives for the output weights are 0; the neurons are balanced."""
    for j, pull in enumerate(pulls):
        if pull.slope:
            raise item.reject(f"K2: the derivative for the output weight of neuron {j} is not 0")
        if balanced and pull.excess:
            raise item.reject(f"K2: neuron {j} is not balanced")


def k3_pieces(pulls: list[Pull], item: Item) -> None:
    """K3, proved: no neuron is pulled in any direction."""
    k2_flat(pulls, item)
    leaf = partial(good_leaf, limit=ZERO, strict=False)
    for pull, tree in zip(pulls, item.entries(len(pulls)), strict=True):
        pull.tree(tree, "K3", leaf)


def k3_descent(pulls: list[Pull], item: Item) -> None:
    """K3, refuted: a neuron is pulled in this direction."""
    index, direction = item.fields("neuron", "direction")
    pull = pulls[index.index(len(pulls))]
    if not pull.positive(direction.vector(len(pull.linear))):
        raise direction.reject("K3: the objective does not fall along this direction")


def k4_gates(pulls: list[Pull], item: Item) -> None:
    """K4, proved: 0 is a convex combination of the gradients on the cells round each neuron."""
    k2_flat(pulls, item)
    for pull, entry in zip(pulls, item.entries(len(pulls)), strict=True):
        combine = k4_cells if "cells" in entry.table() else k4_box
        if any(combine(pull, entry)):
            raise entry.reject("K4: this is not 0")


def k4_box(pull: Pull, item: Item) -> Vector:
    """K4: gates in [0, 1]; each such gradient is one of the hull where normals are independent, or kinks of one sign."""
    (gates,) = item.fields("gates")
    bending = [wall for wall, kink in enumerate(pull.kinks) if kink]
    one_sign = len({pull.kinks[wall] > 0 for wall in bending}) < 2
    if not one_sign and len(pivots(list(pull.walls.normals[wall]) for wall in bending)) < len(bending):
        raise item.reject("K4: the normals of these walls are dependent, and they bend both ways; give cells")
    chosen = multipliers(gates, pull.walls, Cone([0] * len(pull.kinks), [], [], []), decided=False)
    if any(not 0 <= gate <= 1 for gate in chosen.values()):
        raise gates.reject("K4: a gate is not between 0 and 1")
    return pull.gradient(chosen.get(wall, ZERO) for wall in range(len(pull.kinks)))


def k4_cells(pull: Pull, item: Item) -> Vector:
    """K4: cells with shares that add up to 1."""
    (cells,) = item.fields("cells")
    bending = [wall for wall, kink in enumerate(pull.kinks) if kink]
    total, whole = [ZERO] * len(pull.linear), ZERO
    for cell in cells.entries():
        share_item, inside = cell.fields("share", "inside")
        share = share_item.number()
        if share < 0:
            raise share_item.reject("K4: the share is negative")
        gradient = pull.gradient(side > 0 for side in pull.sides(inside, bending))
        total, whole = [a + share * b for a, b in zip(total, gradient, strict=True)], whole + share
    if whole != 1:
        raise cells.reject("K4: the shares do not add up to 1")
    return total


def k4_separated(pulls: list[Pull], item: Item) -> None:
    """K4, refuted: the gradients on all cells round a neuron are on one side of 0."""
    index, direction_item, tree = item.fields("neuron", "direction", "tree")
    pull = pulls[index.index(len(pulls))]
    pull.tree(tree, "K4", partial(k4_leaf, direction_item.vector(len(pull.linear))))


def k4_leaf(direction: Vector, tree: Tree, node: Item, cone: Cone) -> None:
    """K4: on the cells of this cone the gradient's product with the direction is positive, whatever the open sides."""
    node.fields()
    low = dot(map(Fraction, cone.base), direction)
    for side, piece in zip(cone.side, tree.profile.pieces, strict=True):
        low += 0 if side else min(ZERO, dot(map(Fraction, piece), direction))
    if low <= 0:
        raise node.reject("K4: the direction does not separate these cells from 0")


def k5_columns(pulls: list[Pull], item: Item) -> None:
    """K5, proved: each neuron that is not zero has a cell in which it is not pulled in any direction."""
    k2_flat(pulls, item, balanced=True)
    for pull, entry in zip(pulls, item.entries(len(pulls)), strict=True):
        if entry.value is None and pull.zero:
            continue
        inside, rho = entry.fields("inside", "rho")
        sides = pull.sides(inside, range(len(pull.kinks)))
        total = pull.gradient(side > 0 for side in sides)
        for wall, factor in multipliers(rho, pull.walls, Cone(sides, [], [], []), decided=True).items():
            total = [a + sides[wall] * factor * x for a, x in zip(total, pull.walls.normals[wall], strict=True)]
        if any(total):
            raise entry.reject("K5: the multipliers do not hold the neuron in this cell")


def k5_blocked(pulls: list[Pull], item: Item) -> None:
    """K5, refuted: every closed cell round this neuron contains a direction in which it is pulled."""
    index, tree = item.fields("neuron", "tree")
    pull = pulls[index.index(len(pulls))]
    pull.tree(tree, "K5", partial(k5_leaf, pull))


def k5_leaf(pull: Pull, tree: Tree, node: Item, cone: Cone) -> None:
    """K5: the direction is in the closure of every cell of this cone."""
    (item,) = node.fields("direction")
    direction = item.vector(len(pull.linear))
    for wall, side, normal in zip(tree.walls.heads, cone.side, pull.walls.normals, strict=True):
        value = dot(normal, direction)
        if side * value < 0 or (value and not side):
            raise item.reject(f"K5: the direction leaves cells at the wall {wall}")
    if not pull.positive(direction):
        raise item.reject("K5: the objective does not fall along this direction")


def k6_second_order(problem: Problem, theta: Vector, pulls: list[Pull], item: Item) -> None:
    """K6: a zero neuron, and ``s theta.(Xu)+ > b |u|``."""
    index, sign, direction_item = item.fields("neuron", "sign", "direction")
    pull = pulls[index.index(len(pulls))]
    if not pull.zero or pull.excess:
        raise index.reject("K6: this neuron is not zero")
    if sign.text() not in ("+", "-"):
        raise sign.reject('"+" or "-" is expected here')
    u = direction_item.vector(len(problem.X[0]))
    value = (1 if sign.value == "+" else -1) * dot(theta, (max(ZERO, dot(row, u)) for row in problem.X))
    if value <= 0 or value**2 <= problem.penalty**2 * dot(u, u):
        raise direction_item.reject("K6: this neuron does not lower the objective")


def k7_dual(problem: Problem, theta: Vector, value: Fraction, item: Item) -> None:
    """K7, proved: the residual is dual feasible, and its dual value is the objective."""
    b1_trees(problem, theta, *item.fields("positive", "negative"))
    if value > dot(problem.y, theta) - dot(theta, theta) / 2:
        raise item.reject("K7: the objective is above the dual value of the residual")


def k7_better(problem: Problem, value: Fraction, item: Item) -> None:
    """K7, refuted: another network is better."""
    if residual_and_objective(problem, *read_network(problem, item))[1] >= value:
        raise item.reject("K7: this network is not better")


def k8_implied(known: dict[str, str], zeros: bool) -> None:
    """K8: close what is known under the implications."""
    for one, other in pairwise(PROPERTIES[:3]):
        if known.get(one) == "proved":
            known[other] = "proved"
    if known.get("directional") == "proved":
        known |= dict.fromkeys(("clarke", "sub_sampled"), "proved")
        if not zeros:
            known["local_minimum"] = "proved"
    if "refuted" in (known.get("clarke"), known.get("sub_sampled")):
        known["directional"] = "refuted"
    for one, other in pairwise(PROPERTIES[2::-1]):
        if known.get(one) == "refuted":
            known[other] = "refuted"


# --------------------------------------------------------------------------------------------------------- kind `stationary`

MAX_STEPS = 1 << 20
"""Steps of the count of the sets of columns that carry a network."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node that is proved, as sets of columns (bit k for column k).

    above: the columns that exceed b. tight: for each neuron the columns in which it alone attains b. supports: the neurons of
    each minimal network.
    """

    above: int
    tight: tuple[int, ...]
    supports: tuple[tuple[int, ...], ...]

    def carried(self, columns: int) -> bool:
        """Decide whether these columns hold all neurons of a minimal network."""
        return any(all(columns & self.tight[k] for k in neurons) for neurons in self.supports)

    def answers(self, columns: int) -> bool:
        """Decide whether the node is the optimum of the program with these columns."""
        return not columns & self.above and self.carried(columns)


def members(columns: int) -> list[int]:
    """Return the members of a set."""
    return [k for k in range(columns.bit_length()) if columns >> k & 1]


def check_stationary(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check G1-G6: optima of sub-sampled programs, and steps between them."""
    columns_item, every, complete, nodes_item, edges = claim.fields("columns", "every", "complete", "nodes", "edges")
    inside, proofs, before = evidence.fields("inside", "nodes", "before")
    walls = make_walls(problem.X)
    columns = g1_columns(problem, walls, columns_item, inside)
    if flag(every):
        g1_every(walls, columns, columns_item)
    items = nodes_item.entries()
    lines.append(f"claim (stationary): {len(items)} optima of programs of some of {len(columns)} columns (sign, cell)")
    nodes, counts = [], []
    for item, proof in zip(items, proofs.entries(len(items)), strict=True):
        node, count = g_node(problem, columns, item, proof, whole=every.value is True)
        nodes.append(node)
        counts.append(count)
    g5_distinct(nodes, nodes_item)
    g6_edges(nodes, len(columns), edges, before)
    total, programs = sum(counts), 1 << len(columns)
    if flag(complete):
        if total != programs:
            raise complete.reject("G5: the nodes do not cover every set of columns")
        what = "all columns of the data" if every.value else "these columns"
        lines.append(
            f"complete: every one of the 2^{len(columns)} sets of {what} has its optimum among them; {len(edges.entries())} steps"
        )


def flag(item: Item) -> bool:
    """Read true or false."""
    if not isinstance(item.value, bool):
        raise item.reject("true or false is expected here")
    return item.value


def g1_columns(problem: Problem, walls: Walls, item: Item, inside: Item) -> list[Column]:
    """G1: distinct columns, each with a point strictly inside its cell."""
    columns: list[Column] = []
    entries = item.entries()
    for entry, place in zip(entries, inside.entries(len(entries)), strict=True):
        sign, gate = entry.entries(2)
        columns.append(read_column(walls, sign, gate))
        point = place.vector(len(problem.X[0]))
        for side, normal in zip(columns[-1][1], walls.normals, strict=True):
            if side * dot(normal, point) <= 0:
                raise place.reject("G1: the point is not strictly inside the cell")
    if len({(sign, tuple(sides)) for sign, sides in columns}) != len(columns):
        raise item.reject("G1: a column is listed twice")
    return columns


def g1_every(walls: Walls, columns: Sequence[Column], item: Item) -> None:
    """G1: the columns are all cells with both signs, counted by deletion and restriction (Zaslavsky 1975)."""
    cells = {tuple(sides) for _, sides in columns}
    if len(columns) != 2 * len(cells) or regions([list(normal) for normal in walls.normals], len(cells)) != len(cells):
        raise item.reject("G1: these are not all columns of the data")


def regions(normals: Sequence[Vector], most: int) -> int:
    """Count the cells of hyperplanes through 0 in pairwise different directions; stop beyond `most`.

    Each hyperplane adds as many cells as the earlier ones cut it into.
    """
    total = 1
    for i, normal in enumerate(normals):
        pivot = next(j for j, entry in enumerate(normal) if entry)
        cut: dict[tuple[Fraction, ...], Vector] = {}
        for other in normals[:i]:
            factor = other[pivot] / normal[pivot]
            rest = [a - factor * b for j, (a, b) in enumerate(zip(other, normal, strict=True)) if j != pivot]
            lead = next((entry for entry in rest if entry), None)
            if lead is not None:
                cut.setdefault(tuple(entry / lead for entry in rest), rest)
        total += regions(list(cut.values()), most - total)
        if total > most:
            break
    return total


def g_node(problem: Problem, columns: list[Column], item: Item, evidence: Item, whole: bool) -> tuple[Node, int]:
    """Check G2-G5 of one node; return it, and of how many sets of columns it is the optimum."""
    *claim, above_item, tight_item, dimension, networks, local, covers = item.fields(
        *CLAIM, "above", "tight", "dimension", "networks", "local_minimum", "covers"
    )
    *parts, verdicts, labels = evidence.fields(*NETWORK, "verdicts", "labels")
    proof = prove_network(problem, claim, dict(zip(NETWORK, parts, strict=True)))
    found = c_verdicts(proof, columns, verdicts.entries(len(columns)))
    above, tight = column_set(above_item, len(columns)), [column_set(one, len(columns)) for one in tight_item.entries()]
    classes = [sum(1 << c for c, verdict in enumerate(found) if verdict == k) for k in range(len(proof.neurons))]
    if above != sum(1 << c for c, verdict in enumerate(found) if verdict == ABOVE):
        raise above_item.reject("G3: these are not the columns that exceed the penalty")
    if tight != classes:
        raise tight_item.reject("G3: these are not the columns in which the neurons are tight")
    polytope = s1_polytope(proof)
    points = all_vertices(polytope, labels)
    s4_vertices(polytope, points, networks)
    if s5_dimension(polytope, points) != dimension.index(LARGE):
        raise dimension.reject("G4: this is not proved to be the dimension")
    node = Node(above, tuple(tight), tuple(sorted({support(polytope, point) for point in points})))
    g4_local(proof, columns, node, networks, local, whole)
    count = g5_count(node, covers) << len(columns) - above.bit_count() - sum(tight).bit_count()
    if covers.number() != count or not count:
        raise covers.reject("G5: this is not the number of sets of columns of which the node is the optimum")
    return node, count


def column_set(item: Item, size: int) -> int:
    """Read an ascending list of columns."""
    numbers = [entry.index(size) for entry in item.entries()]
    if any(a >= b for a, b in pairwise(numbers)):
        raise item.reject("the columns are not in ascending order")
    return sum(1 << k for k in numbers)


def g4_local(proof: Proof, columns: list[Column], node: Node, networks: Item, item: Item, whole: bool) -> None:
    """G4: round no neuron of a network that is called a local minimum is there a column of its sign that exceeds b."""
    heads, violated = proof.walls.heads, dict[int, int]()
    for k, neuron in enumerate(proof.neurons):
        gates = [{"+": 1, "-": -1, "0": 0}[neuron.gate[head]] for head in heads]
        for c in members(node.above):
            sign, sides = columns[c]
            if sign == neuron.sign and all(not g or g == side for g, side in zip(gates, sides, strict=True)):
                violated.setdefault(k, c)
    entries = networks.entries()
    for network, claimed in zip(entries, item.entries(len(entries)), strict=True):
        if not flag(claimed):
            continue
        if not whole:
            raise claimed.reject("G4: local minima need all columns of the data")
        for k in (entry.index(len(proof.neurons)) for entry in network.table()["support"].entries()):
            if k in violated:
                raise claimed.reject(f"G4: column {violated[k]}, round neuron {k}, exceeds the penalty")


def g5_count(node: Node, item: Item) -> int:
    """G5: count the sets of tight columns that carry a network, neuron by neuron."""
    sizes, steps = [columns.bit_count() for columns in node.tight], 0
    open_sets = {frozenset(frozenset(neurons) for neurons in node.supports): 1}
    total = 0
    for k, size in enumerate(sizes):
        fresh: dict[frozenset[frozenset[int]], int] = {}
        for supports, ways in open_sets.items():
            steps += len(supports) + (ways.bit_length() >> 6)
            if steps > MAX_STEPS:
                raise item.reject("G5: the count takes too many steps")
            without = frozenset(one for one in supports if k not in one)
            holding = frozenset(one - {k} for one in supports)
            for rest, factor in ((without, 1), (holding, (1 << size) - 1)):
                if frozenset() in rest:
                    total += ways * factor << sum(sizes[k + 1 :])
                elif rest and factor:
                    fresh[rest] = fresh.get(rest, 0) + ways * factor
        open_sets = fresh
    return total if sizes else 1


def g5_distinct(nodes: Sequence[Node], item: Item) -> None:
    """G5: no optimum is listed twice; the same residual would exceed, and be tight, in the same columns."""
    seen: set[tuple[int, frozenset[int]]] = set()
    for node, entry in zip(nodes, item.entries(), strict=True):
        key = node.above, frozenset(columns for columns in node.tight if columns)
        if key in seen:
            raise entry.reject("G5: a node that violates the same columns, and is tight in the same, is listed before")
        seen.add(key)


def g6_edges(nodes: Sequence[Node], size: int, item: Item, before: Item) -> None:
    """G6: a column that the source violates joins columns that carry it, none to spare; the target is the optimum of these."""
    entries = item.entries()
    for entry, place in zip(entries, before.entries(len(entries)), strict=True):
        source, target, column = entry.entries(3)
        start, end, joined = nodes[source.index(len(nodes))], nodes[target.index(len(nodes))], column.index(size)
        held = column_set(place, size)
        if not start.carried(held) or any(start.carried(held & ~(1 << k)) for k in members(held)):
            raise place.reject("G6: these columns do not carry the source, or one could be left out")
        if not start.above >> joined & 1:
            raise column.reject("G6: the source does not violate this column")
        if not end.answers(held | 1 << joined):
            raise target.reject("G6: the target is not the optimum of these columns")


# -------------------------------------------------------------------------------------------------------- kind `descent-path`


MAX_SLOTS = 1 << 10


@dataclass(frozen=True, slots=True)
class Held:
    """A neuron in a slot of the path: its sign and the gates of its rows; known exactly, or up to its length by a unit direction.

    vector: |a| w exactly, feature: sign (X vector)+, length: |vector|; empty for a neuron of a network that a piece led to.
    """

    sign: int
    gate: str
    vector: Vector = field(default_factory=list)
    feature: Vector = field(default_factory=list)
    length: Constant = field(default_factory=dict)
    direction: list[Interval] = field(default_factory=list)

    def lies_in(self, walls: Walls, sides: Sequence[int]) -> bool:
        """Decide whether a closed cell holds the neuron."""
        gates = (self.gate[head] for head in walls.heads)
        return all(gate == "0" or (gate == "+") is (side > 0) for gate, side in zip(gates, sides, strict=True))

    def scaled(self, scale: Fraction) -> Held:
        """Return the neuron times a positive number."""
        vector, feature = ([scale * entry for entry in entries] for entries in (self.vector, self.feature))
        return replace(self, vector=vector, feature=feature, length=plus({}, scale, self.length))


Slots = list[Held | None]


@dataclass(frozen=True, slots=True)
class Way:
    """What all pieces of a path are about; loss is that of the given network, which no rational piece changes."""

    problem: Problem
    walls: Walls
    radicals: Radicals
    loss: Fraction

    def held(self, sign: int, vector: Vector) -> Held:
        """Return a neuron that is known exactly."""
        heights, square = [dot(row, vector) for row in self.problem.X], dot(vector, vector)
        gate = "".join("+" if h > 0 else "-" if h < 0 else "0" for h in heights)
        root = self.radicals.root(square.numerator * square.denominator) if square else {}
        feature = [sign * max(ZERO, h) for h in heights]
        return Held(sign, gate, vector, feature, plus({}, Fraction(1, square.denominator), root))

    def value(self, slots: Slots, duty: str, item: Item) -> None:
        """Demand the objective of the balanced network in its box."""
        total = lengths(slots, [ONE] * len(slots))
        if not lies_in(plus({1: self.loss}, self.problem.penalty, total), item.box()):
            raise item.reject(f"{duty}: the objective after the piece is not in this box")


def lengths(slots: Slots, factors: Sequence[Fraction]) -> Constant:
    """Return the sum of factor * |v|."""
    total: Constant = {}
    for held, factor in zip(slots, factors, strict=True):
        for q, entry in (held.length if held is not None and factor else {}).items():
            total[q] = total.get(q, ZERO) + factor * entry
    return {q: entry for q, entry in total.items() if entry}


def check_descent_path(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check D1-D7: a path of networks of one width down to the global optimum."""
    network, start, pieces = claim.fields("network", "start", "pieces")
    hidden_item, output_item = network.fields("hidden", "output")
    output = output_item.vector()
    hidden = [row.vector(len(problem.X[0])) for row in hidden_item.entries(len(output))]
    if len(output) > MAX_SLOTS:
        raise output_item.reject(f"D1: more than {MAX_SLOTS} neurons")
    lines.append(f"claim (descent-path): a path in {len(pieces.entries())} pieces from a network of width {len(output)}")
    loss = d1_start(problem, hidden, output, start)
    lines.append(f"the objective never rises, from {decimal(start.number(), ROUND_FLOOR)} to the optimum over all widths")
    way = Way(problem, make_walls(problem.X), Radicals(), loss)
    slots: Slots = [
        way.held(1 if a > 0 else -1, [abs(a) * entry for entry in w]) if a and any(w) else None
        for w, a in zip(hidden, output, strict=True)
    ]
    balanced = all(dot(w, w) == a * a for w, a in zip(hidden, output, strict=True))
    (parts_item,) = evidence.fields("pieces")
    kinds = d1_kinds(pieces, balanced)
    for place, (piece, kind, parts) in enumerate(zip(pieces.entries(), kinds, parts_item.entries(len(kinds)), strict=True)):
        value = piece.fields("kind", "value")[1]
        if kind == "interpolate":
            slots = d5_interpolate(way, slots, value, parts, place + 1 == len(kinds), lines)
            continue
        slots = {"balance": d2_balance, "merge": d3_merge, "prune": d4_prune}[kind](way, slots, parts)
        way.value(slots, {"balance": "D2", "merge": "D3", "prune": "D4"}[kind], value)


def d1_start(problem: Problem, hidden: Matrix, output: Vector, item: Item) -> Fraction:
    """D1: the objective of the given network; returns the part that is not the penalty."""
    loss = ZERO
    for row, target in zip(problem.X, problem.y, strict=True):
        fit = sum((a * max(ZERO, dot(row, w)) for w, a in zip(hidden, output, strict=True)), ZERO)
        loss += (fit - target) ** 2
    weights = sum((dot(w, w) for w in hidden), ZERO) + dot(output, output)
    if item.number() != loss / 2 + problem.penalty * weights / 2:
        raise item.reject("D1: this is not the objective of the network")
    return loss / 2


def d1_kinds(pieces: Item, balanced: bool) -> list[str]:
    """D1: balance is first, and there unless the network is balanced; merge and prune come before interpolate, which is last."""
    kinds, straight = list[str](), False
    for piece in pieces.entries():
        kind = piece.fields("kind", "value")[0]
        kinds.append(kind.text())
        if kind.value not in ("balance", "merge", "prune", "interpolate"):
            raise kind.reject('D1: "balance", "merge", "prune" or "interpolate" is expected here')
        if kind.value == "balance" and len(kinds) > 1:
            raise kind.reject("D1: only the first piece balances")
        if straight and kind.value != "interpolate":
            raise kind.reject("D1: this piece must come before the first interpolation")
        straight = kind.value == "interpolate"
    if not kinds or kinds[-1] != "interpolate":
        raise pieces.reject("D1: the last piece must be an interpolation, to the optimum")
    if not balanced and kinds[0] != "balance":
        raise pieces.reject("D1: the network is not balanced; the first piece must balance it")
    return kinds


def d2_balance(way: Way, slots: Slots, parts: Item) -> Slots:
    """D2: nothing but the value is to be checked; the neurons are written balanced, and those with w = 0 or a = 0 are gone."""
    parts.fields()
    return slots


def d3_merge(way: Way, slots: Slots, parts: Item) -> Slots:
    """D3: the neurons of a group have one sign and lie in one closed cell; they all move into the first."""
    (groups,) = parts.fields("groups")
    merged, used = slots.copy(), set[int]()
    if not groups.entries():
        raise groups.reject("D3: there is no group")
    for group in groups.entries():
        places = [item.index(len(slots)) for item in group.entries()]
        held = [neuron for place in places if (neuron := slots[place]) is not None]
        if len(places) < 2 or len(held) < len(places) or used & {*places} or len({*places}) < len(places):
            raise group.reject("D3: a group is two or more slots that hold a neuron, each in one group once")
        used |= {*places}
        gates = [{*column} for column in zip(*(neuron.gate for neuron in held), strict=True)]
        if len({neuron.sign for neuron in held}) > 1 or any(gate >= {"+", "-"} for gate in gates):
            raise group.reject("D3: these neurons have not one sign and one closed cell")
        vectors = [neuron.vector for neuron in held]
        for place in places:
            merged[place] = None
        merged[places[0]] = way.held(held[0].sign, [sum(entries, ZERO) for entries in zip(*vectors, strict=True)])
    return merged


def d4_prune(way: Way, slots: Slots, parts: Item) -> Slots:
    """D4: v_j (1 - t beta_j) keeps the fit, and the sum of |v_j| does not rise; the neurons with the largest beta go."""
    (item,) = parts.fields("null_vector")
    beta = item.vector(len(slots))
    if any(entry and held is None for entry, held in zip(beta, slots, strict=True)):
        raise item.reject("D4: an empty slot has an entry")
    peak = max(beta, default=ZERO)
    if peak <= 0:
        raise item.reject("D4: no entry is positive")
    change = [ZERO] * len(way.problem.y)
    for held, entry in zip(slots, beta, strict=True):
        if held is not None and entry:
            change = [a + entry * f for a, f in zip(change, held.feature, strict=True)]
    if any(change):
        raise item.reject("D4: the fit changes")
    if sign_of(lengths(slots, beta)) < 0:
        raise item.reject("D4: the sum of the lengths rises")
    scales = [1 - entry / peak for entry in beta]
    return [held.scaled(scale) if held is not None and scale else None for held, scale in zip(slots, scales, strict=True)]


def d5_interpolate(way: Way, slots: Slots, value: Item, parts: Item, last: bool, lines: list[str]) -> Slots:
    """D5: the network led to is proved, and each of its neurons has a slot; D6: the objective does not rise; D7: the last one."""
    names = EVIDENCE if last else NETWORK
    residual, neurons, label, places, reasons, *rest = parts.fields("residual", "neurons", "label", "slots", "reasons", *names)
    claim, evidence = [value, residual, neurons], dict(zip(names, rest, strict=True))
    proof = prove_optimum(way.problem, claim, rest, lines) if last else prove_network(way.problem, claim, evidence)
    polytope = s1_polytope(proof)
    wanted = support(polytope, s2_point(polytope, label, perturbed=False))
    chosen = [None if item.value is None else item.index(len(proof.neurons)) for item in places.entries(len(slots))]
    if sorted(k for k in chosen if k is not None) != sorted(wanted):
        raise places.reject(f"D5: the neurons {show(str([*wanted]))} must each have one slot")
    d6_slope(way, proof, slots, chosen, reasons)
    found: Slots = []
    for k in chosen:
        neuron = None if k is None else proof.neurons[k]
        found.append(None if neuron is None else Held(neuron.sign, neuron.gate, direction=neuron.direction))
    return found


def d6_slope(way: Way, proof: Proof, slots: Slots, chosen: list[int | None], reasons: Item) -> None:
    """D6: for the neuron v of a slot, s theta.(Xv)+ <= b u.v in a slot shared with the neuron u, else s theta.(Xv)+ <= b |v|."""
    thetas = [proof.enclosure(proof.entry(i)) for i in range(len(way.problem.y))]
    for held, k, item in zip(slots, chosen, reasons.entries(len(slots)), strict=True):
        if held is None:
            if item.value is not None:
                raise item.reject("D6: an empty slot needs no reason")
        elif item.value is not None:
            cell, leaf = item.fields("cell", "leaf")
            sides = read_cell(way.walls, cell)
            if not held.lies_in(way.walls, sides):
                raise cell.reject("D6: the cell does not hold the neuron of the slot")
            none = [0] * len(sides)
            o7_leaf(proof, held.sign, leaf, Cone(sides, none, none, []))
            if k is not None and leaf.fields("neuron", "solve", "fixed")[0].value != k:
                raise leaf.reject("D6: this is not the neuron that shares the slot")
        elif k is not None:
            raise item.reject("D6: a shared slot needs a cell that holds both neurons")
        elif not d6_below(proof, held, thetas):
            raise item.reject("D6: the neuron of the slot is not proved to keep the bound; the objective may rise")


def d6_below(proof: Proof, held: Held, thetas: list[Interval]) -> bool:
    """D6: prove s theta.(Xv)+ <= b |v| at one neuron, for every theta of the box."""
    X, b = proof.problem.X, proof.problem.penalty
    if held.vector:
        most = proof.enclosure(proof.form(held.feature))[1]
        return most <= 0 or most * most <= b * b * dot(held.vector, held.vector)
    most = ZERO
    for row, gate, theta in zip(X, held.gate, thetas, strict=True):
        if gate == "+":
            ends = [sorted((x * low, x * high)) for x, (low, high) in zip(row, held.direction, strict=True)]
            low, high = (sum(side, ZERO) for side in zip(*ends, strict=True))
            most += max(held.sign * t * height for t in theta for height in (low, high))
    return most <= b


# ----------------------------------------------------------------------------------------------------------------- the verdict


def check_document(text: str | bytes, statement: str | bytes | None = None) -> Report:
    """Check one certificate; with `statement`, the text of a problem file, refuse a certificate of another problem.

    A certificate that is false or malformed gives a report with ``verified=False``; a malformed problem file raises
    :class:`Rejected`, a ValueError. No global state is touched.

    >>> check_document("{}").reason
    "the key 'format' is missing"
    """
    asked = None if statement is None else read_problem(statement)
    lines: list[str] = []
    kind = digest = ""
    try:
        header, version, stated, evidence, produced = read_document(text).fields(
            "format", "version", "statement", "evidence", "produced_by"
        )
        if header.value != "reluexact-certificate" or version.index(2) != 1:
            raise header.reject("not a reluexact-certificate of version 1")
        for item in produced.table().values():
            item.text()
        kind_item, problem_item, claim = stated.fields("kind", "problem", "claim")
        problem = o1_problem(problem_item)
        if asked is not None and problem != asked:
            raise problem_item.reject("the certificate is about another problem than the one asked for")
        checks = {
            "bound": check_bound,
            "optimum": check_optimum,
            "optimal-set": check_optimal_set,
            "minimum-network": check_minimum_network,
            "classification": check_classification,
            "stationary": check_stationary,
            "descent-path": check_descent_path,
            "width-optimum": check_width_optimum,
        }
        if kind_item.text() not in checks:
            raise kind_item.reject("unknown kind of claim")
        kind = kind_item.text()
        size = f"{len(problem.X)} rows, {len(problem.X[0])} columns"
        lines.append(f"problem: {size}, penalty {decimal(problem.penalty, ROUND_FLOOR)}")
        checks[kind](problem, claim, evidence, lines)
        digest = canonical_digest(stated)
    except Rejected as error:
        return Report(False, error.path, error.reason, kind, digest, tuple(lines))
    lines.append(f"sha256 of the canonical statement: {digest}")
    return Report(True, "", "", kind, digest, tuple(lines))


def canonical_digest(item: Item) -> str:
    """Return the sha256 of a value as canonical JSON: sorted keys, no blanks, ASCII."""
    return hashlib.sha256(json.dumps(item.value, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a file and print the statement and the verdict; return the exit code."""
    parser = argparse.ArgumentParser(prog="checker.py", description="Check a certificate of reluexact.")
    parser.add_argument("file", type=Path, help="the certificate")
    parser.add_argument("--statement", type=Path, help='{"X", "y", "penalty"}: refuse certificates of other problems')
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    options = parser.parse_args(arguments)
    try:
        statement = options.statement.read_bytes() if options.statement else None
        report = check_document(options.file.read_bytes(), statement)
    except (OSError, Rejected) as error:
        print(f"checker.py: {error}", file=sys.stderr)
        return 2
    except MemoryError:
        print("checker.py: the memory of this machine is too small for this certificate: no verdict", file=sys.stderr)
        return 2
    verdict = "VERIFIED" if report.verified else f"REJECTED: {report.path}: {report.reason}"
    try:
        print(json.dumps(asdict(report)) if options.json else "\n".join((*report.lines, verdict)), flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # so that nothing is written once more at the exit
        print(f"checker.py: the verdict cannot be written: {error}", file=sys.stderr)
        return 2
    return 0 if report.verified else 3


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)  # no verdict
