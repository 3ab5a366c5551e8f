"""The import graph of the package's files: circles, and the picture of rooms in ARCHITECTURE.md.

``python tests/support/import_graph.py`` draws the picture anew. Imports inside functions and under TYPE_CHECKING count.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "reluexact"
PAGE = PACKAGE / "ARCHITECTURE.md"
BEGIN, END = "<!-- import graph: python tests/support/import_graph.py -->", "<!-- end of the import graph -->"


def module_of(path, package=PACKAGE):
    """Return the dotted name of a file."""
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path, modules, package=PACKAGE):
    """Return the modules of the package that a file imports, wherever in the file it does."""
    here = module_of(path, package).split(".")
    base = here if path.name == "__init__.py" else here[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name in modules}
        elif isinstance(node, ast.ImportFrom):
            start = [*base[: len(base) - node.level + 1]] if node.level else []
            module = ".".join([*start, *([node.module] if node.module else [])])
            for alias in node.names:
                found |= {name for name in (f"{module}.{alias.name}", module) if name in modules and name != ".".join(here)}
                if f"{module}.{alias.name}" in modules:  # a package that is only passed through
                    found.discard(module)
    return found


def graph_of(package=PACKAGE):
    """Return the directed graph: an edge from a file to what it imports."""
    files = sorted(package.rglob("*.py"))
    modules = {module_of(path, package) for path in files}
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(modules))
    for path in files:
        graph.add_edges_from((module_of(path, package), name) for name in sorted(imports_of(path, modules, package)))
    return graph


def circles(graph):
    """Return the strongly connected sets of more than one file."""
    return sorted(sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1)


def room(module):
    """Return the room of a file: the first name below the package."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def rooms(graph):
    """Return how many imports go from one room into another."""
    return Counter((room(a), room(b)) for a, b in graph.edges if room(a) != room(b))


def drawn(graph):
    """Return the rooms as a Mermaid diagram, and the kinds that import other kinds."""
    sizes = Counter(room(name) for name in graph)
    counted = {
        pair: count for pair, count in rooms(graph).items() if not {"errors", "version", "public", "reluexact"} & set(pair)
    }
    lines = ["```mermaid", "graph TD"]
    lines += [f'  {name}["{name}: {sizes[name]} files"]' for name in sorted({name for pair in counted for name in pair})]
    lines += [f"  {a} -->|{count}| {b}" for (a, b), count in sorted(counted.items())]
    kinds = {
        (a.split(".")[2], b.split(".")[2])
        for a, b in graph.edges
        if room(a) == room(b) == "kinds" and a.count(".") > 2 and b.count(".") > 2 and a.split(".")[2] != b.split(".")[2]
    }
    uses = {a: sorted(b for x, b in kinds if x == a) for a in sorted({a for a, _ in kinds})}
    lines += ["```", "", *(f"- `{a}` uses {', '.join(f'`{b}`' for b in found)}" for a, found in uses.items())]
    return "\n".join(lines)


def page_with_picture(text, picture):
    """Return the page with the picture in its place."""
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    return pattern.sub(lambda _: f"{BEGIN}\n\n{picture}\n\n{END}", text)


if __name__ == "__main__":
    found = circles(graph_of())
    PAGE.write_text(page_with_picture(PAGE.read_text(encoding="utf-8"), drawn(graph_of())), encoding="utf-8")
    sys.exit(f"circles: {found}" if found else 0)
