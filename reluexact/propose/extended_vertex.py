"""A vertex of the proposed optimal set of a problem with linear pieces in its loss.

Where the loss is linear the fit is not unique, and the point that a solver returns lies inside of a face: no structure determines
it. At a vertex as many rows reach a breakpoint as it takes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from reluexact.model.law import PieceLaw
from reluexact.model.program import Program
from reluexact.propose.basis import basis_of
from reluexact.propose.block_selection import Representative, even_rows
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import Bound, LinearProgram
from reluexact.propose.row_places import RowGuess
from reluexact.propose.types import Floats

_NEAR = 1e-7


def vertex_guesses(program: Program, reps: Sequence[Representative], guess: RowGuess) -> Iterator[RowGuess]:
    """Yield the rows' places at vertices; none where no row is on a linear piece, or the linear program has no solution."""
    laws = program.laws(guess.places)
    loose = np.array([isinstance(law, PieceLaw) and not law.square for law in laws])
    if not loose.any():
        return
    table, count = _table(program, reps)
    if not table.size:
        return
    program_of_costs = _face(program, reps, guess, table, loose)
    for cost in _costs(program_of_costs, count):
        answer = engine("linear", "highs-ds").solve(replace(program_of_costs, cost=cost))
        if answer is not None:
            fit = np.where(loose, table @ answer.point, guess.fit)
            near = _NEAR * max(1e-300, float(np.abs(fit).max(initial=0.0)))
            places = (_place(program, i, fit[i], near) if loose[i] else place for i, place in enumerate(guess.places))
            yield replace(guess, places=tuple(places), fit=fit)


def _face(program: Program, reps: Sequence[Representative], guess: RowGuess, table: Floats, loose: np.ndarray) -> LinearProgram:
    """Return the optimal networks that a dual point leaves: amounts and linear part, rows between the ends of their pieces.

    What is penalised in the linear part is known: its share of the dual point, by the ridge.
    """
    laws, count = program.laws(guess.places), table.shape[1] - len(program.linear)
    low = np.array([-np.inf if law.low is None or not isinstance(law, PieceLaw) else float(law.low) for law in laws])
    high = np.array([np.inf if law.high is None or not isinstance(law, PieceLaw) else float(law.high) for law in laws])
    up, down = loose & np.isfinite(high), loose & np.isfinite(low)
    known = [float(table[:, count + k] @ guess.theta) / float(part.ridge or 1) for k, part in enumerate(program.linear)]
    linear: list[Bound] = [
        (value, value) if part.ridge else (None, None) for value, part in zip(known, program.linear, strict=True)
    ]
    return LinearProgram(
        cost=np.zeros(table.shape[1]),
        rows=np.vstack([table[up], -table[down]]),
        limits=np.concatenate([high[up], -low[down]]),
        bounds=[*[(0.0, None)] * count, *linear],
        equations=table[~loose],
        right=guess.fit[~loose],
    )


def _costs(face: LinearProgram, count: int) -> Iterator[Floats]:
    """Yield generic costs: positive ones of amounts, to either side of the linear part; then some bounded on the face."""
    generic = _generic(face.rows.shape[1], np.sqrt(2))
    for side in (1.0, -1.0)[: 1 + (count < len(generic))]:  # of the linear part, which may be unbounded on one side
        yield np.concatenate([generic[:count], side * generic[count:]])
    for root in (np.sqrt(3), np.sqrt(5)):
        weights = _generic(len(face.rows), root)
        yield np.concatenate([generic[:count], np.zeros(len(generic) - count)]) - face.rows.T @ weights


def _generic(count: int, root: float) -> Floats:
    """Return numbers between 1 and 3/2 without relations."""
    return np.asarray(1 + np.modf(np.arange(1, count + 1) * root)[0] / 2)


def _table(program: Program, reps: Sequence[Representative]) -> tuple[Floats, int]:
    """Return the features of all neurons, both of a pair, then the columns of the linear part; and how many neurons."""
    tables = [even_rows(view, basis_of(view.hyperplanes.normals)) for view in program.views]
    sides = [(rep, side) for rep in reps for side in ((1, -1) if rep.paired else (1,))]
    heights = [side * (tables[rep.face.view] @ np.array(rep.direction)) for rep, side in sides]
    features = [rep.face.sign * np.maximum(height, 0) for (rep, _), height in zip(sides, heights, strict=True)]
    linear = [[float(entry) for entry in part.column] for part in program.linear]
    return np.array([*features, *linear]).reshape(-1, program.data.n).T, len(features)


def _place(program: Program, row: int, fit: float, near: float) -> int:
    losses = program.problem.row_losses if program.problem else ()
    points = [float(point) for point in losses[row].breakpoints]
    at = [number for number, point in enumerate(points) if abs(fit - point) <= near]
    return 2 * at[0] + 1 if at else 2 * bisect_left(points, fit)
