"""The JSON Schemas of the kinds: all certificates satisfy theirs, and what the checker refuses for its shape does not."""

from __future__ import annotations

import json
import re

import pytest
from jsonschema import Draft202012Validator
from make_packaged_certificates import golden, symmetric
from paths import BAD, GOOD, ROOT
from referencing import Registry, Resource

import reluexact as rx
from reluexact import checker
from reluexact.kinds.files import certificate
from reluexact.kinds.minimum_network.find import minimum_network
from reluexact.kinds.table import KINDS, kind_of_certificate

PACKAGE = ROOT / "reluexact"
COMMON = json.loads((PACKAGE / "certificates" / "schema.json").read_text())
REGISTRY = Registry().with_resource(COMMON["$id"], Resource.from_contents(COMMON))
SCHEMAS = {
    kind.certificate: json.loads((PACKAGE / "kinds" / kind.folder / "schema.json").read_text())
    for kind in KINDS
    if kind.certificate is not None
}
CERTIFICATES = {path.stem: json.loads(path.read_text()) for path in sorted(GOOD.glob("*.json"))}
FALSE = {path.stem: json.loads(path.read_text()) for path in sorted(BAD.glob("*.json")) if path.stem != "expected"}

SHAPE = re.compile(r"(key|kind).*(missing|unknown)|unknown (key|kind)|(is|are) expected here|ascending order")
SIZES = "a schema cannot compare the sizes of two lists"
NAMES = "a schema cannot compare a number with the length of a list"
ORDER = "a schema knows no order"
NUMBERS = "a schema does not compare two numbers"
WEIGHTS = "a schema does not compare a key with the weights of ties"
BEYOND = {
    "b4-a-slope-of-two-numbers": SIZES,
    "b4-an-axis-missing": SIZES,
    "b4-halved-too-often": "a schema does not count halvings",
    "b4-halved-with-itself": NAMES,
    "b4-of-a-problem-without-a-free-bias": "a schema does not compare evidence with a part of the problem",
    "c-above-too-short": SIZES,
    "c-tight-of-no-neuron": NAMES,
    "c-verdict-missing": SIZES,
    "d1-pieces-without-evidence": SIZES,
    "d5-a-slot-too-many": SIZES,
    "d5-label": NAMES,
    "e1-a-weight-missing": SIZES,
    "e4-no-such-row": NAMES,
    "e6-a-neuron-of-the-network": "a schema does not compare a number with the role that it names",
    "e6-no-such-neuron": NAMES,
    "e6-theta-pinned-beside-the-tie": SIZES,
    "g1-cell-too-short": SIZES,
    "g1-point-missing": SIZES,
    "g3-above-of-no-column": NAMES,
    "g4-local-minimum-missing": SIZES,
    "g6-before-missing": SIZES,
    "g6-edge-of-no-column": NAMES,
    "g6-edge-of-no-node": NAMES,
    "i4-rows-swapped": ORDER,
    "i6-a-dimension-without-labels": "a schema does not compare a claim with its evidence",
    "k3-neuron-left-out": SIZES,
    "k8-evidence-of-an-open-answer": "a schema does not compare an answer with its evidence",
    "k5-no-column": "null is right for a neuron that is 0",
    "m2-sums-too-many": NAMES,
    "m2-tree-branch": NAMES,
    "m2-tree-weights-short": SIZES,
    "o1-box-short": SIZES,
    "o10-a-row-missing": SIZES,
    "o10-no-such-place": NAMES,
    "o3-an-unknown-missing": SIZES,
    "o6-a-coefficient-missing": SIZES,
    "o1-gate-length": SIZES,
    "o1-target-missing": SIZES,
    "p1-an-unknown-missing": SIZES,
    "p2-basis-zero": "a schema does not know what is independent",
    "p2-low-above-high": NUMBERS,
    "p2-no-lineality": NAMES,
    "p2-no-such-unknown": NAMES,
    "p2-others-of-itself": NAMES,
    "p5-a-point-without-a-leaf": SIZES,
    "p5-tight-of-no-neuron": NAMES,
    "p7-a-link-missing": SIZES,
    "p10-a-breakpoint-left-out": SIZES,
    "p10-a-gap-left-out": SIZES,
    "p10-a-neuron-left-out": SIZES,
    "p10-a-piece-left-out": SIZES,
    "p10-down-to-a-lower-penalty": NUMBERS,
    "p10-of-another-penalty": NUMBERS,
    "p10-a-tie-that-does-not-enter": SIZES,
    "p10-used-is-not-idle": WEIGHTS,
    "p11-a-function-for-nothing": WEIGHTS,
    "p11-a-function-forgotten": WEIGHTS,
    "r3-factor-too-short": SIZES,
    "r3-free-of-no-pair": SIZES,
    "o7-tight-by-name": NAMES,
    "s2-no-such-variable": NAMES,
    "r1-two-relations-as-one": SIZES,
    "s2-not-ascending": ORDER,
    "s4-amount-missing": SIZES,
    "s4-support-not-ascending": ORDER,
    "w1-network-of-another-shape": SIZES,
    "w2-no-such-point": NAMES,
    "w2-no-such-region": NAMES,
}
"""Certificates that the checker refuses for their shape and that satisfy the schema, with the reason."""


