"""Certificates of bounds with any loss and every part of a network: Python and both Coq checkers give the same verdict."""

from __future__ import annotations

import json
import random
from fractions import Fraction

import pytest
from coq_mutants import mutant
from coq_tools import coq_verdicts, require_coq
from paths import BAD, GOOD
from typer.testing import CliRunner

import reluexact as rx
from reluexact import checker
from reluexact.certificates.coq.evidence import Leaf, Split
from reluexact.certificates.coq.kernel import build_theory, check_with_coq
from reluexact.certificates.coq.training import TrainingCertificate
from reluexact.checker.extended import Extended, Weights
from reluexact.checker.piecewise import Piecewise
from reluexact.checker.problem import Problem
from reluexact.cli.app import app
from reluexact.errors import InputError
from reluexact.kinds.bound.certificate import to_document
from reluexact.model.problem import Problem as TrainingProblem
from reluexact.search.problem_bound import bound_problem

pytestmark = pytest.mark.slow

STORED = tuple(path for path in sorted(GOOD.glob("bound-2-*.json")) if not {"logistic", "cones"} & set(path.stem.split("-")))
LOSSES = ("squared", "absolute", "huber(1/2)", "quantile(1/4)", "epsilon_insensitive(1/3)", "hinge", "squared_hinge")
PARTS = [
    *(("statement", "problem", key) for key in ("loss", "weights", "y", "X")),
    *(("statement", key) for key in ("problem", "claim", "claim")),
    *[("evidence", "theta"), ("evidence",), ("evidence",), ("evidence",)],
]


@pytest.fixture(autouse=True)
def coq_is_installed():
    require_coq()


