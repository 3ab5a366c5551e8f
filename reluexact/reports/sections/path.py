"""The section on the path in the penalty."""

from __future__ import annotations

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.kinds.solution_path.claim import SolutionPath
from reluexact.kinds.solution_path.views import path_grids, path_pairs, remarks_below
from reluexact.reports.answers import Answers, Asking
from reluexact.reports.blocks import Block, Formula, Picture, Section, Text, facts_of, table_of
from reluexact.reports.mathml import displayed
from reluexact.reports.svg import picture
from reluexact.terminal.text import plural

TITLE = "The path in the penalty"
DIGITS = 8
NAME = "picture of the path"
MOST_OPEN = 12
"""A longer table is closed until somebody opens it."""

_GIVEN = ("data", "status", "weights")
_CAPTIONS = (
    "Breakpoints: where the structure of the optimum changes, from high penalty to low",
    "Pieces between the breakpoints",
)


def section(answers: Answers, asking: Asking) -> Section:
    """Return the section."""
    path = answers.path
    if path is None:
        reason = answers.reasons.get("path", "it is not asked for")
        return Section(id="path", title=TITLE, short="Path", status=Status.UNDECIDED, reason=reason)
    grids = path_grids(path)
    blocks: list[Block] = [facts_of(path_pairs(path, ""), without=_GIVEN), *_picture(path, asking)]
    captions = _CAPTIONS[-len(grids) :]
    blocks += [table_of(grid, caption, folded=len(grid.rows) > MOST_OPEN) for grid, caption in zip(grids, captions, strict=True)]
    blocks += [Text(text=line) for line in remarks_below(path) if line]
    if 0 < len(path.breakpoints) <= MOST_OPEN:
        label = "Breakpoints, and the value as a function of the penalty where it is a quadratic one"
        blocks.append(Formula(label=label, math=displayed(path.latex(DIGITS))))
    reason = "" if path.status is Status.PROVED else path.reason
    return Section(id="path", title=TITLE, short="Path", status=path.status, reason=reason, blocks=tuple(blocks))


def _picture(path: SolutionPath, asking: Asking) -> list[Block]:
    """Return the picture, or why there is none."""
    title = "The optimum against the logarithm of the penalty"
    description = (
        f"Vertical lines are the {plural(len(path.breakpoints), 'breakpoint')}; shaded is what no proof covers. "
        "Blue: positive output weights, vermilion: negative ones."
    )
    svg = asking.ask(NAME, lambda: picture(path, key="path-picture", title=title, description=description))
    if svg is None:
        return [Text(text=Message("UNDECIDED: the picture: ", asking.reasons[NAME]))]
    return [Picture(svg=svg, caption=f"{title}. {description}", wide=True)]
