"""The application: its commands, and how errors become one line and an exit code."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from reluexact.cli import check, coq, selftest
from reluexact.errors import CertificateError, LimitReached, MissingDependency, ReluExactError
from reluexact.kinds.classification import command as classify
from reluexact.kinds.descent_path import command as descend
from reluexact.kinds.max_penalty import command as penalty
from reluexact.kinds.minimum_network import command as minimal
from reluexact.kinds.optimal_set import command as optimal_set
from reluexact.kinds.optimum import command as solve
from reluexact.kinds.patterns import command as patterns
from reluexact.kinds.stationary_graph import command as graph
from reluexact.kinds.width_optimum import command as width
from reluexact.terminal.text import with_options
from reluexact.version import __version__

_EXIT_CODES = ((CertificateError, 3), (LimitReached, 4), (MissingDependency, 5))


class Group(TyperGroup):
    """Commands whose errors on purpose are one line on stderr; anything else that is raised is a crash with its traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the context names."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # a column's name may be anything
        try:
            answer = super().invoke(ctx)
            sys.stdout.flush()
        except ReluExactError as error:
            _fail(str(error), _exit_code(error))
        except KeyboardInterrupt:
            _fail("interrupted", 130)
        except OSError as error:
            if error.errno == errno.EPIPE:
                _close_stdout()
                raise typer.Exit(0) from None
            if error.errno != errno.ENOSPC:
                raise
            _close_stdout()
            _fail("the output cannot be written (no space left on device); make room or write elsewhere", 2)
        return answer


def _exit_code(error: ReluExactError) -> int:
    return next((code for kind, code in _EXIT_CODES if isinstance(error, kind)), 2)


def _fail(message: str, code: int) -> None:
    """Write one line in which keywords of Python have become options, and leave."""
    line = " ".join(message.split())
    line = with_options(line)
    sys.stderr.write(f"error: {line}\n")
    raise typer.Exit(code)


def _close_stdout() -> None:
    """Let nothing be written any more, not even when Python exits."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stream of Python's own, without a file
        sys.stdout = io.StringIO()


app = typer.Typer(
    cls=Group,
    name="reluexact",
    help="Exact, proved global optima of two-layer ReLU networks.",
    epilog="Exit codes: 0 done, 1 crash, 2 usage or input, 3 REJECTED, 4 UNDECIDED or limit, 5 part missing, 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reluexact {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", metavar=" ", help="Show the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Exact, proved global optima of two-layer ReLU networks."""


app.command("patterns")(patterns.patterns)
app.command("solve")(solve.solve)
app.command("set")(optimal_set.optimal_set)
app.command("minimal")(minimal.minimal)
app.command("width")(width.width)
app.command("classify")(classify.classify)
app.command("graph")(graph.graph)
app.command("descend")(descend.descend)
app.command("check")(check.check)
app.command("coq")(coq.coq)
app.command("max-penalty")(penalty.max_penalty)
app.command("selftest")(selftest.selftest)
