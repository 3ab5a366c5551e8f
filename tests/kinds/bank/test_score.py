"""Scores of outside trainers: exact, and whatever the trainer does."""

from __future__ import annotations

import json
import sys
from fractions import Fraction as F
from time import monotonic

import pytest
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.kinds.bank import trial
from reluexact.kinds.bank.trial import Trial, run

HAT = rx.bank_instance("hat")
ZERO = '{"hidden": [], "output": []}'


def trainer(tmp_path, body, arguments=""):
    """Return the command that runs a small program; it has ``problem`` and ``network``, the paths, and json."""
    place = tmp_path / "trainer.py"
    head = "import sys, json, os, time\nproblem, network = sys.argv[1], sys.argv[2]\nfolder = os.path.dirname(network)\n"
    place.write_text(head + body)
    return f"{sys.executable} {place} {arguments}"


def wrote(tmp_path, text, name="network.json"):
    return trainer(tmp_path, f"open(os.path.join(folder, {name!r}), 'w').write({text!r})\n")


def test_the_zero_network_is_scored_exactly(tmp_path):
    found = run(wrote(tmp_path, ZERO), HAT, 20)
    assert (found.status, found.objective, found.low, found.high, found.width) == ("scored", F(1, 2), F(51, 200), F(51, 200), 0)
    assert found.relative == F(51, 100)  # of the objective, as judge and --max-gap count


def test_the_optimal_network_has_no_excess(tmp_path):
    planted = rx.bank_instance("planted-default")
    exact = {"hidden": [], "output": []}
    for neuron in planted.claim.optimum.neurons:
        root = neuron.amount.as_fraction()
        exact["hidden"].append([str(root * entry.as_fraction()) for entry in neuron.direction])
        exact["output"].append(str(neuron.sign))
    found = run(wrote(tmp_path, json.dumps(exact)), planted, 20)
    unbalanced = planted.problem.penalty * sum((n.amount.as_fraction() - 1) ** 2 for n in planted.claim.optimum.neurons) / 2
    assert (found.status, found.low, found.high, found.width) == ("scored", unbalanced, unbalanced, planted.fewest)
    upper = planted.claim.optimum.network
    upper.save(tmp_path / "best.json")
    copied = trainer(tmp_path, f"open(network, 'w').write(open({str(tmp_path / 'best.json')!r}).read())\n")
    assert run(copied, planted, 20).high <= F(1, 10**20)


def test_trainers_read_what_they_like(tmp_path):
    body = (
        "import numpy as np\n"
        "facts, arrays = json.load(open(problem)), np.load(os.path.join(folder, 'data.npz'))\n"
        "assert facts['X'] == [['-1', '1'], ['0', '1'], ['1', '1']] and facts['penalty'] == '1/10', facts\n"
        "assert facts['loss'] == str(arrays['loss']) == 'squared' and float(arrays['penalty']) == 0.1\n"
        "assert open(os.path.join(folder, 'data.csv')).read().split() == ['x1,bias,y', '-1,1,0', '0,1,1', '1,1,0']\n"
        "np.savez(os.path.join(folder, 'network.npz'), hidden=np.array([[0.5]]), hidden_bias=np.array([0.25]),\n"
        "         output=np.array([0.1]), output_bias=0.0, skip=np.zeros(0))\n"
    )
    found = run(trainer(tmp_path, body), HAT, 30)
    assert (found.status, found.note) == ("scored", "")
    network = rx.BiasedNetwork([["1/2", "1/4"]], [F(0.1)])
    assert found.objective == HAT.problem.objective(network)


@pytest.mark.parametrize(
    ("text", "name", "note"),
    [
        ("", "network.json", ""),
        ("nonsense", "network.json", ""),
        ('{"hidden": [[1, 2, 3]], "output": [1]}', "network.json", "column"),
        ('{"hidden": [[NaN, 1]], "output": [1]}', "network.json", ""),
        ('{"hidden": [["a", 1]], "output": [1]}', "network.json", ""),
        ('{"hidden": [[1, 1]], "output": [1, 2]}', "network.json", ""),
        ("[" * 100_000, "network.json", ""),
        ("\x00\xff", "network.npz", ""),
        ("w1,output\n1\n", "network.csv", ""),
        (
            '{"hidden": [["1", "1"]], "hidden_bias": ["1"], "output": ["1"], "output_bias": "1", "skip": []}',
            "network.json",
            "output bias",
        ),
    ],
)
def test_nonsense_is_refused(tmp_path, text, name, note):
    found = run(wrote(tmp_path, text, name), HAT, 20)
    assert found.status == "refused"
    assert found.objective is None
    assert note in found.note
    assert 0 < len(found.note) <= trial.SHOWN


