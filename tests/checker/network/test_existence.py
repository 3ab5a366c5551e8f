"""O3: the equations and their derivatives."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest
from checker.network.proofs import proof_of

from reluexact.checker.network.o3_existence import equations


@pytest.mark.parametrize("name", ["optimum-plane", "optimum-three-pairs", "optimum-pairs-in-the-plane", "optimum-parallel-rows"])
def test_jacobian_and_its_spread_by_finite_differences(name):
    proof = proof_of(name)
    values, jacobian, spreads = equations(proof)
    assert max(map(abs, values)) < Fraction(1, 10**40)
    step, size = Fraction(1, 1000), len(values)
    for j in range(size):
        ends = []
        for way in (1, -1):
            moved = list(proof.midpoint)
            moved[j] += way * step
            ends.append(equations(dataclasses.replace(proof, midpoint=moved))[0])
        # the equations are quadratic in every unknown: central differences are exact
        assert [(a - b) / (2 * step) for a, b in zip(*ends, strict=True)] == [row[j] for row in jacobian]
    for pattern in range(20):
        moved = [m + step * (1 if (pattern * 7919 >> j % 13) & 1 else -1) for j, m in enumerate(proof.midpoint)]
        other = equations(dataclasses.replace(proof, midpoint=moved))[1]
        for row, old, spread in zip(other, jacobian, spreads, strict=True):
            assert sum(abs(a - b) for a, b in zip(row, old, strict=True)) <= step * spread
