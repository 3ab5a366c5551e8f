"""Run one peer at one size, and print what came out as a line of JSON: ``child.py MODULE:NAME N D SECONDS MEMORY``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import report

WARM = (4, 2)
"""The size at which this project and the solvers run once before; what they import on use is then loaded."""
ONCE = ("training:adam", "training:pyscnn", "training:z3_solver")


def main(function: str, n: int, d: int, seconds: float, memory: float) -> None:
    tasks = []

    def prepare() -> Callable[[], Any]:
        module, _, name = function.partition(":")
        make = getattr(import_module(f"peers.{module}"), name)
        if function not in ONCE:
            make(*WARM).work()
        tasks.append(make(n, d))
        return tasks[0].work

    report(prepare, lambda result: tasks[0].score(result), seconds, memory)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5]))
