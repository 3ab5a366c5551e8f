"""Decide whether data are spike-free, exactly and in polynomial time, and solve with the all-ones pattern only.

X is spike-free exactly if (1) no row is a negative multiple of another one, and the directions of its rows are independent, and
(2) the inverse H of the Gram matrix of one row each has no positive entry off the diagonal.

Why. ``(Xu)+`` is half of Xu plus, for every hyperplane, ``|n_h.u|`` times the vector of its |f_i|; so ``(Xu)+`` is in the span of
the columns of X for all u exactly if these vectors are. They are independent, as many as hyperplanes, and the span has at most so
many dimensions: then their span and that of X are equal, no f_i is negative, and the n_h are independent. In coordinates
``t_h = n_h.u`` the least ``|u|^2`` is ``t'Ht`` and the least ``|z|^2`` is ``t+'H t+``, all t occur, and with ``t = p - q`` the
condition is ``q'Hq >= 2 p'Hq`` for all p, q >= 0 with ``p_h q_h = 0``. Since p may be any multiple of itself, it says
``p'Hq <= 0``; that is (2).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reluexact.evidence.status import Status
from reluexact.geometry.shortest import shortest
from reluexact.kinds.rectified_ellipsoid.find import support_function
from reluexact.kinds.spike_free.claim import AllOnes, SpikeFree
from reluexact.kinds.stationary_graph.find import stationary_graph
from reluexact.model.calls import of_data
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.numbers.linalg import dot, independent_rows, inverse, kernel, transpose
from reluexact.numbers.types import Matrix, Vector
from reluexact.progress import Progress

CALL = "is_spike_free(Dataset(X, y))"
ZERO = Fraction(0)


@of_data(CALL)
def is_spike_free(data: Dataset) -> SpikeFree:
    """Decide whether X is spike-free: whether for every u there is a z with ``(Xu)+ = Xz`` and ``|z| <= |u|``.

    Then training needs neurons that see all rows only (``rx.all_ones``). Always decided, with a certificate: PROVED, or REFUTED
    with a rational u. Sources: Ergen & Pilanci 2021, section 2.1 (definition; whitened rows, rank one); the condition that
    decides is that of this module.

    >>> is_spike_free(Dataset(X=[[1, 0], [0, 1]], y=[0, 0]))
    SpikeFree(PROVED: whitened rows)
    >>> is_spike_free(Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])).direction
    (Fraction(1, 1), Fraction(0, 1), Fraction(0, 1), Fraction(0, 1))
    """
    require_dataset(data, CALL)
    planes = data.hyperplanes
    rows, normals = planes.rows, planes.normals
    if any(factor < 0 for factor in planes.factor):
        return _outside(data, "a row is a negative multiple of another one")
    if len(independent_rows(normals) if normals else ()) < len(rows):
        return _outside(data, "rows of different directions depend on one another")
    gram = [[dot(a, b) for b in normals] for a in normals]
    H = inverse(gram) if gram else ()
    for i, line in enumerate(H):
        for j, entry in enumerate(line):
            if i != j and entry > 0:
                return _too_long(data, H, i, j)
    return SpikeFree(
        data=data, status=Status.PROVED, reason=_named(data, gram), rows=rows, inverse=H, direction=(), separating=()
    )


def _named(data: Dataset, gram: list[list[Fraction]]) -> str:
    """Name the condition of the literature that applies."""
    if len(gram) <= 1:
        return "rank one of one sign" if gram else "all rows are zero"
    if not any(entry for i, line in enumerate(gram) for j, entry in enumerate(line) if i != j):
        whitened = len(gram) == data.n and all(gram[i][i] == 1 for i in range(data.n))
        return "whitened rows" if whitened else "orthogonal rows, up to multiples"
    return "independent rows, up to multiples, whose inverse Gram matrix has no positive entry off the diagonal"


def _outside(data: Dataset, reason: str) -> SpikeFree:
    """Refute with a u whose outputs are not in the span of X, and a v that is orthogonal to X and not to these outputs.

    The vector of the |f_i| of some hyperplane is not in the span; it is a combination of the outputs of three points: on the
    hyperplane, on no other one, and a step to both sides.
    """
    planes = data.hyperplanes
    crossing = kernel(transpose(data.X), width=data.n)
    for h, normal in enumerate(planes.normals):
        kink = [abs(f) if plane == h else ZERO for f, plane in zip(planes.factor, planes.hyperplane_of, strict=True)]
        v = next((v for v in crossing if dot(v, kink)), None)
        if v is None:
            continue
        point = _alone(planes.normals, h)
        room = min((abs(dot(other, point)) for other in planes.normals if other is not normal), default=Fraction(1))
        step = room / (1 + 2 * max(abs(dot(other, normal)) for other in planes.normals))
        for share in (ZERO, step, -step):
            u = tuple(x + share * entry for x, entry in zip(point, normal, strict=True))
            if seen := dot(v, tuple(max(dot(row, u), ZERO) for row in data.X)):
                return _refuted(data, reason, u, tuple(Fraction(entry) if seen > 0 else -Fraction(entry) for entry in v))
    raise ArithmeticError("outputs that are not in the span of X were not found")


def _alone(normals: Matrix, h: int) -> Vector:
    """Return a point of a hyperplane that lies on no other one; on a curve of moments all but few are such."""
    normal, base = normals[h], 0
    while True:
        base += 1
        moments = tuple(Fraction(base**power) for power in range(len(normal)))
        share = dot(moments, normal) / dot(normal, normal)
        point = tuple(x - share * entry for x, entry in zip(moments, normal, strict=True))
        if all(dot(other, point) for place, other in enumerate(normals) if place != h):
            return point


def _too_long(data: Dataset, H: Matrix, i: int, j: int) -> SpikeFree:
    """Refute with ``t = s e_i - e_j``: ``q'Hq < 2 p'Hq`` for ``s = H_jj / H_ij``, and v = H t+ on the first rows separates."""
    planes = data.hyperplanes
    share = H[j][j] / H[i][j]
    t = [share * (h == i) - (h == j) for h in range(len(planes))]
    weights = [dot(line, t) for line in H]
    u = tuple(dot(weights, column) for column in zip(*planes.normals, strict=True))
    v = [ZERO] * data.n
    for row, line in zip(planes.rows, H, strict=True):
        v[row] = share * line[i]
    rows = f"{planes.rows[i]} and {planes.rows[j]}"
    return _refuted(
        data, f"the inverse Gram matrix is positive at the rows {rows}: without rectifier u has to be longer", u, tuple(v)
    )


def _refuted(data: Dataset, reason: str, u: Vector, v: Vector) -> SpikeFree:
    scale = max(map(abs, u))
    u = tuple(entry / scale for entry in u)
    fault = separation_fault(data, u, v)
    if fault:
        raise ArithmeticError(fault)
    rows = data.hyperplanes.rows
    return SpikeFree(data=data, status=Status.REFUTED, reason=reason, rows=rows, inverse=(), direction=u, separating=v)


def separation_fault(data: Dataset, u: Vector, v: Vector) -> str | None:
    """Return None when ``v.(Xu)+ > |X'v| |u|``, else what is wrong."""
    seen = dot(v, tuple(max(dot(row, u), ZERO) for row in data.X))
    pull = tuple(dot(v, column) for column in zip(*data.X, strict=True))
    return None if seen > 0 and seen * seen > dot(pull, pull) * dot(u, u) else "the vector does not separate the outputs"


