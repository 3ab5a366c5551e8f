"""A proved network, certified again from its evidence: for claims that were read from a file, or that lost their point."""

from __future__ import annotations

from reluexact.evidence.network import NetworkEvidence, ProvedNetwork
from reluexact.evidence.neuron import Neuron
from reluexact.geometry.column import Face
from reluexact.model.program import Program, make_program
from reluexact.numbers.quadratic import Box
from reluexact.prove.certified import BLOCKS, CertifiedPoint
from reluexact.prove.dependence import with_dependences
from reluexact.prove.identities import residual_forms
from reluexact.prove.neurons import tight_neurons
from reluexact.prove.o6_pairs import split_again
from reluexact.prove.o10_rows import check_rows
from reluexact.prove.structure import Kkt, Structure, build_kkt


def rebuilt(network: ProvedNetwork) -> CertifiedPoint:
    """Set up the structure that the evidence names, over the box that it gives; raises Unproved where it does not hold."""
    program = make_program(network.data, network.penalty)
    known = network.evidence
    return certified_at(build_kkt(program, _structure(program, network.neurons, known), known.lineality), known)


def certified_at(kkt: Kkt, known: NetworkEvidence) -> CertifiedPoint:
    """Return the network of a structure in the box of its evidence; raises Unproved where that does not hold."""
    exact = kkt.system.vanishes(known.midpoint)
    box = Box(midpoint=known.midpoint, radius=known.radius, preconditioner=known.preconditioner, exact=exact)
    forms = residual_forms(kkt, box, known.relations)
    check_rows(kkt, forms)
    blocks = {k: block for block, k in enumerate(_blocks(known))}
    fixed = {blocks[k]: share for k, share in known.split_fixed}
    split = split_again(kkt, box, forms, fixed, tuple(sorted(blocks[k] for k in known.split_solve)))
    point = CertifiedPoint(kkt=kkt, box=box, forms=forms, neurons=tight_neurons(kkt, box, forms), split=split)
    return with_dependences(point, (dependence.tie for dependence in known.dependences))


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
    return Face(sign=neuron.sign, gate=program.hyperplanes.hyperplane_gates(neuron.gate))
