"""How long work says where it is: one callable, one record.

Every public function that may take long has ``progress=``: it is called with a :class:`Stage` now and then. A stage is text, so
that ``progress=print`` and ``progress=lines.append`` do.
"""

from __future__ import annotations

from collections.abc import Callable


class Stage(str):
    """What the work is at. done of total: how far, None where that is not known. proved: what is proved so far, for people.

    >>> stage = Stage("nodes", done=3, total=12)
    >>> stage, stage.done, stage.total, stage.proved
    ('nodes', 3, 12, '')
    """

    __slots__ = ("done", "proved", "total")

    done: int | None
    total: int | None
    proved: str

    def __new__(cls, text: str, *, done: int | None = None, total: int | None = None, proved: str = "") -> Stage:
        """Make a stage; one that is given as text keeps its numbers only where they are named again."""
        self = super().__new__(cls, text)
        self.done, self.total, self.proved = done, total, proved
        return self

    def __reduce__(self) -> tuple[Callable[..., Stage], tuple[object, ...]]:
        return _rebuilt, (str(self), self.done, self.total, self.proved)


def _rebuilt(text: str, done: int | None, total: int | None, proved: str) -> Stage:
    return Stage(text, done=done, total=total, proved=proved)


Progress = Callable[[Stage], object]
"""What a caller passes as ``progress=``."""


class Unseen:
    """A progress that nobody sees now: it is kept for an interrupt, and little work is done for its sake.

    >>> Unseen(print)(Stage("nodes"))
    nodes
    """

    def __init__(self, heard: Progress) -> None:
        """Hand on to ``heard``."""
        self._heard = heard

    def __call__(self, stage: Stage) -> None:
        """Hand on a stage."""
        self._heard(stage)


def silent(_: Stage) -> None:
    """Report nothing."""
