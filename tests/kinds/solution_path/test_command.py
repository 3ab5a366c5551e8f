"""``reluexact path``: on the screen, as JSON, as a picture, and with a state that a stopped run leaves."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise

import pytest
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.errors import InputError
from reluexact.propose.path.trace import Lost


def run(*arguments):
    return CliRunner().invoke(app, ["path", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def data(tmp_path):
    file = tmp_path / "two.csv"
    file.write_text("a,b,y\n1,0,3\n0,1,-1\n")
    return file


def test_breakpoints_and_pieces_on_the_screen_and_as_a_picture(data, tmp_path):
    picture = tmp_path / "path.svg"
    result = run(data, "--low", "1/2", "--plot", picture)
    assert result.exit_code == 0
    assert "status       PROVED: every piece, every breakpoint, and that there are no others\n" in result.stdout
    assert "penalties    from 0.5 to infinity\n" in result.stdout
    assert "2         1   a neuron enters (-, on at 1 row)" in result.stdout
    assert "       3     1         1       0           0" in result.stdout
    assert picture.read_text().startswith("<?xml")


def test_json_has_everything(data):
    result = run(data, "--share", "1/4", "--json")
    found = json.loads(result.stdout)
    assert (found["kind"], found["status"], found["gaps"]) == ("path", "PROVED", [])
    assert [point["penalty"]["decimal"] for point in found["breakpoints"]] == ["3", "1"]
    assert [piece["dimension"] for piece in found["pieces"]] == [0, 0, 0]
    assert found["breakpoints"][1]["events"][0]["neuron"] == {"sign": -1, "gate": "0+", "partner": None}


def test_low_and_share_exclude_one_another(data):
    result = CliRunner().invoke(app, ["path", str(data), "--low", "1", "--share", "1/2"])
    assert result.exit_code == 2
    assert "one of the two" in result.stderr


def test_a_state_is_gone_on_with(data, tmp_path):
    state = tmp_path / "state"
    whole = rx.solution_path(rx.Dataset.read(data), low="1/2", state=state)
    lines = state.read_bytes().splitlines(keepends=True)
    assert len(lines) > len(whole.evidence.segments)
    state.write_bytes(b"".join(lines[:3]) + lines[3][:40])  # killed while it wrote
    assert run(data, "--low", "1/2", "--state", state).exit_code == 0
    assert state.read_bytes() == b"".join(lines)
    again = rx.solution_path(rx.Dataset.read(data), low="1/2", state=state)
    assert again == whole
    assert state.read_bytes() == b"".join(lines)


def test_what_a_state_remembers_is_not_searched_for_again(tmp_path, monkeypatch):
    data, state = rx.Dataset([[-1, 1], [0, 1], [2, 1]], [1, 0, 3]), tmp_path / "state"
    whole = rx.solution_path(data, share="1/20", state=state)
    records = [json.loads(line) for line in state.read_text().splitlines()[1:]]
    assert any("failed" in record for record in records)

    def searched(*_, **__):
        raise AssertionError("a segment is searched for again")

    monkeypatch.setattr("reluexact.search.path_pieces.proved_segment", searched)
    assert rx.solution_path(data, share="1/20", state=state) == whole


def test_a_state_of_other_data_and_a_damaged_one(data, tmp_path):
    state = tmp_path / "state"
    whole = rx.solution_path(rx.Dataset.read(data), low="1/2", state=state)
    with pytest.raises(InputError, match="state of other data"):
        rx.solution_path(rx.Dataset([[1], [2]], [1, 2]), low=1, state=state)
    head, *records = state.read_text().splitlines()
    false = [json.dumps({**json.loads(line), "positive": [], "radius": []}) for line in records]
    state.write_text("\n".join([head, *false]) + "\n")
    assert rx.solution_path(rx.Dataset.read(data), low="1/2", state=state) == whole  # nothing of it is believed
    other = tmp_path / "other"
    other.write_text("a letter\n")
    with pytest.raises(InputError, match="state"):
        rx.solution_path(rx.Dataset.read(data), low="1/2", state=other)


def test_latex_names_the_breakpoints(data):
    path = rx.solution_path(rx.Dataset.read(data), low="1/2")
    assert r"b_{2}&=1&&\text{enters}" in path.latex()


def raising(problem):
    def raise_it(*_):
        raise problem

    return raise_it


def test_a_path_without_a_breakpoint_is_undecided_and_shows_no_empty_table(tmp_path, monkeypatch):
    monkeypatch.setattr("reluexact.search.path.first", raising(Lost("several events at one penalty cannot be located")))
    monkeypatch.setattr("reluexact.search.path.begin_again", lambda *_: None)
    file = tmp_path / "two.csv"
    file.write_text("a,b,c,y\n0,0,1,-3\n0,1,1,3\n1,-1,1,1\n0,1,0,-3\n")
    result = run(file, "--low", "1/10")
    assert result.exit_code == 4
    assert "status       UNDECIDED: below the penalty 2.12" in result.stdout
    assert "breakpoint   penalty" not in result.stdout


@pytest.mark.parametrize("low", ["5/4", "1/2", "1/5000"])
def test_the_panels_of_the_picture_have_numbers_on_one_common_axis(low):
    figure = rx.solution_path(rx.Dataset([[1, 0], [0, 1]], [3, -1]), low=low).plot().figure
    figure.draw_without_rendering()
    limits = {axes.get_xlim() for axes in figure.axes}
    assert [list(limit) for limit in limits] == [pytest.approx([float(Fraction(low)), 4.8])]
    for axes in figure.axes:
        shown = [tick for tick in axes.get_xticks() if float(Fraction(low)) <= tick <= 4.8]
        assert len(shown) >= 2
        assert all(text.get_text() for text in axes.get_xticklabels())
    assert all(tick == int(tick) for tick in figure.axes[1].get_yticks())


def test_check_needs_no_penalty_for_a_path_and_an_interpolation(data, tmp_path):
    for command, options in (("path", ["--low", "1/3"]), ("interpolate", [])):
        out = tmp_path / f"{command}.json"
        assert CliRunner().invoke(app, [command, str(data), *options, "--out", str(out)]).exit_code == 0
        check = ["check", str(out), "--statement", str(data)]
        assert CliRunner().invoke(app, check).exit_code == 0, command
        assert CliRunner().invoke(app, [*check, "--bias"]).exit_code == 3, command  # other data
        assert CliRunner().invoke(app, [*check, "--penalty", "7"]).exit_code == 3, command
    other = CliRunner().invoke(app, ["solve", str(data), "--penalty", "1", "--out", str(out)])
    assert other.exit_code == 0
    needed = CliRunner().invoke(app, check)
    assert needed.exit_code == 2
    assert "give --penalty" in needed.stderr


TOY = "a,b,c,d,y\n2,0,0,0,1\n-1,1,1,1,1\n"


def test_neurons_that_enter_together_are_counted(tmp_path):
    file = tmp_path / "toy.csv"
    file.write_text(TOY)
    result = run(file, "--low", "1/10")
    assert "a neuron enters (+, on at 1 row), 2 times; a neuron enters (+, on at 2 rows)" in result.stdout
    assert ("?: m* and M* of the piece" in result.stdout) == ("?    ?" in result.stdout)


def test_the_picture_lies_on_the_optima():
    path = rx.solution_path(rx.Dataset([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1]), low="1/10")
    for line in path.plot().get_lines()[:2]:
        for penalty, value in zip(line.get_xdata(), line.get_ydata(), strict=True):
            assert value == pytest.approx(1 if penalty >= 2 else penalty - penalty**2 / 4, abs=1e-6)


def test_numbers_below_a_wide_axis_do_not_overlap():
    figure = rx.solution_path(rx.Dataset([[1, 0], [0, 1]], [50000, -1000]), low=150).plot().figure
    figure.draw_without_rendering()
    for axes in figure.axes:
        boxes = [text.get_window_extent() for text in axes.get_xticklabels() if text.get_text()]
        assert len(boxes) >= 2
        assert all(left.x1 < right.x0 for left, right in pairwise(boxes))
