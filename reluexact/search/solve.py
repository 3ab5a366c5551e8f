"""The certified optimum: floats propose a structure, exact arithmetic proves it (MATH 3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.claims.optimum import BoundEvidence, Neuron, Optimum
from reluexact.claims.real import MAX_DIGITS, Real
from reluexact.claims.status import Status
from reluexact.errors import InputError, LimitReached
from reluexact.exact.rational import to_penalty
from reluexact.search.assemble import assemble_neurons, assemble_value, evidence_of
from reluexact.search.bound import prove_bound
from reluexact.search.candidates import Candidate, pricing_for, propose, tight_cells
from reluexact.search.central import central_point
from reluexact.search.guess import Spot, propose_structures, spots
from reluexact.search.neurons import Unproved
from reluexact.search.pricing import Priced, Pricing
from reluexact.search.proof import Missed, Proof, prove
from reluexact.search.rounding import rational_network
from reluexact.training.dataset import Dataset
from reluexact.training.network import Network
from reluexact.training.program import Program, make_program
from reluexact.version import __version__

Progress = Callable[[str], None]

FLOAT_LADDER = ((1e-6, 1e-6), (1e-8, 1e-7), (1e-4, 1e-4))
"""How near to the penalty a cell, and to a wall a direction, must be to be proposed as tight; tried in this order."""

CENTRAL_LADDER = ((1e-4, 40), (1e-3, 40), (1e-3, 80))
"""The cells that enter the central path (relative distance from the penalty), and the digits it is followed to."""

MOST_UNKNOWNS = 160
"""The central path is followed for at most so many numbers (columns times dimension); its cost grows with the cube."""

REPAIRS = 4


@dataclass(slots=True)
class _Attempt:
    """One run of the structure search; remembers why structures failed."""

    program: Program
    candidate: Candidate
    pricing: Pricing
    bits: int
    limit: int
    failures: list[str]
    progress: Progress

    def proof(self) -> Proof | None:
        """Try the float structures, then those of the central path."""
        for level, wall in FLOAT_LADDER:
            self.progress(f"structure from floats, tolerance {level:g}")
            found = self._tight(1 - level)
            residual = np.array(self.candidate.residual)
            proof = self._repaired(spots(self.program, _directions(found), wall), residual, wall)
            if proof is not None:
                return proof
        for level, digits in CENTRAL_LADDER:
            self.progress(f"structure from the central path, {digits} digits")
            columns = [priced.column for priced in self._tight(1 - level)]
            if len(columns) * self.program.data.d > MOST_UNKNOWNS:
                self.failures.append(f"{len(columns)} cells are within {level:g} of tight, too many for the central path")
                break
            point = central_point(self.program, columns, digits) if columns else None
            if point is None:
                continue
            residual = np.array([float(value) for value in point.residual])
            for known in (point.live, (*point.live, *point.ties)) if point.ties else (point.live,):
                proof = self._repaired(known, residual, 1e-9)
                if proof is not None:
                    return proof
        return None

    def _tight(self, level: float) -> Sequence[Priced]:
        data, penalty = self.program.data, self.program.penalty
        return tight_cells(data, penalty, self.candidate.residual, level, pricing=self.pricing)

    def _repaired(self, known: Sequence[Spot], residual: np.ndarray, wall: float) -> Proof | None:
        """Prove one of the structures with these spots, adding neurons that the proof itself finds missing."""
        fit = np.array([float(value) for value in self.program.data.y]) - residual
        for _ in range(REPAIRS):
            missed = None
            for proposal in propose_structures(self.program, known, fit):
                try:
                    return prove(proposal.kkt, proposal.start, bits=self.bits, limit=self.limit)
                except Missed as problem:
                    self.failures.append(str(problem))
                    missed = missed or problem
                except (Unproved, LimitReached) as problem:
                    self.failures.append(str(problem))
            if missed is None:
                return None
            extra = spots(self.program, [(missed.sign, missed.direction)], wall)
            faces = {spot.face for spot in known}
            fresh = [spot for spot in extra if spot.face not in faces]
            if not fresh:
                return None
            known = (*known, *fresh)
        return None


def _directions(found: Sequence[Priced]) -> list[tuple[int, tuple[float, ...]]]:
    return [(priced.column.sign, priced.direction) for priced in found]


def solve(
    data: Dataset,
    penalty: object,
    *,
    digits: int = 30,
    engine: str = "clarabel",
    limit: int = 200_000,
    progress: Progress | None = None,
) -> Optimum:
    """Find and prove the optimum over networks of every width.

    penalty: a number > 0 (see :mod:`reluexact.training.network` for the objective). digits: decimals of the value that are
    proved at once; more come on demand from ``optimum.value``. engine: ``clarabel`` or ``scip``, the solver that proposes.
    limit: nodes of a branch tree. The status is PROVED, or UNDECIDED with the reason and the best rational bounds.

    Raises InputError for bad input and MissingDependency when the engine is not installed.

    >>> optimum = solve(Dataset(X=[[1], [2]], y=[1, 2]), penalty=1)
    >>> optimum.value, optimum.status.name, len(optimum.neurons)
    (9/10, 'PROVED', 1)
    """
    weight = to_penalty(penalty)
    if isinstance(digits, bool) or not isinstance(digits, int) or not 1 <= digits <= MAX_DIGITS:
        raise InputError(f"digits must be an integer from 1 to {MAX_DIGITS}, not {digits!r}")
    report = progress if progress is not None else _silent
    program = make_program(data, weight)
    pricing = pricing_for(data)
    report(f"column generation with {engine}")
    candidate = propose(data, weight, engine=engine, pricing=pricing)
    report(f"value about {candidate.value:.12g} by floats, not proved")
    attempt = _Attempt(program, candidate, pricing, _bits(data, digits), limit, [], report)
    proof = attempt.proof()
    if proof is None:
        return _undecided(program, candidate, digits, engine, limit, attempt.failures)
    return _proved(program, proof, digits, engine)


def _silent(_: str) -> None:
    """Report nothing."""


def _bits(data: Dataset, digits: int) -> int:
    """Return how finely z must be enclosed for ``digits`` decimals of the value (checked afterwards)."""
    size = sum((abs(entry) for row in data.X for entry in row), Fraction(0)) * (1 + sum(abs(t) for t in data.y))
    return 10 * digits // 3 + 40 + int(1 + size).bit_length()


def _produced_by(engine: str) -> tuple[tuple[str, str], ...]:
    return (("engine", engine), ("program", f"reluexact {__version__}"))


def _proved(program: Program, proof: Proof, digits: int, engine: str) -> Optimum:
    value, residual = assemble_value(proof)
    value = value.refined(digits)
    neurons = assemble_neurons(proof)
    network, upper = _network(program, neurons, value.high, digits)
    return Optimum(
        data=program.data,
        penalty=program.penalty,
        status=Status.PROVED,
        reason="",
        value=value,
        residual=residual,
        neurons=neurons,
        network=network,
        lower=value.low,
        upper=upper,
        digits=digits,
        evidence=evidence_of(proof),
        produced_by=_produced_by(engine),
    )


def _network(program: Program, neurons: tuple[Neuron, ...], high: Fraction, digits: int) -> tuple[Network, Fraction]:
    """Round the optimal network so that its exact objective exceeds the value by at most 10^-digits."""
    bits = 64 + 4 * digits
    network = rational_network(neurons, bits)
    return network, network.objective(program.data, program.penalty)


def _undecided(program: Program, candidate: Candidate, digits: int, engine: str, limit: int, failures: Sequence[str]) -> Optimum:
    bound = prove_bound(program.data, program.penalty, residual=candidate.residual, engine=engine, limit=limit)
    reason = failures[-1] if failures else "no structure was proposed"
    return Optimum(
        data=program.data,
        penalty=program.penalty,
        status=Status.UNDECIDED,
        reason=reason,
        value=Real(low=bound.lower, high=bound.upper),
        residual=(),
        neurons=(),
        network=bound.network,
        lower=bound.lower,
        upper=bound.upper,
        digits=digits,
        evidence=BoundEvidence(residual=bound.residual, positive=bound.positive, negative=bound.negative),
        produced_by=_produced_by(engine),
    )
