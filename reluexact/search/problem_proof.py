"""The proof of a structure for a problem: trees for every view and sign that can exceed the penalty (CERTIFICATE.md, O8, O9)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from reluexact.evidence.exact import Relation
from reluexact.evidence.problem_bound import ViewTree
from reluexact.geometry.column import Face
from reluexact.model.pivots import View, views
from reluexact.model.program import Program
from reluexact.propose.pins import pinned_anew
from reluexact.propose.shares import propose_shares
from reluexact.propose.start import as_fractions
from reluexact.prove.certified import CertifiedPoint, certify
from reluexact.prove.neurons import TightNeuron
from reluexact.prove.problem_optimum import CertifiedProblemOptimum
from reluexact.prove.structure import Kkt
from reluexact.prove.unproved import Unproved
from reluexact.search.proof import MissingNeuron, Start, prove_view_tree, smaller_spans, with_best_spans, with_relations


class MissingInView(MissingNeuron):
    """Another neuron is tight or violated in a view: its sign and direction help to correct the structure."""

    def __init__(self, problem: MissingNeuron, view: int) -> None:
        super().__init__(str(problem), problem.sign, problem.direction)
        self.view = view


def prove_problem(kkt: Kkt, start: Start, *, bits: int, limit: int = 200_000) -> CertifiedProblemOptimum:
    """Prove that the structure is that of an optimum, with z enclosed to about ``bits`` bits; raises Unproved otherwise."""
    try:
        return with_best_spans(lambda system, begin: _prove(system, begin, bits, limit), kkt, start, bits)
    except Unproved as problem:
        failure = problem
    for system, begin in _with_smaller_spans(kkt, start, bits):
        with suppress(Unproved):
            return _prove(system, begin, bits, limit)
    raise failure


def _with_smaller_spans(kkt: Kkt, start: Start, bits: int) -> Iterator[tuple[Kkt, Start]]:
    """Yield the structure with smaller spans (see :func:`smaller_spans`), where less of theta follows: that is pinned anew."""
    found = smaller_spans(kkt, start, bits) if kkt.affine.levels else None
    if found is not None:
        yield from pinned_anew(found[0], as_fractions(found[1]))


def _prove(kkt: Kkt, start: Start, bits: int, limit: int) -> CertifiedProblemOptimum:
    return with_relations(lambda relations: _proved(kkt, start, bits, limit, relations), kkt, start)


def _proved(kkt: Kkt, start: Start, bits: int, limit: int, relations: tuple[Relation, ...]) -> CertifiedProblemOptimum:
    point = certify(kkt, as_fractions(start), bits, propose_shares, relations)
    trees: dict[int, list[ViewTree]] = {1: [], -1: []}
    problem = kkt.program.problem
    for place, view in enumerate(views(problem) if problem else ()):
        neurons = seen_neurons(kkt.program, place, point.neurons)
        for sign in needed_signs(point, view):
            try:
                tree = prove_view_tree(point.forms, kkt.program.views[place], neurons, sign, limit)
            except MissingNeuron as missing:
                raise MissingInView(missing, place) from None
            trees[sign].append(ViewTree(pivot=view.rows[0] if view.rows else None, tree=tree))
    return CertifiedProblemOptimum.of(point, tuple(trees[1]), tuple(trees[-1]))


def needed_signs(point: CertifiedPoint, view: View) -> tuple[int, ...]:
    """Return the signs s for which ``s theta > 0``, summed over the rows of the pivot, is not proved; both without a pivot.

    Where the sum is 0 a neuron may be tight although its kink bends nothing.
    """
    if not view.rows:
        return (1, -1)
    total = tuple(Fraction(int(i in view.rows)) for i in range(point.kkt.program.data.n))
    known = point.forms.sign(total)
    return tuple(s for s in (1, -1) if known != s)


def seen_neurons(program: Program, view: int, neurons: tuple[TightNeuron, ...]) -> tuple[TightNeuron | None, ...]:
    """Return the neurons as a view has them; None for those whose kink does not pass through its pivot."""
    pivot = program.views[view]
    rows = [i for i, row in enumerate(pivot.data.X) if not any(row)] if len(program.views) > 1 else []
    seen: list[TightNeuron | None] = []
    for neuron in neurons:
        gates = program.row_gates(neuron.face)
        here = neuron.face.view == view or any(gates[i] == 0 for i in rows)
        face = Face(sign=neuron.face.sign, gate=pivot.hyperplanes.hyperplane_gates(gates))
        seen.append(replace(neuron, face=face) if here else None)
    return tuple(seen)
