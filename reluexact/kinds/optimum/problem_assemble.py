"""The claim about the optimum of a problem from its proof, whether the proof was found now or read from a certificate."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction

from reluexact.errors import InputError
from reluexact.evidence.network import NetworkEvidence, ProblemEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.assemble import bits_for
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.problem import NONE, Problem
from reluexact.numbers.rational import near
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Scalar
from reluexact.prove.assemble import assemble_neurons, assemble_value, network_evidence
from reluexact.prove.linear_part import linear_part
from reluexact.prove.problem_optimum import CertifiedProblemOptimum
from reluexact.prove.rounding import rational_network

ProducedBy = tuple[tuple[str, str], ...]


def problem_optimum_of(
    problem: Problem, proof: CertifiedProblemOptimum, *, digits: int, produced_by: ProducedBy
) -> ProblemOptimum:
    """Return the claim; its rational network exceeds the value by at most about 10^-digits."""
    value, theta = assemble_value(proof)
    value = value.refined(digits) if value.radical is not None else value
    neurons, linear = assemble_neurons(proof), linear_part(proof)
    network = near_network(problem, proof, neurons, linear, 64 + 4 * digits)
    rows = range(problem.data.n)
    fits = [proof.scalar(tuple(column[i] for column in proof.kkt.design)) for i in rows]
    return ProblemOptimum(
        problem=problem,
        status=Status.PROVED,
        reason="",
        value=value,
        theta=theta,
        fit=tuple(map(Real.of_scalar, fits)),
        neurons=neurons,
        linear=tuple(map(Real.of_scalar, linear)),
        network=network,
        lower=value.low,
        upper=problem.objective(network),
        digits=digits,
        evidence=evidence_of(proof),
        produced_by=produced_by,
        point=proof,
    )


def fine_enough_problem(proof: CertifiedProblemOptimum, digits: int) -> CertifiedProblemOptimum:
    """Return the proof with a box that gives ``digits`` decimals of the value."""
    bits = proof.bits
    value, _ = assemble_value(proof)
    while value.radical is None and value.high - value.low > Fraction(1, 10**digits):
        bits += 10 * digits // 3
        proof = proof.refined(bits)
        value, _ = assemble_value(proof)
    return proof


def refined_problem_optimum(optimum: ProblemOptimum, digits: int) -> ProblemOptimum:
    """Return a PROVED optimum with ``digits`` decimals of its value, over a finer box; InputError for another one."""
    if optimum.point is None:
        raise InputError("the optimum is not PROVED; only a proved one has more digits")
    if digits <= optimum.digits:
        return optimum
    finer = optimum.point.refined(max(optimum.point.bits, bits_for(optimum.data, digits)))
    proof = fine_enough_problem(finer, digits)
    return problem_optimum_of(optimum.problem, proof, digits=digits, produced_by=optimum.produced_by)


def evidence_of(proof: CertifiedProblemOptimum) -> ProblemEvidence:
    """Collect what the certificate needs."""
    network = network_evidence(proof)
    parts = {field.name: getattr(network, field.name) for field in fields(NetworkEvidence)}
    structure, faces = proof.kkt.structure, [neuron.face for neuron in proof.neurons]
    return ProblemEvidence(
        **parts,
        places=structure.places,
        pins=structure.pins,
        tied=tuple((row, faces.index(face)) for row, face in structure.tied),
        positive=proof.positive,
        negative=proof.negative,
    )


def near_network(
    problem: Problem,
    proof: CertifiedProblemOptimum,
    neurons: tuple[Neuron, ...],
    linear: tuple[Scalar, ...],
    bits: int,
) -> BiasedNetwork:
    """Return a rational network next to the proved one; with a free hidden bias every kink passes through its row."""
    plain = rational_network(neurons, bits)
    used = [neuron for neuron in neurons if neuron.amount is not None]
    biases: list[Fraction] = []
    if problem.free_bias:
        for neuron, weights in zip(used, plain.hidden, strict=True):
            pivot = problem.data.X[neuron.gate.index(0)]
            biases.append(-sum((w * x for w, x in zip(weights, pivot, strict=True)), Fraction(0)))
    parts = [near(value.middle, bits) for value in linear]
    first = problem.output_bias != NONE
    skip = [Fraction(0)] * problem.data.d if problem.skip != NONE else []
    for j, value in zip(problem.features, parts[first:], strict=False):
        skip[j] = value
    return BiasedNetwork(
        plain.hidden, plain.output, hidden_bias=biases, output_bias=parts[0] if first else Fraction(0), skip=skip
    )
