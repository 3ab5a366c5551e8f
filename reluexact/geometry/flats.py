"""The flats of a central arrangement that avoid its first hyperplane, rank by rank, for counts of regions and for lines.

A flat is a set of hyperplanes that contains every hyperplane through its common intersection. Rank by rank a flat F is reached
from the flats G one rank below that do not contain F's first hyperplane s. Weisner's theorem makes this complete in every
position: |mu(F)| is the sum of |mu(G)| over these G; and the arrangement has twice as many regions as the sum of |mu| over all
flats without the first hyperplane (Zaslavsky). So the regions are counted before :mod:`reluexact.geometry.regions` lists them.

Flats carry their Pluecker coordinates (minors of the hyperplane normals), so all decisions are signs of integers. A hyperplane n
is in the flat when all coordinates of their join vanish. One integer functional of the join is looked at first: where it is not
zero, n is outside, and its sign is the side of n; zeros are checked in full; one that vanished by accident is replaced.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reluexact.budget import check
from reluexact.errors import Argument, Cure, Limit, LimitReached, Message
from reluexact.geometry.bits import Bools, Indices, Words, groups, pack
from reluexact.numbers.roots import floor_root

Integers = NDArray[Any]
"""int64 where a bound excludes overflow, Python integers (dtype object) elsewhere."""

Normals = tuple[Integers, ...]
"""The wall normals, shape (walls, r), once for every rank m < r: what is computed with flats of rank m uses entry m."""

CHUNK = 1 << 21
"""Numbers held at once in an intermediate array."""

SPREAD = 1000
"""The coefficients of a functional reach this or 4 times the number of hyperplanes; the results do not depend on it.

At most one in as many functionals vanishes on a join that is not zero, so at least three in four serve a whole flat.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flats:
    """All flats of one rank that avoid the first hyperplane; N of them.

    coordinates: (N, C(r, rank)) Pluecker coordinates.  hyperplanes: (N, words) the set of hyperplanes.  first: (N,) its first.
    weight: (N,) |mu|.  size: (N,) the number of hyperplanes.  total: the sum of |mu| over these flats and all of lower rank.
    ahead: (N, words) the hyperplanes whose join with the flat is positive under a functional that vanishes on the flat's
    hyperplanes only.
    """

    rank: int
    total: int
    coordinates: Integers
    hyperplanes: Words
    first: Indices
    weight: NDArray[np.int64]
    size: Indices
    ahead: Words


@dataclass(frozen=True, slots=True)
class _Step:
    """Steps found from one chunk of flats."""

    parent: Indices
    coordinates: Integers
    hyperplanes: Words
    first: Indices
    size: Indices
    ahead: Words


def integer_arrays(rows: tuple[tuple[int, ...], ...]) -> Normals:
    """Return integer rows once for each rank m < r, as int64 where nothing computed with flats of rank m can overflow.

    Hadamard: an m x m minor is at most the product of the m largest row norms. A functional of a join with a row is at most
    the sum of that row's absolute entries, times C(r - 1, m) minors, times the largest coefficient (1 for the determinant).

    >>> [array.dtype for array in integer_arrays(((1, 2), (3, 4)))]
    [dtype('int64'), dtype('int64')]
    >>> [array.dtype for array in integer_arrays(((10**12, 2), (3, 10**12)))]
    [dtype('int64'), dtype('O')]
    """
    width = len(rows[0])
    norms = sorted((floor_root(sum(value * value for value in row)) + 1 for row in rows), reverse=True)
    longest = max(sum(abs(value) for value in row) for row in rows)
    arrays = []
    fits = True
    for rank in range(width):
        spread = 1 if rank == width - 1 else max(SPREAD, 4 * len(rows))
        fits = fits and longest * math.prod(norms[:rank]) * math.comb(width - 1, rank) * spread < 2**63
        arrays.append(np.array(rows, dtype=np.int64 if fits else object))
    return tuple(arrays)


