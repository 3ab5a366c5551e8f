"""Of the dual points that a problem without neurons has, the one that neurons see least: cutting planes (Kelley 1960)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from reluexact.model.convex import Ends
from reluexact.numbers.types import Vector
from reluexact.progress import Progress, Stage
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import LinearProgram
from reluexact.propose.training import Prepared
from reluexact.propose.types import Floats

_ROUNDS = 400
_CLOSED = 1e-10
_NOTHING = 1e-12


def flattest(
    prepared: Prepared, theta: Vector, ends: Sequence[Ends], slack: Sequence[int], pull: Vector, report: Progress
) -> Vector:
    """Return a point near the least of ``max |theta.(Xw + c)+| / |w|``.

    theta: a dual point; the entries ``slack`` may move between their ``ends`` as long as ``G_k.theta = pull_k`` for every column
    of the linear part.
    """
    known = np.array([float(t) for t in theta])
    fixed = known.copy()
    fixed[list(slack)] = 0.0
    scale = max(float(np.abs(known).max()), float(np.finfo(float).tiny))
    columns = np.array([[float(entry) for entry in part.column] for part in prepared.problem.linear]).reshape(-1, len(theta))
    right = np.array([float(p) for p in pull]) - columns @ fixed
    bounds = [(float(low or 0), float(high or 0)) for low, high in (ends[i] for i in slack)]
    cuts: list[Floats] = []
    point, solver = known, engine("linear")
    for rounds in range(_ROUNDS):
        level = max((float(cut @ point) for cut in cuts), default=0.0)
        top = prepared.violated(point, max(level * (1 + _CLOSED), _NOTHING * scale), 4)
        report(Stage("cutting planes", done=rounds))
        if not top:
            break
        for place, priced in top:
            rows = np.array([[float(x) for x in row] for row in prepared.views[place].data.X])
            cuts.append(priced.column.sign * np.maximum(rows @ np.array(priced.direction), 0.0))
        answer = solver.solve(_program(np.array(cuts), fixed, list(slack), bounds, columns, right))
        if answer is None:
            break
        point = fixed.copy()
        point[list(slack)] = answer.point[:-1]
    return tuple(Fraction(value) for value in point.tolist())


def _program(
    cuts: Floats, fixed: Floats, slack: list[int], bounds: list[tuple[float, float]], columns: Floats, right: Floats
) -> LinearProgram:
    """Return the program over the entries that may move and the height b: least b with ``cut.theta <= b``."""
    lines = len(columns)
    return LinearProgram(
        cost=np.append(np.zeros(len(slack)), 1.0),
        rows=np.hstack([cuts[:, slack], -np.ones((len(cuts), 1))]),
        limits=-(cuts @ fixed),
        bounds=[*bounds, (0.0, None)],
        equations=np.hstack([columns[:, slack], np.zeros((lines, 1))]) if lines else None,
        right=right if lines else None,
    )
