"""All activation patterns of a data set, exactly: the full-dimensional cells into which the hyperplanes of X divide the space.

Rows that are zero, repeated, parallel or antiparallel and matrices of low rank need nothing special from the caller:
the hyperplanes are taken once each, and the work is done in the row space.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from reluexact.errors import InputError, LimitReached, Message, ReluExactError, message_of
from reluexact.geometry.bits import Bools, pack, unpack
from reluexact.geometry.flats import general_position_count, integer_arrays, levels, next_total, too_many_patterns
from reluexact.geometry.hyperplanes import Hyperplanes, hyperplanes
from reluexact.geometry.regions import Regions, positive_regions
from reluexact.geometry.signs import cell_signs
from reluexact.numbers.counts import counted
from reluexact.numbers.linalg import independent_rows, primitive, solve, transpose
from reluexact.numbers.rational import Floats, to_fraction, to_index
from reluexact.numbers.seconds import time_limited
from reluexact.numbers.types import Matrix, Vector
from reluexact.progress import Progress, Stage, silent


@dataclass(frozen=True, slots=True)
class _Frame:
    """Integer coordinates of the row space: normals[h] is a positive multiple of (x_j / scale_j, j in columns), x = wall h."""

    normals: tuple[tuple[int, ...], ...]
    columns: tuple[int, ...]
    scale: Vector
    width: int

    def lift(self, point: Sequence[int | Fraction]) -> Vector:
        """Return a point of the whole space that lies on the same side of every hyperplane."""
        lifted = [Fraction(0)] * self.width
        for column, factor, value in zip(self.columns, self.scale, point, strict=True):
            lifted[column] = value / factor
        return tuple(Fraction(value) for value in primitive(lifted))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ActivationPatterns:
    """All cells of the hyperplanes of X, in lexicographic order of their sign vectors.

    hyperplanes: the hyperplanes of X.  signs: (count, hyperplanes) read-only, True where ``normal_h.u >= 0`` on the closed cell.
    general_position_count: the closed formula 2 sum_{k<r} C(h-1, k) for h hyperplanes of rank r; ``count`` never exceeds it.
    """

    hyperplanes: Hyperplanes
    signs: Bools = field(repr=False)
    general_position_count: int
    _frame: _Frame = field(repr=False)
    _regions: Regions | None = field(repr=False)

    @property
    def count(self) -> int:
        """Return the number of cells."""
        return len(self.signs)

    def __repr__(self) -> str:
        """Show the sizes."""
        size = f"{counted(self.count, 'cell')} of {counted(len(self.hyperplanes), 'hyperplane')}"
        return f"ActivationPatterns({size}, {counted(len(self.hyperplanes.hyperplane_of), 'row')})"

    def __len__(self) -> int:
        """Return the number of cells."""
        return len(self.signs)

    @property
    def patterns(self) -> Bools:
        """Return the (count, n) array, read-only: True where ``x_i.u >= 0`` on the whole closed cell; True for zero rows.

        It is made anew at every call; keep it when it is needed again.
        """
        if not len(self.hyperplanes):
            patterns = np.ones((self.count, len(self.hyperplanes.hyperplane_of)), dtype=np.bool_)
        else:
            column = [hyperplane if hyperplane is not None else 0 for hyperplane in self.hyperplanes.hyperplane_of]
            patterns = self.signs[:, column] ^ np.array([factor < 0 for factor in self.hyperplanes.factor])
            patterns[:, [hyperplane is None for hyperplane in self.hyperplanes.hyperplane_of]] = True
        patterns.flags.writeable = False
        return patterns

    def witness(self, cell: int) -> Vector:
        """Return a point strictly inside a cell, integers without a common divisor; the signs are verified before it is returned.

        Raises IndexError for a number outside ``range(-count, count)``.

        >>> activation_patterns([[1, 0], [1, 1]]).witness(2)
        (Fraction(1, 1), Fraction(-2, 1))
        """
        place = to_index(cell)
        if place is None:
            raise InputError(f"cell: a {type(cell).__name__} is no number of a cell; give an integer from 0 to {self.count - 1}")
        signs = self.signs[place]
        point = self._frame.lift(_interior(self._frame.normals, self._regions, signs))
        for normal, sign in zip(self.hyperplanes.normals, signs.tolist(), strict=True):
            value = sum(a * b for a, b in zip(normal, point, strict=True))
            if not value or (value > 0) != sign:
                raise ReluExactError(f"the witness of cell {cell} is on the wrong side of a wall; please report the data")
        return point


def activation_patterns(
    X: object, *, limit: int = 1_000_000, time_limit: object = None, floats: Floats = None, progress: Progress | None = None
) -> ActivationPatterns:
    """Return all activation patterns of X: the cells of full dimension, whose closures cover the space.

    X is a Dataset (anything whose attribute ``X`` is a tuple of rows) or rows of exact numbers: a list of lists or a numpy array;
    ``floats`` says how floats are read, see :func:`reluexact.numbers.rational.to_fraction`. Raises InputError when X is not a
    matrix of exact numbers, and LimitReached before anything is listed when there are more than ``limit`` cells; its ``count``
    is the exact number, or, where general position would give more than 10 times the limit, a number that is certainly reached;
    also when that takes more than ``time_limit`` seconds.

    Method: flats without the first hyperplane by rank (:mod:`reluexact.geometry.flats`), cells from their lines; the number of
    cells found is compared with Zaslavsky's theorem. Source: T. Zaslavsky, Facing up to arrangements, Mem. AMS 154 (1975).

    >>> cells = activation_patterns([[2, 2], [3, 3], [1, 0]])
    >>> cells.count, cells.general_position_count
    (4, 4)
    >>> cells.patterns.astype(int).tolist()
    [[0, 0, 0], [0, 0, 1], [1, 1, 0], [1, 1, 1]]
    >>> activation_patterns([[1, 0], [1, 1], [1, 2]], limit=5)
    Traceback (most recent call last):
    reluexact.errors.LimitReached: X has 6 activation patterns, more than limit=5; raise limit= or leave out rows
    >>> activation_patterns([[0.5]])
    Traceback (most recent call last):
    reluexact.errors.InputError: X[0][0]: the float 0.5 is not exact; ...
    """
    _check_limit(limit)
    with time_limited(time_limit):
        return _listed(X, limit, floats, progress or silent)


def _listed(X: object, limit: int, floats: Floats, report: Progress) -> ActivationPatterns:
    found, width = _hyperplanes_of(X, floats)
    frame = _frame_of(found, width)
    formula = general_position_count(len(found), len(frame.columns))
    report(Stage(f"activation patterns, {formula:,} at most"))
    if formula > limit:
        _require_at_most(limit, frame, formula)
    regions = _regions_of(frame, limit)
    if regions is None:
        signs = unpack(np.arange(formula, dtype=np.uint64)[:, None], 64)[:, 64 - len(found) :]
    else:
        positive = unpack(regions.regions, len(found))
        signs = np.concatenate([~positive[::-1], positive])
    signs.flags.writeable = False
    return ActivationPatterns(hyperplanes=found, signs=signs, general_position_count=formula, _frame=frame, _regions=regions)


def pattern_count(X: object, *, limit: int = 10_000_000, floats: Floats = None) -> int:
    """Return the exact number of activation patterns without listing them, in every position (Zaslavsky and Weisner).

    It takes about as long as finding all edges of the cells. Raises LimitReached as soon as more than ``limit`` patterns are
    certain; its ``count`` is then a lower bound, and the message names the upper bound of general position.

    >>> pattern_count([[1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 0, 1]])
    12
    >>> pattern_count([[0, 0]])
    1
    """
    _check_limit(limit)
    return _count(_frame_of(*_hyperplanes_of(X, floats)), limit)


def patterns_at_most(X: object, limit: int, *, floats: Floats = None) -> bool:
    """Return whether X has at most ``limit`` activation patterns, without counting further than that.

    >>> patterns_at_most([[1, 0], [1, 1], [1, 2]], 6), patterns_at_most([[1, 0], [1, 1], [1, 2]], 5)
    (True, False)
    """
    _check_limit(limit)
    frame = _frame_of(*_hyperplanes_of(X, floats))
    if general_position_count(len(frame.normals), len(frame.columns)) <= limit:
        return True
    try:
        return _count(frame, limit) <= limit
    except LimitReached:
        return False


def _count(frame: _Frame, limit: int) -> int:
    """Return the number of cells, or raise LimitReached."""
    rank = len(frame.columns)
    if rank <= 2 or rank == len(frame.normals):
        return general_position_count(len(frame.normals), rank)
    normals = integer_arrays(frame.normals)
    *_, level = levels(normals, rank - 2, limit)
    return 2 * next_total(level, normals, limit)


def _require_at_most(limit: int, frame: _Frame, formula: int) -> None:
    """Raise LimitReached with the exact number of cells, or with a lower bound where the formula exceeds 10 times the limit."""
    try:
        count = _count(frame, 10 * limit if formula <= 10 * limit else limit)
    except LimitReached as stop:
        text, known = message_of(stop), stop.stopped_by
        raise LimitReached(Message(text, limit=known and replace(known, value=limit))) from None
    if count > limit:
        raise too_many_patterns(str(count), count, limit)


def _check_limit(limit: int) -> None:
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise InputError(f"limit must be an integer and at least 1, got {limit!r}")


def _hyperplanes_of(X: object, floats: Floats) -> tuple[Hyperplanes, int]:
    """Return the hyperplanes and the number of columns; a data set knows its own."""
    known, given = getattr(X, "hyperplanes", None), getattr(X, "X", None)
    if isinstance(known, Hyperplanes) and isinstance(given, tuple):
        return known, len(given[0])
    rows = _rows(X, floats)
    return hyperplanes(rows), len(rows[0])


def _rows(X: object, floats: Floats) -> Matrix:
    """Return the rows of X exactly, at least one row and one column."""
    inner = getattr(X, "X", None)
    if isinstance(inner, tuple):
        X = inner
    if isinstance(X, np.ndarray):
        X = X.tolist()
    if not isinstance(X, Iterable) or isinstance(X, str):
        raise InputError(f"X must be rows of numbers, got {type(X).__name__}; write [[1, 2], [3, 4]]")
    rows = []
    for i, row in enumerate(X):
        values = row.tolist() if isinstance(row, np.ndarray) else row
        if not isinstance(values, Iterable) or isinstance(values, str):
            raise InputError(f"X[{i}] must be a row of numbers, got {type(values).__name__}; write [[1, 2], [3, 4]]")
        rows.append(tuple(to_fraction(value, where=f"X[{i}][{j}]", floats=floats) for j, value in enumerate(values)))
        if len(rows[i]) != len(rows[0]):
            raise InputError(f"X[{i}] has {len(rows[i])} entries but X[0] has {len(rows[0])}")
    if not rows or not rows[0]:
        raise InputError("X needs at least one row and one column")
    return tuple(rows)


def _frame_of(found: Hyperplanes, width: int) -> _Frame:
    """Choose independent columns that determine the others, and scale them so that the integers stay small."""
    columns = independent_rows(transpose(found.normals))
    scale = []
    scaled = []
    for j in columns:
        column = [normal[j] for normal in found.normals]
        integers = primitive(column)
        lead = next(i for i, value in enumerate(integers) if value)
        scale.append(column[lead] / integers[lead])
        scaled.append(integers)
    normals = tuple(primitive(normal) for normal in transpose(scaled))
    return _Frame(normals, columns, tuple(scale), width)


def _regions_of(frame: _Frame, limit: int) -> Regions | None:
    """Return the regions, or None when the hyperplanes are independent and every sign vector is a region."""
    return None if len(frame.normals) == len(frame.columns) else positive_regions(frame.normals, limit)


def _interior(normals: tuple[tuple[int, ...], ...], regions: Regions | None, signs: Bools) -> tuple[Fraction, ...]:
    """Return a point strictly inside the cell with these signs: a point of an edge, moved a little into the cell."""
    if regions is None:
        return _beside(normals, signs)
    if not signs[0]:
        return tuple(-value for value in _interior(normals, regions, ~signs))
    wanted = pack(signs[None, :])
    touching = np.flatnonzero((regions.line_sides == (wanted & ~regions.line_hyperplanes)).all(axis=1))
    on_line = unpack(regions.line_hyperplanes[touching], len(normals))
    best = int(on_line.sum(axis=1).argmin())
    edge = tuple(Fraction(int(value)) for value in regions.line_points[touching[best]])
    meeting = np.flatnonzero(on_line[best])
    if not len(meeting):
        return edge
    move = _beside(tuple(normals[i] for i in meeting), signs[meeting])
    step = Fraction(1)
    for normal, sign, inside in zip(normals, signs.tolist(), on_line[best].tolist(), strict=True):
        change = sum(a * b for a, b in zip(normal, move, strict=True))
        if not inside and change and (change > 0) != sign:
            step = min(step, abs(sum(a * b for a, b in zip(normal, edge, strict=True)) / change) / 2)
    return tuple(a + step * b for a, b in zip(edge, move, strict=True))


def _beside(normals: tuple[tuple[int, ...], ...], signs: Bools) -> Vector:
    """Return a point with these signs for some hyperplanes of an arrangement, all with the same line or point in common."""
    if not normals:
        return ()
    move = solve(normals, cell_signs(signs.tolist()))
    if move is not None:
        return move
    found = hyperplanes(tuple(tuple(Fraction(value) for value in normal) for normal in normals))
    frame = _frame_of(found, len(normals[0]))
    limit = general_position_count(len(found), len(frame.columns))
    return frame.lift(_interior(frame.normals, _regions_of(frame, limit), signs))
