"""The rules of the code that a program can check."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from contextlib import nullcontext
from graphlib import CycleError, TopologicalSorter

import pytest
from checker import import_graph
from import_graph import circles, graph_of
from paths import ROOT

PACKAGE = ROOT / "reluexact"
CHECKER = PACKAGE / "checker"
SOURCES = sorted(PACKAGE.rglob("*.py"))
PRINTERS = {CHECKER / "command.py"}
CHECKER_SOURCES = sorted(CHECKER.rglob("*.py"))

MAX_LINES = 300
MAX_FUNCTION_LINES = 40

TOLERANCE = re.compile(r"1e-\d+|isclose|allclose")
TOLERANCE_ALLOWED = PACKAGE / "propose"
"""What is found there is proposed to the proofs, which decide without a tolerance."""

NUMERICS = {"numpy", "scipy", "clarabel", "pyscipopt"}
EXACT = sorted(path for room in ("evidence", "prove") for path in (PACKAGE / room).rglob("*.py"))
DECIDING = sorted(path for room in ("kinds", "search") for path in (PACKAGE / room).rglob("*.py") if path.name != "picture.py")
FLOATS_SHOWN = {
    PACKAGE / "kinds" / "descent_path" / "claim.py": "the points of a plot, which Samples holds",
    PACKAGE / "kinds" / "stationary_graph" / "graphml.py": "the values of nodes in a graph for networkx, beside their digits",
}
"""Files outside of pictures that turn exact numbers into floats, for people to look at."""
INTEGER_ARRAYS = {
    PACKAGE / "kinds" / "connectivity" / "supports.py",
    *(PACKAGE / "kinds" / "minimum_network" / "fewest" / name for name in ("fixed.py", "screen.py", "sums.py")),
}
"""Files of the kinds that compute with numpy, in integers of 64 bits whose sizes are bounded."""


CLAIMS = {
    "classification/evidence.py",
    "connectivity/configuration.py",
    "connectivity/path.py",
    "connectivity/staircase.py",
    "descent_path/piece.py",
    "descent_path/points.py",
    "descent_path/waypoint.py",
    "optimal_set/blocks.py",
    "optimum/problem_claim.py",
    "optimal_set/point.py",
    "optimal_set/system.py",
    "optimal_set/vertex.py",
    "optimum/fitted.py",
    "sparsest_spline/turns.py",
}
"""Files of plain data beside ``claim.py``."""


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def faults(path, kind):
    """Return file:line of every node for which ``kind`` is true."""
    return [f"{path.relative_to(ROOT)}:{node.lineno}" for node in ast.walk(tree_of(path)) if kind(node)]


def body_lines(function):
    """Count the lines of a function; decorators and the docstring are not counted."""
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= first.end_lineno - first.lineno + 1
    return lines


@pytest.fixture(params=SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def source(request):
    return request.param


def test_files_are_short(source):
    assert len(source.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def test_functions_are_short(source):
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    assert faults(source, lambda node: isinstance(node, functions) and body_lines(node) > MAX_FUNCTION_LINES) == []


def test_no_bare_except(source):
    assert faults(source, lambda node: isinstance(node, ast.ExceptHandler) and node.type is None) == []


def test_no_assert_where_python_o_would_drop_a_check(source):
    assert faults(source, lambda node: isinstance(node, ast.Assert)) == []


def test_only_the_command_line_and_the_checker_print(source):
    def prints(node):
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"

    assert source in PRINTERS or faults(source, prints) == []


def test_no_tolerance_decides(source):
    allowed = source.is_relative_to(TOLERANCE_ALLOWED)
    found = [line for line in source.read_text(encoding="utf-8").splitlines() if TOLERANCE.search(line)]
    assert allowed or found == []


def is_float(node):
    """Say whether a node of the syntax tree makes a float, by a literal or by the name ``float`` used as a value."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float | complex)
    return isinstance(node, ast.Call) and any(
        isinstance(part, ast.Name) and part.id == "float" for part in (node.func, *node.args, *(k.value for k in node.keywords))
    )


