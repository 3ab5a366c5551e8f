"""What of an extended problem carries over to which kind: one table, from which documents are generated and commands refuse.

Every kind serves today's short form (squared loss, every weight of the hidden neurons penalised, nothing else), with a penalised
hidden bias or without.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    only: tuple[tuple[str, str], ...] = ()
    """Parts that are served under a condition, with the word for it."""
    instead: bool = True
    """Whether it is named where another kind does not serve a part: it answers without a network."""

    def cell(self, part: str) -> str:
        """Return what the table says of a part."""
        return dict(self.only).get(part, "yes" if part in self.parts else "no")


CARRIES = (
    Carried(folder="bound", python="prove_bound", command="solve --bound", parts=tuple(PARTS)),
    Carried(
        folder="max_penalty",
        python="max_penalty",
        command="max-penalty",
        parts=tuple(part for part in PARTS if part != "penalised"),
    ),
    Carried(folder="optimum", python="solve", command="solve", parts=tuple(part for part in PARTS if part != "logistic")),
    Carried(folder="optimal_set", python="optimal_set", command="set", parts=("weights",)),
    Carried(folder="sensitivity", python="sensitivity", command="sensitivity", parts=("weights",)),
    Carried(folder="minimum_network", python="minimum_network", command="minimal", parts=("weights",)),
    Carried(
        folder="sparsest_spline",
        python="sparsest_spline",
        command="minimal",
        parts=tuple(part for part in PARTS if part != "logistic"),
        only=(("loss", "strictly convex"), ("hidden_bias", "yes, it must be; one feature")),
    ),
    Carried(folder="width_optimum", python="solve_width", command="width", parts=("weights",)),
    Carried(folder="classification", python="classify", command="classify", parts=("weights",)),
    Carried(folder="stationary_graph", python="stationary_graph", command="graph", parts=("weights",)),
    Carried(folder="descent_path", python="descent_path", command="descend", parts=("weights",)),
    Carried(folder="solution_path", python="solution_path", command="path", parts=("weights",)),
    Carried(folder="cross_validation", python="cross_validate", command="cross-validate", parts=("weights",)),
    Carried(folder="theorem", python="theorem", command="theorem", parts=("weights",)),
    Carried(folder="judgement", python="judge", command="judge", parts=tuple(PARTS), instead=False),
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


def require_served(command: str, options: Mapping[str, str]) -> None:
    """Raise InputError where a command does not serve the part of an option (``options``: spelled, with their parts).

    >>> require_served("set", {"--weights o": "weights"})
    >>> require_served("set", {"--loss hinge": "loss", "--weights o": "weights"})
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: --loss hinge: set serves the squared loss with row weights and without other parts only; \
solve takes it
    """
    entries = [entry for entry in CARRIES if entry.command.split()[0] == command]
    served = {part for entry in entries for part in entry.parts}
    parts = set(options.values())
    refused = [option for option, part in options.items() if part not in served]
    if entries and refused and served <= {"weights"}:
        words = f"with {PARTS['weights']} and without" if served else "without"
        raise InputError(
            f"{', '.join(refused)}: {command} serves the squared loss {words} other parts only; {_taken(parts, len(refused))}"
        )


def _who(parts: Iterable[str]) -> str:
    wanted = set(parts)
    free = [entry for entry in CARRIES if entry.instead and not wanted & set(dict(entry.only))]
    *others, last = [entry.python for entry in free if wanted <= set(entry.parts)]
    return f"{', '.join(others)} and {last} do" if others else f"{last} does"


def _taken(parts: set[str], count: int) -> str:
    """Say which command takes the options: bounds are proved of every loss, optima of those with pieces."""
    command = "solve --bound takes" if "logistic" in parts else "solve takes"
    return f"{command} {'it' if count == 1 else 'them'}"


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
        cells = " | ".join(map(entry.cell, PARTS))
        lines.append(f"| `{entry.python}` | `{entry.command}` | {cells} |")
    return "\n".join(lines) + "\n"
