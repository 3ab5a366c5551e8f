"""A task: what a peer does at one size, and how its answer is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Task:
    """work: measured, without arguments; score: turns its result into what JSON can hold, not measured."""

    work: Callable[[], Any]
    score: Callable[[Any], dict[str, Any]]
