"""The stored certificates, and the programs that check them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import reluexact.checker

TESTS = Path(__file__).parents[1]
CHECKER = Path(reluexact.checker.__file__).parent
GOOD = {path.stem: path.read_text(encoding="utf-8") for path in sorted((TESTS / "good").glob("*.json"))}
ALONE = (sys.executable, "-I", "-S")


def good(*kinds):
    """Return the good certificates whose names start with one of these."""
    return {name: text for name, text in GOOD.items() if name.startswith(kinds)}


def run(*arguments, command=(*ALONE, CHECKER)):
    """Run the checker without site-packages."""
    return subprocess.run([*map(str, command), *map(str, arguments)], capture_output=True, text=True, check=False)
