"""The Python checker and both Coq checkers give the same verdict: stored, generated, tampered and mutated certificates."""

from __future__ import annotations

import json
import random
from fractions import Fraction

import pytest
from coq_mutants import mutant
from coq_tools import BOUNDS, PLANE, coq_verdicts, require_coq
from paths import BAD

import reluexact as rx
from reluexact import checker
from reluexact.kinds.bound.certificate import to_document

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def coq_is_installed():
    require_coq()


def is_bound(text):
    document = json.loads(text)
    return document.get("statement", {}).get("kind") == "bound" and document.get("version") != 2


def bad_bounds():
    texts = {path.stem: path.read_bytes() for path in sorted(BAD.glob("*.json")) if path.stem != "expected"}
    return {name: text for name, text in texts.items() if is_bound(text)}


def generated(seed):
    """Return the certificate of a small random problem, with parallel and zero rows."""
    random_numbers = random.Random(seed)
    d = random_numbers.choice([1, 2, 3])
    rows = [[random_numbers.randint(-4, 4) for _ in range(d)] for _ in range(random_numbers.randint(2, 5))]
    rows.append([random_numbers.choice([-2, Fraction(1, 3), 3]) * entry for entry in rows[0]])
    rows.append([0] * d)
    targets = [Fraction(random_numbers.randint(-9, 9), random_numbers.choice([1, 2, 7])) for _ in rows]
    proof = rx.prove_bound(rx.Dataset(X=rows, y=targets), Fraction(random_numbers.randint(1, 9), 4), gap=Fraction(1, 10**6))
    return json.dumps(to_document(proof)).encode()


def compare(texts, folder):
    python = [checker.check_document(text).verified for text in texts]
    assert coq_verdicts(texts, folder) == python
    assert coq_verdicts(texts, folder, fast=True) == python
    return python


def test_stored_certificates(tmp_path):
    good = [path.read_bytes() for path in BOUNDS]
    bad = list(bad_bounds().values())
    assert len(good) >= 3
    assert len(bad) >= 15
    assert compare(good + bad, tmp_path) == [True] * len(good) + [False] * len(bad)


def test_generated_certificates(tmp_path):
    assert all(compare([generated(seed) for seed in range(25)], tmp_path))


PARTS = [("statement", "problem"), ("statement", "claim"), ("evidence", "residual"), ("evidence",), ("evidence",)]


def test_mutated_certificates(tmp_path):
    texts = [path.read_bytes() for path in BOUNDS] + [generated(seed) for seed in range(100, 106)]
    sources = [json.loads(text) for text in texts]
    verdicts = compare([mutant(seed, sources, PARTS) for seed in range(400)], tmp_path)
    assert 20 <= sum(verdicts) <= 380  # both verdicts occur


def test_leaves_on_the_edge(tmp_path):
    """The largest penalty that fails and the least that passes, up to the last bits of a leaf's test."""
    document = json.loads(PLANE.read_bytes())
    low, high = Fraction(0), Fraction(document["statement"]["problem"]["penalty"]) * 4
    texts = []
    for _ in range(90):
        middle = (low + high) / 2
        document["statement"]["problem"]["penalty"] = str(middle)
        document["statement"]["claim"]["upper"] = "100000"
        texts.append(json.dumps(document).encode())
        low, high = (low, middle) if checker.check_document(texts[-1]).verified else (middle, high)
    verdicts = compare(texts, tmp_path)
    assert any(verdicts)
    assert not all(verdicts)


def with_a_neuron(network):
    return {"hidden": [*network["hidden"], network["hidden"][0]], "output": [*network["output"], "9"]}


TAMPERED = {
    "lower bound raised": lambda d: d["statement"]["claim"].update(lower=d["statement"]["claim"]["upper"]),
    "upper bound lowered": lambda d: d["statement"]["claim"].update(upper=d["statement"]["claim"]["lower"]),
    "another penalty": lambda d: d["statement"]["problem"].update(penalty="7"),
    "another target": lambda d: d["statement"]["problem"]["y"].__setitem__(1, "-8"),
    "another row": lambda d: d["statement"]["problem"]["X"].__setitem__(0, ["-7", "3"]),
    "a neuron added": lambda d: d["statement"]["claim"].update(network=with_a_neuron(d["statement"]["claim"]["network"])),
    "residual grown": lambda d: d["evidence"].update(residual=[str(Fraction(t) * 2) for t in d["evidence"]["residual"]]),
    "a side left out": lambda d: d["evidence"]["positive"].pop(),
    "trees swapped": lambda d: d["evidence"].update(positive=d["evidence"]["negative"], negative=d["evidence"]["positive"]),
    "no tree": lambda d: d["evidence"].update(positive=[]),
}


def test_tampered_certificates(tmp_path):
    documents = [json.loads(PLANE.read_bytes()) for _ in TAMPERED]
    for document, tamper in zip(documents, TAMPERED.values(), strict=True):
        tamper(document)
    assert compare([json.dumps(document).encode() for document in documents], tmp_path) == [False] * len(TAMPERED)
