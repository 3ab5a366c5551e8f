"""``reluexact check --write-checker``: the stand-alone checker as one file, with or without a certificate to check."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest
from paths import TESTS
from typer.testing import CliRunner

from reluexact.certificates.checker_archive import checker_archive
from reluexact.cli.app import app

GOOD, BAD = TESTS / "good" / "bound-plane.json", TESTS / "bad" / "b2-lower-too-high.json"


def check(*arguments):
    return CliRunner().invoke(app, ["check", *map(str, arguments)], catch_exceptions=False)


def test_the_file_checks_certificates_alone(tmp_path):
    file = tmp_path / "checker.pyz"
    answer = check("--write-checker", file, "--json")
    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == {"checker": str(file), "sha256": hashlib.sha256(checker_archive()).hexdigest()}
    assert f"written: {file}" in answer.stderr
    for certificate, code, last in ((GOOD, 0, "VERIFIED"), (BAD, 3, "REJECTED: statement.claim.lower: B2: above the dual value")):
        command = [sys.executable, "-I", "-S", str(file), str(certificate)]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (run.returncode, run.stderr) == (code, "")
        assert run.stdout.splitlines()[-1].startswith(last)


def test_a_certificate_may_be_checked_in_the_same_call(tmp_path):
    answer = check(BAD, "--write-checker", tmp_path / "checker.pyz", "--quiet")
    assert (answer.exit_code, answer.stderr) == (3, "")
    assert answer.stdout.splitlines()[-1].startswith("REJECTED")
    assert (tmp_path / "checker.pyz").read_bytes() == checker_archive()


def test_a_certificate_is_missing_otherwise():
    answer = check()
    assert answer.exit_code == 2
    assert "FILE" in answer.stderr


@pytest.mark.parametrize("place", ["", "nowhere/checker.pyz"])
def test_places_that_cannot_be_written(tmp_path, place):
    answer = check("--write-checker", tmp_path / place)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "--write-checker" in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_certificate_is_not_overwritten(tmp_path):
    certificate = tmp_path / "bound.json"
    certificate.write_bytes(GOOD.read_bytes())
    assert check(certificate, "--write-checker", certificate).exit_code == 2
    assert certificate.read_bytes() == GOOD.read_bytes()
