"""What ARCHITECTURE.md says is where things are."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import networkx as nx
import pytest
from import_graph import PACKAGE, PAGE, arrows, drawn, graph_of, layers, packages, page_with_picture
from paths import ROOT

from reluexact.kinds.table import KINDS

TEXT = PAGE.read_text(encoding="utf-8")
FOLDERS = (ROOT, PACKAGE, PACKAGE / "certificates", *PACKAGE.glob("kinds/*/"), ROOT / "proofs")
DRAW = "`python tests/support/import_graph.py` draws it again"


def files_named(text):
    """Return what a text names in backquotes that looks like a file or a folder."""
    names = re.findall(r"`([a-zA-Z_][\w./]+)`", text)
    return [name for name in names if "/" in name or name.endswith((".py", ".pyi", ".md", ".toml"))]


def exists(name):
    """Is there such a file? K stands for a kind, and a name without a folder in a table of files for a file of some kind."""
    pattern = re.sub(r"\bK\b|(?<=_)K\b", "*", name)
    return any(any(base.glob(pattern)) for base in FOLDERS)


def rows(title):
    """Return the first cells of the first table under a heading, each as the names in it."""
    section = TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)
    return [tuple(re.findall(r"`([^`]+)`", cell)) for cell in cells if "`" in cell]


@pytest.mark.parametrize("page", ["reluexact/ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "proofs/README.md"])
def test_every_file_that_a_page_names_exists(page):
    named = files_named((ROOT / page).read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not exists(name)] == []


def test_the_readme_names_the_rooms_as_they_are_called():
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Layout\n")[2]
    first = "".join(re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE))
    named = [name.removeprefix("reluexact/") for name in re.findall(r"`([^`]+)`", first)]
    rooms = {room for layer in layers() for room in layer if (PACKAGE / room).is_dir()}
    assert sorted(set(named) & {*rooms, "checker"}) == sorted({*rooms, "checker"})
    assert [name for name in named if not (PACKAGE / name).is_dir() and not (ROOT / name).is_dir()] == []


def test_the_page_names_the_files_to_touch():
    assert {"kinds/table.py", "propose/engines/scip.py", "checker/kinds/K.py", "tests/kinds/K/"} <= set(files_named(TEXT))


@pytest.mark.parametrize("name", ["kinds/nowhere.py", "tests/kinds/K/test_nothing.py", "cellar.py", "prove/dual_tree.py"])
def test_a_file_that_does_not_exist_is_found(name):
    assert files_named(f"in `{name}`, or so") == [name]
    assert not exists(name)


def test_the_rooms_stand_in_the_order_of_the_contract():
    assert [set(row) for row in rows("The rooms")] == [*map(set, layers()), {"checker"}]


def test_every_room_and_every_file_beside_the_rooms_is_on_the_page():
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")} | {path.stem for path in PACKAGE.glob("[!_]*.py")}
    assert rooms - {name for row in rows("The rooms") for name in row} == {"version"}
    assert {path.name for path in PACKAGE.glob("*.py*")} - {"py.typed"} <= {
        *files_named(TEXT),
        *(f"{name}.py" for row in rows("The rooms") for name in row),
    }


def test_the_kinds_are_the_folders_of_the_table():
    assert sorted(kind.folder for kind in KINDS) == sorted(path.parent.name for path in PACKAGE.glob("kinds/*/__init__.py"))


def test_the_page_is_one_page():
    assert len(TEXT.splitlines()) <= 140


def test_the_picture_is_up_to_date():
    assert page_with_picture(TEXT, drawn(graph_of(), layers(), packages())) == TEXT, DRAW


def test_the_command_of_the_page_draws_the_picture(tmp_path):
    assert DRAW.partition("`")[2].partition("`")[0] in TEXT
    shutil.copytree(PACKAGE, tmp_path / "reluexact", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "support", tmp_path / "tests" / "support")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    page = tmp_path / "reluexact" / "ARCHITECTURE.md"
    page.write_text(TEXT.replace("  cli --> kinds\n", ""), encoding="utf-8")
    subprocess.run([sys.executable, tmp_path / "tests" / "support" / "import_graph.py"], cwd=tmp_path, check=True)
    assert page.read_text(encoding="utf-8") == page_with_picture(TEXT, drawn(graph_of(), layers(), packages()))


def test_the_picture_leaves_out_what_follows_and_shows_what_goes_upwards():
    graph = nx.DiGraph([("h.a.x", "h.b.x"), ("h.b.x", "h.c.x"), ("h.a.y", "h.c.y"), ("h.c.y", "h.b.y"), ("h.c.x", "h.errors")])
    assert arrows(graph, [("a",), ("b",), ("c",)]) == ([("a", "b"), ("b", "c")], [("c", "b")])
