"""The page of trust: for each kind of certificate what Coq proves, what the checker computes again, what has to be believed."""

from __future__ import annotations

import tomllib

from generate.certificate import obligations
from generate.facts import checker_lines
from generate.statements import DOCS, statements

ALSO = {
    "optimum": ("O1", "O2", "O3", "O4", "O5", "O6", "O7", "O8", "O9"),
    "bound": ("B1", "B2", "B3"),
    "version 2": ("E1", "E2", "E3", "E4"),
}
"""Obligations that kinds of other sections ask for, too; ``docs/trust.toml`` names these groups under ``also``."""
SECOND = ("E1", "E2", "E3", "E4", "E6", "B4", "O10")
"""Obligations of version 2 alone, which stand in sections of both."""


def rows():
    """Return kind -> what ``docs/trust.toml`` says of it; the kinds are those of the checker, all of them and no others."""
    found = tomllib.loads((DOCS / "trust.toml").read_text(encoding="utf-8"))
    if set(found) != set(checker_lines()):
        message = f"docs/trust.toml differs from the kinds of the checker: {sorted(set(found) ^ set(checker_lines()))}"
        raise LookupError(message)
    return found


def asked(kind, row):
    """Return the obligations of a kind, those of other sections first."""
    own = [name for name, (section, _) in obligations().items() if section == kind.partition(" ")[0]]
    own = [name for name in own if "(version 2)" in kind or name not in SECOND]
    return list(dict.fromkeys([*(name for group in row["also"] for name in ALSO[group]), *row["obligations"], *own]))


def text(theorem_link, obligation_link):
    """Return the sections of the page as Markdown."""
    lines = []
    for kind, row in rows().items():
        names = asked(kind, row)
        proved = dict.fromkeys(
            theorem for name in row["statements"] for theorem in next(s for s in statements() if s.name == name).theorems
        )
        lines += [
            f"## `{kind}`",
            "",
            f"**Says.** {row['says'].strip()}",
            "",
            f"**Proved in Coq.** {row['proved'].strip()} " + ", ".join(map(theorem_link, proved)),
            "",
            f"**Computed again by the checker** ({checker_lines()[kind]:,} lines). {row['checked'].strip()} "
            "Obligations: " + ", ".join(map(obligation_link, names)) + ".",
            "",
            f"**Believed.** {row['believed'].strip()}",
            "",
        ]
    return "\n".join(lines)
