"""The command line: parse, call, print; no mathematics. Results go to stdout, everything else to stderr.

Exit codes: 0 done, 1 crash, 2 wrong usage or bad input, 3 REJECTED, 4 UNDECIDED or stopped by a limit, 5 an optional part is
missing, 130 interrupted.
"""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit; an interrupt while Python is still loading ends without a traceback, too."""
    try:
        from reluexact.cli.app import app

        app(prog_name="reluexact")
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)
