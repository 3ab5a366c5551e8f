"""Where the tests find files."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
GOOD, BAD, GOLDEN = TESTS / "good", TESTS / "bad", TESTS / "golden"
DATA = ROOT / "examples" / "data"
