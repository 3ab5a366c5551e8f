"""``rx.report``: ask everything about a problem, and write one page about the answers."""

from __future__ import annotations

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem, as_problem
from reluexact.numbers.rational import Floats, to_count, to_penalty
from reluexact.numbers.seconds import to_seconds
from reluexact.progress import Progress, Stage, silent
from reluexact.reports.answers import Asking, answered
from reluexact.reports.claim import Report
from reluexact.reports.page import written

SECONDS = 60
"""What each question may take unless the caller says otherwise."""


def report(
    data: Dataset | Problem,
    penalty: object = None,
    *,
    name: str = "data",
    options: str = "",
    low: object = None,
    time_limit: object = SECONDS,
    limit: int = 200_000,
    embed: bool = True,
    floats: Floats = None,
    progress: Progress | None = None,
) -> Report:
    """Write a page about a problem: what is proved of its optimum, and what is not.

    data, penalty: a data set and a number > 0, or a Problem alone. name: of the data, as the page says it; options: those of the
    command line with which the file is read, for the commands that check certificates. low: the lowest penalty of the path; by
    default half of the penalty. time_limit: seconds for each question (optimum, optimal set, path, graph, each picture); one that
    is not answered in time is UNDECIDED on the page, with the reason. limit: nodes of a branch tree. embed: whether the page
    carries its certificates. floats: how floats of the penalty are read. progress: see :mod:`reluexact.progress`.

    The page is the same, byte for byte, for the same input, unless a time limit strikes. Names in the data stay text wherever
    they stand. Raises InputError for bad input.

    >>> page = report(Dataset(X=[[1], [2]], y=[1, 2]), 1, name="two.csv")
    >>> page
    Report('two.csv', PROVED, 8 sections, 0 undecided)
    >>> page.html[:15], page.answers.optimum.value
    ('<!doctype html>', 9/10)
    """
    problem = as_problem(data, penalty, call="report(Dataset(X, y), penalty)", floats=floats, choice=True)
    to_seconds(time_limit)
    to_count(limit, where="limit")
    if not isinstance(name, str) or not isinstance(options, str):
        raise InputError("name, options: these are texts; give the name of a file, and options as they are typed")
    asking = Asking(
        seconds=time_limit,
        limit=limit,
        low=None if low is None else to_penalty(low, where="low", floats=floats),
        progress=progress or silent,
    )
    return made(problem, asking, name=name, options=options, embed=embed)


def made(problem: Problem, asking: Asking, *, name: str, options: str, embed: bool) -> Report:
    """Ask, and write the page; the arguments are those of :func:`report`."""
    answers = answered(problem, asking)
    asking.progress(Stage("writing the page"))
    return written(answers, asking, name=name, options=options, embed=embed)
