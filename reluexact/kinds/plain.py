"""The short form of a problem that a kind is asked about: row weights become scaled copies of rows, other parts are refused."""

from __future__ import annotations

from reluexact.errors import InputError, LimitReached, Message
from reluexact.evidence.status import Status
from reluexact.kinds.carries import require_carried
from reluexact.kinds.optimum.claim import Optimum, require_optimum
from reluexact.kinds.optimum.find import solve
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem, as_problem
from reluexact.model.row_weights import without_weights
from reluexact.numbers.rational import Floats
from reluexact.progress import Progress


def plain_problem(
    data: Dataset | Problem, penalty: object, folder: str, *, call: str = "", floats: Floats = None, choice: bool = False
) -> Problem:
    """Return the problem of a call, without row weights: a Problem alone, or data and penalty. ``folder``: of the kind.

    >>> data = Dataset([[1], [2]], [1, 2])
    >>> plain_problem(Problem(data, 1, weights=[2, 1]), None, "classification").data.n
    3
    >>> plain_problem(Problem(data, 1, loss="absolute"), None, "classification")
    Traceback (most recent call last):
    ...
    reluexact.errors.InputError: classify does not take another loss yet (the problem has loss absolute); prove_bound, \
max_penalty and solve do
    """
    problem = as_problem(data, penalty, call=call, floats=floats, choice=choice)
    require_carried(problem, folder)
    return without_weights(problem)


def plain_optimum(optimum: Optimum | ProblemOptimum | Problem, folder: str, *, progress: Progress | None = None) -> Optimum:
    """Return an optimum of the short form: as it is given, or that of a problem (with its weights), which is solved here.

    >>> plain_optimum(Problem(Dataset([[1], [2]], [1, 2]), 1, weights=[4, 1]), "optimal_set").data.X
    ((Fraction(2, 1),), (Fraction(2, 1),))
    """
    problem = optimum.problem if isinstance(optimum, ProblemOptimum) else optimum
    if not isinstance(problem, Problem):
        require_optimum(problem)
        return problem
    plain = plain_problem(problem, None, folder)
    digits = optimum.digits if isinstance(optimum, ProblemOptimum) else 30
    found = solve(plain.data, plain.penalty, digits=digits, progress=progress)
    if found.status is not Status.PROVED:
        stopped = isinstance(found.reason, Message) and found.reason.limit is not None
        raise (LimitReached if stopped else InputError)(Message("the optimum is not proved: ", found.reason))
    if isinstance(optimum, ProblemOptimum) and (found.value.high < optimum.lower or optimum.upper < found.value.low):
        raise ArithmeticError("the optimum of the scaled copies is another one; please report the problem")
    return found
