"""Mutated certificates: whatever the checker still accepts must be true, by an independent solution in floats."""

from __future__ import annotations

import json
from copy import deepcopy
from fractions import Fraction
from functools import cache
from pathlib import Path

import make_instances
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reluexact import checker

GOOD = {path.stem: path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "good").glob("*.json"))}
TOLERANCE = 1e-4


def places(value, path=()):
    """List the paths of everything inside a JSON value."""
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


def change_number(draw, text):
    q = Fraction(text)
    others = [
        q + 1,
        q - 1,
        -q,
        Fraction(0),
        q * 2,
        q / 2,
        q + Fraction(1, 2**100),
        q - Fraction(1, 10**30),
        1 / q if q else Fraction(7),
    ]
    return str(draw(st.sampled_from([*others, f"{text}0", f"{text}/2", "NaN", "1e5", "9" * 200, 5, None, [text]])))


def change(draw, value):
    """Return another value of a similar shape."""
    if isinstance(value, str):
        try:
            return change_number(draw, value)
        except ValueError:
            letters = list(value)
            letters[draw(st.integers(0, len(letters) - 1))] = draw(st.sampled_from("+-0x"))
            return "".join(letters)
    if isinstance(value, bool) or value is None:
        return draw(st.sampled_from([None, True, 0, "0", []]))
    if isinstance(value, int):
        return draw(st.sampled_from([value + 1, value - 1, 0, 1, 2, -1, str(value), float(value), 10**30]))
    if isinstance(value, list) and value:
        i, j = draw(st.integers(0, len(value) - 1)), draw(st.integers(0, len(value) - 1))
        swapped = list(value)
        swapped[i], swapped[j] = swapped[j], swapped[i]
        return draw(
            st.sampled_from(
                [value[:i] + value[i + 1 :], swapped, [*value[:i], value[j], *value[i:]], value[:i], value[::-1], [], {}]
            )
        )
    if isinstance(value, dict) and value:
        key, other = draw(st.sampled_from(sorted(value))), draw(st.sampled_from(sorted(value)))
        rest = {name: entry for name, entry in value.items() if name != key}
        return draw(
            st.sampled_from([rest, {**value, key: value[other], other: value[key]}, {**rest, key + "0": value[key]}, {}, []])
        )
    return draw(st.sampled_from([[], {}, ["0"], {"0": "1"}, {"0": "-1"}, [[]], "0", None]))


@st.composite
def mutants(draw):
    """Draw a good certificate with one to three changes, sometimes in the text itself."""
    document = json.loads(GOOD[draw(st.sampled_from(sorted(GOOD)))])
    part = draw(
        st.sampled_from(
            [(), ("statement",), ("statement", "claim"), ("evidence",), ("evidence", "positive"), ("evidence", "system")]
        )
    )
    for _ in range(draw(st.integers(1, 3))):
        scope = document
        for key in part:
            if isinstance(scope, dict) and key in scope:
                scope = scope[key]
        paths = [path for path in places(scope) if path]
        if not paths:
            break
        path = draw(st.sampled_from(paths))
        for key in path[:-1]:
            scope = scope[key]
        scope[path[-1]] = change(draw, deepcopy(scope[path[-1]]))
    text = json.dumps(document)
    if draw(st.integers(0, 9)) == 0:
        i = draw(st.integers(0, len(text) - 1))
        text = text[:i] + draw(st.sampled_from(['"', "}", "[", "1", "-", ",", ""])) + text[i + draw(st.integers(0, 1)) :]
    return text


@cache
def truth(problem):
    data = json.loads(problem)
    case = make_instances.instance(data["X"], data["y"], data["penalty"])
    theta, value, neurons = make_instances.solve(case, 1e-4)
    return theta, value, neurons


def inside(number, box):
    return Fraction(box["low"]) - Fraction(TOLERANCE) <= number <= Fraction(box["high"]) + Fraction(TOLERANCE)


def assert_true(statement):
    """Demand that a statement agrees with the solution in floats."""
    claim = statement["claim"]
    theta, value, neurons = truth(json.dumps(statement["problem"]))
    if statement["kind"] == "bound":
        assert float(Fraction(claim["lower"])) <= value + TOLERANCE
        assert Fraction(claim["upper"]) >= Fraction(value) - Fraction(TOLERANCE)
        return
    assert inside(Fraction(value), claim["value"])
    assert all(inside(Fraction(t), box) for t, box in zip(theta, claim["residual"], strict=True))
    assert len(claim["neurons"]) == len(neurons)
    for sign, u in neurons:
        listed = [n for n in claim["neurons"] if (n["sign"] == "+") == (sign > 0)]
        assert any(all(inside(Fraction(x), box) for x, box in zip(u, n["direction"], strict=True)) for n in listed)
    low, high = claimed_fit(statement)
    fit = np.array([float(Fraction(t)) for t in statement["problem"]["y"]]) - theta
    assert (low <= fit + TOLERANCE).all()
    assert (fit <= high + TOLERANCE).all()


def claimed_fit(statement):
    """Enclose the fit of the claimed network by its boxes."""
    rows = np.array([[float(Fraction(x)) for x in row] for row in statement["problem"]["X"]])
    total = [np.zeros(len(rows)), np.zeros(len(rows))]
    for neuron in statement["claim"]["neurons"]:
        if neuron["amount"]:
            boxes = [[float(Fraction(box[end])) for box in [neuron["amount"], *neuron["direction"]]] for end in ("low", "high")]
            ends = [
                np.maximum(rows, 0) @ np.array(boxes[e][1:]) + np.minimum(rows, 0) @ np.array(boxes[1 - e][1:]) for e in (0, 1)
            ]
            parts = [boxes[e][0] * np.maximum(ends[e], 0) for e in (0, 1)]
            sign = neuron["sign"] == "+"
            total = [total[e] + (parts[e] if sign else -parts[1 - e]) for e in (0, 1)]
    return total


def test_the_judge_accepts_the_good_ones():
    for text in GOOD.values():
        assert_true(json.loads(text)["statement"])


@pytest.mark.parametrize("wrong", ["value", "neurons", "amount"])
def test_the_judge_finds_false_ones(wrong):
    statement = json.loads(GOOD["optimum-pair"])["statement"]
    if wrong == "value":
        statement["claim"]["value"] = {"low": "71", "high": "72"}
    elif wrong == "neurons":
        statement["claim"]["neurons"].pop()
    else:
        statement["claim"]["neurons"][0]["amount"] = {"low": "3", "high": "4"}
    with pytest.raises(AssertionError):
        assert_true(statement)


@settings(max_examples=400, deadline=None)
@given(mutants())
def test_accepted_mutants_are_true(text):
    report = checker.check_document(text)
    if report.verified:
        assert_true(json.loads(text)["statement"])
    else:
        assert report.path
        assert report.reason


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 10**6), st.binary(max_size=3))
def test_damaged_bytes_never_crash_the_checker(name, place, junk):
    data = GOOD[name].encode()
    place %= len(data)
    report = checker.check_document(data[:place] + junk + data[place + len(junk) :])
    if report.verified:
        assert_true(json.loads(data[:place] + junk + data[place + len(junk) :])["statement"])
