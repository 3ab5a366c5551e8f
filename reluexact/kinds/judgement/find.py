"""How far is a network from the global optimum? Its objective is exact; the optimal value has proved bounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reluexact.budget import Interrupted, OutOfTime, spending
from reluexact.errors import Argument, Cure, InputError, Limit, LimitReached, Message
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.evidence.status import Status
from reluexact.kinds.bound.find import prove_bound
from reluexact.kinds.judgement.claim import Excess, Judgement
from reluexact.kinds.judgement.exact import own_bound
from reluexact.kinds.judgement.subject import Subject, subject_of
from reluexact.kinds.optimum.find import solve
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.logistic import Logistic
from reluexact.model.problem import Problem
from reluexact.numbers.rational import Floats, to_count
from reluexact.numbers.seconds import out_of_time, to_seconds
from reluexact.progress import Progress, Stage, silent
from reluexact.propose.cones import WIDEST
from reluexact.propose.ladders import NUMERICAL
from reluexact.search.cone_bounds import NEAR, cone_bounds, serve, too_wide
from reluexact.search.problem_watch import ProblemWatch

LIMIT = 200_000
GAPS = (Fraction(1, 10**12), Fraction(1, 10**30), Fraction(1, 10**80))
"""Relative gaps of the optimal value, the next one where a network is too near to the optimum for the one before."""
CLEAR = 1000
"""An excess is known well enough when its bounds differ by at most this part of it."""
DIGITS = 60
Evidence = BoundProof | ProblemBound | ProblemOptimum


def judge(
    network: object,
    problem: Problem | None = None,
    *,
    floats: Floats = None,
    time_limit: object = None,
    limit: int = LIMIT,
    progress: Progress | None = None,
) -> Judgement:
    """Prove how far the objective of a network is above the global optimum over networks of every width.

    network: a Network, a BiasedNetwork or a pair (hidden, output), beside the problem; or a network that another program trained,
    which brings its problem (``rx.from_sklearn`` and others). problem: a :class:`reluexact.model.problem.Problem`. floats: which
    numbers those of a pair stand for, as in Network. An optimal
    network is known as one, with the excess 0 exactly, unless its loss has a kink at one of its fits and the optimal value is
    irrational. time_limit: seconds; limit: nodes of a branch tree; where they end the work the bounds are wider, with the
    ``reason``. With a free hidden bias, several features and many rows (300 numbers in X) the bounds are those of
    :mod:`reluexact.search.cone_bounds`; limit: cones of a dual point. KeyboardInterrupt (Ctrl-C) comes with the
    judgement that is proved, as ``error.bounds``.

    The objective of a problem, and what is penalised, stand in :class:`reluexact.model.problem.Problem`. The bounds are weak
    duality (Pilanci & Ergen 2020; for the parts of a problem :mod:`reluexact.model.problem`). Raises InputError for a network
    with a part that the problem has not.

    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.network import Network
    >>> problem = Problem(Dataset([[1], [2]], [1, 2]), "15/4")
    >>> judge(Network([["1/2"]], ["1/2"]), problem)
    Judgement(a global optimum; objective=75/32)
    >>> found = judge(Network([[1]], [1]), problem)
    >>> found.objective, found.objective - found.excess.low >= Fraction(75, 32) >= found.objective - found.excess.high
    (Fraction(15, 4), True)
    >>> found.within("1/100").name, found.is_optimal
    ('REFUTED', False)
    """
    subject = subject_of(network, problem, floats)
    to_count(limit, where="limit")
    seconds, report = to_seconds(time_limit), progress or silent
    objective = subject.problem.objective(subject.network)
    report(Stage("the objective of the network"))
    try:
        with spending(seconds):
            own = own_bound(subject.problem, subject.network, objective, limit=limit)
            if own is not None:
                return judgement(subject, objective, own)
            if serve(subject.problem):
                return _by_cones(subject, objective, limit, progress)
            return _bounded(subject, objective, limit, progress)
    except OutOfTime as stop:
        with spending(anew=True):
            return judgement(subject, objective, _least(subject.problem), out_of_time(stop))
    except Interrupted as stop:
        if isinstance(stop.bounds, BoundProof | ProblemBound):
            raise Interrupted(judgement(subject, objective, stop.bounds)) from None
        raise


def judgement(subject: Subject, objective: Fraction, evidence: Evidence, reason: str = "") -> Judgement:
    """Return the judgement that bounds of the optimal value give; the network itself is one."""
    low, high = ends(evidence)
    below = objective - slack(subject.problem)
    return Judgement(
        problem=subject.problem,
        network=subject.network,
        objective=objective,
        excess=Excess(low=max(Fraction(0), below - high), high=objective - low),
        evidence=evidence,
        reason=reason,
        trainer=subject.trainer,
        constant=subject.constant,
        remarks=subject.remarks,
    )


def ends(evidence: Evidence) -> tuple[Fraction, Fraction]:
    """Return the bounds of the optimal value that evidence shows."""
    return (evidence.value.low, evidence.value.high) if isinstance(evidence, ProblemOptimum) else (evidence.lower, evidence.upper)


def slack(problem: Problem) -> Fraction:
    """Return what the objective of a network may be rounded up by: nothing, but for the logistic loss.

    >>> from reluexact.model.dataset import Dataset
    >>> data = Dataset([[1], [2]], [1, -1])
    >>> slack(Problem(data, 1)), slack(Problem(data, 1, "logistic")) == Fraction(2, 2**188)
    (Fraction(0, 1), True)
    """
    if not isinstance(problem.loss, Logistic):
        return Fraction(0)
    return sum(problem.weights or (Fraction(1),) * problem.data.n, Fraction(0)) / 2**188


def _bounded(subject: Subject, objective: Fraction, limit: int, progress: Progress | None) -> Judgement:
    """Prove bounds of the optimal value, finer ones where the network is near to it."""
    found, problem = None, subject.problem
    for gap in GAPS if problem.is_plain else GAPS[:1]:
        try:
            bound = prove_bound(problem, gap=gap, limit=limit, progress=progress)
        except LimitReached as stop:
            return found or _stopped(subject, objective, stop)
        found = judgement(subject, objective, bound)
        if _is_clear(found.excess):
            return found
    if found is None or problem.is_plain or isinstance(problem.loss, Logistic):
        return found or judgement(subject, objective, _least(problem))
    optimum = solve(problem, digits=DIGITS, limit=limit, progress=progress)
    if not isinstance(optimum, ProblemOptimum) or optimum.status is not Status.PROVED:
        return found
    return judgement(subject, objective, optimum)


def _by_cones(subject: Subject, objective: Fraction, limit: int, progress: Progress | None) -> Judgement:
    """Prove bounds without a tree for every row, and say why they are no closer."""
    watch = ProblemWatch(subject.problem, "clarabel", progress)
    try:
        with watch.over(None):
            found = judgement(
                subject, objective, cone_bounds(subject.problem, subject.network, limit=limit, progress=watch.report)
            )
    except OutOfTime as stop:
        with spending(anew=True):
            return judgement(subject, objective, watch.best, out_of_time(stop))
    except (InputError, *NUMERICAL):  # floats find nothing
        found = judgement(subject, objective, watch.best)
    return found if _is_clear(found.excess) else replace(found, reason=_open_words(found, limit))


def _open_words(found: Judgement, limit: int) -> Message:
    if too_wide(found.problem):
        return Message(
            f"cones serve up to {WIDEST} features; the network is compared with a better one, the lower bound took no work"
        )
    reached = Limit(counted="cones", value=limit, reached=limit)
    if isinstance(found.evidence, ProblemBound) and found.evidence.gap <= NEAR:
        return Message(
            "the bounds of the optimal value are less than a thousandth of it apart, which does not tell more of the network;"
            " closer bounds need a branch tree for every row, as solve looks for them"
        )
    cure = Cure("raise ", Argument("limit"), " to go on")
    return Message(
        f"the bounds come no closer with {limit} cones for a dual point; more time alone does not help", cure, limit=reached
    )


def _stopped(subject: Subject, objective: Fraction, stop: LimitReached) -> Judgement:
    bound = stop.bounds if isinstance(stop.bounds, BoundProof | ProblemBound) else _least(subject.problem)
    return judgement(subject, objective, bound, stop.message)


def _is_clear(excess: Excess) -> bool:
    return (excess.high - excess.low) * CLEAR <= excess.high


def _least(problem: Problem) -> BoundProof | ProblemBound:
    """Return the bounds that need no work."""
    if problem.is_plain:
        from reluexact.search.watch import Watch

        return Watch(problem.data, problem.penalty, None).best
    from reluexact.search.problem_bound import zero_bound

    return zero_bound(problem)
