"""The application: its commands, and how errors become one line and an exit code."""

from __future__ import annotations

import errno
import io
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from reluexact.cli.examples import EXAMPLES
from reluexact.cli.parts import with_parts
from reluexact.errors import CertificateError, LimitReached, MissingDependency, ReluExactError, WorkersLost
from reluexact.kinds.table import KINDS
from reluexact.terminal.streams import close_stdout, complain, lost
from reluexact.terminal.wording import explain_tables, speak_of, spelled
from reluexact.version import __version__

_EXIT_CODES = ((CertificateError, 3), (LimitReached, 4), (WorkersLost, 4), (MissingDependency, 5))

COMMANDS = {
    **{kind.command: (f"reluexact.kinds.{kind.folder}.command", kind.help) for kind in KINDS if kind.command is not None},
    "report": (
        "reluexact.cli.report",
        "Write one page (.html) about a problem: value, function, optimal set, path, stationary points, certificates.",
    ),
    "check": (
        "reluexact.cli.check",
        "Check a certificate exactly, with the standard library only: VERIFIED (exit 0) or REJECTED (exit 3).",
    ),
    "coq": (
        "reluexact.cli.coq",
        "Write a certificate as a Coq theorem: no network of whatever width is better than the given one by more than the gap.",
    ),
    "selftest": (
        "reluexact.cli.selftest",
        "Find, prove, save and re-check a few known facts; takes seconds and needs no files.",
    ),
}
"""Each command: the module whose function ``command`` it is, and its line in the list, the first one of its own help."""

TABULAR = ("solve", "set", "minimal", "width", "classify", "graph", "descend", "patterns")
"""The commands that print tables; each has the option ``--explain``."""


def loaded(name: str) -> Any:
    """Import a command."""
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    function = with_parts(name, import_module(COMMANDS[name][0]).command)
    epilog = f"Example:\n\n{EXAMPLES[name]}" if name in EXAMPLES else None
    alone.command(name, cls=Command, epilog=epilog)(function)
    command = typer.main.get_command(alone)
    if name in TABULAR:
        command.params.append(_explain())
    for parameter in command.params:  # what stands in brackets is markup to the library that typer calls
        if getattr(parameter, "help", None):
            parameter.help = parameter.help.replace("[default", r"\[default")  # type: ignore[attr-defined]
    return command


Explain = Annotated[
    bool, typer.Option("--explain", metavar=" ", help="Say below each table what its columns are.", callback=explain_tables)
]


def _explain() -> Any:
    """Return the option ``--explain``, which no command has to take: it tells the screen."""

    def only(explain: Explain = False) -> None: ...

    alone = typer.Typer(add_completion=False)
    alone.command()(only)
    option = next(parameter for parameter in typer.main.get_command(alone).params if parameter.name == "explain")
    option.expose_value = False
    return option


def _switches(params: list[Any]) -> list[Any]:
    """Return the parameters; help shows the type of none that is a switch."""
    for parameter in params:
        if getattr(parameter, "is_flag", False) and parameter.metavar is None:
            parameter.metavar = " "
    return params


class Command(TyperCommand):
    """A command of the list."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, ``--help`` among them."""
        return _switches(super().get_params(ctx))


class Group(TyperGroup):
    """Commands whose errors on purpose are one line on stderr; anything else that is raised is a crash with its traceback.

    A listed command is a name and a line of help; the one that runs is imported when the arguments name it.
    """

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, ``--help`` and those that install completion among them."""
        return _switches(super().get_params(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return name, command and remaining arguments; from now on messages name the options of this command."""
        name, listed, rest = super().resolve_command(ctx, args)
        if listed is None or listed.name is None:
            return name, listed, rest
        chosen = loaded(listed.name)
        speak_of(chosen.params)
        return name, chosen, rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the context names."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # a column's name may be anything
        lost()
        try:
            answer = super().invoke(ctx)
            sys.stdout.flush()
        except typer.Exit:
            _check_output(lost())
            raise
        except ReluExactError as error:
            _fail(spelled(error.message), _exit_code(error))
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")  # a word of the library that typer calls
            raise
        except KeyboardInterrupt:
            _fail("interrupted", 130)
        except OSError as error:
            if error.errno not in (errno.EPIPE, errno.ENOSPC):
                raise
            close_stdout()
            _check_output(error)
            raise typer.Exit(0) from None
        _check_output(lost())
        return answer


def _check_output(error: OSError | None) -> None:
    """Fail where stdout took no result; a reader that has left, such as ``head``, has what it wanted."""
    if error is not None and error.errno != errno.EPIPE:
        _fail(f"the output cannot be written ({error.strerror}); make room or write elsewhere", 2)


def _exit_code(error: ReluExactError) -> int:
    return next((code for kind, code in _EXIT_CODES if isinstance(error, kind)), 2)


def _fail(message: str, code: int) -> None:
    """Write one line and leave."""
    complain(f"error: {' '.join(message.split())}\n")
    raise typer.Exit(code)


app = typer.Typer(
    cls=Group,
    name="reluexact",
    help="Exact, proved global optima of two-layer ReLU networks.",
    epilog="Exit codes: 0 done, 1 crash, 2 usage or input, 3 REJECTED, 4 UNDECIDED or limit, 5 part missing, 130 interrupted.",
    no_args_is_help=True,
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
