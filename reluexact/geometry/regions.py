"""The regions of an arrangement as sets of hyperplanes (the hyperplanes on whose positive side a region lies), from its flats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reluexact.budget import check
from reluexact.errors import ReluExactError
from reluexact.geometry.bits import Indices, Words, distinct, pack, unpack
from reluexact.geometry.flats import Flats, Integers, integer_arrays, levels, turned

KEYS = 1 << 21
"""Regions of flats held at once before they are merged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Store:
    """The regions of those flats of one rank that are not Boolean (have more hyperplanes than their rank).

    begin, end: (N,) where the regions of a flat stand in ``words``; equal for Boolean flats, whose regions are all sets of
    hyperplanes.
    """

    begin: Indices
    end: Indices
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Regions:
    """All regions on the positive side of the first hyperplane, ascending, and the lines that are not on that hyperplane.

    regions: (count, words).  line_points: (lines, r) the point of each line on the positive side of the first hyperplane.
    line_hyperplanes: (lines, words) the hyperplanes that contain the line.  line_sides: (lines, words) the hyperplanes with the
    point on their positive side.
    """

    regions: Words
    line_points: Integers
    line_hyperplanes: Words
    line_sides: Words


def positive_regions(rows: tuple[tuple[int, ...], ...], limit: int) -> Regions:
    """Return the regions on the positive side of the first hyperplane; the others are their opposites.

    ``rows`` are the normals, hyperplanes x r with r >= 1, of rank r, none zero and no two parallel. Raises LimitReached above
    ``limit`` regions on both sides together.
    """
    normals = integer_arrays(rows)
    everything = pack(np.ones((1, len(rows)), dtype=np.bool_))
    previous: Flats | None = None
    store = _Store(begin=np.zeros(1, dtype=np.intp), end=np.zeros(1, dtype=np.intp), words=everything[:0])
    for level in levels(normals, len(rows[0]) - 1, limit):
        if previous is not None:
            store = _next_store(previous, store, level)
        previous = level
    points = _line_points(level.coordinates, normals[-1])
    sides = turned(level.ahead, np.zeros(len(points), dtype=np.intp)) & everything & ~level.hyperplanes
    found = _all_regions(level, store, sides)
    if len(found) != level.total:
        raise ReluExactError(f"found {len(found)} regions where Zaslavsky's theorem counts {level.total}; please report the data")
    return Regions(regions=found, line_points=points, line_hyperplanes=level.hyperplanes, line_sides=sides)


def _all_regions(level: Flats, store: _Store, sides: Words) -> Words:
    """Return the different regions beside all lines."""
    merged: list[Words] = []
    waiting = 0
    for flats in _portions(level, store):
        owner, words = _regions(level, store, flats)
        merged.append(distinct(words | sides[flats][owner]))
        waiting += len(merged[-1])
        if waiting > len(merged[0]) + KEYS:
            merged, waiting = [distinct(np.concatenate(merged))], 0
    return distinct(np.concatenate(merged)) if len(merged) > 1 else merged[0]


def _line_points(coordinates: Integers, normals: Integers) -> Integers:
    """Return the points whose product with a normal is its determinant with the flat, turned to the first hyperplane's side."""
    width = normals.shape[1]
    signs = np.array([(-1) ** (width - 1 - j) for j in range(width)])
    points: Integers = coordinates[:, ::-1] * signs
    points[points @ normals[0] < 0] *= -1
    return points


def _portions(level: Flats, store: _Store) -> Iterator[Indices]:
    """Yield the flats of a level in portions with about KEYS regions together."""
    counts = np.where(level.size == level.rank, 1 << level.rank, store.end - store.begin)
    portion = np.cumsum(counts) // KEYS
    for number in np.unique(portion):
        check()
        yield np.flatnonzero(portion == number)


def _next_store(level: Flats, store: _Store, above: Flats) -> _Store:
    """Return the regions of the flats one rank above."""
    steps = np.flatnonzero((above.size > above.rank)[above.target])
    owner, words = _regions(level, store, above.parent[steps])
    target = above.target[steps][owner]
    half = above.sides[steps][owner] | words
    labelled = np.column_stack([target.astype(np.uint64), half])
    other = np.column_stack([target.astype(np.uint64), above.hyperplanes[target] ^ half])
    ordered = distinct(np.concatenate([labelled, other]))
    where = np.arange(len(above.size), dtype=np.uint64)
    return _Store(
        begin=np.searchsorted(ordered[:, 0], where, side="left"),
        end=np.searchsorted(ordered[:, 0], where, side="right"),
        words=np.ascontiguousarray(ordered[:, 1:]),
    )


def _regions(level: Flats, store: _Store, flats: Indices) -> tuple[Indices, Words]:
    """Return all regions of the listed flats, and for each region the position of its flat in the list."""
    boolean = level.size[flats] == level.rank
    plain = np.flatnonzero(boolean)
    rest = np.flatnonzero(~boolean)
    subsets = _subsets(level.hyperplanes[flats[plain]], level.rank)
    if not len(rest):
        return np.repeat(plain, subsets.shape[1]), subsets.reshape(-1, subsets.shape[2])
    begin, end = store.begin[flats[rest]], store.end[flats[rest]]
    counts = end - begin
    before = np.cumsum(counts) - counts
    places = np.arange(counts.sum()) + np.repeat(begin - before, counts)
    owner = np.concatenate([np.repeat(plain, subsets.shape[1]), np.repeat(rest, counts)])
    return owner, np.concatenate([subsets.reshape(-1, subsets.shape[2]), store.words[places]])


def _subsets(hyperplanes: Words, size: int) -> Words:
    """Return all subsets of sets that have ``size`` elements each, shape (count, 2**size, words)."""
    count, words = hyperplanes.shape
    result = np.zeros((count, 1, words), dtype=np.uint64)
    if not size:
        return result
    _, columns = np.nonzero(unpack(hyperplanes, 64 * words))
    single: NDArray[np.uint64] = pack(np.eye(64 * words, dtype=np.bool_))
    members = single[columns].reshape(count, size, words)
    for i in range(size):
        result = np.concatenate([result, result | members[:, i : i + 1]], axis=1)
    return result
