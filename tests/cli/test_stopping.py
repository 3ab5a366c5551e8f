"""Long runs end with what is proved: by Ctrl-C, by --time-limit, by --limit; in words, as JSON, as a certificate."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOTORCYCLE = ["examples/data/motorcycle.csv", "--bias", "--penalty", "1/10"]
BEST = Fraction("25078.2680809")
"""The optimal value, to the digits given; the proof takes minutes."""

WORK = "import reluexact.terminal.bar as bar; bar.EVERY = 0.05; from reluexact.cli import main; main()"
"""The program, telling how far it is 20 times a second."""

GUARD = 300


def started(*arguments):
    line = [sys.executable, "-c", WORK, *map(str, arguments)]
    return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(*arguments):
    with started(*arguments) as process:
        output, errors = process.communicate(timeout=GUARD)
    return process.returncode, output, errors


def interrupted_at(words, *arguments):
    """Run the program with --verbose, press Ctrl-C when a line of the progress has these words."""
    with started(*arguments, "--verbose") as process:
        for line in process.stderr:
            if words in line:
                break
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=GUARD)
    return process.returncode, output, errors


def check_certificate(file):
    """Return lower and upper bound of a certificate that the stand-alone checker accepts."""
    line = [sys.executable, "-I", "-S", "reluexact/checker", str(file)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False, timeout=GUARD)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "VERIFIED")
    claim = json.loads(file.read_text())["statement"]["claim"]
    return Fraction(claim.get("lower", claim.get("low"))), Fraction(claim.get("upper", claim.get("high")))


def trivial(file):
    """Return the objective of the zero network."""
    problem = json.loads(file.read_text())["statement"]["problem"]
    return sum(Fraction(y) ** 2 for y in problem["y"]) / 2


def test_ctrl_c_writes_the_bounds_that_are_proved(tmp_path):
    out = tmp_path / "bound.json"
    code, output, errors = interrupted_at("relative gap", "solve", *MOTORCYCLE, "--out", out, "--json")
    assert code == 130
    known = re.search(
        r"interrupted after .* s at: column generation, round \d+, \d+ columns, relative gap .*; known so far: "
        r"(\S+) <= optimal value <= (\S+), proved\n",
        errors,
    )
    lower, upper = check_certificate(out)
    assert Fraction(known[1]) <= lower
    assert upper <= Fraction(known[2])
    assert 0 < lower <= BEST <= upper < trivial(out)
    document = json.loads(output)
    assert (document["kind"], document["status"], document["reason"]) == ("bound", "UNDECIDED", "interrupted")
    assert (Fraction(document["lower"]), Fraction(document["upper"])) == (lower, upper)


@pytest.mark.parametrize("options", [("--width", 2), ("--curve",)])
def test_ctrl_c_writes_the_bounds_of_a_width(tmp_path, options):
    out = tmp_path / "w.json"
    code, output, errors = interrupted_at("relative gap", "width", *MOTORCYCLE, *options, "--out", out, "--json")
    assert code == 130
    width = options[-1] if options[-1] == 2 else 1
    lower, upper = check_certificate(out if width == 2 else tmp_path / "w-1.json")
    assert 0 < lower <= BEST <= upper
    assert re.search(rf"known so far.*\b{width}: ", errors)
    assert json.loads(output)["reason"] == "interrupted"
    if width == 1:
        assert json.loads(output)["optima"][-1]["lower"] == str(lower)


@pytest.mark.parametrize("options", [("--width", 2), ("--curve",)])
def test_a_time_limit_ends_with_the_bounds_of_a_width(tmp_path, options):
    out = tmp_path / "w.json"
    code, output, errors = finished("width", *MOTORCYCLE, *options, "--time-limit", 2, "--out", out)
    assert code == 4
    assert "written: " in errors
    assert "stopped by --time-limit 2 (seconds); raise --time-limit to go on" in output
    lower, upper = check_certificate(out if options[-1] == 2 else tmp_path / "w-1.json")
    assert 0 < lower <= BEST <= upper


def test_ctrl_c_without_a_file_says_the_bounds():
    code, output, errors = interrupted_at("relative gap", "solve", *MOTORCYCLE)
    assert (code, output) == (130, "")
    assert re.search(r"known so far: [1-9]\S* <= optimal value <= \d\S*, proved\n$", errors) or "known so far: 0." in errors


FREE = ["examples/data/motorcycle.csv", "--penalty", "1/2", "--loss", "huber(10)"]
FREE += ["--hidden-bias", "free", "--output-bias", "free", "--skip", "free"]
FREE_BEST, FREE_TRIVIAL = Fraction("10087.222"), Fraction("45752.98")
"""The optimal value of this problem, rounded down, and the objective of the zero network."""


def are_bounds_of_free(lower, upper):
    return 0 < lower <= FREE_BEST + 1 and FREE_BEST <= upper < FREE_TRIVIAL


@pytest.mark.parametrize("options", [(), ("--bound",)])
def test_ctrl_c_writes_the_bounds_of_a_problem_with_parts(tmp_path, options):
    out = tmp_path / "bound.json"
    code, output, errors = interrupted_at("the penalty is exceeded", "solve", *FREE, *options, "--out", out, "--json")
    assert code == 130
    known = re.search(r"interrupted after .* s at: .*; known so far: (\S+) <= optimal value <= (\S+), proved\n", errors)
    lower, upper = check_certificate(out)
    assert Fraction(known[1]) <= lower
    assert upper <= Fraction(known[2])
    assert are_bounds_of_free(lower, upper)
    assert json.loads(out.read_text())["version"] == 2
    document = json.loads(output)
    assert (document["kind"], document["status"], document["reason"]) == ("bound", "UNDECIDED", "interrupted")
    assert (Fraction(document["lower"]), Fraction(document["upper"])) == (lower, upper)


@pytest.mark.parametrize("options", [(), ("--bound",)])
def test_a_time_limit_ends_with_the_bounds_of_a_problem_with_parts(tmp_path, options):
    out = tmp_path / "bound.json"
    code, output, errors = finished("solve", *FREE, *options, "--time-limit", 1, "--out", out)
    assert code == 4
    assert "written: " in errors
    assert "UNDECIDED: stopped by --time-limit 1 (seconds); raise --time-limit to go on" in output
    lower, upper = check_certificate(out)
    assert 0 <= lower <= FREE_BEST + 1
    assert FREE_BEST <= upper <= FREE_TRIVIAL


@pytest.mark.parametrize("options", [(), ("--bound",)])
def test_a_time_limit_ends_with_the_bounds(tmp_path, options):
    out = tmp_path / "bound.json"
    code, output, errors = finished("solve", *MOTORCYCLE, "--time-limit", 3, "--out", out, *options)
    assert code == 4
    assert "written: " in errors
    assert "UNDECIDED: stopped by --time-limit 3 (seconds); raise --time-limit to go on" in output
    lower, upper = check_certificate(out)
    assert 0 < lower <= BEST <= upper
    assert re.search(r"^lower +\d", output, re.MULTILINE)


def test_a_limit_of_nodes_ends_with_the_bounds(tmp_path):
    out = tmp_path / "bound.json"
    anscombe = ["examples/data/anscombe2.csv", "--bias", "--penalty", "1/10"]
    code, output, _ = finished("solve", *anscombe, "--bound", "--limit", 3, "--out", out, "--json")
    assert code == 4
    document = json.loads(output)
    assert "3 nodes" in document["reason"]
    lower, upper = check_certificate(out)
    assert (str(lower), str(upper)) == (document["lower"], document["upper"])
    assert 0 < lower < Fraction("1.583395605012") < upper
    assert finished("solve", *anscombe, "--bound", "--limit", 3, "--json")[1] == output


def test_the_set_keeps_the_optimum_that_is_proved(tmp_path):
    """An interrupt after the proof writes the certificate of the optimum."""
    out = tmp_path / "optimum.json"
    script = "import os, signal, sys\nimport reluexact.kinds.optimal_set.find as module\n"
    script += "def stuck(*_, **__):\n    os.kill(os.getpid(), signal.SIGINT)\n    signal.pause()\nmodule.optimal_set = stuck\n"
    line = [sys.executable, "-c", script + "from reluexact.cli import main; main()", "set", "examples/data/anscombe2.csv"]
    options = ["--bias", "--penalty", "1/10", "--out", str(out), "--json"]
    done = subprocess.run([*line, *options], cwd=ROOT, capture_output=True, text=True, check=False, timeout=GUARD)
    assert done.returncode == 130
    assert json.loads(done.stdout)["status"] == "PROVED"
    assert "is PROVED, with 5 optimal directions" in done.stderr
    check = subprocess.run([sys.executable, "-I", "-S", "reluexact/checker", str(out)], cwd=ROOT, check=False, timeout=GUARD)
    assert check.returncode == 0


def test_wrong_seconds_are_bad_input():
    code, output, errors = finished("solve", *MOTORCYCLE, "--time-limit", 0)
    assert (code, output) == (2, "")
    assert errors == "error: --time-limit: '0' is not positive; give a number of seconds, for example 60\n"


def test_verbose_tells_where_the_work_is():
    code, _, errors = finished("solve", "examples/data/motorcycle.csv", "--bias", "--penalty", "10", "--verbose", "--quiet")
    assert (code, errors) == (0, "")
    code, _, errors = finished("solve", "examples/data/motorcycle.csv", "--bias", "--penalty", "10", "--verbose")
    assert code == 0
    assert re.search(r"^\d+ s: ", errors, re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [3, 20])
@pytest.mark.parametrize("rows", [100, 200])
def test_many_features_end_in_time(tmp_path, rows, seconds):
    numbers = [(7919 * i * i + 104729 * i) % 1009 % 19 - 9 for i in range(1, 5 * rows + 1)]
    data, out = tmp_path / "data.csv", tmp_path / "bound.json"
    lines = [",".join(map(str, numbers[5 * i : 5 * i + 5])) for i in range(rows)]
    data.write_text("a,b,c,d,y\n" + "\n".join(lines) + "\n")
    code, _, _ = finished("solve", data, "--penalty", 1, "--time-limit", seconds, "--out", out)
    assert code == 4
    lower, upper = check_certificate(out)
    assert 0 < lower < upper <= trivial(out)


COMMANDS = {
    "set": ["set", *MOTORCYCLE],
    "minimal": ["minimal", *MOTORCYCLE],
    "width": ["width", *MOTORCYCLE, "--width", 2],
    "curve": ["width", *MOTORCYCLE, "--curve"],
    "graph": ["graph", "examples/data/anscombe2.csv", "--bias", "--penalty", "1/100"],
    "descend": ["descend", *MOTORCYCLE, "--network"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_ends_with_an_answer(tmp_path, command):
    """A time that is over almost at once: exit code 4, an answer or one line that names the limit; files are certificates."""
    arguments, out = list(COMMANDS[command]), tmp_path / "out.json"
    if command == "descend":
        start = tmp_path / "start.json"
        start.write_text('{"hidden": [[1, 0], [0, 0]], "output": [1, 0]}')
        arguments.append(start)
    code, output, errors = finished(*arguments, "--time-limit", "1", "--out", out)
    assert code == 4
    assert "Traceback" not in errors
    assert "stopped by --time-limit 1 (seconds)" in output + errors
    if out.exists() and command != "descend":
        line = [sys.executable, "-I", "-S", "reluexact/checker", str(out)]
        assert subprocess.run(line, cwd=ROOT, capture_output=True, check=False, timeout=GUARD).returncode == 0
