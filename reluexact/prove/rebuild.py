"""The structure behind a proved optimum, rebuilt from its evidence, with its numbers enclosed as finely as asked."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import InputError
from reluexact.evidence.network import NetworkEvidence, OptimumEvidence
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.claim import Optimum
from reluexact.model.program import Face, Program, make_program
from reluexact.numbers.quadratic import Box, Vector
from reluexact.numbers.scalar import Scalar
from reluexact.prove.assemble import refine
from reluexact.prove.identities import ResidualForms, residual_forms
from reluexact.prove.neurons import TightNeuron, tight_neurons
from reluexact.prove.split import known_split
from reluexact.prove.structure import Kkt, Structure, build_kkt
from reluexact.search.proof import Settled

BLOCKS = ("free", "pair")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """The KKT system of a proved optimum over a box that contains its solution z.

    neurons: in the order of the optimum. bits: fineness of the box, which is also that of every Scalar taken from it.
    """

    kkt: Kkt
    box: Box
    forms: ResidualForms
    neurons: tuple[TightNeuron, ...]
    bits: int

    def scalar(self, row: Vector, constant: Fraction = Fraction(0)) -> Scalar:
        """Return the number ``row . z + constant``: exactly where the identities determine it, else enclosed."""
        exact = self.forms.reduced(row, constant)
        if exact is not None:
            return Scalar.of(exact, self.bits)
        middle, size = constant, Fraction(0)
        for factor, value in zip(row, self.box.midpoint, strict=True):
            if factor:
                middle += factor * value
                size += abs(factor)
        return Scalar.enclosed(middle - size * self.box.spread, middle + size * self.box.spread, self.bits)

    def unknown(self, position: int) -> Scalar:
        """Return one entry of z."""
        return self.scalar(tuple(Fraction(int(j == position)) for j in range(len(self.kkt.design))))

    @staticmethod
    def of(found: Settled) -> Rebuilt:
        """Return the structure of a network that was proved just now."""
        bits = found.box.radius.denominator.bit_length()
        return Rebuilt(kkt=found.kkt, box=found.box, forms=found.forms, neurons=found.neurons, bits=bits)

    def refined(self, bits: int) -> Rebuilt:
        """Return the same with a box of so many bits."""
        box = refine(self.kkt, self.box, bits)
        return _enclosed(self.kkt, box, bits)


def rebuild(optimum: Optimum) -> Rebuilt:
    """Rebuild the structure from the evidence of a PROVED optimum; InputError for any other."""
    if not isinstance(optimum, Optimum):
        raise InputError(f"optimum: a {type(optimum).__name__} is not the answer of solve; pass rx.solve(data, penalty)")
    evidence = optimum.evidence
    if optimum.status is not Status.PROVED or not isinstance(evidence, OptimumEvidence):
        raise InputError(f"the optimum is {optimum.status.name}; its set of optimal networks is known only once it is PROVED")
    program = make_program(optimum.data, optimum.penalty)
    faces = [_face(program, neuron) for neuron in optimum.neurons]
    blocks = [k for k, role in enumerate(evidence.roles) if role in BLOCKS]
    structure = Structure(
        blocks=tuple(faces[k] for k in blocks),
        paired=tuple(evidence.roles[k] == "pair" for k in blocks),
        ties=tuple(face for face, role in zip(faces, evidence.roles, strict=True) if role == "tie"),
        spans=tuple(evidence.bases[k] for k in blocks),
    )
    kkt = build_kkt(program, structure, evidence.lineality)
    exact = kkt.system.vanishes(evidence.midpoint)
    box = Box(midpoint=evidence.midpoint, radius=evidence.radius, preconditioner=evidence.preconditioner, exact=exact)
    return _enclosed(kkt, box, evidence.radius.denominator.bit_length())


def settled_at(kkt: Kkt, known: NetworkEvidence) -> Settled:
    """Return the network of a structure in the box of its evidence."""
    exact = kkt.system.vanishes(known.midpoint)
    box = Box(midpoint=known.midpoint, radius=known.radius, preconditioner=known.preconditioner, exact=exact)
    forms = residual_forms(kkt, box)
    neurons = tight_neurons(kkt, box, forms)
    blocks = [k for k, role in enumerate(known.roles) if role in BLOCKS]
    fixed = {blocks.index(k): share for k, share in known.split_fixed}
    split = known_split(kkt, box, fixed, [blocks.index(k) for k in known.split_solve])
    return Settled(kkt=kkt, box=box, forms=forms, neurons=neurons, split=split)


def _face(program: Program, neuron: Neuron) -> Face:
    return Face(sign=neuron.sign, gate=tuple(neuron.gate[row] for row in program.walls.rows))


def _enclosed(kkt: Kkt, box: Box, bits: int) -> Rebuilt:
    forms = residual_forms(kkt, box)
    return Rebuilt(kkt=kkt, box=box, forms=forms, neurons=tight_neurons(kkt, box, forms), bits=bits)
