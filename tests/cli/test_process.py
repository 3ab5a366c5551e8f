"""The command line as a process: streams, pipes, interrupts, terminals."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import shlex
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from paths import ROOT

ANSCOMBE = str(ROOT / "examples" / "data" / "anscombe2.csv")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
SOLVE = ["solve", ANSCOMBE, "--bias", "--penalty", "1/10"]
STUCK = """
import os, signal, sys, time
import reluexact.kinds.optimum.find as module

def solve(problem, *, progress, **options):
    progress("column generation")
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(60)

module.solve = solve
from reluexact.cli import main
main()
"""

LATE = """
import os, signal, sys, time
import {module} as module

def late(*args, **options):
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(60)

{target} = late
from reluexact.cli import main
main()
"""


def run(*arguments, **options):
    command = [sys.executable, "-m", "reluexact", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT, timeout=120, **options)


def on_terminal(columns, *arguments):
    """Run on a terminal of this width; return the exit code and everything that appeared."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
    command = [sys.executable, "-m", "reluexact", *arguments]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=ENVIRONMENT) as process:
        os.close(slave)
        shown = b""
        try:
            while chunk := os.read(master, 65536):
                shown += chunk
        except OSError:  # Linux says so when the other end is closed
            pass
    os.close(master)
    return process.returncode, shown.decode()


def opened_once_read(fifo, process):
    """Wait until the process reads the fifo, so that it is in the middle of its work; return the other end."""
    while process.poll() is None:
        try:
            return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.02)
    raise AssertionError(process.communicate())


def test_results_go_to_stdout_and_remarks_to_stderr(tmp_path):
    result = run(*SOLVE, "--json", "--out", tmp_path / "x.json")
    assert result.returncode == 0
    assert json.loads(result.stdout)["status"] == "PROVED"
    assert result.stderr == f"written: {tmp_path / 'x.json'} ({(tmp_path / 'x.json').stat().st_size:,} bytes)\n"


def test_the_same_input_gives_the_same_bytes(tmp_path):
    files = [tmp_path / name for name in ("a.json", "b.json")]
    outputs = []
    for seed, file in enumerate(files):
        command = [sys.executable, "-m", "reluexact", *SOLVE, "--quiet", "--out", str(file)]
        environment = {**ENVIRONMENT, "PYTHONHASHSEED": str(seed)}
        outputs.append(subprocess.run(command, capture_output=True, check=True, env=environment))
    assert outputs[0].stdout == outputs[1].stdout
    assert outputs[0].stderr == outputs[1].stderr == b""
    assert files[0].read_bytes() == files[1].read_bytes()


def test_an_error_is_one_line_and_exit_code_2():
    result = run("solve", "missing.csv", "--penalty", 1)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "error: missing.csv: there is no such file; check the name and the folder\n"


def test_an_interrupt_says_how_far_it_got_without_a_traceback():
    command = [sys.executable, "-c", STUCK, *SOLVE]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT, timeout=50)
    assert (result.returncode, result.stdout) == (130, "")
    assert result.stderr.startswith("interrupted after ")
    assert "at: column generation; known so far: 0 <= optimal value <= 330.08815 (the zero network)" in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_interrupt_before_anything_is_proved_says_that_no_certificate_is_written(tmp_path):
    out = tmp_path / "out.json"
    command = [sys.executable, "-c", STUCK, *SOLVE, "--out", str(out)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT, timeout=50)
    assert (result.returncode, out.exists()) == (130, False)
    assert result.stderr.rstrip().endswith("(the zero network); no certificate is written")


