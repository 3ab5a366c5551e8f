"""What ``reluexact minimal`` shows where the hidden bias is free: the optimal function of fewest kinks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reluexact.errors import Message, fixed
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.problem_views import problem_optimum_json, problem_optimum_pairs
from reluexact.kinds.stopped import working
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.seconds import Clock
from reluexact.progress import Stage
from reluexact.terminal.job import Job
from reluexact.terminal.problem import PLACES
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import exact, plural, rounded

if TYPE_CHECKING:
    from fractions import Fraction

    from reluexact.kinds.optimum.problem_claim import ProblemOptimum
    from reluexact.kinds.sparsest_spline.claim import SparsestSpline
    from reluexact.model.problem import Problem

LEGEND = (
    ("kink", "its number from the left, from 0"),
    ("at", "where this function has it"),
    ("from", ""),
    (
        "to",
        "the range in which it lies in some function of fewest kinks, and no other place does; one place where it cannot move",
    ),
    ("change", "how much the slope of this function grows there"),
    ("sign", "that of the output weights of its neurons: the sign of the change, in every function of fewest kinks"),
)


def show_spline(job: Job, problem: Problem, clock: Clock, *, limit: int, plot: Path | None) -> bool:
    """Find, prove and show the optimal function of fewest kinks; say whether it is PROVED."""
    screen = job.screen
    with working(job) as report:
        from reluexact.kinds.files import for_file
        from reluexact.kinds.optimum.problem_find import solve_problem
        from reluexact.kinds.sparsest_spline.find import sparsest_spline

        with clock.running():
            optimum = solve_problem(problem, limit=limit, progress=report)
        job.proved.append(optimum)
        report(Stage("fewest kinks"))
        spline = sparsest_spline(optimum) if optimum.status is Status.PROVED else None
        done = spline if spline is not None and spline.status is Status.PROVED else None
        if done is not None:
            job.proved.append(done)
        report(Stage("writing the certificate"))
        stored = for_file(done or optimum) if screen.out is not None else None
    grids = [kink_grid(done)] if done is not None and done.kinks else []
    screen.show(spline_json(optimum, spline), spline_pairs(optimum, spline, job.name), grids, stored=stored)
    if done is not None:
        screen.write_plot(done, plot)
    return done is not None


def spline_pairs(optimum: ProblemOptimum, spline: SparsestSpline | None, name: str) -> list[tuple[str, str]]:
    """Return the lines above the table."""
    pairs = problem_optimum_pairs(optimum, name)
    if spline is None:
        return pairs
    kept = [(label, text) for label, text in pairs if label in ("data", "penalty", "problem", "value")]
    if spline.status is not Status.PROVED:
        kept.insert(-1, ("status", Message("UNDECIDED: ", fixed(spline.reason))))
        return kept
    kept.insert(-1, ("status", "PROVED, for networks of every width"))
    ends = " and ".join(_place(place) for place in (spline.places[0], spline.places[-1]))
    kept.append(("fewest", f"{plural(spline.fewest, 'kink')} between {ends}; no optimal network has a function with fewer there"))
    moving = sum(kink.low < kink.high for kink in spline.kinks)
    kept.append(("movable", f"{moving} of {plural(spline.fewest, 'kink')}"))
    only = "yes: every optimal network computes it" if spline.unique else "no: optimal functions differ between some places"
    kept.append(("unique", only))
    least, most = spline.neurons
    count = plural(least, "neuron") if least == most else f"{least} or {plural(most, 'neuron')}"
    kept.append(("neurons", f"{count} in an optimal network of fewest neurons"))
    return [*kept, ("slope", f"{_place(spline.slope)} before the first kink, from {_place(spline.fit[0])}")]


def kink_grid(spline: SparsestSpline) -> Grid:
    """Return the kinks: place, range, change of slope and sign."""
    rows = tuple(
        (str(k), *map(_place, (kink.at, kink.low, kink.high, kink.change)), "+" if kink.change > 0 else "-")
        for k, kink in enumerate(spline.kinks)
    )
    headings, legend = zip(*LEGEND, strict=True)
    return Grid(headings=headings, rows=rows, legend=legend)


def spline_json(optimum: ProblemOptimum, spline: SparsestSpline | None) -> dict[str, object]:
    """Return everything that is known of the function of fewest kinks."""
    document = {**problem_optimum_json(optimum), "kind": "sparsest-spline"}
    if spline is None:
        return document
    decided = spline.status is Status.PROVED
    return {
        **document,
        "status": spline.status.name,
        "reason": spline.reason,
        "fewest": spline.fewest if decided else None,
        "unique": spline.unique if decided else None,
        "dimension": spline.dimension if decided else None,
        "neurons_at_least": spline.neurons[0] if decided else None,
        "neurons_at_most": spline.neurons[1] if decided else None,
        "places": list(map(format_fraction, spline.places)),
        "fit": list(map(format_fraction, spline.fit)),
        "slope": format_fraction(spline.slope) if decided else None,
        "skip_coefficient": None if spline.skip is None else format_fraction(spline.skip),
        "kinks": [
            {name: format_fraction(getattr(kink, name)) for name in ("at", "change", "low", "high")} for kink in spline.kinks
        ],
    }


def _place(value: Fraction) -> str:
    return exact(value) or rounded(value, PLACES)
