"""What is shown of the bank and of a trainer's trials."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import Any

from reluexact.evidence.status import Status
from reluexact.kinds.bank.exchange import facts
from reluexact.kinds.bank.instance import BankInstance
from reluexact.kinds.bank.trial import SCORED, Trial
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.real import Real
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import exact

SHOWN = 8
NEAR = (9, 6, 3)


def minimum(instance: BankInstance) -> str:
    """Return the minimum to a few digits, which are proved."""
    return Real(low=instance.low, high=instance.high).decimal(SHOWN)


def bank_grids(instances: Sequence[BankInstance]) -> list[Grid]:
    """Return the list of instances, a table for each group; what no instance of it has is no column."""
    groups = dict.fromkeys(entry.group for entry in instances)
    return [_group_grid(group, [entry for entry in instances if entry.group == group]) for group in groups]


def _group_grid(group: str, instances: Sequence[BankInstance]) -> Grid:
    columns = [
        (group, [entry.name for entry in instances]),
        ("rows", [str(entry.rows) for entry in instances]),
        ("features", [str(entry.features) for entry in instances]),
        ("minimum", [minimum(entry) for entry in instances]),
        ("fewest", ["" if entry.fewest is None else str(entry.fewest) for entry in instances]),
        ("dimension", ["" if entry.dimension is None else str(entry.dimension) for entry in instances]),
        ("problem", [short(entry) for entry in instances]),
    ]
    shown = [(heading, cells) for heading, cells in columns if any(cells)]
    return Grid(
        headings=tuple(heading for heading, _ in shown),
        rows=tuple(zip(*(cells for _, cells in shown), strict=True)),
        left=(group, "problem"),
    )


def short(instance: BankInstance) -> str:
    """Say what differs from the squared loss without any part.

    >>> from reluexact.kinds.bank.find import bank_instance
    >>> [short(bank_instance(name)) for name in ("hat", "labels-hinge-free", "steps-huber-penalised", "toy-weights")]
    ['bias penalised', 'hinge, biases free', 'huber(1/2), bias penalised, skip free', 'weights']
    """
    parts = dict(part.split(" ", 1) for part in instance.parts if " " in part)
    hidden, output = parts.get("hidden_bias"), parts.get("output_bias")
    if hidden is not None and hidden == output:
        biases = [f"biases {hidden}"]
    else:
        biases = [*([f"bias {hidden}"] if hidden else []), *([f"output bias {output}"] if output else [])]
    others = [*([f"skip {parts['skip']}"] if "skip" in parts else []), *(part for part in instance.parts if " " not in part)]
    return ", ".join([*([parts["loss"]] if "loss" in parts else []), *biases, *others])


def outward(value: Fraction, *, up: bool) -> str:
    """Return a number to two digits, rounded up or down.

    >>> outward(Fraction(1, 3), up=True), outward(Fraction(1, 3), up=False), outward(Fraction(0), up=True)
    ('3.4e-1', '3.3e-1', '0')
    >>> outward(1 + Fraction(1, 10**60), up=True), outward(Fraction(2, 10**30), up=False)
    ('1.1e+0', '2.0e-30')
    """
    if not value:
        return "0"
    context = Context(prec=2, rounding=ROUND_CEILING if up else ROUND_FLOOR)
    return f"{context.divide(Decimal(value.numerator), Decimal(value.denominator)):.1e}"


def trial_grid(trials: Sequence[Trial]) -> Grid:
    """Return one line for each trial."""
    rows = [
        (
            trial.instance.name,
            str(trial.instance.rows),
            str(trial.instance.features),
            minimum(trial.instance),
            "" if trial.high is None else excess_text(trial),
            "" if trial.relative is None else outward(trial.relative, up=True),
            "" if trial.width is None else str(trial.width),
            "" if trial.instance.fewest is None else str(trial.instance.fewest),
            f"{trial.seconds:.2f}",
            trial.status if trial.status == SCORED else f"{trial.status}: {trial.note}",
        )
        for trial in trials
    ]
    headings = ("instance", "rows", "features", "minimum", "excess", "relative", "neurons", "fewest", "seconds", "status")
    return Grid(headings=headings, rows=tuple(rows), left=("instance", "status"))


def excess_text(trial: Trial) -> str:
    """Return the bounds of the excess, one number where they agree to the digits shown."""
    if trial.low is None or trial.high is None:
        return ""
    low, high = outward(trial.low, up=True), outward(trial.high, up=True)
    return high if low == high else f"{outward(trial.low, up=False)}..{high}"


def summary(trials: Sequence[Trial], most: Fraction | None = None) -> list[tuple[str, str]]:
    """Return how many trials came how near; ``most``: the excess that is allowed, as a share of the objective."""
    scored = [trial for trial in trials if trial.high is not None]
    near = [
        f"{sum(trial.relative is not None and trial.relative <= Fraction(1, 10**k) for trial in scored)} within 10^-{k}"
        for k in NEAR
    ]
    total = sum(trial.seconds for trial in trials)
    pairs = [
        ("scored", f"{len(scored)} of {len(trials)}"),
        ("relative", f"{', '.join(near)} (of the objective)"),
        ("time", f"{total:.1f} s"),
    ]
    if most is not None:
        within = sum(trial.within(most) is Status.PROVED for trial in trials)
        pairs.append(
            ("max gap", f"{within} of {len(trials)} are within {exact(most) or format_fraction(most)} of their objective, proved")
        )
    return pairs


def trial_json(trial: Trial) -> dict[str, Any]:
    """Return all that is known of a trial, exact numbers as text."""
    numbers = {"objective": trial.objective, "excess_low": trial.low, "excess_high": trial.high}
    return {
        "instance": facts(trial.instance),
        "status": trial.status,
        "note": trial.note,
        "seconds": round(trial.seconds, 3),
        "neurons": trial.width,
        **{name: None if value is None else format_fraction(value) for name, value in numbers.items()},
        "relative": None if trial.relative is None else format_fraction(trial.relative),
    }
