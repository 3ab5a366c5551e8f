"""The section on the optimal function: a picture of it with the data, or of the fit."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.model.dataset import Dataset
from reluexact.reports.answers import Answers, Asking
from reluexact.reports.blocks import Picture, Section, Text
from reluexact.reports.svg import picture
from reluexact.terminal.text import printable

NAME = "picture of the function"


def section(answers: Answers, asking: Asking) -> Section:
    """Return the section."""
    optimum, best = answers.optimum, answers.best
    if not isinstance(optimum, Optimum | ProblemOptimum):
        return Section(
            id="function", title="The function", short="Function", blocks=(Text(text="Of bounds there is no optimal function."),)
        )
    title, description = _words(optimum)
    claim = best if best is not None and best.status is Status.PROVED else optimum
    svg = asking.ask(NAME, lambda: picture(claim, key="function-picture", title=title, description=description))
    if svg is None:
        reason = asking.reasons[NAME]
        return Section(id="function", title="The function", short="Function", status=Status.UNDECIDED, reason=reason)
    return Section(
        id="function", title="The function", short="Function", blocks=(Picture(svg=svg, caption=f"{title}. {description}"),)
    )


def _words(optimum: Optimum | ProblemOptimum) -> tuple[str, str]:
    """Return title and description of the picture, in words that stand for it."""
    data = optimum.data.given
    known = "The optimal function" if optimum.status is Status.PROVED else "The best function known, which is not proved optimal,"
    if data.d - data.has_bias == 1:
        over = f"{known} of {printable(data.names[0])}"
        return f"{over} and the {data.n} rows of the data", _kinks(optimum)
    return "Fitted values and residuals", f"{known.rstrip(',')} at the {data.n} rows: {_fit(data)}."


def _kinks(optimum: Optimum | ProblemOptimum) -> str:
    count = len(optimum.network.hidden)
    return f"It is piecewise linear; its network has {count} neuron{'' if count == 1 else 's'}, each of which may bend it once."


def _fit(data: Dataset) -> str:
    target = printable(data.target_name)
    return f"fitted {target} against {target}, and what is left, target minus fitted"
