"""Good certificates are verified, false ones rejected where and why they are false."""

from __future__ import annotations

import json
from fractions import Fraction

import make_certificates
import pytest
from checker.breaking import good
from checker.make_false_certificates import MAKERS, main
from checker.stored import GOOD, TESTS

from reluexact.checker import check_document

BAD = TESTS / "bad"
EXPECTED = json.loads((BAD / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", GOOD)
def test_good_certificates_are_verified(name):
    report = check_document(GOOD[name])
    assert report.verified, (report.path, report.reason)
    assert name.startswith(f"{report.kind}-")
    assert len(report.digest) == 64
    assert report.digest in report.lines[-1]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_bad_certificates_are_rejected_at_their_place(name):
    report = check_document((BAD / f"{name}.json").read_bytes())
    assert not report.verified
    assert report.path == EXPECTED[name]["path"]
    assert report.reason.startswith(EXPECTED[name]["reason"])


def test_every_obligation_has_a_false_certificate():
    stored = {path.stem for path in BAD.glob("*.json")} - {"expected"}
    assert stored == set(EXPECTED) == set(MAKERS)
    obligations = {entry["reason"].split(":")[0].split(" ")[0] for entry in EXPECTED.values()}
    assert obligations >= {"B1", "B2", "B3", "O1", "O2", "O3", "O4", "O5", "O6", "O7a", "O7b", "O8", "O9"}
    assert obligations >= {"R1", "R2"}
    assert obligations >= {"S1", "S2", "S3", "S4", "S5", "S6", "M1", "M2", "W1", "W2", "W3", "W4"}
    assert obligations >= {"K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8"}
    assert obligations >= {"E1", "E2", "E3", "E4", "B4"}
    assert obligations >= {"L1", "L2", "L3", "L4", "L5"}
    assert obligations >= {"D1", "D2", "D3", "D4", "D5", "D6"}
    assert obligations >= {"J1", "J2", "J3"}
    assert obligations >= {"P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"}
    assert obligations >= {"I1", "I2", "I3", "I4", "I5", "I6"}
    assert obligations >= {"C", "G1", "G3", "G4", "G5", "G6"}  # G2 consists of O1 to O7a and C


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("optimum-two-points", Fraction(9, 10)),
        ("optimum-identity", Fraction(3, 8)),
        ("optimum-three-directions", Fraction(39, 400)),
        ("optimum-two-signs", Fraction(9, 2)),
        ("optimum-pair", Fraction("70.80684267241379")),
        ("optimum-plane", Fraction("34.2706271514020157392051210223")),
    ],
)
def test_verified_values_are_the_known_ones(name, value):
    document = good(name)
    low, high = (Fraction(document["statement"]["claim"]["value"][end]) for end in ("low", "high"))
    assert low - Fraction(1, 10**13) < value < high + Fraction(1, 10**13)
    assert high - low < Fraction(1, 10**20)


@pytest.mark.parametrize("name", ["optimum-pair", "bound-parallel"])
def test_the_maker_gives_what_is_stored(name):
    report = check_document(json.dumps(make_certificates.GOOD[name]()))
    assert report.verified


def test_exact_boxes_are_accepted_where_the_numbers_are_known():
    document = good("optimum-two-points")
    claim = document["statement"]["claim"]
    claim["value"] = {"low": "9/10", "high": "9/10"}
    claim["residual"] = [{"low": "1/5", "high": "1/5"}, {"low": "2/5", "high": "2/5"}]
    claim["neurons"][0]["direction"] = [{"low": "1", "high": "1"}]
    assert check_document(json.dumps(document)).verified


def test_the_makers_give_the_false_ones_that_are_stored(tmp_path):
    main(tmp_path)
    stored, made = ({path.name: path.read_bytes() for path in folder.glob("*.json")} for folder in (BAD, tmp_path))
    assert made == stored
