"""The search for the structure of an optimum: tolerances and the central path propose, the proof decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import Generic, Protocol, TypeVar

from reluexact.budget import tell
from reluexact.errors import Cure, Limit, LimitReached, Message, message_of
from reluexact.geometry.column import Column
from reluexact.model.program import Program
from reluexact.progress import Progress, Stage
from reluexact.propose.basis import basis_of
from reluexact.propose.candidates import Candidate, heavy_columns, tight_cells
from reluexact.propose.central_point import CentralPoint, central_point
from reluexact.propose.columns import Restricted
from reluexact.propose.guess import NONE, Proposal, Spot, count_pairs, propose_structures, spots
from reluexact.propose.ladders import CENTRAL_LADDER, FLOAT_LADDER, HYPERPLANE, NUMERICAL, VIOLATED
from reluexact.propose.polish import polish
from reluexact.propose.pricing import CellScan, Priced, Pricing
from reluexact.propose.start import fit_at, float_vector
from reluexact.propose.types import Floats
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.neurons import Unproved
from reluexact.prove.structure import Kkt
from reluexact.search.proof import MissingNeuron, Start

P_co = TypeVar("P_co", bound=CertifiedPoint, covariant=True)


class Prover(Protocol[P_co]):
    """What decides whether a structure is the right one; raises Unproved, or MissingNeuron with a direction that should join."""

    def __call__(self, kkt: Kkt, start: Start, *, bits: int, limit: int) -> P_co:
        """Return the proof of a structure."""


MOST_UNKNOWNS = 160
"""The central path is followed for at most so many numbers (columns times dimension); its cost grows with the cube."""

REPAIRS, ROUNDS = 4, 8

FRESH = 4
"""So many violated columns per dimension join a central path at a time where rows are nearly parallel."""

BITS_PER_DIGIT = 3
"""How finely the proof encloses, per digit of the central path that proposed the structure."""


@dataclass(slots=True)
class StructureSearch(Generic[P_co]):
    """One run of the structure search; remembers why structures failed."""

    prove: Prover[P_co]
    program: Program
    candidate: Candidate
    pricing: Pricing
    bits: int
    limit: int
    failures: list[Message]
    progress: Progress
    followed: set[tuple[int, frozenset[Column]]] = field(default_factory=set)
    missed: list[MissingNeuron] = field(default_factory=list)

    def run(self, *, quick: bool = False) -> P_co | None:
        """Try structures of floats, polished and not, of the central path, then opposite neurons that are a pair by coincidence.

        quick: try the first structure only.
        """
        for attempt in self._attempts(quick):
            proof = attempt()
            if proof is not None or self.is_over:
                return proof
        return None

    def _attempts(self, quick: bool) -> Iterator[Callable[[], P_co | None]]:
        """Yield the ways to a structure in their order."""
        first, *others = (partial(self._from_floats, *rung) for rung in FLOAT_LADDER)
        if quick:
            yield first
            return
        yield from (first, self.polished) if self._clear else (self.polished, first)
        yield from () if self._steep else others
        yield from (partial(self._from_central_path, *rung) for rung in CENTRAL_LADDER)
        yield self._apart

    def _from_floats(self, level: float, hyperplane: float) -> P_co | None:
        self.progress(Stage(f"structure from floats, tolerance {level:g}"))
        found = self._tight(self.candidate.residual, 1 - level)
        return self._repaired(spots(self.program, _directions(found), hyperplane), self._fit(), hyperplane)

    def _from_central_path(self, level: float, digits: int) -> P_co | None:
        self.progress(Stage(f"structure from the central path, {digits} digits"))
        return self._central(level, digits)

    def polished(self) -> P_co | None:
        """Polish the floats to all their digits; what a tree then finds missing joins, and they are polished again."""
        extra: tuple[tuple[int, tuple[float, ...]], ...] = ()
        for count in range(REPAIRS):
            self.progress(Stage(f"structure from polished floats, round {count + 1}"))
            data, penalty = self.program.data, self.program.penalty
            polished = polish(data, penalty, self.candidate.residual, self.pricing, extra)
            if polished is None:
                return None
            tell(polished.candidate)
            known, missed = spots(self.program, polished.tight, HYPERPLANE), len(self.missed)
            proof = self._repaired(known, fit_at(data, polished.residual), HYPERPLANE, repairs=1)
            if proof is not None or self.is_over or len(self.missed) == missed:
                return proof
            extra += tuple((problem.sign, problem.direction) for problem in self.missed[missed:])
        return None

    @property
    def is_over(self) -> bool:
        """Say whether a proof has reached the limit of the caller: no other structure is tried then."""
        return any(known.limit is not None and known.limit.raisable for known in self.failures)

    @property
    def _clear(self) -> bool:
        """Say whether floats tell which cells are tight: all are listed, and two tolerances choose the same.

        Among some columns only they do: polishing looks at all of them, and rarely ends at the optimum of a few.
        """
        if isinstance(self.pricing, Restricted):
            return True
        if not isinstance(self.pricing, CellScan):
            return False
        wide, narrow = (len(self._tight(self.candidate.residual, 1 - level)) for level, _ in FLOAT_LADDER[:2])
        return wide == narrow

    @property
    def _steep(self) -> bool:
        """Say whether rows are nearly parallel: floats then show less."""
        return basis_of(self.program.hyperplanes.normals) is not None

    def _apart(self) -> P_co | None:
        """Take one pair apart, then all: one side carries weight, the other is as tight because of the other neurons."""
        level, hyperplane = FLOAT_LADDER[0]
        known = spots(self.program, _directions(self._tight(self.candidate.residual, 1 - level)), hyperplane)
        pairs = range(count_pairs(self.program, known, hyperplane))
        for apart in dict.fromkeys(filter(None, (*(frozenset({number}) for number in pairs), frozenset(pairs)))):
            self.progress(Stage(f"structure with {len(apart)} of {len(pairs)} pairs taken apart"))
            proof = self._repaired(known, self._fit(), hyperplane, apart=apart)
            if proof is not None or self.is_over:
                return proof
        return None

    def _central(self, level: float, digits: int) -> P_co | None:
        """Follow the central path of the nearly tight cells, adding cells that its end violates, and read off the structure."""
        if self._steep:
            columns = heavy_columns(self.program.data, self.candidate)
        else:
            columns = [priced.column for priced in self._tight(self.candidate.residual, 1 - level)]
        point = None
        if (digits, frozenset(columns)) in self.followed:
            return None
        for _ in range(ROUNDS):
            if len(columns) * self.program.data.d > MOST_UNKNOWNS:
                text = f"{len(columns)} cells are within {level:g} of tight, too many for the central path"
                stop = Limit(counted="unknowns of a central path", value=MOST_UNKNOWNS, argument=None)
                self.failures.append(Message(text, limit=stop))
                return None
            point = central_point(self.program, columns, digits) if columns else None
            if point is None:
                return None
            fresh = self._beyond(point, 1 + VIOLATED, columns)
            if self._steep:  # what is as tight as the others joins last: the path then shows whether it carries weight
                fresh = fresh[: FRESH * self.program.data.d] or self._beyond(point, 1 - VIOLATED, columns)
            if not fresh:
                break
            columns += fresh
        self.followed.add((digits, frozenset(columns)))
        return None if point is None else self._read_off(point, max(self.bits, BITS_PER_DIGIT * digits))

    def _beyond(self, point: CentralPoint, level: float, columns: Sequence[Column]) -> list[Column]:
        found = [priced.column for priced in self._tight(point.residual, level)]
        return [column for column in found if column not in columns]

    def _read_off(self, point: CentralPoint, bits: int) -> P_co | None:
        """Try the live spots of a central point, then its ties as well, then what looks tight at its residual."""
        near = spots(self.program, _directions(self._tight(point.residual, 1 - VIOLATED)), HYPERPLANE)
        options = [point.live, (*point.live, *point.ties), near]
        for position, known in enumerate(options):
            if known in options[:position]:
                continue
            proof = self._repaired(known, float_vector(point.fit), HYPERPLANE, bits=bits)
            if proof is not None or self.is_over:
                return proof
        return None

    def _fit(self) -> Floats:
        return fit_at(self.program.data, self.candidate.residual)

    def _tight(self, residual: Sequence[float | Fraction], level: float) -> Sequence[Priced]:
        return tight_cells(self.program.data, self.program.penalty, residual, level, pricing=self.pricing)

    def _proposals(self, known: Sequence[Spot], fit: Floats, hyperplane: float, apart: frozenset[int]) -> Iterator[Proposal]:
        """Yield structures one by one: the system of the next is set up only when the proof of the last did not close."""
        try:
            yield from propose_structures(self.program, known, fit, hyperplane, apart=apart)
        except NUMERICAL as problem:
            self.failures.append(Message(f"floats fail on these data ({problem})", Cure("scale the data")))

    def _repaired(
        self,
        known: Sequence[Spot],
        fit: Floats,
        hyperplane: float,
        *,
        apart: frozenset[int] = NONE,
        bits: int | None = None,
        repairs: int = REPAIRS,
    ) -> P_co | None:
        """Prove one of the structures with these spots, adding neurons that the proof itself finds missing."""
        for _ in range(repairs):
            missed = None
            for proposal in self._proposals(known, fit, hyperplane, apart):
                try:
                    return self.prove(proposal.kkt, proposal.start, bits=bits or self.bits, limit=self.limit)
                except MissingNeuron as problem:
                    self.failures.append(message_of(problem))
                    self.missed.append(problem)
                    missed = missed or problem
                except (Unproved, LimitReached) as problem:
                    self.failures.append(message_of(problem))
                    if self.is_over:
                        return None
                except NUMERICAL as problem:
                    self.failures.append(Message(f"floats fail on these data ({problem})", Cure("scale the data")))
            if missed is None:
                return None
            extra = spots(self.program, [(missed.sign, missed.direction)], hyperplane)
            faces = {spot.face for spot in known}
            fresh = [spot for spot in extra if spot.face not in faces]
            if not fresh:
                return None
            known = (*known, *fresh)
        return None


def _directions(found: Sequence[Priced]) -> list[tuple[int, tuple[float, ...]]]:
    return [(priced.column.sign, priced.direction) for priced in found]
