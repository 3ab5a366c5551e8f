"""The options that say which problem is meant beside data and penalty: loss, biases, skip connection, weights of the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from inspect import Parameter
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import InputError
from reluexact.terminal import completion

if TYPE_CHECKING:
    from fractions import Fraction

    from reluexact.model.dataset import Dataset
    from reluexact.model.files.stated import Stated
    from reluexact.model.problem import Problem
    from reluexact.numbers.types import Vector
    from reluexact.terminal.options import Source
    from reluexact.terminal.screen import Screen


class PartChoice(StrEnum):
    """What a part of the problem costs."""

    NONE = "none"
    FREE = "free"
    PENALISED = "penalised"


Loss = Annotated[
    str,
    typer.Option(
        metavar="LOSS",
        help="squared, absolute, huber(D), quantile(T), epsilon_insensitive(E), hinge, squared_hinge, logistic (labels -1, 1).",
        autocompletion=completion.losses,
    ),
]
HiddenBias = Annotated[PartChoice, typer.Option(help="A bias of each neuron; penalised is --bias.")]
OutputBias = Annotated[PartChoice, typer.Option(help="A bias of the output.")]
Skip = Annotated[PartChoice, typer.Option(help="A linear function of the features, added to the output.")]
Weights = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Column of a csv file with a weight > 0 for each row. [default: all 1]",
        autocompletion=completion.columns,
    ),
]

OPTIONS = {
    "loss": (Loss, "squared"),
    "hidden_bias": (HiddenBias, PartChoice.NONE),
    "output_bias": (OutputBias, PartChoice.NONE),
    "skip": (Skip, PartChoice.NONE),
    "weights": (Weights, None),
}
"""The name of each option in Python, its type and its default: those of today's short form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The options as they stand on the command line."""

    loss: str = "squared"
    hidden_bias: str = "none"
    output_bias: str = "none"
    skip: str = "none"
    weights: str | None = None
    said: tuple[str, ...] = ()
    """The names of those that stand on the command line, the defaults included."""
    require: Callable[[Mapping[str, str]], None] | None = field(default=None, compare=False)
    """Refuses what the command does not serve of the parts that a file states."""

    @property
    def given(self) -> dict[str, str]:
        """Return the options that differ from today's short form, as they are spelled, each with the part that it asks for.

        The parts are those of :mod:`reluexact.kinds.carries`; a penalised hidden bias is none.

        >>> Parts(loss="hinge", skip="free", hidden_bias="penalised").given
        {'--loss hinge': 'loss', '--skip free': 'free'}
        """
        found = {}
        for name, (_, default) in OPTIONS.items():
            value = getattr(self, name)
            if value != default and (name, value) != ("hidden_bias", "penalised"):
                found[f"--{name.replace('_', '-')} {value}"] = (
                    str(value) if name in ("output_bias", "skip") or value == "logistic" else name
                )
        return found

    def problem(self, screen: Screen, source: Source, penalty: str | None) -> Problem:
        """Return the problem; ``penalty``: as on the command line, None for that of the file.

        The bias column is that of ``--bias`` or of ``--hidden-bias penalised``. Loss and parts are those of the file, where it
        states any: then the options are refused.
        """
        from dataclasses import replace

        from reluexact.model.problem import Problem

        bias = source.bias or self.hidden_bias == PartChoice.PENALISED
        weights: Vector | None = None
        if self.weights is None:
            data, weight, stated = replace(source, bias=bias).read_problem(screen, penalty)
            if stated is not None:
                self._require_silent(source, stated)
                return Problem(data, weight, **stated.as_arguments())
        else:
            data, weight, weights = weighted(screen, replace(source, bias=False), penalty, self.weights, bias=bias)
        return Problem(data, weight, self.loss, str(self.output_bias), str(self.hidden_bias), str(self.skip), weights)

    def _require_silent(self, source: Source, stated: Stated) -> None:
        """Raise InputError for options beside what the file states, and where the command does not serve it."""
        if self.said:
            options = ", ".join(f"--{name.replace('_', '-')}" for name in self.said)
            raise InputError(f"{options}: {source.name} states loss and parts of its problem already; leave it out")
        if self.require is not None:
            loss = stated.loss if isinstance(stated.loss, str) else "piecewise"
            weights = "of the file" if stated.weights else None
            parts = Parts(
                loss=loss, hidden_bias=stated.hidden_bias, output_bias=stated.output_bias, skip=stated.skip, weights=weights
            )
            self.require(parts.given)


SHORT_FORM = Parts()
"""Today's short form: no option is given."""


def weighted(screen: Screen, source: Source, penalty: str | None, column: str, *, bias: bool) -> tuple[Dataset, Fraction, Vector]:
    """Return data without the column of the weights, the penalty, and the weights; all are read at once, row by row."""
    from dataclasses import replace

    from reluexact.model.dataset import Dataset
    from reluexact.terminal.options import column_names

    kind = (source.reading.format if source.reading else None) or source.file.suffix.lower().removeprefix(".")
    if kind in {"json", "npz"}:
        raise InputError(f"--weights: {source.name} has no columns with names; write the data as csv, or use rx.Problem")
    features, target = column_names(source.features), source.target
    if features is not None and column in features:
        raise InputError(f"--weights: {column!r} is a feature and the weight; name it once")
    if features is not None and target is None:
        raise InputError("--weights: with --features name the --target, too")
    if target == column:
        raise InputError(f"--weights: {column!r} is the target and the weight; name another column")
    known = None if features is None else ",".join('"' + name.replace('"', '""') + '"' for name in (*features, str(target)))
    table, weight, _ = replace(source, target=column, features=known).unheeded(penalty)
    names = list(table.names)
    place = len(names) - 1 if target is None else names.index(target) if target in names else None
    if place is None:
        raise InputError(f"--target: {target!r} is not a column of {source.name}; it has {', '.join(map(repr, names))}")
    if len(names) < 2:
        raise InputError(f"--weights: beside {column!r} a feature and a target are needed; {source.name} has {len(names)} column")
    others = [j for j in range(len(names)) if j != place]
    data = Dataset(
        [[row[j] for j in others] for row in table.X],
        [row[place] for row in table.X],
        bias,
        names=[names[j] for j in others],
        target_name=names[place],
    )
    of_the_numbers = Dataset(table.X, table.y, names=names, target_name=column).remarks
    screen.heed([*(text for text in table.remarks if text not in of_the_numbers), *data.remarks])
    return data, weight, table.y


def parameters() -> list[Parameter]:
    """Return the options as parameters of a function, for the signature of a command."""
    return [
        Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in OPTIONS.items()
    ]
