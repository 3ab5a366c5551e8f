"""What ``check`` says of files that are no certificates, and of certificates about another problem."""

from __future__ import annotations

import gzip
import io
import pickle

import numpy as np
import pytest
from typer.testing import CliRunner

from reluexact.cli.app import app
from reluexact.cli.mistakes import kind_of_file

GIVE = "give the file that --out wrote"


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def npz():
    stream = io.BytesIO()
    np.savez(stream, X=np.eye(2))
    return stream.getvalue()


def npy():
    stream = io.BytesIO()
    np.save(stream, np.eye(2))
    return stream.getvalue()


FILES = {
    "csv": (b"x,y\n1,2\n3,4\n", f"this is a table (csv), no certificate; {GIVE}, and the table to --statement"),
    "semicolons": (b"x;y\n1;2\n", "this is a table (csv), no certificate"),
    "text": (b"hello\n", f"this is text, but no certificate; {GIVE}"),
    "empty": (b" \n", f"the file is empty; {GIVE}"),
    "npz": (npz(), "this is a zip archive, such as .npz, .pt or .xlsx, no certificate"),
    "npy": (npy(), "this is a .npy array of numpy, no certificate"),
    "pickle": (pickle.dumps([1]), "this is a pickle of Python, no certificate"),
    "onnx": (b"\x08\x07\x12\x07pytorch", "this is a binary file, such as an .onnx model, no certificate"),
    "gzip": (gzip.compress(b"{}"), "this is compressed by gzip; unpack it first"),
    "latin": ('{"ä": 1}'.encode("latin-1"), "this is not text, so no certificate"),
    "data": (b'{"X": [["1"]], "y": ["1"]}', "these are data, no certificate"),
    "network": (b'{"hidden": [["1"]], "output": ["1"]}', "this is a network, no certificate"),
    "result": (b'{"kind": "optimum", "status": "PROVED"}', "this is what --json prints, no certificate"),
}


@pytest.mark.parametrize(("content", "words"), FILES.values(), ids=FILES)
def test_other_files_are_recognised(tmp_path, content, words):
    file = tmp_path / "file"
    file.write_bytes(content)
    result = run("check", file)
    assert result.exit_code == 3
    assert result.stdout.splitlines()[-1].startswith("REJECTED: document: ")
    assert words in result.stdout


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("check")
    (folder / "data.csv").write_text("x,y\n1,1\n2,2\n3,5/2\n")
    out = folder / "optimum.json"
    assert run("solve", folder / "data.csv", "--bias", "--penalty", "1/3", "--out", out).exit_code == 0
    return out


