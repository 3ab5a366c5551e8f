"""benchmarks/geometry.py: a small sample without contradictions, and a contradiction is seen."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from fractions import Fraction

from paths import ROOT

import reluexact as rx
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Scalar

SPEC = importlib.util.spec_from_file_location("geometry_benchmark", ROOT / "benchmarks" / "geometry.py")
geometry = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(geometry)


def test_data_sets_of_every_kind_without_a_contradiction():
    lines = []
    assert geometry.survey(4, 3, lines.append) == 0
    assert lines[0] == "4 data sets, seed 3"
    assert any(line.startswith("theorem (rank one) = solve") for line in lines)
    assert all(line.endswith("     0 contradicted") for line in lines[1:])


def test_a_false_value_is_a_contradiction(monkeypatch):
    honest = rx.theorem

    def false(data, penalty):
        found = honest(data, penalty)
        return replace(found, value=Real.of_scalar(Scalar.of(found.value.high + Fraction(1, 10**6)))) if found.applies else found

    monkeypatch.setattr(rx, "theorem", false)
    lines = []
    assert geometry.survey(4, 3, lines.append) > 0
    assert any(line.startswith("CONTRADICTION") and "theorem" in line for line in lines)
