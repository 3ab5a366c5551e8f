"""The proof of a structure: Krawczyk's box, tight neurons, the split of pairs, and the two trees (see CERTIFICATE.md).

What passes is proved in exact arithmetic and enclosures alone; floats only chose the structure and the trees.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

import numpy as np

from reluexact.evidence.tree import Leaf, TightLeaf, Tree
from reluexact.geometry.column import Face
from reluexact.model.program import span_basis
from reluexact.numbers.linalg import dot, kernel
from reluexact.numbers.quadratic import Box
from reluexact.numbers.relations import integer_relations
from reluexact.numbers.types import IntVector, Vector
from reluexact.propose.start import as_fractions, start_point
from reluexact.propose.tree.cover import Covered, Open, Violated, cover
from reluexact.prove.directions import partners
from reluexact.prove.form import Form, TightCone
from reluexact.prove.identities import ResidualForms, residual_forms
from reluexact.prove.neurons import TightNeuron, Unproved, tight_neurons
from reluexact.prove.split import SplitOfPairs, split_pairs
from reluexact.prove.structure import Kkt, Structure, build_kkt, restricted
from reluexact.prove.tight_leaf import TightLeafCheck
from reluexact.prove.tree_check import check_tree

P = TypeVar("P")
Start = Sequence[float | Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A network proved to exist, whose neurons are tight at its residual: obligations O2 to O7a of CERTIFICATE.md.

    It is the optimum of every program of columns of which none exceeds the penalty at this residual, and that hold its neurons.
    """

    kkt: Kkt
    box: Box
    forms: ResidualForms
    neurons: tuple[TightNeuron, ...]
    split: SplitOfPairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof(Settled):
    """Everything that an optimum's certificate needs: no column of all cells exceeds the penalty (O7b to O9)."""

    positive: Tree
    negative: Tree


class Missed(Unproved):
    """Another neuron is tight or violated: its sign and direction help to correct the structure."""

    def __init__(self, message: str, sign: int, direction: tuple[float, ...]) -> None:
        super().__init__(message)
        self.sign = sign
        self.direction = direction


def prove(kkt: Kkt, start: Start, *, bits: int, limit: int = 200_000) -> Proof:
    """Prove that the structure is that of the optimum, with z enclosed to about ``bits`` bits; raises Unproved otherwise."""
    return with_best_spans(lambda system, begin: _prove(system, begin, bits, limit), kkt, start, bits)


def with_best_spans(attempt: Callable[[Kkt, Start], P], kkt: Kkt, start: Start, bits: int) -> P:
    """Return what ``attempt`` proves of a structure, or raise its Unproved.

    A structure with smaller spans (see :func:`smaller_spans`) makes more known exactly: its proof is preferred where it closes.
    """
    proof, failure = None, None
    try:
        proof = attempt(kkt, start)
    except Missed:
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


def settle(kkt: Kkt, start: Start, bits: int) -> Settled:
    """Prove that a network with the structure exists, with z enclosed to about ``bits`` bits; raises Unproved otherwise."""
    point = kkt.system.newton(as_fractions(start), bits + 64)
    if point is None:
        raise Unproved("Newton's method does not settle on the proposed structure")
    box = kkt.system.krawczyk(point, bits)
    if box is None:
        raise Unproved("O3: Krawczyk's test fails on the proposed structure")
    forms = residual_forms(kkt, box)
    neurons = tight_neurons(kkt, box, forms)
    partners(kkt, box, neurons)
    return Settled(kkt=kkt, box=box, forms=forms, neurons=neurons, split=split_pairs(kkt, box, forms))


def _prove(kkt: Kkt, start: Start, bits: int, limit: int) -> Proof:
    found = settle(kkt, start, bits)
    trees = [prove_tree(found.forms, found.neurons, sign, limit) for sign in (1, -1)]
    return Proof(
        kkt=kkt,
        box=found.box,
        forms=found.forms,
        neurons=found.neurons,
        split=found.split,
        positive=trees[0],
        negative=trees[1],
    )


