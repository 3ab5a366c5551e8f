"""The certificate format as a page of the site: CERTIFICATE.md with an anchor at each obligation, and the list of these."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

PAGE = Path(__file__).parents[2] / "reluexact" / "certificates" / "CERTIFICATE.md"
OBLIGATION = re.compile(r"([A-Z]\d+|C(?= verdicts\.))\b")


@cache
def obligations():
    """Return name -> (section, first line), in the order of the page; version 2 says some of them again.

    >>> obligations()["B1"][0], len(obligations()) > 60
    ('bound', True)
    """
    found, section = {}, ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ").removeprefix("Kind ").strip("`")
        name = OBLIGATION.match(line)
        if name:
            found.setdefault(name.group(), (section, line[name.end() :].strip(" ,:;")))
    return found


def marked(line, seen):
    """Return the line of an obligation as a paragraph, with an anchor at the first one of its name."""
    match = OBLIGATION.match(line)
    if not match:
        return line
    name = match.group()
    anchor = "" if name in seen else f"(obligation-{name.lower()})=\n"
    seen.add(name)
    return f"\n{anchor}**{name}**{line[match.end() :]}"


def text():
    """Return the page."""
    seen, inside, lines = set(), False, []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        inside ^= line.startswith("```")
        lines.append(line if inside else marked(line, seen))
    return "\n".join(lines) + "\n"
