"""The proved network of a certificate, set up again from its structure and its box; no search, no solver.

The checker has shown that the box holds a solution and that the neurons are tight there; here the same objects are made as when
the network was found, so that everything else about it follows by the same functions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reluexact.certificates import reading
from reluexact.certificates.exact import moved
from reluexact.certificates.reading import Read
from reluexact.errors import InputError, Message, message_of
from reluexact.evidence.dependence import Dependence
from reluexact.evidence.network import NetworkEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.tree import Tree
from reluexact.geometry.column import Face
from reluexact.model.program import Program
from reluexact.numbers.real import Real
from reluexact.prove.assemble import assemble_neurons
from reluexact.prove.certified import BLOCKS, CertifiedOptimum, CertifiedPoint
from reluexact.prove.neurons import Unproved
from reluexact.prove.rebuild import certified_at
from reluexact.prove.structure import Structure, build_kkt


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPoint:
    """A proved network, and where the neurons that the certificate numbers stand in the order of this package."""

    point: CertifiedPoint
    place: Mapping[int, int]

    def proof(self, read: Read, evidence: Mapping[str, Any]) -> CertifiedOptimum:
        """Return the same with the trees that make it the global optimum."""
        positive, negative = (self.tree(read, evidence[sign]) for sign in ("positive", "negative"))
        return CertifiedOptimum.of(self.point, positive, negative)

    def tree(self, read: Read, nodes: Sequence[Mapping[str, Any]]) -> Tree:
        """Read a tree with tight leaves."""
        return reading.tree(nodes, read.program.hyperplanes.rows, self.place)

    def support(self, neurons: Sequence[int]) -> tuple[int, ...]:
        """Read a set of neurons."""
        return tuple(sorted(self.place[k] for k in neurons))


def point_from_document(read: Read, neurons: Sequence[Mapping[str, Any]], evidence: Mapping[str, Any]) -> ReadPoint:
    """Return the network of a claim with these neurons; InputError when its structure is none that this package can work with."""
    faces = [reading.face(read.program, neuron) for neuron in neurons]
    order = sorted(range(len(faces)), key=lambda k: faces[k].order)
    known = _oriented(_in_order(reading.network_evidence(evidence), order))
    structure = Structure(blocks=(), paired=())
    if read.program.problem:
        structure = replace(
            structure,
            places=tuple(evidence["rows"]),
            pins=reading.pinned_rows(evidence),
            tied=tuple((row, faces[k]) for row, k in reading.tied_rows(evidence)),
        )
    try:
        point = _point(read.program, [faces[k] for k in order], known, structure)
    except Unproved as problem:
        raise InputError(
            Message("the certificate holds, but this program cannot work with its evidence: ", message_of(problem))
        ) from None
    return ReadPoint(point=point, place={old: new for new, old in enumerate(order)})


def neurons_of(found: ReadPoint, claimed: Sequence[Mapping[str, Any]]) -> tuple[Neuron, ...]:
    """Return the neurons of the network; what the certificate claims of them must agree."""
    neurons = assemble_neurons(found.point)
    for k, claim in enumerate(claimed):
        neuron = neurons[found.place[k]]
        pairs = [*zip(neuron.direction, claim["direction"], strict=True)]
        if neuron.amount is not None and claim["amount"] is not None:
            pairs.append((neuron.amount, claim["amount"]))
        for value, box in pairs:
            narrowed(value, box)
    return neurons


def _point(program: Program, faces: Sequence[Face], known: NetworkEvidence, structure: Structure) -> CertifiedPoint:
    """Return the point; ``structure``: where the rows are on their losses."""
    blocks = [k for k, role in enumerate(known.roles) if role in BLOCKS]
    structure = replace(
        structure,
        blocks=tuple(faces[k] for k in blocks),
        paired=tuple(known.roles[k] == "pair" for k in blocks),
        ties=tuple(face for face, role in zip(faces, known.roles, strict=True) if role == "tie"),
        spans=tuple(known.bases[k] for k in blocks),
    )
    return certified_at(build_kkt(program, structure, known.lineality), known)


def _in_order(known: NetworkEvidence, order: Sequence[int]) -> NetworkEvidence:
    """Return the evidence with the neurons in another order: what stood at ``order[k]`` stands at k."""
    place = {old: new for new, old in enumerate(order)}
    unknowns, same = _unknowns(known, order), [1] * len(known.midpoint)
    return replace(
        known,
        roles=tuple(known.roles[k] for k in order),
        bases=tuple(known.bases[k] for k in order),
        midpoint=tuple(known.midpoint[i] for i in unknowns),
        preconditioner=tuple(tuple(known.preconditioner[i][j] for j in unknowns) for i in unknowns),
        split_fixed=tuple(sorted((place[k], share) for k, share in known.split_fixed)),
        split_solve=tuple(sorted(place[k] for k in known.split_solve)),
        relations=moved(known.relations, unknowns, same, *_counts(known)),
        ties=tuple(sorted((place[k], combination) for k, combination in known.ties)),
        dependences=tuple(sorted((_placed(dependence, place) for dependence in known.dependences), key=lambda one: one.tie)),
    )


def _placed(dependence: Dependence, place: Mapping[int, int]) -> Dependence:
    """Return a dependence with the neurons in another order."""
    terms = sorted((place[k], factor) for k, factor in dependence.terms)
    return replace(dependence, tie=place[dependence.tie], terms=tuple(terms))


def _oriented(known: NetworkEvidence) -> NetworkEvidence:
    """Return the evidence with the vector of every neuron that has just one pointing the way of its weights."""
    signs, bases, start = [1] * len(known.midpoint), list(known.bases), 0
    for k in [k for k, role in enumerate(known.roles) if role in BLOCKS]:
        if len(bases[k]) == 1 and known.midpoint[start] < 0:
            signs[start] = -1
            bases[k] = (tuple(-entry for entry in bases[k][0]),)
        start += len(bases[k])
    return replace(
        known,
        bases=tuple(bases),
        midpoint=tuple(sign * entry for sign, entry in zip(signs, known.midpoint, strict=True)),
        preconditioner=tuple(
            tuple(sign * other * entry for other, entry in zip(signs, row, strict=True))
            for sign, row in zip(signs, known.preconditioner, strict=True)
        ),
        relations=moved(known.relations, range(len(signs)), signs, *_counts(known)),
    )


def _counts(known: NetworkEvidence) -> tuple[int, int]:
    """Return how many unknowns omega and t there are."""
    sizes = [len(basis) for basis, role in zip(known.bases, known.roles, strict=True) if role in BLOCKS]
    return sum(sizes), len(sizes)


def _unknowns(known: NetworkEvidence, order: Sequence[int]) -> list[int]:
    """Return the positions in z, and of the equations, that go with the blocks in another order."""
    start, omega, amount = 0, {}, {}
    for k, role in enumerate(known.roles):
        if role in BLOCKS:
            omega[k] = range(start, start + len(known.bases[k]))
            start += len(known.bases[k])
    for number, k in enumerate(omega):
        amount[k] = start + number
    blocks = [k for k in order if k in omega]
    moved = [i for k in blocks for i in omega[k]] + [amount[k] for k in blocks]
    return [*moved, *range(len(moved), len(known.midpoint))]


def narrowed(known: Real, claimed: Mapping[str, str]) -> Real:
    """Return a number with both enclosures, of this package and of the certificate; ArithmeticError when they contradict."""
    other = reading.enclosure(claimed)
    low, high = max(known.low, other.low), min(known.high, other.high)
    if low > high:
        raise ArithmeticError("the checker and the package enclose a number differently; please report the certificate")
    return replace(known, low=low, high=high)
