"""Where the CPU time of ``rx.solve`` goes: seconds of each stage, without those of stages inside of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

from measure import cpu_seconds

REST = "rest"
STAGES = {
    "conic solver": ("reluexact.propose.engines.clarabel:Clarabel.solve",),
    "pricing": (
        "reluexact.propose.pricing:CellScan.violated",
        "reluexact.propose.pricing:CellScan.tight",
        "reluexact.propose.local_search:LocalSearch.violated",
    ),
    "column generation": ("reluexact.kinds.optimum.find:propose",),
    "polishing": ("reluexact.search.structure_search:polish",),
    "central path": ("reluexact.search.structure_search:central_point",),
    "Krawczyk": ("reluexact.search.proof:certify",),
    "tree": ("reluexact.search.proof:cover",),
    "tree check": ("reluexact.search.proof:dual_tree_fault",),
    "spans": ("reluexact.search.proof:smaller_spans",),
    "claim": ("reluexact.kinds.optimum.find:fine_enough", "reluexact.kinds.optimum.find:optimum_of"),
}
"""The functions that are a stage, as the module that calls them knows them."""


class Clock:
    """Seconds of each stage so far; a stage inside of another is charged, the outer one is not."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._open = [REST]
        self._since = cpu_seconds()

    def start(self) -> None:
        """Forget what has passed."""
        self.seconds.clear()
        self._since = cpu_seconds()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Charge a block to a stage."""
        self.charge()
        self._open.append(name)
        try:
            yield
        finally:
            self.charge()
            self._open.pop()

    def charge(self) -> None:
        """Charge what has passed since the last time to the innermost stage."""
        now = cpu_seconds()
        self.seconds[self._open[-1]] = self.seconds.get(self._open[-1], 0.0) + now - self._since
        self._since = now

    def charged(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, charged to a stage."""

        @wraps(function)
        def call(*arguments: Any, **options: Any) -> Any:
            with self.stage(name):
                return function(*arguments, **options)

        return call


def stages_of(work: Callable[..., Any], *arguments: Any, **options: Any) -> tuple[Any, dict[str, float]]:
    """Return what a call returns, and the CPU seconds of its stages; their sum is that of the call."""
    with ExitStack() as patches:
        clock = Clock()
        for name, functions in STAGES.items():
            for function in functions:
                owner, _, attribute = function.replace(":", ".").rpartition(".")
                known = resolve_name(function)
                patches.enter_context(patch.object(resolve_name(owner), attribute, clock.charged(name, known)))
        clock.start()
        result = work(*arguments, **options)
        clock.charge()
    return result, clock.seconds


def line_of(seconds: dict[str, float]) -> str:
    """Return the stages, longest first, in milliseconds and as shares of all."""
    total = sum(seconds.values()) or 1.0
    ordered = sorted(seconds.items(), key=lambda stage: -stage[1])
    return ", ".join(f"{name} {1000 * spent:.0f} ms ({spent / total:.0%})" for name, spent in ordered)
