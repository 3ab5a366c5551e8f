"""The application: its commands, and how errors become one line and an exit code."""

from __future__ import annotations

import errno
import io
import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from reluexact.errors import CertificateError, LimitReached, MissingDependency, ReluExactError
from reluexact.version import __version__

_EXIT_CODES = ((CertificateError, 3), (LimitReached, 4), (MissingDependency, 5))


COMMANDS = {
    "patterns": (
        "kinds.patterns.command.patterns",
        "Count the activation patterns of the data, exactly, and list the first ones.",
    ),
    "solve": (
        "kinds.optimum.command.solve",
        "Find and prove the global optimum over networks of every width; --out writes its certificate.",
    ),
    "set": (
        "kinds.optimal_set.command.optimal_set",
        "Describe all optimal networks: neurons, dimension, vertices, fewest neurons; --out writes the certificate.",
    ),
    "minimal": (
        "kinds.minimum_network.command.minimal",
        "Find an optimal network of fewest neurons and prove that none has fewer; --out writes the certificate.",
    ),
    "width": (
        "kinds.width_optimum.command.width",
        "Find the best network of at most K neurons and prove it, or with --curve those of all widths; "
        "--out writes certificates.",
    ),
    "classify": (
        "kinds.classification.command.classify",
        "Decide whether a network is stationary, a local or the global minimum, exactly, and show why; "
        "--out writes the certificate.",
    ),
    "graph": (
        "kinds.stationary_graph.command.graph",
        "Map the stationary points: the optima of all sub-sampled programs, proved; --out writes the certificate.",
    ),
    "descend": (
        "kinds.descent_path.command.descend",
        "Go from a network to the global optimum without leaving its width, the objective never rising; --out: the certificate.",
    ),
    "check": (
        "cli.check.check",
        "Check a certificate exactly, with the standard library only: VERIFIED (exit 0) or REJECTED (exit 3).",
    ),
    "coq": (
        "cli.coq.coq",
        "Write a certificate as a Coq theorem: no network of whatever width is better than the given one by more than the gap.",
    ),
    "max-penalty": (
        "kinds.max_penalty.command.max_penalty",
        "Find the least penalty at which the zero network is optimal, proved.",
    ),
    "selftest": ("cli.selftest.selftest", "Find, prove, save and re-check a few known facts; takes seconds and needs no files."),
}
"""Each command: its function, imported when the command runs, and its line in the list, the first of its own help."""


def loaded(name: str) -> Any:
    """Import a command."""
    module, _, function = COMMANDS[name][0].rpartition(".")
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(name)(getattr(import_module(f"reluexact.{module}"), function))
    return typer.main.get_command(alone)


class Group(TyperGroup):
    """Commands whose errors on purpose are one line on stderr; anything else that is raised is a crash with its traceback.

    A listed command is a name and a line of help; the one that runs is imported when the arguments name it.
    """

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return name, command and remaining arguments."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed if listed is None or listed.name is None else loaded(listed.name), rest

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
    from reluexact.terminal.text import with_options

    line = with_options(" ".join(message.split()))
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


def _nothing() -> None:
    """Stand in the list for a command that is not imported yet."""


for _name, (_, _line) in COMMANDS.items():
    app.command(_name, help=_line)(_nothing)