def join(coordinates: Integers, normals: Integers, rank: int) -> Integers:
    """Return the Pluecker coordinates of flats joined with one normal each, shape (N, C(r, rank + 1)); all 0 = contained.

    >>> join(np.array([[1, 0, 0]]), np.array([[5, 7, 9]]), 1)
    array([[7, 9, 0]])
    """
    old, new = np.ascontiguousarray(coordinates.T), np.ascontiguousarray(normals.T)
    joined = np.zeros((math.comb(len(new), rank + 1), len(normals)), dtype=normals.dtype)
    for above, below, column, sign in _expansion(len(new), rank):
        term = old[below] * new[column]
        if sign > 0:
            joined[above] += term
        else:
            joined[above] -= term
    return joined.T


def levels(normals: Normals, top: int, limit: int | None = None) -> Iterator[Flats]:
    """Yield the flats of rank 0, 1, ..., top without the first hyperplane.

    The normals have rank r > top and no parallel rows. Raises LimitReached above ``limit`` regions, before it stores them.
    """
    unit = np.ones((1, 1), dtype=normals[0].dtype)
    inside, ahead = _positions(unit, normals[0], 0, np.zeros(1, dtype=np.intp))
    level = Flats(
        rank=0,
        total=1,
        coordinates=unit,
        hyperplanes=pack(inside),
        first=np.array([len(normals[0])]),
        weight=np.ones(1, dtype=np.int64),
        size=np.zeros(1, dtype=np.intp),
        ahead=pack(ahead),
    )
    yield level
    while level.rank < top:
        if limit is not None and 2 * (level.total + int(level.first.sum())) > limit:
            next_total(level, normals, limit)
        level = _next_level(level, normals)
        yield level


def next_total(level: Flats, normals: Normals, limit: int) -> int:
    """Return the sum of |mu| up to the next rank without keeping its flats; raise LimitReached above ``limit`` regions."""
    total = level.total
    for part in _parts(level, normals):
        total += int(level.weight[_steps(level, part, normals).parent].sum())
        if 2 * total > limit:
            most = general_position_count(*normals[0].shape)
            raise too_many_patterns(f"at least {2 * total} and at most {most}", 2 * total, limit)
    return total


def too_many_patterns(amount: str, reached: int, limit: int) -> LimitReached:
    """Return the error that X has too many activation patterns: an ``amount``, at least ``reached``."""
    cures = Cure("raise ", Argument("limit")), Cure("leave out rows")
    stop = Limit(counted="activation patterns", value=limit, reached=reached)
    return LimitReached(Message(f"X has {amount} activation patterns, more than ", Argument("limit", limit), *cures, limit=stop))


def general_position_count(hyperplanes: int, rank: int) -> int:
    """Return the number of regions of so many hyperplanes in general position, which no other position exceeds.

    >>> general_position_count(50, 4), general_position_count(3, 1), general_position_count(0, 0)
    (39300, 2, 1)
    """
    if not rank:
        return 1
    return 2 * sum(math.comb(hyperplanes - 1, k) for k in range(rank))


