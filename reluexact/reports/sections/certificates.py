"""The section on certificates: their files, digests, and how to check them without this program."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from shlex import quote
from typing import TYPE_CHECKING

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.kinds.files import certificate
from reluexact.numbers.rational import format_fraction
from reluexact.reports.answers import Answers, Asking
from reluexact.reports.blocks import Block, Commands, Download, Section, Text
from reluexact.terminal.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLES = {
    "optimum": "the optimum: value, residual, neurons",
    "bound": "bounds of the minimum",
    "optimal-set": "the optimum and all optimal networks",
    "path": "the path in the penalty",
    "stationary": "the graph of stationary points",
}
MOST_BYTES = 4_000_000
"""A larger certificate is not carried by the page."""

Stored = tuple[str, bytes | str]


def stored(answers: Answers, asking: Asking) -> list[Stored]:
    """Return kind and file of the certificates, each accepted by the stand-alone checker; or a name and why there is none."""
    best = answers.best
    first = best if best is not None and best.status is Status.PROVED else answers.optimum
    found: list[Stored] = []
    graph = answers.graph if answers.graph is not None and answers.graph.nodes else None
    for claim in (first, answers.path, graph):
        if claim is not None:
            found.append(_stored(claim, asking))
    return found


def _stored(claim: object, asking: Asking) -> Stored:
    name = f"certificate of the {type(claim).__name__}"
    content = asking.ask(name, lambda: certificate(claim))
    if content is None:
        return name, asking.reasons[name]
    kind: str = json.loads(content)["statement"]["kind"]
    return kind, content


def section(answers: Answers, files: Sequence[Stored], *, name: str, options: str, embed: bool) -> Section:
    """Return the section."""
    intro = (
        "What is proved here has its evidence in a certificate: one JSON file that the stand-alone checker has accepted, a "
        "program that needs only Python's standard library and shares no line with the one that found it. The digest says that "
        "it is this file."
    )
    blocks: list[Block] = [Text(text=intro)]
    names = []
    for kind, content in files:
        if isinstance(content, str):
            blocks.append(Text(text=Message("UNDECIDED: ", kind, ": ", content)))
            continue
        names.append(file_name(name, kind))
        blocks.append(_download(kind, content, names[-1], embed=embed))
    if names:
        blocks += _commands(answers, names, options=options, data=name)
    missing = [Message(kind, ": ", content) for kind, content in files if isinstance(content, str)]
    status = Status.UNDECIDED if missing else Status.PROVED
    return Section(id="certificates", title="Certificates", status=status, reason=_joined(missing), blocks=tuple(blocks))


def _joined(messages: Sequence[Message]) -> str:
    """Put messages behind one another."""
    parts = [part for message in messages for part in ("; ", message)]
    return Message(*parts[1:])


def _download(kind: str, content: bytes, name: str, *, embed: bool) -> Download:
    carried = embed and len(content) <= MOST_BYTES
    return Download(
        title=TITLES.get(kind, kind),
        name=name,
        size=len(content),
        digest=sha256(content).hexdigest(),
        href=f"data:application/json;base64,{b64encode(content).decode('ascii')}" if carried else "",
    )


def _commands(answers: Answers, names: Sequence[str], *, options: str, data: str) -> list[Block]:
    """Return how to check: the digest, the checker alone, and that it is about these data."""
    penalty = format_fraction(answers.problem.penalty)
    parts = [printable(part) for part in (f"--statement {quote(data)}", options) if part]
    first = f"reluexact check {names[0]} {' '.join(parts)} --penalty {penalty}"
    others = [f"reluexact check {name} {' '.join(parts)}" + _penalty(name, penalty) for name in names[1:]]
    return [
        Commands(intro="The digests of the files:", lines=(f"sha256sum {' '.join(names)}",)),
        Commands(
            intro="The checker alone, from a checkout of the repository; -I -S keep everything but the standard library out:",
            lines=tuple(f"python3 -I -S reluexact/checker {name}" for name in names),
        ),
        Commands(intro="Also that the certificates are about these data:", lines=(first, *others)),
    ]


def _penalty(name: str, penalty: str) -> str:
    """Return the option that a certificate is compared with; that of a path is about all penalties."""
    return "" if name.endswith("-path.json") else f" --penalty {penalty}"


def file_name(name: str, kind: str) -> str:
    """Return a name for a file that no shell and no file system takes amiss.

    >>> file_name("my <data>.csv", "path"), file_name("..", "bound")
    ('my-data-path.json', 'data-bound.json')
    """
    stem = re.sub(r"[^A-Za-z0-9]+", "-", name.rpartition(".")[0] or name).strip("-")[:60]
    return f"{stem or 'data'}-{kind}.json"
