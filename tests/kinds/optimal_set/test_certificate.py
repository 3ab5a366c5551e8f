"""Certificates of optimal sets and fewest neurons as the package writes them, confirmed by the stand-alone checker."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import make_packaged_certificates
import pytest

from reluexact import checker
from reluexact.certificates.files import check
from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.files import save, to_document
from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.kinds.minimum_network.find import minimum_network
from reluexact.kinds.optimal_set.find import optimal_set
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset

TOY = Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])


def toy(penalty=1):
    return optimal_set(solve(TOY, penalty=penalty))


def verdict(document):
    report = checker.check_document(json.dumps(document))
    return report.verified, report.path, report.reason


@pytest.mark.parametrize("penalty", [Fraction(1, 10), 1, Fraction(15, 8)])
def test_toy_is_exact(penalty):
    """F = 1 - b/2; the amounts (F, 0, 0) and (0, F/2, F/2)."""
    best = toy(penalty)
    claim = to_document(best)["statement"]["claim"]
    whole = str(1 - Fraction(penalty) / 2)
    assert claim["total"] == {"low": whole, "high": whole}
    assert [len(vertex["support"]) for vertex in claim["vertices"]] == [1, 2]
    assert claim["vertices"][0]["amounts"] == [{"low": whole, "high": whole}]
    assert verdict(to_document(best)) == (True, "", "")
    assert verdict(to_document(minimum_network(best))) == (True, "", "")


@pytest.mark.parametrize("place", range(11))
def test_golden_sets_are_verified(place):
    best = make_packaged_certificates.golden(place)
    assert verdict(to_document(best)) == (True, "", "")
    assert verdict(to_document(minimum_network(best))) == (True, "", "")


@pytest.mark.parametrize(
    ("vector", "penalty"), [((1, 0), 1), ((1, 1), 2), ((1, 0, 0), 1), ((1, 1, 1), 1), ((1, 1, 1), 4), ((1, 2), 1)]
)
def test_symmetric_sets_are_verified(vector, penalty):
    """Ties, equal amounts, shares at their bounds, and the empty network at the last breakpoint."""
    best = make_packaged_certificates.symmetric(vector, penalty)
    assert verdict(to_document(best)) == (True, "", "")
    assert verdict(to_document(minimum_network(best))) == (True, "", "")


def without_vertices(best):
    """Return the set as it is when there are too many vertices, and the fewest neurons."""
    best = replace(best, status=Status.UNDECIDED, reason="more bases than the limit", labels=(), vertices=())
    return best, minimum_network(best, engine="none")


@pytest.mark.parametrize("place", [0, 2, 3, 6, 8])
def test_fewest_neurons_without_the_vertices(place):
    _, answer = without_vertices(make_packaged_certificates.golden(place))
    document = to_document(answer)
    assert set(document["evidence"]["minimum"]) == {"sums"}
    assert verdict(document) == (True, "", "")


def test_fewest_neurons_by_counting():
    _, answer = without_vertices(make_packaged_certificates.golden(1))
    document = to_document(replace(answer, how="count"))
    assert document["evidence"]["minimum"] == {"tree": [{}]}
    assert verdict(document) == (True, "", "")


def test_neurons_of_no_fixed_total_need_the_vertices():
    _, answer = without_vertices(toy())
    with pytest.raises(InputError, match="no fixed total"):
        to_document(answer)
    _, answer = without_vertices(make_packaged_certificates.golden(2))
    with pytest.raises(InputError, match="proved by none"):
        to_document(replace(answer, how="none", evidence=None))


def test_what_is_undecided_has_no_certificate(tmp_path):
    best = replace(toy(), status=Status.UNDECIDED, reason="a number may be 0")
    with pytest.raises(InputError, match="UNDECIDED \\(a number may be 0\\)"):
        save(best, tmp_path / "set.json")
    with pytest.raises(InputError, match="the polytope of its amounts is not known"):
        save(replace(minimum_network(toy()), best=replace(best, labels=(), system=None)), tmp_path / "fewest.json")
    answer = MinimumNetwork(best=best, status=Status.UNDECIDED, lower=1, upper=2, amounts=(), support=(), reason="too many")
    with pytest.raises(InputError, match="UNDECIDED \\(too many\\)"):
        save(answer, tmp_path / "fewest.json")
    answer = replace(minimum_network(toy()), best=replace(best, optimum=replace(best.optimum, evidence=None)))
    with pytest.raises(InputError, match="optimum is not PROVED"):
        save(answer, tmp_path / "fewest.json")
    assert list(tmp_path.iterdir()) == []


def test_saved_files_are_checked(tmp_path):
    best = toy()
    save(best, tmp_path / "set.json")
    save(minimum_network(best), tmp_path / "fewest.json")
    assert [check(tmp_path / name).kind for name in ("set.json", "fewest.json")] == ["optimal-set", "minimum-network"]


def test_a_document_that_the_checker_refuses_is_not_written(tmp_path):
    best = replace(toy(), dimension=2)
    with pytest.raises(InputError, match="S5: this is not proved"):
        save(best, tmp_path / "set.json")
    assert list(tmp_path.iterdir()) == []
