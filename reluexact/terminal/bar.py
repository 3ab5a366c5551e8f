"""Progress: on a terminal one line on stderr that is gone when the work is done, elsewhere a line from time to time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TimeElapsedColumn
from rich.table import Column
from rich.text import Text

from reluexact.progress import Stage

WIDTH = 24
EVERY = 10.0
"""Seconds from line to line."""


class _Words(ProgressColumn):
    """What the work is at, in full; names from files are no markup."""

    def render(self, task: Task) -> RenderableType:
        """Return the description as it stands."""
        return Text(task.description, overflow="fold")


class _Share(BarColumn):
    """A bar where it is known how much there is to do."""

    def __call__(self, task: Task) -> RenderableType:
        """Draw nothing for work of unknown length."""
        return Text() if task.total is None else super().__call__(task)


class Bar:
    """The line: a spinner, the time, a bar where there is a total, and the words of the stage."""

    def __init__(self, console: Console, stage: Stage) -> None:
        columns = (SpinnerColumn(), TimeElapsedColumn(), _Share(bar_width=WIDTH), _Words(Column(ratio=1)))
        self.shown = Progress(*columns, console=console, transient=True, expand=True)
        self._task = self.shown.add_task(stage, total=stage.total, completed=stage.done or 0)

    def show(self, stage: Stage) -> None:
        """Go to a stage."""
        task = self.shown.tasks[0]
        task.total = stage.total  # update() leaves a total that is None as it is
        self.shown.update(self._task, description=str(stage), completed=stage.done or 0)


class Lines:
    """Lines that say how far the work is, every ten seconds, also when it has nothing new to say."""

    def __init__(self, write: Callable[[str], object], stage: Stage) -> None:
        self._write, self._stage = write, stage

    @property
    @contextmanager
    def shown(self) -> Iterator[None]:
        """Write the lines while the work inside runs."""
        over, begun = Event(), monotonic()

        def tick() -> None:
            while not over.wait(EVERY):
                self._write(f"{monotonic() - begun:.0f} s: {self._stage}\n")

        teller = Thread(target=tick, daemon=True)
        teller.start()
        try:
            yield
        finally:
            over.set()
            teller.join()

    def show(self, stage: Stage) -> None:
        """Go to a stage."""
        self._stage = stage