def generated(seed):
    """Return the certificate of a small random problem; the seeds take all losses and all parts in turn."""
    draw = random.Random(seed)
    loss, part = LOSSES[seed % len(LOSSES)], ("none", "free", "penalised")
    d = draw.choice([1, 2])
    rows = [[draw.randint(-4, 4) for _ in range(d)] for _ in range(draw.randint(3, 5))]
    rows.append(list(rows[0]))
    label = [draw.choice([-1, 1]) for _ in rows]
    targets = label if "hinge" in loss else [Fraction(draw.randint(-9, 9), draw.choice([1, 2, 7])) for _ in rows]
    hidden = part[seed // len(LOSSES) % 3]
    problem = TrainingProblem(
        rx.Dataset(X=rows, y=targets),
        Fraction(draw.randint(1, 9), 4),
        loss=loss,
        hidden_bias=hidden,
        output_bias="free" if hidden == "free" else draw.choice(part),
        skip=draw.choice(part),
        weights=[Fraction(draw.randint(1, 6), 2) for _ in rows],
    )
    return json.dumps(to_document(bound_problem(problem, gap=Fraction(1, 10**4)))).encode()


def bad_bounds():
    names = (path for path in sorted(BAD.glob("*.json")) if path.stem != "expected" and not path.stem.startswith("b4-"))
    texts = (path.read_bytes() for path in names)
    documents = [(text, json.loads(text)) for text in texts]
    mine = [
        (text, doc["statement"]) for text, doc in documents if doc.get("version") == 2 and doc["statement"]["kind"] == "bound"
    ]
    return [text for text, statement in mine if "function" not in statement["problem"].get("loss", {})]


def compare(texts, folder):
    python = [checker.check_document(text).verified for text in texts]
    assert coq_verdicts(texts, folder) == python
    assert coq_verdicts(texts, folder, fast=True) == python
    return python


def test_stored_certificates(tmp_path):
    good, bad = [path.read_bytes() for path in STORED], bad_bounds()
    assert len(good) >= 3
    assert len(bad) >= 5
    assert compare(good + bad, tmp_path) == [True] * len(good) + [False] * len(bad)


def test_cones_are_refused_by_name():
    with pytest.raises(InputError, match="no cones"):
        check_with_coq((GOOD / "bound-2-cones.json").read_bytes())


def test_generated_certificates(tmp_path):
    assert all(compare([generated(seed) for seed in range(42)], tmp_path))


def test_mutated_certificates(tmp_path):
    sources = [json.loads(path.read_bytes()) for path in STORED]
    sources += [json.loads(generated(seed)) for seed in (*range(100, 107), 114, 115)]
    verdicts = compare([mutant(seed, sources, PARTS) for seed in range(300)], tmp_path)
    assert 20 <= sum(verdicts) <= 280  # both verdicts occur


def test_a_certificate_becomes_a_theorem(tmp_path):
    text = STORED[0].read_bytes()
    report = check_with_coq(text)
    assert report.verified
    assert "assumed: ClassicalDedekindReals.sig_forall_dec" in report.lines[-1]
    document = json.loads(text)
    document["statement"]["claim"]["lower"] = document["statement"]["claim"]["upper"] + "1"
    assert not check_with_coq(json.dumps(document).encode()).verified
    goal = tmp_path / "bound.v"
    result = CliRunner().invoke(app, ["coq", str(STORED[0]), "--out", str(goal)], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    assert build_theory().run(goal).returncode == 0


THREE = tuple((Fraction(x),) for x in (0, 1, 2))
ABSOLUTE = Piecewise(False, (Fraction(0),), ((Fraction(0), Fraction(-1), Fraction(0)), (Fraction(0), Fraction(1), Fraction(0))))
HALF = Fraction(1, 2)


def one_tree(penalty="1", slope=HALF, rho=Fraction(0), lower="0"):
    """A free bias by one tree over (c, w), in which only |w| counts; theta = (1, -2, 1) / 2, so b = 1/2 is the least penalty."""
    nothing = ((1, Fraction(1)),)
    of_minus = (
        Split(wall=0),  # c >= 0
        Split(wall=2),  # c + 2 w >= 0
        Leaf(rho=(), slope=nothing),
        Leaf(rho=((2, rho),), slope=((1, slope),)),
        Split(wall=2),
        Leaf(rho=((0, rho),), slope=((1, slope),)),
        Leaf(rho=(), slope=()),
    )
    of_plus = (Split(wall=1), Leaf(rho=(), slope=((0, Fraction(1)), (2, Fraction(1)))), Leaf(rho=(), slope=()))
    base = Problem(THREE, (Fraction(0), Fraction(1), Fraction(0)), Fraction(penalty))
    return TrainingCertificate(
        problem=Extended(base, ABSOLUTE, (Fraction(1),) * 3, "free", Fraction(0), None),
        loss=ABSOLUTE,
        digest="",
        lower=Fraction(lower),
        upper=Fraction(1),
        network=Weights([], [], [], Fraction(0), []),
        theta=(-HALF, Fraction(1), -HALF),
        positive=((None, of_plus),),
        negative=((None, of_minus),),
    )


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, True),
        ({"penalty": "1/2"}, True),
        ({"lower": "1"}, True),
        ({"lower": "1.0000001"}, False),
        ({"penalty": "0.4999999"}, False),
        ({"slope": HALF + Fraction(1, 2**70)}, False),  # the bias is seen
        ({"slope": Fraction(0)}, False),
        ({"rho": Fraction(1, 2**70)}, False),
        ({"rho": Fraction(-1, 2**70)}, False),
        ({"slope": HALF - Fraction(1, 8), "rho": Fraction(1, 8)}, True),
    ],
)
def test_one_tree_over_free_weights(tmp_path, changes, verdict):
    certificate = one_tree(**changes)
    source = certificate.source("tree").partition("Proof. vm_cast")[0].replace("Lemma accepted : ", "Eval vm_compute in ")
    file = tmp_path / "tree.v"
    file.write_text(source.replace(" = true.", "."), encoding="ascii")
    answer = build_theory().run(file)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split()[1] == str(verdict).lower()
