"""``rx.plot`` and ``claim.plot``: one spelling for every kind that has pictures, the same bytes, texts that do not overlap."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from itertools import cycle

import pytest
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from overlaps import outside, overlapping
from paths import ROOT

import reluexact as rx
from reluexact.errors import InputError
from reluexact.kinds.plot import views
from reluexact.kinds.table import KINDS

DATA = rx.Dataset(X=[[2, 1], [-1, 0], [1, -1]], y=[-1, -3, 1])
CURVE = rx.Dataset([[0], [1], [2], [3]], [0, 0, 1, 3], bias=True, names=["$t_1$"], target_name="</svg>$\\frac")
LINE = rx.Problem(rx.Dataset([[0], [1], [2]], [0, 1, 3]), "7/32", hidden_bias="free", output_bias="free")
SPACE = rx.Dataset([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], [0, 1, 1, 0], names=["a" * 300, "b", "one"])
NETWORK = rx.Network([[1, 1], [0, 1], [1, 0]], [1, -2, 1])
SOLID = rx.Dataset([[1, -1, 1], [-1, -1, -1], [1, 1, -1], [1, -1, -1]], [-2, -2, -1, 1])
TIED = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
CLAIMS = {
    "stationary_graph": lambda: rx.stationary_graph(DATA, "1/8"),
    "descent_path": lambda: rx.descent_path(NETWORK, DATA, "1/8"),
    "optimum": lambda: rx.solve(DATA, "1/8"),
    "optimum of a curve": lambda: rx.solve(CURVE, "1/8"),
    "optimum of xor": lambda: rx.solve(SPACE, "1/8"),
    "optimal_set": lambda: rx.optimal_set(rx.solve(DATA, "1/8")),
    "optimal_set of ties": lambda: rx.optimal_set(rx.solve(TIED, 1)),
    "cross_validation": lambda: rx.cross_validate(LINE.data, "1/2", folds=3),
    "solution_path": lambda: rx.solution_path(DATA, share="1/4"),
    "interpolation": lambda: rx.interpolate(CURVE),
    "cutting_plane": lambda: rx.cutting_plane(DATA, rounds=4, exact=False),
    "rectified_ellipsoid": lambda: rx.rectified_ellipsoid(rx.Dataset([[2, 1], [1, 2]], [1, -2])),
    "sparsest_spline": lambda: rx.sparsest_spline(rx.solve(LINE)),
    "classification": lambda: rx.classify(NETWORK, DATA, "1/8"),
    "minimum_network": lambda: rx.optimal_set(rx.solve(CURVE, "1/8")).minimum_network(),
    "sensitivity": lambda: rx.sensitivity(rx.solve(CURVE, "1/8")),
    "planted": lambda: rx.planted(8, 2, 2, seed=1),
    "judgement": lambda: rx.explain(rx.judge(NETWORK, rx.Problem(DATA, "1/8"))),
    "optimal_set of three dimensions": lambda: rx.optimal_set(rx.solve(SOLID, "1/4")),
    "width_optimum": lambda: rx.width_curve(DATA, "1/8"),
}
QUICK = {"optimum", "optimum of a curve", "optimal_set of ties", "minimum_network", "sensitivity", "width_optimum", "judgement"}
EACH = pytest.mark.parametrize("name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in CLAIMS])


@cache
def claim(name):
    return CLAIMS[name]()


def test_every_kind_with_a_picture_is_here():
    assert {name.partition(" ")[0] for name in CLAIMS} == {kind.folder for kind in KINDS if kind.part("picture") is not None}


@EACH
def test_no_texts_overlap_or_are_cut_off(name):
    for view, style in zip(views(claim(name)), cycle(["light", "dark"]), strict=False):
        figure = rx.plot(claim(name), view=view, style=style)
        assert (view, overlapping(figure), outside(figure)) == (view, [], [])


@EACH
def test_axes_of_the_caller_hold_the_same_picture(name):
    alone = claim(name).plot()
    assert isinstance(alone, Axes)
    mine = Figure()
    left, right = mine.subplots(1, 2)
    assert rx.plot(claim(name), ax=right) is mine
    assert (right.get_xlabel(), left.get_xlabel()) == (alone.get_xlabel(), "")
    assert claim(name).plot(left, view=views(claim(name))[-1]) is left


def test_axes_that_were_removed_and_what_is_no_axes():
    right = Figure().subplots()
    right.remove()
    with pytest.raises(InputError, match="these axes were removed"):
        rx.plot(claim("optimum"), ax=right)
    with pytest.raises(InputError, match=r"ax: a str is no axes .* a file is written by rx.plot\(claim, path\)"):
        claim("optimum").plot("fit.svg")


@EACH
def test_the_same_bytes_whatever_the_settings_of_the_caller(name, tmp_path):
    rx.plot(claim(name), tmp_path / "first.svg")
    with rc_context({"font.size": 20.0, "axes.grid": True, "svg.hashsalt": None}):
        rx.plot(CLAIMS[name](), tmp_path / "second.svg")
    first = (tmp_path / "first.svg").read_bytes()
    assert first == (tmp_path / "second.svg").read_bytes()
    assert first.startswith(b"<?xml")
    assert first.count(b"</svg>") == 1


@pytest.mark.slow
def test_the_same_bytes_in_another_process(tmp_path):
    code = "import sys, test_plot, reluexact as rx\n"
    code += "for k, name in enumerate(sorted(test_plot.QUICK)): rx.plot(test_plot.claim(name), f'{sys.argv[1]}/{k}.svg')"
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        path = ":".join(str(ROOT / part) for part in ("", "tests/kinds", "tests/support"))
        environment = {"PYTHONPATH": path, "PYTHONHASHSEED": seed, "MPLCONFIGDIR": str(tmp_path), "HOME": str(tmp_path)}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / seed)], check=True, cwd=ROOT, env=environment)
    files = sorted((tmp_path / "1").iterdir())
    assert len(files) == len(QUICK)
    assert all(file.read_bytes() == (tmp_path / "2" / file.name).read_bytes() for file in files)


def test_styles_differ_and_there_are_no_others(tmp_path):
    for style in ("light", "dark"):
        rx.plot(claim("optimum"), tmp_path / f"{style}.png", style=style)
    assert (tmp_path / "light.png").read_bytes() != (tmp_path / "dark.png").read_bytes()
    with pytest.raises(InputError, match="style: 'grey' is none; choose light or dark"):
        rx.plot(claim("optimum"), style="grey")


def test_a_view_that_a_claim_does_not_have():
    assert views(claim("optimal_set of ties")) == ("fit", "polytope")
    with pytest.raises(InputError, match="view: 'polytope' is no picture of this Optimum; it has fit, arrangement"):
        rx.plot(claim("optimum"), view="polytope")


@pytest.mark.parametrize("other", [7, DATA, rx.prove_bound(DATA, 1), rx.solve_width(DATA, 1, 0)])
def test_what_has_no_picture_is_refused(other, tmp_path):
    drawn = "a Classification, a CrossValidation, a CuttingPlane, a DescentPath, an Explanation, an Interpolation, "
    drawn += "a MinimumNetwork, an OptimalSet, an Optimum, a Planted, a ProblemOptimum, a RectifiedEllipsoid, a Sensitivity, "
    drawn += "a SolutionPath, a SparsestSpline, a StationaryGraph or a WidthCurve"
    message = f"plot: an? {type(other).__name__} has no picture; pass {drawn}"
    with pytest.raises(InputError, match=message):
        rx.plot(other, tmp_path / "x.svg")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_picture_is_refused_before_any_work():
    with pytest.raises(InputError, match="a picture's name ends with one of"):
        rx.plot(claim("width_optimum"), "curve.gif")
