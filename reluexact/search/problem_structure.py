"""The search for the structure of the optimum of a problem with other losses or a linear part: floats propose, the proof decides.

The counterpart of :mod:`reluexact.search.structure_search`, whose ladder of tolerances it climbs: neurons that look tight, rows
that look as if they lie at a breakpoint of their loss. A structure that has a proof is the right one whatever led to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reluexact.errors import LimitReached, Message, message_of
from reluexact.geometry.signs import Signs
from reluexact.model.problem import Problem
from reluexact.model.program import Program
from reluexact.progress import Progress, Stage
from reluexact.propose.candidates import tight_cells
from reluexact.propose.extended_structure import propose_extended
from reluexact.propose.guess import Proposal, Spot, count_pairs, spots
from reluexact.propose.ladders import NUMERICAL, PLACES, PROBLEM_LADDER
from reluexact.propose.row_places import RowGuess, guess_places, with_corners
from reluexact.propose.training import Prepared, TrainingCandidate, fit_and_theta
from reluexact.propose.types import Floats
from reluexact.prove.neurons import Unproved
from reluexact.prove.problem_optimum import CertifiedProblemOptimum
from reluexact.search.problem_proof import MissingInView, prove_problem

REPAIRS, MOST_PAIRS = 4, 4


@dataclass(slots=True, kw_only=True)
class ProblemStructureSearch:
    """One run of the search; remembers why structures failed."""

    prepared: Prepared
    program: Program
    candidate: TrainingCandidate
    bits: int
    limit: int
    progress: Progress
    failures: list[Message] = field(default_factory=list)
    ladder: tuple[tuple[float, float], ...] = PROBLEM_LADDER

    def run(self) -> CertifiedProblemOptimum | None:
        """Return the first proof, None when no structure has one."""
        try:
            fit, theta = fit_and_theta(self.prepared, self.candidate)
            for level, hyperplane in self.ladder:
                self.progress(Stage(f"structure from floats, tolerance {level:g}"))
                known = self._spots(theta, level, hyperplane)
                for guess in self._guesses(fit, theta):
                    proof = self._repaired(known, guess, hyperplane)
                    if proof is not None or self.is_over:
                        return proof
        except NUMERICAL as problem:
            self.failures.append(Message(f"floats fail on these data ({problem})"))
        return None

    @property
    def _problem(self) -> Problem:
        return self.prepared.problem

    @property
    def is_over(self) -> bool:
        """Say whether a proof has reached the limit of the caller: no other structure is tried then."""
        return any(known.limit is not None and known.limit.raisable for known in self.failures)

    def _guesses(self, fit: Floats, theta: Floats) -> Iterator[RowGuess]:
        """Yield different places of the rows."""
        seen: set[tuple[int, ...]] = set()
        for tolerance in PLACES:
            first = guess_places(self._problem.row_losses, fit, theta, tolerance)
            for guess in (first, with_corners(self._problem.row_losses, first, tolerance)):
                if guess.places not in seen:
                    seen.add(guess.places)
                    yield guess

    def _spots(self, theta: Floats, level: float, hyperplane: float) -> tuple[Spot, ...]:
        """Return the distinct neurons that look tight in some view, each in the first that has it."""
        known: dict[tuple[int, Signs], Spot] = {}
        for place, (view, pricing) in enumerate(zip(self.program.views, self.prepared.pricing, strict=True)):
            found = tight_cells(view.data, view.penalty, theta.tolist(), 1 - level, pricing=pricing)
            for spot in spots(view, [(priced.column.sign, priced.direction) for priced in found], hyperplane, view=place):
                known.setdefault((spot.face.sign, self.program.row_gates(spot.face)), spot)
        return tuple(known.values())

    def _proposals(self, known: Sequence[Spot], guess: RowGuess, hyperplane: float) -> Iterator[Proposal]:
        """Yield structures: opposite neurons as pairs, then with pairs apart, one of which may have no amount."""
        yield from propose_extended(self.program, known, guess, hyperplane)
        count = count_pairs(self.program, known, hyperplane)
        sets = [frozenset([number]) for number in range(count)] if count > 1 else []
        for apart in [frozenset(range(count)), *sets] if 0 < count <= MOST_PAIRS else []:
            yield from propose_extended(self.program, known, guess, hyperplane, apart=apart)

    def _repaired(self, known: Sequence[Spot], guess: RowGuess, hyperplane: float) -> CertifiedProblemOptimum | None:
        """Prove one of the structures with these spots and places, adding neurons that the proof itself finds missing."""
        for _ in range(REPAIRS):
            missed = None
            for proposal in self._proposals(known, guess, hyperplane):
                try:
                    return prove_problem(proposal.kkt, proposal.start, bits=self.bits, limit=self.limit)
                except MissingInView as problem:
                    self.failures.append(message_of(problem))
                    missed = missed or problem
                except (Unproved, LimitReached) as problem:
                    self.failures.append(message_of(problem))
                    if self.is_over:
                        return None
            if missed is None:
                return None
            faces = {spot.face for spot in known}
            view = self.program.views[missed.view]
            more = spots(view, [(missed.sign, missed.direction)], hyperplane, view=missed.view)
            fresh = [spot for spot in more if spot.face not in faces]
            if not fresh:
                return None
            known = (*known, *fresh)
        return None
