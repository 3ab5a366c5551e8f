"""The problem of version 2: a loss, row weights, a linear part, and hidden biases beside the columns; see CERTIFICATE.md."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .document import Item, read_document
from .linear import dot
from .logistic import Logistic
from .piecewise import Loss, read_loss, read_weights, row_loss
from .problem import Problem, o1_problem, read_problem
from .quantities import ONE, ZERO, Matrix, Vector

PARTS = ("none", "free", "penalised")


@dataclass(frozen=True, slots=True)
class Extended:
    """Data and penalty, and what version 1 has not; a ridge is None for a part that is not there, 0 for one that is free."""

    base: Problem
    loss: Loss
    weights: tuple[Fraction, ...]
    hidden_bias: str
    bias_ridge: Fraction | None
    skip_ridge: Fraction | None

    @property
    def features(self) -> int:
        """Return the number of columns that the skip connection reads: all but a penalised hidden bias, the last one."""
        return len(self.base.X[0]) - (self.hidden_bias == "penalised")

    def columns(self) -> list[tuple[Vector, Fraction]]:
        """Return the columns of the linear part, each with its ridge."""
        found: list[tuple[Vector, Fraction]] = []
        if self.bias_ridge is not None:
            found.append(([ONE] * len(self.base.X), self.bias_ridge))
        if self.skip_ridge is not None:
            found += [([row[j] for row in self.base.X], self.skip_ridge) for j in range(self.features)]
        return found


@dataclass(frozen=True, slots=True)
class Weights:
    """A network: hidden weights, hidden biases, output weights, an output bias, a skip connection."""

    hidden: Matrix
    hidden_bias: Vector
    output: Vector
    output_bias: Fraction
    skip: Vector

    def fit(self, row: tuple[Fraction, ...]) -> Fraction:
        """Return the output for a row of X."""
        total = self.output_bias + (dot(self.skip, row) if self.skip else ZERO)
        for w, c, a in zip(self.hidden, self.hidden_bias, self.output, strict=True):
            total += a * max(ZERO, dot(w, row) + c)
        return total


def e1_extended(item: Item) -> Extended:
    """E1, the problem of version 2: O1, the loss, the weights, the parts, and that the minimum is attained."""
    names = ("X", "y", "penalty", "loss", "weights", "hidden_bias", "output_bias", "skip")
    table = dict(zip(names, item.fields(*names), strict=True))
    base = o1_problem(Item({name: table[name].value for name in names[:3]}, item.path))
    loss = read_loss(table["loss"])
    weights = read_weights(table["weights"], len(base.y))
    for name in names[5:]:
        if table[name].text() not in PARTS:
            raise table[name].reject('E1: "none", "free" or "penalised" is expected here')
    if loss.margin:
        for target, entry in zip(base.y, table["y"].entries(), strict=True):
            if abs(target) != 1:
                raise entry.reject("E1: a loss of the margin wants the labels -1 and 1")
    hidden, output, skip = (table[name].text() for name in names[5:])
    if hidden == "free" and output != "free":
        raise table["hidden_bias"].reject("E1: a free hidden bias needs a free output bias, or the minimum is not attained")
    if hidden == "penalised" and any(row[-1] != 1 for row in base.X):
        raise table["hidden_bias"].reject("E1: the last column of X is not that of a bias")
    ridge = {"none": None, "free": ZERO, "penalised": base.penalty}
    return Extended(base, loss, tuple(weights), hidden, ridge[output], ridge[skip])


def read_weights_of(problem: Extended, item: Item) -> Weights:
    """Read a network, which has only parts that the problem has."""
    hidden_item, biases_item, output_item, bias_item, skip_item = item.fields(
        "hidden", "hidden_bias", "output", "output_bias", "skip"
    )
    output, width = output_item.vector(), len(problem.base.X[0])
    hidden = [row.vector(width) for row in hidden_item.entries(len(output))]
    biases, bias = biases_item.vector(len(output)), bias_item.number()
    if any(biases) and problem.hidden_bias != "free":
        raise biases_item.reject("B3: the hidden neurons of this problem have no bias beside the columns")
    if bias and problem.bias_ridge is None:
        raise bias_item.reject("B3: this problem has no output bias")
    skip = skip_item.vector(width) if skip_item.entries() else []
    if any(skip) and problem.skip_ridge is None:
        raise skip_item.reject("B3: this problem has no skip connection")
    if any(skip[problem.features :]):
        raise skip_item.reject("B3: the skip connection does not read the column of the bias")
    return Weights(hidden, biases, output, bias, skip)


def objective(problem: Extended, network: Weights) -> Fraction:
    """Return the objective of a network; for the logistic loss a number above it."""
    rows = zip(problem.base.X, problem.base.y, problem.weights, strict=True)
    total = sum((row_loss(problem.loss, y, o, network.fit(row)) for row, y, o in rows), ZERO)
    squares = sum((dot(w, w) for w in network.hidden), ZERO) + dot(network.output, network.output)
    total += problem.base.penalty * squares / 2
    total += (problem.bias_ridge or ZERO) * network.output_bias**2 / 2
    return total + (problem.skip_ridge or ZERO) * dot(network.skip, network.skip) / 2


def objective_under(problem: Extended, network: Weights) -> Fraction:
    """Return the objective of a network; for the logistic loss a number below it."""
    value, loss = objective(problem, network), problem.loss
    if isinstance(loss, Logistic):
        rows = zip(problem.base.X, problem.base.y, problem.weights, strict=True)
        margins = [(weight, target * network.fit(row)) for row, target, weight in rows]
        value -= sum((weight * (loss.at(margin) - loss.under(margin)) for weight, margin in margins), ZERO)
    return value


def described(problem: Extended) -> str:
    """Say in words what a problem of version 2 is."""
    parts = [
        problem.loss.described(),
        f"hidden bias {problem.hidden_bias}",
        f"output bias {word(problem.bias_ridge)}",
        f"skip connection {word(problem.skip_ridge)}",
        "row weights" if any(weight != 1 for weight in problem.weights) else "all row weights 1",
    ]
    return "; ".join(parts)


def word(ridge: Fraction | None) -> str:
    """Return the word of a part."""
    return "none" if ridge is None else "penalised" if ridge else "free"


def asked_problem(text: str | bytes) -> Problem | Extended:
    """Read a problem file: ``{"X", "y", "penalty"}``, or with the keys of version 2, then in the spelling of a certificate."""
    item = read_document(text)
    return e1_extended(item) if "loss" in item.table() else read_problem(text)
