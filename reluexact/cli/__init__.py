"""The command line: parse, call, print; no mathematics. Results go to stdout, everything else to stderr.

Exit codes: 0 done, 1 crash, 2 wrong usage or bad input, 3 REJECTED, 4 UNDECIDED or stopped by a limit, 5 an optional part is
missing, 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import NoReturn, TextIO


def main() -> NoReturn:
    """Run the command line and exit; an interrupt while Python is still loading ends without a traceback, too."""
    _open_streams()
    try:
        from reluexact.cli.app import app

        app(prog_name="reluexact")
    except KeyboardInterrupt:
        sys.exit(130)
    except SystemExit as error:
        if isinstance(error.__context__, BrokenPipeError):  # rich and click call a reader of --help that left a crash
            sys.stdout = _nowhere()
            sys.exit(0)
        raise
    except OSError as error:  # the texts of --help and --version are written outside of any command
        if error.errno not in (errno.ENOSPC, errno.EPIPE):
            raise
        sys.stdout = _nowhere()
        sys.exit(0 if error.errno == errno.EPIPE else 2)
    sys.exit(0)


def _open_streams() -> None:
    """Replace a standard stream that the caller has closed, so that writing to it is harmless."""
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")
