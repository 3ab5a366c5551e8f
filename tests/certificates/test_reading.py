"""Every stored certificate is read back as a claim that says the same; what the checker refuses makes no claim."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from paths import BAD, GOOD

import reluexact as rx
from reluexact import checker
from reluexact.evidence.status import Status
from reluexact.kinds.files import certificate, read
from reluexact.kinds.table import KINDS, kind_of_certificate
from reluexact.numbers.rational import format_fraction, parse_fraction

FILES = sorted(path.name for path in GOOD.glob("*.json"))
WRONG = sorted(json.loads((BAD / "expected.json").read_text()))


def statement(content):
    return json.loads(content)["statement"]


@pytest.mark.parametrize("name", FILES)
def test_a_stored_certificate_is_read_and_written_again(name):
    content = (GOOD / name).read_bytes()
    claim = rx.load(GOOD / name)
    again = certificate(claim)
    assert checker.check_document(again).verified
    assert read(again, name) == claim
    assert certificate(read(again, name)) == again
    assert_same(statement(content), statement(again))


def assert_same(first, second):
    """Say that two statements are about the same problem and do not contradict each other; neurons may stand in another order."""
    assert first["problem"] == second["problem"]
    assert first["kind"] == second["kind"]
    old, new = first["claim"], second["claim"]
    assert set(old) == set(new)
    for key in (
        "dimension",
        "min_width",
        "max_vertex_width",
        "fewest",
        "width",
        "complete",
        "every",
        "start",
        "objective",
        "network",
    ):
        if key in old and first["kind"] != "minimum-network":
            assert old[key] == new[key], key
    for key in ("value", "total"):
        if key in old:
            assert overlap(old[key], new[key])
    if "neurons" in old:
        assert sorted((n["sign"], n["gate"]) for n in old["neurons"]) == sorted((n["sign"], n["gate"]) for n in new["neurons"])
    if "residual" in old:
        assert all(map(overlap, old["residual"], new["residual"]))
    if "properties" in old:
        assert all(a in (b, "undecided") for a, b in zip(old["properties"].values(), new["properties"].values(), strict=True))


def overlap(first, second):
    low, high = (max, min)
    return low(parse_fraction(first["low"]), parse_fraction(second["low"])) <= high(
        parse_fraction(first["high"]), parse_fraction(second["high"])
    )


@pytest.mark.parametrize("name", WRONG)
def test_a_false_certificate_makes_no_claim(name):
    report = checker.check_document((BAD / f"{name}.json").read_bytes())
    with pytest.raises(rx.InputError) as caught:
        rx.load(BAD / f"{name}.json")
    assert f"{report.path}: {report.reason}" in str(caught.value)
    assert name in str(caught.value)


def test_every_kind_of_certificate_is_among_the_files():
    kinds = {kind_of_certificate(statement((GOOD / name).read_bytes())["kind"]) for name in FILES}
    assert kinds == {kind for kind in KINDS if kind.certificate is not None}


def edited(name, change):
    document = json.loads((GOOD / name).read_text() if isinstance(name, str) else name)
    change(document)
    return json.dumps(document).encode()


@pytest.mark.parametrize("turned", [0, 1])
def test_a_neuron_whose_basis_points_the_other_way_is_the_same_neuron(turned):
    """The identities of this package take for granted that a single basis vector points along the weights."""

    def turn(document):
        evidence = document["evidence"]
        assert len(evidence["roles"]) == 2
        assert all(role == "free" and len(basis) == 1 for role, basis in zip(evidence["roles"], evidence["bases"], strict=True))
        evidence["bases"][turned] = [[str(-int(entry)) for entry in evidence["bases"][turned][0]]]
        system = evidence["system"]
        negative = lambda text: format_fraction(-parse_fraction(text))  # noqa: E731
        system["midpoint"][turned] = negative(system["midpoint"][turned])
        table = system["preconditioner"]
        table[turned] = [negative(entry) for entry in table[turned]]
        for row in table:
            row[turned] = negative(row[turned])

    plain = rx.solve(rx.Dataset([[1, 0], [0, 1]], [3, -4]), "1/2")
    content = edited(certificate(plain), turn)
    assert checker.check_document(content).verified
    assert read(content, "turned") == plain


@pytest.mark.parametrize(
    "notes",
    [
        {"digits": "5000"},
        {"digits": "0"},
        {"digits": "-3"},
        {"digits": "\u0663"},
        {"digits": "9" * 10_000},
        {"digits": "3000"},
        {"names": "["},
        {"names": "[" * 100_000},
        {"names": '["a"]'},
        {"names": '["a", 1]'},
        {"names": '["a", "a", "b"]'},
        {"names": "null"},
        {"engine": "magic", "program": "another", "status": "REFUTED", "value": "7"},
    ],
)
def test_the_free_text_of_a_certificate_decides_nothing(notes):
    plain = rx.load(GOOD / "optimum-plane.json")
    found = read(edited("optimum-plane.json", lambda document: document["produced_by"].update(notes)), "noted")
    assert found == plain
    assert found.data.names == ("x1", "x2")
    assert 10**found.digits * (found.value.high - found.value.low) <= 1


def test_names_of_columns_come_back(tmp_path):
    data = rx.Dataset([[1, 0], [2, 1]], [1, 2], names=["é", 'x"]'], target_name="\N{SNOWMAN}")
    rx.save(rx.solve(data, 1), tmp_path / "optimum.json")
    found = rx.load(tmp_path / "optimum.json").data
    assert (found.names, found.target_name) == (data.names, data.target_name)


def test_a_graph_is_not_finished_because_a_file_says_so():
    graph = rx.stationary_graph(rx.Dataset([[1, 0], [0, 1], [1, 1]], [1, 2, -1]), "1/2", limit=3)
    assert graph.status is Status.UNDECIDED
    document = json.loads(certificate(graph))
    assert read(json.dumps(document).encode(), "graph") == graph
    del document["produced_by"]["reason"]
    document["produced_by"]["starts"] = "0 77 x"
    found = read(json.dumps(document).encode(), "graph")
    assert found.status is Status.UNDECIDED
    assert found.starts == graph.starts


def test_a_width_is_proved_only_by_its_bounds():
    name = "width-optimum-two-neurons.json"
    found = read(edited(name, lambda document: document["produced_by"].update({"digits": "900"})), "width")
    assert (found.status, found.digits) == (Status.UNDECIDED, 900)
    assert rx.load(GOOD / name).status is Status.PROVED


def test_numbers_that_are_longer_than_the_package_takes_are_an_error(tmp_path):
    long = "1" + "0" * 4500
    claim = {"lower": "0", "upper": long + "0" * 4500, "network": {"hidden": [], "output": []}}
    document = {
        "format": "reluexact-certificate",
        "version": 1,
        "statement": {"kind": "bound", "problem": {"X": [["1"]], "y": [long], "penalty": "1"}, "claim": claim},
        "evidence": {"residual": ["0"], "positive": [{"rho": {}, "slope": {}}], "negative": [{"rho": {}, "slope": {}}]},
        "produced_by": {},
    }
    assert checker.check_document(json.dumps(document)).verified
    (tmp_path / "long.json").write_text(json.dumps(document))
    with pytest.raises(rx.InputError, match=r"long.json: .*y\[0\].* 4000 digits"):
        rx.load(tmp_path / "long.json")


def test_what_a_file_does_not_prove_is_not_compared():
    """Only the claims of a width, and judgements of a trainer's networks, know more than their certificate."""
    more = {
        "width_optimum": {"value", "exact", "neurons", "is_global", "nodes"},
        "judgement": {"trainer", "constant", "remarks", "reason"},
    }
    same = {"produced_by", "evidence", "labels", "system", "point", "certified"}  # compared elsewhere, or made from the evidence
    for kind in KINDS:
        if kind.certificate is not None:
            claims = kind.part("certificate").CLAIM
            claims = claims if isinstance(claims, tuple) else (claims,)
            free = {field.name for claim in claims for field in fields(claim) if not field.compare} - same
            assert free == more.get(kind.folder, set())
