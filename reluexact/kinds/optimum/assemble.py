"""The claim about an optimum from its proof; the same whether the proof was found now, made finer, or read from a certificate."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.network import OptimumEvidence
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.certified import certified_point
from reluexact.kinds.optimum.claim import Optimum
from reluexact.model.dataset import Dataset
from reluexact.prove.assemble import assemble_neurons, assemble_value, evidence_of, value_bounds
from reluexact.prove.certified import CertifiedOptimum
from reluexact.prove.rounding import rational_network

ProducedBy = tuple[tuple[str, str], ...]


def bits_for(data: Dataset, digits: int) -> int:
    """Return how finely z must be enclosed for ``digits`` decimals of the value (checked afterwards)."""
    size = sum((abs(entry) for row in data.X for entry in row), Fraction(0)) * (1 + sum(abs(t) for t in data.y))
    return 10 * digits // 3 + 40 + int(1 + size).bit_length()


def fine_enough(proof: CertifiedOptimum, digits: int) -> CertifiedOptimum:
    """Return the proof with a box that gives ``digits`` decimals of the value; a certificate carries just one box."""
    bounds = value_bounds(proof.forms)
    if bounds.high - bounds.low <= Fraction(1, 10**digits):
        return proof
    value, _ = assemble_value(proof)
    bits = bits_for(proof.kkt.program.data, digits)
    while value.radical is None and value.high - value.low > Fraction(1, 10**digits):
        bits += 10 * digits // 3
        proof = proof.refined(bits)
        value, _ = assemble_value(proof)
    return proof


def optimum_of(proof: CertifiedOptimum, *, digits: int, produced_by: ProducedBy) -> Optimum:
    """Return the claim: value, residual, neurons, and a rational network whose objective exceeds the value by at most 10^-digits.

    Only a value in square roots is made finer for the digits, which the checker knows exactly, too.
    """
    program = proof.kkt.program
    value, residual = assemble_value(proof)
    value = value.refined(digits) if value.radical is not None else value
    neurons = assemble_neurons(proof)
    network = rational_network(neurons, 64 + 4 * digits)
    return Optimum(
        data=program.data,
        penalty=program.penalty,
        status=Status.PROVED,
        reason="",
        value=value,
        residual=residual,
        neurons=neurons,
        network=network,
        lower=value.low,
        upper=network.objective(program.data, program.penalty),
        digits=digits,
        evidence=evidence_of(proof),
        produced_by=produced_by,
        point=proof,
    )


def refined_optimum(optimum: Optimum, digits: int) -> Optimum:
    """Return a PROVED optimum with ``digits`` decimals of its value, over a finer box; InputError for another one.

    >>> from reluexact import Dataset, solve
    >>> finer = refined_optimum(solve(Dataset(X=[[1, 0], [1, 1]], y=[1, 3]), penalty=1, digits=10), 50)
    >>> finer.digits, finer.value.high - finer.value.low <= Fraction(1, 10**50)
    (50, True)
    """
    point, evidence = certified_point(optimum), optimum.evidence
    if digits <= optimum.digits or not isinstance(evidence, OptimumEvidence):
        return optimum
    finer = point.refined(max(point.bits, bits_for(optimum.data, digits)))
    proof = CertifiedOptimum.of(finer, evidence.positive, evidence.negative)
    return optimum_of(fine_enough(proof, digits), digits=digits, produced_by=optimum.produced_by)
