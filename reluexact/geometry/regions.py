"""The regions of a central arrangement one after another, in memory that does not grow with their number.

A region is the set of hyperplanes on whose positive side it lies; regions on the positive side of hyperplane 0 only, as the
others are their opposites. They correspond to the independent sets B = {b_1 > ... > b_k} for which every closure of b_1, ..., b_j
has the first hyperplane b_j > 0 (sets without broken circuit: Whitney 1932, Zaslavsky 1975). Such sets grow by one hyperplane
before their first one, so they form a tree, which is walked depth first; each gives one region and none gives another's:

- L_1 < L_2 < ... < L_r are generic spaces of these dimensions. A region that meets L_(k+1), but not L_k, has its least value of
  |g| where hyperplane 0 is 1 (g = 0 on L_k) at the line of one flat F of rank k, and lies at that line in a local region of F.
- The local region is fed into a linear program: least |g| with s_b b >= e_b for every b in F, s the signs, e_0 >> e_1 >> ... > 0.
  The optimal basis is a B with closure F; s_b is the sign of the coefficient of b in |g|, and the sign of any other m in F
  comes from the first b with a coefficient c in m = sum c_b b: it is s_b times the sign of c. If m stood before this b, the
  point of B would violate m, so no B with a broken circuit is optimal; for the others the point is inside.

"Generic" is no matter of luck: L_k is cut out by functionals x_0 + d x_1 + d^2 x_2 + ... with infinitely small d, each far
smaller than the one before. The orientation of k vectors on L_k is then the sign of the last of their minors that is not 0
(:func:`orientation`), and everything is decided by signs of integers.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reluexact.budget import check
from reluexact.geometry.bits import Bools, Indices, Words, pack
from reluexact.geometry.flats import Integers, Normals, contraction, integer_arrays, join, turned

CHUNK = 1 << 18
"""Numbers held at once for the sets of one size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sets:
    """Sets B of one size k; N of them.

    coordinates: (N, C(r, k)) minors.  replaced: (N, k, C(r, k)) those of B with b_j replaced by hyperplane 0.
    first: (N,) the first hyperplane.  flat: (N, words) the closure.  ahead: (N, words) the hyperplanes outside of the closure on
    whose positive side its line in L_(k+1) lies, hyperplane 0 among them.
    same, other: (N, k, words) the m in the closure whose first coefficient is that of b_j, by its sign.
    """

    coordinates: Integers
    replaced: Integers
    first: Indices
    flat: Words
    ahead: Words
    same: Words
    other: Words

    def part(self, which: slice) -> _Sets:
        """Return some of the sets."""
        return _Sets(**{name: getattr(self, name)[which] for name in self.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Growth:
    """Sets with one more hyperplane that have no broken circuit; the fields are those of the grown sets, a row for each.

    owner: the position of the smaller set.  added: the hyperplane.  positive: the orientation of each is positive.
    """

    owner: Indices
    added: Indices
    coordinates: Integers
    positive: Bools
    flat: Words
    ahead: Words
    same: Words
    other: Words


def positive_regions(rows: tuple[tuple[int, ...], ...]) -> Iterator[Words]:
    """Yield the regions on the positive side of the first hyperplane, each once, some at a time.

    ``rows`` are the normals, hyperplanes x r with r >= 1, of rank r, none zero and no two parallel. The order is that of the
    walk: the same in every run, but of no other meaning.
    """
    signs = [(-1) ** j for j in range(len(rows[0]))]  # see orientation
    normals = integer_arrays(tuple(tuple(a * b for a, b in zip(row, signs, strict=True)) for row in rows))
    unit = np.ones((1, 1), dtype=normals[0].dtype)
    inside, positive = orientation(unit, normals[0], 0)
    ahead = _ahead(pack(inside), positive)
    nothing = np.zeros((1, 0, ahead.shape[1]), dtype=np.uint64)
    root = _Sets(
        coordinates=unit,
        replaced=unit[:, None][:, :0],
        first=np.array([len(rows)]),
        flat=pack(inside),
        ahead=ahead,
        same=nothing,
        other=nothing,
    )
    yield ahead
    yield from _larger(root, normals, 0)


def _larger(sets: _Sets, normals: Normals, rank: int) -> Iterator[Words]:
    """Yield the regions of all larger sets that grow out of these."""
    width = len(normals) - 1
    if rank == width or not len(sets.first):
        return
    for part in _parts(sets, normals, rank):
        growth = _grown(part, normals, rank)
        if rank + 1 == width:
            yield _regions(growth, _last_signs(part, growth, normals[rank], rank))
        else:
            larger = _larger_sets(part, growth, normals, rank)
            _, swapped = _sign(larger.replaced)
            yield _regions(growth, swapped)
            yield from _larger(larger, normals, rank + 1)


def _parts(sets: _Sets, normals: Normals, rank: int) -> Iterator[_Sets]:
    """Yield sets whose growth fits in a chunk, at least one."""
    walls, width = normals[0].shape
    chunk = np.cumsum(sets.first * (walls + math.comb(width, rank + 1) * (rank + 2))) // CHUNK
    starts = np.flatnonzero(np.diff(chunk, prepend=-1))
    for start, end in itertools.pairwise([*starts.tolist(), len(chunk)]):
        check()
        yield sets.part(slice(start, end))


def _grown(sets: _Sets, normals: Normals, rank: int) -> _Growth:
    """Add every hyperplane before the first one of each set; keep the sets whose closure begins with what was added."""
    here, above = normals[rank], normals[rank + 1]
    earlier = np.arange(len(here)) < sets.first[:, None]
    earlier[:, 0] = False
    owner, added = np.nonzero(earlier)
    coordinates = join(sets.coordinates[owner], here[added], rank).astype(above.dtype, copy=False)
    inside, positive = orientation(coordinates, above, rank + 1)
    keep = inside.argmax(axis=1) == added
    if not keep.all():
        owner, added, coordinates, inside, positive = owner[keep], added[keep], coordinates[keep], inside[keep], positive[keep]
    flat = pack(inside)
    new = flat & ~sets.flat[owner]  # with their first coefficient at what was added
    alike = turned(sets.ahead[owner], added) & new
    return _Growth(
        owner=owner,
        added=added,
        coordinates=coordinates,
        positive=_sign(coordinates)[1],
        flat=flat,
        ahead=_ahead(flat, positive),
        same=np.concatenate([sets.same[owner], alike[:, None]], axis=1),
        other=np.concatenate([sets.other[owner], (new & ~alike)[:, None]], axis=1),
    )


def _larger_sets(sets: _Sets, growth: _Growth, normals: Normals, rank: int) -> _Sets:
    """Return grown sets that are to grow further."""
    here, owner = normals[rank], growth.owner
    replaced = [join(sets.replaced[owner, j], here[growth.added], rank) for j in range(rank)]
    replaced.append(join(sets.coordinates, np.broadcast_to(here[0], (len(sets.first), here.shape[1])), rank)[owner])
    return _Sets(
        coordinates=growth.coordinates,
        replaced=np.stack(replaced, axis=1).astype(growth.coordinates.dtype, copy=False),
        first=growth.added,
        flat=growth.flat,
        ahead=growth.ahead,
        same=growth.same,
        other=growth.other,
    )


def _last_signs(sets: _Sets, growth: _Growth, normals: Integers, rank: int) -> Bools:
    """Return whether the orientations of grown sets with b_j replaced by hyperplane 0 are positive; (N, rank + 1), by j."""
    positive = np.empty((len(growth.owner), rank + 1), dtype=np.bool_)
    for j in range(rank):
        positive[:, j] = _pair_orientation(sets.replaced[:, j], growth, normals, rank)
    ahead = sets.ahead[growth.owner, growth.added // 64] >> (63 - growth.added % 64).astype(np.uint64)
    positive[:, rank] = (ahead & np.uint64(1) == 1) == growth.positive
    return positive


def _pair_orientation(coordinates: Integers, growth: _Growth, normals: Integers, rank: int) -> Bools:
    """Return whether the orientation of vectors, a row for each smaller set, with the hyperplane that was added is positive."""
    width = normals.shape[1]
    minors = math.comb(width, rank + 1)
    value = (coordinates @ contraction(width, rank, minors - 1, normals.dtype) @ normals.T)[growth.owner, growth.added]
    for minor in reversed(range(minors - 1)):
        zero = np.flatnonzero(value == 0)
        if not len(zero):
            break
        form = coordinates @ contraction(width, rank, minor, normals.dtype)
        value[zero] = np.einsum("ij,ij->i", form[growth.owner[zero]], normals[growth.added[zero]])
    positive: Bools = value > 0
    return positive


def _regions(growth: _Growth, replaced: Bools) -> Words:
    """Return the regions of sets: the hyperplanes ahead of the line, and in the closure those with the signs s_b.

    s_b is 1 where the orientation changes when b is replaced by hyperplane 0.
    """
    words = growth.ahead.copy()
    for j in range(replaced.shape[1]):
        changes = replaced[:, j, None] != growth.positive[:, None]
        words |= np.where(changes, growth.same[:, j], growth.other[:, j])
    return words


def _ahead(flat: Words, positive: Bools) -> Words:
    """Return the hyperplanes outside of each flat that are on the same side of its line as hyperplane 0."""
    everything = pack(np.ones((1, positive.shape[1]), dtype=np.bool_))
    return turned(pack(positive), np.zeros(len(positive), dtype=np.intp)) & everything & ~flat


def orientation(coordinates: Integers, normals: Integers, rank: int) -> tuple[Bools, Bools]:
    """Say which normals each flat contains, and with which its vectors have a positive orientation on L_(rank + 1).

    The orientation is the sign of the sum over sets J of coordinates of minor(the others) * (-1)^(sum of the others) *
    det(functionals on J). The smallest J has infinitely more weight than the next; the signs (-1)^j are in the normals already.

    >>> orientation(np.array([[1, 0, 0]]), np.array([[5, 7, 9], [5, 0, 0], [5, -7, 0]]), 1)
    (array([[False,  True, False]]), array([[ True, False, False]]))
    """
    width = normals.shape[1]
    minors = math.comb(width, rank + 1)
    values = coordinates @ contraction(width, rank, minors - 1, normals.dtype) @ normals.T
    inside, positive = values == 0, values > 0
    for minor in reversed(range(minors - 1)):
        row, hyperplane = np.nonzero(inside)
        if not len(row):
            break
        form = coordinates @ contraction(width, rank, minor, normals.dtype)
        value = np.einsum("ij,ij->i", form[row], normals[hyperplane])
        inside[row, hyperplane], positive[row, hyperplane] = value == 0, value > 0
    return inside, positive


def _sign(minors: Integers) -> tuple[Bools, Bools]:
    """Say whether vectors are dependent, and whether their orientation is positive; the last axis has their minors."""
    value = minors[..., -1].copy()
    for place in reversed(range(minors.shape[-1] - 1)):
        if value.all():
            break
        value = np.where(value == 0, minors[..., place], value)
    return value == 0, value > 0