def sees_all(data: Dataset) -> bool:
    """Say whether some neuron sees all rows but zero ones: whether 0 lies outside of their convex hull.

    >>> sees_all(Dataset([[1], [2], [0]], [0, 0, 0])), sees_all(Dataset([[1], [-2]], [0, 0]))
    (True, False)
    """
    rows = [row for row in data.X if any(row)]
    offset = (*((ZERO,) * data.d), Fraction(1))
    nearest = shortest([(*row, Fraction(-1)) for row in rows], offset, [(ZERO, None)] * len(rows))
    return not rows or any(nearest.vector[:-1])


def all_ones(data: Dataset, penalty: object, *, time_limit: object = None, progress: Progress | None = None) -> AllOnes:
    """Solve the training problem with the all-ones pattern only, ``Xu >= 0``, proved: an upper bound of the optimal value.

    For spike-free data it is the optimal value. ``optimal`` says whether it is, in any case. Raises InputError where no u has
    ``Xu > 0`` in all rows but zero ones, so that there is no cell of this pattern. Source: Ergen & Pilanci 2021, section 2.1.

    >>> all_ones(Dataset(X=[[1, 0], [1, 1]], y=[1, -2]), "1/2")
    AllOnes(1.3321067811865475244..., optimal: PROVED, spike-free: PROVED)
    >>> all_ones(Dataset(X=[[1], [2]], y=[1, 2]), 1).value
    9/10
    """
    require_dataset(data, "all_ones(Dataset(X, y), penalty)")
    ones = [1] * data.n
    graph = stationary_graph(data, penalty, columns=[(1, ones), (-1, ones)], time_limit=time_limit, progress=progress)
    found = AllOnes(graph=graph, spike_free=is_spike_free(data), optimal=Status.UNDECIDED)
    return replace(found, optimal=_optimal(found))


def _optimal(found: AllOnes) -> Status:
    """Say whether no network is better: no neuron pays at the residual; the support function decides where it is rational."""
    node = found.node
    if found.spike_free.status is Status.PROVED:
        return Status.PROVED
    theta = [entry.as_fraction() for entry in node.residual]
    if node.global_minimum is not Status.UNDECIDED or None in theta:
        return node.global_minimum
    data = found.spike_free.data
    ends = (support_function(data, [sign * entry for entry in theta if entry is not None]).square for sign in (1, -1))
    return Status.PROVED if max(ends) <= found.graph.penalty**2 else Status.REFUTED
