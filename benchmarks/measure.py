"""How the benchmarks measure: CPU seconds of a call, a limit of CPU seconds, and a child process with limits of its own.

CPU seconds, not those of a clock: a busy machine then changes little. The memory of a child is its peak resident set, its imports
included; the parent imports nothing large, for a child is born with the peak of its parent.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import Any

DONE, TIME, MEMORY, FAILED, MISSING = "done", "time", "memory", "failed", "missing"
"""What may become of a child: an answer, one of its two limits, an error, or a package that is not installed."""

_PATIENCE = 10
_START = 120.0


def cpu_seconds() -> float:
    """Return the CPU seconds of this process, all threads; ``time.process_time`` is coarse while :func:`cpu_limit` counts."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def timed(work: Callable[..., Any], *arguments: Any, **options: Any) -> tuple[Any, float]:
    """Return what a call returns, and its CPU seconds."""
    start = cpu_seconds()
    result = work(*arguments, **options)
    return result, cpu_seconds() - start


@contextmanager
def cpu_limit(seconds: float, stop: Callable[..., object] | signal.Handlers = signal.SIG_DFL) -> Iterator[None]:
    """Call ``stop`` after so many CPU seconds; without it the process ends, whatever library is at work then."""
    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def peak_memory() -> float:
    """Return the peak of the resident set of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass(frozen=True)
class Run:
    """What became of a child: its status, CPU seconds of the work alone, peak in MB, what it answered, why it failed."""

    status: str
    seconds: float = 0.0
    memory: float = 0.0
    answer: dict[str, Any] = field(default_factory=dict)
    note: str = ""


def run_child(command: Sequence[str], seconds: float) -> Run:
    """Run a command that calls :func:`report` once, and return what became of it; ``seconds`` as the child got them."""
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    with TemporaryFile() as out, TemporaryFile() as err:
        child = subprocess.Popen(command, stdout=out, stderr=err, env=os.environ | one_thread)
        guard = threading.Timer(_START + _PATIENCE * seconds, child.kill)
        guard.start()
        _, status, usage = os.wait4(child.pid, 0)
        guard.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        lines, errors = out.read().decode().splitlines(), err.read().decode(errors="replace").split("\n")
    peak = usage.ru_maxrss / 1024
    if child.returncode == 0:
        facts = json.loads(lines[-1])
        return Run(facts.pop("status"), facts.pop("seconds"), facts.pop("memory"), facts.pop("answer"), facts.pop("note"))
    if child.returncode in (-signal.SIGPROF, -signal.SIGKILL):
        return Run(TIME, seconds, peak)
    if child.returncode < 0:
        return Run(FAILED, memory=peak, note=f"crashed ({signal.Signals(-child.returncode).name})")
    return Run(FAILED, memory=peak, note=next((line for line in reversed(errors) if line.strip()), f"exit {child.returncode}"))


def report(
    prepare: Callable[[], Callable[[], Any]], score: Callable[[Any], dict[str, Any]], seconds: float, memory: float
) -> None:
    """Measure in a child: ``prepare`` imports and warms up, the call that it returns is measured, ``score`` judges its result.

    memory: the limit of the address space in MB.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory * 2**20),) * 2)
    try:
        work = prepare()
        with cpu_limit(seconds):
            result, taken = timed(work)
        peak = peak_memory()
        facts = {"status": DONE, "seconds": taken, "memory": peak, "answer": score(result), "note": ""}
    except ModuleNotFoundError as error:
        facts = {"status": MISSING, "seconds": 0.0, "memory": 0.0, "answer": {}, "note": f"{error.name} is not installed"}
    except MemoryError:
        facts = {"status": MEMORY, "seconds": 0.0, "memory": peak_memory(), "answer": {}, "note": f"{memory:g} MB"}
    print(json.dumps(facts))
