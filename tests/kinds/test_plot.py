"""``rx.plot``: one spelling for every kind that has a picture, the same bytes as the method, an error that names these kinds."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

import reluexact as rx
from reluexact.errors import InputError
from reluexact.kinds.table import KINDS

DATA = rx.Dataset(X=[[2, 1], [-1, 0], [1, -1]], y=[-1, -3, 1])
LINE = rx.Problem(rx.Dataset([[0], [1], [2]], [0, 1, 3]), "7/32", hidden_bias="free", output_bias="free")
NETWORK = rx.Network([[1, 1], [0, 1], [1, 0]], [1, -2, 1])
CLAIMS = {
    "stationary_graph": lambda: rx.stationary_graph(DATA, "1/8"),
    "descent_path": lambda: rx.descent_path(NETWORK, DATA, "1/8"),
    "optimum": lambda: rx.solve(DATA, "1/8"),
    "optimal_set": lambda: rx.optimal_set(rx.solve(DATA, "1/8")),
    "cutting_plane": lambda: rx.cutting_plane(DATA, rounds=4, exact=False),
    "cross_validation": lambda: rx.cross_validate(LINE.data, "1/2", folds=3),
    "solution_path": lambda: rx.solution_path(DATA, share="1/4"),
    "interpolation": lambda: rx.interpolate(DATA),
    "rectified_ellipsoid": lambda: rx.rectified_ellipsoid(rx.Dataset([[2, 1], [1, 2]], [1, -2])),
    "sparsest_spline": lambda: rx.sparsest_spline(rx.solve(LINE)),
    "width_optimum": lambda: rx.width_curve(DATA, "1/8"),
}


def test_every_kind_with_a_picture_is_here():
    assert set(CLAIMS) == {kind.folder for kind in KINDS if kind.part("picture") is not None}


@pytest.mark.parametrize("kind", CLAIMS)
def test_a_file_a_method_and_axes_of_the_caller(kind, tmp_path):
    claim = CLAIMS[kind]()
    first, second = tmp_path / "first.svg", tmp_path / "second.svg"
    figure = rx.plot(claim, first)
    claim.plot(second)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith(b"<?xml")
    mine = Figure()
    left, right = mine.subplots(1, 2)
    assert rx.plot(claim, ax=right) is mine
    assert (right.get_xlabel(), left.get_xlabel()) == (figure.axes[0].get_xlabel(), "")
    right.remove()
    with pytest.raises(InputError, match="these axes were removed"):
        rx.plot(claim, ax=right)


def test_options_of_a_kind_reach_its_picture():
    way = CLAIMS["descent_path"]()
    assert [len(rx.plot(way, steps=steps).axes[0].lines[0].get_xdata()) for steps in (2, 5)] == [3, 6]


@pytest.mark.parametrize("claim", [7, DATA, rx.prove_bound(DATA, 1), rx.solve_width(DATA, 1, 0)])
def test_what_has_no_picture_is_refused(claim, tmp_path):
    drawn = "a CrossValidation, a CuttingPlane, a DescentPath, an Interpolation, an OptimalSet, an Optimum, a ProblemOptimum, "
    drawn += "a RectifiedEllipsoid, a SolutionPath, a SparsestSpline, a StationaryGraph or a WidthCurve"
    message = f"plot: an? {type(claim).__name__} has no picture; pass {drawn}"
    with pytest.raises(InputError, match=message):
        rx.plot(claim, tmp_path / "x.svg")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_picture_is_refused_before_any_work():
    with pytest.raises(InputError, match="a picture's name ends with one of"):
        rx.plot(CLAIMS["width_optimum"](), "curve.gif")
