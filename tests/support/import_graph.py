"""The import graph of the package's files: circles, and the picture of rooms in ARCHITECTURE.md.

``python tests/support/import_graph.py``, with the Python of the tests, draws the picture anew.
Imports inside functions and under TYPE_CHECKING count.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
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


def layers():
    """Return the layers of the contract in pyproject.toml, highest first: what stands side by side is one tuple."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (found,) = (contract["layers"] for contract in contracts if contract["id"] == "layers")
    return [tuple(name.strip() for name in layer.split("|")) for layer in found]


def arrows(graph, order):
    """Return the arrows between rooms: downwards those that no way over other rooms says already, and those upwards, all of them.

    order: the layers, highest first; a room that is in none, as the checker, lies below them. Single files are left out.
    """
    height = {name: -k for k, layer in enumerate(order) for name in layer}
    folders = {room(name) for name in graph if name.count(".") > 1}
    pairs = {pair for pair in rooms(graph) if folders.issuperset(pair)}
    down = {(a, b) for a, b in pairs if height.get(a, -len(order)) > height.get(b, -len(order))}
    return sorted(nx.transitive_reduction(nx.DiGraph(sorted(down))).edges), sorted(pairs - down)


def uses(graph):
    """Return (kinds, which others they use), kinds that use the same ones together."""
    kinds = [name.split(".")[2] if name.startswith("reluexact.kinds.") and name.count(".") > 2 else "" for name in graph]
    kind = dict(zip(graph, kinds, strict=True))
    pairs = {(kind[a], kind[b]) for a, b in graph.edges if kind[a] and kind[b] and kind[a] != kind[b]}
    used = {a: tuple(sorted(b for x, b in pairs if x == a)) for a in sorted({a for a, _ in pairs})}
    return [([a for a, others in used.items() if others == same], same) for same in dict.fromkeys(used.values())]


def packages(package=PACKAGE):
    """Return for every room the packages from outside that it imports, wherever in a file."""
    found = {folder.name: set() for folder in package.iterdir() if (folder / "__init__.py").is_file()}
    for path in package.rglob("*/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            found[path.relative_to(package).parts[0]] |= {name.partition(".")[0] for name in names}
    return {name: sorted(used - sys.stdlib_module_names - {package.name}) for name, used in found.items()}


def listed(names):
    """Return names as code, with commas."""
    return ", ".join(f"`{name}`" for name in names)


def drawn(graph, order, outside):
    """Return the rooms as a Mermaid diagram, who uses packages from outside, and the table which kind uses which others."""
    down, up = arrows(graph, order)
    lines = ["```mermaid", "graph TD", *(f"  {a} --> {b}" for a, b in down)]
    lines += [f'  {a} -. "upwards, to be removed" .-> {b}' for a, b in up]
    users = [f"`{name}` {', '.join(outside[name])}" for layer in order for name in layer if outside.get(name)]
    lines += ["```", "", f"Packages from outside: {'; '.join(users)}.", "", "| kind | uses |", "| --- | --- |"]
    lines += [f"| {listed(kinds)} | {listed(others)} |" for kinds, others in uses(graph)]
    return "\n".join(lines)


def page_with_picture(text, picture):
    """Return the page with the picture in its place."""
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    return pattern.sub(lambda _: f"{BEGIN}\n\n{picture}\n\n{END}", text)


if __name__ == "__main__":
    files = graph_of()
    PAGE.write_text(page_with_picture(PAGE.read_text(encoding="utf-8"), drawn(files, layers(), packages())), encoding="utf-8")
    sys.exit(f"circles: {circles(files)}" if circles(files) else 0)
