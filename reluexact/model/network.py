"""Two-layer ReLU networks with exact weights, and the objective that this package minimises.

The scaling, stated here and nowhere else: for rows x_i (the rows of X), targets y and a penalty b > 0, a network with hidden
weights w_j and output weights a_j, j = 1..m, has the objective

    1/2 sum_i (sum_j a_j max(x_i.w_j, 0) - y_i)^2  +  b/2 sum_j (|w_j|^2 + a_j^2).

The factors 1/2 and b/2 here match the factors 1/2 and b of the convex program over sums of norms, because
(|w|^2 + a^2) / 2 >= |w| |a|, with equality for balanced neurons. There is no bias term: a column of ones in X is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import Literal, overload

from reluexact.errors import Argument, Cure, InputError, Message
from reluexact.model.dataset import FEW, SHORT, Dataset, require_dataset
from reluexact.model.entries import flat, matrix, vector, written
from reluexact.model.loss import SQUARED
from reluexact.model.misplaced import misplaced, network_of
from reluexact.model.network_files import KEYS, PLAIN, Parts, decoded, encoded, nearest_float
from reluexact.numbers.counts import counted, listed
from reluexact.numbers.linalg import dot
from reluexact.numbers.rational import Floats, format_fraction, to_penalty
from reluexact.numbers.types import Matrix, Vector
from reluexact.public import Formula, Tabular, public


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Network(Formula, Tabular):
    """Hidden weights (m x d) and output weights (m), all Fractions; m = 0 is the network that is zero everywhere.

    ``output`` may be a row (1 x m) or a column (m x 1), as other programs keep it; arrays and tensors are read, too.

    >>> network = Network(hidden=[[1], [-1]], output=[2, "1/2"])
    >>> network.predict([[3], [-4]])
    (Fraction(6, 1), Fraction(2, 1))
    >>> network.objective(Dataset([[3], [-4]], [6, 3]), penalty=1)
    Fraction(29, 8)
    >>> Network([[1]], [1, 2])
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: output has 2 entries but hidden has 1 row; give one output weight per hidden neuron
    """

    hidden: Matrix
    output: Vector

    def __init__(self, hidden: object, output: object, *, floats: Floats = None) -> None:
        rows, weights = matrix(hidden, "hidden", floats=floats), vector(flat(output), "output", floats=floats)
        if len(rows) != len(weights):
            outputs, neurons = counted(len(weights), "entry", "entries"), counted(len(rows), "row")
            raise InputError(f"output has {outputs} but hidden has {neurons}; give one output weight per hidden neuron")
        object.__setattr__(self, "hidden", rows)
        object.__setattr__(self, "output", weights)

    @property
    def width(self) -> int:
        """Return the number m of neurons."""
        return len(self.output)

    @overload
    def predict(self, X: object, *, floats: Floats = None, as_floats: Literal[False] = False) -> Vector: ...
    @overload
    def predict(self, X: object, *, floats: Floats = None, as_floats: Literal[True]) -> tuple[float, ...]: ...
    def predict(self, X: object, *, floats: Floats = None, as_floats: bool = False) -> Vector | tuple[float, ...]:
        """Return the exact outputs for the rows of X, each as long as a row of ``hidden``.

        Rows with one entry less get a 1 appended, as ``bias=True`` does for data. floats: which numbers floats of X stand for.
        as_floats: round the exact outputs to the nearest floats.
        """
        rows = matrix(X, "X", floats=floats)
        reads = len(self.hidden[0]) if self.hidden else 0
        if reads > 1 and rows and len(rows[0]) == reads - 1:
            rows = tuple((*row, Fraction(1)) for row in rows)
        values = self._values(rows)
        return nearest_floats(values) if as_floats else values

    def objective(self, data: Dataset, penalty: object, *, floats: Floats = None) -> Fraction:
        """Return the exact objective (module docstring) on the data for a penalty > 0."""
        require_dataset(data)
        weight = to_penalty(penalty, floats=floats)
        weights = [w for row in (*self.hidden, self.output) for w in row]
        return SQUARED.value(self._values(data.X), data.y) + weight * dot(weights, weights) / 2

    def to_lists(self) -> dict[str, list[list[str]] | list[str]]:
        """Return plain lists of texts, as a certificate has them.

        >>> Network([["0.5"]], [2]).to_lists()
        {'hidden': [['1/2']], 'output': ['2']}
        """
        hidden = [[format_fraction(w) for w in row] for row in self.hidden]
        return {"hidden": hidden, "output": [format_fraction(a) for a in self.output]}

    @classmethod
    def from_lists(cls, lists: Mapping[str, object], *, floats: Floats = None) -> Network:
        """Return the network of :meth:`to_lists`; exactly the keys ``hidden`` and ``output`` are expected.

        >>> Network.from_lists({"hidden": [["1/2"]], "output": ["2"]}) == Network([["0.5"]], [2])
        True
        """
        if not isinstance(lists, Mapping) or set(lists) != {"hidden", "output"}:
            raise InputError('network: give {"hidden": [[...], ...], "output": [...]} with exactly these two keys')
        return cls(lists["hidden"], lists["output"], floats=floats)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the network, whole or not at all, as .json or .csv (exact), or .npz where every weight is a float.

        InputError for another name, a weight that is no float in .npz (``network.rounded().save(path)`` writes the nearest
        ones), and a file that cannot be written.
        """
        public("save")(self, path)

    def rounded(self) -> Network:
        """Return the network whose weights are the floats nearest to those of this one: another network, near it.

        InputError for a weight that is beyond all floats.

        >>> network = Network([["1/2"]], ["1/3"])
        >>> network.rounded().hidden == network.hidden, network.rounded().output == (Fraction(1 / 3),) != network.output
        (True, True)
        """
        hidden = [[nearest_float(w, f"hidden[{j}][{k}]") for k, w in enumerate(row)] for j, row in enumerate(self.hidden)]
        output = [nearest_float(a, f"output[{j}]") for j, a in enumerate(self.output)]
        return Network(hidden, output, floats="binary")

    @classmethod
    def read(cls, path: str | PathLike[str], *, floats: Floats = None) -> Network:
        """Return the network that a .json, .csv or .npz file holds; what :meth:`save` wrote is read back as it was.

        A json file is ``{"hidden": [[...], ...], "output": [...]}``, or the result of ``solve --json``; numbers are taken exactly
        as they are written. A csv file has the columns w1, w2, ..., output and one line for each neuron. The floats of an npz
        file are the numbers that are stored, unless ``floats`` says otherwise.

        >>> import tempfile, pathlib
        >>> place = pathlib.Path(tempfile.mkdtemp()) / "network.csv"
        >>> Network([["1/3", 2]], [-1]).save(place)
        >>> place.read_text().split(), Network.read(place) == Network([["1/3", 2]], [-1])
        (['w1,w2,output', '1/3,2,-1'], True)
        """
        return cls.decoded(content_of(path), Path(path).name, floats=floats)

    @classmethod
    def decoded(cls, content: bytes, name: str, *, floats: Floats = None) -> Network:
        """Return the network of the content of a file; its name says what it holds."""
        parts, way = decoded(content, name, floats)
        try:
            _require_no_parts(parts, way)
            return cls(parts["hidden"], parts["output"], floats=way)
        except InputError as error:
            raise InputError(Message(f"{name}: ", error.message)) from None

    def __repr__(self) -> str:
        """Show a small network as it is made, others by their sizes and a digest of their weights."""
        if sum(map(len, self.hidden)) + self.width <= FEW:
            text = f"Network([{', '.join(map(written, self.hidden))}], {written(self.output)})"
            if len(text) <= SHORT:
                return text
        digest = sha256(encoded(self.hidden, self.output, "network.json")).hexdigest()
        inputs = counted(len(self.hidden[0]), "input") if self.hidden else "no inputs"
        return f"Network({counted(self.width, 'neuron')}, {inputs}; digest {digest[:12]})"

    def _values(self, rows: Matrix) -> Vector:
        """Return the outputs for rows that are as long as the network reads."""
        if self.hidden and rows and len(rows[0]) != len(self.hidden[0]):
            text = f"X has {counted(len(rows[0]), 'column')} but the network reads {len(self.hidden[0])}"
            raise InputError(Message(text, Cure("did you mean ", Argument("bias", True), "?")))
        return tuple(self._value(row) for row in rows)

    def _value(self, row: Vector) -> Fraction:
        inner = [dot(weights, row) for weights in self.hidden]
        return dot(self.output, [height if height.numerator > 0 else 0 for height in inner])


