"""In what a certificate differs from the problem that it should be about: rows, targets, penalty, loss, biases, weights."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from reluexact.numbers.rational import parse_fraction
from reluexact.terminal.text import exact, plural, printable

if TYPE_CHECKING:
    from reluexact.model.dataset import Dataset
    from reluexact.model.problem import Problem

_PLACES = 3


def difference(content: bytes, given: Problem, asked: Problem) -> str:
    """Say in what the problem of a certificate, which the checker has read, differs from the one that is asked for.

    asked: the problem itself, or without its row weights on scaled copies of rows; where the certificate has as many rows as the
    one as given, and fewer things differ from it, these are named.
    """
    problem = json.loads(content)["statement"]["problem"]
    parts = _parts(problem, asked)
    if asked.data.copies is None:
        return "; ".join(parts)
    as_given = _parts(problem, given) if len(problem["X"]) == given.data.n else None
    if as_given is not None and (len(as_given) < len(parts) or asked.data.n != given.data.n):
        return "; ".join(as_given)
    return f"{'; '.join(parts)} (of the scaled copies of rows)" if parts else ""


def _parts(problem: dict[str, Any], asked: Problem) -> list[str]:
    rows = [tuple(map(parse_fraction, row)) for row in problem["X"]]
    targets = tuple(map(parse_fraction, problem["y"]))
    ones = (Fraction(1),) * len(targets)
    weights = tuple(map(parse_fraction, problem["weights"])) if "weights" in problem else ones
    return [
        *_of_rows(rows, targets, weights, asked),
        *_of_penalty(parse_fraction(problem["penalty"]), asked.penalty),
        *_of_loss(problem.get("loss"), asked),
        *_of_parts(problem, asked),
    ]


def _of_penalty(given: Fraction, asked: Fraction) -> Iterator[str]:
    if given != asked:
        yield f"its penalty is {_short(given)}, not {_short(asked)}"


def _of_loss(given: Any, asked: Problem) -> Iterator[str]:
    """Compare the losses, which have their parameters in their names."""
    from reluexact.model.losses import PiecewiseQuadratic, to_loss

    named = "squared" if given is None else given.get("function")
    loss = to_loss(named) if named else PiecewiseQuadratic(given["breakpoints"], given["pieces"], given["of"])
    if loss.name != asked.loss.name:
        yield f"its loss is {loss.name}, not {asked.loss.name}"
    elif loss != asked.loss:
        yield "its loss has other pieces"


def _of_parts(problem: dict[str, Any], asked: Problem) -> Iterator[str]:
    """Compare biases and skip connection; a penalised hidden bias is a column of X, which only a skip connection minds."""
    hidden, wanted = problem.get("hidden_bias", asked.hidden_bias if not asked.free_bias else "none"), asked.hidden_bias
    same_columns = len(problem["X"][0]) == asked.data.d
    if hidden != wanted and "free" in (hidden, wanted):
        yield f"its hidden bias is {hidden}, not {wanted}"
    for name, words in (("output_bias", "output bias"), ("skip", "skip connection")):
        given, part = problem.get(name, "none"), getattr(asked, name)
        if given != part:
            yield f"its {words} is {given}, not {part}"
        elif name == "skip" and part != "none" and {hidden, wanted} == {"none", "penalised"} and same_columns:
            yield f"its hidden bias is {hidden}, not {wanted}"


def _of_rows(
    rows: Sequence[tuple[Fraction, ...]], targets: Sequence[Fraction], weights: Sequence[Fraction], asked: Problem
) -> Iterator[str]:
    """Compare the sizes first, then the numbers."""
    data, wanted = asked.data, asked.weights or (Fraction(1),) * asked.data.n
    if len(rows) != data.n:
        yield f"it has {plural(len(rows), 'row')}, not {data.n:,}"
        return
    if len(rows[0]) != data.d:
        yield f"it has {plural(len(rows[0]), 'feature')}, not {data.d}{_bias(rows, data)}"
    elif sorted(zip(rows, targets, weights, strict=True)) == sorted(zip(data.X, data.y, wanted, strict=True)) and (
        [*rows] != [*data.X]
    ):
        yield "it has the same rows in another order"
        return
    else:
        for j, name in enumerate(data.names):
            yield from _of_column([row[j] for row in rows], [row[j] for row in data.X], f"feature {printable(name)}")
        yield from _of_column(targets, data.y, f"target {printable(data.target_name)}")
    yield from _of_column(weights, wanted, "row weight")


def _bias(rows: Sequence[tuple[Fraction, ...]], data: Dataset) -> str:
    """Return the cure where a column of ones is all that makes the difference."""
    short, long = sorted((rows, data.X), key=lambda some: len(some[0]))
    alike = [row[:-1] for row in long] == [tuple(row) for row in short] and all(row[-1] == 1 for row in long)
    return f": {'leave out' if len(rows[0]) < data.d else 'add'} --bias" if alike else ""


def _of_column(given: Sequence[Fraction], asked: Sequence[Fraction], name: str) -> Iterator[str]:
    """Name the first rows in which two columns differ."""
    apart = [i for i, (one, other) in enumerate(zip(given, asked, strict=True)) if one != other]
    if apart:
        places = ", ".join(f"row {i + 1} has {_short(given[i])}, not {_short(asked[i])}" for i in apart[:_PLACES])
        more = ", ..." if len(apart) > _PLACES else ""
        yield f"its {name} differs in {plural(len(apart), 'row')} of {len(given):,}: {places}{more}"


def _short(value: Fraction) -> str:
    return exact(value) or f"about {float(value):.12g}"
