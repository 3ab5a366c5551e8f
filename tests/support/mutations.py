"""Mutations of certificates, and an independent judge of statements: the solution in floats."""

from __future__ import annotations

import json
from copy import deepcopy
from fractions import Fraction
from functools import cache
from itertools import combinations

import make_instances
import numpy as np
from hypothesis import strategies as st

from reluexact import checker

TOLERANCE = 1e-4
PARTS = ((), ("statement",), ("statement", "claim"), ("evidence",), ("evidence", "positive"), ("evidence", "system"))


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
def mutants(draw, good, parts=PARTS):
    """Draw one of the good certificates with one to three changes, sometimes in the text itself."""
    document = json.loads(good[draw(st.sampled_from(sorted(good)))])
    part = draw(st.sampled_from(parts))
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
    if statement["kind"] != "optimum":
        assert_true_set(statement, fit, neurons)


def assert_true_set(statement, fit, neurons):
    """Demand that the claimed vertices, or the fewest neurons, are the true ones."""
    case = make_instances.instance(*(statement["problem"][name] for name in ("X", "y", "penalty")))
    rows, claim, places = case.A, statement["claim"], []
    for listed in claim["neurons"]:
        side = 1 if listed["sign"] == "+" else -1
        fits = [k for k, (sign, u) in enumerate(neurons) if sign == side and make_instances.gate_of(case, u) == listed["gate"]]
        assert len(fits) == 1
        assert points(neurons[fits[0]][1], listed)
        places.append(fits[0])
    assert sorted(places) == list(range(len(neurons)))
    features = np.array([neurons[k][0] * np.maximum(rows @ neurons[k][1], 0) for k in places]).reshape(len(places), len(rows))
    vertices = true_vertices(features, fit)
    fewest = min(map(len, vertices))
    if statement["kind"] == "minimum-network":
        assert claim["fewest"] == fewest
        assert_amounts(claim["network"], vertices)
        return
    assert {tuple(vertex["support"]) for vertex in claim["vertices"]} == set(vertices)
    assert len(claim["vertices"]) == len(vertices)
    for vertex in claim["vertices"]:
        assert_amounts(vertex, vertices)
    used = sorted({k for support in vertices for k in support})
    assert claim["dimension"] == len(used) - rank(features[used])
    assert (claim["min_width"], claim["max_vertex_width"]) == (fewest, max(map(len, vertices)))
    assert inside(Fraction(sum(next(iter(vertices.values())))), claim["total"])


def points(u, listed):
    return all(inside(Fraction(x), box) for x, box in zip(u, listed["direction"], strict=True))


def assert_amounts(network, vertices):
    truth = vertices[tuple(network["support"])]
    assert all(inside(Fraction(amount), box) for amount, box in zip(truth, network["amounts"], strict=True))


def rank(features):
    return int(np.linalg.matrix_rank(features, tol=1e-5)) if len(features) else 0


def true_vertices(features, fit):
    """Try every support: independent features, positive amounts, the right fit."""
    found = {}
    for size in range(rank(features) + 1):
        for support in combinations(range(len(features)), size):
            chosen = features[list(support)]
            if rank(chosen) == size:
                amounts = np.linalg.lstsq(chosen.T, fit, rcond=None)[0] if size else np.zeros(0)
                if (amounts > 1e-4).all() and np.abs(amounts @ chosen - fit).max() < 1e-4:
                    found[support] = [float(amount) for amount in amounts]
    return found


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


def assert_rejected_or_true(text, assert_true):
    """A certificate is rejected with place and reason, or its statement passes an independent judge."""
    report = checker.check_document(text)
    if report.verified:
        assert_true(json.loads(text)["statement"])
    else:
        assert report.path
        assert report.reason
