"""What one neuron of a network feels: the one-sided derivative of the objective as a function of the move of its weights.

Along (h, c) for the weights (w, a) of one neuron the objective has the one-sided derivative ``output_slope c - pull(h)`` with

    output_slope = b a - r.(Xw)+,    pull(h) = (a sum_{x_i.w > 0} r_i x_i - b w).h + a sum_{x_i.w = 0} r_i (x_i.h)+,

and these add up over the neurons. The network is stationary in the sense at hand when every pull is at most 0 in that sense.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.geometry.hyperplanes import Hyperplanes, hyperplanes
from reluexact.geometry.signs import Signs, signs_of, zeros
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network
from reluexact.numbers.linalg import dot, rank
from reluexact.numbers.types import Vector
from reluexact.prove.form import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """One neuron and what pulls it.

    gate: the sign of x_i.w per row. touching: the rows with x_i.w = 0. hyperplanes: the hyperplanes of these rows. pull: the form
    above.
    """

    index: int
    weights: Vector
    amount: Fraction
    gate: Signs
    touching: tuple[int, ...]
    hyperplanes: Hyperplanes
    pull: Form
    output_slope: Fraction

    @property
    def is_zero(self) -> bool:
        """Say whether w = 0 and a = 0."""
        return not self.amount and not any(self.weights)

    @property
    def sign(self) -> int:
        """Return the sign of a, 1 for 0."""
        return -1 if self.amount < 0 else 1

    @property
    def independent(self) -> bool:
        """Say whether the normals of the hyperplanes are linearly independent."""
        return rank(self.pull.normals) == len(self.pull.normals)

    def hyperplane_row(self, hyperplane: int) -> int:
        """Return the row of the data whose normal names a hyperplane."""
        return self.touching[self.hyperplanes.rows[hyperplane]]

    def row_values(self, on: Vector) -> Vector:
        """Turn a gate in [0, 1] per hyperplane into a gate per row of the data; rows of zeros have gate 1."""
        values = [Fraction(int(gate > 0)) for gate in self.gate]
        for row, hyperplane, factor in zip(self.touching, self.hyperplanes.hyperplane_of, self.hyperplanes.factor, strict=True):
            values[row] = Fraction(1) if hyperplane is None else on[hyperplane] if factor > 0 else 1 - on[hyperplane]
        return tuple(values)


def surroundings(network: Network, data: Dataset, penalty: Fraction, residual: Vector) -> tuple[Surroundings, ...]:
    """Return the surroundings of every neuron.

    >>> one, two, zero = Fraction(1), Fraction(2), Fraction(0)
    >>> data = Dataset([[0, 1], [1, -1]], [2, 2])
    >>> near = surroundings(Network([[1, 0]], [1]), data, one, (two, one))[0]
    >>> near.touching, near.pull.value((zero, one)), near.pull.value((zero, -one)), near.output_slope
    ((0,), Fraction(1, 1), Fraction(1, 1), Fraction(0, 1))
    """
    return tuple(_surroundings(network, data, penalty, residual, j) for j in range(network.width))


def _surroundings(network: Network, data: Dataset, penalty: Fraction, residual: Vector, index: int) -> Surroundings:
    weights, amount = network.hidden[index], network.output[index]
    products = [dot(row, weights) for row in data.X]
    gate = signs_of(products)
    on = [i for i, value in enumerate(gate) if value > 0]
    touching = zeros(gate)
    found = hyperplanes(tuple(data.X[i] for i in touching))
    bend = Form.of(found, tuple(amount * residual[i] for i in touching), 1, dimension=data.d)
    linear = [base - penalty * w for base, w in zip(bend.linear, weights, strict=True)]
    for i in on:
        factor = amount * residual[i]
        linear = [a + factor * b for a, b in zip(linear, data.X[i], strict=True)]
    slope = penalty * amount - sum((residual[i] * products[i] for i in on), Fraction(0))
    return Surroundings(
        index=index,
        weights=weights,
        amount=amount,
        gate=gate,
        touching=touching,
        hyperplanes=found,
        pull=Form(normals=bend.normals, kinks=bend.kinks, linear=tuple(linear)),
        output_slope=slope,
    )
