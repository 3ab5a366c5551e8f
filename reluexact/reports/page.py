"""The page: its sections in their order, the templates, and what a browser may do with it (nothing outside of itself)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.reports.answers import Answers, Asking
from reluexact.reports.blocks import Open, Section
from reluexact.reports.claim import Report
from reluexact.reports.sections import certificates, data, function, graph, networks, optimal_set, path, statement
from reluexact.terminal.text import printable
from reluexact.version import __version__


def written(answers: Answers, asking: Asking, *, name: str, options: str, embed: bool) -> Report:
    """Write the page about the answers."""
    shown = printable(name)
    stored = certificates.stored(answers, asking)
    sections = [
        data.section(answers),
        function.section(answers, asking),
        optimal_set.section(answers),
        networks.section(answers),
        path.section(answers, asking),
        graph.section(answers, asking),
        certificates.section(answers, stored, name=shown, options=options, embed=embed),
    ]
    head = statement.head(answers, shown)
    open_ = _open(head.reason, sections)
    sections.append(Section(id="undecided", title="What is UNDECIDED, and why", short="UNDECIDED", blocks=tuple(open_)))
    return Report(
        name=name,
        status=head.status,
        html=_rendered(asking.wording, head=head, sections=sections),
        sections=tuple((section.id, section.title, section.status) for section in sections),
        undecided=tuple((entry.title, asking.wording(entry.reason)) for entry in open_),
        certificates=tuple((kind, content) for kind, content in stored if isinstance(content, bytes)),
        answers=answers,
    )


def _open(reason: str, sections: list[Section]) -> list[Open]:
    """Collect what is UNDECIDED."""
    known = [Open(place="statement", title="The optimum", reason=reason)] if reason else []
    return known + [
        Open(place=section.id, title=section.title, reason=section.reason)
        for section in sections
        if section.status is Status.UNDECIDED
    ]


def _rendered(wording: Callable[[str], str], **context: object) -> str:
    """Fill the templates; every text is escaped unless it is Markup."""

    def worded(value: object) -> object:
        return wording(value) if isinstance(value, Message) else value

    loader = PackageLoader("reluexact.reports")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=worded
    )
    style, script = (loader.get_source(environment, name)[0] for name in ("page.css", "page.js"))
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{_digest(script)}'"
    return environment.get_template("page.html").render(
        style=Markup(style),  # files of this package
        script=Markup(script),
        policy=policy,
        version=__version__,
        **context,
    )


def _digest(text: str) -> str:
    """Return the digest by which a browser knows the one script that may run."""
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
