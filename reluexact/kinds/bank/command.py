"""``reluexact bank``: instances whose minima are proved or closely bounded, and how near other trainers come to these."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.bank import offers
from reluexact.numbers.rational import format_fraction, to_gap
from reluexact.numbers.seconds import to_seconds
from reluexact.progress import Stage
from reluexact.terminal.options import JsonOutput, Out, Quiet, Verbose, column_names
from reluexact.terminal.screen import Screen, check_place

if TYPE_CHECKING:
    from reluexact.kinds.bank.instance import BankInstance
    from reluexact.kinds.bank.trial import Trial


class Action(StrEnum):
    """What to do with the bank."""

    LIST = "list"
    GET = "get"
    SCORE = "score"


class Format(StrEnum):
    """How an instance is written."""

    JSON = "json"
    CSV = "csv"
    NPZ = "npz"


What = Annotated[
    str | None,
    typer.Argument(metavar="[NAME|COMMAND]", help="get: an instance; score: the trainer.", autocompletion=offers.instances),
]
Group = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Only this group: paper, planted, near, random, problem or real.",
        autocompletion=offers.groups,
    ),
]
Loss = Annotated[str | None, typer.Option(metavar="LOSS", help="Only this loss: squared, hinge, huber(1), or huber of any size.")]
With = Annotated[
    str | None,
    typer.Option(
        "--parts",
        metavar="A,B,...",
        help="Only those with these parts, as skip or 'hidden_bias free'; none: with no other part than the loss.",
    ),
]
MaxGap = Annotated[
    str | None,
    typer.Option(
        "--max-gap", metavar="G", help="score, for tests: exit code 1 unless every excess is within this of its objective."
    ),
]
Names = Annotated[str | None, typer.Option(metavar="A,B,...", help="Only these instances.", autocompletion=offers.instance_list)]
Certificate = Annotated[Path | None, typer.Option(metavar="FILE", help="get: write the certificate of the instance.")]
Seconds = Annotated[str, typer.Option("--time-limit", metavar="SECONDS", help="score: for each instance.")]


def command(
    action: Annotated[Action, typer.Argument(help="list, get NAME, or score COMMAND.", show_default=False)],
    what: What = None,
    format: Annotated[Format, typer.Option(help="get: how the instance is written; npz holds floats.")] = Format.JSON,
    certificate: Certificate = None,
    group: Group = None,
    loss: Loss = None,
    having: With = None,
    names: Names = None,
    max_gap: MaxGap = None,
    time_limit: Seconds = "10",
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
) -> None:
    """List instances whose optima are proved, get one, or score a trainer on them, exactly.

    score runs COMMAND once for each instance, with {problem} (json) or {csv} (both exact) or {npz} (floats, the penalty and
    the parts among them), {penalty} (exact, such as 1/10) and {network} filled in; without these, the paths of problem and
    network are appended. It has to write network.json (hidden, output, hidden_bias, output_bias, skip), or network.csv or
    network.npz beside it. Excesses are proved bounds: objective minus minimum. A bias column of X (hidden_bias: penalised) may
    be answered by hidden_bias. The exit code is 0, whatever the trainer does, unless a network is below a proved minimum (1, an
    alarm) or --max-gap asks: then it is 1 where a trial is further above, proved, or gave no network that counts, and 4 where the
    bounds do not tell.
    """
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out)
    if max_gap is not None and action is not Action.SCORE:
        raise InputError("--max-gap: only score has gaps; leave it out")
    choice = _Choice(group=group, loss=loss, parts=having, names=names)
    if action is Action.GET:
        _get(screen, _needed(what, "get", "NAME of an instance"), format, certificate)
    elif action is Action.SCORE:
        _score(screen, _needed(what, "score", "COMMAND that trains"), choice.made(), time_limit, max_gap)
    elif what is not None:
        raise InputError(f"list takes no {what!r}; say --group or --names, or reluexact bank get {what}")
    else:
        _list(screen, choice.made(), told=names is not None)


def _needed(what: str | None, action: str, words: str) -> str:
    if what is None:
        raise InputError(f"{action}: give the {words}")
    return what


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """Which instances are meant, as it stands on the command line."""

    group: str | None
    loss: str | None
    parts: str | None
    names: str | None

    def made(self) -> tuple[BankInstance, ...]:
        """Return the instances; InputError where there are none."""
        from reluexact.kinds.bank.find import bank, bank_instance

        names = column_names(self.names)
        parts = () if self.parts == "none" else column_names(self.parts)
        found = bank(self.group, loss=self.loss, parts=parts)
        if names is not None:
            wanted = tuple(bank_instance(name) for name in names)
            found = tuple(entry for entry in wanted if entry in found)
        if not found:
            raise InputError("no instance is left by --group, --loss, --parts and --names together; leave one of them out")
        return found


def _list(screen: Screen, instances: tuple[BankInstance, ...], *, told: bool) -> None:
    """Show the instances, each with the word about it where it was asked for by its name."""
    from reluexact.kinds.bank.exchange import facts
    from reluexact.kinds.bank.find import bank_version
    from reluexact.kinds.bank.views import bank_grids

    document = {"version": bank_version(), "instances": [facts(entry) for entry in instances]}
    pairs = (("bank", f"version {bank_version()}, {len(instances)} instances whose minima are proved or closely bounded"),)
    lines = ["", *(f"{entry.name}: {entry.about}" for entry in instances)] if told else []
    screen.show(document, pairs, bank_grids(instances), lines=lines)


def _get(screen: Screen, name: str, way: Format, certificate: Path | None) -> None:
    from reluexact.certificates.files import write_bytes
    from reluexact.kinds.bank.exchange import as_csv, as_json, as_npz, options_of
    from reluexact.kinds.bank.find import bank_instance

    instance = bank_instance(name)
    if certificate is not None:
        check_place(certificate, "--certificate", None)
        write_bytes(instance.certificate, certificate.resolve())
        screen.remark(f"written: {certificate} ({certificate.stat().st_size:,} bytes)")
    problem = instance.problem
    content = as_json(instance) if way is Format.JSON else as_csv(problem) if way is Format.CSV else as_npz(problem)
    if way is Format.CSV:
        screen.remark(f"remark: csv holds the data alone; to it belongs {options_of(problem)}")
    if screen.out is not None:
        write_bytes(content, screen.out.resolve())
        screen.remark(f"written: {screen.out} ({len(content):,} bytes)")
    elif way is Format.NPZ:
        raise InputError("--format npz: floats go into a file; name it by --out")
    else:
        sys.stdout.write(content.decode())


def _score(screen: Screen, trainer: str, instances: tuple[BankInstance, ...], time_limit: str, max_gap: str | None) -> None:
    from reluexact.kinds.bank.find import bank_version
    from reluexact.kinds.bank.trial import run
    from reluexact.kinds.bank.views import summary, trial_grid, trial_json

    seconds = to_seconds(time_limit, where="--time-limit")
    if seconds is None:
        raise InputError("--time-limit: give the seconds for each instance")
    most = None if max_gap is None else to_gap(max_gap, where="--max-gap")
    trials = []
    with screen.working("scoring") as report:
        for number, instance in enumerate(instances, start=1):
            report(Stage(f"{number} of {len(instances)}: {instance.name}"))
            trials.append(run(trainer, instance, seconds))
    gap = {} if most is None else {"max_gap": format_fraction(most)}
    document = {"bank": bank_version(), "command": trainer, **gap, "trials": [trial_json(trial) for trial in trials]}
    screen.show(document, [("command", trainer), *summary(trials, most)], (trial_grid(trials),))
    code = _exit_code(trials, most)
    if code:
        raise typer.Exit(code)


def _exit_code(trials: list[Trial], most: Fraction | None) -> int:
    from reluexact.kinds.bank.trial import BELOW

    if any(trial.status == BELOW for trial in trials):
        return 1
    found = [] if most is None else [trial.within(most) for trial in trials]
    return 1 if Status.REFUTED in found else 4 if Status.UNDECIDED in found else 0
