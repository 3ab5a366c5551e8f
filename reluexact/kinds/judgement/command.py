"""``reluexact judge``: how far is a network that any program trained from the global optimum, with proof."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.certificates.files import write_bytes
from reluexact.errors import InputError, LimitReached
from reluexact.evidence.status import Status
from reluexact.kinds.judgement.reasons import explanation_grids, explanation_json, explanation_lines
from reluexact.kinds.judgement.report import page
from reluexact.kinds.judgement.settings import named_settings, trained_by
from reluexact.kinds.judgement.views import excess_words, judgement_json, judgement_pairs
from reluexact.kinds.networks import read_whole
from reluexact.numbers.seconds import Clock
from reluexact.progress import Progress
from reluexact.terminal.files import check_files
from reluexact.terminal.job import Job
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Penalty, Quiet, Source, Target, TimeLimit, Verbose
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.problem import known_problem
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Grid, Screen

if TYPE_CHECKING:
    from reluexact.kinds.judgement.claim import Judgement
    from reluexact.kinds.judgement.explanation import Explanation
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.trained.claim import Trained

Given = Annotated[
    Path,
    typer.Argument(
        metavar="NETWORK",
        help="The network: .json, .csv or .npz (keys or columns as --network-out writes them), or a certificate.",
        show_default=False,
    ),
]
Limit = Annotated[int, typer.Option(min=1, help="Stop when a branch tree has more nodes than this.")]
MaxGap = Annotated[
    str | None,
    typer.Option("--max-gap", metavar="G", help="For tests: exit code 1 when the excess is more than this of the objective."),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="TRAINER",
        help="sklearn, torch, keras or scnn: its settings say what is meant, in place of --penalty and the parts of the problem.",
    ),
]
Alpha = Annotated[str | None, typer.Option(metavar="A", help="The setting of scikit-learn, with --from sklearn.")]
Decay = Annotated[str | None, typer.Option(metavar="W", help="The setting of PyTorch and of Keras' SGD, with --from.")]
L2 = Annotated[str | None, typer.Option("--l2", metavar="L", help="Of Keras' regularizers.L2, or l2 |p|^2 in a training loop.")]
Lam = Annotated[str | None, typer.Option(metavar="L", help="The setting of pyscnn's NeuronGL1, with --from scnn.")]
Brief = Annotated[bool, typer.Option("--brief", metavar=" ", help="Say how far above, not why; takes less time.")]
Report = Annotated[Path | None, typer.Option("--report", metavar="FILE", help="Write all that is shown as a page of Markdown.")]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--setting", metavar="NAME=VALUE", help="Any other setting of the trainer, as solver=lbfgs; repeat it for more."
    ),
]


@with_reading
def command(
    network: Given,
    file: File,
    penalty: Penalty = None,
    trainer: From = None,
    alpha: Alpha = None,
    weight_decay: Decay = None,
    l2: L2 = None,
    lam: Lam = None,
    setting: Settings = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    max_gap: MaxGap = None,
    brief: Brief = False,
    report_to: Report = None,
    limit: Limit = 200_000,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Prove how far a network that any program trained is from the global optimum; --max-gap for tests, --out: the certificate.

    Exit code 0: the bounds are proved, and the excess is at most --max-gap of the objective, if that is asked. Exit code 1: it is
    more, PROVED. Exit code 4: the bounds do not decide it, or a limit ended the work.
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    check_files(file, written={"--out": out, "--report": report_to}, read={"NETWORK": network})
    most = None if max_gap is None else _gap(max_gap)
    settings = named_settings(setting or (), {"alpha": alpha, "weight_decay": weight_decay, "l2": l2, "lam": lam})
    source = Source(file=file, features=features, target=target, bias=bias, reading=reading)
    given = _subject(read_whole(network), screen, source, penalty, parts, trainer, settings)
    job = Job(screen=screen, data=given.problem.data, penalty=given.problem.penalty, name=source.name)
    job.known.append(known_problem(given.problem))
    with job.working() as report:
        from reluexact.kinds.files import for_file
        from reluexact.kinds.judgement.find import judge

        with clock.running():
            found = judge(given, limit=limit, progress=report)
        job.known.append(f"known so far: {excess_words(found)}")
        why = None if brief or found.reason else _explained(found, clock, limit, report)
        stored = for_file(found) if out is not None else None
    pairs = judgement_pairs(found, job.name, network.name, most)
    document, grids, lines = judgement_json(found, most), list[Grid](), list[str]()
    if why is not None:
        grids, lines = explanation_grids(why), explanation_lines(why)
        document["explanation"] = explanation_json(why)
    if report_to is not None:
        how = f"reluexact check {out.name}" if out is not None else ""
        write_bytes(page(network.name, pairs, grids, lines, how).encode("utf-8"), report_to.resolve())
        screen.remark(f"written: {report_to} ({report_to.stat().st_size:,} bytes)")
    screen.show(document, pairs, grids, lines=lines, stored=stored)
    code = _exit_code(found, most)
    if code:
        raise typer.Exit(code)


def _explained(found: Judgement, clock: Clock, limit: int, report: Progress) -> Explanation | None:
    """Return the explanation; None for an optimum, which needs none, or when the time is over."""
    from reluexact.kinds.judgement.explain import explain

    if found.is_optimal:
        return None
    with suppress(LimitReached), clock.running():
        return explain(found, limit=limit, progress=report)
    return None


def _subject(
    network: BiasedNetwork,
    screen: Screen,
    source: Source,
    penalty: str | None,
    parts: Parts,
    trainer: str | None,
    settings: dict[str, object],
) -> Trained:
    """Return the network with its problem: that of the options, or what the settings of its trainer mean."""
    from reluexact.trained.claim import Trained

    if trainer is None:
        if settings:
            raise InputError(f"{_spelled(settings)}: a setting of which program? say --from sklearn, torch, keras or scnn")
        problem = parts.problem(screen, source, penalty)
        return Trained(network=network, problem=problem, constant=Fraction(1), trainer="")
    options = [*parts.given, *(["--hidden-bias penalised"] if parts.hidden_bias == "penalised" else [])]
    options += [name for name, there in (("--penalty", penalty is not None), ("--bias", source.bias)) if there]
    if options:
        raise InputError(f"{', '.join(options)}: with --from the settings of the trainer say what is meant; leave it out")
    data = source.read(screen)
    found = trained_by(network, data, trainer, settings)
    screen.heed(found.remarks)
    return found


def _spelled(settings: dict[str, object]) -> str:
    return ", ".join(f"--{name.replace('_', '-')}" for name in settings)


def _exit_code(found: Judgement, most: Fraction | None) -> int:
    if most is None:
        return 4 if found.reason else 0
    return {Status.PROVED: 0, Status.REFUTED: 1, Status.UNDECIDED: 4}[found.within(most)]


def _gap(text: str) -> Fraction:
    from reluexact.numbers.rational import to_fraction

    gap = to_fraction(text, where="--max-gap")
    if gap < 0:
        raise InputError(f"--max-gap: {text!r} is negative; give a share of the objective such as 1/1000, or 0 for an optimum")
    return gap
