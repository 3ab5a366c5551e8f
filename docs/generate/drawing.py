"""The map of statements, drawn as SVG: theorems, statements, obligations, files of tests; words are links."""

from __future__ import annotations

from statistics import fmean
from xml.etree import ElementTree as ET

import networkx as nx

from generate.certificate import obligations
from generate.statements import page_of

ROW, TOP, CHARACTER = 20, 44, 6.6
COLUMNS = {
    "theorem": ("Theorem in Coq", 220, "end"),
    "statement": ("Statement", 280, "start"),
    "obligation": ("Obligation", 680, "start"),
    "test": ("Tests", 780, "start"),
}
"""kind of node -> its heading, where its words begin or end, from which end they run."""
WIDTH = 1100


def graph(rows):
    """Return the map as a graph; a node is (kind, name), files of tests stand for their tests.

    >>> from generate.statements import statements
    >>> ("theorem", "weak_duality") in graph(statements())[("statement", "weak-duality")]
    True
    """
    found = nx.Graph()
    for row in rows:
        here = ("statement", row.name)
        found.add_node(here, words=row.title)
        for name in row.theorems:
            found.add_edge(here, ("theorem", name))
        for name in row.obligations:
            found.add_edge(here, ("obligation", name))
        for test in row.tests:
            found.add_edge(here, ("test", test.partition("::")[0]))
    return found


def heights(found, rows):
    """Return node -> y: statements evenly, the others in the order of the mean of their statements, so that few lines cross."""
    order = {("statement", row.name): place for place, row in enumerate(rows)}
    columns = {kind: [node for node in found if node[0] == kind] for kind in COLUMNS}
    longest = max(map(len, columns.values()))
    placed = {}
    for kind, nodes in columns.items():
        key = order.__getitem__ if kind == "statement" else lambda node: (fmean(order[near] for near in found[node]), node[1])
        step = longest / len(nodes)
        placed |= {node: TOP + ROW * step * (place + 0.5) for place, node in enumerate(sorted(nodes, key=key))}
    return placed, TOP + ROW * (longest + 1)


def pages_of(kind, name):
    """Return where the words of a node lead, from the page of the map; None for tests."""
    return {
        "theorem": f"generated/theorems.html#coq-{name.replace('_', '-').lower()}",
        "obligation": f"generated/certificate.html#obligation-{name.lower()}",
        "statement": f"mathematics/{page_of(name)}.html#statement-{name}" if kind == "statement" else None,
        "test": None,
    }[kind]


def svg(rows):
    """Return the drawing as SVG; colours come from the style sheet of the site, for light and dark."""
    found = graph(rows)
    placed, height = heights(found, rows)
    root = ET.Element(
        "svg", {"viewBox": f"0 0 {WIDTH} {height:.0f}", "class": "map", "role": "img", "aria-label": "Map of statements"}
    )
    for heading, x, anchor in COLUMNS.values():
        ET.SubElement(root, "text", {"x": str(x), "y": "24", "text-anchor": anchor, "class": "heading"}).text = heading
    ends = {node: _ends(node, found.nodes[node].get("words", node[1])) for node in found}
    for one, other in found.edges:
        left, right = sorted((one, other), key=lambda node: list(COLUMNS).index(node[0]))
        x, to = ends[left][1] + 4, ends[right][0] - 4
        y, down = placed[left], placed[right]
        middle = (x + to) / 2
        path = f"M{x:.0f} {y:.1f} C{middle:.0f} {y:.1f} {middle:.0f} {down:.1f} {to:.0f} {down:.1f}"
        kind = next(node[0] for node in (left, right) if node[0] != "statement")
        ET.SubElement(root, "path", {"d": path, "class": f"edge {kind}"})
    for (kind, name), y in placed.items():
        _, x, anchor = COLUMNS[kind]
        link = pages_of(kind, name)
        parent = ET.SubElement(root, "a", {"href": link}) if link else root
        words = ET.SubElement(parent, "text", {"x": str(x), "y": f"{y + 4:.1f}", "text-anchor": anchor, "class": kind})
        words.text = found.nodes[kind, name].get("words", name)
        if kind == "obligation":
            ET.SubElement(words, "title").text = f"{name}: {obligations()[name][1]}"
    return f'<div class="map-frame" tabindex="0">{ET.tostring(root, encoding="unicode")}</div>'


def _ends(node, words):
    """Return where the words of a node begin and end, about."""
    _, x, anchor = COLUMNS[node[0]]
    wide = CHARACTER * len(words)
    return (x - wide, x) if anchor == "end" else (x, x + wide)
