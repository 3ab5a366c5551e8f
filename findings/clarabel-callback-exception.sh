#!/usr/bin/env bash
# Clarabel 0.11.1 (Python): an exception raised inside a termination callback does not leave solve().
# One would expect it to stop the solver and reach the caller, as exceptions of callbacks do in scipy.optimize. Instead it is printed
# and dropped, and the solver goes on: a KeyboardInterrupt (Ctrl-C) that happens to be delivered while the callback runs is lost, and a
# program that raises in order to stop at a deadline runs to the end. What works: return True from the callback, and raise after solve().
# Exits 0 while this holds, 1 when it has changed.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q clarabel==0.11.1 numpy==2.4.0 scipy==1.17.1
cat >"$place/probe.py" <<'PROBE'
import sys
from importlib.metadata import version

import clarabel
import numpy as np
from scipy import sparse

calls = []


def raises(information):
    calls.append(information.iterations)
    raise KeyboardInterrupt("stop here")


def program():
    """minimise x^2 + y^2 over x + y >= 1"""
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    quadratic, rows = sparse.csc_matrix(2.0 * np.eye(2)), sparse.csc_matrix(np.array([[-1.0, -1.0]]))
    return clarabel.DefaultSolver(quadratic, np.zeros(2), rows, np.array([-1.0]), [clarabel.NonnegativeConeT(1)], settings)


solver = program()
solver.set_termination_callback(raises)
try:
    status, reached = str(solver.solve().status), False
except KeyboardInterrupt:
    status, reached = "left by the exception", True
stopped = program()
stopped.set_termination_callback(lambda information: True)
asked = str(stopped.solve().status)
print(f"clarabel {version('clarabel')}: the callback raised {len(calls)} times; the exception reached the caller: {reached}; status {status}")
print(f"a callback that returns True instead: status {asked}")
sys.exit(0 if calls and not reached and status == "Solved" and asked != "Solved" else 1)
PROBE
"$place/venv/bin/python" "$place/probe.py" 2>"$place/stderr" || { cat "$place/stderr"; echo "the behaviour has changed"; exit 1; }
echo "on stderr: $(grep -c 'KeyboardInterrupt' "$place/stderr" || true) lines that name the exception"
