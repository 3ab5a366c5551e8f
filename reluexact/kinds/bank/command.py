"""``reluexact bank``: instances with proved optima, and how near other trainers come to these."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import InputError
from reluexact.numbers.seconds import to_seconds
from reluexact.progress import Stage
from reluexact.terminal.options import JsonOutput, Out, Quiet, Verbose, column_names
from reluexact.terminal.screen import Screen, check_place

if TYPE_CHECKING:
    from reluexact.kinds.bank.instance import BankInstance


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


What = Annotated[str | None, typer.Argument(metavar="[NAME|COMMAND]", help="get: an instance; score: the trainer.")]
Group = Annotated[
    str | None, typer.Option(metavar="NAME", help="Only this group: paper, planted, near, random, problem or real.")
]
Names = Annotated[str | None, typer.Option(metavar="A,B,...", help="Only these instances.")]
Certificate = Annotated[Path | None, typer.Option(metavar="FILE", help="get: write the certificate of the instance.")]
Seconds = Annotated[str, typer.Option("--time-limit", metavar="SECONDS", help="score: for each instance.")]


def command(
    action: Annotated[Action, typer.Argument(help="list, get NAME, or score COMMAND.", show_default=False)],
    what: What = None,
    format: Annotated[Format, typer.Option(help="get: how the instance is written; npz holds floats.")] = Format.JSON,
    certificate: Certificate = None,
    group: Group = None,
    names: Names = None,
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
    be answered by hidden_bias. The exit code is 0, whatever the trainer does.
    """
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out)
    if action is Action.GET:
        _get(screen, _needed(what, "get", "NAME of an instance"), format, certificate)
    elif action is Action.SCORE:
        _score(screen, _needed(what, "score", "COMMAND that trains"), _chosen(group, names), time_limit)
    elif what is not None:
        raise InputError(f"list takes no {what!r}; say --group or --names, or reluexact bank get {what}")
    else:
        _list(screen, _chosen(group, names))


def _needed(what: str | None, action: str, words: str) -> str:
    if what is None:
        raise InputError(f"{action}: give the {words}")
    return what


def _chosen(group: str | None, listed: str | None) -> tuple[BankInstance, ...]:
    from reluexact.kinds.bank.find import bank, bank_instance

    names = column_names(listed)
    return bank(group) if names is None else tuple(bank_instance(name) for name in names)


def _list(screen: Screen, instances: tuple[BankInstance, ...]) -> None:
    from reluexact.kinds.bank.exchange import facts
    from reluexact.kinds.bank.find import bank_version
    from reluexact.kinds.bank.views import bank_grid

    document = {"version": bank_version(), "instances": [facts(entry) for entry in instances]}
    pairs = (("bank", f"version {bank_version()}, {len(instances)} instances with proved optima"),)
    screen.show(document, pairs, (bank_grid(instances),))


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


def _score(screen: Screen, trainer: str, instances: tuple[BankInstance, ...], time_limit: str) -> None:
    from reluexact.kinds.bank.find import bank_version
    from reluexact.kinds.bank.trial import BELOW, run
    from reluexact.kinds.bank.views import summary, trial_grid, trial_json

    seconds = to_seconds(time_limit, where="--time-limit")
    if seconds is None:
        raise InputError("--time-limit: give the seconds for each instance")
    trials = []
    with screen.working("scoring") as report:
        for number, instance in enumerate(instances, start=1):
            report(Stage(f"{number} of {len(instances)}: {instance.name}"))
            trials.append(run(trainer, instance, seconds))
    document = {"bank": bank_version(), "command": trainer, "trials": [trial_json(trial) for trial in trials]}
    screen.show(document, [("command", trainer), *summary(trials)], (trial_grid(trials),))
    if any(trial.status == BELOW for trial in trials):
        raise typer.Exit(1)
