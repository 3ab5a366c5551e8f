"""What of an extended problem carries over to which kind: one table, from which documents are generated and commands refuse.

Every kind serves today's short form (squared loss, every weight of the hidden neurons penalised, nothing else), with a penalised
hidden bias or without.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reluexact.errors import InputError
from reluexact.model.logistic import logistic
from reluexact.model.losses import squared
from reluexact.model.problem import FREE, PENALISED, Problem

PARTS = {
    "loss": "another loss",
    "logistic": "logistic loss",
    "weights": "row weights",
    "hidden_bias": "free hidden bias",
    "free": "free output bias or skip",
    "penalised": "penalised output bias or skip",
}
"""The parts that a problem may have beside today's short form, with the words for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A kind (its folder), how people ask for it in Python and on the command line, and the parts that it serves."""

    folder: str
    python: str
    command: str
    parts: tuple[str, ...] = ()


CARRIES = (
    Carried(folder="bound", python="prove_bound", command="solve --bound", parts=tuple(PARTS)),
    Carried(
        folder="max_penalty",
        python="max_penalty",
        command="max-penalty",
        parts=tuple(part for part in PARTS if part != "penalised"),
    ),
    Carried(folder="optimum", python="solve", command="solve", parts=tuple(part for part in PARTS if part != "logistic")),
    Carried(folder="optimal_set", python="optimal_set", command="set"),
    Carried(folder="minimum_network", python="minimum_network", command="minimal"),
    Carried(folder="width_optimum", python="solve_width", command="width"),
    Carried(folder="classification", python="classify", command="classify"),
    Carried(folder="stationary_graph", python="stationary_graph", command="graph"),
    Carried(folder="descent_path", python="descent_path", command="descend"),
)
"""In the order of the table."""


def parts_of(problem: Problem) -> tuple[str, ...]:
    """Return the parts of a problem beside today's short form.

    >>> from reluexact.model.dataset import Dataset
    >>> parts_of(Problem(Dataset([[1], [2]], [1, -1]), 1, "hinge", skip="penalised"))
    ('loss', 'penalised')
    """
    linear = (problem.output_bias, problem.skip)
    there = {
        "loss": problem.loss not in (squared, logistic),
        "logistic": problem.loss == logistic,
        "weights": problem.weights is not None,
        "hidden_bias": problem.free_bias,
        "free": FREE in linear,
        "penalised": PENALISED in linear,
    }
    return tuple(part for part in PARTS if there[part])


def require_carried(problem: Problem, folder: str) -> None:
    """Raise InputError, by name, where a kind does not serve a part of the problem.

    >>> from reluexact.model.dataset import Dataset
    >>> require_carried(Problem(Dataset([[1], [2]], [1, -1]), 1, "hinge"), "optimal_set")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: optimal_set does not take another loss yet (the problem has loss hinge); prove_bound, \
max_penalty and solve do
    """
    entry = next(carried for carried in CARRIES if carried.folder == folder)
    missing = [part for part in parts_of(problem) if part not in entry.parts]
    if missing:
        has = ", ".join(problem.described())
        raise InputError(f"{entry.python} does not take {_words(missing)} yet (the problem has {has}); {_who(missing)}")


def refused(command: str, options: Iterable[str]) -> InputError:
    """Return why a command that serves today's short form alone refuses options.

    >>> refused("set", ["--loss hinge"]).message
    '--loss hinge: set serves the squared loss without other parts only; solve --bound takes every one'
    """
    return InputError(
        f"{', '.join(options)}: {command} serves the squared loss without other parts only; solve --bound takes every one"
    )


def serves_something(command: str) -> bool:
    """Say whether a command takes the options of a problem; ``solve`` does, with ``--bound``."""
    return any(entry.parts for entry in CARRIES if entry.command.split()[0] == command)


def _who(parts: Iterable[str]) -> str:
    wanted = set(parts)
    names = [entry.python for entry in CARRIES if wanted <= set(entry.parts)]
    return f"{', '.join(names[:-1])} and {names[-1]} do" if len(names) > 1 else f"{names[0]} does"


def _words(parts: Iterable[str]) -> str:
    return " or ".join(PARTS[part] for part in parts)


def table() -> str:
    """Return the table of documents, in Markdown.

    >>> table().splitlines()[2]
    '| `prove_bound` | `solve --bound` | yes | yes | yes | yes | yes | yes |'
    """
    lines = [
        f"| Python | command | {' | '.join(PARTS.values())} |",
        f"| --- | --- |{' --- |' * len(PARTS)}",
    ]
    for entry in CARRIES:
        cells = " | ".join("yes" if part in entry.parts else "no" for part in PARTS)
        lines.append(f"| `{entry.python}` | `{entry.command}` | {cells} |")
    return "\n".join(lines) + "\n"