@pytest.mark.parametrize("part", [1, 2, 3])
def test_a_file_that_is_cut_off_is_recognised(certificate, tmp_path, part):
    content = certificate.read_bytes()
    cut = tmp_path / "cut.json"
    cut.write_bytes(content[: len(content) * part // 4])
    result = run("check", cut)
    assert result.exit_code == 3
    assert f"the file is cut off: it ends too early, after {len(content) * part // 4:,} bytes; write or copy it" in result.stdout


def test_other_faults_keep_their_words():
    assert kind_of_file(b'{"format": 1}') == ""
    assert kind_of_file(b'{"a": nonsense}') == ""


PROBLEMS = {
    "penalty": ("x,y\n1,1\n2,2\n3,5/2\n", ["--bias", "--penalty", "1/2"], "its penalty is 1/3, not 0.5"),
    "bias": ("x,y\n1,1\n2,2\n3,5/2\n", ["--penalty", "1/3"], "it has 2 features, not 1: add --bias"),
    "rows": ("x,y\n1,1\n2,2\n", ["--bias", "--penalty", "1/3"], "it has 3 rows, not 2"),
    "order": ("x,y\n2,2\n1,1\n3,5/2\n", ["--bias", "--penalty", "1/3"], "it has the same rows in another order"),
    "feature": (
        "x,y\n1,1\n2.5,2\n3,5/2\n",
        ["--bias", "--penalty", "1/3"],
        "its feature x differs in 1 row of 3: row 2 has 2, not 2.5",
    ),
    "two": (
        "x,y\n1,1\n2,2\n3,3\n",
        ["--bias", "--penalty", "1"],
        "its target y differs in 1 row of 3: row 3 has 2.5, not 3; its penalty is 1/3, not 1",
    ),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_part_that_differs_is_named(certificate, tmp_path, name):
    table, options, words = PROBLEMS[name]
    data = tmp_path / "other.csv"
    data.write_text(table)
    result = run("check", certificate, "--statement", data, *options)
    assert result.exit_code == 3
    verdict = result.stdout.splitlines()[-1]
    assert verdict == f"REJECTED: statement.problem: the certificate is about another problem than the one asked for: {words}"


def test_a_bias_too_many_is_named(tmp_path):
    data, out = tmp_path / "data.csv", tmp_path / "optimum.json"
    data.write_text("x,y\n1,1\n2,2\n")
    assert run("solve", data, "--penalty", "1", "--out", out).exit_code == 0
    assert run("check", out, "--statement", data, "--penalty", "1").exit_code == 0
    assert "it has 1 feature, not 2: leave out --bias" in run("check", out, "--statement", data, "--bias", "--penalty", 1).stdout


LABELS = "x,w,y\n0,1,-1\n1,2,1\n2,2,1\n3,1,-1\n"
HINGE = {"loss": "hinge", "hidden-bias": "free", "output-bias": "free", "weights": "w"}
LINES = {"loss": "huber(1)", "hidden-bias": "penalised", "skip": "free", "features": "x", "target": "y"}
DIFFERENT = {
    "penalty": (HINGE, {"penalty": "1/11"}, LABELS, "its penalty is 0.1, not 1/11"),
    "loss": (HINGE, {"loss": "squared_hinge"}, LABELS, "its loss is hinge, not squared_hinge"),
    "parameter": (LINES, {"loss": "huber(2)"}, LABELS, "its loss is huber(1), not huber(2)"),
    "weights": (HINGE, {}, LABELS.replace("1,2,1", "1,3,1"), "its row weight differs in 1 row of 4: row 2 has 2, not 3"),
    "no weights": (
        HINGE,
        {"weights": None, "features": "x"},
        LABELS,
        "its row weight differs in 2 rows of 4: row 2 has 2, not 1, row 3 has 2, not 1",
    ),
    "target": (HINGE, {}, LABELS.replace("3,1,-1", "3,1,1"), "its target y differs in 1 row of 4: row 4 has -1, not 1"),
    "feature": (LINES, {}, LABELS.replace("3,1,-1", "5,1,-1"), "its feature x differs in 1 row of 4: row 4 has 3, not 5"),
    "order": (HINGE, {}, "x,w,y\n1,2,1\n0,1,-1\n2,2,1\n3,1,-1\n", "it has the same rows in another order"),
    "hidden bias": (HINGE, {"hidden-bias": "none"}, LABELS, "its hidden bias is free, not none"),
    "output bias": (LINES, {"output-bias": "free"}, LABELS, "its output bias is none, not free"),
    "skip": (LINES, {"skip": "penalised"}, LABELS, "its skip connection is free, not penalised"),
    "bias": (LINES, {"hidden-bias": None}, LABELS, "it has 2 features, not 1: add --bias"),
    "short form": (
        HINGE,
        {"loss": None, "hidden-bias": None, "output-bias": None, "weights": None, "features": "x"},
        LABELS,
        "its row weight differs in 2 rows of 4: row 2 has 2, not 1, row 3 has 2, not 1; its loss is hinge, not squared; "
        "its hidden bias is free, not none; its output bias is free, not none",
    ),
}


def spelled(options):
    return [text for name, value in options.items() if value is not None for text in (f"--{name}", value)]


@pytest.mark.parametrize("name", DIFFERENT)
def test_the_part_of_a_problem_that_differs_is_named(tmp_path, name):
    known, other, table, words = DIFFERENT[name]
    known = {"penalty": "1/10", **known}
    data, out = tmp_path / "data.csv", tmp_path / "optimum.json"
    data.write_text(LABELS)
    assert run("solve", data, *spelled(known), "--out", out).exit_code in (0, 4)
    assert run("check", out, "--statement", data, *spelled(known)).exit_code == 0
    data.write_text(table)
    result = run("check", out, "--statement", data, *spelled(known | other))
    assert result.exit_code == 3
    verdict = result.stdout.splitlines()[-1]
    assert verdict == f"REJECTED: statement.problem: the certificate is about another problem than the one asked for: {words}"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"loss": "absolute"}, "its loss is squared, not absolute"),
        ({"output-bias": "free", "hidden-bias": "penalised"}, "its output bias is none, not free"),
        ({"skip": "penalised"}, "its skip connection is none, not penalised"),
        ({"weights": "z"}, "its row weight differs in 2 rows of 3: row 2 has 1, not 2, row 3 has 1, not 3"),
        ({"loss": "absolute", "penalty": "1"}, "its penalty is 1/3, not 1; its loss is squared, not absolute"),
    ],
)
def test_a_certificate_of_version_1_is_compared_with_every_part(certificate, tmp_path, options, words):
    data = tmp_path / "data.csv"
    weighted = "weights" in options
    data.write_text("x,z,y\n1,1,1\n2,2,2\n3,3,5/2\n" if weighted else "x,y\n1,1\n2,2\n3,5/2\n")
    result = run("check", certificate, "--statement", data, "--bias", *spelled({"penalty": "1/3"} | options))
    assert result.exit_code == 3
    assert result.stdout.splitlines()[-1].endswith(f"than the one asked for: {words}")


def test_a_free_bias_that_a_certificate_of_version_1_has_not_is_named(tmp_path):
    data, out = tmp_path / "data.csv", tmp_path / "optimum.json"
    data.write_text("x,y\n1,1\n2,2\n")
    assert run("solve", data, "--penalty", "1", "--out", out).exit_code == 0
    free = ("--hidden-bias", "free", "--output-bias", "free")
    words = "its hidden bias is none, not free; its output bias is none, not free"
    assert run("check", out, "--statement", data, "--penalty", 1, *free).stdout.endswith(f": {words}\n")
