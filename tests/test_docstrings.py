"""What docstrings and comments refer to exists."""

from __future__ import annotations

import ast
import builtins
import importlib
import io
import re
import tokenize

import pytest
from import_graph import PACKAGE, module_of
from paths import ROOT

SOURCES = sorted(PACKAGE.rglob("*.py"))
REFERENCE = re.compile(r":(?:mod|func|class|meth|attr|data|exc|const):`~?([^`]+)`")
MODULE = re.compile(r"\breluexact(?:\.[a-z_]+)+\b")
FILE = re.compile(r"``((?:\w+/)*\w+\.(?:py|md))``|\b(CERTIFICATE\.md)\b")


def texts(source):
    """Return the docstrings, those of constants included, and the comments."""
    strings = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Expr)]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [
        *(node.value for node in strings if isinstance(node, ast.Constant) and isinstance(node.value, str)),
        *(token.string for token in tokens if token.type == tokenize.COMMENT),
    ]


def names_of(module, source):
    """Return what a module knows by name, also what it imports for type checkers only."""
    names = dict(vars(module))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and not node.level and node.module.startswith("reluexact"):
            home = importlib.import_module(node.module)
            names |= {alias.asname or alias.name: getattr(home, alias.name, None) for alias in node.names}
    return names


def follow(start, parts):
    for part in parts:
        start = getattr(start, part, None)
    return start


def resolves(target, module, source):
    """Is there such a module, name of this module, or attribute of one of its classes?"""
    parts = target.lstrip(".").split(".")
    package = module.__name__ if module.__file__.endswith("__init__.py") else module.__name__.rpartition(".")[0]
    names = names_of(module, source)
    if follow(names.get(parts[0]), parts[1:]) is not None or hasattr(builtins, parts[0]):
        return True
    if any(follow(value, parts) is not None for value in names.values() if isinstance(value, type)):
        return True
    return imported(parts) or imported([*package.split("."), *parts])


def imported(parts):
    """Is this a module, or what a module has?"""
    for k in range(len(parts), 0, -1):
        try:
            return follow(importlib.import_module(".".join(parts[:k])), parts[k:]) is not None
        except ModuleNotFoundError:
            continue
    return False


def exists(name, path):
    """Is there such a file beside the source or above it? KIND and NAME stand for the folder of some kind."""
    pattern = re.sub(r"\b[A-Z]+/", "*/", name)
    folders = (*path.parents[: len(path.relative_to(ROOT).parts)], PACKAGE / "certificates", *PACKAGE.glob("kinds/*/"))
    return any(any(folder.glob(pattern)) for folder in folders)


def dead(path, source, module):
    """Return the references of a source that lead nowhere."""
    found = []
    for text in texts(source):
        found += [target for target in REFERENCE.findall(text) if not resolves(target, module, source)]
        found += [name for name in MODULE.findall(text) if not imported(name.split("."))]
        found += [name for names in FILE.findall(text) for name in names if name and not exists(name, path)]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_references_lead_somewhere(path):
    if path.name != "__main__.py":
        assert dead(path, path.read_text(encoding="utf-8"), importlib.import_module(module_of(path))) == []


def test_references_that_lead_nowhere_are_found():
    path = PACKAGE / "prove" / "certified.py"
    module = importlib.import_module("reluexact.prove.certified")
    good = '"""See :mod:`reluexact.prove.neurons`, :class:`CertifiedPoint`, ``prove/neurons.py``."""  # CERTIFICATE.md'
    assert dead(path, good, module) == []
    bad = '"""See :mod:`reluexact.search.kkt`, :meth:`CertifiedPoint.none`, ``cellar.py``."""\nx = 1\n"""reluexact.exact."""'
    assert dead(path, bad, module) == [
        "reluexact.search.kkt",
        "CertifiedPoint.none",
        "reluexact.search.kkt",
        "cellar.py",
        "reluexact.exact",
    ]


SCRIPTS = sorted(path for folder in ("benchmarks", "examples", "tests") for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_inside_functions_and_of_scripts_lead_somewhere(path):
    found = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)]
    names = [(node.module, alias.name) for node in found if not node.level for alias in node.names]
    ours = [(*module.split("."), name) for module, name in names if module.partition(".")[0] == "reluexact"]
    assert [".".join(parts) for parts in ours if not imported(parts)] == []
