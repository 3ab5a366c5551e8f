"""The arguments of public functions that messages of the package name."""

from __future__ import annotations

import ast

from paths import ROOT


def names_in_messages():
    """Return the names of all arguments that messages of the package name."""
    found = set()
    for path in sorted((ROOT / "reluexact").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Argument":
                found.add(node.args[0].value)
    return found
