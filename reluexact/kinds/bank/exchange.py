"""Instances for other programs: as JSON (exact), CSV (the table, exact) and NPZ (the nearest floats)."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from reluexact.certificates.problems import problem_entry
from reluexact.kinds.bank.instance import BankInstance
from reluexact.model.network import nearest_floats
from reluexact.model.problem import NONE, PENALISED
from reluexact.numbers.arrays import numpy
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.real import Real

if TYPE_CHECKING:
    from reluexact.model.problem import Problem

DIGITS = 17


def facts(instance: BankInstance) -> dict[str, Any]:
    """Return what is known of an instance, numbers as text."""
    middle = (instance.low + instance.high) / 2
    return {
        "name": instance.name,
        "group": instance.group,
        "about": instance.about,
        "rows": instance.rows,
        "features": instance.features,
        "parts": list(instance.parts),
        "minimum": {
            "low": format_fraction(instance.low),
            "high": format_fraction(instance.high),
            "decimal": Real.rational(middle).decimal(DIGITS),
        },
        "dimension": instance.dimension,
        "fewest": instance.fewest,
    }


def statement(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON: exact numbers as text, the loss by its name.

    >>> from reluexact.kinds.bank.archive import problem_of
    >>> statement(problem_of("hat"))["X"], statement(problem_of("hat"))["hidden_bias"]
    ([['-1', '1'], ['0', '1'], ['1', '1']], 'penalised')
    """
    return {**problem_entry(problem), "loss": problem.loss.name}


def as_json(instance: BankInstance) -> bytes:
    """Return an instance as one JSON object."""
    return (json.dumps({**facts(instance), "problem": statement(instance.problem)}, indent=1) + "\n").encode("ascii")


def as_csv(problem: Problem) -> bytes:
    """Return the table: features, target, weights if there are any; the bias column is a feature here."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    weights = problem.weights
    lines.writerow([*problem.data.names, problem.data.target_name, *(["weight"] if weights else [])])
    for i, (row, target) in enumerate(zip(problem.data.X, problem.data.y, strict=True)):
        entries = [*row, target, *([weights[i]] if weights else [])]
        lines.writerow([format_fraction(entry) for entry in entries])
    return text.getvalue().encode()


def options_of(problem: Problem) -> str:
    """Return the options by which commands read the table as this problem; its bias column is known by its name.

    >>> from reluexact.kinds.bank.archive import problem_of
    >>> options_of(problem_of("hat")), options_of(problem_of("toy-weights"))
    ('--penalty 1/10', '--penalty 1/10 --weights weight')
    """
    loss = problem.loss.name
    parts = (("hidden-bias", problem.hidden_bias), ("output-bias", problem.output_bias), ("skip", problem.skip))
    there = [f"--{name} {value}" for name, value in parts if value != NONE and (name, value) != ("hidden-bias", PENALISED)]
    said = [
        "--penalty",
        format_fraction(problem.penalty),
        *(["--loss", f"'{loss}'" if "(" in loss else loss] if loss != "squared" else []),
    ]
    return " ".join([*said, *there, *(["--weights weight"] if problem.weights else [])])


def as_npz(problem: Problem) -> bytes:
    """Return the arrays X, y, weights, penalty as the nearest floats, and the parts as text."""
    np = numpy()
    buffer = io.BytesIO()
    weights = problem.weights or (Fraction(1),) * problem.data.n
    arrays: dict[str, Any] = {
        "X": np.array([nearest_floats(row) for row in problem.data.X]),
        "y": np.array(nearest_floats(problem.data.y)),
        "weights": np.array(nearest_floats(weights)),
        "penalty": np.array(nearest_floats((problem.penalty,))[0]),
    }
    for name in ("loss", "hidden_bias", "output_bias", "skip"):
        arrays[name] = np.array(statement(problem)[name])
    np.savez(buffer, **arrays)
    return buffer.getvalue()
