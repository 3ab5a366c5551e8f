"""The two layers of a network as other programs keep them, exactly, and the rows that they were trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from reluexact.errors import InputError
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.dataset import Dataset
from reluexact.model.entries import flat, matrix, vector
from reluexact.model.problem import PENALISED
from reluexact.numbers.counts import counted
from reluexact.numbers.rational import Floats
from reluexact.numbers.types import Matrix, Vector
from reluexact.trained.claim import Trained
from reluexact.trained.settings import meaning
from reluexact.trained.settings.losses import ONE_PER_CLASS


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Hidden weights (m x d) and output weights (m), and the biases of the layers; None for a layer that has none."""

    hidden: Matrix
    hidden_bias: Vector | None
    output: Vector
    output_bias: Fraction | None

    @property
    def inputs(self) -> int:
        """Return d; 0 for a network without neurons, which reads any number of columns."""
        return len(self.hidden[0]) if self.hidden else 0

    def network(self, *, bias_column: bool) -> BiasedNetwork:
        """Return the network; ``bias_column``: hidden biases are its last column of weights, as where they are penalised.

        >>> layers = Layers(hidden=((Fraction(1),),), hidden_bias=(Fraction(2),), output=(Fraction(3),), output_bias=None)
        >>> layers.network(bias_column=False), layers.network(bias_column=True)
        (BiasedNetwork([[1]], [3], hidden_bias=[2]), BiasedNetwork([[1, 2]], [3]))
        """
        hidden, beside = self.hidden, self.hidden_bias or ()
        if bias_column and beside:
            hidden, beside = tuple((*row, c) for row, c in zip(hidden, beside, strict=True)), ()
        return BiasedNetwork(hidden, self.output, hidden_bias=beside, output_bias=self.output_bias or 0)


def layers(first: Any, first_bias: Any, second: Any, second_bias: Any, *, inputs_first: bool) -> Layers:
    """Return the layers of arrays of floats, each the rational number that it is.

    inputs_first: the arrays are (inputs, outputs), as scikit-learn's and Keras'; else (outputs, inputs), as PyTorch's.
    InputError for shapes that do not fit together, and for more outputs than one.

    >>> layers([[1, 2]], [3, 4], [[5], [6]], None, inputs_first=True).hidden
    ((Fraction(1, 1),), (Fraction(2, 1),))
    """
    hidden, output = (
        matrix(part, name, floats="binary") for part, name in ((first, "hidden weights"), (second, "output weights"))
    )
    if not hidden or not output:
        raise InputError("the network has a layer without weights")
    if inputs_first:
        hidden, output = tuple(zip(*hidden, strict=True)), tuple(zip(*output, strict=True))
    if len(output) != 1:
        raise InputError(
            f"the network has {len(output)} outputs; networks with one output are judged here; of classes {ONE_PER_CLASS}"
        )
    if len(output[0]) != len(hidden):
        raise InputError(f"the output layer reads {counted(len(output[0]), 'neuron')}, but the hidden layer has {len(hidden)}")
    beside = None if first_bias is None else vector(flat(first_bias), "hidden biases", floats="binary")
    last = None if second_bias is None else vector(flat(second_bias), "output bias", floats="binary")
    if beside is not None and len(beside) != len(hidden):
        raise InputError(f"the hidden layer has {len(hidden)} neurons and {counted(len(beside), 'bias', 'biases')}")
    if last is not None and len(last) != 1:
        raise InputError(f"the output layer has one output and {counted(len(last), 'bias', 'biases')}")
    return Layers(hidden=hidden, hidden_bias=beside, output=output[0], output_bias=last[0] if last else None)


def rows_of(X: object, y: object, floats: Floats) -> Dataset:
    """Return the data that a network was trained on: a Dataset, or X and y; targets may be a column (n, 1).

    >>> rows_of([[1], [2]], [[3], [4]], None).y
    (Fraction(3, 1), Fraction(4, 1))
    """
    if isinstance(X, Dataset):
        if y is not None:
            raise InputError("y: the Dataset has its targets already; leave y out")
        return X
    if y is None:
        raise InputError("y: give the targets beside X, or a Dataset")
    targets = flat(y)
    if getattr(targets, "ndim", 1) > 1 or (isinstance(targets, Sequence) and targets and isinstance(targets[0], list | tuple)):
        raise InputError("y: there are several targets; networks with one output are judged here, so give one column")
    return Dataset(X, targets, floats=floats)


def chosen(data: Dataset, rows: Sequence[int]) -> Dataset:
    """Return some rows of a data set."""
    X, y = [data.X[i] for i in rows], [data.y[i] for i in rows]
    return Dataset(X, y, names=data.names, target_name=data.target_name)


def trained(found: Layers, data: Dataset, trainer: str, says: str, *remarks: str, **settings: Any) -> Trained:
    """Return the network with the problem of its settings; ``says`` names the trainer, or is empty for the table's name."""
    if found.hidden and found.inputs != data.d:
        raise InputError(
            f"X has {counted(data.d, 'column')}, but the network reads {found.inputs}; give the X that it was trained on"
        )
    first, last = found.hidden_bias is not None, found.output_bias is not None
    means = meaning(data, trainer, hidden_bias=first, output_bias=last, **settings)
    network = found.network(bias_column=means.problem.hidden_bias == PENALISED)
    return Trained(
        network=network,
        problem=means.problem,
        constant=means.constant,
        trainer=says or means.trainer,
        remarks=(*means.remarks, *remarks),
    )