def faults(document):
    """Return where a certificate breaks the schema of its kind."""
    kind = document["statement"]["kind"]
    if kind not in SCHEMAS:
        return ["statement.kind"]
    found = Draft202012Validator(SCHEMAS[kind], registry=REGISTRY).iter_errors(document)
    return [f"{error.json_path}: {error.message:.200}" for error in found]


@pytest.mark.parametrize("schema", [COMMON, *SCHEMAS.values()], ids=lambda schema: schema["$id"])
def test_schemas_are_schemas(schema):
    Draft202012Validator.check_schema(schema)
    assert_strict(schema)


OPTIONAL = {"relations", "ties", "dependences", "kinks", "others", "free", "apart", "idle"}
"""Keys that stand where exact identities are needed, dependent walls named, or where a path has ties, only."""


def assert_strict(schema):
    """Say that every object of the schema names all its keys, or says what its keys and values look like."""
    if isinstance(schema, list):
        for part in schema:
            assert_strict(part)
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            assert "additionalProperties" in schema
            assert schema["additionalProperties"] is not True
            optional = OPTIONAL - set(schema.get("required", []))
            assert schema.get("required", []) == [key for key in schema.get("properties", {}) if key not in optional]
        for part in schema.values():
            assert_strict(part)


@pytest.mark.parametrize("name", sorted(CERTIFICATES))
def test_stored_certificates_satisfy_their_schema(name):
    assert faults(CERTIFICATES[name]) == []


def claims():
    data = rx.Dataset([[1, 0], [0, 1], [1, 1]], [1, 2, -1], names=["a", "b"])
    network = rx.Network([[1, 1], [0, 1], [2, 0], [1, 2]], [1, 2, 1, -1])
    yield from (rx.solve(data, "1/2"), rx.prove_bound(data, "1/2"), rx.stationary_graph(data, "1/2"))
    yield from (rx.stationary_graph(data, "1/2", limit=2), rx.solve_width(data, "1/2", 1), rx.classify(network, data, 1))
    yield rx.descent_path(network, data, "1/2")
    for best in (golden(6), symmetric((1, 0, 0), 1)):
        yield from (best, best.optimum, minimum_network(best))
    yield minimum_network(rx.optimal_set(golden(2).optimum, limit=1))
    line = rx.Problem(rx.Dataset([[0], [1], [2]], [0, 1, 3]), "7/32", hidden_bias="free", output_bias="free")
    yield from (rx.sparsest_spline(rx.solve(line)), rx.judge(network, rx.Problem(data, 1)))
    yield from (rx.interpolate(data), rx.interpolate(data, bases=1), rx.interpolate(rx.Dataset([[1], [1]], [1, -1])))
    yield rx.judge(rx.BiasedNetwork([[1]], [1], hidden_bias=[-1]), line)
    yield from (rx.support_function(data, [1, -1, 2]), rx.is_spike_free(data), rx.is_spike_free(rx.Dataset([[1]], [1])))
    yield rx.solution_path(rx.Dataset([[1], [2]], [1, 2]), low=4)


def test_what_the_program_writes_satisfies_its_schema():
    written = [json.loads(certificate(claim)) for claim in claims()]
    assert {document["statement"]["kind"] for document in written} == set(SCHEMAS)
    assert [fault for document in written for fault in faults(document)] == []


def shapeless():
    """Yield the names of the false certificates that the checker refuses for their shape."""
    for name in FALSE:
        report = checker.check_document((BAD / f"{name}.json").read_bytes())
        if SHAPE.search(report.reason):
            yield name


def test_what_is_refused_for_its_shape_breaks_the_schema():
    names = set(shapeless())
    assert len(names) > 40
    assert {name for name in names if not faults(FALSE[name])} == set(BEYOND)


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_no_key_can_be_left_out_or_added(kind):
    validator = Draft202012Validator(SCHEMAS[kind], registry=REGISTRY)
    seen = set()
    for document in CERTIFICATES.values():
        if document["statement"]["kind"] != kind:
            continue
        for sort, part in objects(document, "document"):
            if sort in seen:
                continue
            seen.add(sort)
            key = next(iter(part))
            value = part.pop(key)
            assert not (part and validator.is_valid(document)), (sort, key)  # {} is a leaf and a piece
            part[key + "?"] = value
            assert not validator.is_valid(document), (sort, key)
            del part[key + "?"]
            part[key] = value
            assert validator.is_valid(document)
    assert len(seen) > 5


NAMED = ("rho", "slope", "fixed", "kinks", "fraction", "gates", "produced_by")
NAMED += ("ties", "dependences", "terms", "constant", "combinations")
"""Where the keys of an object are names: of walls, neurons, equations, square roots."""


def objects(part, place):
    """Yield the objects of a document whose keys the format names, each with its sort: the key it stands at, its own keys."""
    if isinstance(part, dict):
        if part and place not in NAMED and not place.isdigit():
            yield (place, *sorted(part)), part
        for key, inner in list(part.items()):
            yield from objects(inner, key)
    elif isinstance(part, list):
        for inner in part:
            yield from objects(inner, place)


def test_the_schema_files_are_those_of_the_kinds():
    found = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("schema.json")}
    assert found == {"certificates/schema.json"} | {f"kinds/{kind_of_certificate(name).folder}/schema.json" for name in SCHEMAS}
