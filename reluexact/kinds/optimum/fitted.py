"""What the optima of all problems offer: how good the fit is, predictions, a picture, a file."""

from __future__ import annotations

from fractions import Fraction
from os import PathLike
from typing import TYPE_CHECKING, Literal, overload

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.model.entries import matrix
from reluexact.numbers.combination import combination
from reluexact.numbers.counts import counted
from reluexact.numbers.real import Real
from reluexact.public import Formula, Pictured, Tabular, public

if TYPE_CHECKING:
    from reluexact.evidence.neuron import Neuron
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.dataset import Dataset
    from reluexact.model.network import Network
    from reluexact.numbers.rational import Floats
    from reluexact.numbers.types import Rationals, Vector


class Fitted(Tabular, Formula, Pictured):
    """An optimum, or what is known of one: a claim with data, status, value, upper bound, neurons and a network."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def data(self) -> Dataset:
            """Return the data."""

        @property
        def penalty(self) -> Fraction:
            """Return the penalty."""

        @property
        def status(self) -> Status:
            """Return PROVED or UNDECIDED."""

        @property
        def reason(self) -> str:
            """Return why it is UNDECIDED."""

        @property
        def value(self) -> Real:
            """Return the optimal value."""

        @property
        def digits(self) -> int:
            """Return the decimals of the value that are proved at once."""

        @property
        def lower(self) -> Fraction:
            """Return a lower bound."""

        @property
        def upper(self) -> Fraction:
            """Return the objective of the network."""

        @property
        def neurons(self) -> tuple[Neuron, ...]:
            """Return the optimal neurons."""

        @property
        def network(self) -> Network | BiasedNetwork:
            """Return the rational network."""

        @property
        def loss(self) -> Real:
            """Return the loss part of the value."""

        @property
        def spread(self) -> Fraction | None:
            """Return what R^2 compares twice the loss with; None where there is no R^2."""

    @property
    def r_squared(self) -> Real | None:
        """Return R^2 of the fit, ``1 - sum o_i (f_i - y_i)^2 / sum o_i (y_i - mean)^2``, o_i the weights of the rows.

        None where all targets are equal, and for other losses than the squared one.
        """
        spread = self.spread
        return combination([(Fraction(1), Real.rational(1)), (-2 / spread, self.loss)]) if spread else None

    @property
    def penalised(self) -> Real:
        """Return the penalty part of ``value``: ``penalty`` times the sum of the amounts |w| |a|, and that of a linear part."""
        value = self.value if self.status is Status.PROVED else Real.rational(self.upper)
        return combination([(Fraction(1), value), (Fraction(-1), self.loss)])

    @overload
    def predict(self, X: object, *, floats: Floats = None, as_floats: Literal[False] = False) -> Vector: ...
    @overload
    def predict(self, X: object, *, floats: Floats = None, as_floats: Literal[True]) -> tuple[float, ...]: ...
    def predict(self, X: object, *, floats: Floats = None, as_floats: bool = False) -> Vector | tuple[float, ...]:
        """Return the outputs of ``network`` for the rows of X; where the data has a bias, rows come without it (or with it).

        Where the fit is unique all optimal networks agree on the rows of the data; elsewhere they need not, and ``network`` is
        near one of them. The numbers are exact for it, as it is rational; as_floats: rounded to the nearest floats.

        >>> from reluexact import Dataset, Problem, solve
        >>> optimum = solve(Dataset(X=[[0], [1], [2]], y=[1, 1, 1], bias=True), penalty="1/10")
        >>> optimum.predict([[0], [5]], as_floats=True)
        (0.9193494255796796, 1.1561563516517075)
        >>> solve(Problem(Dataset(X=[[0], [1], [2]], y=[1, 1, 1]), 1, output_bias="free")).predict([[7]])
        (Fraction(1, 1),)
        """
        rows = matrix(X, "X", floats=floats)
        if rows and len(rows[0]) == self.data.d - 1 and not self.data.given.has_bias:
            raise InputError(
                f"X has {counted(len(rows[0]), 'column')}, but the data has {self.data.d} and no bias; give all columns"
            )
        return self.network.predict(rows, as_floats=True) if as_floats else self.network.predict(rows)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the certificate (kind ``optimum`` when PROVED, else ``bound``), whole or not at all."""
        public("save")(self, path)

    def __repr__(self) -> str:
        """Show what is known in one line."""
        what = counted(len(self.neurons), "optimal neuron") if self.status is Status.PROVED else self.reason
        return f"{type(self).__name__}({self.status.name}, value={self.value!r}, {what})"


def spread_of(targets: Rationals, weights: Rationals) -> Fraction:
    """Return ``sum o_i (y_i - mean)^2``, about the mean with the same weights.

    >>> spread_of([Fraction(1), Fraction(4)], [Fraction(2), Fraction(1)])
    Fraction(6, 1)
    """
    mean = sum((o * y for y, o in zip(targets, weights, strict=True)), Fraction(0)) / sum(weights, Fraction(0))
    return sum((o * (y - mean) ** 2 for y, o in zip(targets, weights, strict=True)), Fraction(0))
