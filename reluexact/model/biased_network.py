"""Networks with everything that a problem may have: hidden biases, an output bias, a skip connection; all weights exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from operator import mul
from os import PathLike
from pathlib import Path
from typing import Literal, overload

from reluexact.errors import Argument, InputError, Message
from reluexact.model.biased_files import encoded_parts
from reluexact.model.dataset import FEW, SHORT
from reluexact.model.entries import matrix, vector, written
from reluexact.model.network import Network, content_of, nearest_floats
from reluexact.model.network_files import KEYS, decoded, nearest_float
from reluexact.numbers.counts import counted
from reluexact.numbers.linalg import dot
from reluexact.numbers.rational import Floats, format_fraction, to_fraction
from reluexact.numbers.types import Matrix, Vector
from reluexact.numbers.whole import whole
from reluexact.public import Formula, Tabular, public

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class BiasedNetwork(Formula, Tabular):
    """``f(x) = sum_j output_j (hidden_j.x + hidden_bias_j)+ + skip.x + output_bias``.

    hidden: m x d; hidden_bias and output: m; skip: d entries, or none for no skip connection. Parts that are left out are 0.
    A network of a problem whose hidden bias is penalised has it as the last column of hidden.

    >>> network = BiasedNetwork([[1]], [2], hidden_bias=["-1/2"], output_bias=1, skip=[-1])
    >>> network.predict([[0], [2]])
    (Fraction(1, 1), Fraction(2, 1))
    """

    hidden: Matrix
    output: Vector
    hidden_bias: Vector
    output_bias: Fraction
    skip: Vector

    def __init__(
        self,
        hidden: object,
        output: object,
        *,
        hidden_bias: object = (),
        output_bias: object = ZERO,
        skip: object = (),
        floats: Floats = None,
    ) -> None:
        plain = Network(hidden, output, floats=floats)
        biases, direct = vector(hidden_bias, "hidden_bias", floats=floats), vector(skip, "skip", floats=floats)
        if biases and len(biases) != plain.width:
            raise InputError(f"hidden_bias: {len(biases)} entries for {plain.width} hidden neurons; give one for each")
        if plain.hidden and direct and len(direct) != len(plain.hidden[0]):
            raise InputError(f"skip: {len(direct)} entries, but the hidden neurons read {len(plain.hidden[0])} columns")
        object.__setattr__(self, "hidden", plain.hidden)
        object.__setattr__(self, "output", plain.output)
        object.__setattr__(self, "hidden_bias", biases or (ZERO,) * plain.width)
        object.__setattr__(self, "output_bias", to_fraction(output_bias, where="output_bias", floats=floats))
        object.__setattr__(self, "skip", direct if any(direct) else ())

    @property
    def width(self) -> int:
        """Return the number m of hidden neurons."""
        return len(self.output)

    @property
    def inputs(self) -> int:
        """Return the number d of columns that the network reads; 0 for one that only has an output bias."""
        return len(self.hidden[0]) if self.hidden else len(self.skip)

    @overload
    def predict(self, X: object, *, floats: Floats = None, as_floats: Literal[False] = False) -> Vector: ...
    @overload
    def predict(self, X: object, *, floats: Floats = None, as_floats: Literal[True]) -> tuple[float, ...]: ...
    def predict(self, X: object, *, floats: Floats = None, as_floats: bool = False) -> Vector | tuple[float, ...]:
        """Return the exact outputs for the rows of X, each as long as a row of ``hidden`` and as ``skip``.

        Where no hidden bias stands beside the columns, rows with one entry less get a 1 appended, as ``Network.predict`` does.
        floats: which numbers floats of X stand for. as_floats: round the exact outputs to the nearest floats.
        """
        rows, reads = matrix(X, "X", floats=floats), self.inputs
        if reads > 1 and rows and len(rows[0]) == reads - 1 and not any(self.hidden_bias):
            rows = tuple((*row, Fraction(1)) for row in rows)
        if reads and rows and len(rows[0]) != reads:
            raise InputError(f"X has {counted(len(rows[0]), 'column')} but the network reads {reads}")
        values = self._values(rows)
        return nearest_floats(values) if as_floats else values

    def outputs(self, rows: Matrix) -> Vector:
        """Return the exact outputs for rows as they are: unlike :meth:`predict`, nothing is appended to short ones.

        >>> BiasedNetwork([[0, 2]], [2]).outputs(((Fraction(1), Fraction(1)),))
        (Fraction(4, 1),)
        """
        if self.inputs and rows and len(rows[0]) != self.inputs:
            text = f"network: it reads {counted(self.inputs, 'column')}, but the data has {len(rows[0])}; did you mean "
            raise InputError(Message(text, Argument("bias", True), "?"))
        return self._values(rows)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the network, whole or not at all, as .json or .csv (exact), or .npz where every weight is a float.

        InputError for another name, a weight that does not fit, and a file that cannot be written.
        """
        public("save")(self, path)

    def rounded(self) -> BiasedNetwork:
        """Return the network whose weights are the floats nearest to those of this one; see :meth:`Network.rounded`.

        >>> str(BiasedNetwork([["1/2"]], [1], output_bias="1/3").rounded().output_bias)
        '6004799503160661/18014398509481984'
        """
        plain = Network(self.hidden, self.output).rounded()
        return BiasedNetwork(
            plain.hidden,
            plain.output,
            hidden_bias=nearest_floats(self.hidden_bias),
            output_bias=nearest_float(self.output_bias, "output_bias"),
            skip=nearest_floats(self.skip),
            floats="binary",
        )

    @classmethod
    def read(cls, path: str | PathLike[str], *, floats: Floats = None) -> BiasedNetwork:
        """Return the network of a .json, .csv or .npz file; what :meth:`save` wrote is read back as it was.

        A json file has the keys of :meth:`to_lists`, or is the result of ``solve --json``; an npz file has these arrays. A csv
        file has the columns w1, w2, ..., hidden_bias, output and one line for each neuron; the line whose output is empty is the
        linear part, the skip connection followed by the output bias. Files of a Network are read, too.

        >>> import tempfile, pathlib
        >>> place = pathlib.Path(tempfile.mkdtemp()) / "network.csv"
        >>> network = BiasedNetwork([["1/3"]], [-1], hidden_bias=[2], output_bias="1/2", skip=[5])
        >>> network.save(place)
        >>> place.read_text().split(), BiasedNetwork.read(place) == network
        (['w1,hidden_bias,output', '1/3,2,-1', '5,1/2,'], True)
        """
        return cls.decoded(content_of(path), Path(path).name, floats=floats)

    @classmethod
    def decoded(cls, content: bytes, name: str, *, floats: Floats = None) -> BiasedNetwork:
        """Return the network of the content of a file; its name says what it holds."""
        parts, way = decoded(content, name, floats)
        try:
            return cls(floats=way, **parts)
        except InputError as error:
            raise InputError(Message(f"{name}: ", error.message)) from None

    def to_lists(self) -> dict[str, object]:
        """Return plain lists of texts, as a certificate has them.

        >>> BiasedNetwork([], [], output_bias="1/2").to_lists()
        {'hidden': [], 'hidden_bias': [], 'output': [], 'output_bias': '1/2', 'skip': []}
        """
        return {
            "hidden": [[format_fraction(w) for w in row] for row in self.hidden],
            "hidden_bias": [format_fraction(c) for c in self.hidden_bias],
            "output": [format_fraction(a) for a in self.output],
            "output_bias": format_fraction(self.output_bias),
            "skip": [format_fraction(g) for g in self.skip],
        }

    @classmethod
    def from_lists(cls, lists: Mapping[str, object], *, floats: Floats = None) -> BiasedNetwork:
        """Return the network of :meth:`to_lists`; exactly its keys are expected."""
        if not isinstance(lists, Mapping) or set(lists) != set(KEYS):
            raise InputError(f"network: give an object with exactly the keys {', '.join(KEYS)}")
        parts = {name: lists[name] for name in ("hidden_bias", "output_bias", "skip")}
        return cls(lists["hidden"], lists["output"], floats=floats, **parts)

    @classmethod
    def of(cls, network: Network) -> BiasedNetwork:
        """Return a network without biases in this form."""
        return cls(network.hidden, network.output)

    def without_parts(self) -> Network | None:
        """Return the network as one without biases and skip connection, None where it has one of these.

        >>> BiasedNetwork([[1]], [2]).without_parts(), BiasedNetwork([[1]], [2], output_bias=1).without_parts()
        (Network([[1]], [2]), None)
        """
        parts = any(self.hidden_bias) or self.output_bias or any(self.skip)
        return None if parts else Network(self.hidden, self.output)

    def __repr__(self) -> str:
        """Show a small network as it is made, others by their sizes and a digest of their weights."""
        if sum(map(len, self.hidden)) + 2 * self.width + len(self.skip) <= FEW:
            parts = [f"[{', '.join(map(written, self.hidden))}]", written(self.output)]
            parts += [f"hidden_bias={written(self.hidden_bias)}"] if any(self.hidden_bias) else []
            parts += [f"output_bias={written([self.output_bias])[1:-1]}"] if self.output_bias else []
            parts += [f"skip={written(self.skip)}"] if self.skip else []
            text = f"BiasedNetwork({', '.join(parts)})"
            if len(text) <= SHORT:
                return text
        digest = sha256(encoded_parts(self.to_lists(), "network.json")).hexdigest()
        inputs = counted(self.inputs, "input") if self.inputs else "no inputs"
        return f"BiasedNetwork({counted(self.width, 'neuron')}, {inputs}; digest {digest[:12]})"

    def _values(self, rows: Matrix) -> Vector:
        """Return the outputs for rows of the right length, in whole numbers as far as possible."""
        neurons = [whole((*weights, bias)) for weights, bias in zip(self.hidden, self.hidden_bias, strict=True)]
        outputs, unit = whole([a / scale for a, (_, scale) in zip(self.output, neurons, strict=True)])
        values = []
        for row in rows:
            entries, scale = whole((*row, ONE))
            heights = [sum(map(mul, weights, entries)) for weights, _ in neurons]
            through = sum(a * height for a, height in zip(outputs, heights, strict=True) if height > 0)
            direct = dot(self.skip, row) if self.skip else ZERO
            values.append(Fraction(through, unit * scale) + self.output_bias + direct)
        return tuple(values)
