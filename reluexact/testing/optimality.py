"""An assertion about networks: at most so much above the global optimum, proved; what fails says why."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.status import Status
from reluexact.kinds.judgement.claim import Judgement
from reluexact.kinds.judgement.find import LIMIT, judge
from reluexact.kinds.judgement.reasons import explanation_lines
from reluexact.kinds.judgement.views import PLACES, amount_words, share_words, verdict_words
from reluexact.model.problem import Problem
from reluexact.numbers.rational import to_gap
from reluexact.terminal.text import exact, proved, rounded
from reluexact.testing.answer import answered

GAP = Fraction(1, 10**6)
EXPLAINING = 10
TINY_TEXT = "1/1000000000"
TINY = Fraction(TINY_TEXT)


class NotOptimal(AssertionError):
    """A network is above the optimum by more than was allowed, PROVED; ``judgement`` has the bounds."""

    def __init__(self, text: str, judgement: Judgement | None = None) -> None:
        super().__init__(text, judgement)
        self.judgement = judgement

    def __str__(self) -> str:
        return str(self.args[0])


class NotDecided(NotOptimal):
    """The proved bounds do not tell whether a network is within the gap; ``judgement`` has them."""


def assert_optimal(
    network: object,
    problem: Problem | None = None,
    *,
    gap: object = GAP,
    time_limit: object = None,
    limit: int = LIMIT,
    explain: object = EXPLAINING,
) -> Judgement:
    """Fail unless the objective of a network is proved to be at most ``gap``, a share of it, above the global optimum.

    network, problem, time_limit, limit: as in :func:`reluexact.kinds.judgement.find.judge`; a network that another program
    trained (``rx.from_sklearn`` and others) brings its problem; a pair (hidden, output), or a mapping that has also hidden_bias,
    output_bias or skip, may hold arrays of floats, which are the numbers that are stored. gap: a number >= 0; 0 asks for a
    global optimum exactly. explain: seconds for the reasons in the message, None for none. Returns the judgement. Raises
    NotOptimal where the network is worse, NotDecided (a NotOptimal) where the bounds do not tell; both are AssertionErrors.

    >>> from reluexact import Dataset, Network
    >>> problem = Problem(Dataset([[1], [2]], [1, 2]), "15/4")
    >>> assert_optimal(Network([["1/2"]], ["1/2"]), problem, gap=0)
    Judgement(a global optimum; objective=75/32)
    >>> assert_optimal(Network([[1]], [1]), problem, explain=None)
    Traceback (most recent call last):
    ...
    reluexact.testing.optimality.NotOptimal: REFUTED: the excess is more than 0.000001 of the objective
    objective   3.75
    optimum     2.343750000000
    excess      1.406250000000: 0.37500000 of the objective
    problem     2 rows, 1 columns, penalty 3.75; squared loss; no bias beside the columns of X, no skip connection
                If it was trained with other parts or penalised otherwise, this is about the wrong problem.
    """
    most = to_gap(gap)
    found = judge(answered(network), problem, time_limit=time_limit, limit=limit)
    status = found.within(most)
    if status is Status.PROVED:
        return found
    raise (NotOptimal if status is Status.REFUTED else NotDecided)(message(found, most, explain), found)


def message(found: Judgement, most: Fraction, seconds: object) -> str:
    """Return what a failure says."""
    lines = [
        verdict_words(found, most),
        f"objective   {exact(found.objective) or rounded(found.objective, PLACES)}",
        f"optimum     {proved(found.optimum, PLACES)}",
        f"excess      {amount_words(found.excess)}: {share_words(found.relative)} of the objective",
    ]
    if most < found.relative.high <= TINY:
        lines.append(
            "hint        the excess is tiny: floats do not reach an optimum exactly, nor do rational weights where it is "
            f'irrational; ask for a small gap, such as gap="{TINY_TEXT}"'
        )
    if found.reason:
        lines.append(f"bounds      {found.reason}")
    lines += [f"remark      {text}" for text in found.remarks]
    has = ", ".join(found.problem.described()) or "squared loss; no bias beside the columns of X, no skip connection"
    size = f"{found.data.n} rows, {found.data.d} columns, penalty {exact(found.penalty) or rounded(found.penalty, PLACES)}"
    lines.append(f"problem     {size}; {has}")
    lines.append("            If it was trained with other parts or penalised otherwise, this is about the wrong problem.")
    return "\n".join([*lines, *(_why(found, seconds) if seconds is not None else [])])


def _why(found: Judgement, seconds: object) -> list[str]:
    why = found.explain(time_limit=seconds)
    steps = [f"  {step.name:<16} {amount_words(step.gain)}" for step in why.steps or ()]
    return [*(["", "The excess is the sum of", *steps] if steps else []), *explanation_lines(why)]
