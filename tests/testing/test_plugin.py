"""The plugin of pytest, run by pytest."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest
from paths import ROOT

pytest_plugins = ["pytester"]

SOLVER = """
import pytest
import reluexact as rx

def solve(case):
    return rx.solve(case.problem).network
"""


@pytest.fixture
def run(pytester, monkeypatch):
    """Run pytest with the plugin on a file."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def call(source, *options):
        pytester.makepyfile(SOLVER + source)
        return pytester.runpytest_subprocess("-p", "reluexact.testing.plugin", "-p", "no:cacheprovider", *options)

    return call


def test_a_solver_runs_on_the_instances_of_its_mark(run):
    done = run(
        """
@pytest.mark.reluexact_bank("toy-1", "hat")
def test_it(reluexact_instance):
    assert reluexact_instance.X.shape == (len(reluexact_instance.y), reluexact_instance.problem.data.d)
    reluexact_instance.assert_optimal(solve(reluexact_instance))
""",
        "-v",
        "--strict-markers",
    )
    done.assert_outcomes(passed=2)
    for name in ("hat", "toy-1"):
        done.stdout.fnmatch_lines([f"*test_it[[]{name}[]] PASSED*"])


def test_a_failure_names_the_instance_and_says_why(run):
    done = run(
        """
def test_it(reluexact_instance):
    reluexact_instance.assert_optimal(rx.BiasedNetwork([], []))
""",
        "--reluexact-bank=hat",
    )
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(
        ["*NotOptimal: hat of the bank: REFUTED*", "*optimum     0.245*", "*missing neurons*", "*rx.testing.shrink makes one*"]
    )


def test_groups_conditions_and_the_option_are_taken_together(run):
    done = run(
        """
@pytest.mark.reluexact_bank("paper", where=lambda instance: not instance.parts and instance.rows <= 4)
def test_it(reluexact_instance):
    assert reluexact_instance.instance.group == "paper"
    assert reluexact_instance.problem.is_plain
""",
        "--reluexact-bank=paper",
    )
    counts = done.parseoutcomes()
    assert set(counts) == {"passed"}
    assert counts["passed"] > 3


def test_without_choice_it_is_the_whole_bank(run):
    done = run("def test_it(reluexact_instance):\n    pass\n", "--collect-only", "-q")
    import reluexact as rx

    assert done.ret == 0
    assert sum("test_it[" in line for line in done.outlines) == len(rx.bank())


@pytest.mark.parametrize(
    ("mark", "option", "words"),
    [
        ("'nothing'", "", "'nothing' is neither a group nor an instance of the bank"),
        ("'paper'", "real", "no instance of the bank is left by --reluexact-bank and the mark reluexact_bank"),
        ("where=lambda instance: False", "", "no instance of the bank is left"),
    ],
)
def test_no_instance_is_an_error_not_a_skip(run, mark, option, words):
    options = [f"--reluexact-bank={option}"] if option else []
    done = run(f"@pytest.mark.reluexact_bank({mark})\ndef test_it(reluexact_instance):\n    pass\n", *options)
    assert done.ret != 0
    assert words in done.stdout.str() + done.stderr.str()
    assert "skipped" not in done.stdout.str()


def test_a_name_that_the_bank_has_not_is_one_line(run):
    test = "def test_it(reluexact_instance):\n    pass\n"
    done = run(test, "--reluexact-bank=papers")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["ERROR: --reluexact-bank: 'papers' is neither a group*did you mean paper[?] groups are paper, *"])
    assert "Traceback" not in done.stdout.str() + done.stderr.str()
    marked = run(f"@pytest.mark.reluexact_bank('nothing')\n{test}").stdout
    marked.fnmatch_lines(["*::test_it: reluexact_bank: 'nothing' is neither a group nor an instance of the bank; groups are *"])
    assert "plugin.py" not in marked.str()


def test_it_is_installed_under_the_name_of_its_module():
    """So that ``-p`` with this name and the entry point are one plugin."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"reluexact.testing.plugin": "reluexact.testing.plugin"}


def test_it_loads_nothing_before_a_test_asks_for_it():
    loaded = "sorted(set(sys.modules) - before)"
    code = f"import sys, pytest; before = set(sys.modules); import reluexact.testing.plugin; print(*{loaded})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    names = [name for name in done.stdout.split() if name.partition(".")[0] not in sys.stdlib_module_names]
    assert names == ["reluexact", "reluexact.public", "reluexact.testing", "reluexact.testing.plugin"]
