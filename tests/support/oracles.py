"""Running the independent oracles of the extra ``oracles``: skipped where they are not installed, a failure there in .ci/run.

They are large (1.5 GB), under the GPL, and bring a package ``ppl`` of their own; so they may live in an environment of their own,
whose Python RELUEXACT_ORACLES names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache

import pytest
from paths import ROOT

PYTHON = os.environ.get("RELUEXACT_ORACLES", sys.executable)
SUPPORT = ROOT / "tests" / "support"
_NEEDS = {"sage_oracle": "sage.rings.polynomial.msolve", "normaliz_oracle": "PyNormaliz"}


@cache
def _missing(module):
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
    return subprocess.run([PYTHON, "-c", code], capture_output=True, check=False).returncode != 0


def ask(oracle, questions):
    """Return the answers of an oracle to a list of questions; skip the test where the oracle is not installed."""
    if _missing(_NEEDS[oracle]):
        if os.environ.get("RELUEXACT_ORACLES"):
            pytest.fail(f"RELUEXACT_ORACLES is set, but {PYTHON} does not have {_NEEDS[oracle]}")
        cure = "pip install '.[oracles]', or name a Python that has it in RELUEXACT_ORACLES"
        pytest.skip(f"not installed: {_NEEDS[oracle]}; {cure}")
    run = subprocess.run(
        [PYTHON, str(SUPPORT / f"{oracle}.py")], input=json.dumps(questions), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
