"""Strict reading: whatever is malformed is REJECTED with its place, never a crash and never accepted."""

from __future__ import annotations

import json
import sys
from fractions import Fraction

import pytest
from checker.stored import GOOD

from reluexact.checker import check_document, document

TEXT = GOOD["optimum-identity"]


def verdict(text):
    report = check_document(text)
    return report.verified, report.path, report.reason


@pytest.mark.parametrize(
    ("old", "new", "path", "reason"),
    [
        ('"version": 1', '"version": 1, "version": 1', "document", "duplicate key"),
        ('"version": 1', '"version": 2', "statement.problem", "the key 'loss' is missing"),
        ('"version": 1', '"version": 3', "version", "an integer from 0 to 2"),
        ('"version": 1', '"version": 0', "format", "not a reluexact-certificate"),
        ('"version": 1', '"version": true', "version", "an integer"),
        ('"version": 1', '"version": "1"', "version", "an integer"),
        ('"version": 1', '"version": 1.0', "document", "the JSON number 1.0"),
        ('"version": 1', '"version": NaN', "document", "the JSON number NaN"),
        ('"version": 1', '"version": -Infinity', "document", "the JSON number -Infinity"),
        ('"version": 1', '"version": 1' + 30 * "0", "document", "the JSON integer"),
        ('"version": 1', '"version": -0', "document", "the JSON integer -0"),
        ('"version": 1', '"version": 1, "verdict": "VERIFIED"', "verdict", "unknown key"),
        ('"version": 1', '"version": 1, "\\ud800": "x"', "\\ud800", "unknown key"),
        ('"version": 1,', "", "document", "the key 'version' is missing"),
        ("reluexact-certificate", "reluexact", "format", "not a reluexact-certificate"),
        ('"program": ', '"program": 5, "other": ', "produced_by.program", "a string"),
        ('"penalty": "1/2"', '"penalty": 1', "statement.problem.penalty", "a string is expected"),
        ('"y": [', '"y": "10", "z": [', "statement.problem.z", "unknown key"),
        ('"y": [', '"y": [[]], "y2": [', "statement.problem.y2", "unknown key"),
        ('"solve": []', '"solve": {}', "evidence.split.solve", "a list is expected"),
        ('"fraction": {}', '"fraction": []', "evidence.split.fraction", "an object is expected"),
    ],
)
def test_documents(old, new, path, reason):
    assert old in TEXT
    verified, where, why = verdict(TEXT.replace(old, new, 1))
    assert (verified, where) == (False, path)
    assert why.startswith(reason)


@pytest.mark.parametrize(
    "number",
    [
        "2/4",
        "+1/2",
        "01/2",
        "1/02",
        "1/1",
        "-0",
        "0/5",
        "-0/5",
        "1/-2",
        "1/0",
        "0.5",
        "5e-1",
        " 1/2",
        "1/2\n",
        "1_0",
        "",
        "-",
        "1/",
        "٣",
        "NaN",
    ],
)
def test_numbers_have_one_spelling(number):
    verified, path, _ = verdict(TEXT.replace('"penalty": "1/2"', f'"penalty": {json.dumps(number)}'))
    assert (verified, path) == (False, "statement.problem.penalty")


@pytest.mark.parametrize("number", ["9" * 20_001, "1/" + "9" * 20_001, "9" * 50_000])
def test_numbers_of_too_many_digits(number):
    verified, path, reason = verdict(TEXT.replace('"penalty": "1/2"', f'"penalty": "{number}"'))
    assert (verified, path, reason) == (False, "statement.problem.penalty", "a number of more than 20000 digits")


def test_long_numbers_need_no_global_setting():
    limit = sys.get_int_max_str_digits()
    number = "7" * 19_999 + "/" + "1" + "0" * 19_998
    assert document.Item(number, "").number() == Fraction(7 * (10**19_999 - 1) // 9, 10**19_998)
    certificate = json.loads(GOOD["bound-two-points"])
    certificate["statement"]["claim"]["upper"] = "9" * 20_000
    report = check_document(json.dumps(certificate))
    assert report.verified
    assert "E+20000" in report.lines[1]
    assert sys.get_int_max_str_digits() == limit


@pytest.mark.parametrize(
    "text", ["", "[", "[]", "null", "7", '"x"', "{}", "\ufeff{}", b"\xff\xfe", b"\xef\xbb\xbf{}", "{} {}", "{'a': 1}"]
)
def test_texts_that_are_no_certificate(text):
    assert verdict(text)[:2] == (False, "document")


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000])
def test_deep_nesting(text):
    assert verdict(text) == (False, "document", "nested too deeply")


def test_deep_nesting_inside_the_claim():
    deep = "[" * 300 + "]" * 300
    assert verdict(TEXT.replace('"penalty": "1/2"', f'"penalty": {deep}'))[1] == "statement.problem.penalty"


def test_documents_that_are_too_long(monkeypatch):
    monkeypatch.setattr(document, "MAX_BYTES", 100)
    assert verdict(TEXT) == (False, "document", "longer than 100 bytes")


def test_messages_are_ascii():
    report = check_document(TEXT.replace('"penalty": "1/2"', '"penalty": "\\ud800é' + "x" * 100 + '"'))
    assert report.reason.isascii()
    assert len(report.reason) < 150
