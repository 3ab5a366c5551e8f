"""The page that checks certificates in a browser, built for tests from the npm package in the folder that PYODIDE_HOME names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from chromium import require
from paths import ROOT

BUILD = ROOT / "docs" / "checker" / "build.py"
NODE = Path(__file__).parents[1] / "docs" / "run_checks.mjs"


def pyodide():
    """Return the folder of the npm package; skip the test without it, or fail where it has to be there."""
    home = Path(os.environ.get("PYODIDE_HOME", ""))
    if (home / "package.json").is_file() and "PYODIDE_HOME" in os.environ:
        return home
    message = "the npm package pyodide is not in the folder that PYODIDE_HOME names"
    if os.environ.get("RELUEXACT_REQUIRE_CHROMIUM"):
        pytest.fail(message)
    pytest.skip(message)


def build_page(folder, package):
    """Build the page into a folder by its command."""
    command = [sys.executable, str(BUILD), str(folder), "--pyodide", str(package)]
    subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return folder


def checked_under_node(page, questions):
    """Return [{"status", "output", "errors", "places"}] for lists [file, option, ...], by the code of the page under node."""
    require("RELUEXACT_REQUIRE_CHROMIUM", ("node",), "apt-get install nodejs")
    command = ["node", str(NODE), str(page)]
    run = subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout)