def content_of(path: str | PathLike[str]) -> bytes:
    """Return the content of the file of a network."""
    if not isinstance(path, str | PathLike):
        raise misplaced("path", path, "the name of a file", "write it as text or as a Path")
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{path}: cannot be read ({reason}); give the file of a network") from None


def _require_no_parts(parts: Parts, floats: Floats) -> None:
    """Raise InputError where a file has biases or a skip connection that are not zero."""
    beside = {key: [part] if key == "output_bias" else part for key, part in parts.items() if key not in PLAIN}
    used = [key for key in KEYS if key in beside and any(vector(beside[key], key, floats=floats))]
    if used:
        raise InputError(f"the network has {listed(used)}, which a Network has not; read it with BiasedNetwork.read")


def nearest_floats(values: Vector) -> tuple[float, ...]:
    """Return the nearest float of each number; InputError for one beyond their range.

    >>> nearest_floats((Fraction(1, 3),))
    (0.3333333333333333,)
    """
    try:
        return tuple(float(value) for value in values)
    except OverflowError:
        raise InputError("an output is beyond the range of floats; take the exact ones, or scale the data") from None


def require_network(network: object) -> Network:
    """Return a network that a caller gave, or say how to make one.

    >>> require_network([[1]])
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: network: a list is not a Network; make one with Network(hidden, output)
    """
    if not isinstance(network, Network):
        raise misplaced("network", network, "a Network", *network_of(network))
    return network


def as_network(network: object, floats: Floats) -> object:
    """Return the network of a pair (hidden, output); anything else as it is.

    >>> as_network(([[1]], ["1/2"]), None)
    Network([[1]], ['1/2'])
    """
    if isinstance(network, Sequence) and len(network) == 2 and not isinstance(network, str):
        return Network(network[0], network[1], floats=floats)
    return network
