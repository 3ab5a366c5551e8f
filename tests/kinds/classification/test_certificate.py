"""Every decided classification has a certificate that the stand-alone checker accepts, and what it accepts is true."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction

import pytest
from classifications import FIRST, PROPERTIES, SECOND, TOY, assert_true, crowded, stationary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_packaged_certificates import UPWARDS
from mutations import assert_rejected_or_true, mutants
from paths import GOOD
from strategies import datasets, networks, penalties

import reluexact as rx
from reluexact import checker
from reluexact.certificates.files import check
from reluexact.errors import InputError
from reluexact.kinds.classification.find import classify
from reluexact.kinds.files import to_document
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network

SLOW = [HealthCheck.filter_too_much, HealthCheck.too_slow]
DEPENDENT = [[1, 0, 0], [0, 1, 0], [1, 1, 0], ["-9/10", "-9/10", 1]]


def on_the_walls(*residual):
    """Return the network e_3 on three dependent walls, with data that give it this residual."""
    network = Network([[0, 0, 1]], [1])
    return Dataset(DEPENDENT, [f + r for f, r in zip(network.predict(DEPENDENT), residual, strict=True)]), 1, network


def tight_walls():
    """Return a network on three dependent walls that bend downwards, held by three others; a far row wants one more neuron."""
    residual, network = (1, -2, -2, -2, "1/4", "1/4", "1/4", 100), Network([[0, 0, 1]], [1])
    return Dataset(UPWARDS, [f + Fraction(r) for f, r in zip(network.predict(UPWARDS), residual, strict=True)]), 1, network


def certified(data, penalty, network, **options):
    """Classify, certify, check; return the document."""
    found = classify(network, data, penalty, **options)
    document = json.loads(json.dumps(to_document(found)))
    report = checker.check_document(json.dumps(document))
    assert report.verified, (report.path, report.reason)
    claim = document["statement"]["claim"]
    assert claim["properties"] == {name: getattr(found, name).status.name.lower() for name in PROPERTIES}
    return document


def forms(document):
    """Name the kinds of evidence in a certificate."""
    answers = document["statement"]["claim"]["properties"]
    for name, shown in document["evidence"].items():
        if shown is not None:
            parts = [part for part in ("cells", "gates", "tighten", "split") if f'"{part}"' in json.dumps(shown)]
            yield (name, answers[name], *parts)


CASES = {
    "MATH 6.3": FIRST,
    "FACTS 2": SECOND,
    "sub-sampled, not stationary": (Dataset([[1, -1], [0, 1]], [2, "1/2"]), 1, Network([[1, 0]], [1])),
    "a whole gate": (Dataset([[1, -1], [0, 1]], [2, 1]), 1, Network([[1, 0]], [1])),
    "a convex kink": (Dataset([[1, 1], [0, 1]], [2, -3]), 1, Network([[1, 0]], [1])),
    "toy, one neuron": (TOY, Fraction(7, 8), Network([["3/8"] * 4], ["3/4"])),
    "toy, two neurons": (TOY, 1, Network([["1/2", 0, 0, 0], ["-1/4", "1/4", "1/4", "1/4"]], ["1/2", "1/2"])),
    "toy, none": (TOY, 1, Network([], [])),
    "toy, a zero neuron": (TOY, 1, Network([[0] * 4], [0])),
    "toy, a zero neuron is best": (TOY, 2, Network([[0] * 4], [0])),
    "not balanced": (TOY, Fraction(7, 8), Network([["3/8"] * 4], ["3/8"])),
    "half zero": (FIRST[0], 1, Network([[1, 2]], [0])),
    "gates beyond the hull": on_the_walls(1, 1, -1, 1),
    "one dimension": (Dataset([[7], [3], [0], [-4]], [-4, -9, -8, -9]), Fraction(11, 2), Network([[1]], [-1])),
    "three dependent walls upwards": tight_walls(),
    "rows of zeros": (Dataset([[0, 0], [1, 1], [0, 1]], [3, 2, -3]), 1, Network([[1, 0], [0, 0]], [1, 0])),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_named_networks_have_certificates(name):
    document = certified(*CASES[name])
    assert "undecided" not in document["statement"]["claim"]["properties"].values()
    if len(document["statement"]["problem"]["X"][0]) <= 3:
        assert_true(document["statement"])


def test_no_witness_is_written_twice():
    assert [name for name, shown in certified(*FIRST)["evidence"].items() if shown] == ["global_minimum", "sub_sampled", "clarke"]
    assert [*forms(certified(*CASES["toy, one neuron"]))] == [("global_minimum", "proved", "split")]
    three = [*forms(certified(*CASES["three dependent walls upwards"]))]
    assert three == [("global_minimum", "refuted"), ("directional", "proved", "tighten", "split")]
    assert [*forms(certified(*CASES["not balanced"]))] == [("global_minimum", "refuted")]


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(crowded())
def test_neurons_on_several_walls(problem):
    assert_true(certified(*problem)["statement"])


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(crowded(walls=(3, 6), dimensions=(4, 4)), st.sampled_from([1, 2, 5, 200_000]))
def test_limits_leave_answers_open(problem, limit):
    certified(*problem, limit=limit)


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(stationary(widths=(0, 2)), st.booleans(), st.sampled_from([None, 0, 1, 2]))
def test_stationary_networks_and_perturbed_ones(problem, spare, digit):
    data, penalty, network = problem
    if spare:
        network = Network([*network.hidden, [0] * data.d], [*network.output, 0])
    if digit is not None and network.output:
        hidden = [list(row) for row in network.hidden]
        hidden[0][0] += Fraction(1, 10 ** (3 * digit + 1))
        network = Network(hidden, network.output)
    assert_true(certified(data, penalty, network)["statement"])


@settings(max_examples=60, deadline=None)
@given(datasets(rows=(1, 4), columns=(1, 3)), penalties, st.data())
def test_any_network(data, penalty, draw):
    assert_true(certified(data, penalty, draw.draw(networks(columns=data.d, width=(0, 2))))["statement"])


def test_every_form_of_evidence_is_reached():
    found = Counter()

    @settings(max_examples=300, deadline=None, database=None, derandomize=True, suppress_health_check=SLOW)
    @given(crowded(walls=(2, 5), dimensions=(3, 3)) | stationary())
    def collect(problem):
        data, penalty, network = problem
        found.update(forms(json.loads(json.dumps(to_document(classify(network, data, penalty))))))

    collect()
    assert set(found) >= {
        ("global_minimum", "refuted"),
        ("global_minimum", "proved"),
        ("directional", "proved"),
        ("directional", "proved", "split"),
        ("directional", "refuted"),
        ("sub_sampled", "proved"),
        ("sub_sampled", "refuted"),
        ("sub_sampled", "refuted", "split"),
        ("sub_sampled", "refuted", "tighten", "split"),
        ("clarke", "proved", "gates"),
        ("clarke", "proved", "cells"),
        ("clarke", "refuted"),
        ("clarke", "refuted", "tighten", "split"),
    }


def test_gates_are_a_combination_of_cells_where_not_all_gates_are_gradients():
    X, network = [["-1/2", "-1/2", 1], [1, 0, 0], [0, 1, 0], [1, 1, 0]], Network([[0, 0, 1]], [1])
    data = Dataset(X, [2, 2, 2, -1])
    found = classify(network, data, 1)
    cells = found.clarke.witness.cells
    assert sum(cell.share for cell in cells) == 1
    gates = found.clarke.witness.gates[0]
    for row in range(1, 4):
        on = sum(cell.share for cell in cells if sum(x * h for x, h in zip(data.X[row], cell.inside, strict=True)) > 0)
        assert on == gates[row]


def test_saved_certificates_are_checked(tmp_path, monkeypatch):
    found = rx.classify(FIRST[2], FIRST[0], FIRST[1])
    found.save(tmp_path / "first.json")
    report = check(tmp_path / "first.json")
    assert report.verified
    assert "clarke: proved" in report.lines
    assert "directional: refuted" in report.lines
    monkeypatch.setattr(checker.kinds.classification, "k8_implied", lambda known, zeros: None)
    with pytest.raises(InputError, match="no certificate that the checker accepts"):
        found.save(tmp_path / "second.json")
    assert not (tmp_path / "second.json").exists()


def test_what_was_decided_without_listing_cells_needs_no_limit():
    assert [*forms(certified(*FIRST, limit=1))] == [*forms(certified(*FIRST))]
    assert certified(*FIRST, limit=1)["statement"]["claim"]["properties"]["sub_sampled"] == "refuted"


def test_one_cell_may_do_where_the_cells_are_too_many_to_list():
    """Beyond the limit the gradient of a single cell is tried, and here it is 0."""
    network = Network([[0, 0, 1]], [1])
    data = Dataset([[0, 0, 1], [0, -1, 0], [-1, 0, 0], [-1, 1, 0]], [2, -2, -2, "1/2"])
    document = certified(data, 1, network, limit=1)
    assert [*forms(document)][-1] == ("clarke", "proved", "cells")
    assert len(document["evidence"]["clarke"][0]["cells"]) == 1


def test_an_open_answer_is_no_claim():
    document = certified(*on_the_walls(1, 1, -1, 1), limit=1)
    assert document["statement"]["claim"]["properties"]["clarke"] == "undecided"
    assert document["evidence"]["clarke"] is None


STORED = {path.stem: path.read_text(encoding="utf-8") for path in sorted(GOOD.glob("classification-*"))}
PARTS = (("statement", "claim"), ("statement", "claim", "properties"), ("evidence",), ("statement",))
PARTS += tuple(("evidence", name) for name in PROPERTIES)


@pytest.mark.parametrize("name", sorted(STORED))
def test_the_judge_accepts_the_good_ones(name):
    assert_true(json.loads(STORED[name])["statement"])


@settings(max_examples=400, deadline=None)
@given(mutants(STORED, PARTS))
def test_accepted_mutants_are_true(text):
    assert_rejected_or_true(text, assert_true)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(STORED)), st.sampled_from(PROPERTIES), st.sampled_from(["proved", "refuted"]), st.data())
def test_another_answer_is_rejected_or_true(name, changed, answer, draw):
    """Any evidence of any stored certificate, with any answer."""
    document, other = json.loads(STORED[name]), json.loads(STORED[draw.draw(st.sampled_from(sorted(STORED)))])
    document["statement"]["claim"]["properties"][changed] = answer
    taken = draw.draw(st.sampled_from(PROPERTIES))
    document["evidence"][changed] = draw.draw(st.sampled_from([None, document["evidence"][changed], other["evidence"][taken]]))
    if checker.check_document(json.dumps(document)).verified:
        assert_true(document["statement"])
