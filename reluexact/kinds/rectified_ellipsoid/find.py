"""The rectified ellipsoid: its support function, how far it reaches along coordinates, and the gauge of its hull."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.errors import InputError, LimitReached
from reluexact.evidence.status import Status
from reluexact.geometry.shortest import Range, shortest
from reluexact.kinds.interpolation.claim import Interpolation
from reluexact.kinds.interpolation.find import interpolate
from reluexact.kinds.rectified_ellipsoid.claim import (
    FREE,
    PENALISED,
    CoordinateNeuron,
    HullMembership,
    RectifiedEllipsoid,
    SupportValue,
)
from reluexact.model.calls import of_data
from reluexact.model.dataset import Dataset, require_dataset
from reluexact.numbers.linalg import dot
from reluexact.numbers.rational import to_count
from reluexact.numbers.seconds import time_limited
from reluexact.progress import Progress, Stage, silent
from reluexact.prove.form import Form
from reluexact.prove.support_tree import support

CALL = "rectified_ellipsoid(Dataset(X, y))"


@of_data(CALL)
def rectified_ellipsoid(data: Dataset) -> RectifiedEllipsoid:
    """Return the set ``Q = {(Xu)+ : |u| <= 1}``, in n dimensions, to ask about: support function, coordinates, gauge, picture.

    The targets play no role but in pictures. Source: Ergen & Pilanci, Convex Geometry and Duality of Over-parameterized Neural
    Networks (JMLR 2021), section 2.

    >>> ellipsoid = rectified_ellipsoid(Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1]))
    >>> ellipsoid.support([1, 1])
    SupportValue(PROVED, 2, cells of the maximisers: -+, ++, +-)
    >>> ellipsoid.coordinate(0), ellipsoid.gauge([1, 1]).value, ellipsoid.contains([2, 1]).status.name
    (CoordinateNeuron(PROVED, row 0, bias penalised, reach=2), 1, 'REFUTED')
    """
    return RectifiedEllipsoid(data=require_dataset(data, CALL))


def support_function(
    data: Dataset,
    direction: Sequence[object],
    *,
    limit: int = 200_000,
    time_limit: object = None,
    progress: Progress | None = None,
) -> SupportValue:
    """Return ``max {theta.(Xu)+ : |u| <= 1}``, the square root of a rational number, and all u that reach it, proved.

    direction: theta, n numbers. The maximum over all cells of the length of a projection onto the cell; the branch tree of
    its certificate leaves out cells that cannot reach it. Raises LimitReached when the tree needs more than ``limit`` nodes, or
    more than ``time_limit`` seconds. Source: Ergen & Pilanci 2021, sections 2 and 3 (extreme points of the rectified ellipsoid).

    >>> found = support_function(Dataset(X=[[1, 0], [1, 1], [0, 1]], y=[0, 0, 0]), [1, "1/2", -1])
    >>> found.value, found.neurons[0].pattern, found.neurons[0].direction
    (3/2, '++0', (1, 0))
    """
    rows = require_dataset(data, "support_function(Dataset(X, y), direction)")
    to_count(limit, where="limit")
    along = pointed(rows, direction, "direction")
    (progress or silent)(Stage("the support function"))
    with time_limited(time_limit):
        found = support(Form.of(along.hyperplanes, along.y, 1, dimension=along.d), limit=limit)
    return SupportValue(data=along, square=found.square, maximisers=found.maximisers, tree=found.tree)


def pointed(data: Dataset, point: Sequence[object], where: str) -> Dataset:
    """Return the rows with a point of n dimensions in place of the targets; InputError when it is none."""
    try:
        return Dataset(data.X, point, names=data.names, target_name=data.target_name)
    except InputError as error:
        raise InputError(f"{where}: {data.n} numbers are expected, one for every row ({error})") from error


def coordinate_neuron(data: Dataset, row: int, *, hidden_bias: str = PENALISED) -> CoordinateNeuron:
    """Return how far the rectified ellipsoid reaches along the coordinate of a row (from 0), by a projection.

    The neuron sees x_i alone: ``max x_i.u`` over unit vectors with ``x_j.u <= 0`` for all other rows. It is what is left of x_i
    after its projection onto the cone of the other rows; with ``hidden_bias="free"``, onto their convex hull ("neurons as
    autoencoders", Ergen & Pilanci 2021, section 3). ``c e_i`` is a vertex of the hull of Q, but need not be one of the hull of Q
    and -Q, where other neurons of both signs can reach farther (tests/kinds/rectified_ellipsoid/test_coordinates.py).

    >>> coordinate_neuron(Dataset(X=[[1, 0], [1, 1]], y=[0, 0]), 0).neuron
    (0.70710678118654752440..., -0.70710678118654752440...)
    >>> coordinate_neuron(Dataset(X=[[0], [1], [3]], y=[0, 0, 0]), 2, hidden_bias="free").neuron
    (1, -1)
    >>> coordinate_neuron(Dataset(X=[[0], [1], [3]], y=[0, 0, 0]), 1, hidden_bias="free").value
    0
    """
    require_dataset(data, "coordinate_neuron(Dataset(X, y), row)")
    if isinstance(row, bool) or not isinstance(row, int) or not 0 <= row < data.n:
        raise InputError(f"row: {row!r} is no row of the data; give an integer from 0 to {data.n - 1}")
    if hidden_bias not in (PENALISED, FREE):
        raise InputError(f"hidden_bias: {hidden_bias!r} is not known; say 'penalised' or 'free'")
    if hidden_bias == FREE:
        return _without_bias(data, row)
    others = [j for j in range(data.n) if j != row]
    found = shortest([tuple(-entry for entry in data.X[j]) for j in others], data.X[row], [(Fraction(0), None)] * len(others))
    multipliers = _placed(data.n, others, found.coefficients)
    return CoordinateNeuron(
        data=data, row=row, hidden_bias=PENALISED, vector=found.vector, multipliers=multipliers, offset=Fraction(0)
    )


def _placed(size: int, places: Sequence[int], values: Sequence[Fraction]) -> tuple[Fraction, ...]:
    known = dict(zip(places, values, strict=True))
    return tuple(known.get(place, Fraction(0)) for place in range(size))


def _without_bias(data: Dataset, row: int) -> CoordinateNeuron:
    """Project onto the convex hull of the other rows.

    The distance of 0 from a hull of points p_j is had from that of ``(0, 1)`` from the cone of ``(p_j, 1)``: with the shortest
    vector ``(-sum c_j p_j, 1 - sum c_j)`` the weights are the c_j over their sum.
    """
    others = [j for j in range(data.n) if j != row]
    if not others:
        raise InputError("hidden_bias: with one row and a free bias there is no greatest output; add a row, or say 'penalised'")
    points = [tuple(a - b for a, b in zip(data.X[j], data.X[row], strict=True)) for j in others]
    ranges: list[Range] = [(Fraction(0), None)] * len(others)
    found = shortest([(*(-entry for entry in p), Fraction(-1)) for p in points], (*([Fraction(0)] * data.d), Fraction(1)), ranges)
    total = sum(found.coefficients, Fraction(0))
    weights = tuple(part / total for part in found.coefficients)
    vector = tuple(entry / total for entry in found.vector[:-1])
    offset = -max(dot(data.X[j], vector) for j in others)
    return CoordinateNeuron(
        data=data, row=row, hidden_bias=FREE, vector=vector, multipliers=_placed(data.n, others, weights), offset=offset
    )


def gauge(
    data: Dataset, point: Sequence[object], *, time_limit: object = None, progress: Progress | None = None
) -> Interpolation:
    """Return the gauge of a point (n numbers) in the convex hull of Q and -Q: the least cost of a network with these outputs.

    It is ``value`` of the answer of ``rx.interpolate``, with its proof and certificate; where the point does not ``interpolates``
    no multiple of the hull holds it, its gauge is infinite. Source: Ergen & Pilanci 2021, section 2.

    >>> gauge(Dataset(X=[[1, 0], [0, 1]], y=[0, 0]), [3, -4]).value
    7
    """
    rows = require_dataset(data, "gauge(Dataset(X, y), point)")
    return interpolate(pointed(rows, point, "point"), time_limit=time_limit, progress=progress)


def in_hull(
    data: Dataset, point: Sequence[object], *, time_limit: object = None, progress: Progress | None = None
) -> HullMembership:
    """Decide whether a point (n numbers) lies in the convex hull of Q and -Q, by its gauge.

    >>> in_hull(Dataset(X=[[1, 0], [0, 1]], y=[0, 0]), ["1/2", "-1/2"])
    HullMembership(PROVED: the gauge is 1)
    >>> in_hull(Dataset(X=[[1], [2]], y=[0, 0]), [1, 1])
    HullMembership(REFUTED: no network has these outputs, the gauge is infinite)
    """
    found = gauge(data, point, time_limit=time_limit, progress=progress)
    if not found.interpolates:
        return HullMembership(status=Status.REFUTED, reason="no network has these outputs, the gauge is infinite", gauge=found)
    try:
        inside = found.value <= 1 if found.status is Status.PROVED else None
    except LimitReached:
        inside = None
    if found.status is not Status.PROVED and (found.upper <= 1 or found.lower > 1):
        inside = found.upper <= 1
    if inside is None:
        reason = found.reason or "the gauge is too near to 1 to tell"
        return HullMembership(status=Status.UNDECIDED, reason=reason, gauge=found)
    status = Status.PROVED if inside else Status.REFUTED
    return HullMembership(status=status, reason=f"the gauge is {found.value!r}", gauge=found)
