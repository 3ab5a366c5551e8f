"""``reluexact report``: the page, what is printed beside it, and exit codes."""

from __future__ import annotations

import json

import pytest
from html_pages import page_of
from typer.testing import CliRunner

from reluexact.cli.app import app


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def two_points(tmp_path):
    file = tmp_path / "two <points>.csv"
    file.write_text("x,y,w\n1,1,2\n2,2,1\n")
    return file


def test_the_page_is_written_and_its_sections_are_printed(two_points, tmp_path):
    out = tmp_path / "report.html"
    result = run("report", two_points, "--features", "x", "--target", "y", "--bias", "--penalty", 1, "--low", "1/4", "--out", out)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("data         two <points>.csv: 2 rows; features x, bias; target y")
    assert lines[1] == "status       PROVED"
    assert "section      All optimal networks: PROVED" in lines
    assert result.stderr.startswith(f"written: {out} (")
    page = page_of(out.read_text(encoding="utf-8"))
    commands = page.named("certificates").words
    assert "--statement 'two <points>.csv' --features x --target y --bias --penalty 1" in commands
    assert "from 0.25 to infinity" in page.named("path").words


def test_json_has_sections_and_digests(two_points, tmp_path):
    result = run(
        "report", two_points, "--features", "x", "--target", "y", "--penalty", 1, "--out", tmp_path / "r.html", "--json", "-q"
    )
    document = json.loads(result.stdout)
    assert (document["kind"], document["status"], document["undecided"]) == ("report", "PROVED", [])
    assert document["sections"][0]["id"] == "value"
    assert all(entry["sha256"] in (tmp_path / "r.html").read_text(encoding="utf-8") for entry in document["certificates"])


def test_what_is_stopped_by_the_time_limit_is_named_by_the_option(two_points, tmp_path):
    out = tmp_path / "report.html"
    result = run("report", two_points, "--penalty", "1/100", "--time-limit", "1/100000", "--out", out)
    assert result.exit_code == 4
    assert (
        "stopped by --time-limit 1e-05 (seconds); raise --time-limit to go on" in page_of(out.read_text(encoding="utf-8")).words
    )
    assert "undecided  The optimum: stopped by --time-limit" in result.stdout


def test_parts_of_the_problem_are_options(two_points, tmp_path):
    out = tmp_path / "report.html"
    arguments = ("--target", "y", "--weights", "w", "--loss", "absolute", "--output-bias", "free")
    result = run("report", two_points, *arguments, "--penalty", "1/10", "--out", out)
    assert result.exit_code == 0
    page = page_of(out.read_text(encoding="utf-8"))
    assert "loss absolute, output bias free, weights" in page.named("value").words
    assert "--target y --weights w --loss absolute --output-bias free --penalty 1/10" in page.named("certificates").words


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "--out is missing; name the page to write"),
        (("--out", "nowhere/report.html"), "there is no folder"),
        (("--out", "report.html", "--low", "0"), "--low: "),
        (("--out", "report.html", "--time-limit", "0"), "--time-limit: '0' is not positive"),
    ],
)
def test_mistakes_are_found_before_any_work(arguments, message, two_points, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("report", two_points, "--penalty", 1, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == [two_points]
