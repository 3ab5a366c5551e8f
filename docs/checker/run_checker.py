"""What the page asks of Python: run the unchanged checker on a file, say where it is, and describe its source.

Runs under Pyodide beside `checker.pyz`, and under CPython in the tests; the standard library is all it needs.
"""

from __future__ import annotations

import hashlib
import io
import json
import pkgutil
import re
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from types import FunctionType
from zipfile import ZipFile

PACKAGE = "reluexact_checker"
OBLIGATION = re.compile(r"[a-z][0-9]+(_[a-z][0-9]+)?_")  # o3_existence: the obligation O3 of the certificate format
SECONDS_BETWEEN = 0.1  # between two messages of where the checker is


def load(archive):
    """Make the checker in an archive importable, and return what the page says of it, as JSON."""
    sys.path.insert(0, archive)
    with ZipFile(archive) as files:
        lines = {name: files.read(name).decode().count("\n") for name in sorted(files.namelist())}
    return json.dumps({"sha256": digest(archive), "lines": lines, "python": sys.version.split()[0]})


def digest(path):
    """Return the sha256 of a file as hexadecimal digits."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def obligations():
    """Yield the functions of the checker that each check an obligation, with the name of the obligation."""
    package = import_module(PACKAGE)
    for found in pkgutil.walk_packages(package.__path__, f"{PACKAGE}."):
        if not found.name.endswith("__main__"):
            for name, value in vars(import_module(found.name)).items():
                if isinstance(value, FunctionType) and value.__module__ == found.name and OBLIGATION.match(name):
                    yield value, OBLIGATION.match(name)[0].strip("_").upper().replace("_", "-")


def tell_obligations(tell):
    """Call `tell` with the obligation at which the checker is, as far as this Python can watch functions being called."""
    if not hasattr(sys, "monitoring"):  # before Python 3.12
        return
    watch, names, last = sys.monitoring, {}, time.monotonic()

    def started(code, _offset):
        nonlocal last
        if time.monotonic() - last >= SECONDS_BETWEEN:
            last = time.monotonic()
            tell(names[code])

    watch.use_tool_id(watch.PROFILER_ID, "page")
    watch.register_callback(watch.PROFILER_ID, watch.events.PY_START, started)
    for function, name in obligations():
        names[function.__code__] = name
        watch.set_local_events(watch.PROFILER_ID, function.__code__, watch.events.PY_START)


def check(arguments):
    """Run the checker's command with arguments, a JSON list, and return its exit status and both outputs, as JSON."""
    main = import_module(f"{PACKAGE}.command").main
    with redirect_stdout(io.StringIO()) as output, redirect_stderr(io.StringIO()) as errors:
        status = main(json.loads(arguments))
    return json.dumps({"status": status, "output": output.getvalue(), "errors": errors.getvalue()})
