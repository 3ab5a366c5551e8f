"""Structures of problems with other losses or a linear part: the rows' places on their losses join the neurons.

Nothing here is trusted; see :mod:`reluexact.propose.guess`, whose counterpart this is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from reluexact.geometry.column import Face
from reluexact.model.program import Program
from reluexact.propose.basis import basis_of, users
from reluexact.propose.block_selection import Features, Representative
from reluexact.propose.extended_start import extended_start
from reluexact.propose.extended_vertex import vertex_guesses
from reluexact.propose.guess import NONE, Proposal, Spot, representatives
from reluexact.propose.pins import pinned
from reluexact.propose.row_places import RowGuess
from reluexact.propose.types import Floats
from reluexact.prove.structure import Structure, build_kkt

_LEAST = 1e-3


class _Features(Features):
    """Features of the rows that curve or fix the objective, with the columns of the linear part beside them.

    A penalised column brings a row of its own, ``sqrt(ridge) g``: it may depend on others.
    """

    def __init__(self, program: Program, reps: Sequence[Representative], guess: RowGuess) -> None:
        super().__init__(program, reps)
        weight = np.sqrt(guess.squares(program))
        table = np.array([[float(entry) for entry in part.column] for part in program.linear]).reshape(-1, len(weight)).T
        ridge = np.array([float(part.ridge) for part in program.linear])
        held = np.diag(np.sqrt(ridge))[ridge > 0]
        self.given = np.vstack([table * weight[:, None], held])
        below = np.zeros((len(held), 1))
        self.columns = self._longer(self.columns * weight[:, None], below)
        self.linear = [None if part is None else self._longer(part * weight[:, None], below) for part in self.linear]
        self.heights = [np.concatenate([height * weight, below[:, 0]]) for height in self.heights]
        coefficients = (table.T @ guess.theta)[ridge > 0] / np.sqrt(ridge[ridge > 0])
        self.target = np.concatenate([guess.fit * weight, coefficients])

    def spans(self, pick: Sequence[int]) -> list[Floats]:
        """Return the matrices whose columns come with a set for nothing."""
        return [*super().spans(pick), *([self.given] if self.given.size else [])]

    def selections(self, fit: Floats) -> list[tuple[int, ...]]:
        """Return sets as for the short form, then those without members that add little: directions are less accurate here."""
        found = super().selections(fit)
        return [*found, *(tuple(index for index in pick if index in self._leading(pick, fit)) for pick in found)]

    def _leading(self, pick: Sequence[int], fit: Floats) -> set[int]:
        parts = np.array(self.amounts(pick, fit)) * np.linalg.norm(self.columns[:, list(pick)], axis=0)
        return {index for index, part in zip(pick, parts, strict=True) if part > _LEAST * parts.max()}

    @staticmethod
    def _longer(table: Floats, below: Floats) -> Floats:
        return np.vstack([table, np.repeat(below, table.shape[1], axis=1)])


def propose_extended(
    program: Program, tight: Sequence[Spot], guess: RowGuess, tolerance: float, *, apart: frozenset[int] = NONE
) -> Iterator[Proposal]:
    """Choose blocks with independent features that reach the fit of the guess or of a vertex; the other spots become ties."""
    reps = representatives(program, tight, tolerance, apart)
    yield from _proposals(program, reps, guess)
    for vertex in vertex_guesses(program, reps, guess):
        yield from _proposals(program, reps, vertex)


def _proposals(program: Program, reps: Sequence[Representative], guess: RowGuess) -> Iterator[Proposal]:
    features = _Features(program, reps, guess)
    for chosen in dict.fromkeys([*features.selections(features.target), ()]):
        blocks = [reps[index] for index in chosen]
        ties: list[Face] = []
        for index, rep in enumerate(reps):
            if index not in chosen:
                ties += [rep.face, rep.face.opposite()] if rep.paired else [rep.face]
        structure = Structure(
            blocks=tuple(rep.face for rep in blocks),
            paired=tuple(rep.paired for rep in blocks),
            ties=tuple(ties),
            places=guess.places,
        )
        for kkt in pinned(build_kkt(program, structure), guess):
            start = extended_start(kkt, [_direction(program, rep) for rep in blocks], guess)
            if start is not None:
                yield Proposal(kkt=kkt, start=start)


def _direction(program: Program, rep: Representative) -> Floats:
    """Return the direction in the coordinates of the user."""
    return users(basis_of(program.of(rep.face).hyperplanes.normals), rep.direction)
