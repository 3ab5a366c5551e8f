"""All activation patterns of a data set, exactly: the full-dimensional cells into which the hyperplanes of X divide the space.

Rows that are zero, repeated, parallel or antiparallel and matrices of low rank need nothing special from the caller:
the hyperplanes are taken once each, and the work is done in the row space.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np

from reluexact.errors import InputError, LimitReached, Message, ReluExactError, message_of
from reluexact.geometry.bits import Bools, Words, pack, unpack
from reluexact.geometry.flats import general_position_count, integer_arrays, levels, next_total, too_many_patterns
from reluexact.geometry.frame import Frame, frame_of, hyperplanes_of
from reluexact.geometry.hyperplanes import Hyperplanes
from reluexact.geometry.ordered_regions import Source, all_or_count, ordered
from reluexact.geometry.regions import positive_regions
from reluexact.geometry.witness import Lines, interior, lines_of
from reluexact.numbers.counts import counted
from reluexact.numbers.rational import Floats, to_index
from reluexact.numbers.seconds import time_limited
from reluexact.numbers.types import Vector
from reluexact.progress import Progress, Stage, silent
from reluexact.public import Tabular

BLOCK = 1 << 22
"""Truth values in one block of patterns."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ActivationPatterns(Tabular):
    """All cells of the hyperplanes of X, in lexicographic order of their sign vectors (False before True).

    hyperplanes: the hyperplanes of X.  count: the number of cells.  general_position_count: the closed formula
    2 sum_{k<r} C(h-1, k) for h hyperplanes of rank r, which ``count`` never exceeds.

    ``for pattern in found`` goes through the rows of ``patterns`` one by one, without that array: in 200 MB, however many there
    are. Up to 16 million pairs of opposite cells (for at most 64 hyperplanes) are kept as one machine word a pair; more are found
    anew for every 8 million.

    >>> [pattern.astype(int).tolist() for pattern in activation_patterns([[2, 2], [3, 3], [1, 0]])]
    [[0, 0, 0], [0, 0, 1], [1, 1, 0], [1, 1, 1]]
    """

    hyperplanes: Hyperplanes
    count: int
    general_position_count: int
    _frame: Frame = field(repr=False)
    _held: Words | None = field(repr=False)

    def __repr__(self) -> str:
        """Show the sizes."""
        size = f"{counted(self.count, 'cell')} of {counted(len(self.hyperplanes), 'hyperplane')}"
        return f"ActivationPatterns({size}, {counted(len(self.hyperplanes.hyperplane_of), 'row')})"

    def __len__(self) -> int:
        """Return the number of cells."""
        return self.count

    def __iter__(self) -> Iterator[Bools]:
        """Yield the rows of ``patterns``, read-only, in bounded memory."""
        for block in self.blocks():
            yield from block

    def blocks(self) -> Iterator[Bools]:
        """Yield ``patterns`` in blocks of consecutive rows, read-only: faster than one by one, in bounded memory, too."""
        for signs in self._sign_blocks():
            yield self._patterns_of(signs)

    @cached_property
    def signs(self) -> Bools:
        """Return the (count, hyperplanes) array, read-only: True where ``normal_h.u >= 0`` on the closed cell."""
        return _joined(self._sign_blocks(), self.count, len(self.hyperplanes))

    @property
    def patterns(self) -> Bools:
        """Return the (count, n) array, read-only: True where ``x_i.u >= 0`` on the whole closed cell; True for zero rows.

        It is made anew at every call; keep it when it is needed again.
        """
        return _joined(self.blocks(), self.count, len(self.hyperplanes.hyperplane_of))

    def _sign_blocks(self) -> Iterator[Bools]:
        """Yield the sign vectors in blocks: those on the negative side of the first hyperplane, then their opposites."""
        size = len(self.hyperplanes)
        if not size:
            yield np.ones((1, 0), dtype=np.bool_)
            return
        step = max(1, BLOCK // size)
        for positive in (False, True):
            for words in self._halves(positive):
                for begin in range(0, len(words), step):
                    signs = unpack(words[begin : begin + step], size)
                    yield signs if positive or self._held is None else ~signs

    def _halves(self, positive: bool) -> Iterator[Words]:
        """Yield one half in its order; of held words that of the negative half is the reverse, of their opposites."""
        if self._held is not None:
            yield self._held if positive else self._held[::-1]
            return
        source = _source(self._frame, opposite=not positive)
        yield from ordered(source, -(-len(self.hyperplanes) // 64), self.count // 2)

    def _patterns_of(self, signs: Bools) -> Bools:
        """Return the patterns of cells by their sign vectors."""
        owner = self.hyperplanes.hyperplane_of
        patterns: Bools = np.ones((len(signs), len(owner)), dtype=np.bool_)
        rows = [i for i, hyperplane in enumerate(owner) if hyperplane is not None]
        turn = np.array([self.hyperplanes.factor[i] < 0 for i in rows], dtype=np.bool_)
        patterns[:, rows] = signs[:, [hyperplane for hyperplane in owner if hyperplane is not None]] ^ turn
        patterns.flags.writeable = False
        return patterns

    @cached_property
    def _lines(self) -> Lines | None:
        return lines_of(self._frame)

    def signs_of(self, cell: int) -> Bools:
        """Return one row of ``signs``, without that array where the cells are held. Raises IndexError as ``witness`` does."""
        place = to_index(cell)
        if place is None:
            raise InputError(f"cell: a {type(cell).__name__} is no number of a cell; give an integer from 0 to {self.count - 1}")
        place = range(self.count)[place]
        if self._held is None or not len(self.hyperplanes):
            signs: Bools = self.signs[place]
            return signs
        half = len(self._held)
        word = self._held[place - half if place >= half else half - 1 - place]
        found: Bools = unpack(word[None, :], len(self.hyperplanes))[0]
        return found if place >= half else ~found

    def witness(self, cell: int) -> Vector:
        """Return a point strictly inside a cell, integers without a common divisor; the signs are verified before it is returned.

        Raises IndexError for a number outside ``range(-count, count)``.

        >>> activation_patterns([[1, 0], [1, 1]]).witness(2)
        (Fraction(1, 1), Fraction(-2, 1))
        """
        signs = self.signs_of(cell)
        point = self._frame.lift(interior(self._frame.normals, self._lines, signs))
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
    also when that takes more than ``time_limit`` seconds. To go through many patterns, iterate over the answer.

    Method: one cell for every set of hyperplanes without broken circuit (:mod:`reluexact.geometry.regions`).
    Source: T. Zaslavsky, Facing up to arrangements, Mem. AMS 154 (1975).

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
    found, width = hyperplanes_of(X, floats)
    frame = frame_of(found, width)
    formula = general_position_count(len(found), len(frame.columns))
    report(Stage(f"activation patterns, {formula:,} at most"))
    if formula > limit:
        _require_at_most(limit, frame, formula)
    held, half = _held(frame, min(formula, limit))
    count = 2 * half if len(found) else 1
    return ActivationPatterns(hyperplanes=found, count=count, general_position_count=formula, _frame=frame, _held=held)


def _held(frame: Frame, most: int) -> tuple[Words | None, int]:
    """Return the cells on the positive side of the first hyperplane, None where they are too many to hold, and their number."""
    size = len(frame.normals)
    if not frame.independent:
        return all_or_count(_source(frame), -(-size // 64), most // 2)
    if not size:
        return np.zeros((0, 1), dtype=np.uint64), 0
    others = np.arange(1 << (size - 1), dtype=np.uint64)[:, None]
    return (others + np.uint64(1 << (size - 1))) << np.uint64(64 - size), len(others)


def _source(frame: Frame, *, opposite: bool = False) -> Source:
    """Return what finds the cells on one side of the first hyperplane."""
    return partial(_opposite, frame) if opposite else partial(positive_regions, frame.normals)


def _opposite(frame: Frame) -> Iterator[Words]:
    everything = pack(np.ones((1, len(frame.normals)), dtype=np.bool_))
    for words in positive_regions(frame.normals):
        yield words ^ everything


def _joined(blocks: Iterator[Bools], count: int, width: int) -> Bools:
    """Return blocks as one array, read-only, of which no copy is made."""
    whole = np.empty((count, width), dtype=np.bool_)
    begin = 0
    for block in blocks:
        whole[begin : begin + len(block)] = block
        begin += len(block)
    whole.flags.writeable = False
    return whole


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
    return _count(frame_of(*hyperplanes_of(X, floats)), limit)


def patterns_at_most(X: object, limit: int, *, floats: Floats = None) -> bool:
    """Return whether X has at most ``limit`` activation patterns, without counting further than that.

    >>> patterns_at_most([[1, 0], [1, 1], [1, 2]], 6), patterns_at_most([[1, 0], [1, 1], [1, 2]], 5)
    (True, False)
    """
    _check_limit(limit)
    frame = frame_of(*hyperplanes_of(X, floats))
    if general_position_count(len(frame.normals), len(frame.columns)) <= limit:
        return True
    try:
        return _count(frame, limit) <= limit
    except LimitReached:
        return False


def _count(frame: Frame, limit: int) -> int:
    """Return the number of cells, or raise LimitReached."""
    rank = len(frame.columns)
    if rank <= 2 or rank == len(frame.normals):
        return general_position_count(len(frame.normals), rank)
    normals = integer_arrays(frame.normals)
    *_, level = levels(normals, rank - 2, limit)
    return 2 * next_total(level, normals, limit)


def _require_at_most(limit: int, frame: Frame, formula: int) -> None:
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
