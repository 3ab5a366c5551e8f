"""False certificates, one or more for every obligation, gathered from kinds/false_*.py.

``PYTHONPATH=.:tests:tests/support python -m checker.make_false_certificates`` writes tests/bad/*.json again, with
tests/bad/expected.json: where and why the checker must reject each.
"""

from __future__ import annotations

import json
from copy import deepcopy
from importlib import import_module
from pathlib import Path

from checker.breaking import EXPECTED, MAKERS
from make_certificates import HERE

for _path in sorted((Path(__file__).parent / "kinds").glob("false_*.py")):
    import_module(f"checker.kinds.{_path.stem}")  # registers its certificates in MAKERS


def main(folder=HERE / "bad"):
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    for name, make in MAKERS.items():
        (folder / f"{name}.json").write_text(json.dumps(deepcopy(make()), indent=1) + "\n", encoding="utf-8")
    table = {name: {"path": path, "reason": reason} for name, (path, reason) in sorted(EXPECTED.items())}
    (folder / "expected.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
