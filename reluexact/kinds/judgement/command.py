"""``reluexact judge``: how far is a network that any program trained from the global optimum, with proof."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.certificates.files import write_bytes
from reluexact.errors import Argument, Cure, InputError, LimitReached, Message
from reluexact.evidence.status import Status
from reluexact.kinds.judgement.reasons import explanation_grids, explanation_json, explanation_lines
from reluexact.kinds.judgement.report import page
from reluexact.kinds.judgement.settings import help_of_settings, named_settings
from reluexact.kinds.judgement.views import excess_words, judgement_json, judgement_pairs
from reluexact.numbers.seconds import Clock
from reluexact.progress import Progress
from reluexact.terminal.completion import words
from reluexact.terminal.files import check_files
from reluexact.terminal.job import Job
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Penalty, Quiet, Source, Target, TimeLimit, Verbose
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.problem import known_problem
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Grid, Screen
from reluexact.trained.settings import TRAINERS

if TYPE_CHECKING:
    from reluexact.kinds.judgement.claim import Judgement
    from reluexact.kinds.judgement.explanation import Explanation
    from reluexact.trained.claim import Trained

Given = Annotated[
    Path,
    typer.Argument(
        metavar="NETWORK",
        help="The network: .json, .csv or .npz as --network-out writes them, .onnx, .safetensors, .pt of PyTorch, a certificate.",
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
        help="sklearn, torch, keras, scnn or optax: its settings say what is meant, not --penalty and the parts of the problem.",
        autocompletion=words(TRAINERS),
    ),
]
Alpha = Annotated[
    str | None, typer.Option(metavar="A", help="The setting of scikit-learn, with --from sklearn. [default: 1/10000]")
]
Brief = Annotated[bool, typer.Option("--brief", metavar=" ", help="Say how far above, not why; takes less time.")]
Plot = Annotated[
    Path | None,
    typer.Option("--plot", metavar="FILE", help="Draw what every step to the optimum gains: a .png, .svg or .pdf file."),
]
Report = Annotated[Path | None, typer.Option("--report", metavar="FILE", help="Write all that is shown as a page of Markdown.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--setting", metavar="NAME=VALUE", help=help_of_settings()),
]


@with_reading
def command(
    network: Given,
    file: File,
    penalty: Penalty = None,
    trainer: From = None,
    alpha: Alpha = None,
    setting: Settings = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    max_gap: MaxGap = None,
    brief: Brief = False,
    report_to: Report = None,
    plot: Plot = None,
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
    check_files(file, written={"--out": out, "--report": report_to, "--plot": plot}, read={"NETWORK": network})
    most = None if max_gap is None else _gap(max_gap)
    settings = named_settings(setting or (), {"alpha": alpha})
    source = Source(file=file, features=features, target=target, bias=bias, reading=reading)
    given = _subject(network, screen, source, penalty, parts, trainer, settings)
    asked = _Asked(
        screen=screen, name=source.name, network=network.name, most=most, brief=brief, page=report_to, plot=plot, limit=limit
    )
    code = asked.answered(given, clock)
    if code:
        raise typer.Exit(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is asked. name, network: of the files; most: the gap that is allowed; page, plot: of --report, --plot."""

    screen: Screen
    name: str
    network: str
    most: Fraction | None
    brief: bool
    page: Path | None
    plot: Path | None
    limit: int

    def answered(self, given: Trained, clock: Clock) -> int:
        """Judge, show it, and return the exit code."""
        problem = given.problem
        job = Job(screen=self.screen, data=problem.data, penalty=problem.penalty, name=self.name)
        job.known.append(known_problem(problem))
        with job.working() as report:
            from reluexact.kinds.files import for_file
            from reluexact.kinds.judgement.find import judge
            from reluexact.search.cone_bounds import serve

            with clock.running():
                found = judge(given, limit=self.limit, progress=report)
            job.known.append(f"known so far: {excess_words(found)}")
            skipped = self.brief or (found.reason and not serve(found.problem))
            why = None if skipped else _explained(found, clock, self.limit, report)
            stored = for_file(found) if self.screen.out is not None else None
        self.show(found, why, stored)
        return _exit_code(found, self.most)

    def show(self, found: Judgement, why: Explanation | None, stored: bytes | InputError | None) -> None:
        """Write the page and the certificate, where they are asked for, and show everything."""
        pairs = judgement_pairs(found, self.name, self.network, self.most)
        document, grids, lines = judgement_json(found, self.most), list[Grid](), list[str]()
        if why is None and not self.brief and not found.is_optimal:
            pairs.append(("why", _no_reason(found)))
        elif why is not None:
            grids, lines = explanation_grids(why), explanation_lines(why)
            document["explanation"] = explanation_json(why)
        if self.page is not None:
            how = f"reluexact check {self.screen.out.name}" if self.screen.out is not None else ""
            write_bytes(page(self.network, pairs, grids, lines, how).encode("utf-8"), self.page.resolve())
            self.screen.remark(f"written: {self.page} ({self.page.stat().st_size:,} bytes)")
        self.screen.show(document, pairs, grids, lines=lines, stored=stored)
        if why is not None and why.steps:
            self.screen.write_plot(why, self.plot)
        elif self.plot is not None:
            self.screen.remark("no picture: --plot draws the steps from the network to the optimum, and there are none")


