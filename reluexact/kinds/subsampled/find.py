"""The optimum of a sub-sampled program with proof, and everything else that it is the optimum of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reluexact.errors import LimitReached, Message, fixed, message_of
from reluexact.evidence.column import Above, ColumnVerdict
from reluexact.evidence.column_supports import ColumnSupports, members
from reluexact.evidence.exact import Relation
from reluexact.evidence.tree import TightLeaf
from reluexact.kinds.optimal_set.find_vertices import AmountPolytope, amount_polytope
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.kinds.subsampled.verdicts import Judge
from reluexact.numbers.scalar import Undecided
from reluexact.progress import silent
from reluexact.propose.candidates import propose
from reluexact.propose.columns import Columns, Restricted
from reluexact.propose.shares import propose_shares
from reluexact.propose.start import as_fractions
from reluexact.prove.certified import CertifiedPoint, certify
from reluexact.prove.neurons import Unproved
from reluexact.prove.structure import Kkt
from reluexact.search.proof import MissingNeuron, Start, with_best_spans, with_relations
from reluexact.search.structure_search import StructureSearch

Labels = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]

VERTEX_LIMIT = 20_000
REFINEMENTS = 3
LOOKS = 5
"""Digits of a residual by which floats tell optima apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledOptimum:
    """A network that is the optimum of sub-sampled programs, with a proved verdict on every column.

    found: the network. verdicts: one per column. above: the set of columns that exceed the penalty. column_supports: which sets
    of tight columns carry the network. vertices: its minimal representations; labels: why these are all. dimension: that of the
    polytope of all representations.
    """

    found: CertifiedPoint
    verdicts: tuple[ColumnVerdict, ...]
    above: int
    column_supports: ColumnSupports
    vertices: tuple[Vertex, ...]
    labels: Labels
    dimension: int

    @property
    def tight(self) -> int:
        """Return the set of the columns that meet the penalty."""
        return self.column_supports.tight

    def answers(self, mask: int) -> bool:
        """Say whether the network is the optimum of the program with these columns."""
        return not mask & self.above and self.column_supports.carries(mask)

    def heights(self, every: Columns) -> list[float]:
        """Return for every column how far its function reaches, in floats."""
        lengths: list[float] = every.heights(every.floats(self.found.forms.midpoint))[0].tolist()
        return lengths

    def count(self) -> int:
        """Return of how many sub-sampled programs the network is the optimum."""
        free = len(self.verdicts) - self.above.bit_count() - self.tight.bit_count()
        return int(2**free) * self.column_supports.count()


def sampled_optimum(every: Columns, mask: int, *, bits: int = 160, limit: int = 200_000) -> SampledOptimum:
    """Return the proved optimum of the program with the columns ``mask``, judged on all columns of ``every``.

    Raises Unproved with the reason when no proof closes.

    >>> from fractions import Fraction
    >>> from reluexact.propose.columns import all_columns
    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.program import make_program
    >>> every = all_columns(make_program(Dataset([[1], [2]], [1, 2]), Fraction(1)))
    >>> found = sampled_optimum(every, 0b0010)
    >>> found.above, found.tight, found.count(), sampled_optimum(every, 0b1001).above
    (0, 2, 8, 2)
    """
    failures: list[Message] = []
    for around in (True, False):
        pricing = Restricted(every, mask, around)
        candidate = propose(
            every.program.data,
            every.program.penalty,
            pricing=Restricted(every, mask, around=False),
            start=every.chosen(mask),
        )
        prover = _Prover(every, mask)
        proof = StructureSearch(prover, every.program, candidate, pricing, bits, limit, failures, silent).run()
        if proof is not None:
            return proof.optimum
    raise Unproved(failures[-1] if failures else "floats propose no structure")


def looks_of(every: Columns, mask: int) -> tuple[str, ...]:
    """Return how the optimum of the program with the columns ``mask`` looks in floats; equal for programs with the same optimum.

    This guess saves work and decides nothing.
    """
    program = every.program
    pricing = Restricted(every, mask, around=False)
    candidate = propose(program.data, program.penalty, pricing=pricing, start=every.chosen(mask))
    return tuple(f"{entry:.{LOOKS}g}" for entry in candidate.residual)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proved(CertifiedPoint):
    """What the search for a structure ends with."""

    optimum: SampledOptimum


@dataclass(frozen=True, slots=True)
class _Prover:
    """Accepts a structure when its network is the optimum of the given columns."""

    every: Columns
    mask: int

    def __call__(self, kkt: Kkt, start: Start, *, bits: int, limit: int) -> _Proved:
        """Prove the network, judge the columns, and see that they carry it."""
        return with_best_spans(lambda system, begin: self._attempt(system, begin, bits), kkt, start, bits)

    def _attempt(self, kkt: Kkt, start: Start, bits: int) -> _Proved:
        optimum = optimum_at(self.every, self.mask, kkt, start, bits)
        found = optimum.found
        if not optimum.column_supports.carries(self.mask):
            raise Unproved("the columns of the program do not carry the proposed network")
        return _Proved(kkt=found.kkt, box=found.box, forms=found.forms, neurons=found.neurons, split=found.split, optimum=optimum)


def optimum_at(every: Columns, mask: int, kkt: Kkt, start: Start, bits: int) -> SampledOptimum:
    """Prove the network of a structure, near a start for Newton's method, and judge all columns; raises Unproved."""

    def attempt(relations: tuple[Relation, ...]) -> SampledOptimum:
        return judged(every, certify(kkt, as_fractions(start), bits, propose_shares, relations), mask)

    return with_relations(attempt, kkt, start)


def judged(every: Columns, found: CertifiedPoint, mask: int) -> SampledOptimum:
    """Judge all columns at a proved network; MissingNeuron if one of ``mask`` exceeds the penalty, Unproved if one is open."""
    found, known = represented(found)
    judge = Judge(every, found)
    verdicts: dict[int, ColumnVerdict] = {}
    for index in members(mask):
        verdicts[index] = judge.verdict(index)
        if isinstance(verdicts[index], Above):
            direction = judge.proposals.direction(index)
            raise MissingNeuron(f"column {index} exceeds the penalty", every.columns[index].sign, direction)
    for index in range(len(every)):
        if index not in verdicts:
            verdicts[index] = judge.verdict(index)
    above, classes = 0, [0] * len(found.neurons)
    for index, verdict in verdicts.items():
        if isinstance(verdict, Above):
            above |= 1 << index
        elif isinstance(verdict, TightLeaf):
            classes[verdict.neuron] |= 1 << index
    return SampledOptimum(
        found=found,
        verdicts=tuple(verdicts[index] for index in range(len(every))),
        above=above,
        column_supports=ColumnSupports(classes=tuple(classes), supports=tuple(vertex.support for vertex in known.vertices)),
        vertices=known.vertices,
        labels=known.found.labels,
        dimension=known.dimension,
    )


def represented(found: CertifiedPoint) -> tuple[CertifiedPoint, AmountPolytope]:
    """Return the network, with a finer box where that is needed, and all its minimal representations; raises Unproved."""
    reason = Message()
    for _ in range(REFINEMENTS):
        try:
            known = amount_polytope(found, VERTEX_LIMIT)
            return replace(found, dependences=known.system.dependences), known
        except (Undecided, LimitReached) as problem:
            reason = fixed(message_of(problem))
            found = found.refined(2 * found.bits)
    raise Unproved(reason)
