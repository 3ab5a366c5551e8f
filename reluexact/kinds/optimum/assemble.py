"""The claim of an optimum from its proof; the same whether the proof was found now or read from a certificate."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.optimum.claim import Optimum
from reluexact.prove.assemble import assemble_neurons, assemble_value, evidence_of
from reluexact.prove.rounding import rational_network
from reluexact.search.proof import Proof

ProducedBy = tuple[tuple[str, str], ...]


def optimum_of(proof: Proof, *, digits: int, produced_by: ProducedBy) -> Optimum:
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
    )
