"""Clarabel for the restricted program of a problem with any piecewise linear-quadratic loss, a linear part, and cones."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from reluexact.propose.engines.clarabel import ATTEMPTS, CLOSED, loaded, settings_of, usable
from reluexact.propose.engines.program import TrainingAnswer, TrainingProgram, require_finite


class ClarabelTraining:
    """Variables (w, t, g, p): ``features w + linear g - steps p = anchor``, ``0 <= p <= length``, ``cones w >= 0``, ``|w| <= t``.

    The price of the equation of a row is the slope of its loss.
    """

    name = "clarabel"

    def __init__(self, tolerance: float = 1e-13) -> None:
        """Load the solver; raises MissingDependency."""
        self._library, self._sparse = loaded()
        self._tolerance = tolerance

    def solve(self, program: TrainingProgram) -> TrainingAnswer | None:
        """Solve to the solver's limit; an early stop still gives the point where it stopped."""
        form = _Form(program)
        require_finite("a training program", program.penalty, *program.features, *program.cones, program.linear, program.ridge)
        require_finite("the losses of a training program", form.quadratic, form.cost, form.anchors)
        best, least = None, math.inf
        for regularisation, step in ATTEMPTS:
            answer = self._solve(form, regularisation, step)
            gap = abs(answer.obj_val - answer.obj_val_dual) if usable(answer) else math.inf
            if gap < least:
                best, least = answer, gap
            if least <= CLOSED * (abs(answer.obj_val) or 1.0):
                break
        if best is None:
            return None
        point, count = np.array(best.x), form.blocks * form.d
        start = count + form.blocks
        return TrainingAnswer(
            weights=point[:count].reshape(form.blocks, form.d),
            linear=point[start : start + len(program.ridge)],
            theta=-np.array(best.z[: form.rows]),
        )

    def _solve(self, form: _Form, regularisation: float, step: float) -> Any:
        lib, sparse = self._library, self._sparse
        cones = [lib.ZeroConeT(form.rows)]
        cones += [lib.NonnegativeConeT(form.inequalities)] * bool(form.inequalities)
        cones += [lib.SecondOrderConeT(form.d + 1)] * form.blocks
        matrix = sparse.csc_matrix((form.values, (form.at_rows, form.at_columns)), shape=(len(form.right), len(form.cost)))
        matrix.eliminate_zeros()
        diagonal = sparse.csc_matrix(sparse.diags_array(form.quadratic))
        settings = settings_of(lib, regularisation, step, self._tolerance)
        return lib.DefaultSolver(diagonal, form.cost, matrix, form.right, cones, settings).solve()


class _Form:
    """A program in Clarabel's form: ``x.quadratic x / 2 + cost.x`` over ``A x + s = right``; A by its entries."""

    def __init__(self, program: TrainingProgram) -> None:
        self.rows, self.blocks = len(program.losses), len(program.features)
        self.d = program.features[0].shape[1] if program.features else 0
        steps = [(i, *step) for i, loss in enumerate(program.losses) for step in loss.steps]
        width, lines = self.blocks * self.d, program.linear.shape[1]
        first = width + self.blocks + lines
        self.cost, self.quadratic = np.zeros(first + len(steps)), np.zeros(first + len(steps))
        self.cost[width : width + self.blocks] = program.penalty
        self.quadratic[width + self.blocks : first] = program.ridge
        self.quadratic[first:] = [2.0 * quadratic for _, _, _, quadratic, _ in steps]
        self.cost[first:] = [linear for *_, linear in steps]
        self.anchors = np.array([loss.anchor for loss in program.losses])
        self._entries: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        self._dense(0, 0, np.hstack(program.features) if self.blocks else np.zeros((self.rows, 0)))
        self._dense(0, width + self.blocks, program.linear)
        self._single([i for i, *_ in steps], range(first, first + len(steps)), [-float(step[1] or 1) for step in steps])
        top, limits = self._inequalities(program, steps, first)
        self.inequalities = top - self.rows
        for k in range(self.blocks):
            self._single([top], [width + k], [-1.0])
            self._single(range(top + 1, top + 1 + self.d), range(k * self.d, (k + 1) * self.d), [-1.0] * self.d)
            top += 1 + self.d
        self.right = np.zeros(top)
        self.right[: self.rows] = self.anchors
        self.right[self.rows : self.rows + len(limits)] = limits
        self.at_rows, self.at_columns, self.values = (np.concatenate(part) for part in zip(*self._entries, strict=True))

    def _inequalities(
        self, program: TrainingProgram, steps: list[tuple[int, int, float, float, float]], first: int
    ) -> tuple[int, list[float]]:
        """Add ``p >= 0``, ``p <= length`` and the cones; return the row after the last and the right sides of the first."""
        signed = [k for k, step in enumerate(steps) if step[1]]
        ended = [k for k in signed if math.isfinite(steps[k][2])]
        top = self.rows
        self._single(range(top, top + len(signed)), [first + k for k in signed], [-1.0] * len(signed))
        top += len(signed)
        self._single(range(top, top + len(ended)), [first + k for k in ended], [1.0] * len(ended))
        top += len(ended)
        for k, cone in enumerate(program.cones):
            self._dense(top, k * self.d, -cone)
            top += len(cone)
        return top, [0.0] * len(signed) + [steps[k][2] for k in ended]

    def _dense(self, row: int, column: int, block: np.ndarray) -> None:
        rows, columns = np.indices(block.shape)
        self._entries.append((row + rows.ravel(), column + columns.ravel(), block.ravel()))

    def _single(self, rows: Any, columns: Any, values: list[float]) -> None:
        self._entries.append((np.array(list(rows), dtype=int), np.array(list(columns), dtype=int), np.array(values, dtype=float)))
