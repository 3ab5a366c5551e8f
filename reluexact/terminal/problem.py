"""What every command shows of its problem: data, penalty, and bounds of the optimal value."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from reluexact.numbers.rational import format_fraction
from reluexact.terminal.text import exact, magnitude, plural, printable, rounded

if TYPE_CHECKING:
    from reluexact.model.dataset import Dataset
    from reluexact.model.losses import Loss
    from reluexact.model.problem import Problem

PLACES = 8
"""Decimals of directions and amounts in tables; the JSON output has the exact bounds."""


def data_pairs(data: Dataset, penalty: Fraction, name: str) -> list[tuple[str, str]]:
    """Say what the problem is."""
    pairs = [("data", named_data(data, name)), ("penalty", exact(penalty) or format_fraction(penalty))]
    if data.copies is not None:
        pairs.append(("weights", f"of rows; certificates are about {plural(data.n, 'scaled row')} in their place"))
    return pairs


def named_data(data: Dataset, name: str) -> str:
    """Say on one line what data these are, after the name of their file, if there is one."""
    return f"{name}: {data_line(data)}" if name else data_line(data)


def data_line(data: Dataset) -> str:
    """Say how many rows there are, and how the columns are named."""
    return f"{plural(data.given.n, 'row')}; features {feature_names(data)}; target {printable(data.target_name)}"


def feature_names(data: Dataset) -> str:
    """Return the names of the features for a line of text: one that has a comma stands in quotes, as in ``--features``.

    >>> from reluexact.model.dataset import Dataset
    >>> feature_names(Dataset([[1, 2]], [3], names=["a", "width, in m"]))
    'a, "width, in m"'
    """
    names = map(printable, data.names)
    return ", ".join(f'"{name}"' if "," in name else name for name in names)


def data_json(data: Dataset) -> dict[str, object]:
    """Return what names the data in a JSON object; where rows have weights also the scaled copies that certificates are about."""
    given, copies = data.given, data.copies
    document = {"rows": given.n, "features": list(data.names), "target": data.target_name, "digest": given.digest}
    if copies is None:
        return document
    factors = [format_fraction(factor) for factor in copies.factors]
    scaled = {"rows": data.n, "row_of": list(copies.rows), "factors": factors, "digest": data.digest}
    return {**document, "weights": [format_fraction(weight) for weight in copies.weights], "scaled_copies": scaled}


def known_data(data: Dataset) -> str:
    """Say what is known of the optimal value without any work, for an interrupt."""
    from reluexact.model.loss import SQUARED  # a command that is not interrupted does without

    value = SQUARED.of_residual(data.y)
    return f"known so far: 0 <= optimal value <= {rounded(value, 6, ceil)} (the zero network)"


def known_problem(problem: Problem) -> str:
    """Say what is known of the optimal value of a problem without any work."""
    if problem.is_plain:
        return known_data(problem.data)
    value = problem.loss_value([Fraction(0)] * problem.data.n)
    return f"known so far: optimal value <= {rounded(value, 6, ceil)} (the zero network)"


def problem_pairs(problem: Problem, name: str) -> list[tuple[str, str]]:
    """Say what the problem is: data, penalty, and what is not as in today's short form."""
    words = [f"{part.replace('_', ' ')}" for part in problem.described()]
    plain = problem.is_plain
    return [*data_pairs(problem.data, problem.penalty, name), *([] if plain else [("problem", ", ".join(words))])]


def problem_json(problem: Problem) -> dict[str, object]:
    """Return what is not data or penalty in a JSON object."""
    return {
        "loss": _loss_json(problem.loss),
        "hidden_bias": problem.hidden_bias,
        "output_bias": problem.output_bias,
        "skip": problem.skip,
        "weights": None if problem.weights is None else [format_fraction(weight) for weight in problem.weights],
    }


def _loss_json(loss: Loss) -> dict[str, object]:
    from reluexact.model.logistic import Logistic

    shown: dict[str, object] = {"name": loss.name, "of": loss.of}
    if isinstance(loss, Logistic):
        return shown
    pieces = [[format_fraction(entry) for entry in piece] for piece in loss.pieces]
    return shown | {"breakpoints": [format_fraction(point) for point in loss.breakpoints], "pieces": pieces}


def bounds_pairs(lower: Fraction, upper: Fraction, places: int) -> list[tuple[str, str]]:
    """Return proved bounds of the optimal value, rounded outwards."""
    gap = (upper - lower) / upper if upper else upper
    return [
        ("lower", f"{rounded(lower, places, floor)} <= optimal value"),
        ("upper", f"{rounded(upper, places, ceil)} >= optimal value"),
        ("gap", f"{magnitude(gap)} (relative)"),
    ]
