"""The three answers."""

from __future__ import annotations

from enum import Enum


class Status(Enum):
    """What is known of a claim; there is no truth value, so ``if status:`` is an error."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNDECIDED = "undecided"

    def __bool__(self) -> bool:
        """Refuse: UNDECIDED is neither true nor false."""
        raise TypeError("a Status has no truth value; compare it: status is Status.PROVED")
