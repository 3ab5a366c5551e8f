"""More digits: of numbers from their origins, and of claims that can still be saved and checked."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

import reluexact as rx
from reluexact.evidence.network import ProvedNetwork
from reluexact.kinds.optimal_set.vertex import AmountAtVertex
from reluexact.numbers.real import MAX_DIGITS, Real
from reluexact.prove.origin import Objective

DATA = rx.Dataset.read("examples/data/anscombe2.csv", bias=True)


@pytest.fixture(scope="module")
def best():
    return rx.optimal_set(rx.solve(DATA, "1/10"))


def width(real):
    return real.high - real.low


def inside(inner, outer):
    return outer.low <= inner.low <= inner.high <= outer.high


def test_a_number(best):
    value = best.optimum.value
    finer = rx.refine(value, 200)
    assert inside(finer, value)
    assert 0 < width(finer) <= Fraction(1, 10**200)
    assert finer.decimal(150) == value.decimal(150)
    assert rx.refine(value, 5) is value


def test_an_optimum_can_be_saved_and_checked_afterwards(best, tmp_path):
    optimum = best.optimum
    finer = rx.refine(optimum, 60)
    assert (finer.digits, finer.status, finer.produced_by) == (60, rx.Status.PROVED, optimum.produced_by)
    assert inside(finer.value, optimum.value)
    assert finer.upper - finer.lower <= Fraction(2, 10**60)
    assert all(inside(new, old) for new, old in zip(finer.residual, optimum.residual, strict=True))
    assert [neuron.gate for neuron in finer.neurons] == [neuron.gate for neuron in optimum.neurons]
    assert finer.value.decimal(50) == rx.solve(DATA, "1/10", digits=60).value.decimal(50)
    finer.save(tmp_path / "finer.json")
    assert rx.check(tmp_path / "finer.json").verified
    assert rx.refine(optimum, optimum.digits) is optimum


def test_an_optimum_of_a_file_has_no_point(best):
    lost = replace(best.optimum, point=None, value=replace(best.optimum.value, origin=None))
    assert rx.refine(lost, 60) == rx.refine(best.optimum, 60)


def test_a_set_can_be_saved_and_checked_afterwards(best, tmp_path):
    finer = rx.refine(best, 60)
    assert finer.optimum.digits == 60
    assert all(width(amount) <= Fraction(1, 10**60) for vertex in finer.vertices for amount in vertex.amounts)
    assert [vertex.support for vertex in finer.vertices] == [vertex.support for vertex in best.vertices]
    assert [neuron.positive for neuron in finer.neurons] == [neuron.positive for neuron in best.neurons]
    assert width(finer.total) < width(best.total)
    assert finer.optimum.evidence.radius < best.optimum.evidence.radius
    finer.save(tmp_path / "set.json")
    assert rx.check(tmp_path / "set.json").verified


def test_other_claims(best):
    goal = Fraction(1, 10**70)
    for claim in (best.vertices[0], best.midpoint(), best.minimum_network()):
        finer = rx.refine(claim, 70)
        assert type(finer) is type(claim)
        assert finer.support == claim.support
        assert all(map(inside, finer.amounts, claim.amounts))
        assert all(width(amount) <= goal for amount in finer.amounts)


def test_the_value_of_a_width():
    found = rx.solve_width(DATA, "1/10", 1)
    finer = rx.refine(found, 100)
    assert found.exact
    assert inside(finer.value, found.value)
    assert width(finer.value) <= Fraction(1, 10**100)
    assert replace(finer, value=found.value) == found


def test_an_origin_may_be_the_evidence(best):
    optimum = best.optimum
    network = ProvedNetwork(data=optimum.data, penalty=optimum.penalty, neurons=optimum.neurons, evidence=optimum.evidence)
    value = Real(low=optimum.lower, high=optimum.value.high, origin=Objective(point=network))
    assert value.decimal(80) == optimum.value.decimal(80)
    vertex = best.vertices[0]
    k = vertex.support[0]
    origin = AmountAtVertex(point=network, neuron=k, basis=vertex.basis, at_upper=vertex.at_upper)
    assert replace(vertex.amounts[k], origin=origin).decimal(80) == vertex.amounts[k].decimal(80)


def test_what_has_no_more_digits_says_so(best):
    with pytest.raises(rx.LimitReached, match="only known to lie"):
        rx.refine(best.neurons[0].direction[0], 500)
    with pytest.raises(rx.LimitReached, match="only known to lie"):
        rx.refine(best.neurons[0], 500)
    with pytest.raises(rx.LimitReached, match="from a str"):
        Real(low=Fraction(0), high=Fraction(1), origin="elsewhere").decimal(3)
    with pytest.raises(rx.LimitReached, match=str(2 * MAX_DIGITS)):
        rx.refine(best.optimum.value, 2 * MAX_DIGITS + 1)
    undecided = replace(best.optimum, status=rx.Status.UNDECIDED, reason="none")
    with pytest.raises(rx.InputError, match="the optimum is UNDECIDED"):
        rx.refine(undecided, 60)
    for wrong in ("text", Fraction(1), rx.Status, DATA, best.staircase()):
        with pytest.raises(rx.InputError, match="has no digits"):
            rx.refine(wrong, 60)
    with pytest.raises(rx.InputError, match="digits: 0"):
        rx.refine(best.optimum, 0)
    with pytest.raises(rx.InputError, match="digits"):
        rx.refine(best.optimum, MAX_DIGITS + 1)
