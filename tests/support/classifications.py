"""Networks of which all kinds of evidence are needed, and a judge of statements that shares no method with the checker."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from classify_judges import dot, fitted, judged
from hypothesis import assume
from hypothesis import strategies as st
from strategies import integers, penalties

from reluexact.evidence.status import Status
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network

PROPERTIES = ("global_minimum", "local_minimum", "directional", "sub_sampled", "clarke")
KINKS = st.sampled_from([Fraction(value, 2) for value in (-4, -2, -1, 0, 1, 2, 4)])
FIRST = (Dataset([[0, 1], [1, -1]], [2, 2]), Fraction(1), Network([[1, 0]], [1]))
SECOND = (Dataset([[1, -1], [0, 1]], ["11/10", "1/5"]), Fraction(1, 10), Network([[1, 0]], [1]))
TOY = Dataset([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1])
UNITS = {
    1: [(1,)],
    2: [(1, 0), (0, 1), (Fraction(3, 5), Fraction(4, 5)), (Fraction(4, 5), Fraction(-3, 5))],
    3: [(1, 0, 0), (0, 1, 0), (0, Fraction(3, 5), Fraction(4, 5)), (Fraction(2, 3), Fraction(1, 3), Fraction(-2, 3))],
}
ROWS = {2: [(3, 4), (4, -3), (-8, 6), (1, 0), (0, 1), (1, -1)], 3: [(1, 2, 2), (0, 4, -3), (2, -2, 1), (0, 1, 1), (1, 0, 1)]}
GATES = (Fraction(0), Fraction(1, 2), Fraction(1), Fraction(-1, 2), Fraction(3, 2))
SHARES = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)])


@st.composite
def crowded(draw, hyperplanes=(0, 5), dimensions=(2, 3)):
    """Draw (data, penalty, network): one neuron e_d on several hyperplanes, dependent ones too, its pull often 0 for some gates.

    The first row alone fires: r_0 = b makes the output weight level, and its other entries are the linear part of the pull.
    """
    d, penalty, sign = draw(st.integers(*dimensions)), draw(st.sampled_from([Fraction(1), Fraction(1, 2)])), 1
    plane = [tuple(draw(integers) for _ in range(d - 1)) for _ in range(draw(st.integers(*hyperplanes)))]
    forces = [draw(KINKS) for _ in plane]
    how = draw(st.sampled_from(("box", "cells", "zero", "any")))
    linear = [Fraction(0)] * (d - 1)
    if how == "any":
        linear = [draw(integers) for _ in linear]
    elif how != "zero":
        points = [tuple(draw(st.integers(-9, 9)) for _ in linear) for _ in range(2)]
        share = draw(SHARES)
        for row, force in zip(plane, forces, strict=True):
            on = [Fraction(dot(row, point) > 0) for point in points]
            gate = draw(SHARES) if how == "box" else share * on[0] + (1 - share) * on[1]
            linear = [entry - gate * force * x for entry, x in zip(linear, row, strict=True)]
    X = [(*(entry / penalty for entry in linear), Fraction(1)), *((*row, Fraction(0)) for row in plane)]
    residual = [sign * penalty, *forces]
    network = Network([[0] * (d - 1) + [1]], [sign])
    return Dataset(X, [f + r for f, r in zip(network.predict(X), residual, strict=True)]), penalty, network


@cache
def truth(data, penalty, network):
    """Return the five answers, True or False, None for what is not known: brute force, and the proved optimum."""
    clarke, sub_sampled, directional = judged(data, network, penalty) if data.d <= 3 else (None,) * 3
    optimum = solve(data, penalty)
    best = optimum.value.compare(network.objective(data, penalty)) == 0 if optimum.status is Status.PROVED else None
    local = directional and (best if 0 in network.output else True)
    return dict(zip(PROPERTIES, (best, local, directional, sub_sampled, clarke), strict=True))


def assert_true(statement):
    """Demand that a statement agrees with the truth."""
    problem, claim = statement["problem"], statement["claim"]
    data = Dataset([[Fraction(x) for x in row] for row in problem["X"]], [Fraction(t) for t in problem["y"]])
    penalty, network = Fraction(problem["penalty"]), Network.from_lists(claim["network"])
    assert network.objective(data, penalty) == Fraction(claim["objective"])
    for name, answer in truth(data, penalty, network).items():
        assert answer is None or claim["properties"][name] in ("undecided", "proved" if answer else "refuted")


@st.composite
def stationary(draw, widths=(1, 2)):
    """Draw (data, penalty, network): balanced, with b a = r.(Xw)+ and vanishing pull for some gates, not all in [0, 1]."""
    d = draw(st.integers(1, 3))
    rows = st.lists(integers, min_size=d, max_size=d).map(tuple) | st.sampled_from(ROWS.get(d, [(1,)]))
    X = tuple(tuple(map(Fraction, row)) for row in draw(st.lists(rows, min_size=1, max_size=5)))
    sizes = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(2)])
    hidden, output = [], []
    for _ in range(draw(st.integers(*widths))):
        size, turn, sign = draw(sizes), draw(st.sampled_from([1, -1])), draw(st.sampled_from([1, -1]))
        hidden.append([turn * size * entry for entry in draw(st.sampled_from(UNITS[d]))])
        output.append(sign * size)
    network, penalty = Network(hidden, output), draw(penalties)
    gates = [
        [draw(st.sampled_from(GATES)) if dot(x, w) == 0 else Fraction(int(dot(x, w) > 0)) for x in X] for w in network.hidden
    ]
    data = fitted(X, penalty, network, gates, [draw(integers) for _ in X])
    assume(data is not None)
    return data, penalty, network
