"""The trainers of the benchmark whose packages the tests have, on small instances; the others are not tested here."""

from __future__ import annotations

import sys
from fractions import Fraction

import pytest
from paths import ROOT

import reluexact as rx
from reluexact.kinds.bank.trial import run

TRAINERS = ROOT / "benchmarks" / "bank" / "trainers"


def trained(name, instance, seconds=120):
    return run(f"{sys.executable} {TRAINERS / name}", rx.bank_instance(instance), seconds)


@pytest.mark.parametrize("instance", ["toy-1-10", "xor", "planted-default"])
def test_the_convex_program_comes_near(instance):
    found = trained("convex.py", instance)
    assert found.status == "scored", found.note
    assert found.relative < Fraction(1, 10**5)


def test_scip_comes_near():
    found = trained("scip.py", "toy-1-10")
    assert found.status == "scored", found.note
    assert found.relative < Fraction(1, 10**3)
    assert found.width <= 4


def test_other_problems_are_refused_by_the_trainer():
    found = trained("convex.py", "labels-hinge-free")
    assert found.status == "failed"
    assert "not for this problem" in found.note
