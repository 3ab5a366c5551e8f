"""False certificates, one or more for every obligation, gathered from kinds/false_*.py.

``PYTHONPATH=.:tests:tests/support python -m checker.make_false_certificates`` writes tests/bad/*.json again, with
tests/bad/expected.json: where and why the checker must reject each.
"""

from __future__ import annotations

import json
from copy import deepcopy

from checker.breaking import EXPECTED, MAKERS
from checker.kinds import (
    false_bound,
    false_classification,
    false_descent_path,
    false_minimum_network,
    false_optimal_set,
    false_optimum_leaves,
    false_optimum_network,
    false_stationary,
    false_width_optimum,
)
from make_certificates import HERE

KINDS = (
    false_bound,
    false_classification,
    false_descent_path,
    false_minimum_network,
    false_optimal_set,
    false_optimum_leaves,
    false_optimum_network,
    false_stationary,
    false_width_optimum,
)


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
