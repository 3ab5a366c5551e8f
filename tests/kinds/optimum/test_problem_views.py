"""What people see of the optimum of a problem with parts: pictures, formulas, tables, files of networks."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache

import pytest
from latex_tools import katex_faults
from paths import DATA
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.kinds.optimum.problem_views import problem_optimum_pairs
from reluexact.pictures.palette import STYLES

CORNERS = rx.Dataset([[0, 0], [1, 1], [0, 1], [1, 0]], [1, 1, -1, -1], names=["p_q", "q"], target_name="l")
LINE = rx.Dataset([[0], [1], [2], [3]], [0, 0, 1, 3], names=["$t_1$"])
PLANE = rx.Dataset([[0, 1], [1, 1], [2, -1], [3, 1], [1, 0]], [0, 1, 0, 2, 1])
FREE = {"hidden_bias": "free", "output_bias": "free"}


@cache
def problems():
    return {
        "line": rx.Problem(LINE, "1/10", **FREE),
        "line, ones": rx.Problem(rx.Dataset([[0, 1], [1, 1], [2, 1]], [0, 0, 2]), "1/10", "absolute", "free", "free"),
        "penalised": rx.Problem(LINE, "1/10", "huber(1/2)", "penalised", "penalised", "penalised", weights=[1, 2, 1, 3]),
        "zero": rx.Problem(LINE, 100, "absolute", "penalised", "penalised"),
        "plane": rx.Problem(PLANE, "1/10", "epsilon_insensitive(1/10)", skip="free", weights=[1, 2, 1, 1, 1]),
        "labels": rx.Problem(CORNERS, "1/10", "squared_hinge", **FREE),
    }


@cache
def solved(name):
    return rx.solve(problems()[name])


def run(*arguments):
    return CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)


@pytest.mark.parametrize("name", problems())
def test_formulas_parse_and_say_what_the_problem_is(name):
    text = solved(name).latex()
    assert katex_faults([text, solved(name).latex(30)]) == []
    assert text.count(r"\min_{") == 1
    assert r"p^\star&=" in text
    assert ("o_i" in text) == (problems()[name].weights is not None)
    assert ("+g_0" in text) == (problems()[name].output_bias != "none")
    assert ("c_{1}&=-u_{1}" in text) == (problems()[name].free_bias and bool(solved(name).neurons))
    assert text.count("s_{") == len(solved(name).neurons)


def test_an_open_formula_says_so():
    optimum = rx.solve(problems()["line"], time_limit="1/1000000")
    assert optimum.status is rx.Status.UNDECIDED
    assert r"p^\star&\in[" in optimum.latex()
    assert katex_faults([optimum.latex()]) == []
    pairs = dict(problem_optimum_pairs(optimum, "line.csv"))
    assert pairs["status"].startswith("UNDECIDED: ")
    assert "gap" in pairs
    assert "output bias" not in pairs  # the coefficients are not known
    assert "UNDECIDED" in optimum._repr_html_()
    assert "best function known\n(UNDECIDED)" in [line.get_label() for line in optimum.plot().lines]


@pytest.mark.parametrize("name", ["line", "line, ones", "penalised", "zero"])
def test_one_feature_shows_the_function_through_the_data(name):
    optimum = solved(name)
    ax = optimum.plot()
    data, function, *kinks = ax.lines
    places = [[Fraction(x), *optimum.data.X[0][1:]] for x in function.get_xdata()]
    assert tuple(function.get_ydata()) == pytest.approx(optimum.network.predict(places, as_floats=True), abs=1e-12)
    assert list(data.get_ydata()) == list(map(float, optimum.data.y))
    network, ends = optimum.network, (min(function.get_xdata()), max(function.get_xdata()))
    bends = {-(sum(row[1:]) + c) / row[0] for row, c in zip(network.hidden, network.hidden_bias, strict=True) if row[0]}
    inside = sorted(float(x) for x in bends if ends[0] <= x <= ends[1])
    assert [x for line in kinks for x in line.get_xdata()] == inside
    assert all(line.get_color() == STYLES["light"].vermilion for line in kinks)


def test_labels_of_two_features_show_both_sides():
    ax = solved("labels").plot()
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["l = -1", "l = 1", "optimal function = 0"]
    assert [(line.get_color(), len(line.get_xdata())) for line in ax.lines[:2]] == [
        (STYLES["light"].orange, 2),
        (STYLES["light"].blue, 2),
    ]
    assert ax.get_xlabel() == "p_q"


def test_other_features_show_fit_and_residuals():
    optimum = solved("plane")
    left, right = optimum.plot().figure.axes
    assert tuple(left.lines[1].get_ydata()) == tuple(right.lines[1].get_xdata()) == optimum.predict(PLANE.X, as_floats=True)


@pytest.mark.parametrize("name", ["line", "plane", "labels"])
def test_the_same_bytes(name, tmp_path):
    for place in ("first", "second"):
        rx.plot(rx.solve(problems()[name]), tmp_path / f"{place}.svg")
    assert (tmp_path / "first.svg").read_bytes() == (tmp_path / "second.svg").read_bytes()


def test_notebooks_show_tables():
    text = solved("line")._repr_html_()
    assert "<td>kink at</td>" in text or "<th>kink at</th>" in text
    assert "R^2" in text
    assert "loss huber(1/2), output bias penalised" in problems()["penalised"]._repr_html_()
    network = solved("penalised").network._repr_html_()
    assert "output bias" in network
    assert "skip connection" in network
    assert repr(solved("line")).startswith("ProblemOptimum(PROVED, value=")
    assert len(repr(solved("line"))) < 200


PARTS = {
    "free": ("--hidden-bias", "free", "--output-bias", "free"),
    "penalised": ("--hidden-bias", "penalised", "--output-bias", "penalised", "--skip", "penalised", "--loss", "huber(1)"),
}


@pytest.mark.parametrize("parts", PARTS)
def test_solve_writes_network_and_picture(parts, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text("t,y\n0,0\n1,0\n2,1\n3,3\n")
    files = ("--network-out", "n.csv", "--plot", "fit.svg", "--out", "c.json")
    result = run("solve", "data.csv", *PARTS[parts], "--penalty", "1/10", *files)
    assert result.exit_code == 0, result.output
    assert rx.BiasedNetwork.read("n.csv") == rx.load("c.json").network
    assert (tmp_path / "fit.svg").read_bytes().startswith(b"<?xml")
    assert "penalty part" in result.stdout
    assert ("R^2" in result.stdout) == (parts == "free")
    header = next(line for line in result.stdout.splitlines() if "w: t" in line).split()
    assert header == (["neuron", "w:", "t", "c", "a"] if parts == "free" else ["neuron", "w:", "t", "w:", "bias", "a"])
    found = json.loads(run("solve", "data.csv", *PARTS[parts], "--penalty", "1/10", "--json").stdout)
    (tmp_path / "found.json").write_text(json.dumps(found))
    assert rx.BiasedNetwork.read("found.json") == rx.BiasedNetwork.read("n.csv")
    assert Fraction(found["fit"]["loss"]["low"]) >= 0
    bound = run("solve", "data.csv", *PARTS[parts], "--penalty", "1/10", "--bound", "--network-out", "b.json")
    assert bound.exit_code in (0, 4)
    assert rx.BiasedNetwork.read("b.json").inputs in (1, 2)


def test_the_motorcycle_is_drawn(tmp_path):
    optimum = rx.solve(rx.Problem(rx.Dataset.read(DATA / "motorcycle.csv"), 1000, **FREE))
    rx.plot(optimum, tmp_path / "fit.png")
    assert (tmp_path / "fit.png").stat().st_size > 1000
    assert optimum.r_squared is not None
    assert 0 < optimum.r_squared < 1


def test_more_digits_are_proved_on_demand(tmp_path):
    data = rx.Dataset([[1, 0], [1, 1], [2, -1]], [1, 3, 2])
    optimum = rx.solve(rx.Problem(data, "1/3", output_bias="penalised", weights=[1, 2, 1]), digits=10)
    finer = rx.refine(optimum, 60)
    assert finer.digits == 60
    assert optimum.value.low <= finer.value.low <= finer.value.high <= optimum.value.high
    assert finer.upper - finer.value.low < Fraction(1, 10**50)
    rows = zip((1, 2, 1), finer.fit, data.y, strict=True)
    assert abs((finer.loss - sum(o * (f.middle - y) ** 2 for o, f, y in rows) / 2).middle) < Fraction(1, 10**50)
    finer.save(tmp_path / "finer.json")
    assert rx.load(tmp_path / "finer.json") == finer
    assert rx.refine(finer, 20) is finer
    with pytest.raises(rx.InputError, match="the optimum is not PROVED; only a proved one has more digits"):
        rx.refine(rx.solve(problems()["line"], time_limit="1/1000000"), 40)
