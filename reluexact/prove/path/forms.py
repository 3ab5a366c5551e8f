"""Signs of linear forms in the residual over a whole segment, and the quantities that vanish at an end of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from reluexact.evidence.path import Segment, TightPlace, Vanishing
from reluexact.geometry.signs import sign_of
from reluexact.model.program import Program
from reluexact.numbers.types import Vector
from reluexact.prove.neurons import TightNeuron, tight_direction
from reluexact.prove.o7_tight_leaf import TightLeafCheck
from reluexact.prove.path.identities import Exact, PathIdentities
from reluexact.prove.path.residual import Curve, PathResidual, combination
from reluexact.prove.unproved import Unproved

ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)


@dataclass(slots=True)
class SegmentForms:
    """Signs of ``f . theta + c`` for all penalties of the segment that the structure is claimed for.

    positive: forms (f, c) that are proved positive there although they change sign on the segment: multipliers that vanish.
    heights: rows whose products with those of unknowns are: amounts times gates that vanish.
    """

    residual: PathResidual
    identities: PathIdentities
    positive: list[tuple[Vector, Fraction]] = field(default_factory=list)
    heights: list[Vector] = field(default_factory=list)

    def sign(self, form: Sequence[Fraction], constant: Fraction = ZERO) -> int | None:
        """Return the proved sign, None where it is not proved.

        It is that of all control points; or that of a number that the identities give; or the form is, by the identities, one
        of those that are positive, up to its sign.
        """
        if not any(form):
            return sign_of(constant)
        found = self.residual.form_sign(form, constant)
        if found is not None:
            return found
        exact = self.identities.exact(form, constant)
        if exact is not None:
            found = exact.sign(self.residual.path.line)
        if found is not None:
            return found
        for known, base in self.positive:
            for factor in (1, -1):
                rest = self.identities.exact([a - factor * b for a, b in zip(form, known, strict=True)], constant - factor * base)
                if rest is not None and rest.sign(self.residual.path.line) == 0:
                    return factor
        factors = [self.identities.multiple(form, constant, row) for row in self.heights]
        return next((sign_of(factor) for factor in factors if factor), None)

    def vanishes(self, form: Sequence[Fraction]) -> bool:
        """Say whether the identities show that a form is 0 on the whole segment."""
        if not any(form):
            return True
        exact = self.identities.exact(form)
        return exact is not None and exact.sign(self.residual.path.line) == 0


def tight_neurons(segment: Segment) -> tuple[TightNeuron, ...]:
    """Return what tight leaves may name, as :class:`TightLeafCheck` takes it."""
    roles = {"block": "free", "partner": "partner", "watched": "tie"}
    return tuple(
        TightNeuron(face=place.face, role=roles[place.kind], basis=place.basis, block=_block(place)) for place in segment.tight
    )


def _block(place: TightPlace) -> int | None:
    return None if place.kind == "watched" else place.index


def judges(program: Program, segment: Segment, forms: SegmentForms) -> dict[int, TightLeafCheck]:
    """Return the checks of tight leaves of both signs."""
    neurons = tight_neurons(segment)
    return {sign: TightLeafCheck(program=program, forms=forms, neurons=neurons, sign=sign) for sign in (1, -1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantities:
    """The quantities of a segment as curves. residual, judge: what they are computed from."""

    program: Program
    segment: Segment
    residual: PathResidual
    judge: dict[int, TightLeafCheck]

    def place(self, kind: str, index: int) -> int:
        """Return the number of a neuron in tight leaves."""
        return next(k for k, place in enumerate(self.segment.tight) if (place.kind, place.index) == (kind, index))

    def excess(self, item: Vanishing) -> Vector:
        """Return the form of ``-tau`` or ``tau - kink`` of a block's wall."""
        if item.hyperplane is None or item.side not in ("on", "off"):
            raise Unproved("a multiplier that vanishes names its wall and side")
        judge = self.judge[self.segment.blocks[item.index].sign]
        tau, kink = judge.multiplier(self.place("block", item.index), item.hyperplane, dict(item.others))
        return tuple(a - b for a, b in zip(tau, kink, strict=True)) if item.side == "on" else tuple(-a for a in tau)

    def pull(self, watched: int) -> tuple[Curve, ...]:
        """Return v of a watched neuron, d curves."""
        neuron = self.segment.watched[watched]
        return tuple(self.residual.of_form(line) for line in tight_direction(self.program, neuron.face, neuron.basis))

    def room(self, watched: int) -> Curve:
        """Return ``(b^2 - |v|^2) / 2`` of a watched neuron."""
        penalty = self.residual.penalty
        squares = [(-HALF, entry.times(entry)) for entry in self.pull(watched)]
        return combination([(HALF, penalty.times(penalty)), *squares])

    def of(self, item: Vanishing) -> Curve:
        """Return the curve of something that vanishes; raises Unproved for what the structure has not."""
        count = {"slack": len(self.segment.lineality), "watched": len(self.segment.watched)}
        if not 0 <= item.index < count.get(item.what, len(self.segment.blocks)):
            raise Unproved(f"{item.what} {item.index}, which is to vanish, is no part of the structure")
        if item.what == "watched":
            return self.room(item.index)
        if item.what == "tau":
            return self.residual.of_form(self.excess(item))
        if item.what == "gate":
            gate = self.segment.blocks[item.index].gate
            if item.hyperplane is None or not 0 <= item.hyperplane < len(gate) or not gate[item.hyperplane]:
                raise Unproved(f"there is no gate of block {item.index} that could vanish")
        return self.residual.of_row(self.residual.path.layout.quantity(item, self.program.hyperplanes.normals))

    def height(self, item: Vanishing) -> Vector:
        """Return the row whose product with those of unknowns is the amount of a block times its gate that vanishes."""
        path = self.residual.path
        gate, beta = path.layout.quantity(item, self.program.hyperplanes.normals), path.layout.beta(item.index)
        return tuple(gate[j] if i == beta else ZERO for i, j in path.products)

    def exact(self, item: Vanishing, identities: PathIdentities) -> Exact | None:
        """Return a quantity where the identities know it: up to a positive factor, so that its zero is that of the quantity."""
        path, layout = self.residual.path, self.residual.path.layout
        if item.what == "tau":
            return identities.exact(self.excess(item))
        position = {"amount": layout.beta, "slack": layout.slack}.get(item.what)
        if position is None:
            return None
        for a, (i, j) in enumerate(path.products):
            owner = next(k for k in range(len(path.blocks)) if j in layout.nu(k))
            if i == position(item.index) and len(path.blocks[owner].basis) == 1:
                return identities.of_products([Fraction(int(a == b)) for b in range(len(path.products))])
        return None