def is_numerical(node):
    """Say whether a node imports a package that computes in floats, or reads from numpy what does."""
    if isinstance(node, ast.Attribute):
        numpy = isinstance(node.value, ast.Name) and node.value.id in {"np", "numpy"}
        return numpy and (node.attr == "linalg" or node.attr.startswith("float"))
    if isinstance(node, ast.ImportFrom):
        return not node.level and node.module.partition(".")[0] in NUMERICS
    return isinstance(node, ast.Import) and any(alias.name.partition(".")[0] in NUMERICS for alias in node.names)


@pytest.mark.parametrize("path", EXACT, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_proof_has_no_float(path):
    assert faults(path, lambda node: is_float(node) or is_numerical(node)) == []
    assert faults(path, lambda node: isinstance(node, ast.Name) and node.id == "float") == []


@pytest.mark.parametrize("path", DECIDING, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_float_is_made_where_kinds_and_searches_decide(path):
    """Floats come from propose, by name."""
    attribute = ast.Attribute
    found = faults(path, lambda node: is_float(node) or (isinstance(node, attribute) and is_numerical(node)))
    assert bool(found) == (path in FLOATS_SHOWN), found
    imports = faults(path, lambda node: not isinstance(node, attribute) and is_numerical(node))
    assert bool(imports) == (path in INTEGER_ARRAYS), imports


@pytest.mark.parametrize(
    "line",
    [
        "x = 0.5",
        "x = 1e-9",
        "x = float(2)",
        "x = list(map(float, y))",
        "x = np.zeros(3, dtype=float)",
        "x = np.linalg.norm(y)",
        "x = y.astype(np.float64)",
        "def f():\n    import numpy as np",
        "from scipy.optimize import linprog",
        "from numpy.typing import NDArray",
        "def f(x: float): pass",
    ],
)
def test_a_float_in_a_proof_is_found(line, tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    planted = tmp_path / "planted.py"
    planted.write_text("from fractions import Fraction\nx = Fraction(1, 10**9) + 2\n")
    test_a_proof_has_no_float(planted)
    planted.write_text(line)
    with pytest.raises(AssertionError, match=r"planted\.py:"):
        test_a_proof_has_no_float(planted)
    with nullcontext() if line.startswith("def f(x: float)") else pytest.raises(AssertionError, match=r"planted\.py:"):
        test_no_float_is_made_where_kinds_and_searches_decide(planted)


def test_the_proofs_load_no_numerics():
    modules = [f"reluexact.{path.relative_to(PACKAGE).with_suffix('').as_posix().replace('/', '.')}" for path in EXACT]
    code = f"import sys\nfor name in {modules}: __import__(name)\nprint(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "reluexact.prove.certified" in run.stdout
    assert not NUMERICS & set(run.stdout.split())
    assert "reluexact.propose" not in run.stdout


def test_the_rules_find_what_they_forbid(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    bad = tmp_path / "bad.py"
    bad.write_text("try:\n    assert 1\nexcept:\n    print(2)\ndef f():\n    '''Text.\n\n    More.\n    '''\n" + "    f()\n" * 40)
    for rule in (
        test_no_bare_except,
        test_no_assert_where_python_o_would_drop_a_check,
        test_only_the_command_line_and_the_checker_print,
    ):
        with pytest.raises(AssertionError, match=r"bad\.py"):
            rule(bad)
    with pytest.raises(AssertionError, match=r"bad\.py:5"):
        test_functions_are_short(bad)


def test_imports_go_downwards():
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_import_graph_of_files_has_no_circle():
    graph = graph_of(PACKAGE)
    assert graph.has_edge("reluexact.kinds.optimum.claim", "reluexact.numbers.real")
    assert circles(graph) == []


@pytest.mark.parametrize("late", ["def f():\n    from house.a import x", "if TYPE_CHECKING:\n    import house.a"])
def test_a_circle_of_imports_is_found(late, tmp_path):
    house = tmp_path / "house"
    (house / "rooms").mkdir(parents=True)
    (house / "__init__.py").write_text("")
    (house / "a.py").write_text("from house.rooms import b\n")
    (house / "rooms" / "__init__.py").write_text("")
    (house / "rooms" / "b.py").write_text("import os\n")
    assert circles(graph_of(house)) == []
    (house / "rooms" / "b.py").write_text(f"{late}\n")
    assert circles(graph_of(house)) == [["house.a", "house.rooms.b"]]


def test_claims_load_nothing_that_finds_or_draws():
    names = sorted(CLAIMS | {path.relative_to(PACKAGE / "kinds").as_posix() for path in PACKAGE.glob("kinds/*/claim.py")})
    modules = [f"reluexact.kinds.{name.removesuffix('.py').replace('/', '.')}" for name in names]
    code = f"import sys\nfor name in {modules}: __import__(name)\nprint(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = run.stdout.split()
    assert not (NUMERICS | {"sympy", "matplotlib", "networkx"}) & set(loaded)
    rooms = (
        "reluexact.budget",
        "reluexact.errors",
        "reluexact.messages",
        "reluexact.progress",
        "reluexact.public",
        "reluexact.numbers",
        "reluexact.geometry",
        "reluexact.model",
        "reluexact.evidence",
    )
    others = [name for name in loaded if name.startswith("reluexact.") and not name.startswith(rooms)]
    packages = {".".join(module.split(".")[:-1]) for module in modules} | {"reluexact.kinds"}
    assert sorted(set(others) - packages) == modules


@pytest.fixture(params=CHECKER_SOURCES, ids=lambda path: str(path.relative_to(CHECKER)))
def part(request):
    return request.param


def test_the_checker_imports_the_standard_library_and_itself_only(part):
    file = part.relative_to(CHECKER).as_posix()
    for node in ast.walk(tree_of(part)):
        if isinstance(node, ast.Import):
            assert {alias.name.partition(".")[0] for alias in node.names} <= sys.stdlib_module_names
        elif isinstance(node, ast.ImportFrom) and not node.level:
            assert node.module.partition(".")[0] in sys.stdlib_module_names
        elif isinstance(node, ast.ImportFrom):
            assert import_graph.modules(node, file) is not None, "leaves the folder"


def test_nothing_of_the_checker_is_named_like_a_module_of_the_standard_library(part):
    assert part.stem in {"__init__", "__main__"} or part.stem not in sys.stdlib_module_names
    assert part.parent == CHECKER or part.parent.name not in sys.stdlib_module_names


def test_a_file_of_the_checker_only_defines(part):
    """So a kind is what its own files say: loading the others changes nothing in it."""
    allowed = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    for node in tree_of(part).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [name for target in targets for name in (target.elts if isinstance(target, ast.Tuple) else [target])]
            assert all(isinstance(name, ast.Name) for name in names)
        elif isinstance(node, ast.Expr):
            assert isinstance(node.value, ast.Constant)
        elif not isinstance(node, allowed):
            assert part.name == "__main__.py"


def test_the_checker_has_no_circle_of_imports():
    arrows = import_graph.graph()
    assert sum(map(len, arrows.values())) > len(arrows)
    TopologicalSorter(arrows).prepare()  # raises CycleError
    with pytest.raises(CycleError):
        TopologicalSorter(arrows | {"quantities.py": {"verdict.py"}}).prepare()


def test_no_kind_of_certificate_imports_another_but_optimum():
    arrows, kinds = import_graph.graph(), set(import_graph.kinds().values())
    tables = set(import_graph.TABLES.values())
    assert kinds | tables | {"kinds/__init__.py"} == {file for file in arrows if file.startswith("kinds/")}
    for kind in kinds:
        assert arrows[kind] & kinds <= {"kinds/optimum.py", "kinds/extended_optimum.py"}  # that of each version
        assert not arrows[kind] & tables
    for file in arrows.keys() - kinds - tables:
        assert not arrows[file] & kinds


def test_who_trusts_a_kind_reads_what_the_table_of_certificates_says():
    text = (PACKAGE / "certificates" / "CERTIFICATE.md").read_text(encoding="utf-8")
    assert import_graph.trust_table() in text, "PYTHONPATH=.:tests:tests/support python -m checker.import_graph prints the table"


def test_ci_runs_the_test_command_of_the_readme():
    pattern = re.search(r"^readme_command=\$\(grep -E '(.+)' README\.md\)$", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    lines = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if re.search(pattern[1], line)]
    assert len(lines) == 1
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_citation_has_the_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
