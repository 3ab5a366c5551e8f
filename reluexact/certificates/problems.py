"""The problem of version 2 in certificates: written, and read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reluexact.certificates.document import Json, about_names, texts
from reluexact.certificates.reading import matrix, names_of, vector
from reluexact.errors import InputError
from reluexact.model.dataset import Dataset
from reluexact.model.labels import BIAS_NAME
from reluexact.model.losses import Loss, PiecewiseQuadratic, to_loss
from reluexact.model.problem import PENALISED, Problem
from reluexact.numbers.rational import format_fraction, parse_fraction, to_penalty


def problem_entry(problem: Problem) -> dict[str, object]:
    """Return the problem as a certificate of version 2 states it."""
    return {
        "X": [texts(row) for row in problem.data.X],
        "y": texts(problem.data.y),
        "penalty": format_fraction(problem.penalty),
        "loss": _loss_entry(problem.loss),
        "weights": texts(problem.weights or (1,) * problem.data.n),
        "hidden_bias": problem.hidden_bias,
        "output_bias": problem.output_bias,
        "skip": problem.skip,
    }


def _loss_entry(loss: Loss) -> dict[str, object]:
    if isinstance(loss, PiecewiseQuadratic):
        return {"of": loss.of, "breakpoints": texts(loss.breakpoints), "pieces": [texts(piece) for piece in loss.pieces]}
    return {"of": loss.of, "function": loss.name}


def _read_loss(entry: Mapping[str, Any]) -> Loss:
    if "function" in entry:
        return to_loss(entry["function"])
    return PiecewiseQuadratic(vector(entry["breakpoints"]), matrix(entry["pieces"]), entry["of"])


def make_extended_document(kind: str, problem: Problem, claim: Json, evidence: Json, produced_by: Mapping[str, str]) -> Json:
    """Return a certificate of version 2 as a JSON object."""
    return {
        "format": "reluexact-certificate",
        "version": 2,
        "statement": {"kind": kind, "problem": problem_entry(problem), "claim": claim},
        "evidence": evidence,
        "produced_by": dict(sorted({**about_names(problem.data), **produced_by}.items())),
    }


def read_extended_problem(entry: Mapping[str, Any], notes: Mapping[str, str]) -> Problem:
    """Return the problem of a certificate of version 2 that the checker has accepted.

    Names of columns are free text: whether the last column is a penalised bias is what the statement says.
    """
    X, y = matrix(entry["X"]), vector(entry["y"])
    bias = entry["hidden_bias"] == PENALISED
    try:
        *features, target = names_of(notes.get("names", ""), len(X[0]) + 1)
    except ValueError:
        features, target = [f"x{j + 1}" for j in range(len(X[0]))], "y"
    if (features[-1] == BIAS_NAME) is not bias:
        features = [BIAS_NAME if bias and j + 1 == len(X[0]) else f"x{j + 1}" for j in range(len(X[0]))]
    try:
        data = Dataset(X, y, names=features, target_name=target)
    except InputError:
        data = Dataset(X, y, names=[*(f"x{j + 1}" for j in range(len(X[0]) - 1)), BIAS_NAME if bias else f"x{len(X[0])}"])
    return Problem(
        data,
        to_penalty(parse_fraction(entry["penalty"])),
        _read_loss(entry["loss"]),
        entry["output_bias"],
        entry["hidden_bias"],
        entry["skip"],
        vector(entry["weights"]),
    )
