"""Cross-validation over the whole solution path."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from reluexact.errors import Argument, Cure, InputError, Message
from reluexact.evidence.path import PathEvidence, Segment
from reluexact.evidence.status import Status
from reluexact.kinds.cross_validation.claim import CrossValidation
from reluexact.kinds.cross_validation.search import Errors, fold_of, least_error
from reluexact.kinds.max_penalty.find import max_penalty
from reluexact.kinds.plain import plain_problem
from reluexact.kinds.solution_path.find import solution_path
from reluexact.model.calls import of_data
from reluexact.model.dataset import Dataset
from reluexact.model.misplaced import misplaced
from reluexact.model.problem import Problem
from reluexact.numbers.rational import to_count, to_penalty
from reluexact.numbers.real import Real
from reluexact.numbers.seconds import time_limited
from reluexact.progress import Progress, Stage, silent
from reluexact.work import Map, Work

CALL = "cross_validate(Dataset(X, y), 1)"
MOST_DIGITS = 24


@of_data(CALL)
def cross_validate(
    data: Dataset | Problem,
    low: object,
    *,
    folds: int | Sequence[object] = 5,
    digits: int = 6,
    limit: int = 200_000,
    time_limit: object = None,
    map: Map | None = None,
    progress: Progress | None = None,
) -> CrossValidation:
    """Find the penalties of the least cross-validation error among all from ``low`` on, proved.

    For every fold the solution path of the other rows is followed down to ``low``; on its pieces the predictions are analytic
    functions of the penalty, which are enclosed, and branch and bound excludes every penalty whose error is larger than the
    least. folds: their number k, of which row i is in fold i mod k (as data may be sorted, no block of rows is one fold); or one
    label per row. digits: parts of relative length 10^-digits are not halved any more. The error is the mean over the rows of
    ``(y_i - f(x_i))^2``, f the optimum without the fold of row i; of a Problem with row weights the weighted mean. limit: nodes
    of a branch tree. time_limit: seconds. map: who follows the paths of the folds, such as ``executor.map`` or ``client.map`` of
    Dask (:mod:`reluexact.work`); the answer does not depend on it.

    The status is PROVED, or UNDECIDED where a gap of some path may hold a better penalty, or its optimal networks differ outside
    of their own rows (ties). Raises InputError for bad input, and LimitReached when the time is over.

    >>> found = cross_validate(Dataset([[1], [2], [3], [4]], [1, 2, 3, 5]), low="1/10", folds=2)
    >>> found.status.name, len(found.best)
    ('PROVED', 1)
    """
    work = Work.of(map)
    rows = plain_problem(data, None if isinstance(data, Problem) else 1, "cross_validation", call=CALL).data
    least = to_penalty(low, where="low")
    to_count(digits, where="digits", most=MOST_DIGITS)
    labels, report = _labels(folds, rows.given.n), progress or silent
    with time_limited(time_limit):
        evidence, others = [], [_others(rows, _per_row(rows, labels), fold) for fold in range(max(labels) + 1)]
        heard = None if work.is_shared else progress
        report(Stage("paths of the folds", done=0, total=len(others)))
        for found_path in work.each(partial(_evidence, low=least, limit=limit, progress=heard), others):
            evidence.append(found_path)
            report(Stage("paths of the folds", done=len(evidence), total=len(others)))
        report(Stage("least error"))
        errors = errors_of(rows, labels, least, tuple(evidence))
        found = least_error(errors, digits)
    reason = (
        Message("penalties at which some path, or its prediction, is not proved may be better") if found.open else Message("")
    )
    return CrossValidation(
        data=rows,
        folds=labels,
        low=least,
        status=Status.UNDECIDED if found.open else Status.PROVED,
        reason=reason,
        best=found.parts,
        error=Real(low=max(found.low, Fraction(0)), high=found.high),
        evidence=tuple(evidence),
    )


def cross_validation_error(found: CrossValidation, penalty: object) -> Real:
    """Return the error at a penalty from ``low`` on, enclosed; InputError below it and where some path has a gap."""
    if not isinstance(found, CrossValidation):
        raise misplaced("found", found, "the answer of cross_validate", "pass rx.cross_validate(data, low)")
    wanted = to_penalty(penalty)
    if wanted < found.low:
        raise InputError(f"penalty: {wanted} is below {found.low}, where the paths of the folds end")
    known = errors_of(found.data, found.folds, found.low, found.evidence).at(wanted)
    if known is None:
        raise InputError(f"penalty: {wanted} lies in a gap of the path of some fold")
    return Real(low=max(known[0], Fraction(0)), high=known[1])


def errors_of(data: Dataset, labels: tuple[int, ...], low: Fraction, evidence: tuple[PathEvidence, ...]) -> Errors:
    """Return the error as a function; labels: the fold of each given row."""
    folds, labels = [], _per_row(data, labels)
    for fold, known in enumerate(evidence):
        inside = [i for i, label in enumerate(labels) if label == fold]
        rows, targets = tuple(data.X[i] for i in inside), tuple(data.y[i] for i in inside)
        folds.append(fold_of(_others(data, labels, fold), known, rows, targets))
    return Errors(tuple(folds), low, Fraction(data.n) if data.copies is None else sum(data.copies.weights, Fraction(0)))


def _per_row(data: Dataset, labels: tuple[int, ...]) -> tuple[int, ...]:
    """Return the fold of each row of the data, which may be scaled copies of rows with weights."""
    return labels if data.copies is None else tuple(labels[row] for row in data.copies.rows)


def _labels(folds: int | Sequence[object], n: int) -> tuple[int, ...]:
    """Return the fold of each row, counted from 0."""
    if isinstance(folds, int) and not isinstance(folds, bool):
        if not 2 <= folds <= n:
            cure = Cure("give a smaller " if folds > n else "give a larger ", Argument("folds"))
            raise InputError(Message(f"folds: {folds} does not lie between 2 and {n}, the number of rows", cure))
        return tuple(i % folds for i in range(n))
    if isinstance(folds, str) or not isinstance(folds, Sequence):
        raise InputError("folds: give a number of folds, or a list with the fold of each row")
    if len(folds) != n:
        raise InputError(f"folds: there are {len(folds)} labels but {n} rows; give one per row")
    try:
        names = list(dict.fromkeys(folds))
    except TypeError:
        raise InputError("folds: a label is a list; give one number or text per row, the fold that it is in") from None
    odd = next((i for i, label in enumerate(folds) if label != label), None)
    if odd is not None:
        raise InputError(f"folds: the label of row {odd} is no number (NaN)")
    if len(names) < 2:
        raise InputError("folds: all rows are in one fold; give two at least")
    return tuple(names.index(label) for label in folds)


def _others(data: Dataset, labels: tuple[int, ...], fold: int) -> Dataset:
    """Return the rows outside of a fold."""
    kept = [i for i, label in enumerate(labels) if label != fold]
    return Dataset([data.X[i] for i in kept], [data.y[i] for i in kept], names=data.names, target_name=data.target_name)


def _evidence(data: Dataset, low: Fraction, limit: int, progress: Progress | None) -> PathEvidence:
    """Return the path of a fold; where the zero network is optimal from ``low`` on, one segment without neurons."""
    greatest = max_penalty(data)
    if greatest > low:
        return solution_path(data, low, limit=limit, progress=progress).evidence
    nothing = Segment(
        low=low,
        high=low + 1,
        blocks=(),
        lineality=(),
        watched=(),
        coefficients=((),),
        unique=(),
        radius=(),
        slope=(),
        preconditioner=(),
        vanishing=(),
        positive=(),
        negative=(),
    )
    return PathEvidence(segments=(nothing,), links=())
