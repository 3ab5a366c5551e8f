"""The command: check a file, print what it states, and the verdict."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

from .document import Rejected
from .verdict import check_document


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a file and print the statement and the verdict; return the exit code."""
    parser = argparse.ArgumentParser(prog="checker", description="Check a certificate of reluexact.")
    parser.add_argument("file", type=Path, help="the certificate")
    parser.add_argument("--statement", type=Path, help='{"X", "y", "penalty"}: refuse certificates of other problems')
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    options = parser.parse_args(arguments)
    try:
        statement = options.statement.read_bytes() if options.statement else None
        with options.file.open("rb") as file:
            report = check_document(file, statement)
    except (OSError, Rejected) as error:
        print(f"checker: {error}", file=sys.stderr)
        return 2
    except MemoryError:
        print("checker: the memory of this machine is too small for this certificate: no verdict", file=sys.stderr)
        return 2
    verdict = "VERIFIED" if report.verified else f"REJECTED: {report.path}: {report.reason}"
    try:
        print(json.dumps(asdict(report)) if options.json else "\n".join((*report.lines, verdict)), flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # so that nothing is written once more at the exit
        print(f"checker: the verdict cannot be written: {error}", file=sys.stderr)
        return 2
    return 0 if report.verified else 3


def run() -> NoReturn:
    """Be the program: end the process with the exit code; an interrupt is no verdict."""
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
