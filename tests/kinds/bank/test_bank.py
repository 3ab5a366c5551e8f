"""The bank says what its certificates prove, and gives its instances in every form."""

from __future__ import annotations

import csv
import io
import json
import shlex
from fractions import Fraction as F

import numpy as np
import pytest
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.kinds.bank.exchange import as_json, as_npz, statement

INSTANCES = rx.bank()
GROUPS_IN_ORDER = tuple(dict.fromkeys(entry.group for entry in INSTANCES))
GROUPS = ("paper", "planted", "near", "random", "problem", "real")
QUICK = (
    "toy-1-10",
    "hat",
    "planted-default",
    "planted-near-1e-9",
    "random-2",
    "labels-hinge-free",
    "real-bod-2",
    "toy-weights",
    "logistic-noisy-skip",
)


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)


def stated(instance):
    """Assert that the claim of the certificate, which the checker accepts, is what the bank says."""
    claim = instance.claim
    if instance.kind == "bound":
        bounded(instance, claim)
        return
    optimum = claim.optimum if instance.kind == "optimal-set" else claim
    assert optimum.status is rx.Status.PROVED
    assert (optimum.value.low, optimum.value.high) == (instance.low, instance.high)
    assert instance.high - instance.low <= max(F(1), instance.high) / 10**20
    problem = instance.problem
    assert optimum.data == problem.data
    assert optimum.penalty == problem.penalty
    if not problem.is_plain:
        assert optimum.problem == problem
    assert (instance.rows, instance.features) == (problem.data.n, len(problem.features))
    assert instance.parts == problem.described()
    if instance.kind == "optimal-set":
        assert (claim.dimension, claim.min_width) == (instance.dimension, instance.fewest)
    else:
        assert (instance.dimension, instance.fewest) == (None, None)
    assert problem.objective(optimum.network) == optimum.upper
    low, high = instance.excess(optimum.network)
    assert 0 <= low <= high <= max(F(1), instance.high) / 10**10


def bounded(instance, claim):
    """Assert the same of bounds, which are all that is proved of the logistic loss."""
    problem = instance.problem
    assert (claim.problem, problem.loss, instance.group) == (problem, rx.logistic, "problem")
    assert (claim.lower, claim.upper) == (instance.low, instance.high)
    assert problem.objective(claim.network) == instance.high
    assert instance.high - instance.low <= instance.high / 10**12
    assert (instance.rows, instance.features, instance.parts) == (problem.data.n, len(problem.features), problem.described())
    assert (instance.dimension, instance.fewest) == (None, None)
    assert instance.excess(claim.network) == (0, instance.high - instance.low)


def test_there_are_enough_of_every_group():
    assert len(INSTANCES) >= 100
    assert tuple(dict.fromkeys(entry.group for entry in INSTANCES)).__len__() == len(GROUPS)
    assert all(len(rx.bank(group)) >= 14 for group in GROUPS)
    assert len({entry.name for entry in INSTANCES}) == len(INSTANCES)
    assert sum(len(entry.certificate) for entry in INSTANCES) < 4_000_000


@pytest.mark.parametrize("name", QUICK)
def test_some_certificates(name):
    stated(rx.bank_instance(name))


@pytest.mark.slow
@pytest.mark.parametrize("name", [entry.name for entry in INSTANCES])
def test_every_certificate(name):
    stated(rx.bank_instance(name))


def test_facts_of_the_papers():
    known = {"toy-1-10": "39/400", "toy-1": "3/4", "path-1-2": "7/4", "path-2": "9/2", "segment": "3/8", "hat": "49/200"}
    for name, value in known.items():
        assert rx.bank_instance(name).low == rx.bank_instance(name).high == F(value)
    assert [rx.bank_instance(f"fewest-{b}").fewest for b in ("1-100", "1-10", "1-2", "1", "2")] == [2, 2, 3, 2, 2]
    assert (rx.bank_instance("zigzag-1-100").dimension, rx.bank_instance("zigzag-1-1000").fewest) == (1, 5)
    assert F("0.1204188") > rx.bank_instance("clarke").high > F("0.0902817")


