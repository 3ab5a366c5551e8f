"""The optimal value of a proved structure, from its residual: the dual value, which no objective is below."""

from __future__ import annotations

from fractions import Fraction

from reluexact.model.law import Law, PieceLaw
from reluexact.numbers.scalar import Scalar
from reluexact.prove.certified import CertifiedPoint


def dual_value(proof: CertifiedPoint) -> Scalar:
    """Return ``sum_i min_f (L_i(f) + theta_i f) - sum_k r_k g_k^2 / 2``, which at an optimum is the objective."""
    total, program = Scalar.of(0), proof.kkt.program
    for i, law in enumerate(program.laws(proof.kkt.structure.places)):
        total = total + _dual_term(law, proof.scalar(*proof.kkt.pull_entry(i)))
    for position, part in zip(proof.kkt.linear, program.linear, strict=True):
        weight = proof.unknown(position)
        total = total - weight * weight * Scalar.of(part.ridge / 2)
    return total


def _dual_term(law: Law, theta: Scalar) -> Scalar:
    if not isinstance(law, PieceLaw):
        return theta * Scalar.of(law.level) + Scalar.of(law.cost)
    if not law.square:
        return Scalar.of(law.constant)
    rest = theta + Scalar.of(law.linear)
    return Scalar.of(law.constant) - rest * rest * Scalar.of(Fraction(1, 2) / law.square)
