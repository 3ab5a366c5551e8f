"""The section that says how the certificate of a document is written and checked."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

from reluexact.model.dataset import Dataset
from reluexact.tex.text import code


def section(data: Dataset, name: str, *, command: str, about: str, options: Sequence[str]) -> str:
    """Return the section. name: of the data file. command: that writes the certificate, with these options. about: its claim."""
    file = quote(f"./{name}" if name.startswith("-") else name)
    line = code(" ".join(["reluexact", command, file, *filter(None, options), "--out certificate.json"]))
    rows = "data" if data.copies is None else "data of scaled rows"
    letters = " There [U+...] stands for the letter with this number in Unicode." if "[U+" in line else ""
    return rf"""\section{{How to check this document}}
The {about} has a certificate: one file with the problem, the claim and the evidence. The program writes it, and a second program,
which shares no code with the first and needs nothing but Python's standard library, reads it:
\begin{{quote}}\small\raggedright\ttfamily
{line}\\
python3 -I -S reluexact/checker certificate.json
\end{{quote}}{letters}
The certificate names the {rows} by all of its numbers, so it cannot be about other data than those above; it counts
neurons and rows from 0, this document from 1. Every digit that is
printed here is a digit of the number meant; three dots say that more digits follow."""