@pytest.mark.parametrize(
    ("command", "module", "target", "words"),
    [
        ("set", "reluexact.kinds.optimal_set.find", "module.optimal_set", "at: vertices; known so far: the optimal value"),
        ("set", "reluexact.kinds.connectivity.find", "module.staircase", "1 minimal network, fewest 1 neuron"),
        (
            "set",
            "reluexact.kinds.optimal_set.paper.document",
            "module.Paper.latex",
            "at: writing; known so far: the optimal value",
        ),
        (
            "set",
            "reluexact.kinds.optimal_set.certificate",
            "module.to_document",
            "at: writing; known so far: the optimal value",
        ),
        (
            "minimal",
            "reluexact.kinds.minimum_network.find",
            "module.minimum_network",
            "at: fewest neurons; known so far: the optimal",
        ),
    ],
)
def test_an_interrupt_after_the_proof_says_what_is_proved(tmp_path, command, module, target, words):
    data = tmp_path / "data.csv"
    data.write_text("x,y\n1,1\n2,2\n")
    options = ["--latex", str(tmp_path / "x.tex"), "--out", str(tmp_path / "x.json")] if command == "set" else []
    script = LATE.format(module=module, target=target)
    line = [sys.executable, "-c", script, command, str(data), "--penalty", "1", *options]
    result = subprocess.run(line, capture_output=True, text=True, check=False, env=ENVIRONMENT, timeout=50)
    assert (result.returncode, result.stdout) == (130, "")
    assert words in result.stderr
    assert "the optimal value 0.9 (exactly) is PROVED, with 1 optimal direction" in result.stderr
    written = [line for line in result.stderr.splitlines() if line.startswith(f"written: {tmp_path / 'x.json'}")]
    assert len(written) == (1 if options else 0)  # the certificate of the optimum
    assert len(result.stderr.splitlines()) == 1 + len(written)


@pytest.mark.parametrize("option", ["--out", "--latex"])
@pytest.mark.parametrize("place", ["/dev/stdout", "/dev/stderr", "all.txt"])
def test_the_file_behind_a_stream_is_not_replaced(tmp_path, option, place):
    file = tmp_path / "all.txt"
    command = [sys.executable, "-m", "reluexact", "set", ANSCOMBE, "--penalty", "1", "--json", option, place]
    with file.open("w") as stream:
        stdout, stderr = (subprocess.PIPE, stream) if place == "/dev/stderr" else (stream, subprocess.PIPE)
        result = subprocess.run(command, stdout=stdout, stderr=stderr, text=True, check=False, env=ENVIRONMENT, cwd=tmp_path)
    name = "stderr" if place == "/dev/stderr" else "stdout"
    shown = file.read_text() if place == "/dev/stderr" else result.stderr
    assert result.returncode == 2
    assert shown.startswith(f"error: {option} {place}: {name} goes to this very file; name another one")
    assert list(tmp_path.iterdir()) == [file]


def test_an_interrupt_from_outside(tmp_path):
    fifo = tmp_path / "data.csv"
    os.mkfifo(fifo)
    command = [sys.executable, "-m", "reluexact", "patterns", str(fifo)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
        writer = opened_once_read(fifo, process)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=50)
    os.close(writer)
    assert (process.returncode, output, errors) == (130, "", "error: interrupted\n")


def test_a_reader_that_leaves_early_is_no_error():
    command = f"{sys.executable} -m reluexact patterns {ANSCOMBE} --bias --list 22; echo $? >&2"
    for reader in ("true", "head -1"):
        pipe = ["sh", "-c", f"({command}) | {reader}"]
        result = subprocess.run(pipe, capture_output=True, text=True, check=False, env=ENVIRONMENT)
        assert result.stderr == "0\n"


FILES = {
    "solve": ("--out", "c.json", "--network-out", "n.json", "--plot", "p.svg"),
    "solve --json": ("--out", "c.json", "--network-out", "n.csv"),
    "set": ("--out", "c.json", "--network-out", "n.json", "--plot", "p.svg", "--latex", "t.tex"),
    "minimal": ("--out", "c.json", "--network-out", "n.json", "--plot", "p.svg"),
    "width --width 1": ("--out", "c.json", "--network-out", "n.json"),
    "graph": ("--out", "c.json", "--graphml", "g.graphml", "--plot", "p.svg"),
    "descend --network start.csv": ("--out", "c.json", "--network-out", "n.json", "--plot", "p.svg"),
}
GONE = {"stdout": "", "stdout and stderr": "2>&1", "a full disk": ">/dev/full"}