def test_crashes_hangs_and_silence(tmp_path):
    crashed = run(trainer(tmp_path, "sys.stderr.write('x' * 10**6 + chr(10)); raise SystemError('out of ideas')\n"), HAT, 20)
    assert (crashed.status, crashed.note) == ("failed", "exit code 1: SystemError: out of ideas")
    assert run(trainer(tmp_path, "sys.exit(3)\n"), HAT, 20).note == "exit code 3"
    silent = run(trainer(tmp_path, "pass\n"), HAT, 20)
    assert (silent.status, silent.note) == ("no network", "it wrote no network.json, network.csv or network.npz")
    started = monotonic()
    child = "import subprocess; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); time.sleep(60)\n"
    hung = run(trainer(tmp_path, child), HAT, 1)
    assert (hung.status, hung.note) == ("timeout", "stopped after 1 s")
    assert monotonic() - started < 30
    killed = run(trainer(tmp_path, "os.kill(os.getpid(), 9)\n"), HAT, 20)
    assert killed.status == "failed"


def test_too_large_a_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(trial, "MOST_BYTES", 10)
    found = run(wrote(tmp_path, ZERO), HAT, 20)
    assert found.note == "network.json: 28 bytes; 10 are allowed"


def test_bad_commands_are_errors_of_the_caller():
    for command in ("", "'", "/no/such/program"):
        with pytest.raises(rx.InputError):
            run(command, HAT, 1)


def test_a_network_below_the_minimum_is_an_alarm(tmp_path, monkeypatch):
    wrong = rx.bank_instance("hat").__class__(
        **{name: getattr(HAT, name) for name in HAT.__slots__} | {"low": F(1), "high": F(1)}
    )
    found = run(wrote(tmp_path, ZERO), wrong, 20)
    assert found.status == "below the minimum"


def scored(*arguments):
    return CliRunner().invoke(app, ["bank", "score", *map(str, arguments)], catch_exceptions=False)


def test_the_command(tmp_path):
    program = wrote(tmp_path, ZERO)
    answer = scored(program, "--names", "hat,toy-1,planted-loss-absolute", "--json")
    assert answer.exit_code == 0
    trials = json.loads(answer.stdout)["trials"]
    assert [entry["status"] for entry in trials] == ["scored"] * 3
    assert trials[0]["excess_low"] == trials[0]["excess_high"] == "51/200"
    shown = scored(program, "--names", "hat,toy-1").stdout
    assert "scored    2 of 2" in shown
    assert "2.6e-1" in shown
    assert scored("/no/such/program", "--names", "hat").exit_code == 2
    assert scored(program, "--names", "hat", "--time-limit", 0).exit_code == 2
    assert CliRunner().invoke(app, ["bank", "score"]).exit_code == 2


def test_a_gap_that_is_allowed_decides_the_exit_code(tmp_path):
    """The zero network of hat is 51/200 above the minimum, its objective is 1/2: 51/100 of it."""
    program = wrote(tmp_path, ZERO)
    assert scored(program, "--names", "hat", "--max-gap", "51/100").exit_code == 0
    above = scored(program, "--names", "hat,toy-at-the-greatest-penalty", "--max-gap", "0.5")
    assert above.exit_code == 1
    assert "max gap   1 of 2 are within 0.5 of their objective, proved" in above.stdout
    assert json.loads(scored(program, "--names", "hat", "--max-gap", "1", "--json").stdout)["max_gap"] == "1"
    assert scored(trainer(tmp_path, "pass\n"), "--names", "hat", "--max-gap", "1").exit_code == 1
    assert scored(program, "--names", "hat", "--max-gap", "-1").exit_code == 2
    open_bounds = Trial(instance=HAT, status="scored", note="", seconds=1.0, objective=F(1), low=F(1, 4), high=F(1, 2))
    assert [open_bounds.within(most) for most in (F(1, 5), F(1, 3), F(1, 2))] == [
        rx.Status.REFUTED,
        rx.Status.UNDECIDED,
        rx.Status.PROVED,
    ]


def test_placeholders(tmp_path):
    program = trainer(
        tmp_path, "assert sys.argv[3] == '1/10'; open(network, 'w').write('" + ZERO + "')\n", "{problem} {network} {penalty}"
    )
    assert run(program, HAT, 20).status == "scored"


def test_shares_of_a_minimum_that_is_zero_are_not_told():
    assert Trial(instance=HAT, status="timeout", note="", seconds=1.0).relative is None
