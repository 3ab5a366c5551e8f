"""Directives of the site: ``statement`` (a row of the map), ``statement-map`` (its table), ``statement-graph``, ``trust``."""

from __future__ import annotations

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from generate import drawing, trust
from generate.certificate import obligations
from generate.statements import faults, statements

CERTIFICATE, THEOREMS = "/generated/certificate.md", "/generated/theorems.md"


def theorem_link(name):
    """Return a link to a theorem in Coq."""
    return f"[`{name}`](#coq-{name.replace('_', '-').lower()})"


def obligation_link(name):
    """Return a link to an obligation of the certificate format."""
    return f"[{name}](#obligation-{name.lower()})"


def behind(row):
    """Return what stands behind a statement, as one text of Markdown each: theorems, tests, obligations by kind."""
    tests = [f"`{test}`" for test in row.tests]
    by_kind = [
        f"`{kind}` " + ", ".join(obligation_link(name) for name in row.obligations if obligations()[name][0] == kind)
        for kind in row.kinds
    ]
    return ", ".join(map(theorem_link, row.theorems)) or "none", ", ".join(tests), "; ".join(by_kind) or "none"


class StatementBox(SphinxDirective):
    """One row of the map: what is said, its source, and what stands behind it."""

    required_arguments = 1

    def run(self):
        """Return the box."""
        (row,) = (row for row in statements() if row.name == self.arguments[0])
        coq, tests, kinds = behind(row)
        text = f"{row.says}\n\nSource: {row.source}.\n\nCoq\n: {coq}\n\nTests\n: {tests}\n\nCertificate\n: {kinds}"
        label = f"statement-{row.name}"
        target = nodes.target("", "", ids=[label], names=[label])
        self.state.document.note_explicit_target(target)
        box = nodes.admonition("", nodes.title(row.title, row.title), *self.parse_text_to_nodes(text), classes=["statement"])
        return [target, box]


class StatementMap(SphinxDirective):
    """The table of all rows."""

    def run(self):
        """Return the table."""
        lines = ["| statement | Coq | tests | certificate |", "| --- | --- | --- | --- |"]
        for row in statements():
            cells = (f"[{row.title}](#statement-{row.name})", *behind(row))
            lines.append("| " + " | ".join(cells) + " |")
        return self.parse_text_to_nodes("\n".join(lines))


class StatementGraph(SphinxDirective):
    """The map, drawn; its words are links."""

    def run(self):
        """Return the drawing as part of the page."""
        return [nodes.raw("", drawing.svg(statements()), format="html")]


class Trust(SphinxDirective):
    """What has to be believed, for each kind of certificate."""

    def run(self):
        """Return one section of definitions for each kind."""
        return self.parse_text_to_nodes(trust.text(theorem_link, obligation_link), allow_section_headings=True)


def check_map(_app):
    """Stop the build where the map of statements is not true."""
    found = faults(statements())
    if found:
        raise ExtensionError("docs/statements.toml: " + "; ".join(found))


def setup(app):
    """Register the directives and the check of the map."""
    for name, directive in (
        ("statement", StatementBox),
        ("statement-map", StatementMap),
        ("statement-graph", StatementGraph),
        ("trust", Trust),
    ):
        app.add_directive(name, directive)
    app.connect("builder-inited", check_map)
    return {"parallel_read_safe": False}
