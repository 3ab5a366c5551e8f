"""The section on the data and the value: what the problem is about, what the minimum consists of."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.kinds.bound.views import bound_pairs
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.optimum.problem_views import problem_optimum_pairs
from reluexact.kinds.optimum.views import optimum_pairs
from reluexact.model.dataset import Dataset
from reluexact.reports.answers import Answers
from reluexact.reports.blocks import Facts, Section, Table, facts_of
from reluexact.terminal.text import exact, printable, rounded

MOST_COLUMNS = 40
PLACES = 6


def section(answers: Answers) -> Section:
    """Return the section."""
    data = answers.problem.data
    digest = ("digest (sha256)", data.digest)
    remarks = tuple(("remark", text) for text in data.remarks)
    facts = facts_of(_pairs(answers), without=("status",))
    return Section(
        id="value",
        title="The data and the value",
        short="Value",
        blocks=(Facts(pairs=(*facts.pairs, digest, *remarks)), _columns(data)),
    )


def _pairs(answers: Answers) -> list[tuple[str, str]]:
    optimum = answers.optimum
    if isinstance(optimum, Optimum):
        return optimum_pairs(optimum, "")
    if isinstance(optimum, ProblemOptimum):
        return problem_optimum_pairs(optimum, "")
    if isinstance(optimum, BoundProof | ProblemBound):
        return bound_pairs(optimum, Fraction(0), "")
    raise TypeError(type(optimum).__name__)


def _columns(data: Dataset) -> Table:
    """Return one row for each column of the data."""
    columns = [(name, "feature", [row[j] for row in data.X]) for j, name in enumerate(data.names)]
    if data.has_bias:
        columns[-1] = (columns[-1][0], "column of ones", columns[-1][2])
    shown = columns[:MOST_COLUMNS]
    left = len(columns) - len(shown)
    rows = [_column(*column) for column in [*shown, (data.target_name, "target", list(data.y))]]
    return Table(
        caption="The columns, as exact numbers",
        headings=("column", "used as", "least", "greatest", "different values"),
        rows=tuple(rows),
        left=(0, 1),
        more=f"{left} more features are not shown" if left else "",
    )


def _column(name: str, role: str, entries: list[Fraction]) -> tuple[str, ...]:
    least, most = ((exact(end) or rounded(end, PLACES)) for end in (min(entries), max(entries)))
    return printable(name), role, least, most, str(len(set(entries)))