def test_errors():
    with pytest.raises(rx.InputError, match=r"no instance 'labels-hinge-fre'; did you mean labels-hinge-free or .*bank list"):
        rx.bank_instance("labels-hinge-fre")
    with pytest.raises(rx.InputError, match="no instance 'nobody'"):
        rx.bank_instance("nobody")
    with pytest.raises(rx.InputError, match="choose one of paper, planted"):
        rx.bank("nothing")
    with pytest.raises(rx.InputError, match="hidden biases"):
        rx.bank_instance("toy-1").excess(rx.BiasedNetwork([[1, 1, 1, 1]], [1], hidden_bias=[1]))


def test_excess_is_exact():
    toy = rx.bank_instance("toy-1-10")
    network = rx.BiasedNetwork([["1/2", "1/2", "1/2", "1/2"]], [1])
    objective = toy.problem.objective(network)
    assert toy.excess(network) == (objective - F(39, 400), objective - F(39, 400))
    assert toy.excess(rx.Network(network.hidden, network.output)) == toy.excess(network)


def test_list():
    answer = run("bank", "list", "--json")
    listed = json.loads(answer.stdout)
    assert [entry["name"] for entry in listed["instances"]] == [entry.name for entry in INSTANCES]
    assert listed["version"] == rx.bank_version()
    text = run("bank", "list", "--names", "hat,xor").stdout
    assert "2 instances" in text
    assert "three points of a hat" in text
    assert run("bank", "list", "hat").exit_code == 2


def test_the_list_fits_and_is_a_table_for_each_group():
    lines = run("bank", "list").stdout.splitlines()
    assert max(map(len, lines)) <= 140
    assert [line.split()[0] for line in lines if " minimum " in f"{line} "] == list(GROUPS_IN_ORDER)
    assert sum(line.startswith(tuple(entry.name for entry in INSTANCES)) for line in lines) == len(INSTANCES)


def named(*options):
    return [entry["name"] for entry in json.loads(run("bank", "list", "--json", *options).stdout)["instances"]]


def test_instances_are_chosen_by_group_loss_and_parts():
    assert named("--loss", "hinge") == [entry.name for entry in INSTANCES if entry.loss == "hinge"]
    assert named("--loss", "huber", "--parts", "skip penalised") == ["steps-huber-penalised-skip"]
    assert named("--loss", "huber(1/2)") == [entry.name for entry in INSTANCES if "loss huber(1/2)" in entry.parts]
    assert named("--group", "paper", "--parts", "none") == [entry.name for entry in rx.bank("paper") if not entry.parts]
    assert named("--parts", "hidden_bias free,output_bias") == [
        entry.name for entry in INSTANCES if "hidden_bias free" in entry.parts
    ]
    assert named("--names", "hat,xor,toy-1", "--parts", "hidden_bias") == ["hat", "xor"]
    for options, words in (
        (("--loss", "hing"), "loss: no instance of the bank has 'hing'; choose of absolute"),
        (("--parts", "skipp"), "parts: no instance of the bank has 'skipp'"),
        (("--group", "near", "--loss", "hinge"), "no instance is left by --group, --loss"),
        (("--max-gap", "1"), "--max-gap: only score has gaps"),
    ):
        answer = run("bank", "list", *options)
        assert (answer.exit_code, words in answer.stderr) == (2, True)
    with pytest.raises(rx.InputError, match="parts: 'skip' is one text"):
        rx.bank(parts="skip")