@pytest.mark.parametrize(
    ("call", "gone"), [*((call, "stdout") for call in FILES), *(("solve", gone) for gone in GONE if gone != "stdout")]
)
def test_files_are_written_whatever_happens_to_the_output(tmp_path, call, gone):
    """A row of zeros makes a remark, the first line of stderr that goes nowhere."""
    (tmp_path / "data.csv").write_text("a,b,y\n0,1,2\n1,-1,2\n0,0,0\n")
    (tmp_path / "start.csv").write_text("w1,w2,output\n1,0,1\n0,0,0\n0,0,0\n0,0,0\n")
    command, *rest = call.split()
    words = [sys.executable, "-m", "reluexact", command, "data.csv", *rest, "--penalty", "1", *FILES[call]]
    script = f"({shlex.join(words)} {GONE[gone]}; echo $? > code) | true"
    subprocess.run(["sh", "-c", script], check=True, cwd=tmp_path, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
    wanted = FILES[call][1::2]
    assert [name for name in wanted if not (tmp_path / name).exists()] == []
    assert (tmp_path / "code").read_text() == ("2\n" if gone == "a full disk" else "0\n")


def test_a_reader_of_the_help_that_leaves_early_is_no_error():
    for options in ("set --help", "--help"):
        script = f"({sys.executable} -m reluexact {options}; echo $? >&2) | true"
        result = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False, env=ENVIRONMENT)
        assert result.stderr == "0\n"


def test_a_verdict_of_the_checker_that_cannot_be_written():
    command = [sys.executable, "-I", "-S", str(ROOT / "reluexact" / "checker"), str(ROOT / "tests/good/bound-plane.json")]
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == "checker: the verdict cannot be written: [Errno 28] No space left on device\n"


def test_a_full_disk_behind_stdout():
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "reluexact", "patterns", ANSCOMBE]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=ENVIRONMENT)
    assert result.returncode == 2
    assert result.stderr.startswith("error: the output cannot be written")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [["solve", "--penalty", "1/10"], ["solve", "--bound", "--penalty", "1/10"], ["max-penalty"]])
def test_a_plain_problem_loads_nothing_of_other_losses_and_formats(command):
    name, *options = command
    program = f"""if True:
        import sys
        from reluexact.cli.app import app
        try:
            app([{name!r}, {ANSCOMBE!r}, "--bias", *{options!r}, "--quiet"])
        except SystemExit as end:
            print(end.code, *(name for name in sys.modules if name.startswith(("reluexact", "pandas", "pyarrow", "matplotlib"))))
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=ENVIRONMENT)
    code, *loaded = done.stdout.splitlines()[-1].split()
    assert code == "0"
    rest = {"pandas", "pyarrow", "matplotlib", "reluexact.model.files.arrow", "reluexact.kinds.max_penalty.extended"}
    rest |= {"reluexact.propose.training", "reluexact.kinds.optimum.problem_find", "reluexact.search.problem_bound"}
    assert rest.isdisjoint(loaded)


def test_a_terminal_shows_progress_unless_quiet():
    code, shown = on_terminal(120, *SOLVE)
    assert code == 0
    assert "loading the solvers" in shown
    assert "PROVED" in shown
    code, shown = on_terminal(120, *SOLVE, "--quiet")
    assert code == 0
    assert shown.startswith("data ")


def test_a_narrow_terminal_gets_lines_instead_of_a_table():
    code, shown = on_terminal(40, *SOLVE, "--quiet")
    lines = shown.replace("\r\n", "\n").splitlines()
    assert code == 0
    assert "active where  x < 7 (a data point)" in lines
    assert "value    1.583395605012147104103785082486" in lines


def test_importing_the_package_loads_no_solver():
    code = "import sys, reluexact; print(sorted({'numpy', 'clarabel', 'flint', 'scipy', 'typer'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=ENVIRONMENT)
    assert result.stdout == "[]\n"
