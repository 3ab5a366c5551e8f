"""A proved network, certified again from its evidence: for claims that were read from a file, or that lost their point."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.network import NetworkEvidence, ProvedNetwork
from reluexact.evidence.neuron import Neuron
from reluexact.model.program import Face, Program, make_program
from reluexact.numbers.quadratic import Box
from reluexact.prove.certified import BLOCKS, CertifiedPoint
from reluexact.prove.identities import residual_forms
from reluexact.prove.neurons import tight_neurons
from reluexact.prove.split import split_again
from reluexact.prove.structure import Structure, build_kkt


def rebuilt(network: ProvedNetwork) -> CertifiedPoint:
    """Set up the structure that the evidence names, over the box that it gives; raises Unproved where it does not hold."""
    evidence = network.evidence
    program = make_program(network.data, network.penalty)
    kkt = build_kkt(program, _structure(program, network.neurons, evidence))
    box = Box(
        midpoint=evidence.midpoint,
        radius=evidence.radius,
        preconditioner=evidence.preconditioner,
        exact=kkt.system.vanishes(evidence.midpoint),
    )
    forms = residual_forms(kkt, box)
    blocks = {k: block for block, k in enumerate(_blocks(evidence))}
    fixed: dict[int, Fraction] = {blocks[k]: share for k, share in evidence.split_fixed}
    split = split_again(kkt, box, forms, fixed, tuple(sorted(blocks[k] for k in evidence.split_solve)))
    return CertifiedPoint(kkt=kkt, box=box, forms=forms, neurons=tight_neurons(kkt, box, forms), split=split)


def _blocks(evidence: NetworkEvidence) -> list[int]:
    return [k for k, role in enumerate(evidence.roles) if role in BLOCKS]


def _structure(program: Program, neurons: tuple[Neuron, ...], evidence: NetworkEvidence) -> Structure:
    faces = [_face(program, neuron) for neuron in neurons]
    blocks = _blocks(evidence)
    return Structure(
        blocks=tuple(faces[k] for k in blocks),
        paired=tuple(evidence.roles[k] == "pair" for k in blocks),
        ties=tuple(face for face, role in zip(faces, evidence.roles, strict=True) if role == "tie"),
        spans=tuple(evidence.bases[k] for k in blocks),
    )


def _face(program: Program, neuron: Neuron) -> Face:
    return Face(sign=neuron.sign, gate=tuple(neuron.gate[row] for row in program.walls.rows))
