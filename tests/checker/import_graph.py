"""Which file of the checker imports which, and what somebody has to read who trusts one kind of certificate.

``PYTHONPATH=.:tests:tests/support python -m checker.import_graph`` prints the table of CERTIFICATE.md.
"""

from __future__ import annotations

import ast
from pathlib import Path

from checker.stored import CHECKER

TABLES = {"": "kinds/table.py", " (version 2)": "kinds/extended_table.py"}
COMMON = ("__main__.py", "command.py", *TABLES.values())


def sources(folder=CHECKER):
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.py"))}


def modules(node, file):
    """List the modules, as parts of a path from the folder, that an import inside of the folder may mean; None: it leaves it."""
    package = Path(file).parent.parts
    if node.level - 1 > len(package):
        return None
    base = (*package[: len(package) - node.level + 1], *(node.module.split(".") if node.module else ()))
    return [base, *((*base, alias.name) for alias in node.names)]


def imports(file, folder=CHECKER):
    """Return the files that a file imports, wherever in it."""
    known, found = sources(folder), set()
    for node in ast.walk(ast.parse(known[file].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            places = ["/".join(parts) for parts in modules(node, file) or ()]
            found |= {name for place in places for name in (f"{place}.py", f"{place}/__init__.py") if name in known}
    return found


def graph(folder=CHECKER):
    return {file: imports(file, folder) for file in sources(folder)}


def kinds():
    """Return the file of every kind, in the order of the tables."""
    return {f"{kind}{words}": file for words, table in TABLES.items() for kind, file in kinds_of(table).items()}


def kinds_of(table):
    """Return the kinds of one table."""
    tree = ast.parse(sources()[table].read_text(encoding="utf-8"))
    homes = {
        alias.name: f"kinds/{node.module}.py" for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    (table,) = (node.value for node in tree.body if isinstance(node, ast.AnnAssign))
    return {key.value: homes[value.id] for key, value in zip(table.keys, table.values, strict=True)}


def to_read(*starts, arrows=None):
    """Return these files and all that they need, packages included; the table is read, but other kinds are not."""
    arrows, found, waiting = arrows or graph(), set(), list(starts)
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += arrows[file] if file not in TABLES.values() else ()
            waiting += [f"{parent}/__init__.py".removeprefix("./") for parent in map(str, Path(file).parents)]
    return found


def lines(files):
    return sum(len(sources()[file].read_text(encoding="utf-8").splitlines()) for file in files)


def listed(files):
    """Write files with their lines; a folder of which all are needed is written as one."""
    rooms = {file.partition("/")[0] for file in sources() if "/" in file}
    whole = {room: {file for file in sources() if file.startswith(f"{room}/")} for room in rooms}
    entries = [(f"{room}/", lines(members)) for room, members in whole.items() if members <= files]
    single = files - {file for members in whole.values() if members <= files for file in members}
    entries += [(file.removesuffix(".py"), lines([file])) for file in single]
    return ", ".join(f"`{name}` {count}" for name, count in sorted(entries, key=lambda entry: ("/" in entry[0], entry)))


def trust_table():
    """Return the table of CERTIFICATE.md."""
    arrows = graph()
    common = to_read(*COMMON, arrows=arrows)
    rows = [
        f"Every kind: {listed(common)}: {lines(common)} lines.",
        "",
        "| kind | and these files | lines in all |",
        "| --- | --- | --- |",
    ]
    for kind, file in kinds().items():
        files = to_read(*COMMON, file, arrows=arrows)
        rows.append(f"| `{kind}` | {listed(files - common)} | {lines(files):,} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(trust_table(), end="")  # noqa: T201
