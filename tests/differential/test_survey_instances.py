"""Small samples of the surveys (benchmarks/survey.py): all PROVED, judged by brute force and checked."""

from __future__ import annotations

import json

import pytest
from brute import DIGITS, Brute, faults
from survey_instances import KINDS

import reluexact as rx
from reluexact import checker
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.certificate import to_document


@pytest.mark.parametrize("number", range(12))
@pytest.mark.parametrize("kind", ["small", "symmetric"])
def test_a_sample_is_proved(kind, number):
    data, penalty, _ = KINDS[kind](1, number, 9)
    best = rx.solve(data, penalty, digits=DIGITS)
    assert best.status is Status.PROVED, best.reason
    assert faults(best, Brute(data.X, data.y)) == []
    assert checker.check_document(json.dumps(to_document(best))).verified


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_instances_follow_from_seed_and_number(kind):
    first, again, other = (KINDS[kind](seed, 5, 9) for seed in (2, 2, 3))
    assert first == again
    assert first != other