def smaller_spans(kkt: Kkt, start: Start, bits: int) -> tuple[Kkt, tuple[float, ...]] | None:
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
    )
    smaller = build_kkt(kkt.program, structure)
    fit = np.array([float(value) for value in kkt.fit(point)])
    directions = [[float(entry) for entry in kkt.weights(block, point)] for block in order]
    begin = start_point(smaller, [np.array(u) / np.linalg.norm(u) for u in directions], fit)
    return None if begin is None else (smaller, begin)


def direction(kkt: Kkt, box: Box, neuron: TightNeuron) -> Vector:
    """Return a rational vector near the neuron's direction times b (the enclosures live elsewhere)."""
    penalty = kkt.program.penalty
    if neuron.constant is not None:
        return tuple(sum(value.enclose(96), Fraction(0)) / (2 * penalty) for value in neuron.constant)
    if neuron.block is None:
        raise ArithmeticError("a neuron without a block must be a tie")
    amount = box.midpoint[kkt.amount(neuron.block)] * (-1 if neuron.role == "partner" else 1)
    return tuple(entry / amount for entry in kkt.weights(neuron.block, box.midpoint))


def prove_tree(forms: ResidualForms, neurons: tuple[TightNeuron, ...], sign: int, limit: int = 200_000) -> Tree:
    """Search the tree of one sign and check it exactly for every theta of the box."""
    kkt, program = forms.kkt, forms.kkt.program
    form = Form.of(program.hyperplanes, forms.midpoint, sign, dimension=program.data.d)
    tight = [
        TightCone(neuron=index, direction=direction(kkt, forms.box, neuron), gate=neuron.face.gate)
        for index, neuron in enumerate(neurons)
        if neuron.face.sign == sign
    ]
    judge = TightLeafCheck(program=program, forms=forms, neurons=neurons, sign=sign)
    settled = {wall for wall in range(len(form.kinks)) if judge.kink_sign(wall) in (-1, 0)}
    found = cover(form, program.penalty, tight=tight, settled=settled, limit=limit)
    if isinstance(found, Violated):
        text = f"the structure misses a neuron: a direction reaches {found.value:.12g}, beyond the penalty"
        raise Missed(text, sign, found.direction)
    if isinstance(found, Open):
        raise Missed(f"O8: {found.reason}", sign, found.direction)
    fault = _checked(kkt, forms, judge, form, found)
    if fault is not None:
        raise Unproved(fault)
    return found.tree


def _checked(kkt: Kkt, forms: ResidualForms, judge: TightLeafCheck, form: Form, found: Covered) -> str | None:
    """O7b, O8, O9: check the tree at the midpoint, with a margin that covers the whole box.

    For slopes within [0, 1] a leaf's bound changes by at most ``2 radius sum |x_i|`` over the box.
    """
    for node in found.tree:
        if isinstance(node, Leaf) and any(not 0 <= part <= 1 for _, part in node.slope):
            return "O8: a slope lies outside [0, 1]"

    def tight(leaf: TightLeaf, sides: Sequence[int]) -> str | None:
        try:
            judge.check(leaf, {wall: side for wall, side in enumerate(sides) if side})
        except Unproved as problem:
            return str(problem)
        return None

    fault = check_tree(form, kkt.program.penalty - spread_of_bounds(forms), found.tree, tight=tight)
    return None if fault is None else f"node {fault[0]} of the tree: {fault[1]}"


def spread_of_bounds(forms: ResidualForms) -> Fraction:
    """Return more than the bound of a leaf with slopes within [0, 1] changes over the box of the residual."""
    total = sum((abs(entry) for row in forms.kkt.program.data.X for entry in row), Fraction(0))
    return 2 * forms.radius * total + Fraction(1, 2**512)