@pytest.mark.parametrize("name", ["hat", "planted-near-1e-9", "toy-weights"])
def test_get(name, tmp_path):
    problem = rx.bank_instance(name).problem
    shown = json.loads(run("bank", "get", name).stdout)
    assert shown["problem"]["X"] == [[str(entry) for entry in row] for row in problem.data.X]
    assert F(shown["problem"]["penalty"]) == problem.penalty
    table = list(csv.reader(io.StringIO(run("bank", "get", name, "--format", "csv").stdout)))
    assert [[F(entry) for entry in row[: problem.data.d + 1]] for row in table[1:]] == [
        [*row, y] for row, y in zip(problem.data.X, problem.data.y, strict=True)
    ]
    assert (table[0][-1] == "weight") is (problem.weights is not None)
    place = tmp_path / "instance.npz"
    assert run("bank", "get", name, "--format", "npz", "--out", place).exit_code == 0
    with np.load(place) as arrays:
        assert arrays["X"].tolist() == [[float(entry) for entry in row] for row in problem.data.X]
        assert float(arrays["penalty"]) == float(problem.penalty)
    assert run("bank", "get", name, "--format", "npz").exit_code == 2
    proof = tmp_path / "certificate.json"
    assert run("bank", "get", name, "--certificate", proof, "--quiet").exit_code == 0
    assert rx.check(proof).verified
    assert proof.read_bytes() == rx.bank_instance(name).certificate


@pytest.mark.parametrize("instance", INSTANCES, ids=lambda instance: instance.name)
def test_what_get_writes_is_read_as_the_same_problem(instance):
    problem = rx.Problem.read(io.BytesIO(as_json(instance)), format="json")
    assert problem == instance.problem
    assert (problem.hidden_bias, problem.data.names[-1] == "bias") == (
        instance.problem.hidden_bias,
        instance.problem.data.has_bias,
    )
    data = json.dumps({"name": instance.name, **statement(instance.problem)}).encode()
    assert rx.Problem.read(io.BytesIO(data), format="json") == problem
    floats = rx.Problem.read(io.BytesIO(as_npz(problem)), floats="binary", format="npz")
    assert floats.described() == problem.described()
    assert [[float(entry) for entry in row] for row in problem.data.X] == [
        [float(entry) for entry in row] for row in floats.data.X
    ]


@pytest.mark.parametrize("name", ["hat", "toy-weights", "labels-hinge-free", "steps-squared-penalised-skip"])
def test_commands_read_what_get_writes(name, tmp_path):
    instance, proof = rx.bank_instance(name), tmp_path / "certificate.json"
    proof.write_bytes(instance.certificate)
    for way in ("json", "csv"):
        place = tmp_path / f"instance.{way}"
        answer = run("bank", "get", name, "--format", way, "--out", place)
        options = answer.stderr.partition("belongs ")[2].split("\n")[0] if way == "csv" else ""
        assert run("check", proof, "--statement", place, *shlex.split(options)).exit_code == 0
    solved = json.loads(run("solve", tmp_path / "instance.json", "--json").stdout)
    assert F(solved["value"]["low"]) == instance.low
    judged = run("judge", proof, tmp_path / "instance.json", "--max-gap", "1e-6", "--brief")
    assert judged.exit_code == 0


def test_what_a_file_states_is_not_said_twice_or_dropped(tmp_path):
    place = tmp_path / "labels.json"
    assert run("bank", "get", "labels-hinge-free", "--out", place).exit_code == 0
    twice = run("solve", place, "--loss", "squared")
    assert (twice.exit_code, "--loss: labels.json states loss and parts" in twice.stderr) == (2, True)
    bias = run("solve", place, "--bias")
    assert (bias.exit_code, '"hidden_bias": "penalised"' in bias.stderr) == (2, True)
    unserved = run("set", place)
    assert (unserved.exit_code, "--loss hinge, --hidden-bias free" in unserved.stderr) == (2, True)
    with pytest.raises(
        rx.InputError, match=r"states a problem \(loss hinge, hidden_bias free, output_bias free\).*Problem\.read"
    ):
        rx.Dataset.read(place)
    network = tmp_path / "network.json"
    rx.BiasedNetwork([[1]], [1]).save(network)
    foreign = run("judge", network, place, "--from", "sklearn", "--alpha", "1")
    assert (foreign.exit_code, "leave --from out" in foreign.stderr) == (2, True)


def test_the_same_file_every_time():
    assert [rx.bank_instance(entry.name).certificate for entry in INSTANCES[:3]] == [entry.certificate for entry in INSTANCES[:3]]
    assert run("bank", "list").stdout == run("bank", "list").stdout
