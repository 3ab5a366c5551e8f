"""The commands around Coq: files, verdicts, exit codes."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from coq_tools import GOOD, PLANE, require_coq
from paths import DATA
from typer.testing import CliRunner

import reluexact as rx
from reluexact.certificates.coq import kernel as coq_kernel
from reluexact.certificates.coq.file import coq_source, read_bound
from reluexact.certificates.coq.kernel import check_with_coq
from reluexact.cli.app import app
from reluexact.errors import CertificateError, MissingDependency
from reluexact.kinds.bound.certificate import to_document


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def without_coq(monkeypatch):
    monkeypatch.setattr(coq_kernel.shutil, "which", lambda _: None)


def tampered(tmp_path, **claim):
    document = json.loads(PLANE.read_bytes())
    document["statement"]["claim"].update(claim)
    file = tmp_path / "tampered.json"
    file.write_text(json.dumps(document), encoding="ascii")
    return file


def test_coq_writes_a_theorem_about_the_data(tmp_path):
    goal = tmp_path / "plane.v"
    result = run("coq", PLANE, "--out", goal)
    assert result.exit_code == 0, result.stderr
    text = goal.read_text(encoding="ascii")
    assert "Definition X : list (list Q) := [[7; 3]; [0; -4]; [-4; -9]; [-8; -9]; [-6; 6]]%Q." in text
    assert "Definition b : Q := 307 # 39." in text
    assert text.rstrip().endswith("accepted). Qed.")
    assert "Theorem optimal :" in text


def test_the_same_certificate_gives_the_same_bytes():
    certificate = read_bound(PLANE.read_bytes())
    assert coq_source(certificate, "a") == coq_source(read_bound(PLANE.read_bytes()), "a")


def test_coq_in_a_checkout_and_elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("coq", PLANE).exit_code == 0
    assert Path("bound_plane.v").is_file()
    Path("proofs/theories").mkdir(parents=True)
    Path("proofs/theories/Spec.v").touch()
    Path("proofs/instances").mkdir()
    result = run("coq", PLANE)
    assert Path("proofs/instances/bound_plane.v").is_file()
    assert "make -C proofs instances" in result.stdout


def test_coq_of_an_optimum_proves_bounds_first(tmp_path):
    goal = tmp_path / "pair.v"
    result = run("coq", GOOD / "optimum-pair.json", "--gap", "1/1000000", "--out", goal, "--json")
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert document["bounds_proved_anew"] is True
    assert Fraction(document["lower"]) < Fraction("70.80684267241379") < Fraction(document["upper"]) + Fraction(1, 10**9)
    assert goal.is_file()


def test_coq_of_an_optimum_of_version_2_proves_bounds_first(tmp_path):
    goal, optimum = tmp_path / "labels.v", tmp_path / "labels.json"
    labels = rx.Dataset(X=[[0], [1], [2], [3]], y=[-1, 1, 1, -1])
    problem = rx.Problem(labels, "1/10", loss="hinge", hidden_bias="free", output_bias="free", weights=[1, 2, 2, 1])
    rx.solve(problem).save(optimum)
    result = run("coq", optimum, "--gap", "1/1000000", "--out", goal, "--json")
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert document["bounds_proved_anew"] is True
    assert Fraction(document["lower"]) <= Fraction(2, 5) <= Fraction(document["upper"]) < Fraction("0.400001")
    assert "Theorem optimal :" in goal.read_text()
    refused = run("check", "--kernel", "coq", optimum)
    assert refused.exit_code == 2
    assert "the kind optimum has no checker in Coq; certify bounds of the same problem" in refused.stderr


def test_coq_refuses_what_the_checker_refuses(tmp_path):
    file = tampered(tmp_path, lower="40")
    result = run("coq", file, "--out", tmp_path / "x.v")
    assert result.exit_code == 3
    assert f"{file}: " in result.stderr.replace("\n", "")
    assert "B2" in result.stderr
    assert not (tmp_path / "x.v").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--out", "2-d.v"], "try certificate_2_d.v"),
        (["--out", "plane.txt"], "try plane.v"),
        (["--gap", "1/10"], "has its gap already"),
        (["--out", "nowhere/plane.v"], "make it first"),
    ],
)
def test_wrong_options_of_coq(options, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("coq", PLANE, *options)
    assert result.exit_code == 2
    assert message in result.stderr


def test_malformed_certificates_have_a_place():
    document = json.loads(PLANE.read_bytes())
    document["evidence"]["residual"][0] = "1.5"
    with pytest.raises(CertificateError, match=r"evidence\.residual\[0\]"):
        read_bound(json.dumps(document).encode())


def test_without_coq_the_exit_code_is_5(without_coq):
    result = run("check", "--kernel", "coq", PLANE)
    assert result.exit_code == 5
    assert "apt-get install coq" in result.stderr
    with pytest.raises(MissingDependency):
        check_with_coq(PLANE.read_bytes())


def test_an_old_coq_is_a_missing_one(monkeypatch):
    class Answer:
        stdout = "8.9.0 4.07.1\n"

    monkeypatch.setattr(coq_kernel.shutil, "which", lambda _: "/usr/bin/coqc")
    monkeypatch.setattr(coq_kernel, "_run", lambda *_, **__: Answer)
    with pytest.raises(MissingDependency, match=r"8\.9\.0"):
        coq_kernel.find_coq()


def test_the_kind_optimum_is_told_the_cure():
    result = run("check", "--kernel", "coq", GOOD / "optimum-pair.json")
    assert result.exit_code == 2
    assert re.search(r"reluexact solve DATA .*--bound --gap .*--out", result.stderr)


@pytest.mark.slow
def test_check_with_coq(tmp_path):
    require_coq()
    result = run("check", "--kernel", "coq", PLANE)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "VERIFIED"
    assert "ClassicalDedekindReals.sig_forall_dec" in result.stdout
    assert run("check", "--kernel", "coq-fast", PLANE).exit_code == 0
    result = run("check", "--kernel", "coq", tampered(tmp_path, lower="40"), "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["reason"].startswith("Coq computes")


@pytest.mark.slow
def test_check_with_coq_compares_the_problem(tmp_path):
    require_coq()
    problem = {"X": [[7, 3], [0, -4], [-4, -9], [-8, -9], [-6, 6]], "y": [3, 8, 0, 2, 9], "penalty": "307/39"}
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(problem), encoding="ascii")
    assert run("check", "--kernel", "coq", PLANE, "--statement", file).exit_code == 0
    assert run("check", "--kernel", "coq", PLANE, "--statement", file, "--penalty", 8).exit_code == 3


@pytest.mark.slow
def test_the_motorcycle_certificate_is_a_theorem(tmp_path):
    require_coq()
    file = tmp_path / "motorcycle.json"
    data = rx.Dataset.read(DATA / "motorcycle.csv", bias=True)
    options = ["--bias", "--penalty", 10, "--bound", "--out", file]
    assert run("solve", DATA / "motorcycle.csv", *options).exit_code == 0
    report = check_with_coq(file.read_bytes())
    assert report.verified, report.reason
    assert check_with_coq(file.read_bytes(), fast=True).verified
    assert len(read_bound(file.read_bytes()).problem.X) == data.n


@pytest.mark.slow
def test_long_numbers_and_a_relative_cache_are_no_trouble(tmp_path, monkeypatch):
    require_coq()
    document = to_document(rx.prove_bound(rx.Dataset(X=[[1]], y=[1]), 10**6))
    document["statement"]["problem"]["penalty"] = "1" + "0" * 4400  # the zero network stays optimal
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    assert check_with_coq(json.dumps(document).encode()).verified
