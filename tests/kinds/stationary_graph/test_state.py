"""The state file of ``reluexact graph``: a run that was killed goes on, and what the file says is never believed."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from fractions import Fraction

import pytest
from paths import ROOT
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.evidence.status import Status
from reluexact.kinds import state_file
from reluexact.kinds.stationary_graph import frontier as build

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
PATIENCE = 300
"""Seconds until a test gives up on a process."""

X, Y, B = [[1, 0], [0, 1], [1, 1]], [1, 2, -1], Fraction(1, 2)
"""7 nodes."""

LONGER = [[1, 0, 1], [0, 1, -2], [1, 1, 3]], Fraction(1, 10)
"""16 nodes."""

FIVE = [[-2, 1, 3], [-1, 1, -1], [0, 1, 2], [1, 1, 4], [3, 1, -2]]


def table(path, rows):
    path.write_text("a,b,y\n" + "".join(",".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def data(tmp_path):
    return table(tmp_path / "data.csv", LONGER[0])


def command(file, penalty, *arguments):
    return [sys.executable, "-m", "reluexact", "graph", str(file), "--penalty", str(penalty), *map(str, arguments)]


def run(file, penalty, *arguments):
    options = {"capture_output": True, "text": True, "check": False, "env": ENVIRONMENT, "timeout": PATIENCE}
    return subprocess.run(command(file, penalty, *arguments), **options)


def lines_of(path):
    return path.read_bytes().count(b"\n") if path.exists() else 0


def stopped(file, penalty, place, lines, number):
    """Start a run and stop it when the state has so many lines; again from the start when it was faster than the signal."""
    for _ in range(5):
        code, errors = signalled(file, penalty, place, lines, number)
        if code:
            break
        place.unlink()
    return code, errors


def signalled(file, penalty, place, lines, number):
    """Start a run, send it a signal when the state has so many lines, and return the exit code and stderr."""
    with subprocess.Popen(
        command(file, penalty, "--json", "--state", place),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    ) as process:
        end = time.monotonic() + PATIENCE
        while lines_of(place) < lines and process.poll() is None and time.monotonic() < end:
            time.sleep(0.002)
        process.send_signal(number)
        _, errors = process.communicate(timeout=PATIENCE)
    return process.returncode, errors


def graph(place, X=X, y=Y, penalty=B, **options):
    return rx.stationary_graph(rx.Dataset(X=X, y=y), penalty, state=place, **options)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = tmp_path_factory.mktemp("state") / "graph.state"
    found = graph(place)
    assert found == graph(None)
    return place.read_bytes(), found


@pytest.fixture
def kept(tmp_path, made):
    """A whole state, and the graph that it is of."""
    place = tmp_path / "graph.state"
    place.write_bytes(made[0])
    return place, made[1]


@pytest.fixture
def solved(monkeypatch):
    """Count the programs that are solved anew."""
    masks, proved = [], build.sampled_optimum

    def counted(every, mask, **options):
        masks.append(mask)
        return proved(every, mask, **options)

    monkeypatch.setattr(build, "sampled_optimum", counted)
    return masks


def test_a_killed_run_goes_on_to_the_same_bytes(data, tmp_path):
    place = tmp_path / "graph.state"
    code, _ = stopped(data, LONGER[1], place, 6, signal.SIGKILL)
    assert code == -signal.SIGKILL
    known = lines_of(place)
    assert 6 <= known < 17
    before = place.read_bytes()
    resumed = run(data, LONGER[1], "--json", "--state", place)
    assert resumed.returncode == 0
    assert place.read_bytes().startswith(before[: before.rfind(b"\n") + 1])
    assert lines_of(place) == 17
    whole = CliRunner().invoke(app, command(data, LONGER[1], "--json")[3:])
    assert resumed.stdout == whole.stdout


@pytest.mark.slow
def test_a_run_that_is_killed_again_and_again_comes_to_an_end(tmp_path):
    data, place = table(tmp_path / "five.csv", FIVE), tmp_path / "graph.state"
    for lines in range(10, 80, 15):
        code, _ = stopped(data, "1/2", place, lines, signal.SIGKILL)
        assert code == -signal.SIGKILL
    resumed, whole = (run(data, "1/2", "--json", *more) for more in (("--state", place), ()))
    assert (resumed.returncode, resumed.stdout) == (0, whole.stdout)


def test_an_interrupted_run_says_how_to_go_on(data, tmp_path):
    place = tmp_path / "graph.state"
    code, errors = stopped(data, LONGER[1], place, 4, signal.SIGINT)
    assert code == 130
    assert errors.startswith("interrupted after")
    assert f"{place} keeps them, run the command again to go on" in errors
    assert "Traceback" not in errors
    assert lines_of(place) < 17


def test_nothing_is_solved_twice(kept, solved):
    place, first = kept
    size = place.stat().st_size
    assert graph(place) == first
    assert solved == []
    assert place.stat().st_size == size


def test_other_walks_use_the_same_state(kept, solved):
    place, first = kept
    walk = graph(place, steepest=True)
    assert walk == graph(None, steepest=True)
    assert len([mask for mask in solved if mask]) < 2 * (len(walk.nodes) - 1)
    assert graph(place) == first


def cut(content, lines):
    return b"".join(content.splitlines(keepends=True)[:lines])


@pytest.mark.parametrize("junk", [b'{"columns":"2', b"\xff\xfe", b"{", b""])
def test_an_unfinished_line_is_dropped(kept, solved, junk):
    place, first = kept
    content = place.read_bytes()
    place.write_bytes(cut(content, 5) + junk)
    assert graph(place) == first
    assert len(solved) == len(first.nodes) - 4
    assert place.read_bytes() == content


@pytest.mark.parametrize("length", [1, 10, 60])
def test_an_unfinished_first_line_is_written_again(kept, length):
    place, first = kept
    content = place.read_bytes()
    place.write_bytes(content[:length])
    assert graph(place) == first
    assert place.read_bytes() == content


def damaged(record, key, value):
    return {**record, key: value(record[key]) if callable(value) else value}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("columns", "zz"),
        ("columns", 5),
        ("columns", "ffffffffff"),
        ("blocks", []),
        ("blocks", [5]),
        ("blocks", ["+"]),
        ("blocks", ["x+++"]),
        ("blocks", lambda old: old + old),
        ("blocks", lambda old: [text.translate(str.maketrans("+-", "-+")) for text in old]),
        ("paired", lambda old: [not flag for flag in old]),
        ("ties", ["++++"]),
        ("ties", "+"),
        ("spans", []),
        ("spans", lambda old: [[["0"] * len(vector) for vector in basis] for basis in old]),
        ("spans", [[["9" * 5000, "1"]]]),
        ("midpoint", []),
        ("midpoint", lambda old: ["0"] * len(old)),
        ("midpoint", lambda old: ["1e999999999"] * len(old)),
        ("midpoint", lambda old: [None] * len(old)),
        ("midpoint", {"0": "1"}),
    ],
)
def test_damaged_records_are_not_believed(kept, key, value):
    """Every record is damaged in the same way: the graph is that of a run without state."""
    place, first = kept
    header, *records = place.read_text(encoding="utf-8").splitlines()
    place.write_text("\n".join([header, *(json.dumps(damaged(json.loads(r), key, value)) for r in records)]) + "\n")
    assert graph(place) == first


@pytest.mark.parametrize("line", ["[" * 100_000, "5", "null", "[]", "{}", '"text"', "not json", '{"columns": "1"}', ""])
def test_lines_that_are_no_records_are_passed_over(kept, line):
    place, first = kept
    header, *records = place.read_text(encoding="utf-8").splitlines()
    place.write_text("\n".join([header, line, *records]) + "\n", encoding="utf-8")
    assert graph(place) == first


def test_a_record_under_the_name_of_another_program_is_not_believed(kept):
    place, first = kept
    header, *records = place.read_text(encoding="utf-8").splitlines()
    names = [json.loads(record)["columns"] for record in records]
    turned = [json.dumps({**json.loads(record), "columns": name}) for record, name in zip(records, names[::-1], strict=True)]
    place.write_text("\n".join([header, *turned]) + "\n", encoding="utf-8")
    assert graph(place) == first


@pytest.mark.parametrize(
    "options",
    [
        {"penalty": Fraction(1, 9)},
        {"y": [1, 2, -2]},
        {"X": [[1, 0], [0, 1], [2, 1]]},
        {"columns": [(1, "+++"), (-1, "+++")]},
        {"digits": 60},
    ],
)
def test_the_state_of_another_problem_is_refused(kept, options):
    place, _ = kept
    content = place.read_bytes()
    with pytest.raises(rx.InputError, match="the state of other data, another penalty or other options; name another file"):
        graph(place, **options)
    assert place.read_bytes() == content


@pytest.mark.parametrize("content", [b"a,b,y\n1,0,1\n", b"precious", b"[" * 100_000 + b"\n", b"\x00" * 10])
def test_another_file_is_refused_and_stays(tmp_path, content):
    place = tmp_path / "notes.txt"
    place.write_bytes(content)
    with pytest.raises(rx.InputError, match=r"notes\.txt: this is"):
        graph(place)
    assert place.read_bytes() == content


def test_a_state_in_use_is_refused(kept):
    place, first = kept
    with place.open("a+b") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(rx.InputError, match="another run uses this state; wait for it or name another file"):
            graph(place)
    assert graph(place) == first


@pytest.mark.parametrize("device", ["/dev/full", "/dev/zero", "/dev/null"])
def test_devices_are_refused(device, data):
    with pytest.raises(rx.InputError, match=f"{device}: this is a device or a pipe; name a file"):
        graph(device)
    answer = CliRunner().invoke(app, command(data, LONGER[1], "--state", device)[3:])
    assert (answer.exit_code, answer.stdout) == (2, "")


def test_pipes_folders_and_places_that_are_not_there_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for place, words in [
        (tmp_path / "pipe", "this is a device or a pipe"),
        (tmp_path, "this is a folder"),
        (tmp_path / "no" / "state", "No such file"),
        ("a\0b", "null byte"),
    ]:
        with pytest.raises(rx.InputError, match=words):
            graph(place)


def test_a_full_disk_ends_the_run_with_a_clear_error(tmp_path, monkeypatch, made):
    place, calls = tmp_path / "graph.state", []

    def full(number):
        calls.append(number)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(state_file.os, "fdatasync", full)
    with pytest.raises(rx.InputError, match=r"graph\.state: cannot be written \(No space left on device\); make room"):
        graph(place)
    monkeypatch.undo()
    assert graph(place) == made[1]


def test_a_state_of_a_run_that_reached_the_limit(tmp_path, solved, made):
    place = tmp_path / "graph.state"
    part = graph(place, limit=4)
    assert (part.status, len(part.nodes), len(solved)) == (Status.UNDECIDED, 4, 4)
    assert graph(place) == made[1]


def test_a_basis_vector_that_points_the_other_way_proves_nothing(kept, solved):
    """The identities of a neuron with one basis vector hold for the vector along its weights only."""
    place, first = kept
    header, *lines = place.read_text().splitlines()
    records = [json.loads(line) for line in lines]
    for record in records:
        start = 0
        for basis in record["spans"]:
            if len(basis) == 1:
                basis[0] = [-entry for entry in basis[0]]
                record["midpoint"][start] = str(-Fraction(record["midpoint"][start]))
            start += len(basis)
    place.write_text("\n".join([header, *map(json.dumps, records)]) + "\n", encoding="utf-8")
    assert graph(place) == first
