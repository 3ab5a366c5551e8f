"""The answers about one network, each with its witness; :mod:`reluexact.kinds.classification.find` says why they hold."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import LimitReached, Message
from reluexact.evidence.network import BoundEvidence
from reluexact.evidence.status import Status
from reluexact.evidence.tree import Tree
from reluexact.kinds.classification.claim import (
    Better,
    Blocked,
    Cell,
    Column,
    Descent,
    Gates,
    Piece,
    Pieces,
    Property,
    SubSampled,
    Violation,
)
from reluexact.kinds.classification.clarke import Nearest
from reluexact.kinds.classification.descent import GivenNetwork, descent, second_order, violation
from reluexact.kinds.classification.directional import steepest
from reluexact.kinds.classification.dual import Exceeded, feasible
from reluexact.kinds.classification.fan import inside
from reluexact.kinds.classification.neuron import Surroundings
from reluexact.kinds.classification.subsampled import column_of
from reluexact.model.network import Network
from reluexact.numbers.decimals import rounded_text
from reluexact.numbers.linalg import dot, primitive
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.types import Vector
from reluexact.prove.form import Form, exceeds

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a certificate shows about the global minimum.

    One of: the trees of both signs; a sign and a direction that exceeds the dual bound; a better network; the reason why it is
    open.
    """

    trees: tuple[Tree, Tree] | None = None
    sign: int = 1
    direction: Vector | None = None
    better: Network | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The network with its surroundings, and the nearest Clarke gradient of every neuron."""

    subject: GivenNetwork
    residual: Vector
    gradients: tuple[Nearest, ...]
    limit: int

    @property
    def zero_neurons(self) -> tuple[int, ...]:
        """Return the neurons with w = 0 and a = 0."""
        return tuple(one.index for one in self.subject.near if one.is_zero)

    @property
    def live(self) -> tuple[Surroundings, ...]:
        """Return the other neurons."""
        return tuple(one for one in self.subject.near if not one.is_zero)

    def clarke(self) -> Property:
        """Decide whether 0 is a Clarke subgradient."""
        if self._off_output() is not None or any(found.lower for found in self.gradients):
            return Property(status=Status.REFUTED, reason=self._pulled(), witness=self._gradient_descent())
        doubt = next((found.reason for found in self.gradients if found.upper), None)
        if doubt is not None:
            return Property(status=Status.UNDECIDED, reason=doubt)
        gates = self._gates()
        text = "0 is a Clarke subgradient"
        if gates.concave:
            copies = self.subject.data.copies
            places = dict.fromkeys((j, i if copies is None else copies.rows[i]) for j, i in gates.concave)
            where = ", ".join(f"neuron {j} on row {i}" for j, i in places)
            text += f"; fractional gates where the objective bends downwards: {where}"
        return Property(status=Status.PROVED, reason=text, witness=gates)

    def directional(self, clarke: Property) -> Property:
        """Decide whether a one-sided directional derivative is negative."""
        if clarke.status is Status.REFUTED:
            return Property(status=Status.REFUTED, reason=clarke.reason, witness=clarke.witness)
        pieces: list[Piece] = []
        doubt = None
        for one in self.live:
            try:
                found = steepest(one, self.limit)
            except LimitReached as stop:
                doubt = doubt or stop.message
                continue
            if found.square:
                witness = descent(self.subject, {one.index: (found.direction, ZERO)})
                reason = f"the objective falls when the weights of neuron {one.index} cross a wall: {_slope(witness)}"
                return Property(status=Status.REFUTED, reason=reason, witness=witness)
            pieces += found.pieces
        if doubt is not None:
            return Property(status=Status.UNDECIDED, reason=doubt)
        return Property(
            status=Status.PROVED, reason="no one-sided directional derivative is negative", witness=Pieces(pieces=tuple(pieces))
        )

    def sub_sampled(self, directional: Property) -> Property:
        """Decide whether the network is an optimum of the program of some columns."""
        if self._off_output() is not None or self._off_balance() is not None:
            return Property(status=Status.REFUTED, reason=self._pulled(), witness=directional.witness)
        columns: list[Column] = []
        doubt = None
        for one in self.live:
            try:
                found = column_of(one, self.limit)
            except LimitReached as stop:
                doubt = doubt or stop.message
                continue
            if isinstance(found, Blocked):
                reason = f"neuron {one.index} is optimal in no cell whose closure holds its weights"
                return Property(status=Status.REFUTED, reason=reason, witness=found)
            columns.append(found)
        if doubt is None:
            cells = "its own cells" if columns else "no columns"
            return Property(
                status=Status.PROVED, reason=f"optimum of the program of {cells}", witness=SubSampled(columns=tuple(columns))
            )
        if directional.status is Status.PROVED:
            return Property(status=Status.PROVED, reason="directionally stationary, so every choice of cells round it will do")
        return Property(status=Status.UNDECIDED, reason=doubt)

    def local_minimum(self, directional: Property, best: Property) -> Property:
        """Decide whether a network of the same width nearby is better."""
        if best.status is Status.PROVED:
            return Property(status=Status.PROVED, reason="it is a global minimum", witness=best.witness)
        if directional.status is Status.REFUTED:
            return directional
        if self.zero_neurons and isinstance(best.witness, Violation):
            found, slot = best.witness, self.zero_neurons[0]
            witness = second_order(self.subject, slot, found.sign, found.direction, found.value)
            text = f"the zero neuron {slot} lowers the objective at second order"
            return Property(status=Status.REFUTED, reason=text, witness=witness)
        if self.zero_neurons:
            return Property(status=Status.UNDECIDED, reason=best.reason)
        if directional.status is Status.UNDECIDED:
            return directional
        text = "directionally stationary without zero neurons: the objective is convex on each product of cells round it"
        return Property(status=Status.PROVED, reason=text, witness=directional.witness)

    def global_minimum(self, directional: Property, shown: Shown | None = None) -> Property:
        """Decide whether a network of any width is better; ``shown``: by what a certificate shows, without a search."""
        if directional.status is Status.REFUTED:
            return directional
        if self._off_output() is not None or self._off_balance() is not None:
            return Property(status=Status.UNDECIDED, reason=directional.reason)
        if shown is not None:
            return self._as_shown(shown)
        trees = []
        for sign in (1, -1):
            form = self._form(sign)
            try:
                found = feasible(form, self.subject.penalty, limit=self.limit)
            except LimitReached as stop:
                return Property(status=Status.UNDECIDED, reason=stop.message)
            except OverflowError:
                return Property(status=Status.UNDECIDED, reason="the numbers are beyond the range of floats; scale the data")
            if isinstance(found, Exceeded):
                return self._exceeded(sign, found.direction)
            trees.append(found.tree)
        return self._feasible((trees[0], trees[1]))

    def _as_shown(self, shown: Shown) -> Property:
        """Take over what a certificate shows; a direction is tried, as its neuron may only look like the one that was meant."""
        if shown.trees is not None:
            return self._feasible(shown.trees)
        sign, direction = shown.sign, shown.direction
        if shown.better is not None and shown.better.width:
            sign, direction = (1 if shown.better.output[-1] > 0 else -1), tuple(map(Fraction, primitive(shown.better.hidden[-1])))
        if direction is not None and exceeds(self._form(sign), self.subject.penalty, direction):
            return self._exceeded(sign, direction)
        if shown.better is not None:
            return Property(status=Status.REFUTED, reason="another network is better", witness=Better(better=shown.better))
        return Property(status=Status.UNDECIDED, reason=shown.reason or Message("the certificate leaves it open"))

    def _form(self, sign: int) -> Form:
        return Form.of(self.subject.data.hyperplanes, self.residual, sign, dimension=self.subject.data.d)

    def _exceeded(self, sign: int, direction: Vector) -> Property:
        witness = violation(self.subject, sign, direction, self._form(sign).value(direction))
        reason = "one more neuron lowers the objective: its direction exceeds the dual bound"
        return Property(status=Status.REFUTED, reason=reason, witness=witness)

    def _feasible(self, trees: tuple[Tree, Tree]) -> Property:
        evidence = BoundEvidence(residual=self.residual, positive=trees[0], negative=trees[1])
        reason = "its residual is dual feasible, with the objective as its dual value"
        return Property(status=Status.PROVED, reason=reason, witness=evidence)

    def _off_output(self) -> Surroundings | None:
        return next((one for one in self.subject.near if one.output_slope), None)

    def _off_balance(self) -> Surroundings | None:
        return next((one for one in self.subject.near if dot(one.weights, one.weights) != one.amount**2), None)

    def _pulled(self) -> str:
        """Say which neuron shows most plainly that the network is not stationary."""
        unbalanced = self._off_balance()
        if unbalanced is not None:
            excess = dot(unbalanced.weights, unbalanced.weights) - unbalanced.amount**2
            return f"neuron {unbalanced.index} is not balanced: |w|^2 - a^2 = {_short(excess)}"
        off = self._off_output()
        if off is not None:
            return f"the derivative for the output weight of neuron {off.index} is {_short(off.output_slope)}, not 0"
        index = next(j for j, found in enumerate(self.gradients) if found.lower)
        return f"no gates make the derivative for the hidden weights of neuron {index} vanish"

    def _gradient_descent(self) -> Descent:
        """Go against the shortest Clarke subgradient, all neurons at once."""
        pairs = zip(self.subject.near, self.gradients, strict=True)
        return descent(self.subject, {one.index: (found.vector, -one.output_slope) for one, found in pairs})

    def _gates(self) -> Gates:
        gates, concave, parts = [], [], []
        for one, found in zip(self.subject.near, self.gradients, strict=True):
            values = () if one.is_zero else one.row_values(found.gates)
            gates.append(values)
            for row, hyperplane in zip(one.touching, one.hyperplanes.hyperplane_of, strict=True):
                if values and hyperplane is not None and one.pull.kinks[hyperplane] > 0 and 0 < values[row] < 1:
                    concave.append((one.index, row))
            bending = [hyperplane for hyperplane, kink in enumerate(one.pull.kinks) if kink]
            for sides, share in found.cells:
                point = inside(one, dict(zip(bending, sides, strict=True)))
                parts.append(Cell(neuron=one.index, share=share, inside=point))
        return Gates(gates=tuple(gates), concave=tuple(concave), cells=tuple(parts))


def _slope(witness: Descent) -> str:
    return f"derivative {_short(witness.derivative)}"


def _short(value: Fraction) -> str:
    """Write a number for people: exactly when it is short, else with 6 digits."""
    return format_fraction(value) if max(abs(value.numerator), value.denominator) < 10**12 else rounded_text(value, 6)
