"""Columns that a caller names: by a network, or by signs and patterns."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeGuard

from reluexact.errors import InputError, LimitReached, fixed
from reluexact.geometry.arrangement import activation_patterns
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.model.program import Program
from reluexact.model.symmetries import require_fitting
from reluexact.numbers.linalg import dot
from reluexact.numbers.rational import Floats
from reluexact.numbers.types import Vector
from reluexact.propose.central_point import interior_point
from reluexact.propose.columns import Columns, some_columns

FORM = "a Network, or a list of pairs (sign, pattern), pattern a text of + and - or 0/1 numbers, one for each row"


def universe_of(program: Program, given: object, floats: Floats) -> Columns:
    """Return the given columns only, in the order of all columns; the cells of the data are not listed for it."""
    wanted = named_places(program, given, floats, "columns")
    if not wanted:
        raise InputError(f"columns: none is given; give {FORM}")
    return in_order(program, wanted)


def in_order(program: Program, wanted: Sequence[tuple[int, Vector]]) -> Columns:
    """Return the columns of (sign, point strictly inside a cell) in the order of all columns."""
    found = some_columns(program, wanted)
    order = sorted(range(len(found)), key=lambda k: (-found.columns[k].sign, found.columns[k].cell))
    return some_columns(program, [(found.columns[k].sign, found.inside[k]) for k in order])


def named_places(program: Program, given: object, floats: Floats, where: str) -> list[tuple[int, Vector]]:
    """Return a sign and a point strictly inside the cell of every column that a caller names."""
    if isinstance(given, Network):
        network, _ = require_fitting(given, program.data)
        pairs = zip(network.hidden, network.output, strict=True)
        return [
            (1 if amount > 0 else -1, point) for weights, amount in pairs if amount for point in points_around(program, weights)
        ]
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise InputError(f"{where}: {given!r:.80} does not name columns; give {FORM}")
    if len(given) == 2 and not _is_pair(given[0]):
        return named_places(program, Network(given[0], given[1], floats=floats), floats, where)
    return [_named_place(program, one, f"{where}[{k}]") for k, one in enumerate(given)]


def points_around(program: Program, weights: Vector) -> list[Vector]:
    """Return a point strictly inside of each cell whose closure holds the weights; none for weights 0.

    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.program import make_program
    >>> program = make_program(Dataset([[1, 0], [0, 1]], [1, 2]), Fraction(1))
    >>> [[int(entry) for entry in point] for point in points_around(program, (Fraction(2), Fraction(0)))]
    [[2, -1], [2, 1]]
    """
    if not any(weights):
        return []
    normals = program.hyperplanes.normals
    heights = [dot(normal, weights) for normal in normals]
    touched = [normal for normal, height in zip(normals, heights, strict=True) if not height]
    if not touched:
        return [weights]
    try:
        found = activation_patterns(touched)
    except LimitReached as stop:
        raise LimitReached(fixed(stop.message)) from None
    points = []
    for k in range(len(found)):
        move = found.witness(k)
        far = max((-dot(normal, move) / height for normal, height in zip(normals, heights, strict=True) if height), default=0)
        scale = max(far + 1, Fraction(1))
        points.append(tuple(scale * w + m for w, m in zip(weights, move, strict=True)))
    return points


def _named_place(program: Program, one: object, where: str) -> tuple[int, Vector]:
    """Return the sign, and a point inside the cell of a pattern."""
    sign, sides = _read(one, program.data, where)
    hyperplanes = program.hyperplanes
    cone = []
    for row, hyperplane, side in zip(program.data.X, hyperplanes.hyperplane_of, sides, strict=True):
        if hyperplane is None:
            continue
        if side is None:
            raise InputError(f"{where}: a pattern has + or - for every row that is not 0; give {FORM}")
        cone.append(row if side else tuple(-entry for entry in row))
    point = interior_point(tuple(cone), program.data.d)
    if point is None:
        raise InputError(f"{where}: no cell of the data has this pattern; activation_patterns lists the cells")
    return sign, point


def starts_of(every: Columns, given: object, floats: Floats) -> tuple[int, ...]:
    """Return the sets of columns at which walks begin."""
    return tuple(dict.fromkeys(columns_of(every, one, floats, where="start") for one in single_starts(given)))


def single_starts(given: object) -> tuple[object, ...]:
    """Return the places at which walks begin, one by one; the empty set of columns when none is given."""
    if given is None:
        return ((),)
    if isinstance(given, Sequence) and given and all(isinstance(one, Network) for one in given):
        return tuple(given)
    return (given,)


def columns_of(every: Columns, given: object, floats: Floats, *, where: str) -> int:
    """Return the set of the columns that a caller names; all must be among the known ones.

    A neuron on hyperplanes names the column of every cell round it.

    >>> from reluexact.propose.columns import all_columns
    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.program import make_program
    >>> every = all_columns(make_program(Dataset([[1], [2]], [1, 2]), Fraction(1)))
    >>> columns_of(every, Network([[1]], [3]), None, where="start"), columns_of(every, [(-1, "--")], None, where="start")
    (2, 4)
    """
    named = some_columns(every.program, named_places(every.program, given, floats, where)).columns
    places = {column: k for k, column in enumerate(every.columns)}
    if any(column not in places for column in named):
        raise InputError(f"{where}: names a cell that is not among the columns given; add it there or leave it out here")
    return sum(1 << places[column] for column in named)


def _is_pair(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 2 and isinstance(value[0], int)


def _read(one: object, data: Dataset, where: str) -> tuple[int, list[bool | None]]:
    """Read a sign and a pattern: a side for each row, None for no side.

    Where rows have weights, a pattern may have a letter for each given row in place of one for each of its scaled copies.
    """
    if not _is_pair(one):
        raise InputError(f"{where}: {one!r:.80} is no pair (sign, pattern); give {FORM}")
    sign, pattern = one
    letters = {"+": True, "-": False, "0": None, 1: True, 0: False}
    try:
        sides = [letters[entry] for entry in pattern]
    except (KeyError, TypeError):
        raise InputError(f"{where}: {pattern!r:.80} is no pattern; give {FORM}") from None
    if data.copies is not None and len(sides) == data.given.n:
        sides = [sides[row] for row in data.copies.rows]
    if sign not in (1, -1) or len(sides) != data.n:
        raise InputError(f"{where}: a column is a sign, +1 or -1, and a pattern of {data.given.n} rows")
    return sign, sides
