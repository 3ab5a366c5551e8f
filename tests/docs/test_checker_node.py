"""The checker under Pyodide says of every stored document what CPython's says of it, byte for byte."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from checker.reports import STORE, documents
from checker.stored import TESTS, run
from checker_page import checked_under_node

pytestmark = pytest.mark.slow
STORED = json.loads(STORE.read_text(encoding="utf-8"))  # the reports of `python3 -I -S reluexact/checker`, as other tests see
SOME = ("good/optimal-set-motorcycle-50.json", "good/path-toy.json", "bad/b1-empty-tree.json", "golden/optima.json")
NO_CERTIFICATES = {
    "nothing": b"",
    "nested": b"[" * 900 + b"]" * 900,
    "mark": b"\xef\xbb\xbf{}",
    "twice": b'{"a": 1, "a": 2}',
    "comma": b"{,}",
    "float": b'{"format": 1.5}',
    "digits": b"9" * 5000,
    "no-utf-8": b'{"\xff": 1}',
}


def answers_to(page, questions):
    """Return {arguments: (exit code, output)}; nothing may go to the other output."""
    answers = checked_under_node(page, questions)
    assert {answer["errors"] for answer in answers} == {""}
    return {tuple(asked): (answer["status"], answer["output"]) for asked, answer in zip(questions, answers, strict=True)}


def of_the_command(arguments):
    answer = run(*arguments)
    return answer.returncode, answer.stdout


@pytest.mark.parametrize(
    ("folders", "style", "options"), [(("good", "bad", "golden"), "text", ()), (("good", "golden"), "json", ("--json",))]
)
def test_all_reports(page, folders, style, options):
    names = [name for name in documents() if name.startswith(folders)]
    answers = answers_to(page, [[str(TESTS / name), *options] for name in names])
    digests = {
        name: (code, hashlib.sha256(output.encode("ascii")).hexdigest()[:32])
        for name, (code, output) in zip(names, answers.values(), strict=True)
    }
    assert digests == {name: (STORED[name]["exit"], STORED[name][style]) for name in names}


def test_the_bytes_of_the_command(page):
    questions = [[str(TESTS / name), *options] for name in SOME for options in ((), ("--json",))]
    answers = answers_to(page, questions)
    assert answers == {arguments: of_the_command(arguments) for arguments in answers}


def test_obligations_are_told(page):
    (answer,) = checked_under_node(page, [[str(TESTS / SOME[0])]])
    assert answer["places"]
    assert {"O7", "O8", "S1"} & set(answer["places"])
    assert all(re.fullmatch(r"[A-Z][0-9]+(-[A-Z][0-9]+)?", place) for place in answer["places"])


def test_what_is_no_certificate(page, tmp_path):
    for name, content in NO_CERTIFICATES.items():
        (tmp_path / name).write_bytes(content)
    answers = answers_to(page, [[str(tmp_path / name)] for name in NO_CERTIFICATES])
    assert answers == {arguments: of_the_command(arguments) for arguments in answers}
