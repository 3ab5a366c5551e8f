"""One certified point: built when the proof closes, handed on, and certified again only when it is not at hand."""

from __future__ import annotations

import pickle
from dataclasses import replace
from fractions import Fraction

import pytest
from paths import DATA

import reluexact as rx
from reluexact.kinds.optimal_set.certified import point_of_set
from reluexact.kinds.optimum.certified import certified_point
from reluexact.prove import structure
from reluexact.search import proof

PROBLEMS = {
    "ray": ([[1], [2]], [1, 2], 1),
    "irrational": ([[0, 1], [1, -1]], [2, 2], 1),
    "vertices": ([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], "1/10"),
    "pair": ([[1, 0], [-1, 0], [0, 1]], [1, "1/2", 1], "1/10"),
    "exact pair": ([[1], [-1]], [1, 2], "1/3"),
    "zero": ([[1], [2]], [1, 2], 100),
}


@pytest.fixture
def built(monkeypatch):
    """Return a list with an entry for every KKT system that is set up."""
    calls, quadratic = [], structure.quadratic_system

    def counted(*arguments):
        calls.append(arguments)
        return quadratic(*arguments)

    monkeypatch.setattr(structure, "quadratic_system", counted)
    return calls


def test_everything_after_the_proof_uses_its_system(built, monkeypatch):
    attempts, certify = [], proof.certify
    monkeypatch.setattr(proof, "certify", lambda *arguments: attempts.append(arguments) or certify(*arguments))
    optimum = rx.solve(rx.Dataset.read(DATA / "motorcycle.csv", bias=True), 10)
    # structures are set up one by one until a proof closes; here the first one has it, as floats are polished first
    assert len(built) == len(attempts) == 1
    built.clear()
    best = rx.optimal_set(optimum)
    best.minimum_network()
    best.network()
    assert best.contains(optimum.network).status is rx.Status.REFUTED
    assert best.path(*best.vertices[:2], width=20).status is rx.Status.PROVED
    optimum.value.decimal(40)
    best.vertices[0].amounts[best.vertices[0].support[0]].decimal(50)
    rx.refine(optimum, 40)
    assert built == []


def test_one_system_where_the_first_structure_is_proved(built):
    best = rx.optimal_set(rx.solve(rx.Dataset(*PROBLEMS["ray"][:2]), 1))
    assert best.minimum_network().width == 1
    assert len(built) == 1


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_point_is_certified_again_from_the_evidence(name, built):
    X, y, penalty = PROBLEMS[name]
    optimum = rx.solve(rx.Dataset(X, y), penalty)
    built.clear()
    again = certified_point(replace(optimum, point=None))
    assert len(built) == 1
    point = certified_point(optimum)
    assert point is optimum.point
    assert (again.kkt.system, again.kkt.design, again.kkt.bases) == (point.kkt.system, point.kkt.design, point.kkt.bases)
    assert (again.box, again.neurons) == (point.box, point.neurons)
    assert (again.split, again.bits) == (point.split, point.bits)
    assert rx.optimal_set(replace(optimum, point=None)) == rx.optimal_set(optimum)


def test_a_point_of_pairs_that_are_solved_for():
    optimum = rx.solve(rx.Dataset.read(DATA / "motorcycle.csv", bias=True), 50)
    assert optimum.point.split.solve
    assert certified_point(replace(optimum, point=None)).split == optimum.point.split


OTHER = rx.solve(rx.Dataset([[2, 0], [1, 1], [-1, 2]], [1, 2, -2]), "1/10")
EDITS = {
    "penalty": lambda found: {"penalty": Fraction(2)},
    "data": lambda found: {"data": OTHER.data},
    "evidence": lambda found: {"evidence": OTHER.evidence},
    "evidence and point": lambda found: {"evidence": OTHER.evidence, "point": OTHER.point},
    "trees": lambda found: {"evidence": replace(found.evidence, positive=(), negative=())},
    "box": lambda found: {"evidence": replace(found.evidence, midpoint=tuple(2 * z for z in found.evidence.midpoint))},
    "a box of another size": lambda found: {"evidence": replace(found.evidence, midpoint=found.evidence.midpoint[:-1])},
    "roles": lambda found: {"evidence": replace(found.evidence, roles=("tie",) * len(found.evidence.roles))},
    "a neuron less": lambda found: {"neurons": found.neurons[:-1]},
    "neurons in another order": lambda found: {"neurons": found.neurons[::-1]},
}


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("use", [certified_point, rx.optimal_set, lambda edited: rx.refine(edited, 60)])
def test_an_optimum_whose_parts_do_not_prove_it_is_refused(name, use):
    optimum = rx.solve(rx.Dataset([[2, 0], [1, 1], [-1, 2]], [1, 2, -1]), "1/10")
    with pytest.raises(rx.InputError, match="do not prove it"):
        use(replace(optimum, **EDITS[name](optimum)))


def test_a_point_of_another_box_is_not_used():
    optimum = rx.solve(rx.Dataset(*PROBLEMS["irrational"][:2]), 1)
    finer = rx.refine(optimum, 60)
    assert finer.point.bits > optimum.point.bits
    assert certified_point(replace(optimum, evidence=finer.evidence)).box == finer.point.box
    assert certified_point(replace(finer, point=optimum.point)).box == finer.point.box


def test_a_set_does_not_use_the_point_of_another_optimum():
    here, there = (rx.optimal_set(rx.solve(rx.Dataset(*PROBLEMS["vertices"][:2]), penalty)) for penalty in (1, "1/10"))
    assert point_of_set(here) is here.certified
    assert point_of_set(replace(here, certified=there.certified)) is here.optimum.point
    lost = replace(here, certified=None)
    assert point_of_set(lost) is here.optimum.point
    finer = rx.refine(rx.optimal_set(rx.solve(rx.Dataset(*PROBLEMS["irrational"][:2]), 1)), 60)
    assert finer.certified.bits > 200
    again = point_of_set(replace(finer, certified=None, optimum=replace(finer.optimum, point=None)))
    assert again is not finer.certified
    assert again.box == finer.certified.box


def test_the_point_is_data():
    optimum = rx.solve(rx.Dataset(*PROBLEMS["pair"][:2]), "1/10")
    twin = pickle.loads(pickle.dumps(optimum))
    assert twin == optimum == replace(optimum, point=None)
    assert hash(twin) == hash(optimum)
    assert twin.point == optimum.point
    assert "point" not in repr(optimum)
    assert twin.value.decimal(60) == optimum.value.decimal(60)
