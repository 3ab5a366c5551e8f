"""The one proved structure: a box that holds one solution of a KKT system, whose neurons are tight at its residual.

It is built once, when the proof of a claim closes, and handed on; nothing that knows a claim sets up its KKT system again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Self

from reluexact.evidence.dependence import Dependence
from reluexact.evidence.exact import Relation
from reluexact.evidence.tree import Tree
from reluexact.numbers.linalg import absolute_sum, dot
from reluexact.numbers.quadratic import Box
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.types import Vector
from reluexact.prove.directions import partners
from reluexact.prove.identities import ResidualForms, residual_forms
from reluexact.prove.neurons import TightNeuron, Unproved, tight_neurons
from reluexact.prove.o6_pairs import ProposeShares, SplitOfPairs, split_again, split_pairs
from reluexact.prove.o10_rows import check_rows
from reluexact.prove.structure import Kkt

SHORT = 40
"""Bits that basis vectors may have in all before the unknowns are computed more finely."""

BLOCKS = ("free", "pair")
"""The roles of the neurons that have a block of their own; a partner shares that of its pair, a tie has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedPoint:
    """A network proved to exist, whose neurons are tight at its residual: obligations O2 to O7a of CERTIFICATE.md.

    It is the optimum of every program of columns of which none exceeds the penalty at this residual, and that hold its neurons.
    neurons: in the order of the claim. box: contains one solution z of the system; all that is known of z follows from it.
    dependences: the ties whose features are known to depend on others by an identity, and it (R3).
    """

    kkt: Kkt
    box: Box
    forms: ResidualForms
    neurons: tuple[TightNeuron, ...]
    split: SplitOfPairs
    dependences: tuple[Dependence, ...] = ()

    @property
    def bits(self) -> int:
        """Return the fineness of the box, which is also that of every Scalar taken from it."""
        return self.box.radius.denominator.bit_length()

    def scalar(self, row: Vector, constant: Fraction = Fraction(0)) -> Scalar:
        """Return the number ``row . z + constant``: exactly where the identities determine it, else enclosed."""
        exact = self.forms.reduced(row, constant)
        if exact is not None:
            return Scalar.of(exact, self.bits)
        middle, spread = constant + dot(row, self.box.midpoint), absolute_sum(row) * self.box.spread
        return Scalar.enclosed(middle - spread, middle + spread, self.bits)

    def unknown(self, position: int) -> Scalar:
        """Return one entry of z."""
        return self.scalar(tuple(Fraction(int(j == position)) for j in range(len(self.kkt.design))))

    def refined(self, bits: int) -> Self:
        """Return the same with a box of so many bits; what was proved over the box holds over the smaller one."""
        box = refined_box(self.kkt, self.box, bits + extra_bits(self.kkt))
        forms = residual_forms(self.kkt, box, self.forms.relations)
        split = self.split
        if split.solve:  # shares that follow from the box
            split = split_again(self.kkt, box, forms, dict(split.fixed), tuple(sorted(split.solve)))
        return replace(self, box=box, forms=forms, neurons=tight_neurons(self.kkt, box, forms), split=split)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedOptimum(CertifiedPoint):
    """Everything that an optimum's certificate needs: no column of all cells exceeds the penalty (O7b to O9)."""

    positive: Tree
    negative: Tree

    @staticmethod
    def of(point: CertifiedPoint, positive: Tree, negative: Tree) -> CertifiedOptimum:
        """Return a point with the trees that make it the global optimum."""
        return CertifiedOptimum(
            kkt=point.kkt,
            box=point.box,
            forms=point.forms,
            neurons=point.neurons,
            split=point.split,
            dependences=point.dependences,
            positive=positive,
            negative=negative,
        )


def certify(
    kkt: Kkt, start: Vector, bits: int, propose_shares: ProposeShares, relations: Sequence[Relation] = ()
) -> CertifiedPoint:
    """Prove that a network with the structure exists, with z enclosed to about ``bits`` bits; raises Unproved otherwise.

    ``start``, ``propose_shares`` and ``relations`` propose: where z lies, how the amounts of the pairs divide, and what vanishes.
    """
    bits += extra_bits(kkt)
    point = kkt.system.newton(start, bits + 64)
    if point is None:
        raise Unproved("Newton's method does not settle on the proposed structure")
    box = kkt.system.krawczyk(point, bits)
    if box is None:
        raise Unproved("O3: Krawczyk's test fails on the proposed structure")
    forms = residual_forms(kkt, box, relations)
    check_rows(kkt, forms)
    neurons = tight_neurons(kkt, box, forms)
    partners(forms, neurons)
    return CertifiedPoint(kkt=kkt, box=box, forms=forms, neurons=neurons, split=split_pairs(kkt, box, forms, propose_shares))


def extra_bits(kkt: Kkt) -> int:
    """Return how much finer than usual the unknowns have to be known: those of spans with long basis vectors are small."""
    longest = max((entry.bit_length() for basis in kkt.bases for vector in basis for entry in vector), default=0)
    return max(0, 2 * longest - SHORT)


def refined_box(kkt: Kkt, box: Box, bits: int) -> Box:
    """Prove a smaller box inside a proved one, around the same solution."""
    point = kkt.system.newton(box.midpoint, bits + 64)
    finer = None if point is None else kkt.system.krawczyk(point, bits)
    if finer is None:
        raise ArithmeticError("Newton's method fails inside a proved box")
    spread = box.radius - finer.radius
    if any(abs(a - b) > spread for a, b in zip(box.midpoint, finer.midpoint, strict=True)):
        raise ArithmeticError("Newton's method left the proved box")
    return finer
