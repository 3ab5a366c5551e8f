"""The search for the proof of a structure: spans that make more known exactly, and the two trees (see CERTIFICATE.md).

What passes is proved in exact arithmetic and enclosures alone (:mod:`reluexact.prove`); floats only chose structure and trees.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import TypeVar

from reluexact.budget import listener
from reluexact.evidence.exact import Relation
from reluexact.evidence.tree import Tree
from reluexact.geometry.column import Face
from reluexact.model.program import Program, span_basis
from reluexact.numbers.linalg import dot, kernel
from reluexact.numbers.relations import integer_relations
from reluexact.numbers.types import IntVector
from reluexact.propose.relations import find_relations
from reluexact.propose.shares import propose_shares
from reluexact.propose.start import as_fractions, start_near
from reluexact.propose.tree.cover import TIE, Open, Violated, cover
from reluexact.prove.certified import CertifiedOptimum, certify
from reluexact.prove.directions import near_direction
from reluexact.prove.form import Form, TightCone
from reluexact.prove.identities import ResidualForms
from reluexact.prove.neurons import TightNeuron, Unproved
from reluexact.prove.o7_tight_leaf import TightLeafCheck
from reluexact.prove.o8_dual_tree import dual_tree_fault
from reluexact.prove.structure import Kkt, Structure, build_kkt, restricted
from reluexact.work import HERE, Work

P = TypeVar("P")

_SURE = 1 << 20
"""By so much a difference must exceed what the box leaves open."""
Start = Sequence[float | Fraction]
Neurons = tuple[TightNeuron | None, ...]


class MissingNeuron(Unproved):
    """Another neuron is tight or violated: its sign and direction help to correct the structure."""

    def __init__(self, message: str, sign: int, direction: tuple[float, ...]) -> None:
        super().__init__(message)
        self.sign = sign
        self.direction = direction


def prove(kkt: Kkt, start: Start, *, bits: int, limit: int = 200_000, work: Work = HERE) -> CertifiedOptimum:
    """Prove that the structure is that of the optimum, with z enclosed to about ``bits`` bits; raises Unproved otherwise."""
    return with_best_spans(lambda system, begin: _prove(system, begin, bits, limit, work), kkt, start, bits)


def with_best_spans(attempt: Callable[[Kkt, Start], P], kkt: Kkt, start: Start, bits: int) -> P:
    """Return what ``attempt`` proves of a structure, or raise its Unproved.

    A structure with smaller spans (see :func:`smaller_spans`) makes more known exactly: its proof is preferred where it closes.
    """
    proof, failure = None, None
    try:
        proof = attempt(kkt, start)
    except MissingNeuron:
        raise
    except Unproved as problem:
        failure = problem
    restricted_kkt = smaller_spans(kkt, start, bits)
    if restricted_kkt is not None:
        try:
            return attempt(*restricted_kkt)
        except Unproved as problem:
            failure = problem
    if proof is not None:
        return proof
    raise failure or Unproved("the structure has no proof")


def _prove(kkt: Kkt, start: Start, bits: int, limit: int, work: Work) -> CertifiedOptimum:
    return with_relations(lambda relations: _proved(kkt, start, bits, limit, relations, work), kkt, start)


def with_relations(attempt: Callable[[tuple[Relation, ...]], P], kkt: Kkt, start: Start) -> P:
    """Return what ``attempt`` proves with the linear equations of a structure alone, else with relations that others imply."""
    try:
        return attempt(())
    except MissingNeuron:
        raise
    except Unproved as problem:
        failure = problem
    tried: set[tuple[Relation, ...]] = {()}
    for relations in find_relations(kkt, as_fractions(start)):
        if relations in tried:
            continue
        tried.add(relations)
        try:
            return attempt(relations)
        except MissingNeuron:
            raise
        except Unproved as problem:
            failure = problem
    raise failure


def _proved(kkt: Kkt, start: Start, bits: int, limit: int, relations: tuple[Relation, ...], work: Work) -> CertifiedOptimum:
    point = certify(kkt, as_fractions(start), bits, propose_shares, relations)
    program = kkt.program
    signed = [(sign, find_tree(point.forms, program, point.neurons, sign, limit, work)) for sign in (1, -1)]
    faults = list(work.each(partial(_fault, point.forms, program, point.neurons), signed))
    for fault in filter(None, faults):
        raise Unproved(fault)
    return CertifiedOptimum.of(point, *(tree for _, tree in signed))


def smaller_spans(kkt: Kkt, start: Start, bits: int) -> tuple[Kkt, Start] | None:
    """Restrict blocks to smaller spans where their coordinates satisfy small integer relations; None when none does.

    Symmetric and small integer data put neurons onto rational rays for reasons that their own face does not show.
    """
    point = kkt.system.newton(as_fractions(start), bits + 64)
    if point is None:
        return None
    faces: list[Face] = []
    spans: list[tuple[IntVector, ...]] = []
    for block, (face, basis) in enumerate(zip(kkt.structure.blocks, kkt.bases, strict=True)):
        relations = integer_relations(tuple(point[position] for position in kkt.omega(block)), bits)
        if relations and len(relations) < len(basis):
            weights = kernel(relations, width=len(basis))
            columns = tuple(zip(*basis, strict=True))
            basis = span_basis([[dot(line, column) for column in columns] for line in weights])
            face, basis = restricted(kkt.program, face, basis)
        faces.append(face)
        spans.append(basis)
    if tuple(spans) == kkt.bases:
        return None
    order = sorted(range(len(faces)), key=lambda block: faces[block].order)
    structure = Structure(
        blocks=tuple(faces[block] for block in order),
        paired=tuple(kkt.structure.paired[block] for block in order),
        ties=kkt.structure.ties,
        spans=tuple(spans[block] for block in order),
        places=kkt.structure.places,
        pins=kkt.structure.pins,
        tied=kkt.structure.tied,
    )
    smaller = build_kkt(kkt.program, structure)
    begin = start_near(kkt, smaller, order, point)
    return None if begin is None else (smaller, begin)


def _tie(forms: ResidualForms, program: Program) -> Fraction:
    """Return the relative distance from the penalty below which values are proposed as equal to it: what the box can tell."""
    size = sum((abs(entry) for row in program.data.X for entry in row), Fraction(0))
    return min(TIE, _SURE * size * forms.radius / program.penalty)


def prove_tree(forms: ResidualForms, neurons: tuple[TightNeuron, ...], sign: int, limit: int = 200_000) -> Tree:
    """Search the tree of one sign and check it exactly for every theta of the box."""
    return prove_view_tree(forms, forms.kkt.program, neurons, sign, limit)


def prove_view_tree(forms: ResidualForms, program: Program, neurons: Neurons, sign: int, limit: int, work: Work = HERE) -> Tree:
    """Search the tree of one sign for the rows of one view, and check it exactly for every theta of the box.

    The neurons are as this view has them, None for those that it has not.
    """
    tree = find_tree(forms, program, neurons, sign, limit, work)
    fault = _fault(forms, program, neurons, (sign, tree))
    if fault is not None:
        raise Unproved(fault)
    return tree


def find_tree(forms: ResidualForms, program: Program, neurons: Neurons, sign: int, limit: int, work: Work = HERE) -> Tree:
    """Propose the tree of one sign; raises MissingNeuron where none closes."""
    kkt, form = forms.kkt, _form(forms, program, sign)
    tight = [
        TightCone(neuron=index, direction=near_direction(kkt, forms.box, neuron), gate=neuron.face.gate)
        for index, neuron in enumerate(neurons)
        if neuron is not None and neuron.face.sign == sign
    ]
    judge = TightLeafCheck(program=program, forms=forms, neurons=neurons, sign=sign)
    settled = {hyperplane for hyperplane in range(len(form.kinks)) if judge.kink_sign(hyperplane) in (-1, 0)}
    tie, told = _tie(forms, program), listener()
    found = cover(form, program.penalty, tight=tight, settled=settled, tie=tie, limit=limit, progress=told, work=work)
    if isinstance(found, Violated):
        text = f"the structure misses a neuron: a direction reaches {found.value:.12g}, beyond the penalty"
        raise MissingNeuron(text, sign, found.direction)
    if isinstance(found, Open):
        raise MissingNeuron(f"O8: {found.reason}", sign, found.direction)
    return found.tree


def _form(forms: ResidualForms, program: Program, sign: int) -> Form:
    return Form.of(program.hyperplanes, forms.midpoint, sign, dimension=program.data.d)


def _fault(forms: ResidualForms, program: Program, neurons: Neurons, signed: tuple[int, Tree]) -> str | None:
    """Return what an exact check of the tree of a sign finds wrong."""
    sign, tree = signed
    judge = TightLeafCheck(program=program, forms=forms, neurons=neurons, sign=sign)
    return dual_tree_fault(forms, judge, _form(forms, program, sign), tree)
