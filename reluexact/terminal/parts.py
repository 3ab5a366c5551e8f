"""The options that say which problem is meant beside data and penalty: loss, biases, skip connection, weights of the rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from inspect import Parameter
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import InputError

if TYPE_CHECKING:
    from reluexact.model.problem import Problem
    from reluexact.numbers.types import Vector
    from reluexact.terminal.options import Source


class PartChoice(StrEnum):
    """What a part of the problem costs."""

    NONE = "none"
    FREE = "free"
    PENALISED = "penalised"


Loss = Annotated[
    str,
    typer.Option(
        metavar="LOSS",
        help="squared, absolute, huber(D), quantile(T), epsilon_insensitive(E), hinge or squared_hinge (labels -1 and 1).",
    ),
]
HiddenBias = Annotated[PartChoice, typer.Option(help="A bias of each neuron; penalised is --bias.")]
OutputBias = Annotated[PartChoice, typer.Option(help="A bias of the output.")]
Skip = Annotated[PartChoice, typer.Option(help="A linear function of the features, added to the output.")]
Weights = Annotated[
    str | None, typer.Option(metavar="NAME", help="Column of a csv file with a weight > 0 for each row. [default: all 1]")
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

    @property
    def given(self) -> tuple[str, ...]:
        """Return the options that differ from today's short form, as they are spelled; a penalised hidden bias does not."""
        found = []
        for name, (_, default) in OPTIONS.items():
            value = getattr(self, name)
            if value != default and (name, value) != ("hidden_bias", "penalised"):
                found.append(f"--{name.replace('_', '-')} {value}")
        return tuple(found)

    def problem(self, source: Source, penalty: str | None) -> Problem:
        """Return the problem; ``penalty``: as on the command line, None for that of the file.

        The bias column is that of ``--bias`` or of ``--hidden-bias penalised``.
        """
        from dataclasses import replace

        from reluexact.model.problem import Problem

        weights: Vector | None = None
        if self.weights is not None:
            source, weights = weighted(source, self.weights)
        data, weight = replace(source, bias=source.bias or self.hidden_bias == PartChoice.PENALISED).read_with_penalty(penalty)
        hidden = str(self.hidden_bias)
        return Problem(data, weight, self.loss, str(self.output_bias), hidden, str(self.skip), weights)


SHORT_FORM = Parts()
"""Today's short form: no option is given."""


def weighted(source: Source, column: str) -> tuple[Source, Vector]:
    """Return the source without the column of the weights, and the weights."""
    from dataclasses import replace

    from reluexact.model.readers import read_table
    from reluexact.terminal.options import column_names

    if source.file.suffix.lower() in {".json", ".npz"}:
        raise InputError(f"--weights: {source.file.name} has no columns with names; write the data as csv, or use rx.Problem")
    features = column_names(source.features)
    known = features if source.target is None else (source.target,)
    table = read_table(source.file, target=column, features=known if source.target is not None else None)
    others = table.names or ()
    target = others[-1] if source.target is None else source.target
    if features is not None and column in features:
        raise InputError(f"--weights: {column!r} is a feature and the weight; name it once")
    if features is None:
        names = read_table(source.file, target=column).names or ()
        features = tuple(name for name in names if name != target)
    quoted = ",".join('"' + name.replace('"', '""') + '"' for name in features)
    return replace(source, target=target, features=quoted), table.y


def parameters() -> list[Parameter]:
    """Return the options as parameters of a function, for the signature of a command."""
    return [
        Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in OPTIONS.items()
    ]
