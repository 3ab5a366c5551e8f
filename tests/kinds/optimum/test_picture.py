"""Pictures of optima and optimal sets: what is drawn, with which colours, and the same bytes for the same input."""

from __future__ import annotations

from fractions import Fraction

import pytest
from paths import DATA
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.kinds.optimal_set.picture import band_of_set
from reluexact.pictures.palette import STYLES

LIGHT = STYLES["light"]
LINE = rx.Dataset([[0], [1], [2], [3]], [0, 0, 1, 3], bias=True, names=["$t_1$"], target_name="</svg>$\\frac")
PLANE = rx.Dataset([[2, 0], [-1, 1], [1, 1]], [1, 1, 0])


def run(*arguments):
    return CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)


def test_one_feature_shows_the_function_through_the_data():
    optimum = rx.solve(LINE, "1/10")
    ax = optimum.plot()
    data, function, kinks = ax.lines
    assert (data.get_color(), function.get_color(), kinks.get_color()) == (LIGHT.ink, LIGHT.blue, LIGHT.vermilion)
    assert len({data.get_marker(), function.get_marker(), kinks.get_marker()}) == 3
    assert list(data.get_ydata()) == [0.0, 0.0, 1.0, 3.0]
    assert tuple(function.get_ydata()) == optimum.predict([[Fraction(x)] for x in function.get_xdata()], as_floats=True)
    bends = {-b / a for a, b in optimum.network.hidden if a}
    low, high = min(function.get_xdata()), max(function.get_xdata())
    assert list(kinks.get_xdata()) == sorted(float(x) for x in bends if low <= x <= high)
    assert low < 0 < 3 < high
    assert ax.get_xlabel() == "$t_1$"


def test_a_feature_without_bias_bends_at_zero():
    ax = rx.solve(rx.Dataset([[1], [2], [-1]], [1, 2, 3]), 1).plot()
    assert list(ax.lines[2].get_xdata()) == [0.0]
    ax = rx.solve(rx.Dataset([[2]], [1]), 10).plot()  # one row, the zero network
    assert [line.get_label() for line in ax.lines] == ["data", "optimal function"]
    assert list(ax.lines[1].get_xdata()) == [1.0, 3.0]


def test_several_features_show_fit_and_residuals():
    optimum = rx.solve(PLANE, "1/10")
    left, right = optimum.plot().figure.axes
    fit = optimum.predict(PLANE.X, as_floats=True)
    assert tuple(left.lines[1].get_ydata()) == tuple(right.lines[1].get_xdata()) == fit
    assert list(right.lines[1].get_ydata()) == pytest.approx([float(r) for r in optimum.residual], abs=1e-12)


def test_a_set_shows_its_minimal_networks():
    best = rx.optimal_set(rx.solve(rx.Dataset.read(DATA / "motorcycle.csv", bias=True), 50))
    ax = best.plot()
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["data", "one of fewest neurons, 5", "kinks"]
    assert max(high - low for _, low, high in band_of_set(best)) < Fraction(
        1, 10**20
    )  # the networks differ, their functions do not
    assert any("All of them: on what is drawn they differ by less than 1/1000" in text.get_text() for text in ax.texts)


def test_an_open_optimum_is_drawn_as_such():
    optimum = rx.solve(rx.Dataset.read(DATA / "anscombe2.csv", bias=True), "1/10", limit=1)
    assert "best function known\n(UNDECIDED)" in [line.get_label() for line in optimum.plot().lines]


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
@pytest.mark.parametrize("data", [LINE, PLANE], ids=["line", "plane"])
def test_the_same_bytes(tmp_path, data, suffix):
    optimum = rx.solve(data, "1/10")
    places = [tmp_path / f"{name}.{suffix}" for name in ("first", "second", "set")]
    rx.plot(optimum, places[0])
    rx.plot(rx.solve(data, "1/10"), places[1])
    rx.plot(rx.optimal_set(optimum), places[2])
    assert places[0].read_bytes() == places[1].read_bytes()
    assert places[2].stat().st_size > 1000


def test_names_stay_text(tmp_path):
    rx.plot(rx.solve(LINE, 1), tmp_path / "fit.svg")
    text = (tmp_path / "fit.svg").read_text()
    assert text.count("</svg>") == 1


@pytest.mark.parametrize("command", ["solve", "set"])
def test_commands_draw(command, tmp_path):
    file, picture = tmp_path / "data.csv", tmp_path / "fit.svg"
    file.write_text("t,y\n0,0\n1,0\n2,1\n3,3\n")
    result = run(command, file, "--bias", "--penalty", "1/10", "--plot", picture)
    assert result.exit_code == 0
    assert f"written: {picture}" in result.stderr
    first = picture.read_bytes()
    run(command, file, "--bias", "--penalty", "1/10", "--plot", picture)
    assert picture.read_bytes() == first
    wrong = run(command, file, "--penalty", 1, "--plot", tmp_path / "fit.gif")
    assert wrong.exit_code == 2
    assert "a picture's name ends with one of" in wrong.stderr
    if command == "solve":
        bound = run(command, file, "--penalty", 1, "--bound", "--plot", picture)
        assert "--plot: with --bound no optimum is proved that could be drawn" in bound.stderr
