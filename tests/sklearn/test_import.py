"""scikit-learn is loaded by who asks for it, and its absence has a cure."""

from __future__ import annotations

import subprocess
import sys

from paths import ROOT

WITHOUT = "import sys; sys.modules['sklearn'] = None\n"


def run(code):
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_without_scikit_learn_the_error_says_what_to_install():
    done = run(f"{WITHOUT}import reluexact.sklearn")
    cure = "scikit-learn is not installed; the cure is: pip install 'reluexact[sklearn]'"
    assert done.stderr.splitlines()[-1] == f"reluexact.errors.MissingDependency: {cure}"


def test_the_rest_works_without_it():
    code = "import reluexact as rx; print(rx.solve(rx.Dataset([[1], [2]], [1, 2]), 1).value)"
    assert run(WITHOUT + code).stdout.split() == ["9/10"]


def test_an_error_inside_is_not_taken_for_a_missing_package():
    done = run("import sys; sys.modules['reluexact.sklearn.regressor'] = None\nimport reluexact.sklearn")
    assert "MissingDependency" not in done.stderr
    assert "ModuleNotFoundError" in done.stderr
