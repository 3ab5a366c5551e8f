"""How good the fit is: the parts of the value and R^2, against sums over the rows; and the weights that are shown."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from paths import DATA
from strategies import problems
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.evidence.status import Status


def run(*arguments):
    return CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(problems(rows=(1, 5)))
def test_the_parts_are_sums_over_the_rows(problem):
    data, penalty = problem
    optimum = rx.solve(data, penalty)
    value = optimum.value.middle if optimum.status is Status.PROVED else optimum.upper
    network = optimum.network
    fit = network.predict(data.X)
    loss = sum((f - y) ** 2 for f, y in zip(fit, data.y, strict=True)) / 2
    near = Fraction(1, 10**12) * (1 + optimum.upper)
    assert abs((optimum.loss + optimum.penalised).middle - value) <= near
    assert abs((optimum.loss - loss).middle) <= near
    amounts = sum(sum(w * w for w in row) + a * a for row, a in zip(network.hidden, network.output, strict=True)) / Fraction(2)
    assert abs((optimum.penalised - penalty * amounts).middle) <= near
    mean = sum(data.y) / len(data.y)
    spread = sum((y - mean) ** 2 for y in data.y)
    assert (optimum.r_squared is None) == (spread == 0)
    if spread:
        assert abs((optimum.r_squared - (1 - 2 * loss / spread)).middle) <= near / spread


def test_an_irrational_fit_has_as_many_digits_as_are_asked_for():
    optimum = rx.refine(rx.solve(rx.Dataset([[1, 0], [1, 1]], [1, 3]), 1), 80)
    theta = [entry.decimal(60) for entry in optimum.residual]
    assert optimum.loss.decimal(40) == rx.Real.rational(sum(Fraction(t) ** 2 for t in theta) / 2).decimal(40)


def test_the_result_says_how_good_the_fit_is(tmp_path):
    file = tmp_path / "two.csv"
    file.write_text("x,y\n1,1\n2,2\n")
    result = run("solve", file, "--penalty", 1)
    assert "fit      R^2 0.6; loss 0.1, penalty part 0.8\n" in result.stdout
    assert "neuron         w: x            a" in result.stdout
    assert "0   0.89442719   0.89442719" in result.stdout
    found = json.loads(run("solve", file, "--penalty", 1, "--json").stdout)
    assert found["fit"]["loss"]["low"] == "1/10"
    assert found["fit"]["r_squared"]["decimal"] == "0.6"
    file.write_text("x,y\n1,2\n2,2\n")
    assert "fit      all targets are equal; loss " in run("solve", file, "--penalty", 1).stdout


def test_an_open_optimum_says_it_of_the_best_network():
    result = run("solve", DATA / "anscombe2.csv", "--bias", "--penalty", "1/10", "--limit", 1)
    assert result.exit_code == 4
    assert "; of the best network known\n" in result.stdout


def test_the_weights_are_those_of_the_network(tmp_path):
    file = DATA / "anscombe2.csv"
    result = run("minimal", file, "--bias", "--penalty", 5, "--network-out", tmp_path / "n.json")
    network = rx.Network.read(tmp_path / "n.json")
    lines = result.stdout.splitlines()
    start = next(k for k, line in enumerate(lines) if "w: bias" in line)
    shown = [list(map(float, line.split()[1:])) for line in lines[start + 2 :] if line.strip()]
    exact = [[float(w) for w in (*row, a)] for row, a in zip(network.hidden, network.output, strict=True)]
    assert shown == [pytest.approx(row, abs=1e-8) for row in exact]


COMMANDS = {
    "solve": ("data.csv", "--penalty", 1),
    "set": ("data.csv", "--penalty", "1/10"),
    "minimal": ("data.csv", "--penalty", 1),
    "width": ("data.csv", "--penalty", 1, "--width", 1),
    "classify": ("data.csv", "--penalty", 1, "--network", "network.json"),
    "graph": ("data.csv", "--penalty", 1),
    "descend": ("data.csv", "--penalty", 1, "--network", "network.json"),
    "patterns": ("data.csv", "--list", "4"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_column_is_explained_on_request(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text("a,b,c,d,y\n2,0,0,0,1\n-1,1,1,1,1\n")
    (tmp_path / "network.json").write_text('{"hidden": [[1, 1, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]], "output": ["19/20", 0, 0]}')
    plain, explained = run(command, *COMMANDS[command]), run(command, *COMMANDS[command], "--explain")
    assert plain.exit_code == explained.exit_code
    lines = explained.stdout.splitlines()
    tables = [k for k, line in enumerate(lines) if line and not line.strip("─")]
    assert tables
    said = [line for line in lines if line not in plain.stdout.splitlines()]
    for table in tables:
        for heading in filter(None, map(str.strip, lines[table - 1].split("  "))):
            assert any(line.startswith((heading, f"{heading},")) or f", {heading}" in line for line in said), heading
    assert run(command, *COMMANDS[command]).stdout == plain.stdout


def test_points_are_explained_where_there_are_several(tmp_path):
    file = tmp_path / "toy.csv"
    file.write_text("a,b,c,d,y\n2,0,0,0,1\n-1,1,1,1,1\n")
    shown = run("set", file, "--penalty", "1/10").stdout
    assert "points     the order of the neurons counts: 2 = 1 minimal network times 2! orders\n" in shown
    file.write_text("x,y\n1,1\n2,2\n")
    assert "points " not in run("set", file, "--penalty", 1).stdout
