"""Networks with everything that a problem may have: hidden biases, an output bias, a skip connection; all weights exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import InputError
from reluexact.model.entries import matrix, vector
from reluexact.model.network import Network
from reluexact.numbers.linalg import dot
from reluexact.numbers.rational import Floats, format_fraction, to_fraction
from reluexact.numbers.types import Matrix, Vector

ZERO = Fraction(0)
KEYS = ("hidden", "hidden_bias", "output", "output_bias", "skip")


@dataclass(frozen=True, slots=True, init=False)
class BiasedNetwork:
    """``f(x) = sum_j output_j (hidden_j.x + hidden_bias_j)+ + skip.x + output_bias``.

    hidden: m x d; hidden_bias and output: m; skip: d entries, or none for no skip connection. Parts that are left out are 0.

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

    def predict(self, X: object, *, floats: Floats = None) -> Vector:
        """Return the exact outputs for the rows of X, each as long as a row of ``hidden`` and as ``skip``."""
        rows = matrix(X, "X", floats=floats)
        reads = len(self.hidden[0]) if self.hidden else len(self.skip)
        if reads and rows and len(rows[0]) != reads:
            raise InputError(f"X has {len(rows[0])} columns but the network reads {reads}")
        return tuple(self._value(row) for row in rows)

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

    def _value(self, row: Vector) -> Fraction:
        inner = [dot(weights, row) + bias for weights, bias in zip(self.hidden, self.hidden_bias, strict=True)]
        through = dot(self.output, [height if height.numerator > 0 else 0 for height in inner])
        return through + self.output_bias + (dot(self.skip, row) if self.skip else ZERO)
