"""The page of the theorems in Coq that the map of statements names, each with its statement."""

from __future__ import annotations

from generate.coq import THEORIES, main_theorems, theorems


def text():
    """Return the page: one section for each file, one entry for each theorem."""
    shown = sorted((theorems()[name] for name in main_theorems()), key=lambda theorem: (theorem.file, theorem.line))
    lines = [
        "# Theorems in Coq",
        "",
        f"The {len(shown)} theorems of `proofs/theories`, as Coq reads them. `make -C proofs` checks all of them;",
        "[what to believe then](../trust.md) is short. The definitions of `Spec.v` come first.",
        "",
        "## Spec.v",
        "",
        "```coq",
        (THEORIES / "Spec.v").read_text(encoding="utf-8").strip(),
        "```",
    ]
    for file in dict.fromkeys(theorem.file for theorem in shown):
        lines += ["", f"## {file}", ""]
        for theorem in shown:
            if theorem.file == file:
                lines += [f"(coq-{theorem.name.replace('_', '-').lower()})=", "", f"**{theorem.name}**, line {theorem.line}", ""]
                lines += ["```coq", theorem.statement, "```", ""]
    return "\n".join(lines) + "\n"
