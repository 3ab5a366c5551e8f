"""What is peculiar about data: true of it, no fault, and seldom meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reluexact.errors import Message
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.types import Matrix, Vector

_LISTED = 5


def remarks_on(rows: Matrix, targets: Vector, names: Sequence[str], bias: bool) -> tuple[Message, ...]:
    """Return what a reader of the data should know; ``bias``: the last column is one that was asked for.

    True of every problem about the data, whatever its loss and its parts: the skip connection may weight what no neuron does.

    >>> rows = ((1, 0, 5), (2, 0, 5), (2, 0, 5))
    >>> for remark in remarks_on(rows, (1, 2, 3), ("a", "b", "c"), False):
    ...     print(remark)
    column 'b' is zero in all rows: optimal neurons give it no weight
    column 'c' is 5 in all rows: it acts as a bias (of no effect beside a free one)
    the rows 2 and 3 are equal but their targets differ: no network fits both
    """
    texts = (*_rows(rows), *_columns(rows, names, bias), *_targets(targets), *_clashes(rows, targets))
    return tuple(Message(text) for text in texts)


def _rows(rows: Matrix) -> Iterator[str]:
    if len(rows) == 1:
        yield "there is one row only"
    zero = [i for i, row in enumerate(rows) if not any(row)]
    if len(zero) == 1:
        yield f"row {zero[0] + 1} is zero in all columns: a network without biases is zero there"
    elif zero:
        yield f"{len(zero)} rows are zero in all columns: a network without biases is zero there"


def _columns(rows: Matrix, names: Sequence[str], bias: bool) -> Iterator[str]:
    columns = tuple(zip(*rows, strict=True))
    seen: dict[Vector, int] = {}
    for j in range(len(columns) - bias):
        name, first, twin = names[j], columns[j][0], seen.setdefault(columns[j], j)
        if not any(columns[j]):
            yield f"column {name!r} is zero in all rows: optimal neurons give it no weight"
        elif len(rows) > 1 and all(value == first for value in columns[j]):
            role = "it does what the bias does" if bias else "it acts as a bias (of no effect beside a free one)"
            yield f"column {name!r} is {_short(format_fraction(first))} in all rows: {role}"
        elif twin != j:
            yield f"the columns {names[twin]!r} and {name!r} are equal: optimal neurons weight them equally"


def _targets(targets: Vector) -> Iterator[str]:
    if not any(targets):
        yield "the target is zero in all rows: the zero network fits it"
    elif len(targets) > 1 and all(target == targets[0] for target in targets):
        yield f"the target is {_short(format_fraction(targets[0]))} in all rows"


def _clashes(rows: Matrix, targets: Vector) -> Iterator[str]:
    """Tell rows that are equal and have different targets, by their numbers from 1."""
    groups: dict[object, list[int]] = {}
    for i, row in enumerate(rows):
        groups.setdefault(row, []).append(i)
    clashing = [group for group in groups.values() if any(targets[i] != targets[group[0]] for i in group) and any(rows[group[0]])]
    if len(clashing) == 1 and len(clashing[0]) <= _LISTED:
        *most, last = (str(i + 1) for i in clashing[0])
        together = "both" if len(clashing[0]) == 2 else "all"
        yield f"the rows {', '.join(most)} and {last} are equal but their targets differ: no network fits {together}"
    elif clashing:
        count = sum(map(len, clashing))
        groups_text = "" if len(clashing) == 1 else f", in {len(clashing)} groups,"
        yield f"{count} rows{groups_text} are equal to others but their targets differ: no network fits all of them"


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:12]}..."
