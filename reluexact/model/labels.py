"""The names of the columns of X."""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.errors import Argument, InputError, Message
from reluexact.numbers.counts import counted

BIAS_NAME = "bias"
"""The name of the column of ones of a penalised hidden bias."""


def checked_names(names: Sequence[str] | None, columns: int, bias: bool, target_name: str) -> tuple[str, ...]:
    """Return the names of the columns, those that were given or x1, x2, ...; ``bias``: a column of ones follows.

    >>> checked_names(None, 2, True, "y")
    ('x1', 'x2', 'bias')
    """
    if names is None:
        names = [f"x{j + 1}" for j in range(columns)]
    if (
        not isinstance(names, Sequence)
        or isinstance(names, str)
        or not all(isinstance(name, str) for name in (*names, target_name))
    ):
        raise InputError("names: give a list of texts, one per column of X, and target_name as one text")
    labels = tuple(names)
    if len(labels) != columns:
        raise InputError(f"names: {counted(len(labels), 'name')} for {counted(columns, 'column')} of X; give one name per column")
    if bias:
        labels = (*labels, BIAS_NAME)
    for j, label in enumerate(labels):
        if label in labels[:j]:
            text = f"names: {label!r} names two columns of X; rename one ("
            raise InputError(Message(text, Argument("bias", True), f" adds a column {BIAS_NAME!r})"))
    return labels
