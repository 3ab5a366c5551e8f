"""What the checker says of every stored document, as digests: the reports of the first checker, in one file, are kept for ever.

``PYTHONPATH=.:tests:tests/support python -m checker.reports`` adds new documents to reports.json; it changes
nothing about those that are there.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from checker.stored import TESTS

STORE = Path(__file__).parent / "reports.json"
FOLDERS = ("bad", "golden", "good")


def documents():
    return sorted(f"{folder}/{path.name}" for folder in FOLDERS for path in (TESTS / folder).glob("*.json"))


def report(name, main):
    """Return the exit code and the digests of both outputs; ``main(arguments)`` gives an exit code and what was printed."""
    code, text = main([str(TESTS / name)])
    again, as_json = main([str(TESTS / name), "--json"])
    assert again == code
    text, as_json = (hashlib.sha256(output.encode("ascii")).hexdigest()[:32] for output in (text, as_json))
    return {"exit": code, "text": text, "json": as_json}


def add_new():
    from checker.stored import run

    def main(arguments):
        answer = run(*arguments)
        return answer.returncode, answer.stdout

    table = json.loads(STORE.read_text(encoding="utf-8"))
    table |= {name: report(name, main) for name in documents() if name not in table}
    STORE.write_text(json.dumps(dict(sorted(table.items())), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    add_new()