def _explained(found: Judgement, clock: Clock, limit: int, report: Progress) -> Explanation | None:
    """Return the explanation; None for an optimum, which needs none, or when the time is over."""
    from reluexact.kinds.judgement.explain import explain

    if found.is_optimal:
        return None
    with suppress(LimitReached), clock.running():
        return explain(found, limit=limit, progress=report)
    return None


def _no_reason(found: Judgement) -> Message:
    """Say why the steps of the excess are not shown."""
    from reluexact.search.cone_bounds import serve

    if found.reason and not serve(found.problem):
        return Message("not explained: the steps need the optimum, which is not proved")
    cure = Cure("raise ", Argument("time_limit"), " for the steps of the excess")
    return Message("not explained: a limit ended the work before", cure)


def _subject(
    network: Path,
    screen: Screen,
    source: Source,
    penalty: str | None,
    parts: Parts,
    trainer: str | None,
    settings: dict[str, object],
) -> Trained:
    """Return the network with its problem: that of the options, or what the settings of its trainer mean."""
    from reluexact.kinds.judgement.foreign import read_any, read_trained
    from reluexact.trained.claim import Trained

    if trainer is None:
        if settings:
            raise InputError(f"{', '.join(settings)}: settings of which program? say --from sklearn, torch, keras, scnn or optax")
        problem = parts.problem(screen, source, penalty)
        return Trained(network=read_any(network, problem.loss.name), problem=problem, constant=Fraction(1), trainer="")
    options = [*parts.given, *(["--hidden-bias penalised"] if parts.hidden_bias == "penalised" else [])]
    options += ["--penalty"] if penalty is not None else []
    if options:
        raise InputError(f"{', '.join(options)}: with --from the settings of the trainer say what is meant; leave it out")
    alone = "with --from the settings of the trainer say what is meant; give the data alone, or leave --from out"
    data = replace(source, bias=False).read_alone(screen, alone)
    found = read_trained(network, data, trainer, settings, bias=source.bias)
    screen.heed(found.remarks)
    return found


def _exit_code(found: Judgement, most: Fraction | None) -> int:
    if most is None:
        return 4 if found.reason else 0
    return {Status.PROVED: 0, Status.REFUTED: 1, Status.UNDECIDED: 4}[found.within(most)]


def _gap(text: str) -> Fraction:
    from reluexact.numbers.rational import to_gap

    return to_gap(text, where="--max-gap")
