"""The public names: one list, its stub for type checkers, and an import that loads nothing."""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
import sys

import pytest
from paths import ROOT

import reluexact as rx
from reluexact.numbers.real import Real
from reluexact.public import HOMES, MODULES, public


def stub_names():
    """Return name -> module:attribute as the stub says it."""
    names = {}
    for node in ast.parse((ROOT / "reluexact" / "__init__.pyi").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname: f"{node.module}:{alias.name}" for alias in node.names}
    return names


def test_the_stub_has_the_names_of_the_list():
    assert stub_names() == HOMES | {name: f"reluexact:{name}" for name in MODULES}


@pytest.mark.parametrize("name", HOMES)
def test_every_public_name_has_a_home(name):
    module, _, attribute = HOMES[name].partition(":")
    assert public(name) is getattr(importlib.import_module(module), attribute)


def test_the_import_loads_nothing():
    code = "import sys; before = set(sys.modules); import reluexact; print(*sorted(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["__future__", "reluexact", "reluexact.public"]


def test_no_public_name_is_taken_by_a_folder():
    code = "import reluexact as rx; optimum = rx.solve(rx.Dataset([[1]], [2]), 1); print(rx.latex(optimum.value), rx.latex)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.startswith(r"\frac{3}{2} ")
    importlib.import_module("reluexact.tex.numbers")
    assert rx.latex(Real.rational(7)) == Real.rational(7).latex() == "7"
    folders = {path.stem for path in (ROOT / "reluexact").iterdir() if path.is_dir() or path.suffix == ".py"}
    assert not folders & set(rx.__all__) - set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_a_public_module_is_the_module(name):
    assert getattr(rx, name) is importlib.import_module(MODULES[name])
    assert name in dir(rx)
    for part in dir(getattr(rx, name)):
        assert getattr(getattr(rx, name), part).__module__.startswith(MODULES[name])
    with pytest.raises(AttributeError, match=f"'{MODULES[name]}' has no attribute 'nothing'"):
        getattr(rx, name).nothing  # noqa: B018


def test_the_estimators_are_no_attribute_before_they_are_imported():
    code = "import reluexact as rx\ntry:\n    rx.sklearn\nexcept AttributeError as error:\n    print(error)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "module 'reluexact' has no attribute 'sklearn'; it is a module, import reluexact.sklearn\n"


def test_a_formula_is_shown_by_notebooks():
    assert Real.rational(7)._repr_latex_() == r"$\displaystyle 7$"


def test_a_list_of_the_package_has_what_there_is_to_use_only():
    names = [name for name in dir(rx) if not name.startswith("__")]
    assert names == [name for name in rx.__all__ if not name.startswith("__")]


def test_floats_are_advised_only_where_they_may_be_named():
    data = rx.Dataset(X=[[1], [2]], y=[1, 2])
    for call in (rx.solve, rx.prove_bound, rx.solve_width, rx.stationary_graph):
        takes = "floats" in inspect.signature(call).parameters
        with pytest.raises(rx.InputError) as error:
            call(data, penalty=0.5, **({"width": 1} if call is rx.solve_width else {}))
        assert ("floats=" in str(error.value)) is takes