def turned(ahead: Words, hyperplane: Indices) -> Words:
    """Return each set or, where it lacks its given hyperplane, the complement (also of the unused bits).

    >>> turned(np.array([[1]], dtype=np.uint64), np.array([63]))
    array([[1]], dtype=uint64)
    >>> turned(np.array([[1]], dtype=np.uint64), np.array([0])) == 2**64 - 2
    array([[ True]])
    """
    word = ahead[np.arange(len(ahead)), hyperplane // 64]
    there = (word >> (63 - hyperplane % 64).astype(np.uint64)) & np.uint64(1)
    return np.where(there[:, None] == 1, ahead, ~ahead)


def _next_level(level: Flats, normals: Normals) -> Flats:
    """Return the flats of the next rank."""
    steps = [_steps(level, part, normals) for part in _parts(level, normals)]
    hyperplanes = np.concatenate([step.hyperplanes for step in steps])
    parent = np.concatenate([step.parent for step in steps])
    chosen, target = groups(hyperplanes)
    weight = np.zeros(len(chosen), dtype=np.int64)
    np.add.at(weight, target, level.weight[parent])
    return Flats(
        rank=level.rank + 1,
        total=level.total + int(weight.sum()),
        coordinates=np.concatenate([step.coordinates for step in steps])[chosen],
        hyperplanes=hyperplanes[chosen],
        first=np.concatenate([step.first for step in steps])[chosen],
        weight=weight,
        size=np.concatenate([step.size for step in steps])[chosen],
        ahead=np.concatenate([step.ahead for step in steps])[chosen],
    )


def _steps(level: Flats, part: slice, normals: Normals) -> _Step:
    """Join a chunk of flats with every wall before their first one; keep the joins whose first wall is the one that was added."""
    here, above = normals[level.rank], normals[level.rank + 1]
    earlier = np.arange(len(here)) < level.first[part, None]
    earlier[:, 0] = False
    flat, hyperplane = np.nonzero(earlier)
    flat += part.start
    reached = join(level.coordinates[flat], here[hyperplane], level.rank).astype(above.dtype, copy=False)
    inside, ahead = _positions(reached, above, level.rank + 1, level.size[flat] + 1)
    keep = inside.argmax(axis=1) == hyperplane
    if not keep.all():
        flat, hyperplane, reached, inside, ahead = flat[keep], hyperplane[keep], reached[keep], inside[keep], ahead[keep]
    return _Step(
        parent=flat,
        coordinates=reached,
        hyperplanes=pack(inside),
        first=hyperplane,
        size=inside.sum(axis=1),
        ahead=pack(ahead),
    )


def _positions(coordinates: Integers, normals: Integers, rank: int, certain: Indices) -> tuple[Bools, Bools]:
    """Return which walls are in each flat, at least ``certain`` (N,) many, and which are ahead of it, both (N, walls)."""
    values = _values(coordinates, normals, rank, 0)
    inside, ahead = values == 0, values > 0
    if rank == normals.shape[1] - 1:
        return inside, ahead
    doubtful = np.flatnonzero(inside.sum(axis=1) > certain)
    for attempt in itertools.count(1):
        row, hyperplane = np.nonzero(inside[doubtful])
        accident = (join(coordinates[doubtful[row]], normals[hyperplane], rank) != 0).any(axis=1)
        doubtful = np.unique(doubtful[row[accident]])
        if not len(doubtful):
            break
        values = _values(coordinates[doubtful], normals, rank, attempt)
        inside[doubtful], ahead[doubtful] = values == 0, values > 0
    return inside, ahead


def _values(coordinates: Integers, normals: Integers, rank: int, attempt: int) -> Integers:
    """Return a functional of the join of every flat with every normal, (N, hyperplanes); the determinant for rank r - 1."""
    width = normals.shape[1]
    size = math.comb(width, rank + 1)
    most = max(SPREAD, 4 * len(normals))
    functional = [1] if size == 1 else np.random.default_rng(attempt).integers(1, most + 1, size).tolist()
    form = np.zeros((coordinates.shape[1], width), dtype=normals.dtype)
    for above, below, column, sign in _expansion(width, rank):
        form[below, column] = sign * functional[above]
    values: Integers = coordinates @ form @ normals.T
    return values


@lru_cache(maxsize=256)
def contraction(width: int, rank: int, above: int, dtype: np.dtype[Any]) -> Integers:
    """Return the form, (C(width, rank), width), whose value at a flat and a normal is one coordinate of their join."""
    form = np.zeros((math.comb(width, rank), width), dtype=dtype)
    for place, below, column, sign in _expansion(width, rank):
        if place == above:
            form[below, column] = sign
    form.flags.writeable = False
    return form


@lru_cache(maxsize=256)
def _expansion(width: int, rank: int) -> tuple[tuple[int, int, int, int], ...]:
    """Return (coordinate above, coordinate below, column, sign) for every term of a join."""
    below = {subset: i for i, subset in enumerate(itertools.combinations(range(width), rank))}
    terms = []
    for above, subset in enumerate(itertools.combinations(range(width), rank + 1)):
        for place, column in enumerate(subset):
            terms.append((above, below[subset[:place] + subset[place + 1 :]], column, (-1) ** (rank - place)))
    return tuple(terms)


def _parts(level: Flats, normals: Normals) -> Iterator[slice]:
    """Yield slices of a level, at least one, whose joins fit in a chunk."""
    cost = level.first * (len(normals[0]) + math.comb(normals[0].shape[1], level.rank + 1))
    chunk = np.cumsum(cost) // CHUNK
    starts = np.flatnonzero(np.diff(chunk, prepend=-1))
    for start, end in itertools.pairwise([*starts.tolist(), len(chunk)]):
        check()
        yield slice(start, end)
